"""Google from 2016 to today, with and without script; what stands beside the links is read in `first_screen`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

from reputation.discovery.reading import Node, Page, attribute, text_of
from reputation.discovery.serp.engine import Engine
from reputation.discovery.serp.first_screen import blocks
from reputation.discovery.serp.hit import Hit, above, is_within
from reputation.discovery.serp.links import target
from reputation.discovery.serp.stars import date_in, stars_in
from reputation.model import Claim

_NOT_ORGANIC = frozenset(
    (
        *("tads", "tadsb", "tvcap", "bottomads", "ads-ad", "ad_cclk", "uEierd"),
        *("commercial-unit-desktop-top", "commercial-unit-desktop-rhs"),
        *("related-question-pair", "g-accordion-expander", "related-searches", "brs", "bres"),
        *("rhs", "g-section-with-header", "g-scrolling-carousel"),
        *("nrgt", "sld", "mslg", "usJj9c", "jmjoTe"),
    )
)
"""Classes, ids and elements of what is no link of its own: advertisements, people also ask, related searches,
the panel, sections of pictures, videos and stories, and the further links below a result."""
_BOXES = frozenset(("g", "tF2Cxc", "ZINbbc", "Gx5Zad", "ezO2md", "mnr-c", "xpd"))
"""Classes of the box round one result, by age: 2016-2021, since 2021, without script, lite, on a telephone."""
_HEADINGS = (
    "h3, a.fuLhoc .CVA68e",
    "#rso a[href] [role=heading][aria-level='3'], #rso a.C8nzq [role=heading], #rso a[role=presentation] [role=heading], a.WlydOe [role=heading]",
)
"""Titles: on a screen and without script; on a telephone and under News."""
_TEXTS = (
    ".VwiC3b, .IsZvec, span.st, .s3v9rd, .lEBKkf, [data-sncf='1'], .BNeawe.s3v9rd, .FrIlee, .aCOpRe, .yDYNvb"
)


def hits(page: Page) -> Iterator[Hit]:
    """Yield the organic results: every heading that is a link and stands in no other block."""
    advertisements = {node.mem_id for node in page.css("[data-text-ad]")}
    for selector in _HEADINGS:
        seen: set[int] = set()
        found = False
        for heading in page.css(selector):
            link = _link_of(heading, page)
            href = attribute(link, "href")
            if link is None or href is None or link.mem_id in seen or _is_elsewhere(heading, advertisements):
                continue
            seen.add(link.mem_id)
            found = found or target(href, "https://www.google.com/") is not None
            yield _hit(page, heading, href)
        if found:
            return


def _hit(page: Page, heading: Node, href: str) -> Hit:
    box = _box_of(heading)
    title = text_of(heading)
    text = page.read(_TEXTS, box) if box is not None else None
    hit = Hit(
        href=href,
        title=title or href,
        text=text,
        date=date_in(text or ""),
        stars=stars_in(text_of(box).removeprefix(title)) if box is not None else None,
    )
    return _unsealed(page, box, hit) if box is not None and _SEALED.search(href) else hit


_SEALED = re.compile(r"^(?:https?://(?:www\.)?google\.[a-z.]{2,6})?/goto\?")
_WHOLE = re.compile(r"https?://[^\s›…]+")


def _unsealed(page: Page, box: Node, hit: Hit) -> Hit:
    """Return a result whose link is sealed (since summer 2026) with all that its box tells of where it leads.

    A home page is printed whole, and the link to its translation holds the address.  Of other pages only the trail is
    printed: such a result keeps its link, and is known again by trail and title, since the seal is new each time.
    """
    shown = page.read("cite", box) or ""
    translated = attribute(page.first("a[href*='translate.google.'][href*='u=']", box), "href")
    inner = parse_qs(urlsplit(translated).query).get("u", [""])[0] if translated else ""
    if _WHOLE.fullmatch(inner):
        return replace(hit, href=inner)
    if _WHOLE.fullmatch(shown):
        return replace(hit, href=shown)
    if not shown.startswith("http"):
        return hit
    identity = f"{shown.split()[0]}/?{urlencode({'trail': shown, 'title': hit.title})}"
    return replace(hit, identity=identity, claims=(Claim("display_url", shown),))


def _link_of(heading: Node, page: Page) -> Node | None:
    """Return the link that a heading is in (2019 on), or that is in it (until 2018)."""
    at: Node | None = heading
    for _ in range(4):
        if at is None:
            break
        if at.tag == "a":
            return at
        at = at.parent
    return page.first("a[href]", heading)


def _is_elsewhere(heading: Node, advertisements: set[int]) -> bool:
    """Whether a heading stands in an advertisement or in another block than the results."""
    if is_within(heading, _NOT_ORGANIC):
        return True
    return bool(advertisements) and any(node.mem_id in advertisements for node in above(heading))


def _box_of(heading: Node) -> Node | None:
    """Return the box of the result round its title, in which the snippet stands; None where there is none."""
    for node in above(heading):
        if not _BOXES.isdisjoint((node.attributes.get("class") or "").split()):
            return node
    return None


_NOTHING = re.compile(
    r"did not match any documents|aren.t (?:any|many) great matches for your search|ne correspond (?:à aucun document|aux termes)|aucun document ne correspond"
    r"|keine mit (?:ihrer|deiner) suchanfrage .{0,300}übereinstimmenden|no (?:obtuvo ningún resultado|se han encontrado resultados para tu)"
    r"|não (?:encontrou nenhum documento|encontrou resultados)|non ha prodotto risultati in nessun documento"
    r"|komt niet overeen met een document|nie znaleziono żadnych|ничего не найдено|inga dokument|ingen dokumenter"
    r"|matchade inte några dokument|matchede ikke nogen dokument|samsvarte ikke med noen|ei vastannut yhtään|nie została odnaleziona"
    r"|hiçbir (?:doküman|belge|arama sonucu)|검색결과가 없습니다|neodpovídá žádn|egyetlen dokumentum|لم ينتج عن بحثك|לא תאם|не знайдено"
    r"|tidak cocok dengan dokumen|không khớp với|nu corespunde niciunui"
    r"|に一致する情報は見つかりませんでした|找不到和您查询的|找不到符合搜尋字詞",
    re.IGNORECASE | re.DOTALL,
)

GOOGLE = Engine(
    id="google",
    origin="https://www.google.com/",
    address=re.compile(
        r"^(?:www\.|ipv[46]\.|cse\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?/(?:search|sorry|httpservice|webhp)|^consent\.google\."
    ),
    markup="html[itemtype$='schema.org/SearchResultsPage'] body#gsr, #rso, #ires, #search .g h3, #main .ZINbbc, #main .Gx5Zad, .ezO2md a.fuLhoc,"
    " form#captcha-form[action='index'], [src*='/httpservice/retry/enablejs'], [content*='/httpservice/retry/enablejs'],"
    " [href*='/httpservice/retry/enablejs'], form[action*='//consent.google.']",
    title=re.compile(
        r"^(?P<query>.+?) [-–] (?:Google (?:Search|zoeken|Arama|検索|搜索|搜尋|검색|Penelusuran)|Google-(?:Suche|søk|søgning|haku|keresés)"
        r"|(?:Recherche|Pesquisa|Penelusuran|Căutare|Carian) Google|(?:Buscar|Cerca|Пошук|Поиск|Szukaj|Sök|Tìm|Hledat|Ara)\S* \S{1,4} Google\S*"
        r"|بحث Google|חיפוש ב-Google)$"
    ),
    hits=hits,
    blocks=blocks,
    first=("start", 1, 0),
    nothing_says=_NOTHING,
    wall="form#captcha-form, #recaptcha.g-recaptcha, form[action*='consent.google'], [src*='/httpservice/retry/enablejs'],"
    " [content*='/httpservice/retry/enablejs'], [href*='/httpservice/retry/enablejs']",
    wall_says=re.compile(
        r"unusual traffic from your computer network|before you continue to google|bevor (?:sie|du) zu google"
        r"|avant d.accéder à google|antes de (?:ir a|continuar)|if you're having trouble accessing google search",
        re.IGNORECASE,
    ),
)
