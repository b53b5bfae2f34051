"""Wikidata: items of her name, which feed knowledge panels.  Source: https://www.wikidata.org/w/api.php."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import mention
from reputation.discovery.sources.person import plain_name
from reputation.discovery.sources.replies import must_rows, plain, read_object, text, words_of
from reputation.errors import Quota, Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once for items of her name."""
    params = {"action": "wbsearchentities", "format": "json", "language": "en", "limit": 20, "type": "item"}
    yield get(source, "/w/api.php", {**params, "search": plain_name(profile)})


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a profile an item."""
    reply = read_object(capture)
    if error := reply.get("error"):
        said = text(error.get("info")) if isinstance(error, dict) else words_of(error)
        code = str(error.get("code")) if isinstance(error, dict) else ""
        if code in ("maxlag", "ratelimited"):
            raise Quota(f'Wikidata says "{said}"; wait and try again')
        raise Unreadable(f'Wikidata says "{said}"; try again later')
    for row in must_rows(reply, "search"):
        ident = text(row.get("id"))
        if ident:
            label = text(row.get("label")) or ident
            said = plain(row.get("description"))
            url = f"https://www.wikidata.org/wiki/{ident}"
            facts = [("name", label), ("description", said)]
            yield mention(source, Kind.PROFILE, url, label, site_id=ident, text=said, facts=facts)
