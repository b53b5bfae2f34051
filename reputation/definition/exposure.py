"""How much attention each place of a results page gets.

By default the discount of DCG, 1 / log2(rank + 1) (Järvelin and Kekäläinen, 2002): no outside data, and milder than any
published click curve, so that it flatters nobody.  `[page_one] exposure` in profile.toml chooses another: `reciprocal`
(1 / rank), or a published curve of `data/click_curves.toml`.
"""

from __future__ import annotations

from functools import cache
from math import log2

from reputation import resources

PAGE_LENGTH = 10
"""Results that stand on a first page."""

DEFAULT_CURVE = "dcg"


@cache
def weights(curve: str = DEFAULT_CURVE) -> tuple[float, ...]:
    """Return the weight of each position 1..PAGE_LENGTH; the first is 1.

    Raises:
        KeyError: where there is no such curve; the profile is checked when it is read.
    """
    places = range(1, PAGE_LENGTH + 1)
    if curve == DEFAULT_CURVE:
        return tuple(1 / log2(place + 1) for place in places)
    if curve == "reciprocal":
        return tuple(1 / place for place in places)
    percent: list[float] = resources.table("data/click_curves.toml")[curve]["percent"]
    return tuple(share / percent[0] for share in percent)
