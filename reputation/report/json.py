"""The audit as one JSON document, schema_version 1, and the JSON Schema that describes it."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from reputation import model
from reputation.codec import to_plain
from reputation.version import __version__

SCHEMA_VERSION = 1
GENERATOR = "repaudit"

_LISTS: Mapping[str, type] = {
    "coverage": model.Coverage,
    "cells": model.Cell,
    "mentions": model.Mention,
    "findings": model.Finding,
    "page_one": model.PageOne,
    "ratings": model.RatingSummary,
    "actions": model.Action,
    "bios": model.Bio,
}
_KEPT_INSIDE: Mapping[type, frozenset[str]] = {
    model.Match: frozenset({"weights"}),
    model.Sentiment: frozenset({"sentences"}),
}
"""Fields that stay out of the export: the arithmetic behind a judgement, which `explain` tells."""

_RENAMED: Mapping[str, str] = {"is_self": "self"}
"""Names that Python cannot well give to a field."""

_ORDER: Mapping[type, Callable[[Any], Any]] = {
    model.Coverage: lambda one: one.source,
    model.Cell: lambda one: (one.source, one.engine, one.query, one.variant or "", one.context or ""),
    model.Mention: lambda one: (one.key, one.source, one.url),
    model.Finding: lambda one: (one.key, one.observed or ""),
    model.PageOne: lambda one: (one.engine, one.query),
    model.RatingSummary: lambda one: (one.source, one.mention_key or ""),
    model.Action: lambda one: (one.priority, one.key),
    model.Bio: lambda one: (one.platform, one.field),
    model.Change: lambda one: (one.subject, one.kind.value, one.key, one.field or ""),
    model.ThemeShare: lambda one: (-one.share, one.name),
    model.ArcPoint: lambda one: one.period,
    model.Event: lambda one: (one.date, one.text),
    model.Rank: lambda one: (one.engine, one.query, one.position),
    model.Evidence: lambda one: (one.sha256, one.url, one.fetched_at),
}


def to_document(audit: model.Audit) -> dict[str, Any]:
    """Return `audit` as the contract's document: every field there, unknown as None, lists in order.

    No reviewer's name is in it: a mention knows initials only.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "generator": {"name": GENERATOR, "version": __version__},
        "audit": _plain(audit.audit),
        "verdict": _plain(audit.verdict),
        **{name: _plain(getattr(audit, name)) for name in ("coverage", "cells", "mentions", "findings")},
        **{name: _plain(getattr(audit, name)) for name in ("page_one", "ratings", "narrative", "actions")},
        "comparison": _plain(audit.comparison),
        "completeness": _plain(audit.completeness),
        "bios": _plain(audit.bios),
    }


def dumps(document: Mapping[str, Any]) -> str:
    """Return a document as text: the same bytes for the same document, ended by a line feed."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        order = _ORDER.get(type(value[0])) if value else None
        return [_plain(item) for item in (sorted(value, key=order) if order else value)]
    if isinstance(value, model.Right):
        return {_RENAMED.get(name, name): item for name, item in to_plain(value).items()}
    if is_dataclass(value) and not isinstance(value, type):
        hidden = _KEPT_INSIDE.get(type(value), frozenset())
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in hidden}
    return to_plain(value)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document, made from the model's own types."""
    defs: dict[str, Any] = {}
    listed = {name: {"type": "array", "items": _of(kind, defs)} for name, kind in _LISTS.items()}
    properties: dict[str, Any] = {
        "schema_version": {"const": SCHEMA_VERSION},
        "generator": _object({"name": {"const": GENERATOR}, "version": {"type": "string"}}),
        "audit": _of(model.AuditHeader, defs),
        "verdict": _of(model.Verdict, defs),
        **listed,
        "narrative": _of(model.Narrative, defs),
        "comparison": {"anyOf": [_of(model.Comparison, defs), {"type": "null"}]},
        "completeness": {"anyOf": [_of(model.Completeness, defs), {"type": "null"}]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A repaudit audit, schema_version 1",
        "description": "Unknown is null, never 0 and never an empty text. Fields may be added.",
        **_object(properties),
        "$defs": dict(sorted(defs.items())),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _of(hint: Any, defs: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(arg, defs) for arg in get_args(hint)]}
    if origin is tuple:
        return _of_tuple(get_args(hint), defs)
    if isinstance(hint, type) and is_dataclass(hint):
        return _of_dataclass(hint, defs)
    if isinstance(hint, type) and issubclass(hint, Enum):
        defs.setdefault(
            hint.__name__, {"enum": [member.value for member in hint], "description": _about(hint)}
        )
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return dict(_SCALARS.get(hint, {}))


_SCALARS: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


def _of_tuple(args: tuple[Any, ...], defs: dict[str, Any]) -> dict[str, Any]:
    if args[-1] is Ellipsis:
        return {"type": "array", "items": _of(args[0], defs)}
    return {
        "type": "array",
        "prefixItems": [_of(arg, defs) for arg in args],
        "minItems": len(args),
        "maxItems": len(args),
    }


def _of_dataclass(kind: type, defs: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in defs:
        defs[name] = {}
        hidden = _KEPT_INSIDE.get(kind, frozenset())
        hints = get_type_hints(kind)
        shown = {
            _RENAMED.get(f.name, f.name): _of(hints[f.name], defs)
            for f in fields(kind)
            if f.name not in hidden
        }
        defs[name] = {"description": _about(kind), **_object(shown)}
    return {"$ref": f"#/$defs/{name}"}


def _about(kind: type) -> str:
    return (kind.__doc__ or "").strip().partition("\n")[0]
