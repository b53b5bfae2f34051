"""What `plan` prints: every request an audit would make, who is asked, and with which names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from reputation.discovery.plan import Planned
    from reputation.workspace import Workspace


_VIEWS = {"patient": "a patient's view", "colleague": "a colleague's view", "both": "anybody's view"}


def plan_document(workspace: Workspace) -> dict[str, Any]:
    """Return the plan as a JSON object: sources with their requests, and third parties with what they see."""
    from reputation import config
    from reputation.discovery.collect import Narrowing
    from reputation.discovery.plan import plan_requests
    from reputation.discovery.variants import name_variants

    profile, sources = workspace.load_settings()
    planned = plan_requests(
        profile, sources, name_variants(profile), has_key=config.has_key, narrowing=Narrowing()
    )
    return {
        "schema_version": 1,
        "requests": sum(len(one.requests) for one in planned),
        "sources": [_source(one) for one in planned],
        "third_parties": _third_parties(planned),
        "indexes": _indexes(planned),
    }


def _source(one: Planned) -> dict[str, Any]:
    from reputation.discovery.views import view_of

    return {
        "source": one.source.id,
        "title": one.source.title,
        "status": one.status.value if one.status else None,
        "reason": one.reason,
        "requests": [
            {
                "method": request.method,
                "url": request.url,
                "engine": request.engine,
                "query": request.query,
                "variant": request.variant,
                "context": request.context,
                "view": view_of(request.context, request.query) if request.query else None,
            }
            for request in one.requests
        ],
    }


def _indexes(planned: tuple[Planned, ...]) -> dict[str, tuple[str, ...]]:
    """Return the independent indexes that would be asked, each with the engines that lean on it."""
    from reputation.discovery.completeness import independent, named_indexes
    from reputation.model import Category

    asked = [one for one in planned if one.requests and one.source.category is Category.SEARCH]
    engines: list[str] = []
    for one in asked:
        engines += filter(None, (request.engine or one.source.engine for request in one.requests))
        # A metasearch asks its engines in one request each.
        engines += [] if one.source.engine else map(str, one.source.options.get("engines", ()))
    return independent(engines, named_indexes(one.source for one in asked))


def _third_parties(planned: tuple[Planned, ...]) -> list[dict[str, Any]]:
    hosts: dict[str, dict[str, Any]] = {}
    for one in planned:
        for request in one.requests:
            name = urlsplit(request.url).netloc
            host = hosts.setdefault(name, {"host": name, "requests": 0, "sources": [], "names": []})
            host["requests"] += 1
            if one.source.id not in host["sources"]:
                host["sources"].append(one.source.id)
            seen = request.variant or request.query
            if seen and seen not in host["names"]:
                host["names"].append(seen)
    return [hosts[name] for name in sorted(hosts)]


def plan_lines(document: dict[str, Any]) -> Iterator[str]:
    """Yield the plan for a reader: who would be asked, then each source."""
    yield f"An audit would make at least {document['requests']} requests; nothing has been sent."
    yield ""
    yield "Who would be asked, and which names they would see:"
    for host in document["third_parties"]:
        names = ", ".join(host["names"][:4]) + (" and others" if len(host["names"]) > 4 else "")
        yield f"  {host['host']}: {_requests(host['requests'])}" + (f"; {names}" if names else "")
    yield ""
    indexes = document["indexes"]
    if indexes:
        yield f"Independent search indexes: {len(indexes)}. Engines on one index do not find independently."
        for index, engines in indexes.items():
            yield f"  {index}: {', '.join(engines)}"
        yield ""
    yield "Each source:"
    for source in document["sources"]:
        count = len(source["requests"])
        how = _requests(count) if count else f"{source['status']}: {source['reason']}"
        yield f"  {source['source']}: {how}"
        for request in source["requests"]:
            seen_by = f"  [{_VIEWS[request['view']]}]" if request["view"] else ""
            yield f"    {request['query'] or request['url']}{seen_by}"


def _requests(count: int) -> str:
    return f"{count} request{'' if count == 1 else 's'}"


def worksheet_text(workspace: Workspace) -> str:
    """Return the prepared list of pages that only a person may open."""
    from reputation import config
    from reputation.discovery.worksheet import as_markdown, stops

    return as_markdown(stops(workspace.load_profile(), workspace.load_sources(), config.has_key))
