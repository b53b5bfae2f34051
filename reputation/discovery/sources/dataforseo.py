"""DataForSEO: Google, Bing and Yahoo, one task a request.

Source: https://docs.dataforseo.com/v3/serp/google/organic/live/advanced/.  Errors stand in the task's status_code, inside a 200.
The key is the Base64 text of login:password.
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
    must_rows,
    number,
    plain,
    read_object,
    refusal,
    rows,
    text,
    web,
)
from reputation.discovery.sources.screen import answer, panel, place, story
from reputation.discovery.variants import queries
from reputation.errors import AuthRefused, Quota, Unreadable

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

_NO_RESULTS = 40102
_PANEL = {
    "site": "url",
    "text": "description",
    "type": "sub_title",
    "id": "cid",
    "rating": "rating.value",
    "reviews": "rating.votes_count",
}


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask each engine of `options.engines` in turn for each query; the budget is shared out evenly."""
    engines = [str(name) for name in source.options.get("engines", ("google", "bing", "yahoo"))]
    for query in queries(profile, variants, source.max_requests // max(len(engines), 1)):
        task = {
            "keyword": query.text,
            "language_code": source.options.get("language_code", "en"),
            "location_code": source.options.get("location_code", 2840),
            "device": "desktop",
            "depth": 10,
        }
        for engine in engines:
            yield post(
                source,
                f"/{engine}/organic/live/advanced",
                [task],
                key_in="header:Authorization:Basic ",
                engine=engine,
                query=query.text,
                variant=query.variant,
                context=query.context,
            )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield what each task found; a task that failed raises what its status code means."""
    reply = read_object(capture)
    _check(reply)
    for task in must_rows(reply, "tasks"):
        if task.get("status_code") == _NO_RESULTS:
            continue
        _check(task)
        for found in rows(task, "result"):
            engine = text(found.get("se_type") or at(task, "data.se")) or capture.request.engine
            for item in rows(found, "items"):
                yield from _item(source, capture, item, (engine or "").split("_")[0] or None, _seen(task))


def _seen(task: Row) -> dict[str, str | None]:
    """Return where and with what the result page was seen, as the task repeats it."""
    code = text(at(task, "data.location_code"))
    where = text(at(task, "data.location_name")) or (f"location code {code}" if code else None)
    return {"location": where, "device": text(at(task, "data.device"))}


def _check(row: Row) -> None:
    code, said = row.get("status_code"), text(row.get("status_message")) or ""
    if code in (None, 20000):
        return
    if code in (40100, 40101, 40104):
        raise AuthRefused(f'DataForSEO says "{said}" ({code}); the key is the Base64 text of login:password')
    if code in (40200, 40202, 40203, 40210, 42900):
        raise Quota(f'DataForSEO says "{said}" ({code}); see your balance')
    if isinstance(code, int) and code < 1000:
        raise refusal(code, said)
    raise Unreadable(f'DataForSEO says "{said}" ({code}); try again later')


def _item(
    source: Source, capture: Capture, item: Row, engine: str | None, seen: dict[str, str | None]
) -> Iterator[Mention]:
    kind, url, title = item.get("type"), web(item.get("url")), plain(item.get("title"))
    found: Mention | None = None
    if kind == "organic" and url and title:
        stars = item.get("rating") if isinstance(item.get("rating"), dict) else {}
        found = result(
            source,
            capture,
            url,
            title,
            count(item.get("rank_group")),
            engine=engine,
            text=plain(item.get("description")),
            date_published=day(item.get("timestamp")),
            rating_value=number(at(stars, "value")) or None,
            best_rating=number(at(stars, "rating_max")),
            rating_count=count(at(stars, "votes_count")),
            **seen,
        )
    elif kind == "knowledge_graph":
        found = panel(source, capture, item, _PANEL)
    elif kind in ("local_pack", "map"):
        row = {
            **item,
            "type": None,
            "rating": at(item, "rating.value"),
            "ratingCount": at(item, "rating.votes_count"),
        }
        found = place(source, capture, row, site_id=text(item.get("cid")), url=url)
    elif kind in ("featured_snippet", "answer_box", "ai_overview") and (
        said := plain(item.get("description") or item.get("text"))
    ):
        found = answer(source, capture, str(kind), title or "Answer", said, url=url)
    elif kind == "top_stories":
        for one in rows(item, "items"):
            if news := story(source, capture, {"link": one.get("url"), **one}):
                yield news
    if found:
        yield found
