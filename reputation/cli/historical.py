"""What `history` prints: the audits, each site's rating over the quarters, and the years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reputation.defense.diff import Rated
    from reputation.defense.store import AuditSummary
    from reputation.defense.trends import RatingTrend, Year

BARS = "▁▂▃▄▅▆▇█"
UNKNOWN = "·"


def history_lines(audits: tuple[AuditSummary, ...]) -> Iterator[str]:
    """Yield one line an audit, then a line a rating site with its small trend, then a line a year."""
    from reputation.defense.trends import rating_trends, years

    for one in audits:
        yield (
            f"{one.quarter}  {one.id[:8]}  {one.as_of:%Y-%m-%d}  {one.status.replace('_', ' '):<21}"
            f"  {one.matches} about you, {one.possible} possible, {one.differs} to mend,"
            f" {one.heard} of {one.sources} sources heard"
        )
    trends = rating_trends(audits)
    if trends:
        yield ""
        yield "Ratings, as each site gives them (· not known in that quarter):"
        yield from map(_trend_line, trends)
    if audits:
        yield ""
        yield from map(_year_line, years(audits))


def sparkline(points: tuple[Rated | None, ...]) -> str:
    """Return a bar a quarter, of eight heights from the scale's lowest to its best."""
    return "".join(UNKNOWN if point is None else _bar(point) for point in points)


def _bar(point: Rated) -> str:
    value, best, _ = point
    if value is None:
        return UNKNOWN
    share = min(max(value / (best or 5), 0), 1)
    return BARS[min(int(share * len(BARS)), len(BARS) - 1)]


def _trend_line(trend: RatingTrend) -> str:
    from reputation.resources import source_title

    first, last = trend.known[0], trend.known[-1]
    said = _rated(last) if len(trend.known) == 1 else f"{_rated(first)} to {_rated(last)}"
    if len(trend.known) > 1 and first[:2] != last[:2]:
        said += ": " + ("more than chance explains" if trend.moved else "no more than chance explains")
    return f"  {source_title(trend.source):<24} {sparkline(trend.points)}  {said}"


def _rated(point: Rated) -> str:
    value, best, count = point
    of = f" of {best:g}" if best else ""
    return f"{value:g}{of} ({count if count is not None else 'unknown number of'} ratings)"


def _year_line(year: Year) -> str:
    made = len(year.audits)
    line = f"{year.year}: {made} of 4 quarterly audits"
    if year.missing:
        return f"{line}; none in {', '.join(name[5:] for name in year.missing)}: nothing is known of then"
    first, last = year.audits[0], year.audits[-1]
    if made == 1:
        return line
    moves = (
        ("about you", first.matches, last.matches),
        ("to mend", first.differs, last.differs),
        ("negative", first.negative, last.negative),
    )
    told = ", ".join(f"{was} to {now} {what}" for what, was, now in moves)
    return f"{line}; from {first.quarter[5:]} to {last.quarter[5:]}: {told}"
