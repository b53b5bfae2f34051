"""What the article asks of a search, held against one audit of the shipped sources in which nobody answers.

Which source, test or page covers which demand stands in `answers/discovery_requirements.tsv` and `answers/catalogue.tsv`.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reputation import load_profile, load_sources, run_audit
from reputation.audit import Extras
from reputation.errors import Unreachable
from reputation.model import Audit, Capture, CoverageStatus, Request, Source

ANSWERS = Path(__file__).parent / "answers"
PROFILE = """
[right]
self = true
[name]
given = "Ottilie"
middle = "Rosa"
family = "Brandquist"
credentials = ["MD"]
former = ["Quillfeather"]
nicknames = ["Tilly"]
[ids]
npi = "1234567893"
[[specialties]]
label = "Medical Oncology"
[[locations]]
name = "Elm Street Oncology"
city = "Boston"
state = "MA"
[[affiliations]]
name = "Example Cancer Center"
short_names = ["ECC"]
"""


def unanswered(source: Source, request: Request) -> Capture:
    raise Unreachable(f"{source.id} does not answer {request.url[:60]}; try again later")


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    file = tmp_path_factory.mktemp("demands") / "profile.toml"
    file.write_text(PROFILE, encoding="utf-8")
    extras = Extras(has_key=lambda _source: True)
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    return run_audit(load_profile(file), load_sources(), unanswered, moment, extras=extras)


def rows(name: str) -> list[dict[str, str]]:
    with (ANSWERS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_an_audit_passes_without_a_single_profile_of_her_own(audit: Audit) -> None:
    assert audit.profile
    assert audit.profile.profiles == ()
    assert audit.verdict.status == "insufficient_evidence"


def test_every_site_of_the_catalogue_has_a_status_with_its_reason(audit: Audit) -> None:
    told = {line.source: line for line in audit.coverage}
    assert len(told) == len(audit.coverage) == len(load_sources())
    for row in rows("catalogue.tsv"):
        line = told[row["source"]]
        assert line.category == row["category"]
        assert line.detail or line.status in (CoverageStatus.OK, CoverageStatus.MANUAL), row


def test_nothing_that_did_not_answer_is_called_empty(audit: Audit) -> None:
    assert not [line for line in audit.coverage if line.status in (CoverageStatus.OK, CoverageStatus.EMPTY)]


def test_ask_is_told_as_retired_and_what_stands_in_its_place(audit: Audit) -> None:
    (ask,) = (line for line in audit.coverage if line.source == "ask")
    assert ask.status is CoverageStatus.RETIRED
    assert "2026-05-01" in (ask.detail or "")
    assert "duckduckgo" in (ask.detail or "")


def test_more_than_four_engines_are_drawn_up_by_name(audit: Audit) -> None:
    assert {"google", "bing", "yahoo", "brave", "mojeek"} <= {cell.engine for cell in audit.cells}


@pytest.mark.parametrize(
    "name",
    [
        "Ottilie Brandquist",
        "Ottilie Rosa Brandquist",
        "Ottilie Quillfeather",
        "Tilly Brandquist",
        "O. Brandquist",
    ],
)
def test_every_name_that_she_has_borne_is_in_a_query(audit: Audit, name: str) -> None:
    assert any(name in cell.query.replace('"', "") for cell in audit.cells if cell.engine == "google")


@pytest.mark.parametrize(
    "beside",
    [
        "Elm Street Oncology",
        "Example Cancer Center",
        "ECC",
        "Boston",
        "MA",
        "reviews",
        "malpractice",
        "1234567893",
    ],
)
def test_the_name_is_asked_for_beside_practice_institution_place_and_the_rest(
    audit: Audit, beside: str
) -> None:
    asked = [cell.query for cell in audit.cells if cell.engine == "google" and "Brandquist" in cell.query]
    assert any(beside in query or (beside == "MA" and "Massachusetts" in query) for query in asked)


@pytest.mark.parametrize("society", ["asco", "aacr", "ama", "acp"])
def test_the_four_societies_are_there_by_name(society: str) -> None:
    (source,) = (one for one in load_sources() if one.id == society)
    assert source.category == "society"
    assert source.title.startswith("American ")
