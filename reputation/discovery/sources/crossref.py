"""Crossref: works by DOI.  Its search by name is fuzzy, so it confirms and does not prove.

Source: https://api.crossref.org/swagger-ui/index.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import plain_name
from reputation.discovery.sources.replies import Row, at, must_rows, plain, read_object, rows, text, words_of
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once: by ORCID iD where it is known, else by name and present employer."""
    params: dict[str, object] = {"rows": source.options.get("limit", 40)}
    if profile.ids.orcid:
        params["filter"] = f"orcid:{profile.ids.orcid}"
    else:
        params["query.author"] = plain_name(profile)
        params["query.affiliation"] = next((e.name for e in profile.affiliations if e.until is None), None)
    yield get(source, "/works", params)


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield an article a work."""
    reply = read_object(capture)
    if reply.get("status") != "ok":
        raise Unreadable(f'Crossref says "{words_of(reply) or "nothing that is known"}"; try again later')
    message = reply.get("message")
    for row in (
        [message]
        if reply.get("message-type") == "work" and isinstance(message, dict)
        else must_rows(message, "items")
    ):
        doi = text(row.get("DOI"))
        if doi:
            yield mention(
                source,
                Kind.ARTICLE,
                f"https://doi.org/{doi}",
                plain(at(row, "title.0")) or doi,
                site_id=doi.lower(),
                text=plain(row.get("abstract")),
                date_published=_date(at(row, "issued.date-parts.0")),
                facts=_facts(row, doi),
            )


def _facts(row: Row, doi: str) -> Iterator[Fact]:
    for author in rows(row, "author"):
        yield (
            "co_author",
            " ".join(filter(None, (text(author.get("given")), text(author.get("family")))))
            or text(author.get("name")),
        )
        for place in rows(author, "affiliation"):
            yield "affiliation", text(place.get("name"))
        yield "orcid", (text(author.get("ORCID")) or "").rsplit("/", 1)[-1] or None
    yield "journal", text(at(row, "container-title.0"))
    yield "doi", doi
    yield "publication_type", text(row.get("type"))
    updates = [text(update.get("type")) for update in rows(row, "updated-by")]
    yield "publication_status", "retracted" if "retraction" in updates else None


def _date(parts: object) -> str | None:
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], int):
        return None
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:3] if isinstance(part, int))])
