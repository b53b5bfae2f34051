"""Tells to which source of sources.toml a saved page belongs: by the user's word, its address, or its markup."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from reputation.discovery import serp
from reputation.discovery.archives import Saved
from reputation.errors import Unreadable
from reputation.model import Access, Category, Source
from reputation.normalize import host


def belongs_to(saved: Saved, sources: Sequence[Source], source_id: str | None = None) -> Source:
    """Return the source whose page `saved` is.

    The user's word (`source_id`) comes first, then the page's own address, then its markup.

    Raises:
        Unreadable: when no source of sources.toml owns it.
        Blocked: when it is a bot wall of a site that cannot be told.
    """
    if source_id is not None:
        return _named(source_id, sources)
    if saved.url:
        engine = serp.engine_at(saved.url)
        found = _of_engine(engine, sources) if engine else _at(saved.url, sources)
        if found:
            return found
    found = _by_reply(saved, sources) if "json" in (saved.media_type or "") else _by_markup(saved, sources)
    if found:
        return found
    if saved.url:
        raise Unreadable(
            f"no source of sources.toml is at {host(saved.url)}; say whose page it is with --source ID"
        )
    raise Unreadable("it cannot be told of which site this is; say it with --source ID")


def _named(source_id: str, sources: Sequence[Source]) -> Source:
    for source in sources:
        if source.id == source_id:
            return source
    raise Unreadable(f"no source is called {source_id}; see `repaudit sources list`")


def _of_engine(engine: str, sources: Sequence[Source]) -> Source | None:
    """Return the source for a saved result page of `engine`: the manual one, else one of the engine's own name."""
    own = [source for source in sources if source.engine == engine]
    for access in (Access.MANUAL, Access.RETIRED):
        for source in own:
            if source.access is access and source.category is Category.SEARCH:
                return source
    return next((source for source in (*sources,) if source.id == engine), own[0] if own else None)


_NEARNESS = {Access.MANUAL: 4, Access.PAGE: 3, Access.RETIRED: 2, Access.FEED: 1, Access.API: 0}


def _at(url: str, sources: Sequence[Source]) -> Source | None:
    """Return the source at whose `options.hosts` or `base_url` the address lies, the nearest first."""
    best: tuple[int, int] | None = None
    found = None
    for source in sources:
        for place in _places(source):
            rank = (len(place), _NEARNESS[source.access])
            if _lies_at(url, place) and (best is None or rank > best):
                best, found = rank, source
    return found


def _places(source: Source) -> Iterator[str]:
    """Yield where a source's pages are, as `host` or `host/path`."""
    hosts: Any = source.options.get("hosts")
    yield from (str(place).lower() for place in hosts or () if isinstance(place, str))
    if source.base_url:
        parts = urlsplit(source.base_url)
        yield (parts.hostname or "") + parts.path.rstrip("/").lower()


def _lies_at(url: str, place: str) -> bool:
    name, _, path = place.removeprefix("www.").partition("/")
    own = host(url)
    if not name or not (own == name or own.endswith("." + name)):
        return False
    return _path(url).startswith("/" + path) if path else True


@lru_cache(maxsize=512)
def _path(url: str) -> str:
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return "/"


def _by_markup(saved: Saved, sources: Sequence[Source]) -> Source | None:
    from reputation.discovery.page import read_page  # noqa: PLC0415 - only pages without an address need it
    from reputation.discovery.reading import open_page  # noqa: PLC0415 - likewise

    if not (saved.media_type or "").startswith(("text/html", "application/xhtml")):
        return None
    engine = serp.engine_of(open_page(saved.body, saved.url or "", saved.media_type), saved.url or "")
    if engine:
        found = _of_engine(engine, sources)
        if found is None:
            raise Unreadable(f"this is a result page of {engine}, which has no table in sources.toml")
        return found
    known = {source.id: source for source in sources}
    mentions = read_page(saved.body, saved.url or "", saved.media_type)
    return next((known[mention.source] for mention in mentions if mention.source in known), None)


_REPLIES = (
    ("nppes", ("result_count", "results")),
    ("serper", ("searchParameters",)),
    ("crossref", ("message-type", "message")),
    ("europepmc", ("hitCount", "resultList")),
    ("orcid", ("orcid-identifier",)),
    ("pubmed", ("esearchresult",)),
    ("clinicaltrials", ("studies",)),
    ("google-places", ("places",)),
    ("yelp", ("businesses",)),
)
"""By which keys a reply that was saved by hand tells whose it is."""


def _by_reply(saved: Saved, sources: Sequence[Source]) -> Source | None:
    try:
        value = json.loads(saved.body.decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    known = {source.id: source for source in sources}
    if isinstance(value.get("search_metadata"), dict) and isinstance(value.get("search_parameters"), dict):
        return known.get(f"serpapi-{value['search_parameters'].get('engine')}")
    kind = str(value.get("kind") or "")
    if kind.startswith(("youtube#", "customsearch#")):
        return known.get("youtube" if kind.startswith("youtube") else "google-cse")
    return next(
        (known[name] for name, keys in _REPLIES if name in known and all(key in value for key in keys)), None
    )
