"""The reply linter on invented replies, and on labelled ones where they lie beside the checkout.

`replies.tsv`: the rules were written on these, and the models trained; what follows are floors on all of them together.
`replies_unseen.tsv`: by an author whom neither the rules nor the models ever read; its figures, also by kind, were
seen between trainings.  The rules alone blocked .99 of its violations and .38 of its safe replies; with the models
it is .99 and .15.
"""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.defense.reply import check_reply
from reputation.defense.violation import register
from tests.conftest import LABELLED

ROWS = list(
    csv.DictReader(
        Path(__file__).with_name("replies.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
    )
)
UNSEEN = list(
    csv.DictReader(
        Path(__file__).with_name("replies_unseen.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)


def blocked(text: str) -> bool:
    return any(one.level == "block" for one in check_reply(text))


def test_replies_of_an_author_never_seen_are_told_apart() -> None:
    said = {
        label: [blocked(row["text"]) for row in UNSEEN if row["label"] == label]
        for label in ("violation", "safe")
    }
    assert sum(said["violation"]) / len(said["violation"]) >= 0.97
    assert sum(said["safe"]) / len(said["safe"]) <= 0.17


@pytest.mark.parametrize(
    "text",
    [
        "Hi Denard, thank you for your kind words.",
        "Thank you for choosing Lakeside Dental!",
        "We are sorry for your experience when you came to us.",
    ],
)
def test_a_name_or_a_visit_said_outright_is_blocked_however_harmless_it_reads(text: str) -> None:
    assert blocked(text)


def test_the_doctors_own_name_at_the_start_of_a_clause_names_no_reviewer() -> None:
    text = "A new dentist, Dr. Mary Lane, joins in February, which should shorten the wait list."
    assert "names_reviewer" not in {one.rule for one in check_reply(text)}


def test_the_set_is_large_and_a_third_of_it_is_of_kinds_not_thought_of() -> None:
    assert len(ROWS) >= 300
    assert sum(row["set"] in {"c", "d", "e", "f", "g", "h", "i"} for row in ROWS) >= len(ROWS) / 3


def test_violations_are_blocked() -> None:
    bad = [row["text"] for row in ROWS if row["label"] == "violation"]
    assert sum(map(blocked, bad)) / len(bad) >= 0.98


def test_general_replies_pass() -> None:
    good = [row["text"] for row in ROWS if row["label"] == "safe"]
    assert sum(map(blocked, good)) / len(good) <= 0.03


def test_our_own_templates_give_no_hit() -> None:
    for template in register()["template"]:
        assert (
            check_reply(
                template["text"].format_map(dict.fromkeys(("office_phone",), "617-555-0134") | BLANKS)
            )
            == ()
        )


BLANKS = {
    "general_policy": "to return calls within one business day",
    "professional_page": "our page",
    "registry_url": "https://clinicaltrials.gov",
}


def test_a_second_sentence_is_read_as_closely_as_the_first() -> None:
    good = "Thank you for the feedback. Please call our office manager at 617-555-0134."
    assert not blocked(good)
    for row in ROWS:
        if row["label"] == "violation" and row["set"] in {"a", "d"}:
            assert blocked(f"{good} {row['text']}") or not blocked(row["text"]), row["text"]


def test_every_violation_says_where_why_and_on_what_it_stands() -> None:
    text = "Hi Linda, your biopsy was normal."
    found = check_reply(text)
    assert {one.rule for one in found} >= {"third_person", "confirms_relationship"}
    for one in found:
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert one.why
        assert one.cite
    assert any("45 CFR" in one.cite or "HHS OCR" in one.cite for one in found)


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=150)
def test_any_text_is_read_and_spans_lie_in_it(text: str) -> None:
    for one in check_reply(text):
        assert 0 <= one.span[0] <= one.span[1] <= len(text)


WORDS = sorted({word for row in ROWS for word in row["text"].split()} | {"Dr.", "St.", "e.g.", "a.m.", "x.y"})


@given(st.lists(st.sampled_from(WORDS), max_size=40))
@settings(deadline=None, max_examples=150)
def test_any_words_are_read_in_any_order(words: list[str]) -> None:
    text = " ".join(words)
    for one in check_reply(text):
        assert 0 <= one.span[0] <= one.span[1] <= len(text)


def test_an_abbreviation_inside_a_refusal_ends_no_sentence() -> None:
    check_reply(
        "Anyone who feels we've fallen short can write to Dr. Nakagawa directly. Letters get answered."
    )


@pytest.mark.parametrize(
    "piece", ["we saw the ", "thank you for ", "the a the a ", "my patient was seen at ", "you ", "a - b, c "]
)
def test_time_grows_with_the_text(piece: str) -> None:
    check_reply(piece)

    def took(times: int) -> float:
        begun = time.perf_counter()
        check_reply(piece * times)
        return time.perf_counter() - begun

    took(100)
    assert took(1000) < 8 * took(250) + 0.3


def test_doubtful_apologies_are_warned_of_and_not_blocked() -> None:
    found = check_reply("We are sorry to hear this. Please call our office.")
    assert [one.level for one in found] == ["warn"]


@pytest.mark.recordings
def test_the_labelled_replies_are_told_apart() -> None:
    path = LABELLED / "phi_posts_synthetic.tsv"
    if not path.exists():
        pytest.skip("the labelled texts do not lie beside this checkout")
    rows = [
        row
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t")
        if row["kind"] == "reply"
    ]
    assert [blocked(row["text"]) for row in rows] == [row["label"] == "violation" for row in rows]


@pytest.mark.recordings
def test_most_real_replies_confirm_care_and_are_blocked() -> None:
    path = LABELLED / "google_owner_replies.jsonl"
    if not path.exists():
        pytest.skip("the labelled texts do not lie beside this checkout")
    replies = {json.loads(line)["reply"] for line in path.read_text(encoding="utf-8").splitlines()}
    assert sum(map(blocked, replies)) / len(replies) >= 0.9
