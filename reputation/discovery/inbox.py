"""The workspace's inbox: saved pages, archives, pasted text and observations that wait for the next audit.

`import_paths` copies files in under `<12 digits of the SHA-256>-<name>`; what is known of a file beside its bytes
(its source, its query, when it came) stands in `.index.json` by its SHA-256.  A file that the user drops in by hand
has no entry there and works the same, since the rest can be told from the file itself.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

from reputation.discovery import exports, observe, ratings, serp
from reputation.discovery.archives import open_saved
from reputation.discovery.belonging import belongs_to
from reputation.discovery.folder import (
    INDEX,
    File,
    held,
    is_trimmings,
    open_file,
    read_index,
    safe_name,
    walk,
)
from reputation.discovery.reading import decode, open_page
from reputation.discovery.saved import OBSERVATION, Saved
from reputation.errors import SourceError, Unreadable, UsageError
from reputation.files import write_private
from reputation.model import By, Capture, Request, Source

FILE_HEADER = "x-repaudit-file"
"""The header of a capture that names, by SHA-256, the file of the inbox in which it came."""

PAGE, OBSERVED, ANSWERS = "page", "observed", "answers"


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What became of one file: where it lies, whose page it is, or in one line why it was not taken."""

    name: str
    """As the user gave it."""
    kind: str = PAGE
    """page, observed or answers (a report's answers.json, which is handed back and not put into the inbox)."""
    path: Path | None = None
    sha256: str | None = None
    sources: tuple[str, ...] = ()
    """The sources to which its pages belong."""
    pages: int = 0
    known: bool = False
    """Whether the same bytes were in the inbox already."""
    problem: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """What the inbox holds: captures in the order of the file names, and what could not be read and why."""

    captures: tuple[Capture, ...] = ()
    problems: tuple[Imported, ...] = ()


# ---------------------------------------------------------------------------- in


def import_paths(
    paths: Iterable[Path],
    inbox_dir: Path,
    *,
    sources: Sequence[Source],
    source_id: str | None = None,
    query: str | None = None,
) -> tuple[Imported, ...]:
    """Copy the files at `paths`, folders walked, into the inbox, and say what became of each.

    Raises:
        UsageError: when `source_id` is no source.
        ReputationError: when the inbox cannot be written.
    """
    if source_id is not None and all(source.id != source_id for source in sources):
        raise UsageError(f"no source is called {source_id}; see `repaudit sources list`")
    index = read_index(inbox_dir)
    known = {file.sha256: path for path, file in held(inbox_dir, index) if isinstance(file, File)}
    done = []
    for path in walk(paths):
        try:
            file = replace(open_file(path), source=source_id, query=query)
        except Unreadable as error:
            done.append(Imported(name=str(path), problem=str(error)))
            continue
        one = _survey(file, sources, str(path))
        if one.kind == ANSWERS:
            one = replace(one, path=path)
        elif one.sources:
            one = _put(one, file, inbox_dir, known)
            index[file.sha256] = {
                "source": source_id,
                "query": query,
                "name": path.name,
                "imported_at": _stamp(),
            }
        done.append(one)
    if done:
        write_private(inbox_dir / INDEX, json.dumps(index, ensure_ascii=False, indent=1, sort_keys=True))
    return tuple(done)


def put_observation(capture: Capture, inbox_dir: Path) -> Path:
    """Put what the user saw into the inbox, where the next audit reads it, and return its file."""
    path = inbox_dir / f"{capture.sha256[:12]}-{safe_name('observed-' + capture.source)}.json"
    write_private(path, capture.body)
    return path


def _put(one: Imported, file: File, inbox_dir: Path, known: dict[str, Path]) -> Imported:
    if file.sha256 in known:
        return replace(one, path=known[file.sha256], known=True)
    path = inbox_dir / f"{file.sha256[:12]}-{safe_name(file.name)}"
    write_private(path, file.data)
    moment = file.saved_at.timestamp()
    with suppress(OSError):
        os.utime(path, (moment, moment))
    known[file.sha256] = path
    return replace(one, path=path)


def _survey(file: File, sources: Sequence[Source], name: str) -> Imported:
    """Tell what `file` is, whose its pages are, and in one line what is wrong with it."""
    if is_answers(file.data):
        return Imported(name=name, kind=ANSWERS, sha256=file.sha256)
    contents = _captures(file, sources, datetime.now(UTC))
    return Imported(
        name=name,
        kind=OBSERVED if {capture.by for capture in contents.captures} == {By.OBSERVED} else PAGE,
        sha256=file.sha256,
        sources=tuple(dict.fromkeys(capture.source for capture in contents.captures)),
        pages=len(contents.captures),
        problem="; ".join(one.problem or "" for one in contents.problems) or None,
    )


def is_answers(data: bytes) -> bool:
    """Whether `data` is the answers.json that a report saves."""
    if len(data) > 5_000_000 or not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and isinstance(value.get("answers"), list | dict)


def _stamp() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


# ---------------------------------------------------------------------------- out


def read_inbox(inbox_dir: Path, sources: Sequence[Source], now: datetime) -> tuple[Capture, ...]:
    """Return the captures that wait in the inbox; see `look` for what could not be read."""
    return look(inbox_dir, sources, now).captures


