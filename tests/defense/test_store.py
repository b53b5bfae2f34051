"""The store keeps what arrived, seals once, and says in one line what went wrong."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.defense import database, schema
from reputation.defense.records import audit_from, head_of, rows_of
from reputation.defense.store import Begun, Store, open_store
from reputation.errors import StoreError, UsageError
from reputation.model import Judgement, Request, Signoff
from tests.defense.audits import EARLIER, NOW, audit, capture, coverage, finding, mention

ASKED = {"profile_digest": "p1", "sources_digest": "s1", "options_digest": "o1"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "audits.db") as opened:
        yield opened


def begin(store: Store, **fields: Any) -> Begun:
    given: dict[str, Any] = {"quarter": "2026-Q4", "as_of": NOW, "now": NOW, **ASKED}
    return store.begin(**{**given, **fields})


def sealed(store: Store, **fields: Any) -> str:
    as_of = fields.pop("as_of", NOW)
    made = audit((mention(),), as_of=as_of, findings=(finding(),), **fields)
    draft = begin(store, quarter=made.quarter, as_of=as_of).draft
    draft.keep(capture())
    draft.seal(replace(made, audit=replace(made.audit, id=draft.id)))
    return draft.id


def test_what_was_sealed_is_loaded_equal(store: Store) -> None:
    key = sealed(store)
    found = store.load(key)
    wanted = audit((mention(),), findings=(finding(),), id=key)
    assert found == wanted


def test_a_new_database_is_private_and_says_who_may_read(store: Store) -> None:
    if os.name == "posix":
        assert store.path.stat().st_mode & 0o777 == 0o600


def test_a_draft_holds_what_was_kept_and_counts_the_same_bytes_once(store: Store) -> None:
    draft = begin(store).draft
    one = capture(
        headers=(("content-type", "text/html"),), request=Request(url="https://example.com", body=b"\xff\x00")
    )
    assert draft.held(one.request) is None
    draft.keep(one)
    draft.keep(one)
    assert draft.held(one.request) == one
    assert list(store.captures_of(draft.id)) == [one]


def test_an_unfinished_audit_of_the_same_question_is_resumed(tmp_path: Path) -> None:
    with open_store(tmp_path / "audits.db") as first:
        begun = begin(first, now=EARLIER)
        begun.draft.keep(capture())
    with open_store(tmp_path / "audits.db") as second:
        again = begin(second)
        assert again.resumed
        assert again.draft.id == begun.draft.id
        assert again.draft.started_at == EARLIER
        assert again.draft.held(capture().request) == capture()


@pytest.mark.parametrize("changed", ["quarter", "profile_digest", "sources_digest", "options_digest"])
def test_an_unfinished_audit_of_another_question_is_closed_and_named(store: Store, changed: str) -> None:
    old = begin(store)
    new = begin(store, **{changed: "2027-Q1" if changed == "quarter" else "other"})
    assert not new.resumed
    assert new.abandoned == (old.draft.id,)
    with pytest.raises(StoreError, match="never rewritten"):
        old.draft.keep(capture())


def test_a_sealed_audit_is_never_rewritten(store: Store) -> None:
    key = sealed(store)
    connection = sqlite3.connect(store.path)
    for statement in (
        "UPDATE audit SET quarter = '2020-Q1'",
        "UPDATE audit_record SET position = 9",
        "UPDATE capture SET status = 500",
        "UPDATE record SET data = x'00'",
        "UPDATE body SET data = x'00'",
        f"INSERT INTO audit_record SELECT '{key}', 'mentions', 99, id, NULL FROM record LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
            connection.execute(statement)
    connection.close()


def test_a_draft_is_sealed_once(store: Store) -> None:
    draft = begin(store).draft
    draft.seal(audit(id=draft.id))
    with pytest.raises(StoreError):
        draft.seal(audit(id=draft.id))
    with pytest.raises(StoreError, match="not begun here"):
        draft.seal(audit(id="f" * 32))


def test_an_audit_is_found_by_id_prefix_and_quarter(store: Store) -> None:
    old, new = sealed(store, as_of=EARLIER), sealed(store)
    assert store.find(old) == old
    assert store.find("2026-q4") == new
    assert store.find(new[:20]) == new
    latest, base = store.latest(), store.base_for("2026-Q4")
    assert latest is not None
    assert base is not None
    assert (latest.id, base.id) == (new, old)
    assert store.base_for("2026-Q3") is None
    assert [one.id for one in store.audits()] == [old, new]
    assert store.audits()[0].differs == 1
    for wrong in ("", "zz", "2020-Q1"):
        with pytest.raises(UsageError):
            store.find(wrong)


def test_a_sealed_quarter_run_again_makes_a_second_audit(store: Store) -> None:
    first, second = sealed(store), sealed(store)
    assert first != second
    assert store.find("2026-Q4") == second
    assert store.base_for("2026-Q4") is None


def test_equal_items_of_two_quarters_are_kept_once(store: Store) -> None:
    sealed(store, as_of=EARLIER)
    sealed(store)
    connection = sqlite3.connect(store.path)
    (mentions,) = connection.execute(
        "SELECT count(DISTINCT record_id) FROM audit_record WHERE part = 'mentions'"
    ).fetchone()
    (bodies,) = connection.execute("SELECT count(*) FROM body").fetchone()
    connection.close()
    assert (mentions, bodies) == (1, 1)


def test_what_terms_forbid_to_keep_is_dropped_when_the_audit_is_sealed(store: Store) -> None:
    draft = begin(store, retention={"yelp": "none"}).draft
    kept, transient = capture(), capture("https://api.yelp.com/1", source="yelp", body=b"rating 4.5")
    draft.keep(kept)
    draft.keep(transient)
    assert draft.held(transient.request) == transient
    draft.seal(audit(id=draft.id))
    assert store.capture_for(draft.id, transient.request) is None
    assert list(store.captures_of(draft.id)) == [kept]
    connection = sqlite3.connect(store.path)
    assert connection.execute("SELECT count(*) FROM body").fetchone() == (1,)
    connection.close()


def test_a_second_run_in_the_same_workspace_is_told_to_wait(store: Store) -> None:
    begin(store)
    with open_store(store.path) as other, pytest.raises(StoreError, match="another run is at work"):
        begin(other)
    assert store.audits() == ()


def test_judgements_replace_those_of_their_own_sort(store: Store) -> None:
    for word in ("mine", "negative", "unfair", "not-mine", "positive"):
        store.judge(Judgement(key="k", word=word, decided_at=NOW))
    store.judge(Judgement(key="j", word="waived", note="seen"))
    assert [(one.key, one.word) for one in store.judgements()] == [
        ("j", "waived"),
        ("k", "unfair"),
        ("k", "not-mine"),
        ("k", "positive"),
    ]
    assert store.unjudge("k")
    assert not store.unjudge("k")


def test_the_sign_off_belongs_to_one_audit(store: Store) -> None:
    assert store.signoff_for() is None
    key = sealed(store)
    word = Signoff(accurate=True, fair=False, signed_at=NOW)
    store.sign(word, key)
    assert store.signoff_for() == store.signoff_for(key) == word
    with pytest.raises(UsageError):
        store.sign(word, "f" * 32)


def test_a_locked_database_is_one_clear_line(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.05)
    draft = begin(store).draft
    store.database.engine.dispose()
    with open_store(store.path) as impatient:
        holder = sqlite3.connect(store.path, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="is locked by another"):
            impatient.judge(Judgement(key="k", word="mine"))
        holder.close()
    draft.keep(capture())


@pytest.mark.parametrize(
    "damage", [b"no database at all, only words" * 40, b"SQLite format 3\x00" + b"\xff" * 4000]
)
def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "audits.db"
    path.write_bytes(damage)
    with pytest.raises(StoreError, match=r"damaged or no database; put the copy back"):
        open_store(path)
    assert path.read_bytes() == damage


def test_a_damaged_page_is_said_and_the_copy_beside_it_is_whole(store: Store) -> None:
    key = sealed(store)
    store.close()
    data = bytearray(store.path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    store.path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"), open_store(store.path) as broken:
        broken.load(key)
    store.database.backup.replace(store.path)
    with open_store(store.path) as restored:
        assert restored.load(key).id == key


def test_a_newer_database_and_a_foreign_one_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "audits.db"
    open_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    with pytest.raises(StoreError, match="newer repaudit"):
        open_store(path)
    connection.execute("DROP TABLE alembic_version")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="permission"):
            open_store(tmp_path / "audits.db")
    finally:
        tmp_path.chmod(0o700)


def test_a_missing_folder_and_a_folder_in_its_place_are_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not a folder"):
        open_store(tmp_path / "nowhere" / "audits.db")
    (tmp_path / "audits.db").mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path / "audits.db")


def test_a_full_disk_loses_nothing_that_was_sealed(store: Store) -> None:
    key = sealed(store)
    draft = begin(store).draft
    with store.database.reading() as connection:
        (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="disk is full"):
        draft.keep(capture("https://example.com/big", body=os.urandom(200_000)))
    assert store.load(key).id == key
    with open_store(store.path) as again:
        assert [one.id for one in again.audits()] == [key]


def test_an_audit_is_sealed_even_where_there_is_no_room_for_the_copy(store: Store) -> None:
    first = sealed(store, as_of=EARLIER)
    store.database.backup.unlink()
    store.database.backup.mkdir()
    second = sealed(store)
    assert [one.id for one in store.audits()] == [first, second]
    assert not list(store.path.parent.glob("*.part"))


KILLED = """
import sys
from pathlib import Path
from reputation.defense.store import open_store
from tests.defense.audits import NOW, capture
store = open_store(Path(sys.argv[1]))
draft = store.begin(quarter="2026-Q4", as_of=NOW, profile_digest="p1", sources_digest="s1",
                    options_digest="o1", now=NOW).draft
