"""Dissemination: `bio`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reputation.cli.session import deliver, open_workspace, put, say

PANEL = "Dissemination: one story, told everywhere"


class BioFormat(StrEnum):
    """The forms in which a biography can be given."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    JSONLD = "jsonld"
    JSONRESUME = "jsonresume"
    VCARD = "vcard"


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the program."""
    app.command(rich_help_panel=PANEL)(bio)


def bio(
    context: typer.Context,
    platform: Annotated[
        list[str] | None, typer.Option(help="Only this platform; may be given again.")
    ] = None,
    form: Annotated[BioFormat, typer.Option("--format", help="The form to give it in.")] = BioFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A folder; a file where one platform is named.")
    ] = None,
) -> None:
    """Tell the one biography for each platform, within its limits.

    Example: repaudit bio --platform linkedin
    """
    from reputation.cli.biographies import check_platforms, files_of, told

    workspace = open_workspace(context)
    profile = workspace.load_profile()
    check_platforms(platform or [])
    if output is not None and len(platform or []) != 1:
        for name, text in files_of(profile, platform or [], form.value):
            deliver(text, output / name)
        return
    text = told(profile, platform or [], form.value)
    deliver(text, output) if output else put(text.rstrip("\n"))
    say("next: paste it, then let the next audit see whether it stayed the same")
