"""A small reader of JSON Schema (draft 2020-12): the keywords that the shipped schema uses, and no others."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "object": dict,
    "array": list,
}
KNOWN = {
    "$schema", "$defs", "$ref", "title", "description", "type", "properties", "required", "items", "prefixItems",
    "minItems", "maxItems", "anyOf", "enum", "const", "format",
}  # fmt: skip


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> list[str]:
    """Return where `value` breaks `schema`."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        return problems(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    if "anyOf" in schema:
        each = [problems(value, one, root, at) for one in schema["anyOf"]]
        return [] if any(not found for found in each) else [f"{at}: fits none of {len(each)}: {each}"]
    if "const" in schema and value != schema["const"]:
        return [f"{at}: {value!r} is not {schema['const']!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r} is none of {schema['enum']}"]
    if schema.get("type") == "null":
        return [] if value is None else [f"{at}: {value!r} is not null"]
    return _of_type(value, schema, root, at) if "type" in schema else []


def _of_type(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    kind = schema["type"]
    if not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean"):
        return [f"{at}: {value!r} is no {kind}"]
    found = []
    if kind == "object":
        found += [f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in value]
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                found += problems(value[name], inner, root, f"{at}.{name}")
    if kind == "array":
        items = schema.get("prefixItems") or [schema["items"]] * len(value)
        if len(items) != len(value):
            return [f"{at}: {len(value)} items, not {len(items)}"]
        for n, (item, inner) in enumerate(zip(value, items, strict=True)):
            found += problems(item, inner, root, f"{at}[{n}]")
    if schema.get("format") == "date-time":
        datetime.fromisoformat(value)
        assert value.endswith("Z")
    if schema.get("format") == "date":
        date.fromisoformat(value)
    return found
