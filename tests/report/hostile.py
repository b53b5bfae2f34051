"""Puts hostile text into every field of an audit."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

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
    if isinstance(value, tuple):
        many: Any = tuple(_poison(item, payload, seen) for item in value)
        return many  # type: ignore[no-any-return]  # a tuple of the same things
    if isinstance(value, str) and not isinstance(value, Enum):
        text: Any = payload + value
        return text  # type: ignore[no-any-return]  # a text as before
    return value
