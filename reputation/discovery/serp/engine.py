"""What an engine's result page is made of, and how it is read: one table an engine, one reader for all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qs, unquote_plus, urlsplit

from reputation.discovery.reading import Node, Page, attribute, is_web, text_of
from reputation.discovery.serp import structure
from reputation.discovery.serp.hit import Hit, above, is_within
from reputation.discovery.serp.links import target
from reputation.discovery.serp.stars import Stars, date_in, stars_in
from reputation.discovery.walls import wall_of
from reputation.errors import Blocked, Unreadable
from reputation.model import Kind, Mention, Rank
from reputation.normalize import mention_key


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """One way in which an engine has laid out its results: CSS selectors, all but `box` within the box."""

    box: str
    link: str
    title: str | None = None
    """Where the title stands when it is not the link's own text."""
    text: str | None = None
    text_below: str | None = None
    """Where the text stands when it follows the box instead: CSS within one of the next two elements."""
    date: str | None = None
    not_within: frozenset[str] = frozenset()
    """Classes of an element whose boxes are advertisements or belong to another block."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Engine:
    """One engine: how its result pages are known, read, and told from its walls."""

    id: str
    origin: str
    address: re.Pattern[str]
    """Of its result pages and walls: matched against host and path."""
    markup: str
    """CSS that only its result pages and walls answer to."""
    title: re.Pattern[str] | None = None
    """Of its pages; the group `query` is the query."""
    layouts: tuple[Layout, ...] = ()
    hits: Callable[[Page], Iterable[Hit]] | None = None
    """Reads the results where selectors do not suffice."""
    blocks: Callable[[Page, Engine], Iterable[Mention]] | None = None
    """Reads what stands beside the results: panel, local pack, summary, stories."""
    query: str = "input[name=q], textarea[name=q]"
    parameters: tuple[str, ...] = ("q",)
    first: tuple[str, int, int] | None = None
    """The parameter that says where the page begins, how many results one step is, and what the first page says."""
    nothing: str | None = None
    """CSS of its real "no results"."""
    nothing_says: re.Pattern[str] | None = None
    wall: str | None = None
    """CSS of its challenges and soft blocks."""
    wall_says: re.Pattern[str] | None = None


def is_page_of(engine: Engine, page: Page) -> bool:
    """Whether the markup is of `engine`'s result pages or walls."""
    if page.first(engine.markup) is not None:
        return True
    return engine.title is not None and engine.title.search(page.title or "") is not None


def read(engine: Engine, page: Page, url: str) -> tuple[Mention, ...]:
    """Return the results of a page of `engine` in their order, then what stands beside them.

    Raises:
        Blocked: on a challenge or soft block.
        Unreadable: where there are neither results nor the engine's own "no results".
    """
    leads_to = partial(target, origin=url if is_at(engine, url) else engine.origin)
    hits = list(engine.hits(page) if engine.hits else _by_layout(engine.layouts, page))
    known = [hit for hit in hits if leads_to(hit.href)]
    if 0 < len(known) <= _FEW and len(more := structure.hits(page, leads_to, engine.origin)) >= _MANY:
        # A layout that fits one result of many is not the page's.
        hits = more if {leads_to(hit.href) for hit in known} <= {leads_to(hit.href) for hit in more} else hits
    blocks = list(engine.blocks(page, engine)) if engine.blocks else []
    if not known and not blocks:
        hits = _unknown_layout(engine, page, leads_to)
    return (*_mentions(engine, page, url, hits), *blocks)


_FEW, _MANY = 2, 6
"""So few results of a known layout beside so many titled links are a part of the results."""
_TOP = 3_000
"""Characters of text in which an engine says that it found nothing; further down the words may be a result's own."""


def _unknown_layout(engine: Engine, page: Page, leads_to: Callable[[str], str | None]) -> list[Hit]:
    """Return the results of a page that no known layout fits, [] where the engine says that it found nothing.

    Raises:
        Blocked: on a challenge or soft block.
        Unreadable: where there are neither results nor the engine's own "no results".
    """
    if engine.nothing and page.first(engine.nothing):
        return []
    if engine.nothing_says and engine.nothing_says.search(page.text[:_TOP]):
        return []
    _refuse_walls(engine, page)
    if found := structure.hits(page, leads_to, engine.origin):
        return found
    if engine.nothing_says and engine.nothing_says.search(page.text):
        return []
    raise Unreadable(f"a result page of {engine.id} without results, and it does not say that there are none")


