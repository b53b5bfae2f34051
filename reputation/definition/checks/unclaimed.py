"""Whether a page says that nobody has claimed it: unclaimed, it can neither be edited nor answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.definition.authority import Check
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity

CHECK = Check(
    code="unclaimed", field="claimed", severity=Severity.MEDIUM, kinds=frozenset({Kind.LISTING, Kind.PROFILE})
)

_OPEN = re.compile(
    r"\bthis (?:profile|listing|page|business) is unclaimed\b|\bhas not (?:yet )?(?:been )?claimed\b"
    r"|\bunclaimed (?:profile|listing|page|business)\b"
    r"|\bclaim (?:this|your) (?:free )?(?:profile|listing|page|business)\b",
    re.IGNORECASE,
)
_INVITES = re.compile(r"^claim", re.IGNORECASE)
"""Some sites invite everybody, claimed or not: that alone is something to look at."""
_NO, _YES = frozenset({"false", "no", "0", "unclaimed"}), frozenset({"true", "yes", "1", "claimed"})


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield one finding where `mention` claims to be claimed or not, or invites to claim it in words."""
    said = next((text.strip().casefold() for text in mention.claimed("is_claimed")), None)
    invites = _OPEN.search(mention.text or "") if mention.kind is Kind.LISTING else None
    if said in _YES:
        yield CHECK.finding(mention, Outcome.CONFORMS, observed="claimed", authority="the page itself")
    elif said in _NO or invites:
        yield CHECK.finding(
            mention,
            Outcome.CANNOT_TELL
            if invites and _INVITES.search(invites[0]) and said not in _NO
            else Outcome.DIFFERS,
            expected="claimed by you",
            observed=invites[0] if invites else "unclaimed",
            authority="the page itself",
            remedy="Claim the page with the site; you can then edit it and answer there.",
        )
