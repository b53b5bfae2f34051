"""An audit's evidence makes the same report on another machine, and what is no evidence is refused in one line."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.programs import one_line, repaudit, report_of, without_ids_and_times


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The demonstration's workspace, and another machine with its settings alone."""
    folder = tmp_path_factory.mktemp("machines")
    assert repaudit("demo", "here", cwd=folder).returncode == 0
    here, there = folder / "here", folder / "there"
    there.mkdir(mode=0o700)
    for name in ("profile.toml", "sources.toml"):
        shutil.copy(here / name, there / name)
    return here, there


def made_again(here: Path, there: Path, *flags: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """The report of both machines, the other one having been given both quarters in their order."""
    for quarter in ("2026-Q3", "2026-Q4"):
        to = str(there / "evidence.warc.gz")
        written = repaudit("evidence", "export", "--audit", quarter, *flags, "-o", to, cwd=here)
        assert written.returncode == 0, written.stderr
        done = repaudit("evidence", "import", "evidence.warc.gz", cwd=there)
        assert done.returncode == 0, done.stderr
        assert "made again from" in done.stdout
    return (*(without_ids_and_times(report_of(machine)) for machine in (here, there)), done.stderr)


def test_the_evidence_makes_the_same_report_on_another_machine(machines: tuple[Path, Path]) -> None:
    first, again, said = made_again(*machines, "--original")
    assert first["comparison"]["changes"]
    assert [part for part in first if first[part] != again[part]] == []
    assert "not the one of that audit" not in said


def test_without_the_reviews_all_but_what_hangs_on_their_text_is_the_same(
    machines: tuple[Path, Path],
) -> None:
    first, again, said = made_again(*machines)
    assert "the text of reviews was taken out" in said
    for part in ("coverage", "cells", "findings", "page_one", "ratings"):
        assert first[part] == again[part], part
    assert [one["key"] for one in first["mentions"]] == [one["key"] for one in again["mentions"]]


def test_what_is_no_evidence_is_refused_in_one_line(machines: tuple[Path, Path]) -> None:
    _, there = machines
    whole = (there / "evidence.warc.gz").read_bytes()
    (there / "cut.warc.gz").write_bytes(whole[: len(whole) // 2])
    (there / "page.html").write_text("<p>a page</p>", encoding="utf-8")
    (there / "other.warc.gz").write_bytes(
        gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    )
    for name, says in (
        ("cut.warc.gz", "damaged or cut off"),
        ("page.html", "damaged or cut off"),
        ("other.warc.gz", "repaudit import"),
        ("none.warc.gz", "cannot read"),
    ):
        done = repaudit("evidence", "import", name, cwd=there)
        assert done.returncode == 2, name
        assert says in one_line(done)


def test_evidence_that_was_tampered_with_is_refused(machines: tuple[Path, Path]) -> None:
    here, there = machines
    repaudit("evidence", "export", "--original", "-o", str(there / "whole.warc.gz"), cwd=here)
    raw = gzip.decompress((there / "whole.warc.gz").read_bytes())
    (there / "raw.warc").write_bytes(raw)
    (there / "bent.warc").write_bytes(raw.replace(b"617-555-0134", b"617-555-0135", 1))
    assert repaudit("evidence", "import", "raw.warc", cwd=there).returncode == 0
    bent = repaudit("evidence", "import", "bent.warc", cwd=there)
    assert bent.returncode == 2
    assert "damaged" in one_line(bent)
