"""By which route a site mends what is wrong on it; `data/remedies.toml`, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from reputation import resources
from reputation.model import Trust

_FILE = "data/remedies.toml"
_ANYWHERE = "any_site"
_DEFAULT_EFFORT = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Remedy:
    """One route: where it begins, what it takes, and how far it has been verified."""

    site: str
    kind: str
    problem: str
    path: str
    url: str | None = None
    evidence: str | None = None
    ground: str | None = None
    timeline: str | None = None
    trust: Trust = Trust.UNVERIFIED
    effort: int = _DEFAULT_EFFORT
    """1 minutes, 2 about an hour, 3 weeks of waiting and writing."""


def remedy_for(source: str, url: str | None, kind: str) -> Remedy:
    """Return the route of a kind ("facts", "claim", "review" …) for a page, or the route for any site.

    The page's own host decides; where it is unknown, the source that it was found through.
    """
    site = _site_of(url) or _table()["sources"].get(source)
    if source == "own-pages":
        site = None
    routes = _routes()
    for key in ((site, kind), (site, "facts")):
        if site and key in routes and (kind not in {"review", "opinion"} or key[1] == kind):
            return routes[site, key[1]]
    return routes[_ANYWHERE, "facts"]


def kind_of(check: str) -> str:
    """Return the kind of route that mends what `check` found."""
    return str(_table()["checks"].get(check, "facts"))


def words_for(check: str) -> str:
    """Return in words what a finding of `check` says about a page."""
    return str(_table()["words"].get(check, f"it fails the check {check.replace('_', ' ')}"))


def _site_of(url: str | None) -> str | None:
    host = (urlsplit(url or "").hostname or "").lower()
    for known, site in _table()["hosts"].items():
        if host == known or host.endswith("." + known):
            return str(site)
    return None


@cache
def _table() -> dict[str, Any]:
    return resources.table(_FILE)


@cache
def _routes() -> dict[tuple[str, str], Remedy]:
    """Return the first route of each site and kind."""
    found: dict[tuple[str, str], Remedy] = {}
    for row in _table()["remedy"]:
        fields = {
            name: row.get(name) for name in ("problem", "path", "url", "evidence", "ground", "timeline")
        }
        effort = _table()["effort"].get(row["site"], _DEFAULT_EFFORT)
        route = Remedy(site=row["site"], kind=row["kind"], trust=Trust(row["trust"]), effort=effort, **fields)
        found.setdefault((route.site, route.kind), route)
    return found
