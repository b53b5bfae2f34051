"""The facts of record that a new profile is filled from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reputation.discovery.sources.casing import credentials, proper_place
from reputation.discovery.sources.nppes import by_name, records_in
from reputation.errors import Unreadable
from reputation.model import License, Location, Specialty
from tests.discovery.sources.captures import FOLDER, SOURCES


def body(case: str) -> bytes:
    return next((FOLDER / "nppes" / case).glob("body.*")).read_bytes()


def test_a_record_in_capitals_becomes_a_profile_as_people_write_it() -> None:
    (record,) = records_in(body("found"))
    assert (record.npi, record.gender, record.active) == ("1234567893", "F", True)
    assert (record.name.given, record.name.middle, record.name.family) == ("Jane", "Quinn", "O'Brien-Roe")
    assert record.name.credentials == ("MD", "PhD")
    assert record.name.former == ("Jane de la Cruz",)
    assert (record.last_updated, record.enumerated_on) == (date(2018, 5, 8), date(2011, 4, 5))


def test_the_primary_specialty_comes_first_and_a_licence_needs_a_number() -> None:
    (record,) = records_in(body("found"))
    assert record.specialties[0] == Specialty(
        label="Internal Medicine, Medical Oncology Physician", taxonomy_code="207RX0202X"
    )
    assert record.licenses == (License(state="MA", number="255012"),)


def test_practice_locations_are_kept_and_the_mailing_address_is_not_one() -> None:
    (record,) = records_in(body("found"))
    first, second = record.locations
    assert first == Location(
        street="100 Harbor St, Ste 200", city="Boston", state="MA", postal_code="02110-1234",
        phone="617-555-0134", fax="617-555-0135",
    )  # fmt: skip
    assert (second.street, second.city, second.postal_code) == ("7 McDowell Ave", "Quincy", "02169")


def test_numbers_of_2019_are_read_like_texts_of_today() -> None:
    (record,) = records_in(body("numbers-of-2019"))
    assert (record.npi, record.name.family, record.last_updated) == ("1234567893", "Roe", date(2011, 4, 5))


def test_nobody_is_no_record_and_an_error_is_told_in_the_registrys_words() -> None:
    assert records_in(body("nobody")) == ()
    with pytest.raises(Unreadable, match="requires additional search criteria"):
        records_in(body("error-inside"))
    for damaged in (body("a-page-instead"), b"", b"{}", b'{"results": 3}', b"[]"):
        with pytest.raises(Unreadable):
            records_in(damaged)


def test_a_search_by_name_may_leave_the_state_out() -> None:
    assert "state=" not in by_name(SOURCES["nppes"], "Jane", "Roe", None).url
    moved = replace(SOURCES["nppes"], base_url="http://127.0.0.1:1/nppes/")
    assert by_name(moved, "Jane", "Roe", "MA").url.startswith(
        "http://127.0.0.1:1/nppes/?enumeration_type=NPI-1&first_name=Jane"
    )


@pytest.mark.recordings
def test_every_recorded_person_is_read_and_no_organisation(recordings: Path) -> None:
    counts = {
        "npi1_search_10": 10,
        "npi1_search_5": 5,
        "npi1_single_hiza": 1,
        "npi2_search_10": 0,
        "npi2_single": 0,
    }
    for name, count in counts.items():
        found = records_in((recordings / "api" / "nppes" / f"{name}.json").read_bytes())
        assert len(found) == count
        assert all(record.locations and record.last_updated and record.specialties for record in found)
        assert not [record for record in found if record.name.family == record.name.family.upper()]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("M.D., PH.D.", ("MD", "PhD")), ("MD PHD", ("MD", "PhD")), ("M. D.", ("MD",)), ("MD, FACP, MPH", ("MD", "FACP", "MPH")),
        ("DDS/MD", ("DDS", "MD")), ("APRN-CNP", ("APRN-CNP",)), ("RPH", ("RPh",)), ("", ()), ("-", ()),
    ],
)  # fmt: skip
def test_degrees_are_told_apart(printed: str, read: tuple[str, ...]) -> None:
    assert credentials(printed) == read


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("49 JESSE HILL JR DR SE # 307", "49 Jesse Hill Jr Dr SE # 307"), ("PO BOX 12", "PO Box 12"),
        ("1 W 5TH ST", "1 W 5th St"), ("WINSTON-SALEM", "Winston-Salem"), ("7 McDowell Ave", "7 McDowell Ave"),
        ("123 O'BRIEN ST STE 4B", "123 O'Brien St Ste 4B"),
    ],
)  # fmt: skip
def test_an_address_in_capitals_is_written_as_people_write_it(printed: str, written: str) -> None:
    assert proper_place(printed) == written
