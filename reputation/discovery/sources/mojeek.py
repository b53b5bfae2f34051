"""Mojeek: an index of its own.  Errors stand in `status`, inside a 200.

Source: https://www.mojeek.com/support/api/search/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import result
from reputation.discovery.sources.replies import at, day, must_rows, plain, read_object, text, web
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
            {"q": query.text, "fmt": "json", "t": 20},
            key_in="query:api_key",
            engine="mojeek",
            query=query.text,
            variant=query.variant,
            context=query.context,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield the links with their positions."""
    reply = read_object(capture).get("response")
    status = text(at(reply, "status"))
    if status != "OK":
        low = (status or "").lower()
        if "key" in low or "access" in low:
            raise AuthRefused(f'Mojeek says "{status}"; check the key with `repaudit key test`')
        if "limit" in low or "quota" in low or "credit" in low:
            raise Quota(f'Mojeek says "{status}"; see the plan of your key')
        raise Unreadable(f'Mojeek says "{status or "nothing"}"; try again later')
    for position, row in enumerate(must_rows(reply, "results"), 1):
        url, title = web(row.get("url")), plain(row.get("title"))
        if url and title:
            yield result(
                source,
                capture,
                url,
                title,
                position,
                engine="mojeek",
                text=plain(row.get("desc")),
                date_published=day(row.get("date")),
            )
