"""Every demand of the source articles is covered by something that is there: a source, a test, a page, a table of data.

The tables in `answers/` name it; a demand that is not met says so in words after `not built:`, and no must may.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.discovery.sources.captures import SOURCES

ROOT = Path(__file__).parents[1]
TABLES = tuple(sorted((ROOT / "tests" / "answers").glob("*_requirements.tsv")))


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


ROWS = [row for table in TABLES for row in rows(table)]


def is_there(covered: str) -> bool:
    kind, _, name = covered.partition(":")
    if kind == "source":
        return name in SOURCES
    if kind == "category":
        return len([source for source in SOURCES.values() if source.category == name]) > 5
    file, _, test = covered.partition("::")
    if not (ROOT / file).is_file():
        return False
    return not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_demand_is_covered_by_what_is_there(row: dict[str, str]) -> None:
    covered = row["covered_by"]
    assert covered
    if not covered.startswith("not built: "):
        assert [one for one in covered.split() if not is_there(one)] == []


def test_a_demand_stands_in_one_table_alone() -> None:
    ids = [row["id"] for row in ROWS]
    assert sorted(set(ids)) == sorted(ids)


def test_a_gap_would_be_seen() -> None:
    assert not is_there("source:no-such-source")
    assert not is_there("tests/test_requirements.py::test_that_is_not_there")
    assert not is_there("docs/no-such-page.md")


@pytest.mark.recordings
def test_no_demand_of_the_articles_is_left_out_and_every_must_is_built(recordings: Path) -> None:
    wanted = {row["id"]: row for row in rows(recordings.parent / "facts" / "requirements.tsv")}
    told = {row["id"]: row["covered_by"] for row in ROWS}
    assert sorted(wanted.keys() - told.keys()) == []
    assert sorted(told.keys() - wanted.keys()) == []
    not_built = [one for one, covered in told.items() if covered.startswith("not built: ")]
    assert [one for one in not_built if wanted[one]["priority"] == "must"] == []
