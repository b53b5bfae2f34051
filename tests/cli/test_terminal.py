"""What the terminal lists: it fits, and nothing in it is obeyed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.cli.comparing import comparison_lines
from reputation.cli.disputing import begin_lines, dispute_lines, list_lines
from reputation.cli.session import put_lines
from reputation.cli.telling import audit_lines, explain_lines, fitted, found_lines
from reputation.defense.disputes import disputes, opened
from reputation.model import Audit
from tests.report.hostile import PAYLOADS, filled, poisoned
from tests.report.sample import sample

WIDTHS = (60, 200)


@given(st.text(alphabet="ab  :/", max_size=300), st.sampled_from(WIDTHS))
def test_a_line_fits_but_for_a_word_that_is_longer_and_loses_no_word(line: str, width: int) -> None:
    told = fitted(line, width)
    assert told.split() == line.split()
    for one in told.split("\n"):
        assert len(one) <= width or len(one.split()) == 1 or one == line


def test_columns_move_together_before_they_break() -> None:
    row = "nppes                     registry    api      recorded    ready"
    assert fitted(row, 60) == "nppes  registry  api  recorded  ready"
    assert fitted(row, 200) == row


def test_a_pipe_gets_whole_lines_and_a_named_width_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "a word " * 40
    monkeypatch.delenv("COLUMNS", raising=False)
    put_lines([line])
    assert capsys.readouterr().out == line + "\n"
    monkeypatch.setenv("COLUMNS", "60")
    put_lines([line])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 60


def _lists(audit: Audit, payload: str) -> Iterable[str]:
    yield from audit_lines(audit, Path("report.html"))
    yield from found_lines(audit, everything=True)
    for mention in audit.mentions:
        yield from explain_lines(audit, mention.key)
    assert audit.comparison
    yield from comparison_lines(audit.comparison, audit, audit)
    told = {"what": payload, "site": payload, "route": payload, "note": payload, "url": payload}
    kept = disputes([opened("act:1", told, on=datetime(2026, 11, 1, tzinfo=UTC))])
    yield from list_lines(kept, date(2026, 11, 21), only_open=False)
    yield from dispute_lines(kept[0], date(2026, 11, 21))
    yield from begin_lines(audit)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_not_obeyed_and_makes_no_line_of_its_own(
    payload: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    for audit in (poisoned(sample(), payload), filled(payload)):
        put_lines(_lists(audit, payload))
        printed = capsys.readouterr().out
        assert not {unicodedata.category(c) for c in printed.replace("\n", "")} & {"Cc", "Cf", "Cs"}
        assert not [line for line in printed.split("\n") if line.startswith("Bcc:")]
