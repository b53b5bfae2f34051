"""Whether a page says that she has died, retired or no longer practises, or a registry that her number is not in use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.definition.authority import Check, held_against
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity

CHECK = Check(code="deceased_or_retired", field="status", severity=Severity.CRITICAL)

_GONE = re.compile(
    r"\b(?:is|has|was)\s+(?:now\s+|since\s+|recently\s+)?(?:deceased|retired)\b(?!\s+(?:from\s+(?:the\s+)?(?:board|army|navy|military|air force)|colonel|captain|officer|patient))"
    r"|\b(?:no longer|not currently)\s+(?:practi[cs]ing|practi[cs]es|seeing patients|in practice)\b"
    r"|\bpassed away\b|\bretired from (?:practi[cs]e|medicine)\b",
    re.IGNORECASE,
)
_INACTIVE = frozenset({"d", "deactivated", "deceased", "retired", "inactive"})
_LONGEST = 2_000
"""Characters of a page's own words that are read; what comes after is seldom about its subject."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding where `mention` says so in its status, or a listing in words about its subject."""
    status = next((text for text in mention.claimed("status") if text.strip().casefold() in _INACTIVE), None)
    said = _GONE.search((mention.text or "")[:_LONGEST]) if mention.kind is Kind.LISTING else None
    if status is None and said is None:
        return
    observed = f"status {status}" if status else said[0] if said else ""
    yield held_against(
        CHECK,
        profile,
        mention,
        [f"locations.{n}" for n, _ in enumerate(profile.locations)] or ["locations"],
        Outcome.DIFFERS,
        observed=observed,
        expected="practising, by the locations of your profile",
        remedy="If you practise, have it corrected in NPPES and with the state board first, then on the site.",
    )
