"""Bars as numbers to draw: who holds page one, where a rating stands on its scale, and what was heard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reputation.model import HEARD, Category, CoverageStatus

if TYPE_CHECKING:
    from reputation.model import Coverage, PageOne, RatingSummary

WIDTH = 600.0
ROW = 30
LEFT = 96.0
"""Pixels at the left of a row, for its name."""
_LETTERS = {"owned": "O", "controlled": "C", "influenced": "I", "uncontrolled": "U", "not_about_me": "N"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """One result, or `n` of a class where places are not known; `letter` names the class where colour does not."""

    kind: str
    letter: str
    n: int
    position: int | None = None
    is_negative: bool = False


def tiles(page: PageOne) -> tuple[Tile, ...]:
    """Return the classes of one first page with their counts, the clinician's own first."""
    return tuple(
        Tile(kind=kind, letter=letter, n=n)
        for kind, letter in _LETTERS.items()
        if (n := getattr(page, kind)) > 0
    )


def in_order(page: PageOne) -> tuple[Tile, ...]:
    """Return one first page result by result, from the top; by class where no places were kept."""
    if not page.results:
        return tuple(
            Tile(kind=one.kind, letter=one.letter, n=1) for one in tiles(page) for _ in range(min(one.n, 20))
        )
    return tuple(
        Tile(
            kind=one.control.value,
            letter=_LETTERS[one.control.value],
            n=1,
            position=one.position,
            is_negative=one.is_negative,
        )
        for one in page.results
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A part of a bar: its class, from where it runs, how far, and what is counted in it."""

    kind: str
    x: float
    width: float
    n: int
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One row of a chart."""

    name: str
    y: float
    pieces: tuple[Piece, ...]
    said: str
    """The row in words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BarChart:
    """Rows under one another."""

    width: float
    height: float
    left: float
    bars: tuple[Bar, ...]


def draw_ownership(pages: Sequence[PageOne]) -> BarChart | None:
    """Return who holds page one, a row an engine: the plainest query speaks for it, the width is attention."""
    plainest: dict[str, PageOne] = {}
    for page in sorted(pages, key=lambda one: (one.engine, len(one.query), one.query)):
        plainest.setdefault(page.engine, page)
    rows = [
        (page.engine.capitalize(), _shares(page), _said(page)) for page in plainest.values() if tiles(page)
    ]
    return _chart(rows)


def _shares(page: PageOne) -> list[tuple[str, float, int, str]]:
    if page.results:
        letters = [(one, _LETTERS[one.control.value]) for one in page.results]
        return [
            (one.control.value, one.attention, 1, letter + ("−" if one.is_negative else ""))
            for one, letter in letters
        ]
    return [(one.kind, float(one.n), one.n, one.letter) for one in tiles(page)]


def _said(page: PageOne) -> str:
    counted = ", ".join(f"{one.n} {one.kind.replace('_', ' ')}" for one in tiles(page))
    return f"for {page.query}: {counted}"


def draw_coverage(coverage: Iterable[Coverage]) -> BarChart | None:
    """Return what was heard, a row a category of sources; those that no longer exist are left out."""
    by_category: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in coverage:
        if line.status is not CoverageStatus.RETIRED:
            by_category[line.category.value][_hearing(line.status)] += 1
    rows = []
    for category in (one.value for one in Category if one.value in by_category):
        counts = by_category[category]
        parts = [
            (kind, float(counts[kind]), counts[kind], str(counts[kind])) for kind in _HEARINGS if counts[kind]
        ]
        said = ", ".join(f"{n} {_HEARINGS[kind]}" for kind, _, n, _ in parts)
        rows.append((category.capitalize(), parts, said))
    return _chart(rows, to_scale=True)


_HEARINGS = {"heard": "heard", "failed": "asked in vain", "manual": "waiting for you", "unasked": "not asked"}


def _hearing(status: CoverageStatus) -> str:
    if status in HEARD:
        return "heard"
    if status is CoverageStatus.MANUAL:
        return "manual"
    return "unasked" if status is CoverageStatus.SKIPPED else "failed"


def _chart(
    rows: Sequence[tuple[str, list[tuple[str, float, int, str]], str]], *, to_scale: bool = False
) -> BarChart | None:
    """Return rows as a chart: each fills the width, or with `to_scale` the longest does."""
    if not rows:
        return None
    longest = max(sum(size for _, size, _, _ in parts) for _, parts, _ in rows)
    bars = []
    for number, (name, parts, said) in enumerate(rows):
        whole = longest if to_scale else sum(size for _, size, _, _ in parts)
        x, pieces = LEFT, []
        for kind, size, n, label in parts:
            width = (WIDTH - LEFT) * size / (whole or 1)
            pieces.append(
                Piece(kind=kind, x=round(x, 1), width=round(max(width - 2, 1), 1), n=n, label=label)
            )
            x += width
        bars.append(Bar(name=name, y=number * ROW, pieces=tuple(pieces), said=said))
    return BarChart(width=WIDTH, height=ROW * len(bars), left=LEFT, bars=tuple(bars))


@dataclass(frozen=True, kw_only=True, slots=True)
class Gauge:
    """A value on a scale, in percent of the bar's width; low, high and adjusted None where they are not known."""

    at: float
    low: float | None
    high: float | None
    adjusted: float | None = None


def gauge(rating: RatingSummary) -> Gauge | None:
    """Return a rating's place on its scale; None where it is unrated or its scale is unknown."""
    if rating.rating_value is None or not rating.best_rating:
        return None
    best = rating.best_rating
    return _gauge(rating.rating_value, rating.interval, rating.adjusted, best)


def percentile_gauge(rating: RatingSummary) -> Gauge | None:
    """Return where a rating stands among those of its group; None where no table says."""
    if rating.percentile is None:
        return None
    return _gauge(rating.percentile, rating.percentile_interval, None, 100.0)


def _gauge(value: float, interval: tuple[float, float] | None, adjusted: float | None, best: float) -> Gauge:
    def place(one: float) -> float:
        return round(max(0.0, min(100.0, 100 * one / best)), 1)

    low, high = interval or (None, None)
    return Gauge(
        at=place(value),
        low=None if low is None else place(low),
        high=None if high is None else place(high),
        adjusted=None if adjusted is None else place(adjusted),
    )
