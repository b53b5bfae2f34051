"""YouTube: videos and channels that name her, hers and look-alikes.  Source: https://developers.google.com/youtube/v3/docs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation import normalize
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import plain_name
from reputation.discovery.sources.replies import Row, at, day, inner, must_rows, plain, read_object, text
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once for videos and channels of her name, and once with her specialty; a search costs a hundredth of the day."""
    name = f'"{plain_name(profile)}"'
    for words in [name, *(f"{name} {specialty.label}" for specialty in profile.specialties[:1])]:
        params = {"part": "snippet", "q": words, "type": "video,channel", "maxResults": 25}
        yield get(source, "/search", params, key_in="query:key")


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a post a video or comment, a profile a channel."""
    reply = read_object(capture)
    if not str(reply.get("kind")).startswith("youtube#"):
        raise Unreadable("the reply is no list of YouTube's; it may have changed its form")
    for item in must_rows(reply, "items"):
        yield from _item(source, item)


def _item(source: Source, item: Row) -> Iterator[Mention]:
    kind = str(at(item, "id.kind") or item.get("kind"))
    snippet = inner(item, "snippet")
    if kind.endswith("commentThread"):
        comment = inner(inner(snippet, "topLevelComment"), "snippet")
        ident = text(item.get("id")) or ""
        yield mention(
            source,
            Kind.POST,
            f"https://www.youtube.com/watch?v={comment.get('videoId')}&lc={ident}",
            "YouTube comment",
            site_id=ident,
            text=plain(comment.get("textDisplay")),
            date_published=day(comment.get("publishedAt")),
            author_initials=normalize.initials(text(comment.get("authorDisplayName")) or "") or None,
        )
        return
    title, said = plain(snippet.get("title")), plain(snippet.get("description"))
    channel = text(at(item, "id.channelId")) if kind.endswith("channel") else None
    if kind.endswith("channel") and channel is None:
        channel = text(item.get("id"))
    video = text(at(item, "id.videoId")) or (text(item.get("id")) if kind.endswith("video") else None)
    date = day(snippet.get("publishedAt"))
    if channel and title:
        url = f"https://www.youtube.com/channel/{channel}"
        facts: list[Fact] = [
            ("name", title),
            ("handle", text(snippet.get("customUrl"))),
            ("date_created", date),
        ]
        yield mention(source, Kind.PROFILE, url, title, site_id=channel, text=said, facts=facts)
    elif video and title:
        url = f"https://www.youtube.com/watch?v={video}"
        facts = [("publisher", text(snippet.get("channelTitle")))]
        yield mention(
            source, Kind.POST, url, title, site_id=video, text=said, date_published=date, facts=facts
        )
