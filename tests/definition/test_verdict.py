from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.defense.actions import route
from reputation.definition.verdict import RULES, decide, next_audit_on
from reputation.model import (
    Category,
    Coverage,
    CoverageStatus,
    Finding,
    Judgement,
    Kind,
    Outcome,
    PageOne,
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


MINE = (mention("vitals:ada"), mention("vitals:r1", Kind.REVIEW), mention("nppes:1", Kind.RECORD))
SANCTION = Finding(
    key="discipline_wrong:vitals:ada:discipline",
    check="discipline_wrong",
    outcome=Outcome.CANNOT_TELL,
    severity=Severity.CRITICAL,
    field="discipline",
    mention_key="vitals:ada",
)
CONFLICT = Finding(
    key="phone_wrong:nppes:1:telephone",
    check="phone_wrong",
    outcome=Outcome.CANNOT_TELL,
    severity=Severity.HIGH,
    field="telephone",
    observed="NPPES NPI Registry has 617-555-0134; Vitals has 617-555-0199",
    authority="Vitals says 617-555-0199",
    mention_key="nppes:1",
)
UNFAIR = Judgement(key="vitals:r1", word="unfair")

BROKEN: dict[str, dict[str, Any]] = {
    "open_finding": {"findings": (SANCTION,)},
    "unfair": {"judgements": (UNFAIR,)},
    "page_one": {"coverage": ENOUGH[1:]},
    "rating_sites": {"coverage": ENOUGH[:3]},
    "conflict": {"findings": (CONFLICT,)},
    "unconfirmed": {"of": profile(confirmed={})},
    "signoff": {"signoff": None},
}
"""Each condition of `satisfied`, and an audit in which it alone is broken."""


def test_the_rules_are_all_proved() -> None:
    assert tuple(BROKEN) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_no_condition_of_satisfied_can_be_left_out(rule: str) -> None:
    given: dict[str, Any] = {"coverage": ENOUGH, "mentions": MINE}
    assert _decide(**given).status is VerdictStatus.SATISFIED
    verdict = _decide(**(given | BROKEN[rule]))
    assert verdict.status is not VerdictStatus.SATISFIED
    (reason,) = verdict.reasons
    assert reason.rule == rule
    assert (reason.flips_if,) == verdict.flips_if


@pytest.mark.parametrize("last", ["negative", "positive", "mine"])
def test_a_word_on_the_label_does_not_take_back_that_it_is_unfair(last: str) -> None:
    later = Judgement(key="vitals:r1", word=last, decided_at=NOW)
    assert _decide(mentions=MINE, judgements=(UNFAIR, later)).reasons[0].rule == "unfair"
    for word in ("fair", "resolved", "waived"):
        taken_back = Judgement(key="vitals:r1", word=word, decided_at=NOW)
        assert _decide(mentions=MINE, judgements=(UNFAIR, taken_back)).status is VerdictStatus.SATISFIED


def test_a_page_that_a_person_saw_on_google_is_heard_and_half_an_answer_is_not() -> None:
    seen = Coverage(source="google", category=Category.SEARCH, status=CoverageStatus.OBSERVED)
    assert _decide((seen, *ENOUGH[1:])).status is VerdictStatus.SATISFIED
    half = heard("serpapi-google", CoverageStatus.PARTIAL, engine="google")
    assert _decide((half, *ENOUGH[1:])).reasons[0].rule == "page_one"
    page = PageOne(engine="google", query="Ada Roe")
    assert _decide((half, *ENOUGH[1:]), pages=(page,)).status is VerdictStatus.SATISFIED


def test_what_was_satisfied_stands_on_what_is_about_her() -> None:
    (reason,) = _decide(mentions=MINE).reasons
    assert set(reason.keys) == {item.key for item in MINE}
    assert "3 items about you" in reason.text


_ASKED_BY = {
    "page_one": "Google or Bing",
    "rating_sites": "repaudit observe",
    "unconfirmed": "repaudit confirm",
    "signoff": "repaudit signoff",
    "unfair": "unfair",
}
_FINDINGS = tuple(
    Finding(
        key=f"{check}:{key}:x",
        check=check,
        outcome=outcome,
        severity=severity,
        field="x",
        expected=None if outcome is Outcome.CANNOT_TELL else "617-555-0134",
        observed="617-555-0199",
        authority="Vitals says so",
        mention_key=key,
        url="https://www.vitals.com/ada",
    )
    for check in (
        "phone_wrong",
        "discipline_wrong",
        "identity_mixup",
        "deceased_or_retired",
        "address_wrong",
        "suite_wrong",
    )
    for key in ("vitals:ada", "nppes:1")
    for outcome, severity in ((Outcome.DIFFERS, Severity.HIGH), (Outcome.CANNOT_TELL, Severity.CRITICAL))
)
_WORDS = ("unfair", "fair", "waived", "resolved", "negative", "mine")


@given(
    coverage=st.lists(st.sampled_from(ENOUGH), unique=True),
    findings=st.lists(st.sampled_from(_FINDINGS), unique_by=lambda one: one.key),
    words=st.lists(
        st.tuples(
            st.sampled_from([*(f.key for f in _FINDINGS), *(m.key for m in MINE)]), st.sampled_from(_WORDS)
        )
    ),
    signoff=st.sampled_from([None, CONTENT, Signoff(accurate=False, fair=True)]),
    is_confirmed=st.booleans(),
)
def test_every_reason_against_satisfied_leads_to_an_action(
    coverage: list[Coverage],
    findings: list[Finding],
    words: list[tuple[str, str]],
    signoff: Signoff | None,
    *,
    is_confirmed: bool,
) -> None:
    of = profile() if is_confirmed else profile(confirmed={})
    judgements = tuple(Judgement(key=key, word=word) for key, word in words)
    verdict = _decide(
        tuple(coverage), of=of, findings=findings, mentions=MINE, judgements=judgements, signoff=signoff
    )
    actions = route(of, verdict, findings, MINE, coverage, judgements, NOW)
    by_key = {finding.key for finding in findings}
    mended = {key for action in actions for key in action.finding_keys}
    for reason in verdict.reasons:
        if reason.rule in {"open_finding", "conflict"}:
            assert {key for key in reason.keys if key in by_key} <= mended
        elif reason.rule != "satisfied":
            asked = [action for action in actions if _ASKED_BY[reason.rule or ""] in action.what]
            assert len(asked) >= len(reason.keys or "x"), reason
    assert all(reason.flips_if for reason in verdict.reasons if reason.rule != "satisfied")


def test_satisfied_can_close_without_a_single_action() -> None:
    verdict = _decide(mentions=MINE)
    assert route(profile(), verdict, (), MINE, ENOUGH, (), NOW) == ()
    assert verdict.next_audit_on > NOW.date()


@pytest.mark.parametrize("is_wrong", [True, False])
@pytest.mark.parametrize("is_unfair", [True, False])
def test_an_item_can_be_inaccurate_unfair_both_or_neither(*, is_wrong: bool, is_unfair: bool) -> None:
    finding = replace(WRONG_PHONE, mention_key="vitals:ada")
    unfair = Judgement(key="vitals:ada", word="unfair")
    verdict = _decide(
        mentions=MINE, findings=(finding,) if is_wrong else (), judgements=(unfair,) if is_unfair else ()
    )
    rules = {reason.rule for reason in verdict.reasons} - {"satisfied"}
    assert rules == {*(["open_finding"] if is_wrong else []), *(["unfair"] if is_unfair else [])}
