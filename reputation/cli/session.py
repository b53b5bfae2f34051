"""What every command shares: the workspace it works in, where it prints, and when the next audit is due."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from reputation.errors import ReputationError, Unwritable, UsageError

if TYPE_CHECKING:
    from reputation.defense.store import Store
    from reputation.model import Audit
    from reputation.workspace import Workspace


def say(text: str) -> None:
    """Print to stderr, without control or direction marks: progress, notices, the next step."""
    from reputation.cli.telling import clean_columns

    typer.echo("\n".join(map(clean_columns, text.split("\n"))), err=True)


def put(text: str) -> None:
    """Print a result to stdout."""
    _print(text)


def put_lines(lines: Iterable[str]) -> None:
    """Print lines to stdout without control or direction marks, broken to fit the terminal.

    They stay whole where another program reads them; `COLUMNS` in the environment says how wide, for either.
    """
    from reputation.cli.telling import clean_columns, fitted

    told = [clean_columns(" ".join(line.splitlines())) for line in lines]
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        width = shutil.get_terminal_size().columns
        told = [fitted(line, width) for line in told]
    put("\n".join(told))


def put_json(value: Any) -> None:
    """Print one JSON object to stdout."""
    put(json.dumps(value, indent=2, ensure_ascii=False, sort_keys=False))


def deliver(text: str | bytes, output: Path | None) -> None:
    """Write a result to `output`, whole or not at all, or to stdout where none is named."""
    from reputation.files import write_private

    if output is not None:
        try:
            write_private(output, text)
        except Unwritable as error:
            raise UsageError(f"-o {output}: {error}") from error
        say(f"written: {output}")
    elif isinstance(text, bytes):
        if sys.stdout.isatty():
            raise UsageError("this is no text for a terminal; name a file with -o FILE")
        _print(text)
    else:
        put(text.removesuffix("\n"))


def _print(result: str | bytes) -> None:
    """Print a text with its newline, or bytes as they are; a full disk behind stdout is told like any other."""
    try:
        typer.echo(result, nl=isinstance(result, str))
    except BrokenPipeError:
        raise
    except OSError as error:
        why = error.strerror or error
        raise Unwritable(f"cannot write the result: {why}; make room, or name a file with -o") from error


def open_workspace(context: typer.Context) -> Workspace:
    """Return the workspace that the user means, having said what she should know about it."""
    from reputation.workspace import find_workspace, privacy_warning

    workspace = find_workspace(context.obj)
    if warning := privacy_warning(workspace):
        say(f"note: {warning}")
    _say_where_overdue(workspace)
    return workspace


def remind(context: typer.Context) -> None:
    """Say where the next audit is overdue, for a command that needs no workspace."""
    from reputation.workspace import find_workspace

    with suppress(ReputationError):
        _say_where_overdue(find_workspace(context.obj))


def _say_where_overdue(workspace: Workspace) -> None:
    if not workspace.database.is_file():
        return
    with suppress(ReputationError), open_audits(workspace) as store:  # what needs the store says what ails it
        if notice := overdue_notice(store):
            say(notice)


@contextmanager
def open_audits(workspace: Workspace) -> Iterator[Store]:
    """Give the workspace's store."""
    from reputation.defense.store import open_store

    with open_store(workspace.database) as store:
        yield store


def overdue_notice(store: Store) -> str | None:
    """Return a sentence where the next audit is overdue, else None."""
    from reputation.defense.due import overdue

    audits = store.audits()
    days = overdue(audits[-1].as_of, datetime.now(UTC)) if audits else None
    if not days:
        return None
    return f"note: the next audit has been due for {days} day{'s' if days != 1 else ''}; run `repaudit run`"


def chosen_audit(store: Store, reference: str | None) -> Audit:
    """Return the audit that the user named, or the latest.

    Raises:
        UsageError: where there is none.
    """
    audit = store.load(reference) if reference else store.latest()
    if audit is None:
        raise UsageError("there is no audit here yet; make one with `repaudit run`")
    return audit


def chosen_key(keys: Iterator[str] | list[str], beginning: str, listed_by: str = "repaudit show") -> str:
    """Return the one key that begins with `beginning`; `listed_by` is the command that lists them.

    Raises:
        UsageError: where none or several do.
    """
    found = sorted({key for key in keys if key.startswith(beginning)})
    if beginning in found or len(found) == 1:
        return beginning if beginning in found else found[0]
    if not found:
        raise UsageError(f"nothing has a key that begins with {beginning}; see `{listed_by}`")
    raise UsageError(
        f"{len(found)} keys begin with {beginning}, such as {found[0]} and {found[1]}; give more of it"
    )


def practice_logo(workspace: Workspace) -> str | None:
    """Return the practice's logo as a data URI, None where there is none or it cannot be used, which is said."""
    from reputation.report.logo import data_uri

    named = workspace.load_profile().practice.logo
    if named is None:
        return None
    try:
        return data_uri(workspace.path / Path(named).expanduser())
    except UsageError as error:
        say(f"note: {error}; the report is made without it")
        return None


AUDITED_YEARS = range(1990, 2200)
"""Before them there was no web; a later one is a slip of the pen."""


def parse_moment(text: str | None) -> datetime | None:
    """Return a date or datetime in ISO 8601 as an aware moment; naive is UTC.

    Raises:
        UsageError: where it is neither, or lies in a year that cannot be meant.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--as-of "{text}" is no date; write 2026-11-21 or 2026-11-21T09:00:00Z') from None
    if moment.year not in AUDITED_YEARS:
        raise UsageError(
            f'--as-of "{text}" lies in no year that can be audited; write a day such as 2026-11-21'
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
