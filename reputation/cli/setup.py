"""Set-up: `init`, `confirm` and `demo`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from reputation.cli.session import deliver, open_workspace, put, say

PANEL = "Set-up"


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the program."""
    app.command(rich_help_panel=PANEL)(start)
    app.command(rich_help_panel=PANEL)(init)
    app.command(rich_help_panel=PANEL)(confirm)
    app.command(rich_help_panel=PANEL)(demo)


def start(
    context: typer.Context,
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The workspace; else a new folder my-audit.")
    ] = None,
    npi: Annotated[str | None, typer.Option(help="Your ten-digit NPI, where you know it.")] = None,
    given: Annotated[str | None, typer.Option(help="Your given name.")] = None,
    family: Annotated[str | None, typer.Option(help="Your family name.")] = None,
    state: Annotated[str | None, typer.Option(help="The state where you practise, such as MA.")] = None,
) -> None:
    """Begin here: the first ten minutes, step by step; leave at any step and go on later.

    Example: repaudit start my-audit --given Jane --family Roe --state MA
    """
    from reputation.cli.beginning import Beginning
    from reputation.cli.starting import First, start_here

    beginning = Beginning(npi=npi, given=given, family=family, is_self=True)
    start_here(directory or context.obj or Path("my-audit"), First(beginning=beginning, state=state))


def init(
    context: typer.Context,
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The new workspace; else the current folder.")
    ] = None,
    npi: Annotated[
        str | None, typer.Option(help="Your ten-digit NPI: the facts are taken from the NPI Registry.")
    ] = None,
    saved: Annotated[
        Path | None, typer.Option("--from", help="A saved reply of the NPI Registry, in place of asking it.")
    ] = None,
    given: Annotated[str | None, typer.Option(help="Given name, where there is no NPI.")] = None,
    family: Annotated[str | None, typer.Option(help="Family name, where there is no NPI.")] = None,
    is_self: Annotated[
        bool, typer.Option("--self", help="The audit is of your own name (the default).")
    ] = False,
    delegate_of: Annotated[
        str | None, typer.Option(help="The audit is for this clinician, who consented today.")
    ] = None,
) -> None:
    """Make a workspace with a commented profile.toml.

    Example: repaudit init my-audit --npi 1234567893
    """
    from reputation.cli.beginning import Beginning, begin_workspace

    order = Beginning(
        npi=npi, saved=saved, given=given, family=family, is_self=is_self, delegate_of=delegate_of
    )
    workspace = begin_workspace(directory or context.obj or Path.cwd(), order, say)
    put(str(workspace.profile))
    say("next: read profile.toml and mend what is wrong, then")
    path = shlex.quote(str(workspace.path))
    say(f"  repaudit --workspace {path} confirm --all")
    say(f"  repaudit --workspace {path} run")


def confirm(
    context: typer.Context,
    fields: Annotated[
        list[str] | None, typer.Argument(metavar="[FIELD]…", help="Such as name, phone or locations.0.phone.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every fact in profile.toml.")] = False,
    card: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html", help="Write the facts on one page, for front desk and credentialing."
        ),
    ] = None,
) -> None:
    """Mark facts of record as confirmed by you, today; an unconfirmed fact is nobody's authority.

    Example: repaudit confirm locations.0.phone
    """
    from datetime import UTC, datetime

    from reputation import config
    from reputation.errors import UsageError

    workspace, today = open_workspace(context), datetime.now(UTC).astimezone().date()
    if fields and everything:
        raise UsageError("name facts or say --all, not both")
    if fields or everything:
        paths = config.confirm(workspace.profile, fields or (), today)
        put(f"confirmed: {', '.join(paths)}")
    if card is not None:
        from reputation.report.card import render_card

        deliver(render_card(workspace.load_profile(), today), card)
    elif fields or everything:
        say("next: repaudit run")
    else:
        _list_facts(workspace.profile)


def _list_facts(path: Path) -> None:
    from reputation import config

    profile = config.load_profile(path)
    for fact in config.fact_paths(profile):
        entry = profile.confirmed.get(fact)
        when = f"confirmed {entry.confirmed_on}" if entry and entry.confirmed_on else "not confirmed"
        origin = f" (from {entry.source}, {entry.as_of})" if entry and entry.source else ""
        put(f"{fact}: {when}{origin}")
    say("next: repaudit confirm --all, or name the facts that are right")


def demo(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where to put it; else a new folder repaudit-demo.")
    ] = None,
) -> None:
    """Make two quarterly audits of an invented clinician, offline, from an embedded web.

    Example: repaudit demo
    """
    from reputation.cli.demonstration import demonstrate

    demonstrate(directory or Path("repaudit-demo"))
