"""Each site's rating as it publishes it, with what its number of ratings allows one to say.

There is never an average across sites: they ask other questions, on other scales, of other patients.

The interval is Wilson's (1927) at 95 %, on the rating as a share of its scale: a rating on a bounded scale varies no more
than a coin of the same mean, so the interval errs to the wide side.  Where the middle of a group on that site is published,
`adjusted` is the rating after Bayesian shrinkage: as if ten ratings of that middle stood beside the clinician's own.
The percentile is given with that of the interval's two ends, since a difference of .2 stars can be thirty places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from math import sqrt
from typing import Any

from reputation import resources
from reputation.definition.signs import place_of, signs_of
from reputation.definition.wording import count
from reputation.model import Kind, MatchDecision, Mention, Profile, RatingSummary, Sign
from reputation.render import in_words, number

ENOUGH = 10
"""Ratings below which nothing is said of a clinician's standing: the 95 % interval then spans two stars."""

PRIOR_RATINGS = 10
"""Ratings that the published middle of the group counts for."""

STALE_YEARS = 2
"""Years after which the newest review is called old."""

Z_95 = 1.96


def summarize_ratings(
    profile: Profile, mentions: Sequence[Mention], now: datetime | None = None
) -> tuple[RatingSummary, ...]:
    """Return one summary for each matched listing that has a rating or counts, by source and key.

    Without `now` nothing is said of bursts and of the age of reviews.
    """
    group = specialty_group(profile)
    mine = [item for item in mentions if item.match and item.match.decision is MatchDecision.MATCH]
    reviews: dict[str, list[Mention]] = defaultdict(list)
    for item in mine:
        if item.kind is Kind.REVIEW:
            reviews[place_of(item)].append(item)
    signs = signs_of(mine, now.date()) if now else ()
    listings = (
        item
        for item in mine
        if item.kind is Kind.LISTING
        and (item.rating_value, item.rating_count, item.review_count) != (None, None, None)
    )
    return tuple(
        _summarize(item, group, reviews.get(item.key) or reviews.get(item.source) or (), signs, now)
        for item in sorted(listings, key=lambda item: (item.source, item.key))
    )


def specialty_group(profile: Profile) -> str | None:
    """Return medical, surgical or allied by the profile's first specialty that tells; None where none does."""
    groups: dict[str, dict[str, list[str]]] = resources.table("data/specialty_ratings.toml")["groups"]
    for specialty in profile.specialties:
        code, label = specialty.taxonomy_code or "", specialty.label.casefold()
        for name, marks in groups.items():
            if any(code.startswith(prefix) for prefix in marks["taxonomy"] if code):
                return name
        for name, marks in groups.items():
            if any(word in label for word in marks["words"]):
                return name
    return None


def interval_of(share: float, n: int, z: float = Z_95) -> tuple[float, float]:
    """Return Wilson's interval for a share 0..1 of `n` ratings, n at least 1."""
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def adjusted_rating(source: str, group: str | None, rating: float, best: float, n: int) -> float | None:
    """Return the rating drawn towards the published middle of its group; None where none is published."""
    row = _row("middles", source, group, best)
    if row is None:
        return None
    middle = float(row["middle"])
    return round((PRIOR_RATINGS * middle + n * rating) / (PRIOR_RATINGS + n), 2)


def percentile_of(source: str, group: str | None, rating: float, best: float) -> tuple[float, str] | None:
    """Return the percentile of `rating` within the group, and its source; None where no table is published.

    Between the published scores it is interpolated on a straight line; beyond them nothing is said.
    """
    row = _row("percentiles", source, group, best)
    points: list[tuple[float, float]] = [(float(a), float(b)) for a, b in row["ranks"]] if row else []
    for (low, low_rank), (high, high_rank) in pairwise(points):
        if row and low <= rating <= high:
            share = (rating - low) / (high - low)
            return round(low_rank + share * (high_rank - low_rank), 1), str(row["cited"])
    return None


