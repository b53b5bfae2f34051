"""OpenAlex: authors of her name with their institutions, and her works where her ORCID iD is known.

Source: https://docs.openalex.org/.  Authors are merged by machine: a profile may mix two people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import plain_name
from reputation.discovery.sources.replies import (
    Row,
    at,
    day,
    distinct,
    items,
    must_rows,
    plain,
    read_object,
    rows,
    text,
    web,
)
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for the author with her ORCID iD and that author's works, and for authors of her name."""
    if profile.ids.orcid:
        yield get(source, "/authors", {"filter": f"orcid:{profile.ids.orcid}"}, key_in="query:api_key")
        works = {"filter": f"author.orcid:{profile.ids.orcid}", "per_page": 100}
        yield get(source, "/works", works, key_in="query:api_key")
    yield get(source, "/authors", {"search": plain_name(profile), "per_page": 25}, key_in="query:api_key")


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a profile an author, or an article a work."""
    reply = read_object(capture)
    if said := text(reply.get("error")):
        raise Unreadable(f'OpenAlex says "{said}: {text(reply.get("message")) or ""}"; try again later')
    for row in must_rows(reply, "results") if "meta" in reply else [reply]:
        url = web(row.get("id"))
        if url is None or "display_name" not in row:
            raise Unreadable(
                "a row of the reply is neither author nor work; OpenAlex may have changed its form"
            )
        yield _work(source, row, url) if "authorships" in row else _author(source, row, url)


def _author(source: Source, row: Row, url: str) -> Mention:
    name = text(row.get("display_name")) or "without a name"
    places = [at(place, "institution.display_name") for place in rows(row, "affiliations")]
    last = [place.get("display_name") for place in rows(row, "last_known_institutions")]
    facts: list[Fact] = [("name", name), ("orcid", _orcid(row.get("orcid")))]
    facts += [
        ("alternate_name", text(other)) for other in items(row, "display_name_alternatives") if other != name
    ]
    facts += [("affiliation", place) for place in distinct(map(text, [*last, *places]))]
    facts += [
        ("works_count", text(row.get("works_count"))),
        ("cited_by_count", text(row.get("cited_by_count"))),
    ]
    return mention(source, Kind.PROFILE, url, name, site_id=url.rsplit("/", 1)[-1], facts=facts)


def _orcid(value: object) -> str | None:
    found = text(value)
    return found.rsplit("/", 1)[-1] if found else None


def _work(source: Source, row: Row, url: str) -> Mention:
    def facts() -> Iterator[Fact]:
        for authorship in rows(row, "authorships"):
            yield (
                "co_author",
                text(authorship.get("raw_author_name")) or text(at(authorship, "author.display_name")),
            )
            for place in rows(authorship, "institutions"):
                yield "affiliation", text(place.get("display_name"))
            yield "orcid", _orcid(at(authorship, "author.orcid"))
        yield "journal", text(at(row, "primary_location.source.display_name"))
        yield "doi", text(row.get("doi"))
        yield "publication_type", text(row.get("type"))
        yield "publication_status", "retracted" if row.get("is_retracted") is True else None

    title = plain(row.get("display_name")) or "without a title"
    return mention(
        source,
        Kind.ARTICLE,
        web(row.get("doi")) or url,
        title,
        site_id=url.rsplit("/", 1)[-1],
        date_published=day(row.get("publication_date")) or text(row.get("publication_year")),
        facts=facts(),
    )
