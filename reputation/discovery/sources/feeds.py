"""Reads RSS 2.0 and Atom: entries by their local names, since one feed binds its prefix to the query itself."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

from reputation.discovery.sources.replies import content, day, plain, read_xml, text, web
from reputation.errors import Unreadable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from reputation.model import Capture


class Entry(NamedTuple):
    """One entry of a feed."""

    url: str
    title: str
    said: str | None
    published: str | None
    publisher: str | None


def read_feed(capture: Capture) -> Iterator[Entry]:
    """Yield the entries that have an address and a title.

    Raises:
        Unreadable: it is no feed; a feed without entries yields nothing.
    """
    root = read_xml(capture)
    if _local(root) not in ("rss", "feed", "RDF"):
        raise Unreadable(f"the reply is a <{_local(root)}>, not a feed; open the address in a browser")
    for element in root.iter():
        if _local(element) in ("item", "entry"):
            parts = {_local(child): child for child in reversed(list(element))}
            url, title = _address(parts.get("link")), plain(content(parts.get("title")))
            if url and title:
                said = plain(content(parts.get("description", parts.get("content"))))
                source = text(content(parts.get("source", parts.get("Source"))))
                yield Entry(url, title, said, _date(parts), source)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _address(link: Element | None) -> str | None:
    """Return an entry's address, taken out of the redirect that Google and Bing put round it."""
    if link is None:
        return None
    url = web(link.get("href") or content(link))
    parts = urlsplit(url or "")
    if url and parts.path in ("/url", "/news/apiclick.aspx"):
        asked = parse_qs(parts.query)
        return web(next(iter(asked.get("url") or asked.get("q") or []), None)) or url
    return url


def _date(parts: dict[str, Element]) -> str | None:
    printed = content(parts.get("pubDate"))
    if printed:
        try:
            return parsedate_to_datetime(printed).date().isoformat()
        except (ValueError, TypeError):
            return day(printed)
    return day(content(parts.get("published", parts.get("updated"))))
