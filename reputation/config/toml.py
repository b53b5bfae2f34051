"""Reads TOML files so that every mistake can be told with its line and a suggestion."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reputation.errors import ConfigError, Problem

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """Return the tables of the TOML file at `path`, and its text.

    Raises:
        ConfigError: where it is missing, unreadable, not UTF-8 or not TOML; the line is named.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        what = "it is not there; write one with `repaudit init`"
        raise ConfigError([Problem(file=path, key="", what=what)]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        what = "it is not UTF-8 text; save it as UTF-8"
        raise ConfigError([Problem(file=path, line=line, key="", what=what)]) from error
    except OSError as error:
        what = f"it cannot be read: {error.strerror}; see who may read it"
        raise ConfigError([Problem(file=path, key="", what=what)]) from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        line = int(found[1]) if found and found[1] else len(text.splitlines())
        said = _PLACE.sub("", str(error))
        hint = 'text stands in double quotes, dates as 2026-11-21, lists as ["a", "b"]'
        raise ConfigError(
            [Problem(file=path, line=line, key="", what=f"not TOML ({said}); {hint}")]
        ) from error


def line_of(text: str, location: Iterable[str | int]) -> int | None:
    """Return the line (1..) on which the key at `location` stands, or that of the nearest table above it."""
    lines = key_lines(text)
    path = tuple(location)
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Return for each table and key of a TOML text the line (1..) on which it stands."""
    lines: dict[tuple[str | int, ...], int] = {}
    counts: dict[str, int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            parts = _split(header[2])
            table = parts
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], -1) + 1
                table = (*parts, counts[header[2]])
            lines.setdefault(table, number)
            lines.setdefault(parts, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_split(key[1])), number)
    return lines


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in re.findall(r'"[^"]*"|\'[^\']*\'|[^.]+', dotted))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?`, or the known words where none is near, or nothing where they are many."""
    known = sorted(known)
    near = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    if near:
        return f"; did you mean `{near[0]}`?"
    return f"; known here: {', '.join(known)}" if 0 < len(known) <= 20 else ""


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return `below` with the single keys of `above` laid over it, tables inside likewise."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = merge(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged
