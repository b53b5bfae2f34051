"""Whether an account that she keeps has said anything of late: one that fell silent looks out of touch.

What was read of an account need not be all of it, so that silence is told as something to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from reputation.definition.authority import Check
from reputation.model import Control, Finding, Kind, Mention, Outcome, OwnProfile, Profile, Severity
from reputation.normalize import canonical_url

CHECK = Check(
    code="dormant", field="activity", severity=Severity.LOW, kinds=frozenset({Kind.POST, Kind.PROFILE})
)

SILENT_AFTER_DAYS = 92
"""A quarter: whoever audits each quarter has said something in each."""


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:
    """Yield one finding on each professional account of the profile of which a dated post was read."""
    today = now.date().isoformat()
    posts = sorted(
        (
            (one.date_published, canonical_url(one.url), one)
            for one in mentions
            if one.kind is Kind.POST
            and one.date_published
            and one.date_published <= today[: len(one.date_published)]
        ),
        key=lambda post: post[:2],
        reverse=True,
    )
    pages = {canonical_url(one.url): one for one in mentions if one.kind is Kind.PROFILE}
    oldest = (now.date() - timedelta(days=SILENT_AFTER_DAYS)).isoformat()
    for account in filter(_is_kept, profile.profiles):
        home = canonical_url(account.url).rstrip("/")
        newest = next(((day, post) for day, url, post in posts if url.startswith(f"{home}/")), None)
        if newest:
            day, post = newest
            is_silent = day < oldest[: len(day)]
            yield CHECK.finding(
                pages.get(canonical_url(account.url), post),
                Outcome.CANNOT_TELL if is_silent else Outcome.CONFORMS,
                observed=f"the newest post read is of {day}",
                authority="the account's own posts",
                remedy="Look whether there are newer ones. A short post on what you may speak of anyway keeps the account "
                "alive; an account that you have given up is better closed."
                if is_silent
                else None,
            )


def _is_kept(account: OwnProfile) -> bool:
    return account.purpose == "professional" and account.control in (Control.OWNED, Control.CONTROLLED)
