"""The demonstration's two audits, made once, and a way to run commands on a copy of them without a new process."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from reputation.cli import app
from reputation.cli.leaving import leave_with
from tests.programs import Say, repaudit


@pytest.fixture(scope="session")
def two_audits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration: two quarters of an invented clinician; nobody writes into it."""
    made = tmp_path_factory.mktemp("demonstration") / "made"
    done = repaudit("demo", str(made), cwd=made.parent)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def workspace(two_audits: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration's workspace."""
    return Path(shutil.copytree(two_audits, tmp_path / "audit"))


@pytest.fixture
def say(workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command in the workspace without a terminal, in this process: a new one each time costs seconds."""
    monkeypatch.chdir(workspace)
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))

    def run(*words: str) -> CompletedProcess[str]:
        code = leave_with(lambda: app(list(words), standalone_mode=False))
        printed = capsys.readouterr()
        return CompletedProcess(words, code, printed.out, printed.err)

    return run
