"""Defense: `disputes`, the requests to correct or remove, and where each stands across quarters."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from reputation.cli.session import (
    chosen_audit,
    deliver,
    open_audits,
    open_workspace,
    put_json,
    put_lines,
    say,
)

PANEL = "Defense: what changed, and what to do about it"
disputes_app = typer.Typer(
    help="Correction and removal requests: route, evidence, deadline and state across quarters.\n\n"
    "Example: repaudit disputes list",
    invoke_without_command=True,
)
REFUSED = 10


class State(StrEnum):
    """Where a request stands."""

    DRAFTED = "drafted"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    MENDED = "mended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Recipient(StrEnum):
    """To whom a letter goes."""

    SITE = "site"
    REGISTRY = "registry"
    PLAN = "plan"
    EMPLOYER = "employer"


Confirmation = Annotated[str | None, typer.Option(help="The number or name of the site's confirmation.")]
Deadline = Annotated[str | None, typer.Option(help="By when an answer is due, such as 2026-12-22.")]
Evidence = Annotated[
    list[str] | None, typer.Option(help="A file, a link or a SHA-256 digest; may be given again.")
]
Note = Annotated[str | None, typer.Option(help="A note to yourself; no patient information.")]
On = Annotated[str | None, typer.Option(help="The day on which it happened; else today.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
To = Annotated[str | None, typer.Option(help="The letter's address; else you fill it in.")]
For = Annotated[
    Recipient | None, typer.Option("--for", help="The letter to write; else by the site that is asked.")
]


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the program."""
    app.add_typer(disputes_app, name="disputes", rich_help_panel=PANEL)


@disputes_app.callback()
def disputes(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="The list as one JSON object.")] = False,
) -> None:
    """Correction and removal requests: route, evidence, deadline and state across quarters; alone, the list of them.

    Example: repaudit disputes
    """
    if context.invoked_subcommand is None:
        list_disputes(context, only_open=False, as_json=as_json)


@disputes_app.command("add")
def add(
    context: typer.Context,
    key: Annotated[
        str, typer.Argument(help="The finding, action or page it is about, or the beginning of its key.")
    ],
    route: Annotated[
        str | None, typer.Option(help="The way you take; else the site's own, as shipped.")
    ] = None,
    state: Annotated[State, typer.Option(help="Where it stands.")] = State.DRAFTED,
    evidence: Evidence = None,
    confirmation: Confirmation = None,
    deadline: Deadline = None,
    note: Note = None,
    letter: Annotated[
        Path | None,
        typer.Option(metavar="FILE.eml|.txt", help="Also write the letter, as a draft of mail or text."),
    ] = None,
    recipient: For = None,
    to: To = None,
    on: On = None,
    as_json: Json = False,
) -> int:
    """Begin a request to correct or remove something, with its route and its evidence.

    A plan to pay for a removal, to gate reviews, to threaten or to buy praise is refused with exit 10, and nothing is kept.

    Example: repaudit disputes add phone_wrong:healthgrades --letter healthgrades.eml
    """
    from reputation.cli import disputing
    from reputation.defense.disputes import answer_due, opened
    from reputation.defense.disputes import disputes as fold
    from reputation.errors import UsageError

    if not disputing.no_harm(route, note, confirmation):
        return REFUSED
    today = _today(on)
    due = disputing.day_of("--deadline", deadline)
    with open_audits(open_workspace(context)) as store:
        audit = chosen_audit(store, None)
        matter = disputing.matter_of(audit, key)
        known = fold(store.entries("dispute"))
        if same := _same(known, matter):
            raise UsageError(
                f"{same.key} is about the same, {same.state} since {same.steps[-1].on}; note what happened with "
                f"`repaudit disputes update {same.key} --state …`"
            )
        if due is None and state in {State.SENT, State.ACKNOWLEDGED}:
            due = answer_due(matter.recipient, today)
        told: dict[str, Any] = {
            **matter.told,
            **({"route": route, "trust": "unverified"} if route else {}),
            "evidence": disputing.proofs(evidence or (), matter.mentions),
            "confirmation": confirmation,
            "deadline": due.isoformat() if due else None,
            "state": state.value,
            "note": note,
            "on": today.isoformat(),
        }
        if letter is not None:
            deliver(disputing.letter_bytes(audit, matter, letter, recipient=recipient, to=to), letter)
        entry = opened(matter.subject, told, on=datetime.now(UTC), earlier=known)
        store.write_entry(entry)
        made = fold((*store.entries("dispute", entry.key),))[0]
    _tell(made, today, as_json=as_json)
    if made.state == "drafted":
        say(f"next: send it, then repaudit disputes update {made.key} --state sent --confirmation NUMBER")
    else:
        say(f"next: when an answer comes, repaudit disputes update {made.key} --state mended (or refused)")
    return 0


