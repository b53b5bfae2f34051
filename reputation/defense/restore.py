"""Puts the copy back that was made when the last audit was sealed, and saves what the damaged file still tells.

The damaged file is kept beside, under another name: nothing is thrown away.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reputation.defense import database, schema
from reputation.errors import StoreError

_NEWER = (schema.judgement, schema.signoff, schema.journal)
"""What the user may have said since the copy was made; looked for in the damaged file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """What was put back: the sealed audits of the copy, the user's words saved from the damaged file, where that lies."""

    audits: int
    words: int
    damaged: Path

    @property
    def summary(self) -> str:
        """One line for a person."""
        saved = f", {self.words} of your words saved from the damaged file" if self.words else ""
        return f"put back: {self.audits} sealed audits{saved}; the damaged file lies at {self.damaged.name}"


def restore(path: Path, now: datetime) -> Restored:
    """Put the copy beside `path` in its place.

    Raises:
        StoreError: There is no copy, it is damaged too, or the database needs no mending.
    """
    backup = path.with_name(path.name + ".backup")
    with database.guard(path):
        if path.is_file() and _is_whole(path):
            raise StoreError(f"{path} is whole; nothing was put back")
        if not backup.is_file() or not _is_whole(backup):
            raise StoreError(
                f"there is no whole copy at {backup}; put back one from your own backups, or move {path.name} away to start anew"
            )
        damaged = _set_aside(path, now)
        part = path.with_name(path.name + ".part")
        shutil.copyfile(backup, part)
        part.chmod(0o600)
        words = _save_words(damaged, part)
        part.replace(path)
    database.open_database(path).engine.dispose()  # an older copy is brought forward
    with closing(sqlite3.connect(path)) as connection:
        (audits,) = connection.execute("SELECT count(*) FROM audit WHERE state = 'sealed'").fetchone()
    return Restored(audits=audits, words=words, damaged=damaged)


def _is_whole(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            said = connection.execute("PRAGMA integrity_check(1)").fetchall()
            connection.execute("SELECT count(*) FROM audit").fetchone()
    except sqlite3.DatabaseError:
        return False
    return said == [("ok",)]


def _set_aside(path: Path, now: datetime) -> Path:
    """Move the damaged file and what SQLite keeps beside it out of the way."""
    damaged = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    for ending in ("", "-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.replace(damaged.with_name(damaged.name + ending))
    return damaged


def _save_words(damaged: Path, copy: Path) -> int:
    """Carry over the user's words that the damaged file still holds and the copy does not; return how many."""
    saved = 0
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for table in _NEWER:
            names = [column.name for column in table.columns]
            known = set(_readable(copy, table.name, names))
            marks = ", ".join("?" * len(names))
            insert = f"INSERT OR REPLACE INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608  our own names
            for row in _readable(damaged, table.name, names):
                with suppress(sqlite3.DatabaseError):  # a table or an audit that the copy does not have
                    saved += connection.execute(insert, row).rowcount if row not in known else 0
    return saved


def _readable(path: Path, table: str, names: Sequence[str]) -> list[tuple[object, ...]]:
    """Return the rows of a damaged file's table as far as they can be read."""
    rows: list[tuple[object, ...]] = []
    if not path.is_file():
        return rows
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as connection:
        for row in connection.execute(f"SELECT {', '.join(names)} FROM {table}"):  # noqa: S608  our own names
            rows.append(row)  # noqa: PERF402  what came before the damage is kept
    return rows
