"""Tavily, without a key (access mode "keyless") or with one.  Source: https://docs.tavily.com/documentation/api-reference.

It is an index of its own kind, not Google; its ranks are its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import post
from reputation.discovery.sources.mentions import result
from reputation.discovery.sources.replies import day, must_rows, plain, read_object, web, words_of
from reputation.discovery.sources.screen import answer
from reputation.discovery.variants import queries
from reputation.errors import Quota, Unreadable

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for each query within the budget; `site:` becomes `include_domains`."""
    headers = () if source.key_env else (("X-Tavily-Access-Mode", "keyless"),)
    for query in queries(profile, variants, source.max_requests):
        site, _, rest = (
            query.text.removeprefix("site:").partition(" ")
            if query.context == "site"
            else ("", "", query.text)
        )
        payload = {"query": rest[:400], "max_results": 20, "search_depth": "basic"}
        if site:
            payload["include_domains"] = [site]
        yield post(
            source,
            "/search",
            payload,
            headers=headers,
            key_in="header:Authorization:Bearer",
            engine="tavily",
            query=query.text,
            variant=query.variant,
            context=query.context,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield its answer, if any, and the links in its order."""
    reply = read_object(capture)
    if "results" not in reply and (said := words_of(reply)):
        low = said.lower()
        raise (
            Quota(f'Tavily says "{said}"; wait or use a key')
            if "limit" in low
            else Unreadable(f'Tavily says "{said}"; try later')
        )
    results = must_rows(reply, "results")
    if said := plain(reply.get("answer")):
        yield answer(
            source,
            capture,
            "ai_overview",
            "Tavily's answer",
            said,
            cited=[web(row.get("url")) for row in results],
        )
    for position, row in enumerate(results, 1):
        url, title = web(row.get("url")), plain(row.get("title"))
        if url and title:
            yield result(
                source,
                capture,
                url,
                title,
                position,
                engine="tavily",
                text=plain(row.get("content")),
                date_published=day(row.get("published_date")),
            )
