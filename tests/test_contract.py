"""The contract as a program outside sees it: settings, interruptions, and audits without a network."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reputation.cli.leaving import leave_with
from reputation.config import load_sources
from reputation.discovery.adapters import fault_of
from reputation.errors import ConfigError
from reputation.workspace import Workspace
from tests.programs import repaudit

PROFILE = '[right]\nself = true\n[name]\ngiven = "Jane"\nfamily = "Roe"\n'
SAVED = """<!doctype html><html><head><title>Dr. Jane Roe, MD | Healthgrades</title>
<link rel="canonical" href="https://www.healthgrades.com/physician/dr-jane-roe-x7abc">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Physician", "name": "Dr. Jane Roe, MD",
"url": "https://www.healthgrades.com/physician/dr-jane-roe-x7abc", "telephone": "617-555-0134",
"aggregateRating": {"@type": "AggregateRating", "ratingValue": "4.6", "bestRating": "5", "ratingCount": "38"}}
</script></head><body><h1>Dr. Jane Roe, MD</h1><p>Medical oncology</p></body></html>"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


def test_every_mistake_of_both_files_is_told_at_once_with_file_line_and_key(workspace: Path) -> None:
    (workspace / "profile.toml").write_text(PROFILE + "[ids]\nnpl = 1\n", encoding="utf-8")
    (workspace / "sources.toml").write_text(
        '[nppes]\npause_s = -1\n[new-one]\ntitle = "x"\ncategory = "own"\naccess = "api"\nadapter = "nope"\n'
        '[network]\nca_file = "none.pem"\n',
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as caught:
        Workspace(workspace).load_settings()
    told = [(Path(p.file).name, p.line, p.key) for p in caught.value.problems]
    assert told == [
        ("profile.toml", 7, "ids.npl"),
        ("sources.toml", 2, "nppes.pause_s"),
        ("sources.toml", 7, "new-one.adapter"),
        ("sources.toml", 9, "network.ca_file"),
    ]


def test_what_is_not_utf_8_is_told_with_its_line(workspace: Path) -> None:
    (workspace / "profile.toml").write_bytes(PROFILE.encode() + 'middle = "José"\n'.encode("latin-1"))
    with pytest.raises(ConfigError) as caught:
        Workspace(workspace).load_settings()
    (problem,) = caught.value.problems
    assert problem.line == 6
    assert "UTF-8" in problem.what


def test_a_plug_in_that_is_not_installed_is_no_mistake_of_the_settings(tmp_path: Path) -> None:
    own = tmp_path / "sources.toml"
    table = '[mine]\ntitle = "x"\ncategory = "own"\naccess = "page"\nadapter = "own-pages"\n'
    own.write_text(table, encoding="utf-8")
    assert any(source.id == "mine" for source in load_sources(own, fault_of=fault_of))


def test_without_a_command_the_help_is_all_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from reputation.cli import app

    assert leave_with(lambda: app([], standalone_mode=False)) == 2
    shown = capsys.readouterr()
    assert "Usage" in shown.out
    assert not shown.err


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_an_interrupted_run_leaves_with_130_and_says_how_to_go_on(workspace: Path) -> None:
    code = (
        "import time; from reputation.cli import app, main\n"
        "def sleep(): print('ready', flush=True); time.sleep(30)\n"
        "app.command()(sleep); main()"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code, "sleep"],
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    time.sleep(0.1)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130
    assert said == "repaudit: interrupted; run the same command again to go on\n"


def test_offline_the_next_quarter_replays_the_saved_pages_of_the_latest_audit(workspace: Path) -> None:
    (workspace / "inbox").mkdir()
    (workspace / "inbox" / "saved by hand.html").write_text(SAVED, encoding="utf-8")
    first = repaudit("run", "--offline", "--as-of", "2026-11-20", "--json", cwd=workspace)
    again = repaudit("run", "--offline", "--as-of", "2027-02-20", "--json", cwd=workspace)
    before, after = json.loads(first.stdout), json.loads(again.stdout)
    assert [one["key"] for one in after["mentions"]] == ["healthgrades:dr-jane-roe-x7abc"]
    assert after["mentions"][0]["evidence"] == before["mentions"][0]["evidence"]
    assert after["comparison"]["incomparable"] == []
    assert after["comparison"]["changes"] == []
