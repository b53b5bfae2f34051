"""The JSON that a page carries for its own scripts: Next.js, React stores, `window.X = {…}`, `JSON.parse("…")`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from reputation.discovery.reading import Page, attribute

_MAX_OBJECTS = 200_000
_MAX_FAILED = 300
"""Values in one script that turn out to be no JSON: each failure counts the lines before it, which would be quadratic."""
_FLIGHT = re.compile(r"self\.__next_f\.push\(\[1,\s*(\"(?:[^\"\\]|\\.)*+\")\s*\]\)", re.DOTALL)
_ROW = re.compile(r"(?<![0-9a-f])[0-9a-f]{1,6}:(?=[\[{])")
_PARSED = re.compile(r"JSON\.parse\(\s*(\"(?:[^\"\\]|\\.)*+\")\s*\)", re.DOTALL)
_ASSIGNED = re.compile(r"[\w.$\]\[\"']{1,200}\s*=\s*(?=\{\s{0,20}[\"}]|\[\s{0,20}[\[{\"\]])")


def read_states(page: Page) -> list[Any]:
    """Return the JSON values in the page's scripts, in page order; what cannot be read is left out."""
    found: list[Any] = []
    flight: list[str] = []
    for node in page.tree.css("script"):
        text = node.text() or ""
        kind = (attribute(node, "type") or "").lower()
        if "json" in kind:
            found.extend(_loaded(text) if kind != "application/ld+json" else [])
            continue
        flight.extend(part for quoted in _FLIGHT.findall(text) for part in _loaded(quoted))
        if "JSON.parse" in text:
            found.extend(
                value
                for quoted in _PARSED.findall(text)
                for part in _loaded(quoted)
                for value in _loaded(part)
            )
        found.extend(_values_at(text, _ASSIGNED))
    return found + _values_at("".join(filter(_is_text, flight)), _ROW)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _loaded(text: str) -> list[Any]:
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError, TypeError):
        return []


def _values_at(text: str, before: re.Pattern[str]) -> list[Any]:
    """Return the JSON values that stand after each match of `before`."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = failed = 0
    while failed < _MAX_FAILED and (start := before.search(text, at)) is not None:
        at = start.end()
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            failed += 1
            continue
        if value:
            found.append(value)
    return found


def objects_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a JSON value, outer first and in order; at most 200,000 values are looked at."""
    stack, seen = [value], 0
    while stack and seen < _MAX_OBJECTS:
        one = stack.pop()
        seen += 1
        if isinstance(one, dict):
            yield one
            stack.extend(reversed(list(one.values())))
        elif isinstance(one, list):
            stack.extend(reversed(one))
