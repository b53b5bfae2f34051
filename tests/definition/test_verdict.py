from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from reputation.definition.verdict import decide, next_audit_on
from reputation.model import (
    Category,
    Coverage,
    CoverageStatus,
    Finding,
    Judgement,
    Kind,
    Outcome,
    Severity,
    Signoff,
    Verdict,
    VerdictStatus,
)
from tests.definition.clinician import NOW, heard, mention, profile

ENOUGH = (
    heard("serpapi-google", engine="google"),
    heard("healthgrades", CoverageStatus.OBSERVED),
    heard("vitals"),
    heard("webmd", CoverageStatus.EMPTY),
)
CONTENT = Signoff(accurate=True, fair=True)
WRONG_PHONE = Finding(
    key="phone_wrong:vitals:ada:telephone",
    check="phone_wrong",
    outcome=Outcome.DIFFERS,
    severity=Severity.CRITICAL,
    field="telephone",
    expected="617-555-0134",
    observed="617-555-0199",
)


def _decide(coverage: tuple[Coverage, ...] = ENOUGH, **fields: Any) -> Verdict:
    given: dict[str, Any] = {
        "findings": (),
        "mentions": (),
        "pages": (),
        "judgements": (),
        "signoff": CONTENT,
        "now": NOW,
    }
    return decide(fields.pop("of", profile()), coverage=coverage, **(given | fields))


def test_satisfied_is_a_first_class_answer_that_still_sets_the_date() -> None:
    verdict = _decide()
    assert verdict.status is VerdictStatus.SATISFIED
    assert verdict.next_audit_on == date(2027, 2, 28)
    assert verdict.reasons
    assert verdict.flips_if


def test_it_is_hers_to_say_whether_the_story_is_fair() -> None:
    assert _decide(signoff=None).status is VerdictStatus.ACTION_NEEDED
    verdict = _decide(signoff=Signoff(accurate=True, fair=False))
    assert verdict.status is VerdictStatus.ACTION_NEEDED
    assert "unfair" in verdict.reasons[0].text


def test_an_open_error_of_high_severity_needs_action_and_names_its_finding() -> None:
    verdict = _decide(findings=(WRONG_PHONE,))
    assert verdict.status is VerdictStatus.ACTION_NEEDED
    assert verdict.reasons[0].keys == (WRONG_PHONE.key,)


def test_thin_hearing_does_not_excuse_a_wrong_number() -> None:
    assert _decide((), findings=(WRONG_PHONE,)).status is VerdictStatus.ACTION_NEEDED


@pytest.mark.parametrize("word", ["waived", "resolved"])
def test_what_she_waived_or_resolved_is_not_open(word: str) -> None:
    judgement = Judgement(key=WRONG_PHONE.key, word=word)
    assert _decide(findings=(WRONG_PHONE,), judgements=(judgement,)).status is VerdictStatus.SATISFIED


def test_an_error_of_low_severity_does_not_stand_against_satisfied() -> None:
    low = Finding(key="x", check="suite_wrong", outcome=Outcome.DIFFERS, severity=Severity.LOW, field="suite")
    assert _decide(findings=(low,)).status is VerdictStatus.SATISFIED


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_too_little_heard_is_insufficient_evidence(missing: int) -> None:
    thin = ENOUGH[:missing] + ENOUGH[missing + 1 :]
    verdict = _decide(thin)
    assert verdict.status is VerdictStatus.INSUFFICIENT_EVIDENCE
    assert verdict.flips_if


@pytest.mark.parametrize("status", [CoverageStatus.BLOCKED, CoverageStatus.MANUAL, CoverageStatus.FAILED])
def test_a_silent_site_was_not_heard(status: CoverageStatus) -> None:
    assert _decide((*ENOUGH[:3], heard("webmd", status))).status is VerdictStatus.INSUFFICIENT_EVIDENCE


def test_unconfirmed_facts_need_action() -> None:
    verdict = _decide(of=profile(confirmed={}))
    assert verdict.status is VerdictStatus.ACTION_NEEDED
    assert "locations.0.phone" in verdict.reasons[0].text


def test_an_item_that_she_called_unfair_needs_action() -> None:
    item = mention("vitals:r1", Kind.REVIEW)
    judgement = Judgement(key="vitals:r1", word="unfair")
    verdict = _decide(mentions=(item,), judgements=(judgement,))
    assert verdict.status is VerdictStatus.ACTION_NEEDED
    assert verdict.reasons[0].keys == ("vitals:r1",)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 30, tzinfo=UTC), date(2027, 2, 28)),
        (datetime(2027, 11, 30, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 1, 15, tzinfo=UTC), date(2026, 4, 15)),
        (datetime(2026, 10, 1, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_next_audit_is_three_calendar_months_on(now: datetime, due: date) -> None:
    assert next_audit_on(now) == due


def test_google_counts_once_whichever_way_it_was_seen() -> None:
    both = (*ENOUGH[:2], heard("google-maps", CoverageStatus.OBSERVED), heard("google-places"))
    assert _decide(both).status is VerdictStatus.INSUFFICIENT_EVIDENCE
    assert _decide((*both, heard("ratemds"))).status is VerdictStatus.SATISFIED


def test_an_alert_feed_is_no_first_page() -> None:
    feed = Coverage(source="google-alerts", category=Category.NEWS, status=CoverageStatus.OK, engine="google")
    assert _decide((feed, *ENOUGH[1:])).status is VerdictStatus.INSUFFICIENT_EVIDENCE
