"""The program as its user starts it: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Say = Callable[..., subprocess.CompletedProcess[str]]
"""Runs a command with its words and returns what it printed and how it ended."""


def repaudit(
    *words: str, cwd: Path, said: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `repaudit` in `cwd` and return what it printed and how it ended."""
    return subprocess.run(
        [sys.executable, "-m", "reputation", *words],
        cwd=cwd,
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        env={**os.environ, **environment},
        check=False,
    )


def start(*words: str, cwd: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start `repaudit` in `cwd` and leave it running."""
    return subprocess.Popen(
        [sys.executable, "-m", "reputation", *words],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def report_of(workspace: Path, **environment: str) -> dict[str, Any]:
    """Return the latest audit's JSON report."""
    done = repaudit("report", "--format", "json", cwd=workspace, **environment)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    """Return the single line of an error: it begins with the program's name, and no traceback follows."""
    lines = [line for line in result.stderr.splitlines() if line.startswith("repaudit: ")]
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.stderr
    return lines[0]


def without_ids_and_times(document: Any) -> Any:
    """Return a report without what differs between two runs of the same audit: ids and run times."""
    if isinstance(document, dict):
        gone = {
            "id",
            "started_at",
            "finished_at",
            "elapsed_s",
            "fetched_at",
            "sources_digest",
            "base",
            "head",
        }
        return {key: without_ids_and_times(value) for key, value in document.items() if key not in gone}
    if isinstance(document, list):
        return [without_ids_and_times(item) for item in document]
    return document
