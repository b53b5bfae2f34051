"""Turns the model's dataclasses into plain JSON values and back, by their type hints.

`to_plain(from_plain(T, x)) == x` for every type of `model`.  Datetimes are ISO 8601 in UTC with a Z.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
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


def from_plain(cls: type[T], value: Any) -> T:
    """Return `value`, as `to_plain` gave it, as a `cls`.  Keys that `cls` does not know are dropped."""
    read = _reader(cast("Any", cls))
    return cast("T", value if read is None or value is None else read(value))


Reader = Callable[[Any], Any]


@cache
def _reader(hint: Any) -> Reader | None:
    """Return what turns a plain value into a `hint`, made once a type; None where it stays as it is."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (arg for arg in args if arg is not type(None))
        return _reader(inner)
    if origin is tuple:
        return _tuple_reader(args)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_reader(_reader(args[1]))
    if dataclasses.is_dataclass(hint):
        return _dataclass_reader(cast("type", hint))
    if hint is datetime or hint is date:
        return cast("Reader", hint.fromisoformat)
    return hint if isinstance(hint, type) and issubclass(hint, Enum) else None


def _tuple_reader(args: tuple[Any, ...]) -> Reader:
    if args[-1] is Ellipsis:
        read = _reader(args[0])
        if read is None:
            return tuple
        return lambda value: tuple([None if item is None else read(item) for item in value])
    readers = [_reader(arg) for arg in args]
    return lambda value: tuple(
        [
            item if read is None or item is None else read(item)
            for read, item in zip(readers, value, strict=True)
        ]
    )


def _mapping_reader(read: Reader | None) -> Reader | None:
    if read is None:
        return None
    return lambda value: {key: None if item is None else read(item) for key, item in value.items()}


def _dataclass_reader(cls: type) -> Reader:
    readers: dict[str, Reader | None] = {}

    def read(value: Mapping[str, Any]) -> Any:
        if not readers:  # at first use, since a type may hold itself
            readers.update({name: _reader(hint) for name, hint in typing.get_type_hints(cls).items()})
        known = {
            name: item if item is None or (inner := readers[name]) is None else inner(item)
            for name, item in value.items()
            if name in readers
        }
        return cls(**known)

    return read
