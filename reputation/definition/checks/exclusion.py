"""Whether the federal list of excluded individuals holds a record with her NPI.

An NPI alone decides, never a name.  Whom the record means is for the inspector general's own page to verify; the words are
chosen so that nobody takes this for a screening.
"""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check
from reputation.definition.checks.name import known_names
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity
from reputation.names import parse
from reputation.normalize import fold

CHECK = Check(
    code="discipline_wrong", field="exclusion", severity=Severity.CRITICAL, kinds=frozenset({Kind.RECORD})
)

SOURCE = "leie"


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding where `mention` is a row of the list and carries her NPI."""
    if mention.source != SOURCE or not profile.ids.npi or profile.ids.npi not in mention.claimed("npi"):
        return
    day = max((item.fetched_at.date().isoformat() for item in mention.evidence), default=None)
    columns = (
        "NPI and surname" if _has_her_family_name(profile, mention) else "NPI alone, the surname differs"
    )
    reinstated = next(iter(mention.claimed("reinstatement_date")), None)
    told = f"; reinstated on {reinstated}" if reinstated else ""
    yield CHECK.finding(
        mention,
        Outcome.CANNOT_TELL,
        observed=f"the OIG list holds a record with this NPI{told}",
        authority=f"the OIG list of excluded individuals{f', file of {day}' if day else ''}; matched: {columns}",
        remedy="Verify it at https://exclusions.oig.hhs.gov/: only there can identity be verified. This is not a screening "
        "result and not legal advice. Speak with counsel before you answer.",
    )


def _has_her_family_name(profile: Profile, mention: Mention) -> bool:
    printed = next(iter(mention.claimed("name")), "")
    mine = {fold(word) for known in known_names(profile) for word in parse(known).family}
    return any(fold(word) in mine for word in parse(printed).family)
