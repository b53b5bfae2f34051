"""What was gathered and never sealed holds pages too: they go, and no run is disturbed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reputation.defense.lock import no_run
from reputation.defense.store import Store, open_store
from reputation.defense.unsealed import forget_unsealed
from reputation.errors import StoreError
from tests.defense.audits import NOW, audit, capture


def begin(store: Store, options: str) -> str:
    begun = store.begin(
        quarter="2026-Q4", as_of=NOW, now=NOW, profile_digest="p", sources_digest="s", options_digest=options
    )
    begun.draft.keep(capture(body=f"<p>{options}".encode()))
    if options == "sealed":
        made = audit((), as_of=NOW)
        begun.draft.seal(replace(made, audit=replace(made.audit, id=begun.draft.id)))
    return begun.draft.id


def test_pages_of_unfinished_and_abandoned_audits_go_and_sealed_ones_stay(tmp_path: Path) -> None:
    with open_store(tmp_path / "audits.db") as store:
        for options in ("abandoned", "sealed", "open"):
            last = begin(store, options)
        assert forget_unsealed(store) == 2
        assert list(store.captures_of(last)) == []
        (left,) = store.audits()
        assert [one.body for one in store.captures_of(left.id)] == [b"<p>sealed"]
        assert forget_unsealed(store) == 0
    with closing(sqlite3.connect(tmp_path / "audits.db")) as connection:
        assert connection.execute("SELECT count(*) FROM body").fetchone() == (1,)


def test_a_run_at_work_is_not_disturbed_and_ours_keeps_runs_out(tmp_path: Path) -> None:
    with open_store(tmp_path / "audits.db") as store:
        begin(store, "open")
        with pytest.raises(StoreError, match="a run is at work"), no_run(store.path):
            pytest.fail("a run is at work")
    with (
        open_store(tmp_path / "audits.db") as store,
        no_run(store.path),
        pytest.raises(StoreError, match="another run"),
    ):
        begin(store, "open")
