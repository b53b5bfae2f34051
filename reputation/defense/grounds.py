"""On which ground of a site's own policy a review may be reported: `data/grounds.toml`, read once.

A word proves nothing.  What is found is which rule to read beside the review; whoever reports it decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from reputation import resources
from reputation.defense.remedies import Remedy, routes_for
from reputation.model import Mention

_FILE = "data/grounds.toml"


def route_of_review(review: Mention) -> tuple[Remedy, str | None]:
    """Return the route on which a review may be reported, and the ground that may apply.

    The ground is None where no word of the review speaks for any that the site names; the route is the usual one then.
    """
    routes = routes_for(review.source, review.url, "review")
    said = f"{review.title}\n{review.text or ''}"
    for ground, patterns in _grounds().items():
        route = next((one for one in routes if ground in one.grounds), None)
        if route and any(pattern.search(said) for pattern in patterns):
            return route, ground
    return routes[0], None


def grounds_at(review: Mention) -> tuple[str, ...]:
    """Return in words every ground that the site of a review names."""
    routes = routes_for(review.source, review.url, "review")
    return in_words(dict.fromkeys(ground for one in routes for ground in one.grounds))


def in_words(grounds: Iterable[str]) -> tuple[str, ...]:
    """Return the names of grounds for people."""
    names = {row["id"]: row["name"] for row in resources.table(_FILE)["ground"]}
    return tuple(str(names[one]) for one in grounds)


@cache
def _grounds() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        row["id"]: tuple(re.compile(pattern, re.IGNORECASE) for pattern in row["patterns"])
        for row in resources.table(_FILE)["ground"]
    }
