"""A damaged database is put right from the copy of the last sealed audit, with what the user has said since."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reputation.defense.journal import Entry
from reputation.defense.restore import restore
from reputation.defense.store import Store, open_store
from reputation.errors import StoreError
from reputation.model import Judgement
from tests.defense.test_store import sealed

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "audits.db")


def damage(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(data)


def root_page(store: Store, table: str) -> int:
    with store.database.reading() as connection:
        row = connection.exec_driver_sql(f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'").one()
    return int(row[0])


def test_the_sealed_audits_come_back_with_the_words_said_since(store: Store) -> None:
    store.judge(Judgement(key="k", word="not-mine"))
    key = sealed(store)
    store.judge(Judgement(key="k", word="mine"))
    store.write_entry(Entry(kind="call", key="+16175550134", at=NOW))
    page = root_page(store, "capture")
    store.close()
    damage(store.path, page)
    done = restore(store.path, NOW)
    assert (done.audits, done.words) == (1, 2)
    assert "lies at audits.db.damaged-20261122-090000" in done.summary
    assert done.damaged.is_file()
    assert store.path.stat().st_mode & 0o077 == 0
    with open_store(store.path) as again:
        assert again.load(key).id == key
        assert [one.word for one in again.judgements()] == ["mine"]
        assert len(again.entries("call")) == 1


def test_a_file_that_holds_nothing_readable_is_put_right_all_the_same(store: Store) -> None:
    key = sealed(store)
    store.close()
    store.path.write_bytes(b"no database" * 1000)
    assert restore(store.path, NOW).words == 0
    with open_store(store.path) as again:
        assert again.load(key).id == key


def test_a_whole_database_is_left_alone(store: Store) -> None:
    sealed(store)
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match="is whole"):
        restore(store.path, NOW)
    assert store.path.read_bytes() == before


def test_without_a_whole_copy_nothing_is_touched(store: Store) -> None:
    sealed(store)
    store.close()
    store.path.write_bytes(b"no database" * 1000)
    store.database.backup.write_bytes(b"no copy")
    with pytest.raises(StoreError, match="no whole copy"):
        restore(store.path, NOW)
    assert store.path.read_bytes().startswith(b"no database")
