"""One search engine through the library `ddgs` (`discovery/metasearch.py`): an extra, off until the user switches it on.

`engine` of the table names the one engine that is asked, and no other ever answers for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.adapters import Skip
from reputation.discovery.metasearch import INSTALL, is_installed
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import result
from reputation.discovery.sources.replies import must_rows, plain, read_object, text, web
from reputation.discovery.variants import queries
from reputation.errors import Unreadable

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for each query within the budget, where the library is installed."""
    if not is_installed():
        raise Skip(INSTALL)
    for query in queries(profile, variants, source.max_requests):
        yield get(
            source,
            "/",
            {"q": query.text},
            engine=source.engine,
            query=query.text,
            variant=query.variant,
            context=query.context,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield the links in the engine's order."""
    reply = read_object(capture)
    engine = text(reply.get("engine"))
    if engine != source.engine:
        raise Unreadable(f"these are results of {engine or 'no engine'}, not of {source.engine}")
    for position, row in enumerate(must_rows(reply, "results"), 1):
        url, title = web(row.get("href")), plain(row.get("title"))
        if url and title:
            yield result(
                source,
                capture,
                url,
                title,
                position,
                location=text(reply.get("region")),
                text=plain(row.get("body")),
            )
