"""Bluesky: accounts of her name, her own and look-alikes.

Source: https://docs.bsky.app/docs/api/app-bsky-actor-search-actors.  Posts can only be searched by those who sign in; a reply
that holds posts is read all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation import normalize
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import plain_name
from reputation.discovery.sources.replies import Row, at, day, must_rows, read_object, text, words_of
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

_LISTS = ("actors", "profiles", "follows")


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once for accounts of her name."""
    yield get(source, "/app.bsky.actor.searchActors", {"q": plain_name(profile), "limit": 25})


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a profile an account, or a post."""
    reply = read_object(capture)
    if "error" in reply:
        raise Unreadable(f'Bluesky says "{words_of(reply)}"; try again later')
    if "posts" in reply:
        yield from (_post(source, row) for row in must_rows(reply, "posts"))
        return
    name = next((name for name in _LISTS if name in reply), "actors")
    for row in must_rows(reply, name):
        yield _account(source, row)


def _account(source: Source, row: Row) -> Mention:
    did, handle = text(row.get("did")), text(row.get("handle"))
    if did is None or handle is None:
        raise Unreadable("an account of the reply has no handle; Bluesky may have changed its form")
    name = text(row.get("displayName"))
    facts: list[Fact] = [("name", name), ("handle", handle), ("date_created", day(row.get("createdAt")))]
    facts += [("image", text(row.get("avatar"))), ("label", text(at(row, "labels.0.val")))]
    said = text(row.get("description"))
    url = f"https://bsky.app/profile/{handle}"
    return mention(source, Kind.PROFILE, url, name or f"@{handle}", site_id=did, text=said, facts=facts)


def _post(source: Source, row: Row) -> Mention:
    uri, handle = text(row.get("uri")), text(at(row, "author.handle"))
    if uri is None or handle is None:
        raise Unreadable("a post of the reply has no author; Bluesky may have changed its form")
    said = text(at(row, "record.text")) or ""
    code = uri.rsplit("/", 1)[-1]
    return mention(
        source,
        Kind.POST,
        f"https://bsky.app/profile/{handle}/post/{code}",
        said[:80] or "Post without words",
        site_id=code,
        text=said or None,
        date_published=day(at(row, "record.createdAt")),
        author_initials=normalize.initials(text(at(row, "author.displayName")) or "") or None,
    )
