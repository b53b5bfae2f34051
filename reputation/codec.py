"""Turns the model's dataclasses into plain JSON values and back, by their type hints.

`to_plain(from_plain(T, x)) == x` for every type of `model`.  Datetimes are ISO 8601 in UTC with a Z.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Return `value` as dicts, lists, strings, numbers, booleans and None."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_plain(item) for item in value]
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def from_plain(cls: type[T], value: Any) -> T:
    """Return `value`, as `to_plain` gave it, as a `cls`.  Keys that `cls` does not know are dropped."""
    return cast("T", _read(cls, value))


def _read(hint: Any, value: Any) -> Any:
    if value is None or hint is Any:
        return value
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        return _read(inner, value)
    if origin is tuple:
        args = get_args(hint)
        kinds = [args[0]] * len(value) if args[-1] is Ellipsis else args
        return tuple(_read(kind, item) for kind, item in zip(kinds, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {key: _read(get_args(hint)[1], item) for key, item in value.items()}
    return _read_scalar(hint, value)


def _read_scalar(hint: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        hints = _hints(cast("type", hint))
        known = {k: _read(hints[k], v) for k, v in value.items() if k in hints}
        return cast("Any", hint)(**known)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return value
