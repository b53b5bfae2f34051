"""Europe PMC: her papers, beyond PubMed also preprints and books.

Source: https://europepmc.org/RestfulWebService.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import authors_of
from reputation.discovery.sources.replies import (
    Row,
    at,
    day,
    must_rows,
    plain,
    read_object,
    rows,
    text,
    words_of,
)
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once for all papers under her name with initials, a former name or her ORCID iD."""
    terms = [f'AUTH:"{author}"' for author in authors_of(profile)]
    if profile.ids.orcid:
        terms.append(f'AUTHORID:"{profile.ids.orcid}"')
    limit = source.options.get("limit", 100)
    params = {"query": " OR ".join(terms), "format": "json", "resultType": "core", "pageSize": limit}
    yield get(source, "/search", params)


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield an article each."""
    reply = read_object(capture)
    if "resultList" not in reply:
        said = text(reply.get("errMsg")) or words_of(reply) or "nothing that is known"
        raise Unreadable(f'Europe PMC says "{said}"; try again later')
    for row in must_rows(reply["resultList"], "result"):
        ident, kind = text(row.get("id")), text(row.get("source"))
        if ident and kind:
            yield mention(
                source,
                Kind.ARTICLE,
                f"https://europepmc.org/article/{kind}/{ident}",
                plain(row.get("title")) or f"{kind} {ident}",
                site_id=f"{kind}-{ident}",
                text=plain(row.get("abstractText")),
                date_published=day(row.get("firstPublicationDate")) or text(row.get("pubYear")),
                facts=_facts(row),
            )


def _facts(row: Row) -> Iterator[Fact]:
    authors = rows(row.get("authorList"), "author")
    for author in authors:
        yield "co_author", text(author.get("fullName")) or text(author.get("collectiveName"))
        for place in rows(author.get("authorAffiliationDetailsList"), "authorAffiliation"):
            yield "affiliation", text(place.get("affiliation"))
        if at(author, "authorId.type") == "ORCID":
            yield "orcid", text(at(author, "authorId.value"))
    if not authors:
        for name in (text(row.get("authorString")) or "").rstrip(".").split(", "):
            yield "co_author", text(name)
    yield "journal", text(row.get("journalTitle")) or text(at(row, "journalInfo.journal.title"))
    yield "pmid", text(row.get("pmid"))
    yield "doi", text(row.get("doi"))
    listed = at(row, "pubTypeList.pubType")
    kinds = (
        [text(kind) for kind in listed]
        if isinstance(listed, list)
        else (text(row.get("pubType")) or "").split("; ")
    )
    for kind in kinds:
        yield "publication_type", kind
    retracted = any((kind or "").lower() == "retracted publication" for kind in kinds)
    yield "publication_status", "retracted" if retracted else None
