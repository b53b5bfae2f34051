"""Reads sources.toml: the shipped table of sources with the workspace's own laid over it key by key."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reputation import codec, resources
from reputation.config.schema import NetworkTable, SourceTable, problems_in
from reputation.config.toml import did_you_mean, line_of, merge, read_toml
from reputation.errors import ConfigError, Problem
from reputation.model import Source

NEEDED = ("title", "category", "access", "adapter")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """How the web is reached from here."""

    proxy: str | None = None
    ca_file: Path | None = None


def load_sources(
    path: Path | str | None = None, *, fault_of: Callable[[Source], str | None] = lambda _: None
) -> tuple[Source, ...]:
    """Return every source, in the order of sources.toml, with the tables of the file at `path` laid over.

    `fault_of` says what only the rooms above know to be wrong with the adapter of a table in that file.

    Raises:
        ConfigError: where the file is not there; with every mistake in it.
    """
    shipped = resources.table("sources.toml")
    own, text = _own(path)
    file = Path(path) if path else Path("sources.toml")
    problems: list[Problem] = []
    found: list[Source] = []
    for name in [*shipped, *(name for name in own if name not in shipped)]:
        table = own.get(name, {})
        if complaint := _complaint(name, table, shipped):
            problems.append(Problem(file=file, line=line_of(text, [name]), key=name, what=complaint))
            continue
        try:
            checked = SourceTable.model_validate(merge(shipped.get(name, {}), table))
        except ValidationError as error:
            problems += problems_in(error, file, text, SourceTable, above=[name])
            continue
        plain = codec.to_plain(checked.model_dump())
        source = codec.from_plain(Source, {**plain, "id": name, "trusted_host": "base_url" in table})
        if "adapter" in table and (fault := fault_of(source)):
            line = line_of(text, [name, "adapter"])
            problems.append(Problem(file=file, line=line, key=f"{name}.adapter", what=fault))
        found.append(source)
    if problems:
        raise ConfigError(problems)
    return tuple(found)


def load_network(path: Path | str | None) -> Network:
    """Return the `[network]` table of the workspace's sources.toml.

    Raises:
        ConfigError: where it holds a mistake, or names a CA file that is not there.
    """
    if path is None or not Path(path).is_file():
        return Network()
    tables, text = read_toml(Path(path))
    try:
        checked = NetworkTable.model_validate(tables.get("network", {}))
    except ValidationError as error:
        raise ConfigError(problems_in(error, Path(path), text, NetworkTable, above=["network"])) from None
    ca_file = Path(path).parent / Path(checked.ca_file).expanduser() if checked.ca_file else None
    if ca_file and not ca_file.is_file():
        what = f"there is no file {ca_file}; name the certificate authority's PEM file"
        line = line_of(text, ["network", "ca_file"])
        raise ConfigError([Problem(file=path, line=line, key="network.ca_file", what=what)])
    return Network(proxy=checked.proxy, ca_file=ca_file)


def sources_digest(sources: Iterable[Source]) -> str:
    """Return the SHA-256 (hex) of the registry as it was when the audit was made."""
    return hashlib.sha256(json.dumps(codec.to_plain(tuple(sources)), sort_keys=True).encode()).hexdigest()


def _own(path: Path | str | None) -> tuple[dict[str, Any], str]:
    if path is None:
        return {}, ""
    if not Path(path).exists():
        what = "it is not there; name a sources.toml that is, or none for the shipped sources"
        raise ConfigError([Problem(file=path, key="", what=what)])
    tables, text = read_toml(Path(path))
    tables.pop("network", None)
    return tables, text


def _complaint(name: str, table: Any, shipped: Mapping[str, Any]) -> str | None:
    if not isinstance(table, Mapping):
        return f"must be a table; write [{name}] and its keys below it"
    if name in shipped:
        return None
    missing = [key for key in NEEDED if key not in table]
    if missing:
        new = f"a new source needs {', '.join(missing)} as well"
        return f"there is no source `{name}`{did_you_mean(name, shipped)}; {new}"
    if not _ID.fullmatch(name):
        return "a source's id is lower-case letters, digits and hyphens"
    return None
