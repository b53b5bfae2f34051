"""Signs in reviews that are worth a look: many in few days, and the same words twice.  Signs, never accusations.

A burst is a week in which a listing got more reviews than its own rate explains: the Poisson probability of so many,
times the number of weeks since its first review, is below one in a hundred.  A site that prints no days shows none.

The same words are found by shingles of five words.  Each text is filed under its sixteen smallest hashes and compared
with the first text filed there, so that the time grows with the number of reviews.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from math import exp
from re import findall

from reputation.definition.wording import count, listed, page_name
from reputation.model import Figure, Kind, Mention, Sign
from reputation.render import in_words

WINDOW_DAYS = 7
BURST_FLOOR = 4
"""Reviews in one week below which nothing is called a burst."""

HISTORY_DAYS = 90
"""Days since a listing's first review below which it has no rate of its own."""

BURST_P = 0.01

SHINGLE = 5
SKETCH = 16
WORDS_FLOOR = 10
"""Words below which two people may well say the same."""

ALIKE = 0.8
"""Share of the shorter text's shingles that the other must hold."""


def signs_of(mentions: Iterable[Mention], today: date) -> tuple[Sign, ...]:
    """Return the signs among the reviews in `mentions`, sorted by kind and keys."""
    reviews = sorted((item for item in mentions if item.kind is Kind.REVIEW), key=lambda item: item.key)
    found = (*_bursts(reviews, today), *_duplicates(reviews))
    return tuple(sorted(found, key=lambda sign: (sign.kind, sign.keys)))


def place_of(review: Mention) -> str:
    """Return what tells the listing that a review stands on."""
    return review.listing_key or review.source


# ---------------------------------------------------------------------------- bursts


def _bursts(reviews: Sequence[Mention], today: date) -> Iterator[Sign]:
    places: dict[str, list[tuple[date, Mention]]] = defaultdict(list)
    for review in reviews:
        day = _day(review.date_published)
        if day and day <= today:
            places[place_of(review)].append((day, review))
    for dated in places.values():
        dated.sort(key=lambda pair: (pair[0], pair[1].key))
        yield from _burst(dated, (today - dated[0][0]).days)


def _burst(dated: Sequence[tuple[date, Mention]], history_days: int) -> Iterator[Sign]:
    """Yield the fullest week of a listing, if its own rate does not explain it."""
    if history_days < HISTORY_DAYS:
        return
    week = _fullest_week([day for day, _ in dated])
    n, others = len(week), len(dated) - len(week)
    expected = (others + 1) / (history_days - WINDOW_DAYS) * WINDOW_DAYS
    if n < BURST_FLOOR or _poisson_tail(n, expected) * history_days / WINDOW_DAYS >= BURST_P:
        return
    inside = [dated[place] for place in week]
    (first, earliest), (last, latest) = inside[0], inside[-1]
    days = [
        Figure(text=in_words(first), keys=(earliest.key,)),
        Figure(text=in_words(last), keys=(latest.key,)),
    ]
    when = f"on {days[0].text}" if first == last else f"between {days[0].text} and {days[1].text}"
    keys = tuple(sorted(review.key for _, review in inside))
    yield Sign(
        kind="burst",
        text=f"{page_name(earliest)} got {count(n, 'review')} {when}, more than its usual pace explains: "
        "worth a look, proof of nothing.",
        keys=keys,
        figures=(Figure(text=str(n), keys=keys), *days[: 1 if first == last else 2]),
    )


def _fullest_week(days: Sequence[date]) -> range:
    """Return the places, in sorted `days`, of the first week that holds most of them."""
    best, start = range(0), 0
    for end, day in enumerate(days):
        while day - days[start] >= timedelta(days=WINDOW_DAYS):
            start += 1
        if end - start + 1 > len(best):
            best = range(start, end + 1)
    return best


def _poisson_tail(n: int, mean: float) -> float:
    """Return the probability of `n` or more where `mean` are expected."""
    term, below = exp(-mean), 0.0
    for k in range(n):
        below += term
        term *= mean / (k + 1)
    return max(0.0, 1 - below)


def _day(text: str | None) -> date | None:
    """Return a date that the site prints to the day; None where it prints less."""
    try:
        return date.fromisoformat((text or "")[:10]) if len(text or "") >= len("2026-01-31") else None
    except ValueError:
        return None


# ---------------------------------------------------------------------------- the same words


def _duplicates(reviews: Sequence[Mention]) -> Iterator[Sign]:
    filed: dict[int, int] = {}
    leader: dict[int, int] = {}
    shingles: list[frozenset[int]] = []
    for place, review in enumerate(reviews):
        shingles.append(_shingles(review.text))
        for mark in sorted(shingles[place])[:SKETCH]:
            other = filed.setdefault(mark, place)
            if other != place and place not in leader and _alike(shingles[other], shingles[place]):
                leader[place] = leader.get(other, other)
    groups: dict[int, list[Mention]] = defaultdict(list)
    for place, first in leader.items():
        groups[first].append(reviews[place])
    for first, others in groups.items():
        yield _same_words([reviews[first], *others])


def _same_words(group: Sequence[Mention]) -> Sign:
    sites = sorted({page_name(review) for review in group})
    why = (
        "one site may copy the other, one person may have written in several places, or somebody used a template"
        if len(sites) > 1
        else "one person may have written more than once, or somebody used a template"
    )
    keys = tuple(sorted(review.key for review in group))
    return Sign(
        kind="duplicate",
        text=f"{count(len(group), 'review')} on {listed(sites)} say the same in nearly the same words: {why}.",
        keys=keys,
        figures=(Figure(text=str(len(group)), keys=keys),),
    )


def _shingles(text: str | None) -> frozenset[int]:
    words = findall(r"\w+", (text or "").casefold())
    if len(words) < WORDS_FLOOR:
        return frozenset()
    return frozenset(
        int.from_bytes(blake2b(" ".join(words[n : n + SHINGLE]).encode(), digest_size=8).digest(), "big")
        for n in range(len(words) - SHINGLE + 1)
    )


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))
