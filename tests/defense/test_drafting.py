from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.defense.drafting import after_cooling_off, draft_reply
from reputation.defense.reply import check_reply
from reputation.model import Kind, Sentiment, SentimentLabel
from tests.defense.audits import ADA, mention

NOON = datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001  the writer's own time


@pytest.mark.parametrize("label", list(SentimentLabel))
def test_a_draft_to_a_review_gives_the_linter_no_hit(label: SentimentLabel) -> None:
    review = mention(
        kind=Kind.REVIEW, sentiment=Sentiment(valence=0.0, label=label), text="The office was loud"
    )
    draft = draft_reply(ADA, review, NOON)
    assert draft.text is not None
    assert check_reply(draft.text) == ()
    assert "loud" not in draft.text
    bad = label in {SentimentLabel.NEGATIVE, SentimentLabel.MIXED}
    assert (draft.not_before is not None) == bad
    assert ("617-555-0134" in draft.text) == bad


def test_a_medical_question_is_pointed_to_the_right_door() -> None:
    draft = draft_reply(ADA, mention(kind=Kind.POST, text="Is it safe to double my dose?"), NOON)
    assert draft.template == "medical_question"


@pytest.mark.parametrize(
    ("kind", "text", "triage"),
    [
        (Kind.REVIEW, "Rude at the desk.", "review"),
        (Kind.REVIEW, "Is it safe to stop my pills? Nobody called.", "medical_question"),
        (Kind.POST, "Congratulations on the new clinic!", "comment"),
        (Kind.POST, "Great talk; your paper on nausea changed our practice.", "colleague"),
        (Kind.POST, "What should I do about my rash?", "medical_question"),
        (Kind.ARTICLE, "A trial of something.", "none"),
    ],
)
def test_what_kind_of_conversation_it_is_is_told_first(kind: Kind, text: str, triage: str) -> None:
    draft = draft_reply(ADA, mention(kind=kind, text=text), NOON)
    assert draft.triage == triage
    if triage in {"comment", "colleague"}:
        assert "check-post" in draft.advice
        assert draft.text is None


def test_what_is_no_conversation_gets_no_reply() -> None:
    assert draft_reply(ADA, mention(kind=Kind.ARTICLE), NOON).text is None
    assert draft_reply(ADA, mention(kind=Kind.POST, text="Nice talk"), NOON).text is None


def test_without_a_phone_the_draft_waits_for_one() -> None:
    bad = mention(kind=Kind.REVIEW, sentiment=Sentiment(valence=-0.9, label=SentimentLabel.NEGATIVE))
    draft = draft_reply(replace(ADA, locations=()), bad, NOON)
    assert draft.text is None
    assert "phone" in draft.advice


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001  as above
def test_a_day_of_waking_hours_ends_awake(begun: datetime) -> None:
    ready = after_cooling_off(begun)
    assert 32 <= (ready - begun).total_seconds() / 3600 <= 48
    assert 6 <= ready.hour < 22
