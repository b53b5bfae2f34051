"""Small captures made by hand, for what a recording would tell no better."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from reputation.discovery.adapters import adapter_of
from reputation.model import Access, Capture, Category, Mention, Request, Source


def source(adapter: str, **changes: Any) -> Source:
    """Return a source of a workspace's own table."""
    fields: dict[str, Any] = {
        "id": "here", "title": "Here", "category": Category.RATINGS, "access": Access.API, "adapter": adapter,
        "base_url": "https://directory.example.org",
    }  # fmt: skip
    return Source(**(fields | changes))


def capture(
    body: str | bytes, status: int = 200, url: str = "https://directory.example.org/x", **request: Any
) -> Capture:
    """Return a reply."""
    return Capture(
        source="here",
        request=Request(url=url, **request),
        url=url,
        status=status,
        body=body.encode() if isinstance(body, str) else body,
        sha256="",
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def mentions(of: Source, body: str | bytes, **more: Any) -> list[Mention]:
    """Return the mentions that `of` reads in a reply."""
    return [one for one in adapter_of(of).parse(of, capture(body, **more)) if isinstance(one, Mention)]
