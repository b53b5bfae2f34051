"""How reports say things: names of sources, statements of findings and changes, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from reputation.defense.remedies import subject_of, words_for
from reputation.dissemination.platforms import platforms
from reputation.dissemination.wording import capital, full_name
from reputation.model import ChangeKind, CoverageStatus, Drift, Kind, Outcome, View
from reputation.render import in_words as in_date
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
CURVE: Mapping[str | None, str] = {
    "dcg": "the discount of DCG, 1 / log2(place + 1), which is milder than any published click curve",
    "reciprocal": "one over the place",
    "backlinko_2019": "the click curve that Backlinko published in 2019",
    "sistrix_2020": "the click curve that SISTRIX published in 2020",
    None: "its place",
}
CONTROL: Mapping[str, str] = {
    "owned": "owned by you",
    "controlled": "yours to edit",
    "influenced": "open to your influence",
    "uncontrolled": "in others’ hands",
    "not_about_me": "about somebody else",
}
NOVELTY: Mapping[ChangeKind, str] = {ChangeKind.APPEARED: "new", ChangeKind.NEWLY_INDEXED: "newly found"}
DISPUTE: Mapping[str, str] = {
    "drafted": "written, not sent",
    "sent": "waits for an answer",
    "acknowledged": "received there",
    "mended": "put right",
    "refused": "refused",
    "withdrawn": "withdrawn",
}
DRIFT: Mapping[Drift, str] = {
    Drift.SAME: "as it should be",
    Drift.EDITED: "shows another text",
    Drift.STALE: "shows something outdated",
    Drift.MISSING: "shows none",
    Drift.NOT_SEEN: "not read",
}
LABEL_BY: Mapping[str, str] = {
    "user": "your own word",
    "facts": "the facts that it states",
    "model": "the trained model",
    "lexicon": "the word list",
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
    ChangeKind.REGRESSED: "Now wrong",
}
_TOLD_FIRST = tuple(
    map(
        ChangeKind,
        ("regressed", "appeared", "vanished", "changed", "newly_indexed", "resolved"),
    )
)
_SAID = {"false": "no", "true": "yes"}
"""What pages' markup says, in the words of people."""
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


def listed(items: Sequence[str], most: int | None = None) -> str:
    """Return `a, b and c`; beyond `most` the rest is counted."""
    shown = list(items[:most])
    if len(items) > len(shown):
        shown.append(f"{len(items) - len(shown):,} more")
    return "".join(shown) if len(shown) < 2 else f"{', '.join(shown[:-1])} and {shown[-1]}"


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
    if finding.outcome is Outcome.DIFFERS:
        return capital(words_for(finding.check))
    return capital(subject_of(finding))


def state_finding(finding: Finding) -> str:
    """Return what a finding says, as one sentence."""
    subject, seen = capital(subject_of(finding)), _in_plain(finding.observed)
    if finding.outcome is Outcome.CONFORMS:
        return f"{subject}: the page shows “{seen}”, as it should."
    shows = f"the page shows “{seen}”" if seen else "the page shows nothing"
    if finding.outcome is Outcome.CANNOT_TELL:
        against = finding.authority or "there is no confirmed fact to hold it against"
        return f"{subject}: {shows}; {against.rstrip('.')}."
    if not finding.expected:
        return f"{subject}: {shows}."
    return f"{subject}: {shows}; it should be “{_in_plain(finding.expected)}”."


def _in_plain(value: str | None) -> str:
    return _SAID.get(value or "", value or "")


def worth_telling(changes: Iterable[Change]) -> list[Change]:
    """Return changes in the order in which one wants to hear of them, each thing once.

    A page's running text that changed with its description says the same twice, and so does a claim with its finding.
    """
    described = {(one.key, "text") for one in changes if one.field == "description"}
    judged = {_about(one) for one in changes if one.subject == "finding"}
    told = (one for one in changes if one.subject == "finding" or _about(one) not in described | judged)
    return sorted(told, key=lambda one: _TOLD_FIRST.index(one.kind))


def _about(change: Change) -> tuple[str, str | None]:
    """Return the mention and the field that a change is about."""
    if change.subject == "finding":
        return change.key.partition(":")[2].rpartition(":")[0], change.field
    return change.key, change.field


def state_change(change: Change, mention: Mention | None, *, quote: bool = True) -> str:
    """Return a change as one sentence; `quote` False keeps titles and values of texts out of it."""
    if is_move(change):
        return _move(change, mention, quote=quote)
    where = f" on {source_title(mention.source)}" if mention else f" ({_place(change.key)})"
    if change.subject == "mention" and change.field is None:
        return capital(f"{_what(change, mention, quote=quote)}{where}.")
    if change.subject == "coverage":
        return f"{source_title(change.key)} was {_value(change.before)}, now {_value(change.after)}."
    subject = in_words(change.field or change.key.partition(":")[0])
    subject += " of one review" if mention and mention.kind is Kind.REVIEW else ""
    told = _from_to(change) if quote or change.subject != "mention" else ""
    note = f": {change.note}" if change.note and told else ""
    ends = "" if (told + note).endswith((".”", "!”", "?”")) else "."
    return capital(f"{subject}{where}{told}{note}{ends}")


def _from_to(change: Change) -> str:
    before, after = change.before, change.after
    if all(one is None or (isinstance(one, str) and one in _OUTCOMES) for one in (before, after)):
        return ""
    if before is None:
        return (
            f": {_value(after)}"
            if change.subject == "finding"
            else f", now {_value(after)}; before, it did not say"
        )
    if after is None:
        return (
            f", it was {_value(before)}"
            if change.subject == "finding"
            else f", no longer told; before, {_value(before)}"
        )
    return f", from {_value(before)} to {_value(after)}"


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
    shown = change.after or change.before
    shown = shown if isinstance(shown, dict) else {}
    kind = in_words(mention.kind.value) if mention else "item"
    title = mention.title if mention else str(shown.get("title") or "")
    about = f" “{title}”" if quote and title and kind != "review" else ""
    dated = f" of {in_date(str(shown['date_published']))}" if quote and shown.get("date_published") else ""
    return f"{'an' if kind[0] in 'ai' else 'a'} {kind}{dated}{about}"


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
    return f"“{_SAID.get(str(value), value)}”"


def curve_words(curve: str | None) -> str:
    """Return by what attention was weighed, for people."""
    return CURVE.get(curve, in_words(curve or ""))


def dispute_words(state: str) -> str:
    """Return where a request stands, for people."""
    return DISPUTE.get(state, in_words(state))


def whose(audit: Audit) -> str:
    """Return the audited clinician's name with credentials, or a plain word where it was not kept."""
    if audit.profile is None:
        return "the clinician"
    return full_name(audit.profile.name)
