"""A note that tells of a patient is refused before it is kept; others pass."""

from __future__ import annotations

import pytest

from reputation.cli.noting import may_be_kept


@pytest.mark.parametrize(
    "note",
    [
        "Mrs. Poe came in on 3 March with a rash, MRN 12345",
        "she was my patient last week, diabetic, angry about the bill",
        "SSN 123-45-6789",
        "never treated this person",
    ],
)
def test_what_tells_of_a_patient_is_refused_with_a_way_out(
    note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not may_be_kept(note)
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("block: ")
    assert said[-1].startswith("repaudit: nothing was kept")


@pytest.mark.parametrize(
    "note",
    [
        None,
        "",
        "wrong person, a dentist in Ohio",
        "told the office on Monday",
        "my namesake Jane Roe in Boston, MD",
        "Healthgrades, case 55123, call 617-555-0134 back",
        "damn old address, I think",
    ],
)
def test_an_ordinary_note_passes(note: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    assert may_be_kept(note)
    assert capsys.readouterr().err == ""
