"""Lists of doctors without markup: one card round each link to a profile, each with its own facts.

Only on sites whose profiles are known by their address.  What stands under a heading about other doctors is no
list, and a page whose heading names one of the cards is that doctor's own.
"""

from __future__ import annotations

import re

from reputation.discovery.reading import Node, Page, attribute, lines_of, pieces_of, text_of
from reputation.discovery.sites import shown
from reputation.discovery.sites.beside_name import drawn_in, rating_beside, without_nothing
from reputation.discovery.sites.own_part import first_others
from reputation.discovery.sites.schema_org import Rating, without_zero
from reputation.discovery.sites.site import Site
from reputation.model import Claim, Kind, Mention
from reputation.normalize import fold, mention_key

_LEAST = 2
"""Doctors below which a page is no list."""
_MOST = 200
_HIGHEST = 12
_HEADING = "h1, h2, h3, h4, h5, [role=heading]"
_NO_NAME = re.compile(
    r"\d|reviews?\b|ratings?\b|profile\b|appointment|book |view |see |more\b|directions|call |отзыв|запис|подробнее",
    re.IGNORECASE,
)


def shown_cards(page: Page, site: Site | None) -> tuple[Mention, ...]:
    """Return one listing for each doctor of a list, () where the page is none."""
    if site is None or site.site_id is None:
        return ()
    links = _links(page, site)
    if len(links) < _LEAST:
        return ()
    boxes = _boxes(links)
    cards = [
        card
        for site_id, nodes in links.items()
        if (card := _card(page, site, site_id, nodes, boxes[site_id]))
    ]
    headline = fold(" ".join(filter(None, (page.read("h1"), page.title))))
    if len(cards) < _LEAST or any(fold(card.title) in headline for card in cards):
        return ()
    return tuple(cards)


def _links(page: Page, site: Site) -> dict[str, list[Node]]:
    """Return the links to each profile, those under a heading about others left out."""
    others = first_others(page)
    end = page.position(others) if others is not None else None
    found: dict[str, list[Node]] = {}
    for link in page.css("a[href]")[:3_000]:
        href = attribute(link, "href") or ""
        url = page.link(href) or _on(site, href)
        site_id = site.id_in(url) if url and site.has(url) else None
        if (
            site_id
            and (end is None or page.position(link) < end)
            and (site_id in found or len(found) < _MOST)
        ):
            found.setdefault(site_id, []).append(link)
    return found


def _on(site: Site, href: str) -> str:
    """Return a relative link as an address of the site, for a page that was saved without its own."""
    host = site.hosts[0]
    return f"https://{f'www.{host}com' if host.endswith('.') else host}{href}" if href.startswith("/") else ""


def _boxes(links: dict[str, list[Node]]) -> dict[str, Node]:
    """Return the largest element round each doctor's first link that holds no other doctor's."""
    owners: dict[int, set[str]] = {}
    for site_id, nodes in links.items():
        for node in nodes:
            for one in _above(node):
                owners.setdefault(one.mem_id, set()).add(site_id)
    found = {}
    for site_id, nodes in links.items():
        alone = [one for one in _above(nodes[0]) if owners[one.mem_id] == {site_id}]
        found[site_id] = alone[-1] if alone else nodes[0]
    return found


def _above(node: Node) -> list[Node]:
    found: list[Node] = []
    at: Node | None = node
    while at is not None and len(found) < _HIGHEST and at.tag not in ("body", "html", "main"):
        found.append(at)
        at = at.parent
    return found


def _card(page: Page, site: Site, site_id: str, links: list[Node], box: Node) -> Mention | None:
    name = _name(page, links, box)
    if name is None:
        return None
    href = attribute(links[0], "href") or ""
    url = page.link(href) or _on(site, href)
    lines = lines_of(box)
    rating = rating_beside(None, name, _after_name(lines, name))
    if rating.rating_value is None:
        rating = without_nothing(rating_beside(None, name, _after_name(pieces_of(box, 200), name)), rating)
    if rating.rating_value is None and (drawn := drawn_in(box)):
        rating = Rating(
            rating_value=drawn,
            best_rating=5.0,
            rating_count=rating.rating_count,
            review_count=rating.review_count,
        )
    rating = without_zero(rating)
    claims = [Claim("name", name), Claim("url", url)]
    claims += [Claim("telephone", number) for number in shown.phones_in(lines)[:1]]
    claims += shown.address_claims(shown.addresses_in(lines)[:1])
    return Mention(
        source=site.source,
        kind=Kind.LISTING,
        url=url,
        title=name,
        key=mention_key(site.source, site_id, url),
        rating_value=rating.rating_value,
        best_rating=rating.best_rating,
        rating_count=rating.rating_count,
        review_count=rating.review_count,
        claims=tuple(claims),
    )


def _name(page: Page, links: list[Node], box: Node) -> str | None:
    """Return the card's heading where it is linked or stands alone, else the link's own text."""
    said = [page.read(_HEADING, link) for link in links]
    said += [text_of(link) or attribute(link, "aria-label") for link in links]
    said += [page.read(_HEADING, box), attribute(box, "data-doctor-name")]
    names = (
        text for text in said if text and 4 < len(text) < 80 and " " in text and not _NO_NAME.search(text)
    )
    return next(names, None)


def _after_name(lines: list[str], name: str) -> list[str]:
    """Return the card's lines with the name first: in a card the stars may stand above it."""
    return [name, *(line.removeprefix(name).strip() for line in lines if line != name)]
