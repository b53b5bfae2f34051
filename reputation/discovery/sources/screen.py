"""What stands round the links of a result page: the panel, its stars, the map's places, answers and stories.

Each says in `result_type` what it is.  Only the panel has a rank: position 0, beside the links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from reputation.discovery.sources.mentions import Fact, mention, result
from reputation.discovery.sources.replies import Row, at, count, day, distinct, number, plain, rows, text, web
from reputation.model import Kind, Mention, Rank

if TYPE_CHECKING:
    from reputation.model import Capture, Source

_PAGES = {
    "google": "https://www.google.com/search?q=",
    "bing": "https://www.bing.com/search?q=",
    "yahoo": "https://search.yahoo.com/search?p=",
    "duckduckgo": "https://duckduckgo.com/?q=",
    "brave": "https://search.brave.com/search?q=",
}
_MOST_LINES = 200
STARS = 5.0
"""The scale of the stars that Google, Bing and Brave show."""


def panel(source: Source, capture: Capture, row: Row, names: dict[str, str]) -> Mention | None:
    """Return the knowledge panel in `row`, or None where it has no title.

    `names` tells under which keys the reply holds type, text, site, rating, reviews, phone, address and id.
    """
    title = text(row.get("title") or row.get("name"))
    if title is None:
        return None
    site = web(at(row, names.get("site", "website")))
    query = capture.request.query or title
    kgid = text(at(row, names.get("id", "kgmid")))
    engine = capture.request.engine or source.engine or source.id
    return mention(
        source,
        Kind.LISTING,
        web(row.get("knowledge_graph_search_link")) or site or _page_of(source, capture),
        title,
        site_id=f"panel-{_short(kgid or title)}",
        ranks=(Rank(engine=engine, query=query, position=0),),
        text=plain(at(row, names.get("text", "description"))),
        facts=[
            ("result_type", "knowledge_panel"),
            ("name", title),
            ("specialty", text(at(row, names.get("type", "type")))),
            ("telephone", text(at(row, names.get("phone", "phone")))),
            ("street_address", text(at(row, names.get("address", "address")))),
            ("url", site),
        ],
        **_stars(at(row, names.get("rating", "rating")), at(row, names.get("reviews", "review_count"))),
    )


def place(
    source: Source, capture: Capture, row: Row, *, site_id: str | None, url: str | None
) -> Mention | None:
    """Return one place of the map beside the links, or None where it has no name."""
    title = text(row.get("title") or row.get("name"))
    if title is None:
        return None
    site = web(row.get("website") or at(row, "links.website"))
    reviews = row.get("reviews") if row.get("ratingCount") is None else row.get("ratingCount")
    return mention(
        source,
        Kind.LISTING,
        url or site or _page_of(source, capture),
        title,
        site_id=f"place-{site_id or _short(title + str(row.get('address')))}",
        text=plain(row.get("description")),
        facts=[
            ("result_type", "local_pack"),
            ("name", title),
            ("specialty", text(row.get("type") or row.get("category"))),
            ("street_address", text(row.get("address"))),
            ("telephone", text(row.get("phone") or row.get("phoneNumber"))),
            ("hours", text(row.get("hours"))),
            ("url", site),
        ],
        **_stars(row.get("rating"), reviews),
    )


def _stars(rating: object, reviews: object) -> dict[str, float | int | None]:
    """Return the rating fields; what Google calls reviews counts every star.  Stars of 0 mean that nobody rated."""
    value, votes = number(rating), count(reviews)
    if not value or votes == 0:
        return {"rating_count": votes, "review_count": votes}
    return {"rating_value": value, "best_rating": STARS, "rating_count": votes, "review_count": votes}


def answer(
    source: Source,
    capture: Capture,
    kind: str,
    title: str,
    said: str | None,
    *,
    url: str | None = None,
    cited: Iterable[str | None] = (),
) -> Mention:
    """Return what the engine itself answers: an AI summary, an answer box, or a question that people also ask."""
    query = capture.request.query or ""
    facts: list[Fact] = [("result_type", kind), *(("citation", one) for one in distinct(cited))]
    # The same question on the same page is one thing, whatever was asked; the engine's own words belong to the query.
    whose = f"{title} {url}" if url else f"{query} {title}"
    site_id = f"{kind.replace('_', '-')}-{_short(whose)}"
    return mention(
        source, Kind.ANSWER, url or _page_of(source, capture), title, site_id=site_id, text=said, facts=facts
    )


def blocks_text(value: object) -> str | None:
    """Return the text of an AI summary's nested blocks (`snippet`, `list`, `text_blocks`) in order."""
    found: list[str] = []
    waiting = [value]
    while waiting and len(found) < _MOST_LINES:
        block = waiting.pop()
        if isinstance(block, dict):
            found += [line for name in ("title", "snippet") if (line := plain(block.get(name)))]
            waiting += [block.get("text_blocks"), block.get("list")]
        elif isinstance(block, list):
            waiting += reversed(block)
    return "\n".join(found) or None


def story(source: Source, capture: Capture, row: Row) -> Mention | None:
    """Return one of the top stories, or None where it has no link."""
    url, title = web(row.get("link")), plain(row.get("title"))
    if url is None or title is None:
        return None
    publisher = text(row.get("source")) or text(at(row, "source.name"))
    facts = [("result_type", "top_story"), ("publisher", publisher)]
    return result(source, capture, url, title, None, facts=facts, date_published=day(row.get("date")))


def questions(source: Source, capture: Capture, reply: Row, name: str) -> Iterable[Mention]:
    """Yield the questions that people also ask, each with the page that answers it."""
    for row in rows(reply, name):
        if asked := plain(row.get("question")):
            said = plain(row.get("snippet")) or blocks_text(row.get("text_blocks"))
            yield answer(source, capture, "people_also_ask", asked, said, url=web(row.get("link")))


def _page_of(source: Source, capture: Capture) -> str:
    """Return the address of the result page itself, on the engine that was asked; else of what was asked."""
    page = _PAGES.get(capture.request.engine or source.engine or "")
    return page + quote_plus(capture.request.query or "") if page else capture.request.url


def _short(line: str) -> str:
    return hashlib.sha256(line.casefold().encode()).hexdigest()[:12]
