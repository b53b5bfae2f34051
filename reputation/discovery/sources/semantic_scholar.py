"""Semantic Scholar: authors of her name, as a machine has told them apart; it may split or join people.

Source: https://api.semanticscholar.org/api-docs/graph (Academic Graph API, author search).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import mention
from reputation.discovery.sources.person import plain_name
from reputation.discovery.sources.replies import items, must_rows, read_object, text, words_of
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

PAGE = "https://www.semanticscholar.org/author/"
FIELDS = "affiliations,homepage,name,paperCount"


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once for authors of her name."""
    params = {"query": plain_name(profile), "fields": FIELDS, "limit": source.options.get("limit", 50)}
    yield get(source, "/author/search", params, key_in="header:x-api-key")


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a profile an author."""
    reply = read_object(capture)
    if said := words_of(reply.get("error") or reply.get("message")):
        raise Unreadable(f'Semantic Scholar says "{said}"; try again later')
    for row in must_rows(reply, "data"):
        author, name = text(row.get("authorId")), text(row.get("name"))
        if author is None or name is None:
            raise Unreadable("a row of the reply is no author; Semantic Scholar may have changed its form")
        facts = [
            ("name", name),
            ("url", text(row.get("homepage"))),
            ("works_count", text(row.get("paperCount"))),
        ]
        facts += [("affiliation", text(place)) for place in items(row, "affiliations")]
        yield mention(source, Kind.PROFILE, PAGE + author, name, site_id=author, facts=facts)
