"""A run shows which hosts owe an answer; elsewhere than on a terminal it prints plain lines."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

from reputation.cli.progress import MOST_HOSTS, Board
from reputation.discovery.collect import Event
from tests.programs import repaudit


def test_a_host_stands_on_the_board_while_it_owes_an_answer() -> None:
    board = Board()
    board.heed(Event(source="nppes", what="asked", host="npiregistry.example"))
    board.heed(Event(source="pubmed", what="asked", host="eutils.example"))
    assert [line.split()[0] for line in board.lines()] == ["npiregistry.example", "eutils.example", "0"]
    board.heed(Event(source="nppes", what="answered", host="npiregistry.example"))
    board.heed(Event(source="nppes", what="ended", mentions=2))
    assert [line.split()[0] for line in board.lines()] == ["eutils.example", "1"]
    assert board.lines()[-1] == "1 replies, 1 sources done, 2 mentions so far"


def test_a_terminal_is_never_filled_with_hosts() -> None:
    board = Board()
    for number in range(40):
        board.heed(Event(source="s", what="asked", host=f"host-{number}.example"))
    lines = board.lines()
    assert len(lines) == MOST_HOSTS + 2
    assert lines[-2] == "  and 28 other hosts"


def test_without_a_terminal_each_source_is_one_line_without_colour(tmp_path: Path) -> None:
    done = repaudit("demo", "a", cwd=tmp_path)
    assert "\x1b" not in done.stderr + done.stdout
    assert "pubmed: " in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")
def test_on_a_terminal_the_board_goes_and_the_lines_stay(tmp_path: Path) -> None:
    child = pexpect.spawn(
        sys.executable, ["-m", "reputation", "demo", "a"], cwd=str(tmp_path), encoding="utf-8", timeout=120,
        dimensions=(24, 80),
    )  # fmt: skip
    child.expect(pexpect.EOF)
    said = str(child.before)
    child.close()
    assert child.exitstatus == 0
    assert "sources done" in said
    assert "pubmed: " in said
    assert "Traceback" not in said
