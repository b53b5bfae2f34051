"""Her own and claimed pages: what their structured data say, read as a search engine would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.adapters import Skip
from reputation.discovery.page import read_page
from reputation.discovery.sources.saved_page import of_source
from reputation.model import Control, Request
from reputation.normalize import canonical_url

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Source

PAGE = (("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"),)


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for each website and each owned or controlled professional profile once; robots.txt is obeyed."""
    kept = (Control.OWNED, Control.CONTROLLED)
    profiles = [own.url for own in profile.profiles if own.control in kept and own.purpose == "professional"]
    urls = {canonical_url(url): url for url in reversed([*profile.websites, *profiles])}
    if not urls:
        raise Skip("no websites and no profiles of her own in the profile")
    for url in reversed(urls.values()):
        yield Request(url=url, headers=PAGE, is_page=True)


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield what the page says; every mention is this source's, whatever site the page is of."""
    for mention in read_page(capture.body, capture.url, capture.media_type):
        yield of_source(mention, source.id)
