"""Each check: conforms, differs, cannot tell, and what only looks like an error."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from reputation.definition.checks import check_all
from reputation.definition.checks.hours import read_hours
from reputation.model import (
    Affiliation,
    Certification,
    Claim,
    Education,
    Evidence,
    Finding,
    Ids,
    Kind,
    Mention,
    Outcome,
    Profile,
)
from tests.definition.clinician import BOSTON, CONFIRMED, NOW, QUINCY, listing, mention, profile

FACTS: dict[str, Any] = {
    "affiliations": (Affiliation(name="Johns Example Hospital", short_names=("Example Hospital East",)),),
    "certifications": (
        Certification(board="American Board of Example Medicine", specialty="Medical oncology"),
    ),
    "education": (Education(institution="Example Valley School of Medicine", degree="MD", year=1999),),
    "languages": ("English", "Spanish"),
    "insurance": ("Example Care", "Invented Health"),
    "websites": ("https://www.ada-roe.example.org",),
    "locations": (replace(BOSTON, hours="Mo-Fr 08:00-17:00"),),
}
TABLES = ("name", "locations", *FACTS)
CHECKED = profile(**FACTS, confirmed=dict.fromkeys(TABLES, CONFIRMED))
UNCONFIRMED = profile(**FACTS, confirmed={"name": CONFIRMED})


def _by_code(*items: Mention, of: Profile = CHECKED, now: datetime = NOW) -> dict[str, Finding]:
    return {found.check: found for found in check_all(of, items, (), now)}


CASES = [
    ("institution_misspelt", "affiliation", "John Example Hospital", Outcome.DIFFERS),
    ("institution_misspelt", "affiliation", "Johns Example Hospital, Boston", None),
    ("institution_misspelt", "affiliation", "Example Hospital West", None),
    ("institution_misspelt", "affiliation", "Quite Another Clinic", None),
    ("board_cert_wrong", "board_certification", "American Board of Example Medicine", Outcome.CONFORMS),
    ("board_cert_wrong", "board_certification", "Oncology", Outcome.CONFORMS),
    ("board_cert_wrong", "board_certification", "Dermatology", Outcome.DIFFERS),
    ("board_cert_wrong", "board_certification", "Basket weaving", Outcome.CANNOT_TELL),
    ("education_wrong", "alumni_of", "EXAMPLE VALLEY SCHOOL OF MEDICINE", Outcome.CONFORMS),
    ("education_wrong", "alumni_of", "Example Valley Medical College", Outcome.CONFORMS),
    ("education_wrong", "alumni_of", "Invented State University", Outcome.DIFFERS),
    ("education_wrong", "graduation_year", "1999", Outcome.CONFORMS),
    ("education_wrong", "graduation_year", "1989", Outcome.DIFFERS),
    ("language_wrong", "language", "Spanish", Outcome.CONFORMS),
    ("language_wrong", "language", "en, es", Outcome.CONFORMS),
    ("language_wrong", "language", "English", Outcome.DIFFERS),
    ("language_wrong", "language", "Spanish and Korean", Outcome.DIFFERS),
    ("insurance_wrong", "insurance", "Example Care Choice II", Outcome.CONFORMS),
    ("insurance_wrong", "insurance", "Another Plan", Outcome.DIFFERS),
    ("hours_wrong", "opening_hours", "Mon - Fri 8 am to 5 pm", Outcome.CONFORMS),
    ("hours_wrong", "opening_hours", "Mo-Fr 09:00-17:00", Outcome.DIFFERS),
    ("hours_wrong", "opening_hours", "Mo-Tu 08:00-17:00", Outcome.CONFORMS),
    ("hours_wrong", "opening_hours", "Sa 08:00-12:00", Outcome.CANNOT_TELL),
    ("hours_wrong", "opening_hours", "by appointment", Outcome.CANNOT_TELL),
    ("hours_wrong", "business_status", "CLOSED_PERMANENTLY", Outcome.DIFFERS),
    ("hours_wrong", "business_status", "OPERATIONAL", None),
    ("deceased_or_retired", "status", "deceased", Outcome.DIFFERS),
    ("deceased_or_retired", "status", "A", None),
    ("website_missing", "url", "https://ada-roe.example.org/contact", Outcome.CONFORMS),
    ("website_missing", "url", "https://old-practice.example.net", Outcome.DIFFERS),
    ("website_missing", "url", "https://example.com/ada", None),
]


@pytest.mark.parametrize(("code", "field", "printed", "outcome"), CASES)
def test_each_check_answers_by_folded_values(
    code: str, field: str, printed: str, outcome: Outcome | None
) -> None:
    found = _by_code(listing(**{field: printed})).get(code)
    assert (found.outcome if found else None) is outcome
    if found and outcome is Outcome.DIFFERS:
        assert found.authority == "your profile, confirmed 2026-11-21"
        assert found.expected
        assert found.remedy


@pytest.mark.parametrize(("code", "field", "printed", "outcome"), CASES)
def test_none_errs_against_what_nobody_confirmed(
    code: str, field: str, printed: str, outcome: Outcome | None
) -> None:
    found = _by_code(listing(**{field: printed}), of=UNCONFIRMED).get(code)
    assert (found is not None) is (outcome is not None)
    assert found is None or found.outcome is Outcome.CANNOT_TELL


NEED_MORE_THAN_PLACES = [case for case in CASES if case[0] not in {"hours_wrong", "deceased_or_retired"}]
"""Hours and standing are compared with what every profile of these tests states; the rest needs facts of its own."""


@pytest.mark.parametrize(("code", "field", "printed", "_outcome"), NEED_MORE_THAN_PLACES)
def test_none_errs_where_the_profile_says_nothing(
    code: str, field: str, printed: str, _outcome: Outcome | None
) -> None:
    assert code not in _by_code(listing(**{field: printed}), of=profile())


def test_hours_are_read_in_the_ways_in_which_pages_print_them() -> None:
    week = read_hours("Mo-Fr 08:00-17:00")
    assert week == read_hours("Monday to Friday: 8:00 am - 5:00 pm") == read_hours("Mo,Tu,We,Th,Fr 8-5 pm")
    assert read_hours("Sat 1-5 pm") == frozenset({("sa", 780, 1020)})
    assert read_hours("call us") == frozenset()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dr. Roe is no longer practicing at this location.", True),
        ("Ada Roe has retired from practice.", True),
        ("Dr. Roe is a retired Army captain who sees patients daily.", False),
        ("She helps retired people stay well.", False),
    ],
)
def test_a_page_that_takes_her_for_retired_is_told(text: str, told: bool) -> None:
    assert ("deceased_or_retired" in _by_code(replace(listing(), text=text))) is told


def test_two_listings_of_one_site_for_one_place_are_duplicates() -> None:
    one = replace(listing("vitals:1", name="Ada Roe", telephone="617-555-0134"), rating_count=9)
    two = listing("vitals:2", name="Ada Roe, MD", telephone="(617) 555-0134")
    found = _by_code(one, two)["duplicate_listing"]
    assert (found.outcome, found.mention_key) == (Outcome.DIFFERS, "vitals:2")
    assert one.url in (found.remedy or "")


@pytest.mark.parametrize(
    "other",
    [
        listing("webmd:2", name="Ada Roe", telephone="617-555-0134"),
        listing("vitals:2", name="Ada Roe", telephone="617-555-0150"),
        listing("vitals:2", name="Elm Street Oncology", telephone="617-555-0134"),
        listing("vitals:1", name="Ada Roe", telephone="617-555-0134"),
    ],
)
def test_another_site_place_or_name_is_no_duplicate(other: Mention) -> None:
    one = listing("vitals:1", name="Ada Roe", telephone="617-555-0134")
    assert "duplicate_listing" not in _by_code(one, other, of=profile(locations=(BOSTON, QUINCY)))


def test_a_page_that_lists_none_of_her_places_is_told_once() -> None:
    item = listing()
    claims = [
        Claim(field, value)
        for street, city in (("5 Main St", "Denver"), ("8 High St", "Boulder"))
        for field, value in (
            ("street_address", street),
            ("address_locality", city),
            ("address_region", "CO"),
        )
    ]
    found = _by_code(replace(item, claims=tuple(claims)))
    assert found["not_at_any_location"].outcome is Outcome.DIFFERS
    assert "not_at_location" not in found


@pytest.mark.parametrize(
    ("claims", "code", "outcome"),
    [
        ({"image": "https://example.com/img/doctor-default-80.png"}, "photo_missing", Outcome.CANNOT_TELL),
        ({"image": "https://example.com/img/ada-roe.jpg"}, "photo_missing", None),
        ({"description": "A doctor."}, "bio_missing", Outcome.CANNOT_TELL),
        ({"description": "Ada Roe treats cancer. " * 5}, "bio_missing", Outcome.CONFORMS),
        ({"is_claimed": "false"}, "unclaimed", Outcome.DIFFERS),
        ({"is_claimed": "true"}, "unclaimed", Outcome.CONFORMS),
        ({}, "unclaimed", None),
    ],
)
def test_what_a_page_lacks_is_told_only_where_it_says_so(
    claims: dict[str, str], code: str, outcome: Outcome | None
) -> None:
    found = _by_code(listing(**claims)).get(code)
    assert (found.outcome if found else None) is outcome


def test_a_page_that_invites_to_claim_it_is_unclaimed() -> None:
    assert "unclaimed" in _by_code(replace(listing(), text="Is this you? Claim your free profile."))
    assert "unclaimed" not in _by_code(replace(listing(), text="They claim this is the best office."))


@pytest.mark.parametrize(
    ("day", "outcome"),
    [("2026-10-01", Outcome.CONFORMS), ("2024-05", Outcome.CANNOT_TELL), ("2031-01-01", None), (None, None)],
)
def test_the_newest_review_shown_has_an_age(day: str | None, outcome: Outcome | None) -> None:
    review = mention("vitals:r1", Kind.REVIEW, listing_key="vitals:1", date_published=day)
    found = _by_code(listing("vitals:1"), review).get("outdated_review_data")
    assert (found.outcome if found else None) is outcome


@pytest.mark.parametrize(
    ("updated", "outcome"),
    [("2011-05-03", Outcome.CANNOT_TELL), ("2025-05-03", Outcome.CONFORMS), ("yesterday", None)],
)
def test_an_old_record_is_something_to_look_at_and_no_error(updated: str, outcome: Outcome | None) -> None:
    record = mention("nppes:1", Kind.RECORD, claims=(Claim("last_updated", updated),))
    found = _by_code(record).get("dormant")
    assert (found.outcome if found else None) is outcome
    other = mention("payer-directories:1", Kind.LISTING, claims=record.claims)
    assert "dormant" not in _by_code(other)


@pytest.mark.parametrize(
    ("street", "told"),
    [
        ("4 QUIET LN", True),
        ("12 ELM ST", False),
        ("PO BOX 12", False),
        ("4 QUIET LN, STE 9", False),
        ("EXAMPLE TOWER", False),
    ],
)
def test_a_mailing_address_that_may_be_a_home_is_told_by_its_town_alone(street: str, told: bool) -> None:
    place = {"mailing_street_address": street, "mailing_address_locality": "NEWTON"}
    record = replace(listing("nppes:1", **place, mailing_address_region="MA"), kind=Kind.RECORD)
    found = {one.field: one for one in check_all(CHECKED, (record,), (), NOW)}.get("mailing_address")
    assert (found is not None) is told
    if found:
        assert found.outcome is Outcome.CANNOT_TELL
        assert "Newton, MA" in (found.observed or "")
        assert "QUIET" not in str(found).upper()


def test_a_hit_on_the_exclusion_list_is_by_npi_and_never_a_verdict() -> None:
    seen = Evidence(sha256="0", url="https://example.org", fetched_at=datetime(2026, 11, 20, tzinfo=UTC))
    row = replace(listing("leie:1", npi="1234567893", name="ADA ROE"), kind=Kind.RECORD, evidence=(seen,))
    of = profile(ids=Ids(npi="1234567893"), confirmed=dict.fromkeys(("name", "ids"), CONFIRMED))
    found = {one.field: one for one in check_all(of, (row,), (), NOW)}["exclusion"]
    assert (found.check, found.outcome) == ("discipline_wrong", Outcome.CANNOT_TELL)
    assert found.observed == "the OIG list holds a record with this NPI"
    assert "2026-11-20" in (found.authority or "")
    assert "NPI and surname" in (found.authority or "")
    assert "not a screening result and not legal advice" in (found.remedy or "")
    by_name = replace(row, claims=(Claim("name", "ADA ROE"),))
    assert "discipline_wrong" not in {one.check for one in check_all(of, (by_name,), (), NOW)}


@pytest.mark.parametrize(
    ("status", "contact", "told"),
    [
        ("COMPLETED", "Ada Roe, MD", True),
        ("RECRUITING", "Ada Roe, MD", False),
        ("COMPLETED", "Bea Poe", False),
    ],
)
def test_a_closed_trial_that_still_names_her_is_told(status: str, contact: str, told: bool) -> None:
    trial = replace(listing("clinicaltrials:1", overall_status=status, contact=contact), kind=Kind.RECORD)
    found = {one.field: one for one in check_all(CHECKED, (trial,), (), NOW)}.get("contact")
    assert (found is not None) is told
    assert found is None or found.outcome is Outcome.CANNOT_TELL
