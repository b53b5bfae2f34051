"""Brave Search: an index of its own.

Source: https://api-dashboard.search.brave.com/app/documentation/web-search/responses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import mention, result
from reputation.discovery.sources.replies import Row, at, day, plain, read_object, rows, text, web
from reputation.discovery.sources.screen import panel
from reputation.discovery.variants import queries
from reputation.errors import AuthRefused, Quota, Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

_PARTS = {"news": "top_story", "videos": "video", "discussions": "discussion"}
_COUNTRY = "us"
_PANEL = {"site": "website_url", "text": "long_desc", "type": "label", "id": "url"}


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for each query within the budget, the first twenty links of each."""
    for query in queries(profile, variants, source.max_requests):
        yield get(
            source,
            "/web/search",
            {"q": query.text[:400], "count": 20, "country": _COUNTRY, "search_lang": "en"},
            key_in="header:X-Subscription-Token",
            engine="brave",
            query=query.text,
            variant=query.variant,
            context=query.context,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield the panel, the links with their positions, and news, videos and discussions without one."""
    reply = read_object(capture)
    _check(reply)
    for box in rows(reply.get("infobox"), "results"):
        if found := panel(source, capture, box, _PANEL):
            yield found
    for position, row in enumerate(rows(reply.get("web"), "results"), 1):
        url, title = web(row.get("url")), plain(row.get("title"))
        if url and title:
            yield result(
                source,
                capture,
                url,
                title,
                position,
                engine="brave",
                location=_COUNTRY,
                text=plain(row.get("description")),
                date_published=day(row.get("page_age")),
            )
    yield from _beside(source, reply)


def _check(reply: Row) -> None:
    if reply.get("type") == "ErrorResponse":
        code, said = str(at(reply, "error.code") or ""), text(at(reply, "error.detail")) or "an error"
        if "RATE" in code or "QUOTA" in code:
            raise Quota(f'Brave says "{said}" ({code}); wait, or see the plan of your key')
        if "TOKEN" in code:
            raise AuthRefused(f'Brave says "{said}" ({code}); check the key with `repaudit key test`')
        raise Unreadable(f'Brave says "{said}" ({code}); try again later')
    if "query" not in reply and reply.get("type") != "search":
        raise Unreadable("the reply is no result page of Brave; it may have changed its form")


def _beside(source: Source, reply: Row) -> Iterator[Mention]:
    for part, kind in _PARTS.items():
        for row in rows(reply.get(part), "results"):
            url, title = web(row.get("url")), plain(row.get("title"))
            if url and title:
                yield mention(
                    source,
                    Kind.RESULT,
                    url,
                    title,
                    text=plain(row.get("description")),
                    date_published=day(row.get("page_age")),
                    facts=[("result_type", kind)],
                )
