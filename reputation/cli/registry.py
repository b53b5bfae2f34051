"""What `sources list` and `sources show` print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reputation.errors import UsageError

if TYPE_CHECKING:
    from reputation.config import Network
    from reputation.model import Source


def registered(named: Path | None) -> tuple[Source, ...]:
    """Return the sources of the workspace, where there is one, else the shipped ones."""
    from reputation import config
    from reputation.errors import NoWorkspace
    from reputation.workspace import find_workspace

    try:
        return find_workspace(named).load_sources()
    except NoWorkspace:
        if named:
            raise
        return config.load_sources()


def network_of(named: Path | None) -> Network:
    """Return how the web is reached from the workspace, where there is one."""
    from reputation import config
    from reputation.errors import NoWorkspace
    from reputation.workspace import find_workspace

    try:
        return find_workspace(named).load_network()
    except NoWorkspace:
        return config.Network()


def registry_document(named: Path | None) -> dict[str, Any]:
    """Return the registry as a JSON object."""
    return {"schema_version": 1, "sources": [_entry(source) for source in registered(named)]}


def _entry(source: Source) -> dict[str, Any]:
    from reputation import codec, config

    key = (config.place_of(source.key_env) or "missing") if source.key_env else "not needed"
    return {**codec.to_plain(source), "key": key, "state": _state(source, key)}


def _state(source: Source, key: str) -> str:
    if source.access == "retired":
        return f"retired {source.retired_on or ''}".strip()
    if not source.enabled:
        return "off"
    if key == "missing":
        return f"needs {source.key_env}"
    state = "waits for saved pages" if source.access == "manual" else "ready"
    return f"{state}, ends {source.retired_on}" if source.retired_on else state


def registry_lines(document: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each source."""
    width = max(len(entry["id"]) for entry in document["sources"])
    for entry in document["sources"]:
        yield f"{entry['id']:<{width}}  {entry['category']:<11} {entry['access']:<8} {entry['proved']:<11} {entry['state']}"


def source_lines(named: Path | None, wanted: str) -> Iterator[str]:
    """Yield all that is known of one source, a key a line."""
    from reputation.config.toml import did_you_mean

    entries = {entry["id"]: entry for entry in registry_document(named)["sources"]}
    if wanted not in entries:
        raise UsageError(
            f"there is no source {wanted}{did_you_mean(wanted, entries)}; see `repaudit sources list`"
        )
    for key, value in entries[wanted].items():
        if value not in (None, [], {}, ""):
            yield f"{key}: {value}"
