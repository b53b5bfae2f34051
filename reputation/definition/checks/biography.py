"""Whether a page that prints a description of her has more than a line of it.

What a page gives to machines may be less than what it shows, so that a short one is told as something to look at.
"""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity

CHECK = Check(
    code="bio_missing",
    field="description",
    severity=Severity.LOW,
    kinds=frozenset({Kind.LISTING, Kind.PROFILE}),
)

SHORTEST = 80
"""Characters below which a description is no biography."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield one finding on the longest description that `mention` claims, if it claims any."""
    printed = max((text.strip() for text in mention.claimed("description")), key=len, default=None)
    if printed is None:
        return
    is_short = len(printed) < SHORTEST
    yield CHECK.finding(
        mention,
        Outcome.CANNOT_TELL if is_short else Outcome.CONFORMS,
        observed=f"{len(printed)} characters",
        authority="the page itself",
        remedy="If the page shows no more than that, claim it and paste your own: `repaudit bio` has it in its limits."
        if is_short
        else None,
    )
