"""The audit in a few lines: said once, used by the terminal, the mail and every report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reputation.model import ANSWERED, HEARD, CoverageStatus, MatchDecision, Outcome, Owner, VerdictStatus
from reputation.report.wording import listed, plural

if TYPE_CHECKING:
    from reputation.model import Action, Audit

FIRST = 3
"""How many actions are told before all others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """What somebody should know who reads nothing else."""

    status: VerdictStatus
    headline: str
    """The verdict as one sentence, without names or quotes."""
    heard: str
    """What was and was not heard, as one sentence."""
    first_actions: tuple[Action, ...]
    n_actions: int
    n_differs: int
    n_changes: int | None
    """None for a first audit: there was nothing to compare with."""
    n_about: int
    n_possible: int
    n_heard: int
    n_unheard: int
    next_audit_on: date


def digest(audit: Audit, edition: str = "clinician") -> Digest:
    """Return the audit in a few lines; for admin only the administrator's own actions are told and counted."""
    matches = Counter(one.match.decision for one in audit.mentions if one.match)
    actions = tuple(sorted(audit.actions, key=lambda one: (one.priority, one.key)))
    if edition == "admin":
        actions = tuple(one for one in actions if one.owner is Owner.ADMINISTRATOR)
    differs = [one for one in audit.findings if one.outcome is Outcome.DIFFERS]
    asked = [one for one in audit.coverage if one.status is not CoverageStatus.RETIRED]
    n_heard = sum(one.status in HEARD for one in asked)
    return Digest(
        status=audit.verdict.status,
        headline=_headline(audit, len(actions), len(differs)),
        heard=_heard(audit, n_heard, len(asked)),
        first_actions=actions[:FIRST],
        n_actions=len(actions),
        n_differs=len(differs),
        n_changes=len(audit.comparison.changes) if audit.comparison else None,
        n_about=matches[MatchDecision.MATCH],
        n_possible=matches[MatchDecision.POSSIBLE],
        n_heard=n_heard,
        n_unheard=len(asked) - n_heard,
        next_audit_on=audit.verdict.next_audit_on,
    )


def elsewhere(whole: Audit, seen: Audit) -> str:
    """Return in a sentence what waits for others than the administrator, of `whole`, of which they may see `seen`."""
    others = Counter(one.owner for one in seen.actions if one.owner is not Owner.ADMINISTRATOR)
    told = [f"{n} for the {owner.value.replace('_', ' ')}" for owner, n in sorted(others.items())]
    withheld = len(whole.actions) - len(seen.actions)
    if withheld:
        told.append(f"{withheld} in the clinician’s own report only")
    n = others.total() + withheld
    if len(told) == 1:
        return f"{plural(n, 'more thing waits', 'more things wait')} {told[0].partition(' ')[2]}."
    return f"{plural(n, 'more thing waits', 'more things wait')}: {listed(told)}." if n else ""


def _headline(audit: Audit, n_actions: int, n_differs: int) -> str:
    todo = plural(n_actions, "thing to do", "things to do")
    if audit.verdict.status is VerdictStatus.SATISFIED:
        rest = "nothing needs doing this quarter" if not n_actions else f"{todo}, none of them pressing"
        return f"Satisfied: {rest}."
    if audit.verdict.status is VerdictStatus.INSUFFICIENT_EVIDENCE:
        return f"Not enough evidence for a verdict: too little of the web was heard. {todo.capitalize()}."
    wrong = f"; {plural(n_differs, 'fact is', 'facts are')} shown wrongly" if n_differs else ""
    return f"Action needed: {todo}{wrong}."


def _heard(audit: Audit, n_heard: int, n_asked: int) -> str:
    by_program = sum(one.status in ANSWERED for one in audit.coverage)
    by_hand = n_heard - by_program
    hand = f", {by_hand} of them by your own eyes" if by_hand else ""
    silent = n_asked - n_heard
    tail = f" Nothing is claimed about the other {silent}." if silent else ""
    return f"{n_heard} of {plural(n_asked, 'source')} were heard{hand}.{tail}"
