"""CSV: every list, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from reputation.errors import UsageError
from reputation.report.csv import COLUMNS, inert, to_csv
from tests.report.sample import sample


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", COLUMNS)
def test_each_list_has_a_row_for_each_item(name: str) -> None:
    audit = sample()
    rows = read(to_csv(audit, name))
    assert len(rows) == len(getattr(audit, name))
    assert tuple(rows[0]) == COLUMNS[name]


def test_unknown_is_empty_and_not_nought() -> None:
    ratings = {row["source"]: row for row in read(to_csv(sample(), "ratings"))}
    assert ratings["webmd"]["rating_value"] == ""
    assert ratings["webmd"]["rating_count"] == "0"
    assert (ratings["healthgrades"]["low"], ratings["healthgrades"]["high"]) == ("3.8", "4.4")


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "+1", "-1", "@A1", "\t=1", "＝1"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert str(inert(text)).startswith("'")


def test_numbers_stay_numbers() -> None:
    assert inert(-0.72) == -0.72
    assert inert(None) == ""
    assert [inert(value) for value in (True, False)] == ["yes", "no"]


def test_an_unknown_list_is_named_with_those_that_exist() -> None:
    with pytest.raises(UsageError, match="actions, findings, mentions, ratings, coverage"):
        to_csv(sample(), "patients")
