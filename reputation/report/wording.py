"""How reports say things: names of sources, statements of findings and changes, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from reputation.dissemination.platforms import platforms
from reputation.dissemination.wording import capital, full_name
from reputation.model import ChangeKind, CoverageStatus, Kind, Outcome, View
from reputation.render import number
from reputation.resources import source_title

if TYPE_CHECKING:
    from reputation.model import Audit, Change, Finding, Mention, Right

COVERAGE: Mapping[CoverageStatus, str] = {
    CoverageStatus.OK: "answered",
    CoverageStatus.EMPTY: "answered: nothing found",
    CoverageStatus.OBSERVED: "read by you",
    CoverageStatus.PARTIAL: "answered in part",
    CoverageStatus.BLOCKED: "blocked programs",
    CoverageStatus.QUOTA: "quota used up",
    CoverageStatus.AUTH: "key refused",
    CoverageStatus.FAILED: "failed",
    CoverageStatus.MANUAL: "waits for you",
    CoverageStatus.SKIPPED: "not asked",
    CoverageStatus.RETIRED: "no longer exists",
}
VIEW: Mapping[View, str] = {
    View.PATIENT: "as a patient would ask",
    View.COLLEAGUE: "as a colleague would ask",
    View.BOTH: "as a patient or a colleague would ask",
}
TRUST = (
    "Each way in is marked. Verified: the site’s own page was read. Secondary: another’s text about it was. "
    "Unverified: general knowledge; look before you rely on it."
)
CHANGE: Mapping[ChangeKind, str] = {
    ChangeKind.APPEARED: "New",
    ChangeKind.NEWLY_INDEXED: "Older, newly found",
    ChangeKind.VANISHED: "Gone",
    ChangeKind.CHANGED: "Changed",
    ChangeKind.RESOLVED: "Put right",
    ChangeKind.REGRESSED: "Wrong again",
}
_OUTCOMES = frozenset(one.value for one in Outcome)
_SMALL = {"npi", "url", "orcid", "id"}


@cache
def _places() -> dict[str, str]:
    return {place.id: place.title for place in platforms()}


def place_title(platform_id: str) -> str:
    """Return a platform's name for people."""
    return _places().get(platform_id, platform_id)


def in_words(name: str) -> str:
    """Return a field, check or vocabulary word as words: `street_address` as `street address`."""
    return " ".join(part.upper() if part in _SMALL else part for part in name.replace("-", "_").split("_"))


def plural(n: int, one: str, many: str | None = None) -> str:
    """Return `1 review`, `2 reviews`."""
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"


def by_what_right(right: Right, who: str) -> str:
    """Return by what right the audit was made, in one sentence."""
    if right.is_self or not right.delegate_of:
        return f"A self-audit by {who}."
    given = (
        f", with consent given on {right.consented_on.day} {right.consented_on:%B %Y}"
        if right.consented_on
        else ""
    )
    return f"Made by a delegate of {right.delegate_of}{given}."


def finding_title(finding: Finding) -> str:
    """Return what a finding is about, as a short title."""
    return capital(in_words(finding.check))


def state_finding(finding: Finding) -> str:
    """Return what a finding says, as one sentence."""
    subject = capital(in_words(finding.field))
    if finding.outcome is Outcome.CONFORMS:
        return f"{subject}: the page shows “{finding.observed}”, as it should."
    seen = f"the page shows “{finding.observed}”" if finding.observed else "the page shows nothing"
    if finding.outcome is Outcome.CANNOT_TELL:
        against = finding.authority or "there is no confirmed fact to hold it against"
        return f"{subject}: {seen}; {against.rstrip('.')}."
    return (
        f"{subject}: {seen}; it should be “{finding.expected}”."
        if finding.expected
        else f"{subject}: {seen}."
    )


def state_change(change: Change, mention: Mention | None, *, quote: bool = True) -> str:
    """Return a change as one sentence; `quote` False keeps titles and values of texts out of it."""
    if is_move(change):
        return _move(change, mention, quote=quote)
    where = f" on {source_title(mention.source)}" if mention else f" ({_place(change.key)})"
    if change.subject == "mention":
        return capital(f"{_what(change, mention, quote=quote)}{where}.")
    if change.subject == "coverage":
        return f"{source_title(change.key)} was {_value(change.before)}, now {_value(change.after)}."
    subject = in_words(change.field or change.key.partition(":")[0])
    subject += " of one review" if mention and mention.kind is Kind.REVIEW else ""
    if all(
        value is None or (isinstance(value, str) and value in _OUTCOMES)
        for value in (change.before, change.after)
    ):
        return capital(f"{subject}{where}.")
    if not quote and change.field in {"text", "title"}:
        return capital(f"{subject}{where}.")
    note = f": {change.note}" if change.note else ""
    return capital(f"{subject}{where}, from {_value(change.before)} to {_value(change.after)}{note}.")


def is_move(change: Change) -> bool:
    """Whether a change is a result's new place on a page of results, and no more."""
    return change.field == "rank"


def _move(change: Change, mention: Mention | None, *, quote: bool) -> str:
    before, after = (value if isinstance(value, dict) else {} for value in (change.before, change.after))
    page = before or after
    title = f"“{mention.title}”" if quote and mention and mention.title else "A result"
    places = [one.get("position") or "beyond what was read" for one in (before, after)]
    return f"{title}: from place {places[0]} to {places[1]} on {page.get('engine', 'an engine')} for {page.get('query', 'a query')}."


def _what(change: Change, mention: Mention | None, *, quote: bool) -> str:
    kind = mention.kind.value if mention else "item"
    about = f" “{mention.title}”" if quote and mention and mention.title and kind != "review" else ""
    field = (
        f", its {in_words(change.field)} from {_value(change.before)} to {_value(change.after)}"
        if change.field
        else ""
    )
    if not quote and change.field in {"text", "title"}:
        field = f", its {in_words(change.field)}"
    return f"{'an' if kind[0] in 'ai' else 'a'} {kind}{about}{field}"


def _place(key: str) -> str:
    parts = key.split(":")
    return source_title(parts[1] if len(parts) > 3 else parts[0])


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    return f"“{value}”"


def whose(audit: Audit) -> str:
    """Return the audited clinician's name with credentials, or a plain word where it was not kept."""
    if audit.profile is None:
        return "the clinician"
    return full_name(audit.profile.name)
