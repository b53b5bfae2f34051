"""What the audits so far say together: each site's rating over the quarters, and each year with its four audits.

A quarter counts once, by its last audit; a quarter without one is named, for nothing is known of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reputation.defense.diff import Rated, rating_moved
from reputation.defense.store import AuditSummary

QUARTERS_A_YEAR = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingTrend:
    """One site's rating over the quarters, oldest first; None where a quarter does not know it."""

    source: str
    quarters: tuple[str, ...]
    points: tuple[Rated | None, ...]
    moved: bool
    """Whether first and last known differ by more than chance explains with so many ratings."""

    @property
    def known(self) -> tuple[Rated, ...]:
        """The points that are known."""
        return tuple(point for point in self.points if point is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Year:
    """A calendar year: the last audit of each of its quarters, and the quarters that have none."""

    year: int
    audits: tuple[AuditSummary, ...]
    missing: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all four audits were made."""
        return not self.missing


def last_of_quarters(audits: Iterable[AuditSummary]) -> tuple[AuditSummary, ...]:
    """Return the last audit of each quarter, oldest first; `audits` are in the order of their time."""
    return tuple({one.quarter: one for one in audits}.values())


def rating_trends(audits: Iterable[AuditSummary]) -> tuple[RatingTrend, ...]:
    """Return each site's trend, by site."""
    chosen = last_of_quarters(audits)
    sources = sorted({source for one in chosen for source in one.ratings})
    return tuple(_trend(source, chosen) for source in sources)


def _trend(source: str, chosen: tuple[AuditSummary, ...]) -> RatingTrend:
    points = tuple(one.ratings.get(source) for one in chosen)
    known = [point for point in points if point is not None]
    return RatingTrend(
        source=source,
        quarters=tuple(one.quarter for one in chosen),
        points=points,
        moved=rating_moved(known[0], known[-1]),
    )


def years(audits: Iterable[AuditSummary]) -> tuple[Year, ...]:
    """Return the years that hold an audit, oldest first.

    A quarter is missing where it lies between the first audit and the last and has none.
    """
    chosen = last_of_quarters(audits)
    if not chosen:
        return ()
    quarters = {one.quarter for one in chosen}
    first, last = chosen[0].quarter, chosen[-1].quarter
    found = []
    for year in range(int(first[:4]), int(last[:4]) + 1):
        named = [f"{year}-Q{number}" for number in range(1, QUARTERS_A_YEAR + 1)]
        found.append(
            Year(
                year=year,
                audits=tuple(one for one in chosen if one.quarter in named),
                missing=tuple(name for name in named if first <= name <= last and name not in quarters),
            )
        )
    return tuple(found)
