"""Whether a trial that is closed still names her as the one to call.

The code is that of a tie that has ended; the trial's own status says so.  Whether the sponsor means to keep the contact
cannot be told from outside.
"""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check
from reputation.definition.checks.name import known_names
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity
from reputation.names import compare_names

CHECK = Check(
    code="affiliation_stale", field="contact", severity=Severity.MEDIUM, kinds=frozenset({Kind.RECORD})
)

CLOSED = frozenset({"COMPLETED", "TERMINATED", "WITHDRAWN", "NO_LONGER_AVAILABLE"})
"""The registry's words for a trial that takes nobody any more."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding where `mention` is a closed trial and one of its contacts bears her name."""
    status = next(iter(mention.claimed("overall_status")), "")
    contacts = [
        printed
        for printed in mention.claimed("contact")
        if any(compare_names(printed, known) != "different" for known in known_names(profile))
    ]
    if status.upper() not in CLOSED or not contacts:
        return
    ended = next(iter(mention.claimed("completion_date")), None)
    yield CHECK.finding(
        mention,
        Outcome.CANNOT_TELL,
        observed=f"{contacts[0]} is still listed as a contact",
        authority=f"ClinicalTrials.gov: {status.lower().replace('_', ' ')}{f', {ended}' if ended else ''}",
        remedy="Ask the sponsor or the responsible party to take the contact off, or to name who answers now.",
    )
