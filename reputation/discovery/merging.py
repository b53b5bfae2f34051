"""Makes one mention of one thing found many ways: the same key, page, DOI or PubMed number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from reputation.model import Evidence, Kind, Mention, Rank
from reputation.normalize import canonical_url, mention_key

T = TypeVar("T")

_ONE_A_PAGE = frozenset({Kind.RESULT, Kind.ARTICLE, Kind.POST, Kind.PROFILE})
"""Kinds of which a page is one; a page may hold many listings, records and reviews."""


def merge_same(mentions: Iterable[Mention]) -> list[Mention]:
    """Return each thing once, sorted by key, with sources, ranks, claims and evidence of all its sightings.

    The result is the same in whatever order they come.  The key of the first by source and key stays.
    """
    keyed = sorted(
        (one if one.key else replace(one, key=mention_key(one.source, None, one.url)) for one in mentions),
        key=_order,
    )
    groups = _Groups()
    for number, mention in enumerate(keyed):
        for handle in _handles(mention):
            groups.join(number, handle)
    together: dict[int, list[Mention]] = {}
    for number, mention in enumerate(keyed):
        together.setdefault(groups.root(number), []).append(mention)
    return sorted((_merged(group) for group in together.values()), key=lambda one: one.key)


def _order(mention: Mention) -> tuple[str, ...]:
    claims = "\n".join(f"{claim.field}={claim.value}" for claim in mention.claims)
    return (mention.source, mention.key, mention.kind, mention.url, mention.title, mention.text or "", claims)


def _handles(mention: Mention) -> Iterable[tuple[str, ...]]:
    """Yield what makes two mentions one."""
    yield "key", mention.key
    if mention.kind in _ONE_A_PAGE:
        yield "page", mention.kind, canonical_url(mention.url)
    if mention.kind is Kind.ARTICLE:
        for field in ("doi", "pmid"):
            for value in mention.claimed(field):
                yield field, value.casefold().removeprefix("https://doi.org/").strip()


class _Groups:
    """Numbers joined by common handles (union and find)."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}
        self._first: dict[tuple[str, ...], int] = {}

    def root(self, number: int) -> int:
        """Return the smallest number of its group."""
        path = []
        while (above := self._above.get(number, number)) != number:
            path.append(number)
            number = above
        for one in path:
            self._above[one] = number
        return number

    def join(self, number: int, handle: tuple[str, ...]) -> None:
        """Put `number` into the group that has `handle`."""
        a, b = self.root(number), self.root(self._first.setdefault(handle, number))
        self._above[max(a, b)] = min(a, b)


def _merged(group: Sequence[Mention]) -> Mention:
    if len(group) == 1:
        return group[0]
    first = group[0]
    fullest = max(group, key=lambda one: (len(one.claims), len(one.text or "")))
    rated = next((one for one in (fullest, *group) if one.rating_value is not None), fullest)
    return replace(
        first,
        title=fullest.title or first.title,
        text=max((one.text for one in group if one.text), key=len, default=None),
        sources=_union(name for one in group for name in one.sources),
        ranks=tuple(sorted(_union(rank for one in group for rank in one.ranks), key=_rank_order)),
        claims=_union(claim for one in (fullest, *group) for claim in one.claims),
        evidence=tuple(sorted(_union(one for each in group for one in each.evidence), key=_evidence_order)),
        listing_key=next((one.listing_key for one in group if one.listing_key), None),
        author_initials=next((one.author_initials for one in group if one.author_initials), None),
        rating_value=rated.rating_value,
        best_rating=rated.best_rating,
        worst_rating=rated.worst_rating,
        rating_count=rated.rating_count,
        review_count=rated.review_count,
        date_published=max(
            (one.date_published for one in group if one.date_published), key=len, default=None
        ),
    )


def _union(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _rank_order(rank: Rank) -> tuple[str, str, int, str, str, str]:
    return (
        rank.engine,
        rank.query,
        rank.position,
        rank.location or "",
        rank.device or "",
        str(rank.signed_in),
    )


def _evidence_order(one: Evidence) -> tuple[str, str, str, str]:
    return (one.sha256, one.url, one.fetched_at.isoformat(), one.by)
