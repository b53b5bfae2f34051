"""Deletes on the user's own word: one item, one audit, or everything but her profile; and says what went."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.cli.asking import Left, ask_choice
from reputation.cli.session import chosen_key, open_audits, practice_logo, put, say
from reputation.errors import StoreError, Unwritable

if TYPE_CHECKING:
    from reputation.defense.store import Store
    from reputation.workspace import Workspace


def forget_item(workspace: Workspace, beginning: str, *, sure: bool) -> None:
    """Delete one mention with its reviews, findings, words and pages from every audit."""
    from reputation.defense.forget import forget_key
    from reputation.defense.lock import no_run
    from reputation.defense.unsealed import forget_unsealed

    with open_audits(workspace) as store:
        quarters = _holders(store)
        key = chosen_key(list(quarters), beginning)
        if not _agreed(f"Delete {key} and all that was kept of it, in every audit?", sure=sure):
            return
        with no_run(workspace.database):
            unsealed = forget_unsealed(store)
            put(forget_key(store, key).summary)
        if unsealed:
            put(
                f"deleted: {unsealed} unfinished audit{'s' if unsealed > 1 else ''}, whose pages might show it too"
            )
        _renew_reports(workspace, store, quarters[key])
    say("on the web it is where it was: the next audit may find it again")


def forget_one_audit(workspace: Workspace, reference: str, *, sure: bool) -> None:
    """Delete one audit with its pages and its report."""
    from reputation.defense.forget import forget_audit
    from reputation.defense.lock import no_run

    with open_audits(workspace) as store:
        audit_id = store.find(reference)
        (found,) = [one for one in store.audits() if one.id == audit_id]
        what = f"the audit {found.id[:8]} of {found.quarter}, as of {found.as_of:%Y-%m-%d}"
        if not _agreed(f"Delete {what}, its pages and its report?", sure=sure):
            return
        with no_run(workspace.database):
            put(f"{forget_audit(store, audit_id).summary}: {what}")
        _renew_reports(workspace, store, {found.quarter})
    say("what later audits say of the changes since then stays with them")


def forget_everything(workspace: Workspace, *, sure: bool) -> None:
    """Delete the database with its copies, the reports and what waits in the inbox; ask again for the profile."""
    from reputation.defense.lock import no_run

    if not _agreed(
        f"Delete every audit, page, judgement and report in {workspace.path}, and what waits in the inbox?",
        sure=sure,
    ):
        return
    with no_run(workspace.database):
        waiting = [
            *_database_files(workspace),
            *_inside(workspace.path / "reports"),
            *_inside(workspace.inbox),
        ]
        _count_and_empty(workspace)
        gone = _delete(waiting)
    workspace.database.with_name(f"{workspace.database.name}.lock").unlink(missing_ok=True)
    if _on_terminal() and _agreed("Delete profile.toml too, with the facts that you confirmed?", sure=False):
        gone += _delete([workspace.profile])
    for one in gone:
        put(f"deleted: {one.relative_to(workspace.path)}")
    for kept in sorted(one.name for one in workspace.path.iterdir()):
        if kept not in ("reports", "inbox"):
            say(f"kept: {kept}")


# ---------------------------------------------------------------------------- what goes


def _holders(store: Store) -> dict[str, set[str]]:
    """Return by key of a mention, or of an item judged, the quarters whose audits hold it."""
    quarters: dict[str, set[str]] = {word.key: set() for word in store.judgements()}
    for summary in store.audits():
        for mention in store.load(summary.id).mentions:
            quarters.setdefault(mention.key, set()).add(summary.quarter)
    return quarters


def _renew_reports(workspace: Workspace, store: Store, quarters: Iterable[str]) -> None:
    """Replace the reports of some quarters by what their last audits say now; without an audit delete them."""
    from reputation.cli.auditing import journal_of
    from reputation.files import write_private
    from reputation.report.html import render_html

    last = {summary.quarter: summary.id for summary in store.audits()}
    for quarter in sorted(quarters):
        report = workspace.report(quarter)
        if not report.parent.is_dir() or report.parent.is_symlink():
            continue
        again = report if report.is_file() and quarter in last else None
        for one in _delete(_inside(report.parent)):
            if one != again:
                put(f"deleted: {one.relative_to(workspace.path)}")
        if again:
            logo, done = practice_logo(workspace), journal_of(store)
            write_private(again, render_html(store.load(last[quarter]), logo=logo, done=done))
            put(f"written again without it: {again.relative_to(workspace.path)}")
        else:
            report.parent.rmdir()


def _count_and_empty(workspace: Workspace) -> None:
    """Say what the database holds, and empty it; a damaged one is deleted all the same."""
    from reputation.defense.forget import forget_all

    if not workspace.database.exists():
        return
    try:
        with open_audits(workspace) as store:
            put(forget_all(store).summary)
    except StoreError as error:
        say(f"the database could not be read and is deleted as it is: {error}")


def _database_files(workspace: Workspace) -> list[Path]:
    """Return the database and its copies; not the lock, which is in our hands and holds nothing."""
    beside = sorted(workspace.path.glob(f"{workspace.database.name}*"))
    return [one for one in beside if not one.name.startswith(f"{workspace.database.name}.lock")]


def _inside(folder: Path) -> list[Path]:
    """Return what lies in a folder; nothing where it is a link to somewhere else, or not there."""
    return sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []


def _delete(paths: Iterable[Path]) -> list[Path]:
    """Delete files, links and folders; links are not followed."""
    gone = []
    for path in paths:
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)  # the store's own copy goes with its content
        except OSError as error:
            raise Unwritable(f"cannot delete {path}: {error.strerror or error}; delete it by hand") from error
        gone.append(path)
    return gone


# ---------------------------------------------------------------------------- her word


def _agreed(question: str, *, sure: bool) -> bool:
    """Return whether she wants it: asked once on a terminal; elsewhere the command itself is her word."""
    if sure or not _on_terminal():
        return True
    try:
        agreed = ask_choice(f"{question} It cannot be undone (yes/no)", ["yes", "no"], default="no") == "yes"
    except Left:
        agreed = False
    if not agreed:
        say("nothing was deleted")
    return agreed


def _on_terminal() -> bool:
    return sys.stdin.isatty()
