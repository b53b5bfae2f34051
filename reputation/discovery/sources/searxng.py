"""SearXNG, the user's own: many engines at once, merged, with the names of those that did not answer.

Source: https://docs.searxng.org/dev/search_api.html.  JSON must be switched on (`search.formats`), else the answer is 403.
A result keeps all its engines and positions; the server does not promise that both lists go in step, so where their
lengths differ each engine is given the best position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reputation.discovery.adapters import Skip
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import mention
from reputation.discovery.sources.replies import (
    Row,
    at,
    blank_free,
    count,
    day,
    items,
    must_rows,
    plain,
    read_object,
    rows,
    web,
)
from reputation.discovery.sources.screen import answer
from reputation.discovery.variants import queries
from reputation.discovery.views import view_of
from reputation.errors import Blocked
from reputation.model import Cell, CoverageStatus, Kind, Rank

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask her instance for each query within the budget."""
    if not source.base_url:
        raise Skip("no base_url; name your own instance in sources.toml under [searxng]")
    engines = ",".join(str(name) for name in source.options.get("engines", ()))
    for query in queries(profile, variants, source.max_requests):
        params = {"q": query.text, "format": "json", "language": "en", "engines": engines or None}
        yield get(source, "/search", params, query=query.text, variant=query.variant, context=query.context)


def parse(source: Source, capture: Capture) -> Iterator[Mention | Cell]:
    """Yield every result with a rank for each engine that had it, and how each engine answered.

    Raises:
        Blocked: there is no result and engines did not respond.
    """
    if capture.status == 403:
        raise Blocked('the instance refuses JSON (403); add "json" to search.formats in its settings.yml')
    reply = read_object(capture)
    results = must_rows(reply, "results")
    query = capture.request.query or str(reply.get("query") or "")
    silent = dict(_unresponsive(reply.get("unresponsive_engines")))
    heard: dict[str, None] = {}
    for row in results:
        engines = _engines(row)
        heard |= dict.fromkeys(engines)
        if (url := web(row.get("url"))) and (title := plain(row.get("title"))):
            yield mention(
                source,
                Kind.RESULT,
                url,
                title,
                ranks=_ranks(row, engines, query),
                text=plain(row.get("content")),
                date_published=day(row.get("publishedDate")),
            )
    yield from _boxes(source, capture, reply)
    yield from _cells(source, capture, query, heard, silent, nothing=not results)
    if not results and silent:
        names = ", ".join(f"{name} ({why})" for name, why in silent.items())
        raise Blocked(f"no result, and these engines did not respond: {names}; try later or other engines")


def _engines(row: Row) -> list[str]:
    named = [name for name in items(row, "engines") if isinstance(name, str)]
    return named or [name for name in (row.get("engine"),) if isinstance(name, str)]


def _ranks(row: Row, engines: list[str], query: str) -> tuple[Rank, ...]:
    positions = blank_free(count(one) for one in items(row, "positions"))
    if not positions:
        return ()
    if len(positions) != len(engines):
        positions = [min(positions)] * len(engines)
    return tuple(
        Rank(engine=name, query=query, position=at_, signed_in=False)
        for name, at_ in zip(engines, positions, strict=True)
        if at_
    )


def _unresponsive(value: Any) -> Iterator[tuple[str, str]]:
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, list) and entry and isinstance(entry[0], str):
            yield entry[0], str(entry[1]) if len(entry) > 1 else "no reason given"


def _cells(
    source: Source,
    capture: Capture,
    query: str,
    heard: dict[str, None],
    silent: dict[str, str],
    *,
    nothing: bool,
) -> Iterator[Cell]:
    asked = [str(name) for name in source.options.get("engines", ())]
    honoured = any(name in heard or name in silent for name in asked)
    # An engine that is not named at all found nothing, or the instance does not have it: said only where the reply
    # shows that the choice of engines was honoured, and never when everything is silent.
    others = (
        []
        if not honoured or (nothing and silent)
        else [n for n in asked if n not in heard and n not in silent]
    )
    statuses: list[tuple[str, CoverageStatus, str | None]]
    statuses = [(name, CoverageStatus.OK, None) for name in heard if name not in silent]
    statuses += [(name, _status(why), why) for name, why in silent.items()]
    statuses += [(name, CoverageStatus.EMPTY, "not named in the reply") for name in others]
    for name, status, why in statuses:
        yield Cell(
            source=source.id,
            engine=name,
            query=query,
            status=status,
            detail=why,
            variant=capture.request.variant,
            context=capture.request.context,
            view=view_of(capture.request.context, query),
        )


def _status(why: str) -> CoverageStatus:
    low = why.lower()
    if "too many requests" in low or "quota" in low:
        return CoverageStatus.QUOTA
    if re.search(r"captcha|denied|suspended|blocked|forbidden|403", low):
        return CoverageStatus.BLOCKED
    return CoverageStatus.FAILED


def _boxes(source: Source, capture: Capture, reply: Row) -> Iterator[Mention]:
    for box in rows(reply, "infoboxes"):
        if name := plain(box.get("infobox")):
            url = web(box.get("id")) or web(at(box, "urls.0.url"))
            yield answer(source, capture, "infobox", name, plain(box.get("content")), url=url)
