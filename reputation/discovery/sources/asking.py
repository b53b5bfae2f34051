"""Builds requests: base_url with its path kept, what the adapter appends, and parameters in one order.

The same question always has the same bytes, so that a replay finds what was asked before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from reputation.model import Request

if TYPE_CHECKING:
    from reputation.model import Source

JSON = (("Accept", "application/json"),)
JSON_BODY = (("Accept", "application/json"), ("Content-Type", "application/json"))


def get(
    source: Source,
    path: str,
    params: Mapping[str, Any] | None = None,
    *,
    headers: tuple[tuple[str, str], ...] = JSON,
    **more: Any,
) -> Request:
    """Return a GET of `path` below base_url; parameters that are None are left out, the rest are sorted.

    `more` goes into the `Request` as it is.  A key is placed only where the source has one (`key_env`).
    """
    given = sorted((name, str(value)) for name, value in (params or {}).items() if value is not None)
    query = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in given)
    return Request(
        url=_below(source, path) + (f"?{query}" if query else ""), headers=headers, **_key(source, more)
    )


@lru_cache(maxsize=16_384)
def _quoted(text: str) -> str:
    """Return `text` as it stands in a query; the same names and queries go to many sources."""
    return quote_plus(text)


def post(
    source: Source,
    path: str,
    payload: Any,
    *,
    headers: tuple[tuple[str, str], ...] = (),
    **more: Any,
) -> Request:
    """Return a POST of `payload` as JSON with sorted keys to `path` below base_url; else as `get`."""
    body = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return Request(
        url=_below(source, path),
        method="POST",
        headers=(*JSON_BODY, *headers),
        body=body,
        **_key(source, more),
    )


def _below(source: Source, path: str) -> str:
    return (source.base_url or "").rstrip("/") + path


def _key(source: Source, more: dict[str, Any]) -> dict[str, Any]:
    return more if source.key_env else {name: value for name, value in more.items() if name != "key_in"}
