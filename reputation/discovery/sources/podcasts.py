"""Apple's podcast directory: episodes and shows that name her.  Source: https://performance-partners.apple.com/search-api."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import plain_name
from reputation.discovery.sources.replies import day, must_rows, plain, read_object, text, web, words_of
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for episodes, then for shows."""
    for entity in ("podcastEpisode", "podcast"):
        params = {
            "term": plain_name(profile),
            "media": "podcast",
            "entity": entity,
            "limit": 25,
            "country": "US",
        }
        yield get(source, "/search", params)


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a post an episode, a profile a show."""
    reply = read_object(capture)
    if "results" not in reply and (said := words_of(reply)):
        raise Unreadable(f'the directory says "{said}"; try again later')
    for row in must_rows(reply, "results"):
        url, title = web(row.get("trackViewUrl") or row.get("collectionViewUrl")), plain(row.get("trackName"))
        if url is None or title is None:
            raise Unreadable("an entry of the reply has no address; the directory may have changed its form")
        is_show = row.get("kind") == "podcast"
        facts: list[Fact] = [
            ("name", text(row.get("artistName")) if is_show else None),
            ("is_part_of", text(row.get("collectionName"))),
            ("url", web(row.get("feedUrl"))),
        ]
        yield mention(
            source,
            Kind.PROFILE if is_show else Kind.POST,
            url,
            title,
            site_id=text(row.get("trackId")),
            text=plain(row.get("description") or row.get("shortDescription")),
            date_published=day(row.get("releaseDate")),
            facts=facts,
        )
