"""What goes wrong on a user's machine: one clear line each, the right exit code, and nothing lost."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reputation import resources
from tests.programs import one_line, repaudit, report_of
from tests.servers import Reply, serve

DAY = ["run", "--as-of", "2026-11-15"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with one sealed audit of saved pages."""
    (tmp_path / "profile.toml").write_text(resources.text("data/demo/profile.toml"), encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "page.html").write_bytes(resources.data("data/demo/2026-Q4/healthgrades.html"))
    assert repaudit("run", "--as-of", "2026-08-15", "--offline", cwd=tmp_path).returncode == 4
    return tmp_path


def served(workspace: Path, reply: Reply) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """Audit NPPES alone, served one reply; return how the run ended, and NPPES's line of coverage."""
    with serve(lambda _path: reply) as site:
        table = f'[nppes]\nbase_url = "{site.url}/api"\npause_s = 0\n'
        (workspace / "sources.toml").write_text(table, encoding="utf-8")
        done = repaudit(*DAY, "--source", "nppes", cwd=workspace)
    assert "Traceback" not in done.stderr
    return done, next(line for line in report_of(workspace)["coverage"] if line["source"] == "nppes")


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (Reply(body=b"not json at all"), "failed"),
        (Reply(body=b"<html><body>Maintenance</body></html>", media_type="text/html"), "failed"),
        (Reply(body=b""), "failed"),
        (Reply(body=b'{"Errors": [{"description": "No valid search criteria provided"}]}'), "failed"),
        (Reply(body=b'{"result_count": 1, "results": [{"num'), "failed"),
        (Reply(body=b"Forbidden", status=403, media_type="text/html"), "blocked"),
        (Reply(body=b'{"message": "slow down"}', status=429), "quota"),
    ],
)
def test_a_reply_that_is_no_answer_is_coverage_not_silence(
    workspace: Path, reply: Reply, status: str
) -> None:
    done, line = served(workspace, reply)
    assert done.returncode == 4
    assert line["status"] == status
    assert line["detail"]
    assert "no source answered" in one_line(done)


def test_without_a_network_every_source_says_so_and_the_audit_is_sealed(workspace: Path) -> None:
    table = '[nppes]\nbase_url = "http://127.0.0.1:9/api"\npause_s = 0\n'
    (workspace / "sources.toml").write_text(table, encoding="utf-8")
    done = repaudit(*DAY, "--source", "nppes", cwd=workspace)
    assert done.returncode == 4
    one_line(done)
    report = report_of(workspace)
    assert report["audit"]["quarter"] == "2026-Q4"
    assert next(one for one in report["coverage"] if one["source"] == "nppes")["status"] == "failed"


def test_a_missing_key_skips_its_source_and_names_the_variable(workspace: Path) -> None:
    repaudit(*DAY, "--source", "serpapi-google", cwd=workspace)
    line = next(one for one in report_of(workspace)["coverage"] if one["source"] == "serpapi-google")
    assert line["status"] == "skipped"
    assert "SERPAPI_API_KEY" in line["detail"]


def test_a_database_that_another_run_holds_is_5(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "audits.db.lock", isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        done = repaudit(*DAY, "--offline", cwd=workspace)
    assert done.returncode == 5
    assert "another run" in one_line(done)


def test_a_damaged_database_is_5_and_is_left_as_it_is(workspace: Path) -> None:
    database = workspace / "audits.db"
    for beside in workspace.glob("audits.db-*"):
        beside.unlink()
    database.write_bytes(b"this is no database" * 100)
    done = repaudit("history", cwd=workspace)
    assert done.returncode == 5
    one_line(done)
    assert database.read_bytes().startswith(b"this is no database")


def test_a_database_of_a_newer_program_is_5(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "audits.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    done = repaudit("show", cwd=workspace)
    assert done.returncode == 5
    assert "newer" in one_line(done)


@pytest.mark.skipif(sys.platform != "linux", reason="file size limits are set as Linux has them")
def test_a_full_disk_is_told_and_loses_nothing_sealed(workspace: Path) -> None:
    size = (workspace / "audits.db").stat().st_size
    code = "import sys; from reputation.cli import main; sys.argv = ['repaudit', *sys.argv[1:]]; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *DAY, "--offline"],
        cwd=workspace,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2)),
    )
    assert done.returncode in {3, 5}, done.stderr
    one_line(done)
    assert report_of(workspace)["audit"]["quarter"] == "2026-Q3"


def test_an_output_that_cannot_be_written_is_2_and_nothing_is_left(workspace: Path) -> None:
    (workspace / "here").write_text("a file", encoding="utf-8")
    done = repaudit("report", "-o", "here/report.html", cwd=workspace)
    assert done.returncode == 2
    assert "here" in one_line(done)


def test_a_bad_saved_page_never_stops_the_rest(workspace: Path) -> None:
    (workspace / "inbox" / "empty.html").write_bytes(b"")
    (workspace / "inbox" / "wall.html").write_bytes(resources.data("data/demo/both/wall.html"))
    (workspace / "inbox" / "good.html").write_bytes(resources.data("data/demo/2026-Q4/ratemds.html"))
    done = repaudit(*DAY, "--offline", cwd=workspace)
    assert "Traceback" not in done.stderr
    assert any(m["source"] == "ratemds" for m in report_of(workspace)["mentions"])


def test_asking_for_an_audit_that_is_not_there_is_2(workspace: Path) -> None:
    done = repaudit("report", "--audit", "2020-Q1", cwd=workspace)
    assert done.returncode == 2
    one_line(done)
