"""A run that is killed at any moment loses nothing that was committed, and asks nothing twice."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from reputation import resources
from tests.programs import repaudit, report_of, start, without_ids_and_times
from tests.servers import Reply, Site, serve

KILLS = 20
SECRETS = {"SERPAPI_API_KEY": "not-a-key"}


def answer(path: str) -> Reply:
    """The demonstration's replies, and a page of her own."""
    asked = unquote_plus(path)
    files = {
        "number=1234567893": "both/nppes-number.json",
        "last_name=": "both/nppes-name.json",
        "esearch": "both/pubmed-search.json",
        "efetch": "both/pubmed-records.xml",
        "/serpapi": "2026-Q4/google.json",
        "/searx": "2026-Q4/searxng.json",
        "/own": "both/own-page.html",
    }
    for mark, file in files.items():
        if mark in asked:
            kind = {"html": "text/html", "xml": "text/xml"}.get(file.rsplit(".", 1)[1], "application/json")
            return Reply(body=resources.data(f"data/demo/{file}"), media_type=kind)
    return Reply(body=b"{}", status=404)


def make_workspace(path: Path, site: Site) -> Path:
    path.mkdir()
    profile = resources.text("data/demo/profile.toml")
    profile = profile.replace("https://www.example.org/miriam-halloran", f"{site.url}/own/1")
    profile = profile.replace("https://listings.example.net/dr-miriam-halloran", f"{site.url}/own/2")
    (path / "profile.toml").write_text(profile, encoding="utf-8")
    bases = {
        "nppes": "/nppes",
        "pubmed": "/pubmed",
        "serpapi-google": "/serpapi",
        "searxng": "/searx",
        "own-pages": "/own",
    }
    tables = [
        f'[{name}]\nbase_url = "{site.url}{below}"\npause_s = 0\nmax_requests = 6\n'
        for name, below in bases.items()
    ]
    (path / "sources.toml").write_text("\n".join(tables), encoding="utf-8")
    return path


def committed(database: Path) -> set[str]:
    """The paths whose replies stand in the database, which is whole."""
    if not database.exists():
        return set()
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "capture" not in tables:
            return set()
        rows = connection.execute("SELECT url FROM capture").fetchall()
    return {row[0].split("/", 3)[3] for row in rows}


def is_sealed(database: Path) -> bool:
    """Whether the audit was finished, so that the next run is another one."""
    if not database.exists():
        return False
    with closing(sqlite3.connect(database)) as connection:
        return bool(connection.execute("SELECT count(*) FROM audit WHERE state = 'sealed'").fetchone()[0])


def kill_until_sealed(workspace: Path, site: Site, run: list[str], moments_s: Iterator[float]) -> int:
    """Start `run`, kill it, start it again, until its audit is sealed; return how often it was killed before that."""
    kills = 0
    while not is_sealed(workspace / "audits.db"):
        held, before = committed(workspace / "audits.db"), len(site.asked)
        process = start(*run, cwd=workspace, **SECRETS)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=next(moments_s))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        asked = {path.lstrip("/") for path in site.asked[before:]}
        assert not asked & held, "a request was asked again although its reply was committed"
    return kills


def test_a_run_killed_at_twenty_moments_asks_nothing_twice_and_ends_in_the_same_report(
    tmp_path: Path,
) -> None:
    names = ("nppes", "pubmed", "serpapi-google", "searxng", "own-pages")
    run = ["run", "--as-of", "2026-11-15", *(word for name in names for word in ("--source", name))]
    chance = random.Random(20261121)
    with serve(answer, delay_s=0.1) as site:
        alone = make_workspace(tmp_path / "alone", site)
        begun = time.monotonic()
        done = repaudit(*run, cwd=alone, **SECRETS)
        length_s = time.monotonic() - begun
        assert done.returncode == 0, done.stderr
        expected = without_ids_and_times(report_of(alone))
        # No moment lies so early that the program has not begun yet, else nothing would ever move on.
        moments_s = iter(lambda: chance.uniform(0.3, 1.0) * length_s, None)
        kills = 0
        for number in range(KILLS):
            killed = make_workspace(tmp_path / f"killed-{number}", site)
            kills += kill_until_sealed(killed, site, run, moments_s)
            committed(killed / "audits.db")
            assert without_ids_and_times(report_of(killed)) == expected
            if kills >= KILLS:
                return
    pytest.fail(f"the runs were over too soon: killed {kills} times in all")
