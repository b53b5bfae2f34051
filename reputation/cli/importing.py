"""What `import` and `observe` do and say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reputation.cli.session import put, say
from reputation.cli.telling import clean
from reputation.errors import UsageError

if TYPE_CHECKING:
    from reputation.workspace import Workspace

_TABLES = frozenset({".csv", ".tsv", ".txt"})
_MOST_SHEET_BYTES = 2_000_000


def import_and_tell(workspace: Workspace, paths: list[Path], source: str | None, query: str | None) -> int:
    """Put the files at `paths` into the inbox and say of each what it is; 2 where none could be taken."""
    from reputation.discovery.inbox import ANSWERS, import_paths

    paths = _without_sheets(workspace, paths)
    if not paths:
        return 0
    imported = import_paths(
        paths, workspace.inbox, sources=workspace.load_sources(), source_id=source, query=query
    )
    refused = []
    for one in imported:
        if one.kind == ANSWERS and one.path is not None:
            try:
                _apply_answers(workspace, one.path)
            except UsageError as error:
                refused.append(f"{one.name}: {error}")
            continue
        if one.problem and not one.sources:
            refused.append(f"{one.name}: {one.problem}")
            continue
        what = ", ".join(one.sources) or one.kind
        pages = f" ({one.pages} pages)" if one.pages > 1 else ""
        name = clean(one.name, 300)
        put(f"{name}: {what}{pages}{', was in the inbox already' if one.known else ''}")
        if one.problem:
            say(f"note: {name}: {one.problem}")
    if len(refused) == len(imported) == 1:
        raise UsageError(refused[0])
    for why in refused:
        say(f"note: {clean(why, 600)}")
    if len(refused) == len(imported):
        raise UsageError(
            "nothing was taken into the inbox; save the page whole (Ctrl+S) and import that file"
        )
    say("next: repaudit run, or repaudit run --offline to read the inbox without asking the web")
    return 0


def _without_sheets(workspace: Workspace, paths: list[Path]) -> list[Path]:
    """Keep what the call sheets among the files named tell, and return all other paths."""
    from reputation.defense.calls import is_sheet

    others = []
    for path in paths:
        body = _table(path)
        if body and is_sheet(body):
            _apply_calls(workspace, path, body)
        else:
            others.append(path)
    return others


def _table(path: Path) -> bytes | None:
    """Return the bytes of a table of ordinary size; what cannot be read is left to the inbox, which says why."""
    try:
        if path.suffix.lower() in _TABLES and path.is_file() and path.stat().st_size <= _MOST_SHEET_BYTES:
            return path.read_bytes()
    except (OSError, ValueError):
        return None
    return None


def _apply_calls(workspace: Workspace, path: Path, body: bytes) -> None:
    """Keep in the journal what was dialled.

    Raises:
        UsageError: where a row cannot be read, or a note tells of a patient; nothing of the sheet is kept.
    """
    from reputation.cli.noting import may_be_kept
    from reputation.cli.session import open_audits
    from reputation.defense.calls import calls, entry_of, read_sheet

    now = datetime.now(UTC)
    told = read_sheet(body, now.astimezone().date())
    if not all(may_be_kept(text) for one in told for text in (one.note, one.answered_by)):
        raise UsageError(
            f"nothing of {path.name} was kept; import it again without the note that tells of a patient"
        )
    with open_audits(workspace) as store:
        entries = store.entries("call")
        known = {
            (one.key, one.data.get("on"), one.data.get("result"), one.data.get("note")) for one in entries
        }
        fresh = [
            one for one in told if (one.telephone, one.on.isoformat(), one.result, one.note) not in known
        ]
        for one in fresh:
            store.write_entry(entry_of(one, now))
        latest = calls(store.entries("call"))
    wrong = sum(latest[one.telephone].is_wrong for one in fresh)
    known_words = f", {len(told) - len(fresh)} known already" if len(told) > len(fresh) else ""
    put(f"{path.name}: {len(fresh)} calls kept{known_words}; {wrong} did not reach you")
    if not told:
        say("note: no row of the call sheet has a result; fill in the column result and import it again")
    else:
        say("next: repaudit run --offline makes the audit again with what was dialled")


def _apply_answers(workspace: Workspace, path: Path) -> None:
    """Keep what the user answered in the report as her own words.

    Raises:
        UsageError: where the file is of another audit, or a note tells of a patient; nothing of it is kept.
    """
    from reputation.cli.noting import may_be_kept
    from reputation.cli.session import open_audits
    from reputation.report.answers import read_answers

    with open_audits(workspace) as store:
        audit = store.latest()
        if audit is None:
            raise UsageError("there is no audit here yet that these answers could belong to")
        answers = read_answers(path.read_bytes(), audit, datetime.now(UTC))
        if not all(may_be_kept(word.note) for word in answers.judgements):
            raise UsageError(
                f"nothing of {path.name} was kept; answer again without the note that tells of a patient"
            )
        for word in answers.judgements:
            store.judge(word)
        if answers.signoff is not None:
            store.sign(answers.signoff, audit.id)
    put(
        f"{path.name}: {len(answers.judgements)} answers kept"
        + (", and the story signed off" if answers.signoff else "")
    )


def observe_and_tell(workspace: Workspace, site: str, on: date | None, told: Mapping[str, Any]) -> None:
    """Put what the user saw into the inbox, as her word."""
    from reputation.discovery.inbox import put_observation
    from reputation.discovery.observe import observation
    from reputation.discovery.worksheet import prepared_query

    source = next(source for source in workspace.load_sources() if source.id == site)
    day = on or datetime.now(UTC).astimezone().date()
    # Whoever looks at an engine searches as the worksheet prepares it: the name and the city.
    query = prepared_query(workspace.load_profile()) if source.engine else None
    path = put_observation(observation(source, on=day, query=query, **told), workspace.inbox)
    put(f"noted for {source.title}, {day}: {path.name}")
    say("next: repaudit run, or repaudit run --offline to read the inbox without asking the web")
