"""Where the shipped files are: sources.toml, templates/ and data/.

In a wheel they lie in `reputation/_shipped/` (hatchling's force-include puts them there); in a checkout
and in an editable install beside the package.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@cache
def root() -> Traversable:
    """Return the folder that holds the shipped files."""
    package = files("reputation")
    shipped = package / "_shipped"
    if shipped.is_dir():
        return shipped
    return files("reputation") / ".."


def shipped(name: str) -> Traversable:
    """Return the shipped file or folder at `name`, such as `data/platforms.toml`."""
    place = root()
    for part in name.split("/"):
        place = place / part
    return place


def text(name: str) -> str:
    """Return a shipped file's text (UTF-8)."""
    return shipped(name).read_text(encoding="utf-8")


def data(name: str) -> bytes:
    """Return a shipped file's bytes."""
    return shipped(name).read_bytes()


@cache
def table(name: str) -> dict[str, Any]:
    """Return a shipped TOML file, read once."""
    return tomllib.loads(text(name))


def source_title(source_id: str) -> str:
    """Return a source's name for people: its title in sources.toml, or its id in words where it is the user's own."""
    known = table("sources.toml").get(source_id, {})
    return str(known.get("title") or source_id.replace("-", " ").replace("_", " ").capitalize())
