"""What the user did is kept in order, never rewritten, and goes when she forgets it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import update

from reputation.defense import forget, schema
from reputation.defense.journal import Entry
from reputation.defense.store import Store, open_store
from reputation.errors import StoreError

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "audits.db") as opened:
        yield opened


def test_entries_come_back_in_the_order_of_writing_by_kind_and_key(store: Store) -> None:
    for number, key in enumerate("aba"):
        store.write_entry(Entry(kind="dispute", key=key, at=NOW, data={"number": number, "when": NOW}))
    store.write_entry(Entry(kind="call", key="a", at=NOW))
    assert [one.data["number"] for one in store.entries("dispute", "a")] == [0, 2]
    assert [one.key for one in store.entries("dispute")] == ["a", "b", "a"]
    assert store.entries("dispute")[0].data["when"] == "2026-11-22T09:00:00Z"
    assert store.entries("export") == ()


def test_times_are_kept_in_utc_whatever_the_caller_gave(store: Store) -> None:
    east = timezone(timedelta(hours=2))
    store.write_entry(Entry(kind="call", key="a", at=NOW.astimezone(east)))
    store.write_entry(Entry(kind="call", key="b", at=NOW.replace(tzinfo=None)))
    assert [one.at for one in store.entries("call")] == [NOW, NOW]


def test_an_entry_is_never_rewritten(store: Store) -> None:
    store.write_entry(Entry(kind="call", key="a", at=NOW))
    with pytest.raises(StoreError, match="never rewritten"), store.database.writing() as connection:
        connection.execute(update(schema.journal).values(key="b"))


def test_forgetting_a_listing_takes_its_entries_and_no_others(store: Store) -> None:
    store.write_entry(Entry(kind="dispute", key="phone_wrong:ratemds:x:telephone", at=NOW))
    store.write_entry(Entry(kind="call", key="+16175550134", at=NOW, data={"keys": ["ratemds:x"]}))
    store.write_entry(Entry(kind="call", key="+16175550135", at=NOW, data={"keys": ["ratemds:xy"]}))
    gone = forget.forget_key(store, "ratemds:x")
    assert gone.entries == 2
    assert "2 journal lines" in gone.summary
    assert [one.key for one in store.entries("call")] == ["+16175550135"]
    assert forget.forget_all(store).entries == 1
