"""Disputes are folded from the journal: nothing is lost, and what comes back is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.defense.disputes import (
    OPEN,
    STATES,
    Dispute,
    Standing,
    answer_due,
    as_seen,
    by_site,
    disputes,
    opened,
    regressed,
    seen,
    updated,
)
from reputation.defense.journal import Entry
from reputation.defense.refusals import refused
from reputation.model import Evidence, Outcome
from tests.defense.audits import finding, mention
from tests.defense.test_actions import routed

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = finding().key


def told(**fields: Any) -> dict[str, Any]:
    return {
        "what": "Correct Healthgrades: practice phone",
        "site": "Healthgrades",
        "finding_keys": [KEY],
        **fields,
    }


def begun(**fields: Any) -> Entry:
    return opened(KEY, told(**fields), on=DAY)


def after(*words: tuple[int, str], **fields: Any) -> tuple[Entry, ...]:
    """Return the entries of a dispute that stood at each word so many days after it was begun."""
    first = begun(**fields)
    (one,) = disputes([first])
    return (first, *(updated(one, {"state": word}, on=DAY + timedelta(days=n)) for n, word in words))


def looked(days: int, outcome: Outcome | None) -> tuple[Any, Any, datetime]:
    """Return what an audit found so many days later; no finding where the page was not seen."""
    moment = DAY + timedelta(days=days)
    proof = (Evidence(sha256="ab" * 32, url="https://www.healthgrades.com/dr/1", fetched_at=moment),)
    findings = (finding(outcome=outcome),) if outcome else ()
    return findings, ((mention(1, evidence=proof),) if outcome else ()), moment


def test_a_dispute_keeps_its_route_proof_confirmation_and_deadline() -> None:
    entries = [
        *after((10, "sent")),
    ]
    (one,) = disputes(entries)
    more = updated(
        one,
        {
            "confirmation": "C-17",
            "deadline": "2026-04-10",
            "evidence": [{"url": "a.png", "sha256": "0" * 64}],
        },
        on=DAY + timedelta(days=11),
    )
    (one,) = disputes([*entries, more])
    assert (one.state, one.confirmation, one.deadline) == ("sent", "C-17", date(2026, 4, 10))
    assert (one.opened_on, one.sent_on, one.closed_on) == (date(2026, 3, 1), date(2026, 3, 11), None)
    assert [proof.url for proof in one.evidence] == ["a.png"]
    assert one.is_overdue(date(2026, 4, 11))
    assert not one.is_overdue(date(2026, 4, 10))


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(STATES)), max_size=8))
def test_the_last_word_holds_and_no_step_is_lost(words: list[tuple[int, str]]) -> None:
    entries = after(*words)
    (one,) = disputes(entries)
    assert len(one.steps) == len(entries)
    assert one.state == (words[-1][1] if words else "drafted")
    assert (one.closed_on is None) == (one.state in OPEN)
    assert one.days is None or one.days >= 0
    assert disputes(entries) == disputes(list(entries))


def test_a_second_dispute_about_the_same_thing_has_a_key_of_its_own() -> None:
    first = begun(state="refused")
    second = opened(KEY, told(), on=DAY, earlier=disputes([first]))
    assert len({one.key for one in disputes([first, second])}) == 2
    assert Standing.of(disputes([first, second])).of_findings([finding()])[0].key == second.key


def test_an_audit_that_sees_it_right_mends_it() -> None:
    (one,) = as_seen(after((10, "sent")), *looked(90, Outcome.CONFORMS))
    assert (one.state, one.days, one.steps[-1].by) == ("mended", 80, "audit")


@pytest.mark.parametrize("outcome", [None, Outcome.CANNOT_TELL, Outcome.DIFFERS])
def test_silence_doubt_and_the_old_error_mend_nothing(outcome: Outcome | None) -> None:
    (one,) = as_seen(after((10, "sent")), *looked(90, outcome))
    assert one.state == "sent"
    assert regressed([one]) == ()


def test_what_was_mended_and_is_wrong_again_is_an_alarm_once() -> None:
    entries = after((10, "sent"), (40, "mended"))
    fresh = list(seen(disputes(entries), *looked(130, Outcome.DIFFERS)))
    (one,) = disputes((*entries, *fresh))
    assert (one.state, one.came_back_on, one.regressions, one.is_open) == (
        "mended",
        date(2026, 7, 9),
        1,
        True,
    )
    assert list(seen([one], *looked(131, Outcome.DIFFERS))) == []
    (again,) = as_seen((*entries, *fresh), *looked(220, Outcome.CONFORMS))
    assert (again.came_back_on, again.regressions) == (None, 1)


def test_a_look_from_before_it_was_mended_is_no_alarm() -> None:
    entries = after((10, "sent"), (40, "mended"))
    for day in (5, 40):
        (one,) = as_seen(entries, *looked(day, Outcome.DIFFERS))
        assert one.came_back_on is None


def test_success_and_time_are_told_by_site() -> None:
    entries = [*after((0, "sent"), (12, "mended"))]
    entries.append(opened("b", told(site="Vitals", state="refused"), on=DAY))
    entries.append(opened("c", told(site="Vitals"), on=DAY))
    records = {one.site: one for one in by_site(disputes(entries))}
    assert (records["Healthgrades"].mended, records["Healthgrades"].median_days) == (1, 12)
    assert (records["Vitals"].asked, records["Vitals"].refused, records["Vitals"].median_days) == (1, 1, None)


def test_a_plan_answers_sooner_than_a_site() -> None:
    assert answer_due("plan", DAY.date()) < answer_due("site", DAY.date())


# ---------------------------------------------------------------------------- what it means for the list of actions


def action_with(*known: Dispute) -> Any:
    (action,) = routed((finding(),), (mention(1),), disputed=known)
    return action


def test_the_action_says_what_was_asked_and_waits() -> None:
    (one,) = disputes(after((260, "sent"), deadline="2026-12-20", confirmation="C-17"))
    action = action_with(one)
    assert action.what.startswith("Wait for an answer: Correct Healthgrades")
    assert "Asked on 2026-11-16" in action.why
    assert "C-17" in action.why
    assert action.due_on == date(2026, 12, 20)


def test_an_overdue_answer_is_asked_for_again() -> None:
    (one,) = disputes(after((10, "sent"), deadline="2026-04-10"))
    assert action_with(one).what.startswith("Ask again: ")


def test_what_came_back_says_so_and_comes_first() -> None:
    (one,) = as_seen(after((10, "sent"), (40, "mended")), *looked(130, Outcome.DIFFERS))
    first, second = routed(
        (finding(), finding("vitals:2", url=None)), (mention(1), mention(2, source="vitals")), disputed=(one,)
    )
    assert first.what.startswith("Wrong again: ")
    assert "It was mended by 2026-04-10" in first.why
    assert not second.what.startswith("Wrong again")


# ---------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "plan",
    [
        "pay", "pay for removal", "Pay the site $500 to remove the review", "hire a reputation firm to take it down",
        "offer the reviewer a refund to delete the review", "a gift card for a 5-star review",
        "ask only happy patients for reviews", "screen out unhappy patients first", "review gating",
        "we will sue you if it stays", "threaten the reviewer with a lawsuit", "cease and desist letter to the reviewer",
        "have staff post five-star reviews", "buy positive reviews", "solicit fake praise and reviews",
        "find out who wrote it",
    ],
)  # fmt: skip
def test_what_harms_is_refused_with_its_rule_and_what_helps_instead(plan: str) -> None:
    refusal = refused(plan)
    assert refusal is not None
    assert refusal.cite
    assert refusal.instead


@pytest.mark.parametrize(
    "plan",
    [
        None, "", "Edit in the portal; else live chat", "Never pay for a removal", "Do not threaten; report it",
        "the reviewer threatens staff: reported as harassment", "report a fake review", "ask all patients alike for feedback",
        "site asks for a fee to remove the page; reported to Google", "reported fake reviews by a competitor's staff",
        "certified letter to the health plan", "Lawyer first: the author may be sued",
    ],
)  # fmt: skip
def test_an_honest_plan_is_not_refused(plan: str | None) -> None:
    assert refused(plan) is None


def test_no_shipped_route_is_one_that_would_be_refused() -> None:
    from reputation import resources

    assert [
        row["path"] for row in resources.table("data/remedies.toml")["remedy"] if refused(row["path"])
    ] == []
