"""PubMed through the E-utilities: her papers, all their authors, and whether PubMed marks one as retracted.

Source: https://www.ncbi.nlm.nih.gov/books/NBK25499/ and the DTD pubmed_250101.  A mark "...In" stands on the paper that it
concerns; "...Of", "...For" and "...From" stand on the notice, whose authors did nothing wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reputation import normalize
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import authors_of
from reputation.discovery.sources.replies import (
    at,
    content,
    distinct,
    inner,
    plain,
    read_json,
    read_xml,
    refusal,
    rows,
    text,
    words_of,
)
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

PAGE = "https://pubmed.ncbi.nlm.nih.gov/"
_EMAIL = re.compile(
    r"\s*(Electronic address:\s*)?[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}\.?", re.IGNORECASE
)
_MARKS = (
    ("retracted and republished", "RetractedandRepublishedIn", ""),
    ("retracted", "RetractionIn", "Retracted Publication"),
    ("expression of concern", "ExpressionOfConcernIn", ""),
    ("erratum", "ErratumIn", ""),
)


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once for all papers under her name with initials, a former name or her ORCID iD."""
    terms = [f'"{author}"[au]' for author in authors_of(profile)]
    if profile.ids.orcid:
        terms.append(f"{profile.ids.orcid}[auid]")
    limit = int(source.options.get("limit", 100))
    params = {
        "db": "pubmed",
        "retmode": "json",
        "retmax": limit,
        "sort": "pub_date",
        "tool": "repaudit",
        "term": " OR ".join(terms),
    }
    yield get(source, "/esearch.fcgi", params, key_in="query:api_key")


def parse(source: Source, capture: Capture) -> Iterator[Mention | Request]:
    """Yield the request for the records of a search, or one article for each record."""
    if capture.body.lstrip()[:1] == b"<":
        yield from _parse_xml(source, capture)
        return
    reply = read_json(capture)
    if said := words_of(at(reply, "error") or at(reply, "esearchresult.ERROR")):
        raise (
            refusal(429, said)
            if "rate limit" in said
            else Unreadable(f'PubMed says "{said}"; check the name')
        )
    if at(reply, "esearchresult") is not None:
        ids = at(reply, "esearchresult.idlist")
        if not isinstance(ids, list):
            raise Unreadable("the search reply has no `idlist`; PubMed may have changed its form")
        yield from _records(source, ids)
    elif at(reply, "result.uids") is not None:
        for uid in reply["result"]["uids"]:
            yield _from_summary(source, uid, inner(reply["result"], str(uid)))
    else:
        raise Unreadable("the reply is neither a search nor a summary; PubMed may have changed its form")


def _records(source: Source, ids: list[Any]) -> Iterator[Request]:
    wanted = ",".join(distinct(text(one) for one in ids))
    if wanted:
        params = {"db": "pubmed", "id": wanted, "retmode": "xml", "tool": "repaudit"}
        yield get(
            source, "/efetch.fcgi", params, headers=(("Accept", "application/xml"),), key_in="query:api_key"
        )


def _parse_xml(source: Source, capture: Capture) -> Iterator[Mention | Request]:
    root = read_xml(capture)
    if said := content(root if root.tag == "ERROR" else root.find("ERROR")):
        raise Unreadable(f'PubMed says "{said}"; check the name')
    if root.tag == "eSearchResult":
        yield from _records(source, [content(one) for one in root.findall("IdList/Id")])
    elif root.tag == "PubmedArticleSet":
        for citation in root.findall("PubmedArticle/MedlineCitation"):
            yield _article(source, citation)
        for book in root.findall("PubmedBookArticle/BookDocument"):
            yield _article(source, book)
    elif root.tag == "eSummaryResult":
        for summary in root.findall("DocSum"):
            items = {item.get("Name", ""): item for item in summary.findall("Item")}
            authors = [{"name": content(a)} for a in items["AuthorList"]] if "AuthorList" in items else []
            kinds = [content(kind) for kind in items.get("PubTypeList", [])]
            row = {
                "title": content(items.get("Title")),
                "pubdate": content(items.get("PubDate")),
                "pubtype": kinds,
                "authors": authors,
                "source": content(items.get("Source")),
            }
            yield _from_summary(source, content(summary.find("Id")) or "", row)
    else:
        raise Unreadable(f"the reply is a <{root.tag}>, not PubMed's; open the address in a browser")


def _article(source: Source, citation: Element) -> Mention:
    pmid = content(citation.find("PMID"))
    if pmid is None:
        raise Unreadable("a record has no PMID; PubMed may have changed its form")
    article = citation.find("Article")
    body = article if article is not None else citation
    title = content(body.find("ArticleTitle")) or content(citation.find("Book/BookTitle")) or f"PMID {pmid}"
    return mention(
        source,
        Kind.ARTICLE,
        f"{PAGE}{pmid}/",
        title,
        site_id=pmid,
        text=content(body.find("Abstract")),
        date_published=_date(body.find("Journal/JournalIssue/PubDate"))
        or _date(citation.find("Book/PubDate")),
        facts=_facts(citation, body),
    )


def _facts(citation: Element, body: Element) -> Iterator[Fact]:
    """Yield each author followed by that author's own affiliations and ORCID iD, then the paper's facts."""
    for author in body.findall("AuthorList/Author"):
        yield "co_author", _author(author)
        for place in author.findall("AffiliationInfo/Affiliation"):
            yield "affiliation", text(_EMAIL.sub("", content(place) or ""))
        for name in author.findall("Identifier[@Source='ORCID']"):
            yield "orcid", (content(name) or "").rsplit("/", 1)[-1] or None
    yield "journal", content(body.find("Journal/Title"))
    yield "doi", content(body.find("ELocationID[@EIdType='doi']"))
    kinds = [content(kind) for kind in body.findall("PublicationTypeList/PublicationType")]
    marks = {mark.get("RefType") for mark in citation.findall("CommentsCorrectionsList/CommentsCorrections")}
    for kind in kinds:
        yield "publication_type", kind
    yield "publication_status", _status(kinds, marks)


def _author(author: Element) -> str | None:
    parts = [content(author.find(part)) for part in ("ForeName", "LastName", "Suffix")]
    if parts[0] is None:
        parts[0] = content(author.find("Initials"))
    return " ".join(part for part in parts if part) or content(author.find("CollectiveName"))


def _status(kinds: list[str | None], marks: set[str | None]) -> str | None:
    return next((word for word, mark, kind in _MARKS if mark in marks or (kind and kind in kinds)), None)


def _date(element: Element | None) -> str | None:
    if element is None:
        return None
    parts = [content(element.find(part)) for part in ("Year", "Month", "Day")]
    if parts[0] is None:
        return normalize.iso_date((content(element.find("MedlineDate")) or "")[:4])
    return normalize.iso_date(" ".join(part for part in (parts[2], parts[1], parts[0]) if part)) or parts[0]


def _from_summary(source: Source, uid: str, row: dict[str, Any]) -> Mention:
    kinds = [text(kind) for kind in row.get("pubtype") or []]
    facts: list[Fact] = [("co_author", text(author.get("name"))) for author in rows(row, "authors")]
    facts += [
        ("journal", text(row.get("fulljournalname") or row.get("source"))),
        ("publication_status", _status(kinds, set())),
    ]
    facts += [("publication_type", kind) for kind in kinds]
    return mention(
        source,
        Kind.ARTICLE,
        f"{PAGE}{uid}/",
        plain(row.get("title")) or f"PMID {uid}",
        site_id=uid,
        date_published=normalize.iso_date((text(row.get("pubdate")) or "")[:4]),
        facts=facts,
    )
