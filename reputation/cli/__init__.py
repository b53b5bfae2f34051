"""The command line: parse, call, print.

Heavy imports stand inside the commands, so that `repaudit --help` is instant.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reputation.cli import defense, definition, discovery, disputes, dissemination, keys, reporting, setup

app = typer.Typer(
    name="repaudit",
    help="Audits what the web says about a clinician, once a quarter.\n\n"
    "Begin with `repaudit demo`, then `repaudit init DIR --npi YOUR-NPI` and `repaudit run`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for room in (setup, keys, discovery, definition, dissemination, defense, disputes, reporting):
    room.add_to(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        from reputation.version import __version__

        typer.echo(f"repaudit {__version__}")
        raise typer.Exit


@app.callback()
def workspace_option(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option(help="The folder with profile.toml; else $REPAUDIT_WORKSPACE, else the current folder."),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Keep the workspace that the user named, for the command to open."""
    context.obj = workspace


def main() -> None:
    """Run the command line and leave with the exit codes of the contract; no traceback but for a bug of ours."""
    from reputation.cli.leaving import leave_with

    for stream, errors in ((sys.stdin, "strict"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)
    sys.exit(leave_with(lambda: app(standalone_mode=False)))
