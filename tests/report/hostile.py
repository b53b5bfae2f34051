"""Puts hostile text into every field of an audit."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from reputation.model import Audit

T = TypeVar("T")

PAYLOADS = (
    "<script>alert('x')</script>",
    "</script></style></title></textarea><img src=x onerror=alert(1)>",
    "\"'><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "{{ 7*7 }}{% raw %}{# x #}",
    "\u202egnp.exe\u2066\x1b]0;x\x07\x00",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "W" * 10_000,
    "\ud800 lone",
    "a\r\nBcc: victim@example.org\r\n\r\nbody",
    "]]></x> `` ![x](javascript:alert(1)) | | ~~~ <!-- --",
    "body{display:none} expression(alert(1))",
)
KEPT = {"id", "quarter"}


def poisoned(audit: Audit, payload: str) -> Audit:
    """Return `audit` with `payload` before every text of every list."""
    return _poison(audit, payload, seen={})


def planted_in(value: T, text: str) -> T:
    """Return one part of an audit with `text` before every text in it."""
    return _poison(value, text, seen={})


def _poison(value: T, payload: str, seen: dict[str, str]) -> T:
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            f.name: _poison(getattr(value, f.name), payload, seen)
            for f in fields(value)
            if f.name not in KEPT and f.name != "confirmed"
        }
        if "platform" in changed and hasattr(value, "drift"):
            changed.pop("platform")  # one of ours, not of the web
            changed.pop("field")
        return replace(value, **changed)
    if isinstance(value, Mapping):
        table: Any = {name: _poison(item, payload, seen) for name, item in value.items()}
        return table  # type: ignore[no-any-return]  # a mapping as before
    if isinstance(value, tuple):
        many: Any = tuple(_poison(item, payload, seen) for item in value)
        return many  # type: ignore[no-any-return]  # a tuple of the same things
    if isinstance(value, str) and not isinstance(value, Enum):
        text: Any = payload + value
        return text  # type: ignore[no-any-return]  # a text as before
    return value


NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SCALARS: dict[Any, Any] = {
    int: 3,
    float: 0.5,
    bool: True,
    datetime: NOW,
    date: NOW.date(),
    type(None): None,
}


def filled(payload: str, turn: int = 0) -> Audit:
    """Return an audit of which every text of every field is `payload`, made from the types alone.

    A field that is added to the model is filled without a word here.  All keys are the same, so that all hangs together;
    `turn` chooses another member of each enumeration.
    """
    audit: Audit = _fill(Audit, payload, turn)
    return audit


def _fill(hint: Any, payload: str, turn: int) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _fill(get_args(hint)[0], payload, turn)
    if origin is tuple:
        args = get_args(hint)
        return tuple(_fill(one, payload, turn) for one in (args[:1] if args[-1] is Ellipsis else args))
    if origin is not None:
        return {}
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{f.name: _fill(hints[f.name], payload, turn) for f in fields(hint)})
    if isinstance(hint, type) and issubclass(hint, Enum):
        members = list(hint)
        return members[turn % len(members)]
    return payload if hint in (str, Any) else SCALARS[hint]


def texts(hint: Any, seen: frozenset[Any] = frozenset()) -> Iterator[tuple[str, str]]:
    """Yield every text field below a type, as the names of its dataclass and of itself."""
    for one in get_args(hint) or (hint,):
        if get_origin(one):
            yield from texts(one, seen)
        elif isinstance(one, type) and is_dataclass(one) and one not in seen:
            hints = get_type_hints(one)
            for f in fields(one):
                if str in (hints[f.name], *get_args(hints[f.name])) or hints[f.name] is Any:
                    yield one.__name__, f.name
                yield from texts(hints[f.name], seen | {one})
