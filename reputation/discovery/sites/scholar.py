"""Google Scholar: an author's index of citations and publications."""

from __future__ import annotations

import re

from reputation.discovery.numbers import count_of
from reputation.discovery.reading import Node, Page, attribute, text_of
from reputation.discovery.sites import schema_org
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.discovery.sites.social import (
    profile,
)
from reputation.model import Claim, Kind, Mention
from reputation.normalize import mention_key

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return an author's profile with its index of citations, and the publications shown."""
    name = page.read("#gsc_prf_in")
    if name is None:
        return None
    cells = [text_of(node) for node in page.css("#gsc_rsb_st td.gsc_rsb_std")]
    fields = ("citations", "citations_recent", "h_index", "h_index_recent", "i10_index", "i10_index_recent")
    claims: list[tuple[str, str | None]] = [("affiliation", page.read(".gsc_prf_il"))]
    claims += [
        (field, str(count_of(cell)))
        for field, cell in zip(fields, cells, strict=False)
        if count_of(cell) is not None
    ]
    interests = [("knows_about", text_of(node)) for node in page.css("#gsc_prf_int a")]
    return (profile(place, name=name, claims=[*claims, *interests]), *_publications(page, place))


def _publications(page: Page, place: Place) -> list[Mention]:
    return [
        _publication(page, place, row) for row in page.css("tr.gsc_a_tr") if page.first("a.gsc_a_at", row)
    ]


def _publication(page: Page, place: Place, row: Node) -> Mention:
    link = page.first("a.gsc_a_at", row)
    url = page.link(attribute(link, "href")) or place.url
    gray = [text_of(node) for node in page.css(".gs_gray", row)]
    found = _YEAR.search(page.read(".gsc_a_y", row) or "")
    count = count_of(page.read(".gsc_a_c", row))
    claims = [
        Claim("co_author", author.strip())
        for author in (gray[0].split(",") if gray else [])
        if author.strip(" .…")
    ]
    claims += [Claim("publisher", gray[1])] if len(gray) > 1 and gray[1] else []
    claims += [Claim("citations", str(count))] if count is not None else []
    site_id = re.search(r"citation_for_view=([\w:-]+)", url)
    return Mention(
        source=place.source,
        kind=Kind.ARTICLE,
        url=url,
        title=text_of(link),
        key=mention_key(place.source, site_id[1], url)
        if site_id
        else schema_org.part_key(place.source, url, text_of(link)),
        date_published=found[0] if found else None,
        claims=tuple(claims),
    )


SITE = Site(
    source="google-scholar",
    case_matters=True,
    hosts=("scholar.google.",),
    site_id=re.compile(r"[?&]user=([\w-]+)"),
    mark=lambda page: page.first("#gsc_prf_in") is not None,
    read=read,
)
