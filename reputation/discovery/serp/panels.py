"""The panel beside the links of Bing and Brave: a name, what it is, a website, an address, a phone, stars."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote_plus

from reputation.discovery.reading import Page, attribute, lines_of
from reputation.discovery.serp.engine import Engine, query_of
from reputation.discovery.serp.links import target
from reputation.discovery.serp.stars import Stars, stars_in
from reputation.model import Claim, Kind, Mention, Rank
from reputation.normalize import mention_key

_LABELLED = re.compile(r"^(?P<label>address|phone|telephone|website)\s*:?\s+(?P<value>\S.*)$", re.IGNORECASE)
_FIELDS = {"address": "street_address", "phone": "telephone", "telephone": "telephone"}


def panel(box: str, *, name: str, trade: str, website: str) -> Callable[[Page, Engine], Iterator[Mention]]:
    """Return a reader of the panel in `box`; the arguments are CSS selectors, all but `box` within it."""

    def read(page: Page, engine: Engine) -> Iterator[Mention]:
        around = page.first(box)
        title = page.read(name, around) if around is not None else None
        if around is None or title is None:
            return
        lines = lines_of(around)
        site = target(attribute(page.first(website, around), "href"), engine.origin)
        claims = {
            "result_type": "knowledge_panel",
            "name": title,
            "specialty": page.read(trade, around),
            "url": site,
            **_labelled(lines),
        }
        stars = stars_in(" ".join(lines)) or Stars()
        query = query_of(engine, page, page.url)
        address = site or f"{engine.origin}search?q={quote_plus(title)}"
        yield Mention(
            source=engine.id,
            kind=Kind.LISTING,
            url=address,
            title=title,
            key=mention_key(engine.id, None, f"{engine.origin}search?q={quote_plus(title)}&panel=1"),
            rating_value=stars.value,
            best_rating=stars.best,
            rating_count=stars.count,
            review_count=stars.count,
            # Position 0: beside the links, never one of them.
            ranks=(Rank(engine=engine.id, query=query, position=0),) if query else (),
            claims=tuple(Claim(field, value) for field, value in claims.items() if value),
        )

    return read


def _labelled(lines: list[str]) -> dict[str, str | None]:
    """Return the facts in lines such as `Phone: (617) 555-0134`; a label may stand on a line of its own."""
    found: dict[str, str | None] = {}
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        alone = line.rstrip(": ").casefold()
        if alone in _FIELDS and after:
            found.setdefault(_FIELDS[alone], after)
        elif (said := _LABELLED.match(line)) and said["label"].casefold() in _FIELDS:
            found.setdefault(_FIELDS[said["label"].casefold()], said["value"].strip())
    return found
