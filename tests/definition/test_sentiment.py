from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from reputation.definition.clauses import SENTENCE_CHARS, mask, sentences_of, words_of
from reputation.definition.ngrams import models, read, write
from reputation.definition.sentiment import _Analyzer, assess
from reputation.errors import UsageError
from reputation.model import About, Kind, SentimentLabel

PRAISE = "She listened, took her time and explained everything. I trust her completely."
BLAME = "He was rude, rushed me out of the door and never called back with my results."


@pytest.mark.parametrize("kind", ["record", "listing", "article", "profile"])
def test_kinds_that_state_facts_carry_no_sentiment(kind: str) -> None:
    said = assess("The worst and most horrible disease. Wonderful, excellent results.", kind)
    assert said.valence is None
    assert said.label is None


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_text_carries_no_sentiment(text: str) -> None:
    assert assess(text).valence is None


@pytest.mark.parametrize("kind", [None, "review", "post", Kind.RESULT])
def test_praise_is_positive_and_blame_negative(kind: str | None) -> None:
    assert assess(PRAISE, kind).label is SentimentLabel.POSITIVE
    assert assess(BLAME, kind).label is SentimentLabel.NEGATIVE


def test_an_unknown_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(UsageError, match="no kind 'tweet'; name one of"):
        assess(PRAISE, "tweet")


def test_clinical_words_say_nothing_about_the_clinician() -> None:
    text = "Aggressive treatment of severe pain, cancer and depression with positive margins."
    assert abs(assess(text).valence or 0.0) < 0.3


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Joy Love practices at Good Samaritan Hospital in Hope, Arkansas.",
        "Grace Savage, MD, is on the staff of Mercy Medical Center.",
    ],
)
def test_names_of_people_and_places_never_carry_sentiment(text: str) -> None:
    assert abs(assess(text).valence or 0.0) < 0.05


def test_the_names_of_the_profile_are_masked_too() -> None:
    with_name = assess("Best Care was where I went on Monday.", "review", names=("Best Care",))
    without = assess("Alex was where I went on Monday.", "review")
    assert with_name.valence == without.valence


def test_a_board_action_is_negative_and_a_dismissed_one_neutral() -> None:
    assert assess("License suspended for improper prescribing.").label is SentimentLabel.NEGATIVE
    assert assess("The complaint against Dr. Roe was dismissed.").label is SentimentLabel.NEUTRAL


def test_praise_that_names_anothers_malpractice_stays_praise() -> None:
    text = "After another surgeon's malpractice Dr. Roe saved my leg. She is brilliant, kind and patient."
    assert assess(text).label is SentimentLabel.POSITIVE


def test_good_and_bad_side_by_side_are_mixed() -> None:
    text = "The doctor is knowledgeable and I trust her opinion. The wait was horrible and the billing is a disaster."
    said = assess(text, "review")
    assert said.label in {SentimentLabel.MIXED, SentimentLabel.POSITIVE}
    assert any(score > 0 for _, score in said.sentences)
    assert any(score < 0 for _, score in said.sentences)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Dr. Roe is wonderful. She saved my life.", About.CLINICIAN),
        ("The receptionist was rude and the nurses ignored me.", About.STAFF),
        ("They billed my insurance twice and want a copay on top.", About.BILLING),
        ("Parking is impossible and the building is dirty.", About.FACILITY),
        ("Never again.", About.UNCLEAR),
    ],
)
def test_it_tells_whom_a_review_is_about(text: str, about: About) -> None:
    assert assess(text, "review").about is about


def test_the_lexicon_alone_still_tells_praise_from_blame() -> None:
    assert assess(PRAISE, "review", model=False).label is SentimentLabel.POSITIVE
    assert assess(BLAME, "review", model=False).label is SentimentLabel.NEGATIVE
    assert assess(PRAISE, "review", model=False).valence != assess(PRAISE, "review").valence


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_assessed_within_bounds_and_always_the_same(text: str) -> None:
    said = assess(text)
    assert said == assess(text)
    assert said.valence is None or -1 <= said.valence <= 1


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "not",
                "very",
                "good",
                "bad",
                "doctor",
                "but",
                "the",
                "worst",
                "never",
                "so",
                "kind",
                "of",
                "GREAT",
                "pain",
                "no",
            ]
        )
    )
)
def test_our_quicker_vader_gives_vaders_own_score(words: list[str]) -> None:
    sentence = " ".join(words)
    theirs = SentimentIntensityAnalyzer().polarity_scores(sentence)["compound"]
    assert _Analyzer().compound(sentence) == pytest.approx(theirs, abs=1e-4)


