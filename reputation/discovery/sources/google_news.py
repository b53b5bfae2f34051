"""Google News as a feed.  Its own text allows reading by a person, not commercial use: off until she switches it on.

Source: https://news.google.com/rss.  Links lead through news.google.com, which does not tell where to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.feeds import read_feed
from reputation.discovery.sources.mentions import mention
from reputation.discovery.variants import queries
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

_FEED = (("Accept", "application/rss+xml"),)
_USEFUL = ("none", "city", "institution")


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for her name, alone and beside a city or institution."""
    useful = [query for query in queries(profile, variants, 60) if query.context in _USEFUL]
    for query in useful[: source.max_requests]:
        params = {"q": query.text, "hl": "en-US", "gl": "US", "ceid": "US:en"}
        yield get(
            source,
            "/search",
            params,
            headers=_FEED,
            engine=source.engine,
            query=query.text,
            variant=query.variant,
            context=query.context,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a result a story; the outlet is taken off the end of the title."""
    for entry in read_feed(capture):
        title = entry.title.removesuffix(f" - {entry.publisher}") if entry.publisher else entry.title
        facts = [("result_type", "top_story"), ("publisher", entry.publisher)]
        yield mention(
            source,
            Kind.RESULT,
            entry.url,
            title,
            text=entry.said,
            date_published=entry.published,
            facts=facts,
        )
