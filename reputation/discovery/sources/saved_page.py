"""Sites that only a person may open: the page that she saved is read with the reader of a live one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reputation.discovery.page import read_page
from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask nothing: the site's terms or its wall keep programs out."""
    return iter(())


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield what the saved page says, as this source's.

    Raises:
        Blocked: what was saved is a bot wall.
        Unreadable: what was saved says nothing.
    """
    for mention in read_page(capture.body, capture.url, capture.media_type):
        yield of_source(mention, source.id)


def of_source(mention: Mention, source_id: str) -> Mention:
    """Return `mention` under the name of the source that it was saved for; its keys follow."""
    if mention.source == source_id:
        return mention
    own = f"{mention.source}:"

    def moved(key: str | None) -> str | None:
        return f"{source_id}:{key.removeprefix(own)}" if key and key.startswith(own) else key

    return replace(
        mention,
        source=source_id,
        sources=(source_id,),
        key=moved(mention.key) or mention.key,
        listing_key=moved(mention.listing_key),
    )
