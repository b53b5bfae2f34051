"""A site without structured data, read by CSS selectors in its table of sources.toml.

options.paths = ["/find?name={name}"]
options.item = "li.provider"                  one listing each
options.none = ".no-results"                  present where the site says that there is nobody
options.title = "h3"                          needed
options.link = "h3 a"
options.rating = ".stars"                     a number, "4.6" or "4.6 of 5"
options.best = 5
options.count = ".count"
options.claims = { telephone = ".phone", specialty = ".what" }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reputation.discovery.reading import Node, Page, attribute, open_page, squeeze
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.page import plan
from reputation.discovery.sources.replies import count, number
from reputation.discovery.walls import wall_of
from reputation.errors import Blocked, Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, Source

__all__ = ["parse", "plan"]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a listing an item.

    Raises:
        Blocked: a bot wall came.
        Unreadable: there is no item and no sign that there is nobody; or the selectors do not fit.
    """
    page = open_page(capture.body, capture.url, capture.media_type)
    if wall := wall_of(page.html):
        raise Blocked(
            f"{source.title} asks for proof of a human ({wall}); open it yourself and save the page"
        )
    items = page.css(str(source.options.get("item", "")) or "html")
    none = source.options.get("none")
    if not items and not (none and page.first(str(none))):
        raise Unreadable(
            f"no {source.options.get('item')} on the page; its markup has changed, correct options.item"
        )
    for item in items:
        title = _read(page, item, source, "title")
        if title is None:
            raise Unreadable("an item has no title; correct options.title")
        link = (
            page.link(attribute(page.first(str(source.options["link"]), item), "href"))
            if "link" in source.options
            else None
        )
        rating = _figure(_read(page, item, source, "rating"))
        votes = count(_figure(_read(page, item, source, "count")))
        rated = rating if rating and votes != 0 else None
        yield mention(
            source,
            Kind.LISTING,
            link or capture.url,
            title,
            site_id=None if link else title,
            rating_value=rated,
            best_rating=number(source.options.get("best")) if rated else None,
            rating_count=votes,
            facts=[("name", title), *_claims(page, item, source)],
        )


def _read(page: Page, item: Node, source: Source, name: str) -> str | None:
    selector = source.options.get(name)
    return page.read(str(selector), item) if selector else None


def _claims(page: Page, item: Node, source: Source) -> Iterator[Fact]:
    for field, selector in (source.options.get("claims") or {}).items():
        for node in page.css(str(selector), item):
            yield str(field), squeeze(node.text() or "") or None


def _figure(line: str | None) -> float | None:
    """Return the first number of a text: 4.6 of "4.6 of 5", 1234 of "1,234 ratings"."""
    found = _NUMBER.search(line or "")
    if found is None:
        return None
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", found[0])
    return number(digits.replace(",", "."))