for number in range(100_000):
    draft.keep(capture(f"https://example.com/{number}", body=b"x" * 5000 + str(number).encode()))
    print(number, flush=True)
"""


def test_a_kill_loses_no_capture_that_was_committed(tmp_path: Path) -> None:
    path = tmp_path / "audits.db"
    root = Path(__file__).parents[2]
    run = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert run.stdout is not None
    with run.stdout as out:
        said = [int(out.readline()) for _ in range(25)]
        run.send_signal(signal.SIGKILL)
        said += [int(line) for line in out if line.strip()]
    run.wait()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    with open_store(path) as store:
        begun = begin(store)
        assert begun.resumed
        kept = {one.url for one in store.captures_of(begun.draft.id)}
    assert kept >= {f"https://example.com/{number}" for number in said}


@pytest.mark.skipif(os.name != "posix", reason="limits a file's size by a POSIX call")
def test_a_limit_on_the_size_of_files_is_a_full_disk_too(tmp_path: Path) -> None:
    limited = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
    )
    path = tmp_path / "audits.db"
    run = subprocess.run(
        [sys.executable, "-c", limited + KILLED.replace("5000", "50_000"), str(path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert "StoreError" in run.stderr
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


texts = st.text(max_size=30)


@given(titles=st.lists(texts, max_size=5), why=st.none() | texts)
@settings(max_examples=40, deadline=None)
def test_rows_give_back_the_audit_that_made_them(titles: list[str], why: str | None) -> None:
    made = audit(
        tuple(mention(number, title=title, text=why) for number, title in enumerate(titles)),
        findings=(finding(observed=why),),
        comparison=None,
    )
    made = replace(made, coverage=(coverage("healthgrades", "partial", detail=why, elapsed_s=1.5),))
    rows = [(part, data, aside) for part, _, _, data, aside in rows_of(made)]
    assert audit_from(head_of(made), rows) == made


def test_versions_end_with_the_one_that_a_new_database_carries(store: Store) -> None:
    with store.database.reading() as connection:
        assert connection.execute(schema.version.select()).scalar() == schema.VERSIONS[-1]
