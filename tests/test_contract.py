"""The contract as a program outside sees it: settings, interruptions, and audits without a network."""

from __future__ import annotations

import json
import os
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


TOLD_OF_SOCKETS = """import sys
def tell(event, arguments):
    if event.startswith("socket."):
        sys.stderr.write(f"SOCKET {event} {arguments}\\n")
sys.addaudithook(tell)
from reputation.cli import main
main()"""


def test_offline_not_even_a_library_opens_a_socket(workspace: Path) -> None:
    own = '[[profiles]]\nurl = "https://www.doximity.com/pub/jane-roe-md"\n'
    (workspace / "profile.toml").write_text(PROFILE + own, encoding="utf-8")
    (workspace / "inbox").mkdir()
    (workspace / "inbox" / "page.html").write_text(SAVED, encoding="utf-8")
    words = [sys.executable, "-c", TOLD_OF_SOCKETS, "run", "--offline", "--as-of", "2026-11-20"]
    done = subprocess.run(words, cwd=workspace, capture_output=True, text=True, check=False)
    assert "SOCKET" not in done.stderr
    assert "healthgrades: observed, 1 mention" in done.stderr
    assert done.returncode == 4  # a page that the user saved is no answer to a program


@pytest.fixture(scope="module")
def overdue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("overdue")
    (folder / "profile.toml").write_text(PROFILE, encoding="utf-8")
    (folder / "post.txt").write_text("Office hours have changed.", encoding="utf-8")
    assert repaudit("run", "--offline", "--as-of", "2020-01-15", cwd=folder).returncode == 4
    return folder


@pytest.mark.parametrize(
    "words",
    ["plan", "confirm", "sources list", "sources show nppes", "key list", "check-post post.txt", "history",
     "reply --check post.txt", "observe vitals --nothing"],
)  # fmt: skip
def test_every_command_says_once_that_an_audit_is_overdue(words: str, overdue: Path) -> None:
    from typer.testing import CliRunner

    from reputation.cli import app

    before = Path.cwd()
    os.chdir(overdue)
    try:
        done = CliRunner().invoke(app, words.split())
    finally:
        os.chdir(before)
    assert done.stderr.count("the next audit has been due for") == 1
    assert "the next audit has been due for" not in done.stdout


def test_bytes_that_are_no_text_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from reputation.cli import app

    words = ["init", str(tmp_path / "new"), "--given", "Jos\udce9", "--family", "Roe"]
    assert leave_with(lambda: app(words, standalone_mode=False)) == 2
    assert "is not UTF-8 text" in capsys.readouterr().err


def test_the_evidence_goes_to_standard_output_where_no_file_is_named(overdue: Path) -> None:
    code = [sys.executable, "-m", "reputation", "evidence", "export"]
    done = subprocess.run(code, cwd=overdue, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(b"\x1f\x8b")


def test_a_keyring_that_keeps_nothing_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reputation.config import keys

    class Null:
        def set_password(self, *_: str) -> None:
            """Forget it at once, as keyring's null back end does."""

        def get_password(self, *_: str) -> None:
            """Know of nothing."""

    monkeypatch.setattr(keys, "_keyring", Null)
    monkeypatch.setenv("REPAUDIT_CONFIG_DIR", str(tmp_path))
    place = keys.keep_key("SERPER_API_KEY", "invented")
    assert Path(place).read_text(encoding="utf-8").strip() == "invented"
    assert keys.find_key("SERPER_API_KEY") == "invented"


def test_a_file_that_cannot_be_taken_is_one_line_and_never_stops_the_rest(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    from reputation.cli.importing import import_and_tell
    from reputation.errors import UsageError

    folder = tmp_path_factory.mktemp("saved")
    (folder / "answers.json").write_text('{"answers": []}', encoding="utf-8")
    (folder / "empty.html").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"empty\.html: the file is empty"):
        import_and_tell(Workspace(workspace), [folder / "empty.html"], None, None)
    assert not capsys.readouterr().err
    (folder / "page.html").write_text(SAVED, encoding="utf-8")
    assert import_and_tell(Workspace(workspace), [folder], None, None) == 0
    told = capsys.readouterr()
    assert "page.html: healthgrades" in told.out
    assert told.err.count("note: ") == 2


def test_the_next_command_is_told_so_that_it_can_be_copied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from reputation.cli import app

    words = ["init", str(tmp_path / "my audit"), "--given", "Jane", "--family", "Roe"]
    assert leave_with(lambda: app(words, standalone_mode=False)) == 0
    assert f"--workspace '{tmp_path / 'my audit'}' run" in capsys.readouterr().err
