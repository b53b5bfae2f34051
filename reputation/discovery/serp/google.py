"""Google from 2016 to today, with and without script; what stands beside the links is read in `first_screen`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.discovery.reading import Node, Page, attribute, text_of
from reputation.discovery.serp.engine import Engine, Hit, is_within
from reputation.discovery.serp.first_screen import blocks
from reputation.discovery.serp.stars import date_in, stars_in

_NOT_ORGANIC = frozenset(
    # advertisements, people also ask, the panel, picture and story sections, the links below a result
    [
        "tads",
        "tadsb",
        "tvcap",
        "bottomads",
        "commercial-unit-desktop-top",
        "commercial-unit-desktop-rhs",
        "ads-ad",
        "ad_cclk",
        "uEierd",
        "related-question-pair",
        "g-accordion-expander",
        "related-searches",
        "brs",
        "bres",
        "botstuff-related",
        "rhs",
        "kp-wholepage-osrp",
        "g-section-with-header",
        "g-scrolling-carousel",
        "nrgt",
        "sld",
        "mslg",
        "usJj9c",
        "jmjoTe",
        "osl",
        "HiHjCd",
    ]
)
_BOXES = frozenset(["g", "tF2Cxc", "MjjYud", "ZINbbc", "Gx5Zad", "ezO2md", "rc", "hlcw0c", "web_result"])
_TEXTS = (
    ".VwiC3b, .IsZvec, span.st, .s3v9rd, .lEBKkf, [data-sncf='1'], .BNeawe.s3v9rd, .FrIlee, .aCOpRe, .yDYNvb"
)
_HIGHEST = 9
"""How many elements a result's box may stand above its title (measured: 8)."""


def hits(page: Page) -> Iterator[Hit]:
    """Yield the organic results: every heading that is a link and stands in no other block."""
    seen: set[int] = set()
    for heading in page.css("h3, a.fuLhoc .CVA68e"):
        link = _link_of(heading, page)
        href = attribute(link, "href")
        if link is None or href is None or link.mem_id in seen or is_within(heading, _NOT_ORGANIC):
            continue
        if page.first("[data-text-ad]") is not None and _is_advertisement(heading):
            continue
        seen.add(link.mem_id)
        box = _box_of(heading)
        text = page.read(_TEXTS, box)
        whole = text_of(box) if box is not heading else ""
        yield Hit(
            href=href,
            title=text_of(heading) or href,
            text=text,
            date=date_in(text or ""),
            stars=stars_in(whole.removeprefix(text_of(heading))),
        )


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


def _is_advertisement(heading: Node) -> bool:
    at: Node | None = heading
    while at is not None:
        if "data-text-ad" in at.attributes:
            return True
        at = at.parent
    return False


def _box_of(heading: Node) -> Node:
    """Return the highest element of a result's kind above its title, so that the snippet stands in it."""
    found, at = heading, heading.parent
    for _ in range(_HIGHEST):
        if at is None:
            break
        own = (at.attributes.get("class") or "").split()
        if not _BOXES.isdisjoint(own):
            found = at
            if "g" in own or "tF2Cxc" in own or "Gx5Zad" in own or "ZINbbc" in own or "ezO2md" in own:
                break
        at = at.parent
    return found


_NOTHING = re.compile(
    r"did not match any documents|ne correspond (?:à aucun document|aux termes)|aucun document ne correspond"
    r"|keine mit (?:ihrer|deiner) suchanfrage .{0,300}übereinstimmenden|no (?:obtuvo ningún resultado|se han encontrado resultados para tu)"
    r"|não (?:encontrou nenhum documento|encontrou resultados)|non ha prodotto risultati in nessun documento"
    r"|komt niet overeen met een document|nie znaleziono żadnych|ничего не найдено|inga dokument|ingen dokumenter"
    r"|に一致する情報は見つかりませんでした|找不到和您查询的|找不到符合搜尋字詞",
    re.IGNORECASE | re.DOTALL,
)

GOOGLE = Engine(
    id="google",
    origin="https://www.google.com/",
    address=re.compile(
        r"^(?:www\.|ipv[46]\.|cse\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?/(?:search|sorry|httpservice|webhp)|^consent\.google\."
    ),
    markup="html[itemtype$='schema.org/SearchResultsPage'] body#gsr, #rso, #ires, #search .g h3,"
    " form#captcha-form[action='index'], [src*='/httpservice/retry/enablejs']",
    title=re.compile(
        r"^(?P<query>.+?) [-–] (?:Google[ -]?\S{0,20}|Recherche Google|Pesquisa Google|(?:Buscar|Buscador|Búsqueda)\S* (?:con|de) Google"
        r"|Cerca con Google|Поиск в Google|Szukaj w Google|Sök på Google|Tìm trên Google|Hledat Googlem|Căutare Google)$"
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
