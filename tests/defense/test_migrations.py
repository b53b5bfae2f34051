"""A migration is whole or not at all, and a copy is made before it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from reputation.defense import database, schema
from reputation.defense.journal import Entry
from reputation.defense.store import open_store
from reputation.errors import StoreError

NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "0003"
down_revision = "0002"

def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO judgement (key, aspect, word) VALUES ('k', 'state', 'waived')")
    {end}
"""


def shape(path: Path) -> set[tuple[str, str, str]]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {(kind, name, " ".join(sql.replace('"', "").split())) for kind, name, sql in rows}


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    return Path(shutil.copytree(database.MIGRATIONS, tmp_path / "migrations"))


def test_a_database_migrated_from_empty_equals_a_new_one(tmp_path: Path) -> None:
    open_store(tmp_path / "new.db").close()
    engine = database.connect(tmp_path / "old.db")
    database.migrate(engine, tmp_path / "old.db", "0000")
    engine.dispose()
    assert shape(tmp_path / "old.db") == shape(tmp_path / "new.db")


def test_an_older_database_is_brought_forward_after_a_copy(
    tmp_path: Path, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "audits.db"
    open_store(path).close()
    (migrations / "versions" / "0003_second.py").write_text(NEXT.format(end=""))
    monkeypatch.setattr(schema, "VERSIONS", ("0001", "0002", "0003"))
    engine = database.connect(path)
    database.prepare(engine, path, migrations=migrations)
    engine.dispose()
    assert ("table", "extra") in {(kind, name) for kind, name, _ in shape(path)}
    saved = tmp_path / "audits.db.before-0002"
    assert "extra" not in {name for _, name, _ in shape(saved)}
    assert saved.stat().st_mode & 0o077 == 0


def test_a_migration_that_fails_half_way_leaves_nothing_behind(
    tmp_path: Path, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "audits.db"
    open_store(path).close()
    before = shape(path)
    (migrations / "versions" / "0003_second.py").write_text(
        NEXT.format(end='op.execute("INSERT INTO nowhere VALUES (1)")')
    )
    monkeypatch.setattr(schema, "VERSIONS", ("0001", "0002", "0003"))
    engine = database.connect(path)
    with pytest.raises(StoreError, match="no such table"):
        database.prepare(engine, path, migrations=migrations)
    engine.dispose()
    assert shape(path) == before
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]
    assert connection.execute("SELECT count(*) FROM judgement").fetchone() == (0,)
    connection.close()


def test_alembic_is_not_imported_for_a_database_of_today(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from reputation.defense.store import open_store\n"
        f"for _ in range(2): open_store(Path({str(tmp_path / 'audits.db')!r})).close()\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])


def test_the_first_released_version_comes_forward_with_all_it_held(tmp_path: Path) -> None:
    path = tmp_path / "audits.db"
    _as_released(path, "0001")
    with open_store(path) as store:
        assert [(one.key, one.word) for one in store.judgements()] == [("ratemds:dr-jane-roe", "mine")]
        assert store.entries("dispute") == ()
        store.write_entry(
            Entry(kind="dispute", key="k", at=datetime(2026, 11, 22, tzinfo=UTC), data={"n": 1})
        )
        assert store.entries("dispute")[0].data == {"n": 1}
    open_store(tmp_path / "new.db").close()
    assert shape(path) == shape(tmp_path / "new.db")
    assert (tmp_path / "audits.db.before-0001").is_file()


def _as_released(path: Path, version: str) -> None:
    """Make the database that a release with `version` left, with one word of the user's."""
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS).replace("%", "%%"))
    engine = database.connect(path)
    with database.writer(engine).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()
    raw = sqlite3.connect(path)
    raw.execute(
        "INSERT INTO judgement (key, aspect, word) VALUES ('ratemds:dr-jane-roe', 'identity', 'mine')"
    )
    raw.commit()
    raw.close()
