"""Tells to which source of sources.toml a saved page belongs: by the user's word, its address, or its markup."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from reputation.discovery import exports, serp
from reputation.discovery.saved import Saved
from reputation.errors import Unreadable
from reputation.model import Access, Category, Source
from reputation.normalize import host

UNOWNED = "own-pages"
"""The source that takes in a page of a site that has no table: a practice's own page, a local newspaper."""


def belongs_to(
    saved: Saved, sources: Sequence[Source], source_id: str | None = None, *, is_alone: bool = True
) -> Source:
    """Return the source whose page `saved` is.

    The user's word (`source_id`) comes first, unless the page shows that it is of another site; then the page's own
    address, then its markup.  A page of an unknown site is taken in where the file holds it alone and it says something.

    Raises:
        Unreadable: when no source of sources.toml owns it, or it is of another site than the user says.
        Blocked: when it is a bot wall of a site that cannot be told.
    """
    if saved.media_type == exports.MEDIA_TYPE:
        return _of_export(saved, sources, source_id)
    is_reply = "json" in (saved.media_type or "")
    found = _by_address(saved.url, sources) if saved.url else None
    if source_id is not None:
        claimed = _named(source_id, sources)
        _refuse_another(claimed, found or (None if is_reply else _by_markup(saved, sources)), saved.url)
        return claimed
    found = found or (_by_reply(saved, sources) if is_reply else _by_markup(saved, sources))
    if found:
        return found
    where = (
        f"no source of sources.toml is at {host(saved.url)}"
        if saved.url
        else "it cannot be told whose page it is"
    )
    if is_alone and not is_reply and (unowned := next((one for one in sources if one.id == UNOWNED), None)):
        return _taken_in(saved, unowned, where)
    raise Unreadable(f"{where}; say it with --source ID")


def _of_export(saved: Saved, sources: Sequence[Source], source_id: str | None) -> Source:
    site = str((exports.export_in(saved.body) or {}).get("site"))
    if source_id not in (None, site):
        raise Unreadable(
            f"this is the export of an account at {site}, not of {source_id}; import it without --source"
        )
    return _named(site, sources)


def _refuse_another(claimed: Source, shown: Source | None, url: str | None) -> None:
    if shown is None or shown is claimed or (shown.engine and shown.engine == claimed.engine):
        return
    places = list(_places(claimed))
    if places and not (url and any(_lies_at(url, place) for place in places)):
        raise Unreadable(
            f"this is a page of {shown.title}, not of {claimed.title}; import it without --source"
        )


def _taken_in(saved: Saved, unowned: Source, where: str) -> Source:
    """Return `unowned` where the page says something; a wall, a shell or an error page raises what it is."""
    from reputation.discovery.page import read_page  # noqa: PLC0415 - only pages of unknown sites need it

    if not read_page(saved.body, saved.url or "", saved.media_type):
        raise Unreadable(f"{where}, and it says nothing; say whose it is with --source ID")
    return unowned


def _by_address(url: str, sources: Sequence[Source]) -> Source | None:
    engine = serp.engine_at(url)
    return (_of_engine(engine, sources) if engine else None) or _at(url, sources)


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
    from reputation.discovery.page import site_of  # noqa: PLC0415 - only pages without a known address need it
    from reputation.discovery.reading import decode, open_page, page_of_text  # noqa: PLC0415 - likewise
    from reputation.discovery.sources.assistant_answer import is_answer  # noqa: PLC0415 - likewise

    text = decode(saved.body, saved.media_type)
    is_text = (saved.media_type or "").startswith(("text/plain", "text/markdown"))
    page = page_of_text(text, saved.url or "") if is_text else open_page(text, saved.url or "")
    engine = None if is_text else serp.engine_of(page, saved.url or "")
    if engine:
        found = _of_engine(engine, sources)
        if found is None:
            raise Unreadable(f"this is a result page of {engine}, which has no table in sources.toml")
        return found
    site = site_of(page)
    if site is None and is_answer(text):
        return next((source for source in sources if source.category is Category.ASSISTANT), None)
    return next((source for source in sources if site and source.id == site.source), None)


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
