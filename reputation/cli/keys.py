"""Keys: `key add`, `key test` and `key list`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from reputation.cli.session import put, remind, say

if TYPE_CHECKING:
    from pathlib import Path

    from reputation.model import Source

keys_app = typer.Typer(
    help="Keys of sources: kept in the keyring or a private file, never shown, never in the workspace.\n\n"
    "Example: repaudit key list",
    no_args_is_help=True,
)


def add_to(app: typer.Typer) -> None:
    """Add the key commands to the program."""
    app.add_typer(keys_app, name="key", rich_help_panel="Set-up")


Name = Annotated[str, typer.Argument(help="The key's name, such as SERPAPI_API_KEY, or a source's id.")]


@keys_app.command("list")
def list_keys(
    context: typer.Context,
    wanted: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="One key, by its name or a source's id; else all.")
    ] = None,
) -> None:
    """List every key that a source can use: what it unlocks, what is free, and whether it is here.

    Example: repaudit key list
    """
    from reputation import config

    remind(context)
    one = _known(context.obj, wanted) if wanted else None
    for name, sources in _by_name(context.obj).items():
        if one not in (None, name):
            continue
        place = config.place_of(name)
        put(f"{name}: {'found in ' + place if place else 'not here'}")
        for source in sources:
            optional = " (works without, more slowly)" if source.options.get("key_optional") else ""
            free = f"; {source.options['free']}" if source.options.get("free") else ""
            put(f"  {source.title}{optional}{free}; terms: {source.terms or 'not read'}")
    say("next: repaudit key add NAME")


@keys_app.command("add")
def add_key(context: typer.Context, name: Name) -> None:
    """Keep a key: typed hidden on a terminal, else read from standard input.

    Example: repaudit key add SERPAPI_API_KEY
    """
    from reputation import config
    from reputation.errors import UsageError

    remind(context)
    name = _known(context.obj, name)
    value = (
        typer.prompt(f"{name} (not shown)", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    )
    value = value.strip()
    if not value or any(character.isspace() for character in value):
        raise UsageError(
            f"that is no key: it is empty or holds spaces; copy it again and give it to `repaudit key add {name}`"
        )
    put(f"{name} is kept in {config.keep_key(name, value)}")
    say(f"next: repaudit key test {name}")


@keys_app.command("test")
def test_key(context: typer.Context, name: Name) -> int:
    """Ask one source one question with the key; the only request that this makes.

    Example: repaudit key test SERPAPI_API_KEY
    """
    from reputation import config
    from reputation.cli.probing import probe
    from reputation.errors import UsageError

    remind(context)
    name = _known(context.obj, name)
    if config.find_key(name) is None:
        raise UsageError(f"{name} is not here; add it with `repaudit key add {name}`")
    source = _by_name(context.obj)[name][0]
    status, detail = probe(context.obj, source)
    put(f"{source.title}: {status}{f' ({detail})' if detail else ''}")
    return 0 if status in ("ok", "empty") else 4


def _by_name(named: Path | None) -> dict[str, list[Source]]:
    from reputation.cli.registry import registered

    found: dict[str, list[Source]] = {}
    for source in registered(named):
        if source.key_env:
            found.setdefault(source.key_env, []).append(source)
    return dict(_sorted(found))


def _sorted(found: dict[str, list[Source]]) -> Iterator[tuple[str, list[Source]]]:
    for name in sorted(found):
        yield name, found[name]


def _known(named: Path | None, wanted: str) -> str:
    from reputation.config.toml import did_you_mean
    from reputation.errors import UsageError

    keys = _by_name(named)
    for name, sources in keys.items():
        if wanted.upper() == name or wanted in [source.id for source in sources]:
            return name
    raise UsageError(
        f"no source uses a key called {wanted}{did_you_mean(wanted.upper(), keys)}; see `repaudit key list`"
    )