def look(inbox_dir: Path, sources: Sequence[Source], now: datetime) -> Contents:
    """Return what waits in the inbox as of `now`; a file that cannot be read never stops the rest.

    The same bytes under two names are read once.
    """
    captures: list[Capture] = []
    problems: list[Imported] = []
    seen: set[str] = set()
    for path, file in held(inbox_dir, read_index(inbox_dir)):
        if isinstance(file, Unreadable):
            problems.append(Imported(name=path.name, path=path, problem=str(file)))
            continue
        if file.sha256 in seen:
            continue
        seen.add(file.sha256)
        if is_answers(file.data):
            problems.append(
                Imported(name=path.name, path=path, kind=ANSWERS, sha256=file.sha256, problem=_ANSWERS)
            )
            continue
        contents = _captures(file, sources, now)
        captures += contents.captures
        problems += (replace(one, path=path) for one in contents.problems)
    return Contents(captures=tuple(captures), problems=tuple(problems))


_ANSWERS = "these are answers to a report; run `repaudit import` on the file to apply them"


def consume(inbox_dir: Path, captures: Iterable[Capture]) -> tuple[str, ...]:
    """Remove the files in which `captures` came, once their audit is sealed, and return the names of them.

    A file that changed since it was read stays.
    """
    read = {value for capture in captures for name, value in capture.headers if name == FILE_HEADER}
    index = read_index(inbox_dir)
    gone = []
    for path, file in list(held(inbox_dir, index)):
        if isinstance(file, File) and file.sha256 in read:
            with suppress(OSError):
                path.unlink()
                gone.append(path.name)
            index.pop(file.sha256, None)
            for folder in path.parent.iterdir():
                if folder.is_dir() and not folder.is_symlink() and is_trimmings(folder.name, [path.name]):
                    rmtree(folder, ignore_errors=True)
    if gone:
        write_private(inbox_dir / INDEX, json.dumps(index, ensure_ascii=False, indent=1, sort_keys=True))
    return tuple(gone)


# ---------------------------------------------------------------------------- from files to captures


def _captures(file: File, sources: Sequence[Source], now: datetime) -> Contents:
    """Return the captures in one file, and in one line each what is wrong with it."""
    try:
        pages = open_saved(file.data, file.name)
        if pages[0].media_type in ratings.MEDIA_TYPES:
            return _of_table(pages[0], file, sources)
    except SourceError as error:
        return Contents(problems=(_problem(file, str(error)),))
    captures, reasons = [], []
    for saved in pages:
        try:
            captures.append(_capture(saved, file, sources, now, is_alone=len(pages) == 1))
        except SourceError as error:
            reasons.append(str(error))
    if captures and pages[0].media_type == exports.MEDIA_TYPE:
        why = exports.left_out(exports.export_in(pages[0].body) or {})
        return Contents(captures=tuple(captures), problems=(_problem(file, why),) if why else ())
    if captures:
        # An archive of a whole visit holds pages of many sites; only ours are wanted.
        return Contents(captures=tuple(captures))
    why = (
        reasons[0]
        if len(pages) == 1
        else f"none of its {len(pages)} pages is of a source; the first: {reasons[0]}"
    )
    return Contents(problems=(_problem(file, why),))


def _of_table(saved: Saved, file: File, sources: Sequence[Source]) -> Contents:
    seen, wrong = ratings.read_ratings(saved.body, sources, file.source, file.saved_at.date())
    return Contents(
        captures=tuple(replace(capture, headers=_mark(file)) for capture in seen),
        problems=tuple(_problem(file, why) for why in wrong),
    )


def _mark(file: File) -> tuple[tuple[str, str], ...]:
    return ((FILE_HEADER, file.sha256),)


def _problem(file: File, why: str) -> Imported:
    return Imported(name=file.name, sha256=file.sha256, problem=why)


def _capture(
    saved: Saved, file: File, sources: Sequence[Source], now: datetime, *, is_alone: bool
) -> Capture:
    now = now if now.tzinfo else now.replace(tzinfo=UTC)
    if saved.media_type == OBSERVATION:
        seen = observe.from_saved(saved.body, sources)
        return replace(seen, fetched_at=min(seen.fetched_at, now), headers=_mark(file))
    source = belongs_to(saved, sources, file.source, is_alone=is_alone)
    url = saved.url or f"file:///{safe_name(file.name)}"
    return Capture(
        source=source.id,
        request=Request(url=url, engine=source.engine, query=file.query or _query(saved, source)),
        url=url,
        status=saved.status,
        body=saved.body,
        sha256=hashlib.sha256(saved.body).hexdigest(),
        fetched_at=min(saved.saved_at or file.saved_at, now),
        headers=_mark(file),
        media_type=saved.media_type,
        by=By.SAVED_PAGE,
    )


def _query(saved: Saved, source: Source) -> str | None:
    """Return what a saved result page says that it was asked."""
    if source.engine is None or "html" not in (saved.media_type or ""):
        return None
    with suppress(Unreadable):  # it is told when the page is read
        page = open_page(decode(saved.body, saved.media_type), saved.url or "")
        return serp.query_in(page, saved.url or "")
    return None
