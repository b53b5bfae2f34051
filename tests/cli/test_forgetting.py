"""What a person asks to forget is gone from the database, its copies and the reports; the rest stays whole."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import zlib
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from reputation.defense.store import open_store
from tests.programs import Say

KEY = "ratemds:4100017"


def report(say: Say) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(say("report", "--format", "json").stdout)
    return document


def one_line(done: CompletedProcess[str]) -> str:
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("repaudit: ")]
    return line


def everything_kept(workspace: Path) -> str:
    """All that the database, its copies and the reports hold, unpacked."""
    texts = [path.read_text(encoding="utf-8") for path in workspace.glob("reports/*/report.html")]
    for path in (workspace / "audits.db", workspace / "audits.db.backup"):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            for table, column in (("record", "data"), ("body", "data"), ("audit", "head")):
                packed = connection.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
                texts += [zlib.decompress(row[0]).decode("utf-8", "replace") for row in packed]
            texts += [str(row) for row in connection.execute("SELECT * FROM judgement")]
    return "\n".join(texts)


def test_an_item_is_gone_with_its_words_from_every_audit_and_report(workspace: Path, say: Say) -> None:
    before = report(say)
    gone = {one["key"] for one in before["mentions"] if KEY in (one["key"], one["listing_key"])}
    text = max((one["text"] or "" for one in before["mentions"] if one["key"] in gone), key=len)
    noted = say("decide", KEY, "unfair", "--note", "to counsel on Monday")
    assert noted.returncode == 0, noted.stderr
    assert text[:40] in everything_kept(workspace)
    assert "to counsel" in everything_kept(workspace)
    size = (workspace / "audits.db").stat().st_size

    done = say("forget", KEY, "--yes")

    assert done.returncode == 0, done.stderr
    assert "mentions" in done.stdout
    assert "1 judgement" in done.stdout
    assert "written again without it: reports/2026-Q4/report.html" in done.stdout
    kept = everything_kept(workspace)
    assert text[:40] not in kept
    assert "to counsel" not in kept
    assert (workspace / "audits.db").stat().st_size < size
    after = report(say)
    assert [one for one in before["mentions"] if one["key"] not in gone] == after["mentions"]
    assert say("explain", KEY).returncode == 2
    assert say("evidence", "verify").returncode == 0


def test_a_note_about_a_patient_is_10_and_keeps_nothing(workspace: Path, say: Say) -> None:
    refused = say("decide", KEY, "unfair", "--note", "Mrs. Poe, seen on 3 March for knee pain, MRN 12345")
    assert refused.returncode == 10
    assert "nothing was kept" in one_line(refused)
    with open_store(workspace / "audits.db") as store:
        assert store.judgements() == ()


def test_an_audit_is_gone_with_its_report_and_the_others_load(workspace: Path, say: Say) -> None:
    done = say("forget", "--audit", "2026-Q3", "--yes")
    assert done.returncode == 0, done.stderr
    assert "1 audit" in done.stdout
    assert "deleted: reports/2026-Q3/report.html" in done.stdout
    assert not (workspace / "reports" / "2026-Q3").exists()
    with open_store(workspace / "audits.db") as store:
        assert [one.quarter for one in store.audits()] == ["2026-Q4"]
        assert store.latest() is not None
    everything_kept(workspace)


def test_all_leaves_the_profile_and_says_so(workspace: Path, say: Say) -> None:
    (workspace / "inbox" / "page.html").write_text("<p>waiting", encoding="utf-8")
    done = say("forget", "--all", "--yes")
    assert done.returncode == 0, done.stderr
    assert "2 audits" in done.stdout
    for name in ("audits.db", "audits.db.backup", "reports/2026-Q3", "inbox/page.html"):
        assert f"deleted: {name}\n" in done.stdout
    assert "kept: profile.toml" in done.stderr
    left = {str(path.relative_to(workspace)) for path in workspace.rglob("*")}
    assert left == {"profile.toml", "sources.toml", "reports", "inbox"}


def test_all_deletes_a_damaged_database_too(workspace: Path, say: Say) -> None:
    (workspace / "audits.db").write_bytes(b"no database" * 1000)
    done = say("forget", "--all", "--yes")
    assert done.returncode == 0, done.stderr
    assert not (workspace / "audits.db").exists()


def test_what_a_link_points_to_is_never_touched(workspace: Path, tmp_path: Path, say: Say) -> None:
    if sys.platform == "win32":
        pytest.skip("links need a right there")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "thesis.txt").write_text("mine", encoding="utf-8")
    shutil.rmtree(workspace / "inbox")
    (workspace / "inbox").symlink_to(elsewhere)
    (workspace / "reports" / "link").symlink_to(elsewhere)
    assert say("forget", "--all", "--yes").returncode == 0
    assert (elsewhere / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_without_a_terminal_nothing_is_asked(workspace: Path, say: Say) -> None:
    for words in ([KEY], ["--audit", "2026-Q4"], ["--all"]):
        done = say("forget", *words)
        assert done.returncode == 0, done.stderr
        assert "deleted" in done.stdout
    assert not (workspace / "audits.db").exists()


def test_one_thing_at_a_time_and_one_that_is_there(workspace: Path, say: Say) -> None:
    for words in (
        [],
        [KEY, "--all"],
        ["--audit", "2026-Q3", "--all"],
        ["nobody:1", "--yes"],
        ["--audit", "2020-Q1"],
    ):
        refused = say("forget", *words)
        assert refused.returncode == 2
        one_line(refused)


def test_nothing_is_deleted_while_a_run_is_at_work(workspace: Path, say: Say) -> None:
    with closing(sqlite3.connect(workspace / "audits.db.lock", isolation_level=None)) as run:
        run.execute("BEGIN EXCLUSIVE")
        for words in ([KEY], ["--audit", "2026-Q3"], ["--all"]):
            refused = say("forget", *words, "--yes")
            assert refused.returncode == 5
            assert "a run is at work" in one_line(refused)
    assert len(report(say)["mentions"]) > 1
    assert (workspace / "reports" / "2026-Q4" / "report.html").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs a pseudo-terminal")
def test_on_a_terminal_it_asks_once_and_for_the_profile_again(workspace: Path) -> None:
    import pexpect

    def talk(*answers: tuple[str, str]) -> None:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "reputation", "forget", "--all"],
            cwd=str(workspace),
            encoding="utf-8",
            timeout=30,
        )
        for question, answer in answers:
            child.expect(question)
            child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0

    talk(("cannot be undone", "no"))
    assert (workspace / "audits.db").is_file()
    talk(("cannot be undone", "yes"), ("profile.toml too", "yes"))
    assert not (workspace / "audits.db").exists()
    assert not (workspace / "profile.toml").exists()
