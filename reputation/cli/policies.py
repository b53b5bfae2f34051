"""`policy`: the register of policies, the staff's one page, and who read and signed what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reputation.cli.session import chosen_key, deliver, open_audits, open_workspace, put, put_json, say
from reputation.errors import UsageError

if TYPE_CHECKING:
    from reputation.defense.policies import Policy, StaffSignature
    from reputation.workspace import Workspace

policy_app = typer.Typer(
    invoke_without_command=True,
    help="The policies that bind you, when each was read, and a one-page policy for the staff.\n\n"
    "Example: repaudit policy -o staff-policy.html",
)


@policy_app.callback()
def policy(
    context: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write the staff's page: .html to print, else Markdown."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The register as one JSON object.")] = False,
) -> None:
    """Print the register of policies and the one-page policy for the staff.

    Example: repaudit policy -o staff-policy.html
    """
    if context.invoked_subcommand is not None:
        return
    from reputation.defense.staff_policy import staff_policy

    workspace = open_workspace(context)
    profile = workspace.load_profile()
    register, signatures = _register(workspace)
    today = _today()
    if as_json:
        _put_register(register, signatures, today)
        return
    as_html = output is not None and output.suffix.lower() in {".html", ".htm"}
    page = staff_policy(profile, signatures, today, as_html=as_html)
    if output is not None:
        deliver(page, output)
        say(
            "next: have the privacy officer or counsel adopt it, then note who signed: repaudit policy sign NAME"
        )
        return
    put("\n".join(_lines(register, today)))
    put("\n" + page)
    say(
        "next: repaudit policy read ID when you have read one; repaudit policy -o staff-policy.html to print the page"
    )


@policy_app.command("read")
def read(
    context: typer.Context,
    policy_id: Annotated[str, typer.Argument(metavar="ID", help="The policy's id, or its beginning.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="When; else today.")
    ] = None,
    contact: Annotated[str | None, typer.Option(help="Whom to ask about it.")] = None,
) -> None:
    """Note that you have read a policy, and whom to ask about it.

    Example: repaudit policy read institution --contact "Compliance, 617-555-0140"
    """
    from reputation.defense.policies import JOURNAL, READ

    workspace = open_workspace(context)
    register, _ = _register(workspace)
    one = next(
        p for p in register if p.id == chosen_key([p.id for p in register], policy_id, "repaudit policy")
    )
    day = _day(on)
    _write(
        workspace, JOURNAL, one.id, {"what": READ, "on": day.isoformat(), "contact": contact or one.contact}
    )
    put(f"{one.title}: read on {day}")
    left = sum(p.is_open(_today()) for p in _register(workspace)[0])
    say(
        f"next: {left} more to read; see `repaudit policy`"
        if left
        else "next: nothing; all are read within a year"
    )


@policy_app.command("sign")
def sign(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Who on the staff has read the policy and was trained.")],
    role: Annotated[str | None, typer.Option(help="Such as: front desk.")] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="When; else today.")
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take the signature back, as when somebody leaves.")
    ] = False,
) -> None:
    """Note that a member of the staff signed the policy and was trained.

    Example: repaudit policy sign "Pat Lee" --role "front desk"
    """
    from reputation.defense.policies import JOURNAL, SIGNED
    from reputation.defense.staff_policy import version_of

    if not name.strip():
        raise UsageError("a signature needs a name; write: repaudit policy sign NAME")
    workspace = open_workspace(context)
    if withdraw:
        _withdraw(workspace, name.strip())
        return
    version, day = version_of(workspace.load_profile()), _day(on)
    _write(
        workspace,
        JOURNAL,
        name.strip(),
        {"what": SIGNED, "role": role, "on": day.isoformat(), "version": version},
    )
    put(f"{name.strip()}: signed version {version} on {day}")
    say("next: repaudit policy -o staff-policy.html prints the page with its signatures")


def _withdraw(workspace: Workspace, name: str) -> None:
    from reputation.defense.policies import JOURNAL, WITHDRAWN

    if name not in {one.name for one in _register(workspace)[1]}:
        raise UsageError(f"{name} has not signed; see `repaudit policy --json`")
    _write(workspace, JOURNAL, name, {"what": WITHDRAWN})
    put(f"{name}: signature taken back")


def _register(workspace: Workspace) -> tuple[tuple[Policy, ...], tuple[StaffSignature, ...]]:
    from reputation.defense.policies import JOURNAL, policies, staff_signatures

    with open_audits(workspace) as store:
        entries = store.entries(JOURNAL)
    return policies(workspace.load_profile(), entries), staff_signatures(entries)


def _write(workspace: Workspace, kind: str, key: str, data: dict[str, str | None]) -> None:
    from datetime import UTC

    from reputation.defense.journal import Entry

    with open_audits(workspace) as store:
        store.write_entry(Entry(kind=kind, key=key, at=datetime.now(UTC), data=data))


def _today() -> date:
    return datetime.now().astimezone().date()


def _day(on: datetime | None) -> date:
    day = on.date() if on else _today()
    if day > _today():
        raise UsageError(f"--on {day} lies in the future; give the day on which it was done")
    return day


def _lines(register: tuple[Policy, ...], today: date) -> Iterator[str]:
    yield "Policies, and when you read them (\u2717 never, or more than a year ago):"
    for one in register:
        state = f"read {one.read_on}" if one.read_on else "never read"
        mark = "\u2717" if one.is_open(today) else "\u2713"
        ask = f"; ask {one.contact}" if one.contact else ""
        trust = "" if one.kind == "institution" else f" [{one.trust.value}]"
        yield f"  {mark} {one.id:<16} {one.title}{trust}: {state}{ask}"
        yield f"      {one.point}"
        if one.url:
            yield f"      {one.url}"


def _put_register(register: tuple[Policy, ...], signatures: tuple[StaffSignature, ...], today: date) -> None:
    from reputation.codec import to_plain

    rows = [
        {**to_plain(one), "due_on": to_plain(one.due_on()), "open": one.is_open(today)} for one in register
    ]
    put_json({"schema_version": 1, "policies": rows, "signatures": to_plain(signatures)})
