"""What Google shows beside the links: the panel, the local pack, the AI summary, stories and questions.

A panel may be of another business or person of the same name; it is a listing like any other, and is matched
by its claims.  What is found here never changes how the links are numbered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import quote_plus

from reputation.discovery.reading import Node, Page, attribute, lines_of, text_of
from reputation.discovery.serp.engine import Engine, query_of
from reputation.discovery.serp.hit import is_within
from reputation.discovery.serp.links import target
from reputation.discovery.serp.stars import Stars, date_in, stars_in, whole
from reputation.model import Claim, Kind, Mention, Rank
from reputation.normalize import mention_key

_AI_SUMMARY = re.compile(
    r"(?:search labs \| )?(?:ai overview|visão geral criada por ia|übersicht mit ki|aperçu (?:généré par )?(?:l.)?ia|resumen (?:creado )?(?:por|de) ia"
    r"|vista creada con ia|descripción general creada por ia|panoramica (?:con )?ia|ai-overzicht|przegląd od ai)",
    re.IGNORECASE,
)
_TOP_STORIES = re.compile(
    r"top stories|latest news|news|schlagzeilen|nachrichten|à la une|noticias destacadas|principais notícias|in primo piano"
    r"|topverhalen|главные новости",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+\d[\d\s().-]{7,17}\d|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)")
_MAX_BLOCKS = 40
"""How many entries a block may have: Google shows three places and some ten stories."""


def blocks(page: Page, engine: Engine) -> Iterator[Mention]:
    """Yield the panel, the places of the local pack, the summary, stories and questions, as far as they are there."""
    yield from _panel(page, engine)
    yield from _places(page, engine)
    yield from _summary(page, engine)
    yield from _stories(page, engine)
    yield from _questions(page, engine)


# ---------------------------------------------------------------------------- knowledge panel


def _panel(page: Page, engine: Engine) -> Iterator[Mention]:
    title = page.first("[data-attrid=title]")
    name = text_of(title)
    if title is None or not name:
        return
    around = page.first("#rhs") or page.first(".kp-wholepage, .knowledge-panel") or page.tree.root
    read = _reader(page, around)
    website = next(
        (
            found
            for link in page.css("a.ab_button, a.n1obkb, a.mI8Pwc, [data-attrid*='official_site'] a", around)
            if (found := target(attribute(link, "href"), engine.origin)) and "google." not in found
        ),
        None,
    )
    claims = {
        "result_type": "knowledge_panel",
        "name": name,
        "specialty": read("[data-attrid*='one line summary'], [data-attrid=subtitle]"),
        "telephone": read("[data-attrid*='has_phone'] .LrzXr, [data-attrid*='has_phone']"),
        "street_address": read("[data-attrid*='location:address'] .LrzXr, [data-attrid*='location:address']"),
        "url": website,
    }
    stars = _panel_stars(page, around) or Stars()
    query = query_of(engine, page, page.url)
    # Position 0: beside the links, never one of them.
    ranks = (Rank(engine=engine.id, query=query, position=0),) if query else ()
    yield replace(_listing(engine, claims, stars, _cid(page, around)), ranks=ranks)


def _reader(page: Page, around: Node | None) -> Callable[[str], str | None]:
    def read(selector: str) -> str | None:
        """Return the text without the label before it ("Phone: ")."""
        text = page.read(selector, around) or ""
        return re.sub(r"^[^\W\d_][^:\d]{1,30}:\s+", "", text) or None

    return read


def _panel_stars(page: Page, around: Node | None) -> Stars | None:
    value = page.read(".Aq14fc, [data-attrid*='star_score'] [aria-hidden=true]", around)
    votes = page.read(".hqzQac, [data-attrid*='star_score'] a", around)
    count = whole(votes or "")
    if not value or not count or not re.fullmatch(r"\d[.,]\d", value):
        return None
    return Stars(value=float(value.replace(",", ".")), best=5.0, count=count)


def _cid(page: Page, around: Node | None) -> str | None:
    """Return the place's number on Google Maps: of `data-cid`, or the second half of `data-fid`."""
    given = attribute(page.first("[data-cid]", around), "data-cid")
    if given and given.isdecimal():
        return given
    feature = re.fullmatch(
        r"0x[0-9a-f]{1,16}:0x([0-9a-f]{1,16})", attribute(page.first("[data-fid]", around), "data-fid") or ""
    )
    return str(int(feature[1], 16)) if feature else None


def _listing(engine: Engine, claims: dict[str, str | None], stars: Stars, cid: str | None) -> Mention:
    name = claims["name"] or ""
    url = (
        f"https://www.google.com/maps?cid={cid}"
        if cid
        else f"https://www.google.com/search?q={quote_plus(name)}"
    )
    return Mention(
        source=engine.id,
        kind=Kind.LISTING,
        url=url,
        title=name,
        key=mention_key(engine.id, f"cid-{cid}" if cid else None, url),
        rating_value=stars.value,
        best_rating=stars.best,
        rating_count=stars.count,
        review_count=stars.count,
        claims=tuple(Claim(field, value) for field, value in claims.items() if value),
    )


# ---------------------------------------------------------------------------- local pack

_NAME = ".dbg0pd, .OSrXXb"


