"""Dissemination: `bio` and `calendar`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reputation.cli.session import chosen_audit, deliver, open_audits, open_workspace, say

if TYPE_CHECKING:
    from reputation.dissemination.exports import Export
    from reputation.model import Bio, Mention, Profile
    from reputation.workspace import Workspace

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


_OF_A_FIELD = frozenset({BioFormat.TEXT, BioFormat.HTML, BioFormat.MARKDOWN, BioFormat.JSON})
"""The forms that hand out texts to be pasted; the others tell the person whole."""


class System(StrEnum):
    """What can start the quarterly audit."""

    CRON = "cron"
    SYSTEMD = "systemd"
    LAUNCHD = "launchd"
    WINDOWS = "windows"


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the program."""
    app.command(rich_help_panel=PANEL)(bio)
    app.command(rich_help_panel=PANEL)(presence)
    app.command(rich_help_panel=PANEL)(calendar)


def bio(
    context: typer.Context,
    platform: Annotated[
        list[str] | None, typer.Option(help="Only this platform; may be given again.")
    ] = None,
    form: Annotated[BioFormat, typer.Option("--format", help="The form to give it in.")] = BioFormat.TEXT,
    length: Annotated[
        int | None, typer.Option(min=1, help="At most so many of the platform's own units, below its limit.")
    ] = None,
    drift: Annotated[
        bool, typer.Option("--drift", help="Instead, what each platform shows now against what it should.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A folder; a file where one platform is named.")
    ] = None,
) -> None:
    """Tell the one biography for each platform, within its limits; what is handed out is remembered.

    Example: repaudit bio --platform linkedin
    """
    from reputation.dissemination.candour import warnings_about
    from reputation.dissemination.formats import bio_files, format_bio
    from reputation.dissemination.platforms import platform as platform_named

    workspace = open_workspace(context)
    profile = workspace.load_profile()
    wanted = [platform_named(name).id for name in platform or []]
    if drift:
        from reputation.cli.presenting import deliver_drift

        deliver_drift(workspace, profile, wanted, output, as_json=form is BioFormat.JSON)
        return
    bios = [bio for bio in _bios(workspace, profile) if not wanted or bio.platform in wanted]
    if length is not None:
        bios = _shortened(profile, bios, length)
    if output is None or len(wanted) == 1:
        deliver(format_bio(profile, bios, form.value), output)
    else:
        for name, text in bio_files(profile, bios, form.value).items():
            deliver(text, output / name)
    if form in _OF_A_FIELD and (output is not None or wanted):
        _remember(workspace, profile, bios)
    for warning in warnings_about(profile, bios):
        say(f"note: {warning}")
    say("next: paste it, then let the next audit see whether it stayed the same: `repaudit bio --drift`")


def _shortened(profile: Profile, bios: list[Bio], length: int) -> list[Bio]:
    """Return the biography fields among `bios`, told again in at most `length` of their units."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from reputation.dissemination.bio import tell_at
    from reputation.dissemination.platforms import platform as platform_named

    today = datetime.now(UTC).date()
    return [
        replace(
            tell_at(profile, bio.platform, length, bio.field, on=today),
            limit=min(length, bio.limit or length),
        )
        for bio in bios
        if platform_named(bio.platform).field(bio.field).tells == "bio"
    ]


def _remember(workspace: Workspace, profile: Profile, bios: list[Bio]) -> None:
    from datetime import UTC, datetime

    from reputation.cli.auditing import remember_exports

    with open_audits(workspace) as store:
        remember_exports(store, profile, bios, datetime.now(UTC))


def _bios(workspace: Workspace, profile: Profile) -> tuple[Bio, ...]:
    """Return the biography for every platform, compared with what the latest audit saw there."""
    from datetime import UTC, datetime

    from reputation.cli.auditing import remembered_exports
    from reputation.dissemination.bio import tell_all

    seen: tuple[Mention, ...] = ()
    handed_out: tuple[Export, ...] = ()
    if workspace.database.exists():
        with open_audits(workspace) as store:
            latest = store.latest()
            seen = latest.mentions if latest else ()
            handed_out = remembered_exports(store)
    return tell_all(profile, seen, datetime.now(UTC), exports=handed_out)


def presence(
    context: typer.Context,
    engage: Annotated[
        bool, typer.Option("--engage", help="Instead, where and how often to take part, and the ten tips.")
    ] = False,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="PLATFORM=N", help="Plan N posts a month there; may be given again."),
    ] = None,
    trial: Annotated[
        str | None,
        typer.Option(metavar="NCT…", help="Instead, what may be posted and answered about a trial."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")] = None,
) -> None:
    """Tell how you can be found better: what could rise, what to claim, what your pages lack, which accounts mix.

    Example: repaudit presence --engage
    """
    from reputation.cli.presenting import deliver_presence, plan_posts

    workspace = open_workspace(context)
    if trial is not None:
        from reputation.dissemination.engagement import trial_texts

        post, answer = trial_texts(trial)
        deliver(f"To post:\n  {post}\nTo whoever asks more:\n  {answer}\n", output)
        say("next: `repaudit check-post FILE` reads whatever you add to it")
        return
    if keep:
        plan_posts(workspace, keep)
    deliver_presence(workspace, output, engage=engage or bool(keep), as_json=as_json)


def calendar(
    context: typer.Context,
    schedule: Annotated[
        System | None, typer.Option(help="Instead, the text that starts each quarter's audit by itself.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="The file to write, or for systemd the folder; else standard output."
        ),
    ] = None,
) -> None:
    """Give the next audit, the dates to verify directories again, and the chats that are alive, as iCalendar.

    Example: repaudit calendar -o audit.ics
    """
    workspace = open_workspace(context)
    if schedule is not None:
        _schedule(workspace.path, schedule.value, output)
        return
    from datetime import UTC, datetime

    from reputation.dissemination.calendar import calendar_of

    with open_audits(workspace) as store:
        found = chosen_audit(store, None)
    deliver(calendar_of(found, datetime.now(UTC).date()), output)
    say("next: open the file with your calendar; next quarter's file moves the same entries")


def _schedule(workspace: Path, system: str, output: Path | None) -> None:
    """Print the schedule, or write its files; nothing is installed."""
    from reputation.cli.scheduling import schedule_for

    made = schedule_for(system, workspace)
    if output is None:
        deliver(made.text, None)
    elif len(made.files) == 1:
        deliver(made.text, output.expanduser())
    else:
        for name, text in made.files:
            deliver(text, output.expanduser() / name)
    say("nothing is installed and nothing runs until you put it in place:")
    for line in made.how:
        say(f"  {line}")
    say("keys in the environment are not seen there; keep them with `repaudit key add`")
