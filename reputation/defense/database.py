"""Opens audits.db, brings it forward, and turns what SQLite says into one clear line.

Two listeners make SQLite's transactions whole, schema changes included: the driver must not begin by itself,
and a writing transaction begins IMMEDIATE, so that two writers queue and never deadlock.
Alembic is imported only where the version row differs from ours, because importing it costs 0.2 s.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, inspect

from reputation.defense import schema
from reputation.errors import StoreError

BUSY_TIMEOUT_S = 5
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Database:
    """A database file that has been opened."""

    path: Path
    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that reads one consistent state."""
        with guard(self.path), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are committed together or not at all."""
        with guard(self.path), writer(self.engine).begin() as connection:
            yield connection

    @property
    def backup(self) -> Path:
        """Where the copy lies that is made whenever an audit has been sealed."""
        return self.path.with_name(self.path.name + ".backup")

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Turn a record that cannot be read into a StoreError: its page of the file was damaged."""
        try:
            yield
        except (zlib.error, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self.path} {_DAMAGED.format(path=self.path)}") from error


def open_database(path: Path) -> Database:
    """Return the database at `path`, created on first use and brought forward where it is older.

    Raises:
        StoreError: It cannot be read or written, is locked, full, damaged or newer.
    """
    engine = connect(path)
    try:
        prepare(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return Database(path, engine)


def connect(path: Path) -> Engine:
    """Return an engine on the database at `path`; no connection is made yet."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin on its own
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(
            "PRAGMA secure_delete = ON"
        )  # what `forget` deletes leaves the file's free pages too

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def writer(engine: Engine) -> Engine:
    """Return `engine` for transactions that write."""
    return engine.execution_options(writes=True)


def prepare(engine: Engine, path: Path, *, migrations: Path = MIGRATIONS) -> None:
    """Create, check or bring forward the database at `path`.

    Raises:
        StoreError: It is newer than this program, damaged, locked, or no database of ours.
    """
    with guard(path):
        _make_private(path)
        with engine.connect() as connection:
            found = _version(connection)
        if found is None:
            _create(engine, path)
        elif found not in schema.VERSIONS:
            raise StoreError(
                f"{path} was written by a newer repaudit (version {found}); install the newest repaudit"
            )
        elif found != schema.VERSIONS[-1]:
            migrate(engine, path, found, migrations=migrations)


def migrate(engine: Engine, path: Path, found: str, *, migrations: Path = MIGRATIONS) -> Path:
    """Bring the database from version `found` to the newest, each version in one transaction.

    Returns the backup that is made first, beside the database.
    """
    from alembic import command  # noqa: PLC0415  Alembic costs 0.2 s and is rarely needed
    from alembic.config import Config  # noqa: PLC0415

    saved = path.with_name(f"{path.name}.before-{found}")
    back_up(engine, saved)
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    with writer(engine).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return saved


def back_up(engine: Engine, target: Path) -> None:
    """Write a compact copy of the database to `target`, whole or not at all, readable by its owner only."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(part),))
        part.replace(target)
    finally:
        connection.close()
        part.unlink(missing_ok=True)


def compact(engine: Engine) -> None:
    """Rewrite the database without its free pages, and empty the write-ahead log."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def _make_private(path: Path) -> None:
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent} is not a folder; create the workspace first: repaudit init")
    if path.is_dir():
        raise StoreError(f"{path} is a folder where the database should be; move it away")
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _version(connection: Connection) -> str | None:
    """Return the version row, or None for an empty database."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if schema.version.name not in tables:
        return _foreign(tables)
    return connection.execute(schema.version.select()).scalar() or _foreign(tables)


def _foreign(tables: list[str]) -> str:
    raise StoreError(
        f"audits.db is a database of another program (its tables: {', '.join(tables[:3])}); move it away"
    )


def _create(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA journal_mode = WAL")
    with writer(engine).begin() as connection:
        if _version(connection) is None:  # another program may have been faster
            schema.metadata.create_all(connection)
            connection.execute(schema.version.insert().values(version_num=schema.VERSIONS[-1]))
    path.chmod(0o600)


@contextmanager
def guard(path: Path) -> Iterator[None]:
    """Turn every error of the driver inside into a StoreError that says what to do."""
    try:
        yield
    except exc.DBAPIError as error:
        raise StoreError(_explain(path, error.orig)) from error
    except sqlite3.Error as error:
        raise StoreError(_explain(path, error)) from error
    except OSError as error:
        raise StoreError(
            f"{path}: {error.strerror or error}; check the folder and its permissions"
        ) from error


def _explain(path: Path, error: BaseException | None) -> str:
    said = str(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if "sealed audit" in said:
        return f"{path}: {said}; run a new audit instead"
    text = {
        sqlite3.SQLITE_BUSY: "is locked by another run or program; wait until that has ended, then try again",
        sqlite3.SQLITE_LOCKED: "is locked by another run or program; wait until that has ended, then try again",
        sqlite3.SQLITE_READONLY: "cannot be written; make the file and its folder writable",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened; make the file and its folder readable and writable",
        sqlite3.SQLITE_IOERR: "cannot be read or written by the disk; check the disk and its free space",
        sqlite3.SQLITE_FULL: "cannot grow, the disk is full; free some space and run again, nothing sealed is lost",
        sqlite3.SQLITE_CORRUPT: _DAMAGED,
        sqlite3.SQLITE_NOTADB: _DAMAGED,
    }.get(code)
    if text is None:
        return f"{path}: the database says: {said}; try again, and report this if it stays"
    return f"{path} {text.format(path=path)}"


_DAMAGED = "is damaged or no database; put the copy back with `repaudit evidence restore`, or move it away to start anew"
