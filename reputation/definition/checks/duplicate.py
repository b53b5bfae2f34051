"""Whether one site lists her twice for one place: that splits her reviews, and patients find the wrong half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import combinations

from reputation.definition.authority import Check
from reputation.definition.checks.name import known_names
from reputation.definition.checks.phone import number_of
from reputation.definition.places import printed_places
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity
from reputation.names import compare_names
from reputation.normalize import canonical_url, same_street

CHECK = Check(
    code="duplicate_listing", field="listing", severity=Severity.MEDIUM, kinds=frozenset({Kind.LISTING})
)

_SEVERAL_BY_NATURE = frozenset({"payer-directories", "own-pages"})
"""Sources that list a person once for each plan or page."""

_MOST = 20
"""Listings of one site that are held against one another."""


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield one finding on each listing that repeats an earlier one of the same site, name and place."""
    names = known_names(profile)
    by_site: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.kind is Kind.LISTING and mention.source not in _SEVERAL_BY_NATURE:
            by_site.setdefault(mention.source, []).append(mention)
    for listings in by_site.values():
        told = set()
        ordered = sorted(listings, key=lambda one: (-(one.rating_count or 0), one.key))[:_MOST]
        for first, second in combinations(ordered, 2):
            if second.key not in told and _is_same(first, second) and _bear_name(names, first, second):
                told.add(second.key)
                yield CHECK.finding(
                    second,
                    Outcome.DIFFERS,
                    expected=first.url,
                    observed=second.url,
                    authority="the site's other listing of you",
                    remedy=f"Ask the site to merge the two listings: {first.url} and {second.url}.",
                )


def _is_same(a: Mention, b: Mention) -> bool:
    """Whether two listings have pages of their own and share a number, an NPI or a street."""
    if canonical_url(a.url) == canonical_url(b.url):
        return False
    phones = [{number_of(text) for text in one.claimed("telephone")} - {None} for one in (a, b)]
    if phones[0] & phones[1] or set(a.claimed("npi")) & set(b.claimed("npi")):
        return True
    return any(
        same_street(here.address, there.address) for here in printed_places(a) for there in printed_places(b)
    )


def _bear_name(names: Sequence[str], *listings: Mention) -> bool:
    """Whether all of them bear her name: a practice's listing beside hers is right."""
    printed = (next(iter(one.claimed("name")), one.title) for one in listings)
    return all(any(compare_names(text, known) != "different" for known in names) for text in printed)
