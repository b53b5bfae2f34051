"""Google Scholar's search, not an author's own page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.discovery.reading import Node, Page, attribute, text_of
from reputation.discovery.serp.engine import Engine
from reputation.discovery.serp.hit import Hit
from reputation.model import Claim

_YEAR = re.compile(r",\s*((?:19|20)\d\d)\s+-|\s-\s((?:19|20)\d\d)\s*-|(?:,|\s-)\s*((?:19|20)\d\d)$")


def hits(page: Page) -> Iterator[Hit]:
    """Yield the results; a [CITATION] has no link of its own and leads to what Scholar says of it."""
    for box in page.css(".gs_r.gs_or, .gs_r:has(> .gs_ri)"):
        heading = page.first("h3.gs_rt, .gs_rt", box)
        href = _href(page, box, heading)
        if heading is None or href is None:
            continue
        by_line = page.read(".gs_a", box) or ""
        year = _YEAR.search(by_line)
        yield Hit(
            href=href,
            title=re.sub(r"^(?:\[[A-Z]+\]\s*)+", "", text_of(heading)),
            text=page.read(".gs_rs", box),
            date=next((part for part in year.groups() if part), None) if year else None,
            claims=tuple(_authors(by_line)),
        )


def _href(page: Page, box: Node, heading: Node | None) -> str | None:
    own = attribute(page.first("a[href]", heading), "href") if heading is not None else None
    return own or attribute(
        page.first(".gs_fl a[href*='cites='], .gs_fl a[href*='cluster='], .gs_fl a[href*='/scholar?']", box),
        "href",
    )


def _authors(by_line: str) -> Iterator[Claim]:
    """Yield the authors of `WD Carrier III - Journal of …, 2003 - ascelibrary.org`."""
    names, dash, _ = by_line.partition(" - ")
    for name in names.split(",") if dash else ():
        if (plain := name.strip(" …")) and not any(letter.isdigit() for letter in plain):
            yield Claim("author", plain)


SCHOLAR = Engine(
    id="google-scholar",
    origin="https://scholar.google.com/",
    address=re.compile(r"^scholar\.google\.[a-z]{2,3}(?:\.[a-z]{2})?/scholar$"),
    markup="#gs_res_ccl, #gs_bdy .gs_r, .gs_r h3.gs_rt, #gs_captcha_f, #gs_bdy:not(:has(#gsc_prf)) .gs_med",
    hits=hits,
    first=("start", 1, 0),
    nothing_says=re.compile(
        r"did not match any articles|ne correspond à aucun article|keine artikel gefunden", re.IGNORECASE
    ),
    wall="#gs_captcha_f, form#captcha-form, #gs_captcha_c",
    wall_says=re.compile(r"unusual traffic|not a robot|automated queries", re.IGNORECASE),
)
