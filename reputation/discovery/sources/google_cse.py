"""Google's Programmable Search JSON API, for those who still hold a key; it ends on 2027-01-01.

Source: https://developers.google.com/custom-search/v1/reference/rest/v1/cse/list.  No results: no `items`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.adapters import Skip
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import result
from reputation.discovery.sources.replies import at, count, plain, read_object, rows, web
from reputation.discovery.variants import queries
from reputation.errors import Unreadable

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask the user's engine (`options.cx`) for each query within the budget; a gateway of her own may add it."""
    if not source.options.get("cx") and not source.trusted_host:
        raise Skip("no options.cx; name your search engine's id in sources.toml under [google-cse.options]")
    for query in queries(profile, variants, source.max_requests):
        yield get(
            source,
            "/v1",
            {"cx": source.options.get("cx") or None, "q": query.text, "num": 10},
            key_in="query:key",
            engine="google",
            query=query.text,
            variant=query.variant,
            context=query.context,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield the links with their positions."""
    reply = read_object(capture)
    if reply.get("kind") != "customsearch#search":
        raise Unreadable("the reply is no `customsearch#search`; check options.cx")
    start = count(at(reply, "queries.request.0.startIndex")) or 1
    for position, row in enumerate(rows(reply, "items"), start):
        url, title = web(row.get("link")), plain(row.get("title"))
        if url and title:
            yield result(
                source, capture, url, title, position, engine="google", text=plain(row.get("snippet"))
            )
