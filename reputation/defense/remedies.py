"""By which route a site mends what is wrong on it; `data/remedies.toml`, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from reputation import resources
from reputation.model import Finding, Mention, Trust
from reputation.resources import source_title

_FILE = "data/remedies.toml"
_ANYWHERE = "any_site"
_DEFAULT_EFFORT = 2
_NAMELESS = frozenset({"own-pages", "hospital-directories", "state-boards"})
"""Sources whose pages lie on hosts of their own."""

_OF_REVIEWS = frozenset({"review", "opinion"})
_OF_LOOKALIKES = {"account": "impersonation", "endorsement": "endorsement"}
"""Kinds of route by the field of a finding on an account or a text that passes for hers."""


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
    grounds: tuple[str, ...] = ()
    """Of a review: the ids of data/grounds.toml for which this route serves."""
    on_page: bool = False
    """Whether the way in is a link on the page itself."""
    effort: int = _DEFAULT_EFFORT
    """1 minutes, 2 about an hour, 3 weeks of waiting and writing."""

    def begins_at(self, page: str | None) -> str | None:
        """Return where to go: the page itself where the way in stands there, else the site's form."""
        return (page or self.url) if self.on_page else (self.url or page)


def remedy_for(source: str, url: str | None, kind: str) -> Remedy:
    """Return the route of a kind ("facts", "claim", "review" …) for a page, or the route for any site.

    The page's own host decides; where it is unknown, the source that it was found through.
    """
    return routes_for(source, url, kind)[0]


def routes_for(source: str, url: str | None, kind: str) -> tuple[Remedy, ...]:
    """Return every route of a kind for a page, the usual one first; never none."""
    if kind in _OF_LOOKALIKES.values():
        return (_against_lookalike(url, kind),)
    site = site_of(source, url)
    routes = _routes()
    if kind in _OF_REVIEWS:
        site = _table()["reviews"].get(site, site)
        return routes.get((site, kind)) or routes[_ANYWHERE, kind]
    return routes.get((site, kind)) or routes.get((site, "facts")) or routes[_ANYWHERE, "facts"]


def site_of(source: str, url: str | None) -> str:
    """Return the id of the site that holds a page, as the routes know it; `any_site` where none has routes."""
    site = _site_at(url) or _table()["sources"].get(source)
    return str(site or _ANYWHERE)


def site_title(source: str, url: str | None, mention: Mention | None = None) -> str:
    """Return the name for people of who keeps a page: a health plan by its own name, a page of no known site by its host."""
    publisher = next(iter(mention.claimed("publisher")), None) if mention else None
    if source == "payer-directories" and publisher:
        return f"{publisher}'s directory"
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    return host if host and source in _NAMELESS else source_title(source)


def route_of(finding: Finding) -> Remedy:
    """Return the route that mends a finding."""
    source = (finding.mention_key or "").partition(":")[0]
    return remedy_for(source, finding.url, kind_of(finding.check, finding.field))


def kind_of(check: str, field: str = "") -> str:
    """Return the kind of route that mends what `check` found in `field`."""
    if check == "identity_mixup" and field in _OF_LOOKALIKES:
        return _OF_LOOKALIKES[field]
    return str(_table()["checks"].get(check, "facts"))


def words_for(check: str) -> str:
    """Return in words what a finding of `check` says about a page."""
    return str(_table()["words"].get(check, f"it fails the check {check.replace('_', ' ')}"))


def subject_of(finding: Finding) -> str:
    """Return in words what is to be corrected, such as "practice phone"."""
    in_words = _table()["subjects"].get(finding.check, finding.check.replace("_", " "))
    return str(_table()["fields"].get(finding.field, in_words))


def harm_of(checks: Iterable[str]) -> int:
    """Return the place of the most harmful of `checks` among findings of equal severity; 0 harms most."""
    order = _table()["harm"]["order"]
    return min((order.index(one) for one in checks if one in order), default=len(order))


def recipient_of(site: str) -> str:
    """Return to whom a letter about a site goes: site, registry, plan or employer."""
    return str(_table()["recipients"].get(site, "site"))


def text_of(site: str) -> str:
    """Return which text serves an action about a site: `entry` where she changes the record herself, else a letter."""
    return "entry" if site in _table()["entries"]["sites"] else recipient_of(site)


def _site_at(url: str | None) -> str | None:
    host = (urlsplit(url or "").hostname or "").lower()
    for known, site in _table()["hosts"].items():
        if host == known or host.endswith("." + known):
            return str(site)
    return None


def _against_lookalike(url: str | None, kind: str) -> Remedy:
    """Return the platform's own form against impersonation, as `data/lookalikes.toml` has it, or the way anywhere."""
    anywhere = _routes()[_ANYWHERE, kind][0]
    bare = re.sub(r"^https?://(?:www\.)?|[?#].*$", "", (url or "").strip(), flags=re.IGNORECASE)
    for row in resources.table("data/lookalikes.toml")["platform"]:
        if row.get("form") and re.fullmatch(row["account"], bare, re.IGNORECASE):
            return Remedy(
                site=row["site"],
                kind=kind,
                problem=anywhere.problem,
                path=f"Save the page, then report it as impersonation with {row['name']}'s form",
                url=row["form"],
                evidence=anywhere.evidence,
                ground=anywhere.ground,
                timeline=anywhere.timeline,
                trust=Trust(row["trust"]),
                effort=1,
            )
    return anywhere


@cache
def _table() -> dict[str, Any]:
    return resources.table(_FILE)


@cache
def _routes() -> dict[tuple[str, str], tuple[Remedy, ...]]:
    """Return the routes of each site and kind, in the order of the file."""
    found: dict[tuple[str, str], tuple[Remedy, ...]] = {}
    texts = ("problem", "path", "url", "evidence", "ground", "timeline")
    for row in _table()["remedy"]:
        route = Remedy(
            site=row["site"],
            kind=row["kind"],
            trust=Trust(row["trust"]),
            grounds=tuple(row.get("grounds", ())),
            on_page=bool(row.get("on_page")),
            effort=_table()["effort"].get(row["site"], _DEFAULT_EFFORT),
            **{name: row.get(name) for name in texts},
        )
        found[route.site, route.kind] = (*found.get((route.site, route.kind), ()), route)
    return found
