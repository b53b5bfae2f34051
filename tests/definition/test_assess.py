from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reputation.definition.assess import assess_mentions
from reputation.model import Control, Judgement, Kind, Match, MatchDecision, Mention, SentimentLabel
from tests.definition.clinician import mention, profile

PRAISE = "She listened to me and took her time. Wonderful doctor."


def _one(item: Mention, *judgements: Judgement) -> Mention:
    (done,) = assess_mentions(profile(), (item,), judgements)
    return done


@pytest.mark.parametrize("decision", [MatchDecision.POSSIBLE, MatchDecision.NON_MATCH, None])
def test_nothing_but_a_match_is_scored(decision: MatchDecision | None) -> None:
    match = Match(decision=decision, probability=0.5) if decision else None
    done = _one(mention("vitals:r1", Kind.REVIEW, text="Horrible. Never again.", match=match))
    assert done.sentiment is None
    assert done.themes == ()


def test_a_review_is_scored_by_its_own_words() -> None:
    done = _one(mention("vitals:r1", Kind.REVIEW, text=PRAISE))
    assert done.sentiment is not None
    assert done.sentiment.label is SentimentLabel.POSITIVE
    assert "communication" in done.themes


@pytest.mark.parametrize("kind", [Kind.RECORD, Kind.LISTING, Kind.PROFILE, Kind.ARTICLE])
def test_registries_directories_and_abstracts_have_no_sentiment(kind: Kind) -> None:
    assert _one(mention("pubmed:1", kind, text="Excellent, wonderful results.")).sentiment is None


@pytest.mark.parametrize("control", [Control.OWNED, Control.CONTROLLED])
def test_her_own_words_praise_nobody(control: Control) -> None:
    assert _one(mention("bluesky:1", Kind.POST, text=PRAISE, control=control)).sentiment is None


def test_a_review_without_words_is_unknown_and_not_neutral() -> None:
    assert _one(mention("vitals:r1", Kind.REVIEW, rating_value=5.0)).sentiment is None


def test_news_is_judged_by_the_facts_it_states() -> None:
    bad = mention("google-news:1", Kind.ARTICLE, title="Board suspends license of Ada Roe", text="")
    plain = mention("google-news:2", Kind.ARTICLE, title="Ada Roe warns of severe flu deaths", text="")
    sentiment = _one(bad).sentiment
    assert sentiment is not None
    assert sentiment.label is SentimentLabel.NEGATIVE
    assert _one(plain).sentiment is None


def test_the_name_of_her_practice_carries_no_sentiment() -> None:
    named = profile(practice=profile().practice.__class__(name="Best Excellent Wonderful Care"))
    item = mention("vitals:r1", Kind.REVIEW, text="I went to Best Excellent Wonderful Care on Monday.")
    plain = mention("vitals:r2", Kind.REVIEW, text="I went to Alex on Monday.")
    first, second = assess_mentions(named, (item, plain), ())
    assert first.sentiment is not None
    assert second.sentiment is not None
    assert first.sentiment.valence == second.sentiment.valence


def test_a_label_that_she_corrected_stays_corrected() -> None:
    item = mention("vitals:r1", Kind.REVIEW, text="Not the cheapest. Horrible, if you like cheap.")
    done = _one(item, Judgement(key="vitals:r1", word="positive"))
    assert done.sentiment is not None
    assert done.sentiment.label is SentimentLabel.POSITIVE
    assert done.sentiment.valence is not None
    assert done.sentiment.valence > 0
    assert done.decision == "positive"


def test_a_later_word_of_another_sort_leaves_the_corrected_label() -> None:
    item = mention("vitals:r1", Kind.REVIEW, text=PRAISE)
    early = Judgement(key="vitals:r1", word="negative", decided_at=datetime(2026, 1, 1, tzinfo=UTC))
    late = Judgement(key="vitals:r1", word="unfair", decided_at=datetime(2026, 2, 1, tzinfo=UTC))
    done = _one(item, late, early)
    assert done.decision == "unfair"
    assert done.sentiment is not None
    assert done.sentiment.label is SentimentLabel.NEGATIVE


def test_the_setting_lexicon_switches_the_model_off() -> None:
    item = mention("vitals:r1", Kind.REVIEW, text=PRAISE)
    (with_model,) = assess_mentions(profile(), (item,), ())
    (without,) = assess_mentions(profile(sentiment_model="lexicon"), (item,), ())
    assert with_model.sentiment != without.sentiment
