"""Serper: Google's result pages, news and places as JSON.

Source: https://serper.dev/ and recorded replies.  A used-up account answers 429 or 400 with a `message`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import post
from reputation.discovery.sources.mentions import result
from reputation.discovery.sources.replies import (
    Row,
    at,
    count,
    day,
    number,
    plain,
    read_object,
    rows,
    text,
    web,
)
from reputation.discovery.sources.screen import answer, panel, place, questions, story
from reputation.discovery.variants import queries
from reputation.errors import AuthRefused, Quota, Unreadable

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

_PARTS = ("organic", "news", "places", "knowledgeGraph", "answerBox", "peopleAlsoAsk", "searchParameters")


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask Google for each query within the budget, the first page of each."""
    for query in queries(profile, variants, source.max_requests):
        payload = {"q": query.text, "gl": "us", "hl": "en"}
        if "location" in source.options:
            payload["location"] = str(source.options["location"])
        yield post(
            source,
            "/search",
            payload,
            key_in="header:X-API-KEY",
            engine="google",
            query=query.text,
            variant=query.variant,
            context=query.context,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield the panel, answers, stories and places, then the links (or news) with their positions."""
    reply = read_object(capture)
    if said := text(reply.get("message") or reply.get("error")):
        low = said.lower()
        if "unauthorized" in low or "api key" in low:
            raise AuthRefused(f'Serper says "{said}"; check the key with `repaudit key test`')
        if "credit" in low or "limit" in low:
            raise Quota(f'Serper says "{said}"; see the plan of your key')
        raise Unreadable(f'Serper says "{said}"; try again later')
    if not any(name in reply for name in _PARTS):
        raise Unreadable("the reply holds no part of a result page; Serper may have changed its form")
    yield from _first_screen(source, capture, reply)
    for row in [*rows(reply, "organic"), *rows(reply, "news")]:
        url, title = web(row.get("link")), plain(row.get("title"))
        if url and title:
            yield result(
                source,
                capture,
                url,
                title,
                count(row.get("position")),
                engine="google",
                location=text(at(reply, "searchParameters.location") or at(reply, "searchParameters.gl")),
                text=plain(row.get("snippet")),
                date_published=day(row.get("date")),
                rating_value=number(row.get("rating")) or None,
                rating_count=count(row.get("ratingCount")),
                facts=[("publisher", text(row.get("source")))],
            )


def _first_screen(source: Source, capture: Capture, reply: Row) -> Iterator[Mention]:
    graph = reply.get("knowledgeGraph")
    names = {
        "rating": "rating",
        "reviews": "ratingCount",
        "phone": "attributes.Phone",
        "address": "attributes.Address",
    }
    found = panel(source, capture, graph, names) if isinstance(graph, dict) else None
    if found:
        yield found
    box = reply.get("answerBox")
    if isinstance(box, dict) and (said := plain(box.get("snippet") or box.get("answer"))):
        yield answer(
            source, capture, "answer_box", plain(box.get("title")) or "Answer", said, url=web(box.get("link"))
        )
    yield from questions(source, capture, reply, "peopleAlsoAsk")
    for row in rows(reply, "topStories"):
        if news := story(source, capture, row):
            yield news
    for row in rows(reply, "places"):
        cid = text(row.get("cid"))
        url = f"https://www.google.com/maps?cid={cid}" if cid else None
        if spot := place(source, capture, row, site_id=cid, url=url):
            yield spot
