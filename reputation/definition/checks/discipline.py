"""Whether a page speaks of a sanction, a conviction or a malpractice claim.

Such a claim is critical and is never judged here: it is compared only with a board's or a court's own page, so
that without one the answer is that it cannot be told, and where to look.
"""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.adverse import is_adverse
from reputation.definition.authority import Check
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity

CHECK = Check(
    code="discipline_wrong",
    field="discipline",
    severity=Severity.CRITICAL,
    kinds=frozenset({Kind.RESULT, Kind.LISTING, Kind.ARTICLE, Kind.RECORD}),
)

_OWN_CHECK = frozenset({"leie"})
"""Sources that are a list of sanctions; a check of their own reads them."""

LONGEST_QUOTE = 200
"""Characters of the page's own words that a finding quotes."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding where the title or text of `mention` states such a fact."""
    said = f"{mention.title}. {mention.text or ''}".strip()
    if mention.source in _OWN_CHECK or not is_adverse(said):
        return
    states = " and ".join(dict.fromkeys(item.state for item in profile.licenses)) or "your state"
    yield CHECK.finding(
        mention,
        Outcome.CANNOT_TELL,
        observed=said[:LONGEST_QUOTE],
        remedy=f"Compare it with the medical board of {states} (https://www.docinfo.org finds it) and import "
        "the board's page; speak with counsel before you answer.",
    )
