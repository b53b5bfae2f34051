"""The narrative arc as numbers to draw; the templates make SVG of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reputation.render import signed

if TYPE_CHECKING:
    from reputation.model import ArcPoint, ChangePoint

STEP = 84
HEIGHT = 250
TOP, BOTTOM, LEFT = 36, 82, 66
ROOM = 12
"""Pixels that a label of 12 px needs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One period of the arc as drawn; y in pixels from the top, radius by the number of opinions."""

    x: float
    y: float
    radius: float
    label_y: float
    shape: str
    """up, down, level, or none where no opinion stands in the period."""
    period: str
    label: str
    n: int
    n_events: int
    smoothed_y: float | None
    """Where the smoothed curve passes; None where it does not."""
    is_bare_year: bool
    """Whether the sources gave the year alone: the curve leaves it out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ArcChart:
    """The narrative arc, drawn: marks, the smoothed curve, and where opinion changed."""

    width: float
    height: float
    middle: float
    left: float
    top: float
    floor: float
    marks: tuple[Mark, ...]
    curve: str
    """The points of a polyline."""
    changes: tuple[float, ...]
    """The x at which opinion changed: the left edge of the half-year from which on it did."""
    gaps: tuple[float, ...]
    """The x between two half-years that do not follow one another."""


def draw_arc(points: Sequence[ArcPoint], changes: Sequence[ChangePoint] = ()) -> ArcChart | None:
    """Return the arc's drawing; None where no period carries an opinion."""
    if not any(point.valence is not None for point in points):
        return None
    floor = HEIGHT - BOTTOM
    marks = tuple(_mark(point, LEFT + STEP * (n + 0.5)) for n, point in enumerate(points))
    changed = {change.period for change in changes}
    return ArcChart(
        width=LEFT + STEP * len(marks) + 10,
        height=HEIGHT,
        middle=_height(0.0),
        left=LEFT,
        top=TOP,
        floor=floor,
        marks=marks,
        curve=" ".join(f"{one.x:g},{one.smoothed_y:g}" for one in marks if one.smoothed_y is not None),
        changes=tuple(one.x - STEP / 2 for one in marks if one.period in changed),
        gaps=tuple(
            later.x - STEP / 2 for one, later in pairwise(marks) if _is_apart(one.period, later.period)
        ),
    )


def _mark(point: ArcPoint, x: float) -> Mark:
    y, radius, shape = (
        _height(point.valence or 0.0),
        min(14.0, 4 + 2 * math.sqrt(point.n)),
        _shape(point.valence),
    )
    above, below = y - radius - 5, y + radius + ROOM + 2
    return Mark(
        x=x,
        y=y,
        radius=round(radius, 1),
        label_y=round(below if shape == "down" else above, 1),
        shape=shape,
        period=point.period,
        label="" if point.valence is None else signed(point.valence),
        n=point.n,
        n_events=len(point.events),
        smoothed_y=None if point.smoothed is None else _height(point.smoothed),
        is_bare_year="-" not in point.period,
    )


def _is_apart(earlier: str, later: str) -> bool:
    """Whether something lies between two periods; a bare year lies within its half-years."""
    (year, _, half), (next_year, _, next_half) = earlier.partition("-H"), later.partition("-H")
    if not (year + next_year).isdigit():
        return False
    first, last = 2 * int(year) + int(half == "2"), 2 * int(next_year) + int(next_half == "2")
    return last - first > (1 if half and next_half else 2)


def _height(valence: float) -> float:
    """Return how far from the top a valence lies: 1 at the top, -1 at the floor."""
    middle = (TOP + HEIGHT - BOTTOM) / 2
    return round(middle - max(-1.0, min(1.0, valence)) * (middle - TOP), 1)


def _shape(valence: float | None) -> str:
    if valence is None:
        return "none"
    if valence >= 0.05:
        return "up"
    return "down" if valence <= -0.05 else "level"
