"""Whether the newest review that a page shows is recent.

A page shows some of its reviews, not always the newest first, so that old ones are told as something to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from reputation.definition.authority import Check
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity

CHECK = Check(
    code="outdated_review_data", field="reviews", severity=Severity.LOW, kinds=frozenset({Kind.LISTING})
)

OLD_AFTER_DAYS = 365


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield one finding on each listing with a dated review; dates in the future are not believed."""
    newest: dict[str, str] = {}
    today = now.date().isoformat()
    for one in mentions:
        day = one.date_published
        if one.kind is Kind.REVIEW and one.listing_key and day and day <= today[: len(day)]:
            newest[one.listing_key] = max(newest.get(one.listing_key, ""), day)
    oldest = (now.date() - timedelta(days=OLD_AFTER_DAYS)).isoformat()
    for mention in mentions:
        latest = newest.get(mention.key)
        if mention.kind is not Kind.LISTING or latest is None:
            continue
        is_old = latest < oldest[: len(latest)]
        yield CHECK.finding(
            mention,
            Outcome.CANNOT_TELL if is_old else Outcome.CONFORMS,
            observed=f"the newest review shown is of {latest}",
            authority="the page's own dates",
            remedy="Look whether the page has newer ones. Ask every patient alike for an honest review, never only the "
            "content ones, and offer nothing for it."
            if is_old
            else None,
        )