@disputes_app.command("update")
def update(
    context: typer.Context,
    key: Annotated[
        str, typer.Argument(help="The dispute, or what it is about; the beginning of the key is enough.")
    ],
    word: Annotated[State | None, typer.Argument(metavar="[STATE]", help="As --state.")] = None,
    state: Annotated[State | None, typer.Option(help="Where it stands now.")] = None,
    evidence: Evidence = None,
    confirmation: Confirmation = None,
    deadline: Deadline = None,
    note: Note = None,
    on: On = None,
    as_json: Json = False,
) -> int:
    """Note what happened to a request: sent, acknowledged, mended, refused or withdrawn.

    Example: repaudit disputes update dsp:3f9 --state sent --confirmation C-1042
    """
    from reputation.cli import disputing
    from reputation.defense.disputes import OPEN, answer_due, updated
    from reputation.defense.disputes import disputes as fold
    from reputation.errors import UsageError

    if word and state and word is not state:
        raise UsageError(f"it stands either at {word.value} or at {state.value}; say one")
    state = state or word
    if not any((state, evidence, confirmation, deadline, note)):
        raise UsageError(
            "say what happened, such as --state sent, --confirmation NUMBER or --deadline 2026-12-22"
        )
    if not disputing.no_harm(note, confirmation):
        return REFUSED
    today = _today(on)
    due = disputing.day_of("--deadline", deadline)
    with open_audits(open_workspace(context)) as store:
        one = disputing.meant(fold(store.entries("dispute")), key)
        if today < one.opened_on:
            raise UsageError(f"--on {today} is before {one.key} was begun, {one.opened_on}; give a later day")
        goes_out = state in {State.SENT, State.ACKNOWLEDGED} and one.state not in OPEN - {"drafted"}
        if due is None and goes_out:
            due = answer_due(str(store.entries("dispute", one.key)[0].data.get("recipient", "site")), today)
        told = {
            "state": state.value if state else None,
            "evidence": disputing.proofs(evidence or ()),
            "confirmation": confirmation,
            "deadline": due.isoformat() if due else None,
            "note": note,
            "on": today.isoformat(),
        }
        store.write_entry(updated(one, told, on=datetime.now(UTC)))
        made = fold(store.entries("dispute", one.key))[0]
    _tell(made, today, as_json=as_json)
    say("next: the next audit looks at the page again; repaudit disputes shows where all stand")
    return 0


@disputes_app.command("list")
def list_disputes(
    context: typer.Context,
    only_open: Annotated[bool, typer.Option("--open", help="Only what waits for somebody.")] = False,
    as_json: Json = False,
) -> None:
    """List the requests, what was mended and is wrong again first, and how each site has answered.

    Example: repaudit disputes list --open
    """
    from reputation.cli import disputing
    from reputation.defense.disputes import disputes as fold

    today = datetime.now(UTC).date()
    with open_audits(open_workspace(context)) as store:
        known = fold(store.entries("dispute"))
        latest = None if known else store.latest()
    if as_json:
        put_json(disputing.list_document([one for one in known if one.is_open or not only_open], today))
        return
    if not known:
        put_lines(disputing.begin_lines(latest))
        say(
            "next: repaudit disputes add KEY"
            if latest
            else "next: repaudit run, then repaudit disputes add KEY"
        )
        return
    put_lines(disputing.list_lines(known, today, only_open=only_open))
    say("next: repaudit disputes update KEY --state sent, acknowledged, mended, refused or withdrawn")


@disputes_app.command("letter")
def letter_of(
    context: typer.Context,
    key: Annotated[
        str, typer.Argument(help="The finding, action or page it is about, or the beginning of its key.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE.eml|.txt", help="The file to write.")
    ],
    recipient: For = None,
    to: To = None,
) -> None:
    """Write the letter that asks a site, registry, plan or employer for a correction; it names no patient.

    Example: repaudit disputes letter phone_wrong:healthgrades -o healthgrades.eml
    """
    from reputation.cli import disputing

    with open_audits(open_workspace(context)) as store:
        audit = chosen_audit(store, None)
        matter = disputing.matter_of(audit, key)
        deliver(disputing.letter_bytes(audit, matter, output, recipient=recipient, to=to), output)
    say(f"route [{matter.trust.value}]: {matter.where_url or matter.route}")
    say(f"next: read it, send it yourself, then repaudit disputes add {matter.subject} --state sent")


def _today(on: str | None) -> Any:
    from reputation.cli.disputing import day_of
    from reputation.errors import UsageError

    today = datetime.now(UTC).astimezone().date()
    day = day_of("--on", on) or today
    if day > today:
        raise UsageError(f"--on {day} has not come yet; give the day on which it happened")
    return day


def _same(known: Any, matter: Any) -> Any:
    """Return an open dispute about the same findings, or the same thing."""
    keys = {one.key for one in matter.findings}
    return next(
        (
            one
            for one in known
            if one.is_open and (one.subject == matter.subject or keys & set(one.finding_keys))
        ),
        None,
    )


def _tell(made: Any, today: Any, *, as_json: bool) -> None:
    from reputation.cli.disputing import dispute_document, dispute_lines

    if as_json:
        put_json({"schema_version": 1, "dispute": dispute_document(made, today)})
    else:
        put_lines(dispute_lines(made, today))