def _refuse_walls(engine: Engine, page: Page) -> None:
    if engine.wall and page.first(engine.wall):
        raise Blocked(f"{engine.id}: a challenge or soft block; open the page in a browser and save it there")
    if engine.wall_says and engine.wall_says.search(page.text[:4000]):
        raise Blocked(f"{engine.id}: a challenge or soft block; open the page in a browser and save it there")
    if wall := wall_of(page.html):
        raise Blocked(f"{wall}; open the page in a browser and save it there")


def _by_layout(layouts: Iterable[Layout], page: Page) -> Iterator[Hit]:
    """Yield the results of the first layout that the page has."""
    for layout in layouts:
        boxes = page.css(layout.box)
        known = {box.mem_id for box in boxes}
        outer = [box for box in boxes if not any(one.mem_id in known for one in (*above(box),)[1:])]
        hits = [hit for box in outer if (hit := _hit(layout, page, box)) is not None]
        if hits:
            yield from hits
            return


def _hit(layout: Layout, page: Page, box: Node) -> Hit | None:
    if layout.not_within and is_within(box, layout.not_within):
        return None
    link = box if layout.link == "" else page.first(layout.link, box)
    href = attribute(link, "href")
    if link is None or href is None:
        return None
    title = page.read(layout.title, box) if layout.title else None
    text = page.read(layout.text, box) if layout.text else _text_below(layout, page, box)
    printed = page.read(layout.date, box) if layout.date else None
    return Hit(
        href=href,
        title=title or text_of(link) or attribute(link, "title") or href,
        text=text,
        date=date_in(printed or text or ""),
        stars=stars_in(text_of(box)),
    )


def _text_below(layout: Layout, page: Page, box: Node) -> str | None:
    if layout.text_below is None:
        return None
    below: Node | None = box
    for _ in range(2):
        below = below.next if below is not None else None
        while below is not None and not below.is_element_node:
            below = below.next
        if below is None or page.first(layout.link, below) is not None:
            return None
        if found := page.read(layout.text_below, below):
            return found
    return None


def _mentions(engine: Engine, page: Page, url: str, hits: Iterable[Hit]) -> Iterator[Mention]:
    query = query_of(engine, page, url)
    location, signed_in = seen_by(page)
    begin = _begin(engine, url)
    leads_to = partial(target, origin=url if is_at(engine, url) else engine.origin)
    position = begin
    for hit in hits:
        address = leads_to(hit.href)
        if address is None:
            continue
        position += 1
        stars = hit.stars or Stars()
        yield Mention(
            source=engine.id,
            kind=Kind.RESULT,
            url=address,
            title=hit.title,
            key=mention_key(engine.id, None, hit.identity or address),
            text=hit.text,
            rating_value=stars.value,
            best_rating=stars.best,
            rating_count=stars.count,
            date_published=hit.date,
            ranks=(
                Rank(
                    engine=engine.id, query=query, position=position, location=location, signed_in=signed_in
                ),
            )
            if query
            else (),
            claims=hit.claims,
        )


def _begin(engine: Engine, url: str) -> int:
    """Return how many results stand before this page's first, as far as its address says so."""
    if engine.first is None or not engine.address.search(_place(url)):
        return 0
    name, step, of_first = engine.first
    given = (parse_qs(urlsplit(url).query).get(name) or [""])[0]
    return max(0, (int(given) - of_first) * step) if given.isdecimal() and len(given) < 5 else 0


def _place(url: str) -> str:
    """Return host and path of an address, "" where it is none."""
    if not is_web(url):
        return ""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').lower()}{parts.path}"


def is_at(engine: Engine, url: str) -> bool:
    """Whether `url` is the address of a result page or wall of `engine`."""
    return engine.address.search(_place(url)) is not None


def query_of(engine: Engine, page: Page, url: str) -> str | None:
    """Return what was asked: by the page's address, its search box, or its title."""
    if is_at(engine, url):
        asked = parse_qs(urlsplit(url).query)
        for name in engine.parameters:
            if asked.get(name, [""])[0].strip():
                return asked[name][0].strip()
    for box in page.css(engine.query):
        if value := attribute(box, "value") or text_of(box):
            return value
    context = attribute(page.first("[data-async-context^='query:']"), "data-async-context")
    if context:
        return unquote_plus(context.removeprefix("query:")).strip() or None
    found = engine.title.search(page.title or "") if engine.title else None
    return (found.groupdict().get("query") or "").strip() or None if found else None


def seen_by(page: Page) -> tuple[str | None, bool | None]:
    """Return from where the page was seen and whether signed in, as far as it says so (Google's foot and head)."""
    place = page.read("#Wprf1b, .dfB0uf, .unknown_loc .known_loc")
    if page.first("a[href*='accounts.google.com/SignOutOptions'], a[href*='accounts.google.com/Logout']"):
        return place, True
    if page.first("a[href*='accounts.google.com/ServiceLogin']"):
        return place, False
    return place, None
