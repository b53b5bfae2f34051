"""Google Alerts: the feeds that she has made for her own name.  Source: https://www.google.com/alerts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.adapters import Skip
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.feeds import read_feed
from reputation.discovery.sources.mentions import mention
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

_FEED = (("Accept", "application/atom+xml"),)


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for each feed of `options.feeds`: a whole address, or what follows /alerts/feeds/; else for her base_url itself."""
    feeds = [str(feed) for feed in source.options.get("feeds") or ()]
    if not feeds and source.trusted_host:
        yield get(source, "", headers=_FEED)
    elif not feeds:
        raise Skip("no options.feeds; make an alert that is delivered to a feed, and name it in sources.toml")
    for feed in feeds:
        yield get(source, f"/{feed.rpartition('/alerts/feeds/')[2].strip('/')}", headers=_FEED)


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a result an entry; an alert has no ranks."""
    for entry in read_feed(capture):
        yield mention(
            source, Kind.RESULT, entry.url, entry.title, text=entry.said, date_published=entry.published
        )
