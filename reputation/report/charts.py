"""Numbers for the report's pictures; the templates draw them as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reputation.render import signed

if TYPE_CHECKING:
    from reputation.model import ArcPoint, PageOne, RatingSummary

STEP = 84
HEIGHT = 240
TOP, BOTTOM, LEFT = 36, 72, 66


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One period of the arc as drawn; y in pixels from the top, radius by the number of texts."""

    x: float
    y: float
    radius: float
    label_y: float
    shape: str
    """up, down, level, or none where no text of the period carries an opinion."""
    period: str
    label: str
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ArcChart:
    """The narrative arc, drawn: marks, and the line through those that carry an opinion."""

    width: float
    height: float
    middle: float
    left: float
    top: float
    floor: float
    marks: tuple[Mark, ...]
    line: str


def draw_arc(points: Sequence[ArcPoint]) -> ArcChart | None:
    """Return the arc's drawing; None where no period carries an opinion."""
    if not any(point.valence is not None for point in points):
        return None
    floor = HEIGHT - BOTTOM
    middle = (TOP + floor) / 2
    marks = []
    for n, point in enumerate(points):
        valence = None if point.valence is None else max(-1.0, min(1.0, point.valence))
        y = middle - (valence or 0.0) * (floor - TOP) / 2
        radius = min(14.0, 4 + 2 * math.sqrt(point.n))
        shape = _shape(valence)
        marks.append(
            Mark(
                x=LEFT + STEP * (n + 0.5),
                y=round(y, 1),
                label_y=round(y + radius + 14 if shape == "down" else y - radius - 5, 1),
                radius=round(radius, 1),
                shape=shape,
                period=point.period,
                label="" if valence is None else signed(valence),
                n=point.n,
            )
        )
    told = [mark for mark in marks if mark.shape != "none"]
    return ArcChart(
        width=LEFT + STEP * len(marks) + 10,
        height=HEIGHT,
        middle=middle,
        left=LEFT,
        top=TOP,
        floor=floor,
        marks=tuple(marks),
        line=" ".join(f"{mark.x:g},{mark.y:g}" for mark in told),
    )


def _shape(valence: float | None) -> str:
    if valence is None:
        return "none"
    if valence >= 0.05:
        return "up"
    return "down" if valence <= -0.05 else "level"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """`n` results of one class; `letter` names the class where colour does not."""

    kind: str
    letter: str
    n: int


def tiles(page: PageOne) -> tuple[Tile, ...]:
    """Return one first page as tiles, the clinician's own results first."""
    classes = (
        ("owned", "O", page.owned),
        ("controlled", "C", page.controlled),
        ("influenced", "I", page.influenced),
        ("uncontrolled", "U", page.uncontrolled),
        ("not_about_me", "N", page.not_about_me),
    )
    return tuple(Tile(kind=kind, letter=letter, n=n) for kind, letter, n in classes if n > 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gauge:
    """A rating on its own scale, in percent of the bar's width; low and high None without an interval."""

    at: float
    low: float | None
    high: float | None


def gauge(rating: RatingSummary) -> Gauge | None:
    """Return a rating's place on its scale; None where it is unrated or its scale is unknown."""
    if rating.rating_value is None or not rating.best_rating:
        return None

    def place(value: float) -> float:
        return round(max(0.0, min(100.0, 100 * value / (rating.best_rating or 1))), 1)

    low, high = rating.interval or (None, None)
    return Gauge(
        at=place(rating.rating_value),
        low=None if low is None else place(low),
        high=None if high is None else place(high),
    )