def test_no_sentence_is_longer_than_its_limit() -> None:
    assert max(map(len, sentences_of("word " * 2000))) <= SENTENCE_CHARS


def test_words_after_a_negation_are_marked_up_to_the_next_mark() -> None:
    assert words_of("He did not listen to me, ever.")[:5] == ["he", "did", "not", "listen~", "to~"]
    assert words_of("He did not listen to me, ever.")[-2:] == ["ever", "."]


def test_a_title_and_its_name_become_a_plain_noun() -> None:
    assert mask("Dr. Grace Hope was late.") == "doctor was late."


def test_the_models_survive_being_written_and_read() -> None:
    body = write([([1, -127, 3, 0], 0.5, -1.0, [2.0]), ([5, 6], 0.25, 0.0, [])])
    first, second = read(body).values()
    assert (list(first.weights), first.scale, first.bias, first.dense) == ([1, -127, 3, 0], 0.5, -1.0, (2.0,))
    assert list(second.weights) == [5, 6]


def test_a_damaged_model_file_is_told() -> None:
    with pytest.raises(ValueError, match="install repaudit again"):
        read(b"x" * 64)


def test_the_shipped_models_are_small() -> None:
    assert sum(len(model.weights) for model in models().values()) < 600_000


def test_time_grows_with_length_and_not_its_square() -> None:
    assess(PRAISE)
    spent = []
    for n in (100, 400):
        start = time.process_time()
        assess(f"{PRAISE} " * n)
        spent.append(time.process_time() - start)
    assert spent[1] < 12 * spent[0]


def test_importing_the_scorer_needs_neither_a_network_library_nor_numpy() -> None:
    code = "import reputation.definition.sentiment, sys; print({'requests', 'numpy', 'httpx'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


@pytest.mark.parametrize("text", ["…", "12345", "非常好的医生"])
def test_a_text_without_words_that_it_knows_is_neutral_not_negative(text: str) -> None:
    assert assess(text, "review").label is SentimentLabel.NEUTRAL
    assert assess(text, "review", model=False).label is SentimentLabel.NEUTRAL


@pytest.mark.parametrize(("text", "sign"), [("Great!!!", 1), ("Terrible.", -1)])
def test_an_outcry_is_an_opinion(text: str, sign: int) -> None:
    assert (assess(text).valence or 0.0) * sign > 0.05


@pytest.mark.parametrize(("text", "sign"), [("5/5", 1), ("Five stars!", 1), ("0 stars", -1), ("1/10", -1)])
def test_stars_in_words_or_figures_are_an_opinion(text: str, sign: int) -> None:
    assert (assess(text).valence or 0.0) * sign > 0.3


@pytest.mark.parametrize(("text", "sign"), [("❤️❤️", 1), ("Dr. Roe 👍", 1), ("👎", -1), ("Two hours 😡", -1)])
def test_signs_that_judge_are_read(text: str, sign: int) -> None:
    assert (assess(text).valence or 0.0) * sign > 0.05


@pytest.mark.parametrize("kind", [None, "review"])
def test_another_language_is_neutral_rather_than_wrong(kind: str | None) -> None:
    assert assess("La doctora es muy amable y la consulta no es cara.", kind).valence == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "She saw me for a follow-up after six months.",
        "He ordered blood work and an X-ray.",
        "I had two fillings on Tuesday.",
    ],
)
def test_the_account_of_a_visit_is_no_judgement(text: str) -> None:
    assert abs(assess(text).valence or 0.0) < 0.3


def test_a_text_of_two_minds_is_mixed() -> None:
    assert assess("Some visits are great, some are awful. It depends on the day.", "review").label is (
        SentimentLabel.MIXED
    )


@pytest.mark.parametrize("piece", ["!", "? ", ". . ", "\n", "... ", ";) "])
def test_marks_without_words_take_no_longer_than_words(piece: str) -> None:
    begun = time.process_time()
    assess(piece * 20_000)
    assert time.process_time() - begun < 2
