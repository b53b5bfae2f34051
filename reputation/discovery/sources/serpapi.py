"""SerpApi: the result pages of Google, Bing, Yahoo and DuckDuckGo as JSON; `engine` of the table says which.

Source: https://serpapi.com/search-api.  "No results" is an `error` inside a success, and so is a used-up account.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import result
from reputation.discovery.sources.replies import (
    Row,
    at,
    count,
    day,
    distinct,
    number,
    plain,
    read_object,
    rows,
    text,
    web,
)
from reputation.discovery.sources.screen import answer, blocks_text, panel, place, questions, story
from reputation.discovery.variants import queries
from reputation.errors import AuthRefused, Quota, SourceError, Unreadable

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

_ASKED_AS = {"yahoo": "p"}
_LOCALE = {"google": {"gl": "us", "hl": "en"}, "bing": {"cc": "us"}, "duckduckgo": {"kl": "us-en"}}
_NOTHING = "hasn't returned any results"
_SPENT = ("run out of searches", "credit", "throughput", "limit")


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask the engine for each query within the budget, the first page of each."""
    engine = engine_of(source)
    for query in queries(profile, variants, source.max_requests):
        params = {"engine": engine, _ASKED_AS.get(engine, "q"): query.text, "output": "json"}
        params |= _LOCALE.get(engine, {}) | {
            k: str(source.options[k]) for k in ("location", "device") if k in source.options
        }
        yield get(
            source,
            "/search.json",
            params,
            key_in="query:api_key",
            engine=engine,
            query=query.text,
            variant=query.variant,
            context=query.context,
        )


def engine_of(source: Source) -> str:
    """Return the engine that the table names."""
    return source.engine or str(source.options.get("engine", "google"))


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield the panel, the map's places, answers and stories, then the links with their positions."""
    reply = read_object(capture)
    if said := text(reply.get("error")):
        if _NOTHING in said.lower():
            return
        raise _error(said)
    state = str(at(reply, "search_information.organic_results_state") or "").lower()
    known = ("organic_results", "knowledge_graph", "local_results", "answer_box", "top_stories")
    if not any(name in reply for name in known) and "empty" not in state:
        raise Unreadable("the reply holds no part of a result page; see serpapi.com/status and try again")
    yield from _first_screen(source, capture, reply)
    device, location = (
        text(at(reply, "search_parameters.device")),
        text(at(reply, "search_parameters.location_used")),
    )
    for row in rows(reply, "organic_results"):
        url, title = web(row.get("link")), plain(row.get("title"))
        if url and title:
            extensions = at(row, "rich_snippet.top.detected_extensions") or at(
                row, "rich_snippet.bottom.detected_extensions"
            )
            yield result(
                source,
                capture,
                url,
                title,
                count(row.get("position")),
                engine=engine_of(source),
                device=device,
                location=location,
                text=plain(row.get("snippet")),
                date_published=day(row.get("date")),
                **_stars(extensions),
            )


def _error(said: str) -> SourceError:
    low = said.lower()
    if "api key" in low or "api_key" in low:
        return AuthRefused(f'SerpApi says "{said}"; check the key with `repaudit key test`')
    if any(word in low for word in _SPENT):
        return Quota(f'SerpApi says "{said}"; wait, or see the plan of your key')
    return Unreadable(f'SerpApi says "{said}"; try again later')


def _stars(extensions: object) -> dict[str, float | int | None]:
    if not isinstance(extensions, dict) or not number(extensions.get("rating")):
        return {}
    return {
        "rating_value": number(extensions["rating"]),
        "review_count": count(extensions.get("reviews")),
        "rating_count": count(extensions.get("votes")),
    }


def _first_screen(source: Source, capture: Capture, reply: Row) -> Iterator[Mention]:
    graph = reply.get("knowledge_graph")
    found = panel(source, capture, graph, {}) if isinstance(graph, dict) else None
    if found:
        yield found
    local = reply.get("local_results")
    for row in rows(local, "places") if isinstance(local, dict) else rows(reply, "local_results"):
        cid = text(row.get("place_id"))
        url = f"https://www.google.com/maps?cid={cid}" if cid and cid.isdigit() else None
        if spot := place(source, capture, row, site_id=cid, url=url):
            yield spot
    overview = reply.get("ai_overview")
    if isinstance(overview, dict) and (said := blocks_text(overview.get("text_blocks"))):
        cited = [web(one.get("link")) for one in rows(overview, "references")]
        yield answer(source, capture, "ai_overview", "AI summary", said, cited=distinct(cited))
    box = reply.get("answer_box")
    if isinstance(box, dict) and (said := plain(box.get("snippet") or box.get("answer"))):
        yield answer(
            source, capture, "answer_box", plain(box.get("title")) or "Answer", said, url=web(box.get("link"))
        )
    yield from questions(source, capture, reply, "related_questions")
    for row in rows(reply, "top_stories"):
        if news := story(source, capture, row):
            yield news
