"""Each site's rating as it publishes it, with what its number of ratings allows one to say.

There is never an average across sites: they ask other questions, on other scales, of other patients.
The interval is Wilson's (1927) at 95 %, on the rating as a share of its scale: a rating on a bounded
scale varies no more than a coin of the same mean, so the interval errs to the wide side.  Like Bayesian
shrinkage it pulls a handful of five-star ratings towards the middle of the scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from reputation import resources
from reputation.model import Kind, MatchDecision, Mention, Profile, RatingSummary

ENOUGH = 10
"""Ratings below which nothing is said of a clinician's standing: the 95 % interval then spans two stars."""

Z_95 = 1.96


def summarize_ratings(profile: Profile, mentions: Sequence[Mention]) -> tuple[RatingSummary, ...]:
    """Return one summary for each matched listing that has a rating or counts, by source and key."""
    group = specialty_group(profile)
    listings = (
        mention
        for mention in mentions
        if mention.kind is Kind.LISTING
        and mention.match is not None
        and mention.match.decision is MatchDecision.MATCH
        and not (
            mention.rating_value is None and mention.rating_count is None and mention.review_count is None
        )
    )
    return tuple(
        _summarize(mention, group) for mention in sorted(listings, key=lambda item: (item.source, item.key))
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


def percentile_of(source: str, group: str | None, rating: float, best: float) -> tuple[float, str] | None:
    """Return the percentile of `rating` within the group, and its source; None where no table is published.

    Between the published scores it is interpolated on a straight line.
    """
    for row in resources.table("data/specialty_ratings.toml")["percentiles"]:
        if row["source"] != source or row["group"] != group or best != row["best"]:
            continue
        points: list[tuple[float, float]] = [(float(a), float(b)) for a, b in row["ranks"]]
        for (low, low_rank), (high, high_rank) in pairwise(points):
            if low <= rating <= high:
                share = (rating - low) / (high - low)
                return round(low_rank + share * (high_rank - low_rank), 1), str(row["cited"])
    return None


def _summarize(mention: Mention, group: str | None) -> RatingSummary:
    n = mention.rating_count if mention.rating_count is not None else mention.review_count
    value = None if n == 0 else mention.rating_value
    best = mention.best_rating if mention.best_rating is not None else 5.0
    worst = mention.worst_rating if mention.worst_rating is not None else min(1.0, best)
    interval = percentile = None
    if value is None:
        note = "Not rated: unknown, which is not the same as bad."
    elif not worst <= value <= best:
        note = f"The rating {value:g} lies outside its own scale of {worst:g} to {best:g}; nothing is derived from it."
    elif n is None:
        note = "The page does not say how many ratings stand behind this: too few to say."
    else:
        interval = _on_scale((value - worst) / (best - worst), n, worst, best)
        low, high = interval
        note = f"{n} rating{'' if n == 1 else 's'}; 95 % interval {low:.1f} to {high:.1f} of {best:g}."
        if n < ENOUGH:
            note = f"Too few to say (fewer than {ENOUGH}): {note}"
        elif found := percentile_of(mention.source, group, value, best):
            percentile, cited = found
            note = f"{note} Percentile among {group} specialties on this site: {cited}."
    return RatingSummary(
        source=mention.source,
        rating_value=value,
        best_rating=best if value is not None else mention.best_rating,
        rating_count=mention.rating_count,
        review_count=mention.review_count,
        percentile=percentile,
        interval=interval,
        note=note,
        mention_key=mention.key,
    )


def _on_scale(share: float, n: int, worst: float, best: float) -> tuple[float, float]:
    low, high = interval_of(share, n)
    return round(worst + low * (best - worst), 2), round(worst + high * (best - worst), 2)
