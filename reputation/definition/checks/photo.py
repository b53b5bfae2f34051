"""Whether a page shows a placeholder where her photo should be; a page without any image says nothing.

Only the name of the image is known here, so that it is told as something to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.definition.authority import Check
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity

CHECK = Check(
    code="photo_missing", field="image", severity=Severity.LOW, kinds=frozenset({Kind.LISTING, Kind.PROFILE})
)

_PLACEHOLDER = re.compile(
    r"(?:placeholder|silhouette|no[-_]?(?:photo|image|picture|avatar)|(?:default|missing|blank|generic|anonymous)[-_]?"
    r"(?:photo|image|picture|avatar|profile|user|doctor|provider)|(?:photo|image|picture|avatar|profile|user|doctor|provider)[-_]?"
    r"(?:default|missing|blank|unavailable))",
    re.IGNORECASE,
)


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield one finding where every image that `mention` claims is by its name a placeholder."""
    images = (*mention.claimed("image"), *mention.claimed("photo"))
    if images and all(_PLACEHOLDER.search(url.rsplit("/", 1)[-1]) for url in images):
        yield CHECK.finding(
            mention,
            Outcome.CANNOT_TELL,
            observed=images[0],
            authority="the page itself",
            remedy="By its name that is no photo. If the page shows none of you, claim it and put one there.",
        )
