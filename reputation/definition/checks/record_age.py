"""Whether her record in the national registry has been looked after.

A change must be reported there within 30 days (45 CFR 162.410), and most directories copy it.  An old record may still be
right, so that it is told as something to look at, by its own date, and never as an error.  The code is the one for what lies
dormant: no other in the table of flags speaks of age.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from reputation.definition.authority import Check
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity

CHECK = Check(code="dormant", field="last_updated", severity=Severity.LOW, kinds=frozenset({Kind.RECORD}))

OLD_AFTER_DAYS = 2 * 365


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield one finding on each of her NPPES records that prints when it was last updated."""
    for mention in mentions:
        printed = next(iter(mention.claimed("last_updated")), None)
        if mention.source != "nppes" or mention.kind not in CHECK.kinds or printed is None:
            continue
        day = _day(printed)
        if day is None or day > now.date():
            continue
        is_old = (now.date() - day).days > OLD_AFTER_DAYS
        yield CHECK.finding(
            mention,
            Outcome.CANNOT_TELL if is_old else Outcome.CONFORMS,
            observed=f"last updated on {day.isoformat()}",
            authority="the record's own date",
            remedy="Read it line by line: changes are due within 30 days, and every directory that copies it repeats "
            "what is old. Correct it at https://nppes.cms.hhs.gov/."
            if is_old
            else None,
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
