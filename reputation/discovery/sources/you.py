"""You.com's search, without a key or with one.  Source: https://documentation.you.com/api-reference/search.

It is an engine of its own, not Google; its ranks are its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import JSON, get
from reputation.discovery.sources.mentions import result
from reputation.discovery.sources.replies import at, day, plain, read_object, rows, web, words_of
from reputation.discovery.variants import queries
from reputation.errors import Quota, Unreadable

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

# Its gzip was seen to be damaged on the endpoint without a key, so none is asked for.
_HEADERS = (*JSON, ("Accept-Encoding", "identity"))


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for each query within the budget."""
    for query in queries(profile, variants, source.max_requests):
        yield get(
            source,
            "/search",
            {"query": query.text, "count": 20, "country": "US"},
            headers=_HEADERS,
            key_in="header:X-API-Key",
            engine="you",
            query=query.text,
            variant=query.variant,
            context=query.context,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield the links in its order, then news without a position."""
    reply = read_object(capture)
    results = reply.get("results")
    if not isinstance(results, dict):
        said = words_of(reply) or "nothing that is known"
        if "payment" in said.lower() or "limit" in said.lower():
            raise Quota(f'You.com says "{said}"; wait or use a key')
        raise Unreadable(f'You.com says "{said}"; it may have changed its form')
    for position, row in enumerate(rows(results, "web"), 1):
        url, title = web(row.get("url")), plain(row.get("title"))
        if url and title:
            snippet = plain(at(row, "snippets.0")) or plain(row.get("description"))
            yield result(
                source,
                capture,
                url,
                title,
                position,
                engine="you",
                text=snippet,
                date_published=day(row.get("page_age")),
            )
    for row in rows(results, "news"):
        url, title = web(row.get("url")), plain(row.get("title"))
        if url and title:
            facts = [("result_type", "top_story")]
            snippet = plain(row.get("description"))
            yield result(
                source,
                capture,
                url,
                title,
                None,
                facts=facts,
                text=snippet,
                date_published=day(row.get("page_age")),
            )