def _row(table: str, source: str, group: str | None, best: float) -> Mapping[str, Any] | None:
    rows: list[dict[str, Any]] = resources.table("data/specialty_ratings.toml")[table]
    fits = (row for row in rows if row["source"] == source and row["best"] == best)
    return next((row for row in fits if row["group"] in {group, "all"}), None)


def _summarize(
    mention: Mention,
    group: str | None,
    reviews: Iterable[Mention],
    signs: Sequence[Sign],
    now: datetime | None,
) -> RatingSummary:
    n = mention.rating_count if mention.rating_count is not None else mention.review_count
    value = None if n == 0 else mention.rating_value
    best = mention.best_rating if mention.best_rating is not None else 5.0
    worst = mention.worst_rating if mention.worst_rating is not None else (1.0 if best > 1 else 0.0)
    keys = {item.key for item in reviews}
    latest = max((item.date_published or "" for item in reviews), default="") or None
    told: dict[str, Any] = {}
    if value is None:
        note = "Not rated: unknown, which is not the same as bad."
    elif not worst <= value <= best or worst == best:
        note = f"The rating {value:g} lies outside its own scale of {worst:g} to {best:g}; nothing is derived from it."
    elif n is None or n < 0:
        note = "The page does not say how many ratings stand behind this: too few to say."
    else:
        note, told = _derived(mention.source, group, value, n, (worst, best))
    return RatingSummary(
        source=mention.source,
        rating_value=value,
        best_rating=best if value is not None else mention.best_rating,
        rating_count=mention.rating_count,
        review_count=mention.review_count,
        note=f"{note}{_age(latest, now)}",
        mention_key=mention.key,
        reviews_read=len(keys),
        latest_review_on=latest,
        signs=tuple(sign for sign in signs if not keys.isdisjoint(sign.keys)),
        **told,
    )


def _derived(
    source: str, group: str | None, value: float, n: int, scale: tuple[float, float]
) -> tuple[str, dict[str, Any]]:
    """Return the note on a rating, and what can be derived from it."""
    worst, best = scale
    low, high = _on_scale((value - worst) / (best - worst), n, worst, best)
    told: dict[str, Any] = {
        "interval": (low, high),
        "adjusted": adjusted_rating(source, group, value, best, n),
    }
    note = f"{count(n, 'rating')}; 95 % interval {number(low)} to {number(high)} of {best:g}."
    if n < ENOUGH:
        middle = _row("middles", source, group, best)
        drawn = (
            f" Drawn towards the {middle['cited']} ({number(middle['middle'])}), it would be {number(told['adjusted'])}."
            if middle
            else ""
        )
        return f"Too few to say (fewer than {ENOUGH}): {note}{drawn}", told
    found = percentile_of(source, group, value, best)
    if found is None:
        return note, told
    told["percentile"], cited = found
    ends = [percentile_of(source, group, end, best) for end in (low, high)]
    between = ""
    if ends[0] and ends[1]:
        told["percentile_interval"] = (ends[0][0], ends[1][0])
        between = f", and by the interval between {ends[0][0]:.0f} and {ends[1][0]:.0f}"
    title = resources.source_title(source)
    note += f" Higher than {told['percentile']:.0f} of 100 in {group} fields on {title}{between} ({cited})."
    return note, told


def _on_scale(share: float, n: int, worst: float, best: float) -> tuple[float, float]:
    low, high = interval_of(share, n)
    return round(worst + low * (best - worst), 2), round(worst + high * (best - worst), 2)


def _age(latest: str | None, now: datetime | None) -> str:
    """Return how old the newest review is, where that is worth saying."""
    if latest is None or now is None or not latest[:4].isdigit() or now.year - int(latest[:4]) <= STALE_YEARS:
        return ""
    return f" The newest review read is of {in_words(latest)}."
