"""Who vouches for a fact, and how a check reports what it found.

A fact that the user has not confirmed is nobody's authority: a check against it answers `cannot_tell` and
asks for the confirmation.  What a listing claims is never an error merely because nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from reputation.model import (
    Finding,
    Kind,
    MatchDecision,
    Mention,
    Outcome,
    Profile,
    Severity,
)

CHECKED_KINDS = frozenset({Kind.LISTING, Kind.RECORD})


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """What a check is: its code in the table of accuracy flags, its field, and the harm of an error."""

    code: str
    field: str
    severity: Severity
    kinds: frozenset[Kind] = CHECKED_KINDS
    """The kinds of mention that it looks at."""
    about: str = ""
    """The table or list of the profile that holds the fact."""

    def finding(
        self,
        mention: Mention,
        outcome: Outcome,
        *,
        expected: str | None = None,
        observed: str | None = None,
        authority: str | None = None,
        remedy: str | None = None,
    ) -> Finding:
        """Return what this check found on `mention`; its key is check:mention_key:field."""
        return Finding(
            key=f"{self.code}:{mention.key}:{self.field}",
            check=self.code,
            outcome=outcome,
            severity=self.severity,
            field=self.field,
            expected=expected,
            observed=observed,
            authority=authority,
            mention_key=mention.key,
            url=mention.url,
            remedy=remedy,
        )


UPSTREAM = {
    "nppes": "Correct it in NPPES first (https://nppes.cms.hhs.gov/): directories copy it, so that every site which does is "
    "likely to repeat it.",
    "cms-clinicians": "Correct it in PECOS first (https://pecos.cms.hhs.gov/): Medicare's own directory is made from it, and "
    "others copy that.",
}
"""What to say where the record that others copy is itself wrong, by source."""


def with_its_copies(finding: Finding, mention: Mention) -> Finding:
    """Return `finding`, with the claim that the sites which copy it are likely to repeat it where it is upstream."""
    told = UPSTREAM.get(mention.source)
    if told is None or finding.outcome is not Outcome.DIFFERS:
        return finding
    return replace(finding, remedy=f"{told} {finding.remedy or ''}".strip())


def is_surely_hers(mention: Mention) -> bool:
    """Whether a mention is a match; the claims of nothing else are compared."""
    return mention.match is not None and mention.match.decision is MatchDecision.MATCH


def is_own_origin(profile: Profile, about: str, mention: Mention) -> bool:
    """Whether the profile's facts in the table `about` were filled from the source of `mention`.

    That a record agrees with a copy of itself proves nothing; that it has changed since is worth telling.
    """
    return any(
        entry.source == mention.source
        for path, entry in profile.confirmed.items()
        if about and path.partition(".")[0] == about
    )


def authority_for(profile: Profile, paths: Iterable[str]) -> str | None:
    """Return who confirmed the facts at `paths`, such as "your profile, confirmed 2026-11-21".

    The earliest confirmation counts where there are several; None where one of them is not confirmed.
    """
    days = [_confirmed_on(profile, path) for path in paths]
    told = [day for day in days if day is not None]
    if not days or len(told) < len(days):
        return None
    return f"your profile, confirmed {min(told).isoformat()}"


def held_against(
    check: Check,
    profile: Profile,
    mention: Mention,
    paths: Sequence[str],
    outcome: Outcome,
    *,
    observed: str,
    expected: str,
    remedy: str,
) -> Finding:
    """Return the finding on a fact of the profile at `paths`: `cannot_tell` where one of them is not confirmed."""
    authority = authority_for(profile, paths)
    if authority is None:
        missing = next((path for path in paths if not profile.is_confirmed(path)), check.about)
        remedy = confirm_first(missing)
        return check.finding(mention, Outcome.CANNOT_TELL, observed=observed, remedy=remedy)
    return check.finding(
        mention,
        outcome,
        expected=expected,
        observed=observed,
        authority=authority,
        remedy=None if outcome is Outcome.CONFORMS else remedy,
    )


def confirm_first(path: str) -> str:
    """Return the sentence that asks for a confirmation."""
    return f"Confirm {path} first (`repaudit confirm {path}`); until then nobody can say which is right."


def _confirmed_on(profile: Profile, path: str) -> date | None:
    """Return the earliest day on which `path`, what stands above it or all that stands below it was confirmed."""
    if not profile.is_confirmed(path):
        return None
    above = _above(path)
    return min(
        (
            entry.confirmed_on
            for name, entry in profile.confirmed.items()
            if entry.confirmed_on and (name in above or name.startswith(f"{path}."))
        ),
        default=None,
    )


@lru_cache(maxsize=1024)
def _above(path: str) -> frozenset[str]:
    """Return the names under which `path` may stand in `[confirmed]`: itself and what is above it, with and without numbers."""
    parts = path.split(".")
    bare = [part for part in parts if not part.isdigit()]
    return frozenset(".".join(words[:n]) for words in (parts, bare) for n in range(1, len(words) + 1))
