"""Reads a result page whose class names nobody knows: by headings that lead out, else by boxes that repeat.

Engines rename their classes within months; that a result is a titled link to another site with words below it
does not change.  This is the second path: it is taken where no known layout fits, and never where the engine says
that it found nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from reputation.discovery.reading import Node, Page, attribute, host_of, text_of
from reputation.discovery.serp.hit import Hit, above
from reputation.discovery.serp.stars import date_in, stars_in

_ASIDE = frozenset(("nav", "header", "footer", "aside", "form", "dialog"))
"""Elements in which no engine prints its results."""
_ADVERTISEMENT = re.compile(
    r"(?:^|[\s_-])(?:ads?|ads?-[\w-]+|[\w-]+-ads?|adv|advert\w*|sponsor\w*|promo\w*|related|rhs|tads|tadsb|bottomads|b_ad"
    r"|b_context|pla|carousel)(?:$|[\s_-])",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"related-question|people-also|accordion", re.IGNORECASE)
_HEADING = "h2, h3, h4, [role=heading]"
_HIGHEST_BOX = 8
"""How far above its link a result's own box is looked for."""
_SNIPPET = 40
"""Characters beside the title that a repeated box must show to be a result rather than a menu's entry."""
_LONGEST = 2_000
_MOST = 120
_MOST_LINKS = 2_000

Target = Callable[[str], str | None]


def hits(page: Page, target: Target, own: str) -> list[Hit]:
    """Return the results of a page of unknown layout, [] where none can be told.

    `target` says where a link leads, None for one that does not leave the engine; `own` is the engine's address.
    """
    leaving = [
        link
        for link in page.css("a[href]")[:_MOST_LINKS]
        if (to := target(attribute(link, "href") or ""))
        and host_of(to) != host_of(own)
        and not _is_aside(link)
    ]
    titled = [(link, heading) for link in leaving if (heading := _heading_of(page, link)) is not None]
    found = list(_each_once(_of_one_rank(titled), target))
    return found or list(_each_once([(link, link) for link in _repeated(leaving)], target))


def _of_one_rank(titled: list[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
    """Return those under the commonest heading; further links below a result have a smaller one."""
    ranks = [_rank(heading) for _, heading in titled]
    commonest = max(ranks, key=ranks.count, default=None)
    return [pair for pair, rank in zip(titled, ranks, strict=True) if rank == commonest]


def _rank(heading: Node) -> str | None:
    if heading.tag != "a":
        return heading.tag
    return next((node.tag for node in above(heading) if node.tag in _TAGS or "role" in node.attributes), None)


_TAGS = ("h2", "h3", "h4")


def _heading_of(page: Page, link: Node) -> Node | None:
    """Return the heading in `link`, or `link` where it stands in a heading."""
    inside = page.first(_HEADING, link)
    if inside is not None and text_of(inside):
        return inside
    for node in (*above(link),)[1:4]:
        if node.tag in _TAGS or node.attributes.get("role") == "heading":
            return link if text_of(link) else None
    return None


def _is_aside(link: Node) -> bool:
    for node in above(link):
        given = node.attributes
        names = f"{given.get('id') or ''} {given.get('class') or ''}"
        if node.tag in _ASIDE or "data-text-ad" in given or _QUESTION.search(names):
            return True
        if node.tag not in ("body", "html") and _ADVERTISEMENT.search(names):
            return True
    return False


def _repeated(links: list[Node]) -> list[Node]:
    """Return the links of the largest group that stand alike and have words of their own beside them."""
    groups: dict[tuple[str, ...], list[Node]] = {}
    for link in links[:_MOST]:
        if 3 < len(text_of(link)) < 300:
            groups.setdefault(tuple(node.tag or "" for node in above(link))[:12], []).append(link)
    best: list[Node] = []
    for group in groups.values():
        boxes = _boxes(group)
        worth = [link for link in group if len(_beside(link, boxes[link.mem_id])) >= _SNIPPET]
        places = {
            urlsplit(attribute(link, "href") or "").netloc + str(attribute(link, "href")) for link in worth
        }
        if len(worth) > 1 and len(places) > 1 and len(worth) > len(best):
            best = worth
    return best


def _boxes(links: list[Node]) -> dict[int, Node]:
    """Return the largest element round each link that holds none of the others."""
    taken: dict[int, int] = {}
    for link in links:
        for node in (*above(link),)[:_HIGHEST_BOX]:
            taken[node.mem_id] = taken.get(node.mem_id, 0) + 1
    found: dict[int, Node] = {}
    for link in links:
        alone = [node for node in (*above(link),)[:_HIGHEST_BOX] if taken[node.mem_id] == 1]
        found[link.mem_id] = alone[-1] if alone else link
    return found


def _beside(link: Node, box: Node) -> str:
    """Return what the result's box says beside its title; in a table the words stand in the next row."""
    said = text_of(box)
    if box.tag == "tr":
        below = box.next
        while below is not None and not below.is_element_node:
            below = below.next
        said += f" {text_of(below)}" if below is not None and below.css_first("a[href]") is None else ""
    title = text_of(link)
    return said.replace(title, "", 1).strip()[:_LONGEST]


def _title_of(heading: Node) -> str:
    """Return what the result is called: a link that is no heading may hold the site's name in a part of its own."""
    node = heading
    for _ in range(_HIGHEST_BOX):
        parts = [
            one for one in node.iter(include_text=True) if text_of(one) or (one.text_content or "").strip()
        ]
        if not parts or any(one.is_text_node for one in parts):
            return text_of(node)
        if node.tag == "a" and len(parts) > 1:
            return text_of(parts[0])
        if len(parts) > 1 and heading.tag == "a":
            return text_of(parts[0])
        node = parts[0]
    return text_of(node)


def _each_once(titled: list[tuple[Node, Node]], target: Target) -> Iterator[Hit]:
    boxes = _boxes([link for link, _ in titled])
    seen: set[str] = set()
    for link, heading in titled[:_MOST]:
        href = attribute(link, "href") or ""
        to, title = target(href), _title_of(heading)
        if to is None or to in seen:
            continue
        seen.add(to)
        text = _beside(heading, boxes[link.mem_id]) or None
        yield Hit(
            href=href,
            title=title or href,
            text=text,
            date=date_in(text or ""),
            stars=stars_in(text or ""),
        )
