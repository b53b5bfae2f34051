"""Keeps runs out of a workspace while something is deleted there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from reputation.defense.database import guard
from reputation.errors import StoreError


@contextmanager
def no_run(path: Path) -> Iterator[None]:
    """Hold the lock that a run of the database at `path` takes; it dies with the process.

    Raises:
        StoreError: A run is at work.
    """
    beside = path.with_name(path.name + ".lock")
    with guard(beside), closing(sqlite3.connect(beside, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise StoreError(f"a run is at work in {path.parent}; wait until it has ended") from error
        yield
