"""Kagi's search API, version 0.  Source: https://help.kagi.com/kagi/api/search.html."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import result
from reputation.discovery.sources.replies import at, count, day, must_rows, plain, read_object, text, web
from reputation.discovery.variants import queries
from reputation.errors import AuthRefused, Quota, Unreadable

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for each query within the budget."""
    for query in queries(profile, variants, source.max_requests):
        yield get(
            source,
            "/search",
            {"q": query.text, "limit": 20},
            key_in="header:Authorization:Bot",
            engine="kagi",
            query=query.text,
            variant=query.variant,
            context=query.context,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield the links (`t` 0) with their positions; related searches (`t` 1) are left out."""
    reply = read_object(capture)
    if said := text(at(reply, "error.0.msg")):
        code = at(reply, "error.0.code")
        if code in (1, 2, 401, 403):
            raise AuthRefused(f'Kagi says "{said}"; check the key with `repaudit key test`')
        if code == 101 or "credit" in said.lower():
            raise Quota(f'Kagi says "{said}"; see your balance')
        raise Unreadable(f'Kagi says "{said}"; try again later')
    links = [row for row in must_rows(reply, "data") if row.get("t") == 0]
    for position, row in enumerate(links, 1):
        url, title = web(row.get("url")), plain(row.get("title"))
        if url and title:
            yield result(
                source,
                capture,
                url,
                title,
                count(row.get("rank")) or position,
                engine="kagi",
                text=plain(row.get("snippet")),
                date_published=day(row.get("published")),
            )
