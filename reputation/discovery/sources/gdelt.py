"""GDELT's index of the world's news.  It answers errors as plain text, also with status 200.

Source: https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import mention
from reputation.discovery.sources.person import plain_name
from reputation.discovery.sources.replies import day, must_rows, plain, read_object, text, web
from reputation.errors import Quota
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once for the last three months' English news that print her name."""
    query = f'"{plain_name(profile)}"'
    params = {"query": f"{query} sourcelang:english", "mode": "ArtList", "format": "json", "maxrecords": 75}
    yield get(
        source,
        "/doc/doc",
        {**params, "sort": "DateDesc", "timespan": "3m"},
        engine=source.engine,
        query=query,
        variant=plain_name(profile),
        context="none",
    )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a result a story; `{}` is its way to say that there is none."""
    if b"limit requests" in capture.body[:300]:
        raise Quota("GDELT asks for at most one request every five seconds; raise pause_s or try later")
    reply = read_object(capture)
    for row in must_rows(reply, "articles") if reply else []:
        url, title = web(row.get("url")), plain(row.get("title"))
        if url and title:
            stamp = text(row.get("seendate")) or ""
            date = day(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}") if stamp[:8].isdigit() else None
            facts = [("result_type", "top_story"), ("publisher", text(row.get("domain")))]
            yield mention(source, Kind.RESULT, url, title, date_published=date, facts=facts)