def _places(page: Page, engine: Engine) -> Iterator[Mention]:
    for details in page.css(".rllt__details")[:_MAX_BLOCKS]:
        box = _up_to(page, details, _NAME)
        name = page.read(_NAME, box) if box is not None else None
        if (
            box is None
            or name is None
            or is_within(details, frozenset({"tads", "bottomads", "commercial-unit-desktop-top"}))
        ):
            continue
        lines = [line for line in lines_of(details) if line != name]
        claims: dict[str, str | None] = {"result_type": "local_pack", "name": name, **_contact(lines)}
        website = (target(attribute(link, "href"), engine.origin) for link in page.css("a[href^=http]", box))
        claims["url"] = next((found for found in website if found and "google." not in found), None)
        yield _listing(engine, claims, stars_in(" ".join(lines)) or Stars(), _cid_near(page, box))


def _contact(lines: list[str]) -> dict[str, str | None]:
    """Return trade, phone and address out of lines such as `4.4 (38) · Clinic` and `12 Elm St · 617-555-0134`."""
    trade = next((line.split("·")[-1].strip() for line in lines[:2] if ") ·" in line), None)
    for line in lines:
        if found := _PHONE.search(line):
            before = line[: found.start()].strip(" ·-")
            address = before.split("·")[-1].strip() or None
            return {"specialty": trade, "telephone": found[0].strip(), "street_address": address}
    return {"specialty": trade}


def _cid_near(page: Page, box: Node) -> str | None:
    at: Node | None = box
    for _ in range(4):
        if at is None:
            return None
        if given := attribute(at, "data-cid"):
            return given if given.isdecimal() else None
        at = at.parent
    return _cid(page, box)


def _up_to(page: Page, node: Node, selector: str) -> Node | None:
    """Return the nearest element round `node` that holds `selector`; a block is never more than five levels."""
    at: Node | None = node
    for _ in range(5):
        if at is None or page.first(selector, at) is not None:
            return at
        at = at.parent
    return None


# ---------------------------------------------------------------------------- AI summary, top stories


_COLUMNS = ("rso", "search", "center_col", "main", "rcnt")
_RESULTS = "#rso, #search, .tF2Cxc, .g h3"


def _under(page: Page, heading_says: re.Pattern[str]) -> Node | None:
    """Return the block below the first heading that says so."""
    said = (
        node
        for node in page.css("[role=heading], h1, h2, h3, strong")
        if heading_says.fullmatch(text_of(node))
    )
    for heading in islice(said, 3):
        at = heading.parent
        for _ in range(8):
            if at is None or attribute(at, "id") in _COLUMNS or page.first(_RESULTS, at) is not None:
                break
            if len(text_of(at)) > 120 and page.first("a[href]", at) is not None:
                return at
            at = at.parent
    return None


def _summary(page: Page, engine: Engine) -> Iterator[Mention]:
    block = (
        page.first("[data-container-id=main-col]") or page.first("#m-x-content") or _under(page, _AI_SUMMARY)
    )
    if block is None:
        return
    text = " ".join(line for line in lines_of(block) if not _AI_SUMMARY.fullmatch(line))
    # The sources stand beside the text, in a column of their own, and behind pills within it.
    links = [*page.css("a[href]", block), *page.css("[data-container-id=rhs-col] a[href]")]
    found = (target(attribute(link, "href"), engine.origin) for link in links)
    cited = [
        url for url in dict.fromkeys(found) if url and ("google." not in url.split("/")[2] or "/goto?" in url)
    ]
    if len(text) < 40 or not cited:
        return  # "cannot be made at the moment" cites nobody
    # A sealed link (google.com/goto) shows that something is cited, not what.
    citations = [url for url in cited if "/goto?" not in url][:_MAX_BLOCKS]
    asked = query_of(engine, page, page.url) or page.title or "AI summary"
    yield Mention(
        source=engine.id,
        kind=Kind.ANSWER,
        url=f"https://www.google.com/search?q={quote_plus(asked)}",
        title="AI summary",
        key=mention_key(engine.id, None, f"https://www.google.com/search?q={quote_plus(asked)}&udm=summary"),
        text=text,
        claims=(Claim("result_type", "ai_overview"), *(Claim("citation", url) for url in citations)),
    )


def _stories(page: Page, engine: Engine) -> Iterator[Mention]:
    block = _under(page, _TOP_STORIES)
    if block is None:
        return
    for link in page.css("a[href]:has([role=heading]), g-inner-card a[href]", block)[:_MAX_BLOCKS]:
        url = target(attribute(link, "href"), engine.origin)
        title = page.read("[role=heading]", link)
        if url and title:
            lines = [line for line in lines_of(link) if line != title]
            yield Mention(
                source=engine.id,
                kind=Kind.ARTICLE,
                url=url,
                title=title,
                key=mention_key(engine.id, None, url),
                claims=(Claim("result_type", "top_story"),),
                date_published=next((found for line in lines if (found := date_in(line))), None),
            )


def _questions(page: Page, engine: Engine) -> Iterator[Mention]:
    """Yield what people also ask, each with the page that answers it where it was unfolded."""
    for pair in page.css(".related-question-pair")[:_MAX_BLOCKS]:
        asked = attribute(pair, "data-q") or page.read("[data-q], [role=button]", pair)
        if not asked:
            continue
        links = (target(attribute(link, "href"), engine.origin) for link in page.css("a[href]", pair))
        url = next((link for link in links if link), None) or f"{engine.origin}search?q={quote_plus(asked)}"
        yield Mention(
            source=engine.id,
            kind=Kind.ANSWER,
            url=url,
            title=asked,
            key=mention_key(engine.id, None, f"{engine.origin}search?q={quote_plus(asked)}&udm=question"),
            text=page.read("[data-attrid='wa:/description'], .hgKElc, .wDYxhc", pair),
            claims=(Claim("result_type", "people_also_ask"),),
        )
