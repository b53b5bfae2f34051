"""How the definition room says things: counts, lists, and the names of pages."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from reputation.model import Kind, Mention
from reputation.resources import source_title, table

_FOUND_ELSEWHERE = frozenset({Kind.RESULT, Kind.ARTICLE, Kind.POST})
"""Kinds whose source is who found them, not who says it."""


def count(n: int, one: str, many: str | None = None) -> str:
    """Return `1 item`, `2 items`."""
    return f"{n} {one if n == 1 else many or f'{one}s'}"


def listed(items: Sequence[str], most: int | None = None) -> str:
    """Return `a, b and c`; beyond `most` the rest is counted."""
    shown = list(items[:most])
    if len(items) > len(shown):
        shown.append(f"{len(items) - len(shown)} more")
    return "".join(shown) if len(shown) < 2 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def page_name(mention: Mention | None, source: str = "", url: str | None = None) -> str:
    """Return a page's name for people: the site's, or the host where a search engine found it.

    `source` and `url` speak for a mention that is not at hand.
    """
    if mention is not None:
        source, url = mention.source, url or mention.url
        publisher = next(iter(mention.claimed("publisher")), None)
        if source == "payer-directories" and publisher:
            return f"{publisher}'s directory"
    found_elsewhere = mention is not None and mention.kind in _FOUND_ELSEWHERE
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    if host and (found_elsewhere or source == "own-pages" or source not in table("sources.toml")):
        return host
    return source_title(source) if source else "A page"
