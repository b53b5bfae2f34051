"""Each check: conforms, differs, cannot tell, and what only looks like an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reputation.definition.checks import check_all, gender
from reputation.definition.checks.hours import read_hours
from reputation.definition.witnesses import disagreements
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
    OwnProfile,
    Personal,
    PersonName,
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


MD = {"name": PersonName(given="Ada", family="Roe", credentials=("MD",))}
WOMAN = {"personal": Personal(gender="female")}
OPEN = {"locations": (replace(BOSTON, accepting_new_patients=True),)}
BOARD = {
    "certifications": (
        Certification(board="American Board of Internal Medicine", specialty="Internal Medicine"),
    )
}
TRAINED = {"education": (Education(institution="Quarry University Hospital", degree="Residency", year=2004),)}
BOTH = {"education": (*FACTS["education"], *TRAINED["education"])}
LEFT = {
    "affiliations": (
        Affiliation(name="Example University Hospital"),
        Affiliation(name="Example University", until=date(2019, 1, 1)),
    )
}


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


# ---------------------------------------------------------------------------- the same fact in other words

NOTATIONS: list[tuple[str, dict[str, Any], dict[str, str | tuple[str, ...]], Outcome | None]] = [
    ("phone_wrong", {}, {"telephone": "617-555-0134 x12"}, Outcome.CONFORMS),
    ("phone_wrong", {}, {"telephone": "1 (617) 555 0134"}, Outcome.CONFORMS),
    ("phone_wrong", {}, {"telephone": "617-555-0134 or 617-555-0188"}, Outcome.CANNOT_TELL),
    ("phone_wrong", {}, {"telephone": "800-555-0199"}, Outcome.CANNOT_TELL),
    ("phone_wrong", {}, {"telephone": ("617-555-0134", "800-555-0199")}, Outcome.CANNOT_TELL),
    ("phone_wrong", {}, {"telephone": "617-555-0143"}, Outcome.DIFFERS),
    (
        "phone_wrong",
        {"locations": (BOSTON, QUINCY)},
        {"telephone": ("617-555-0134", "617-555-0151")},
        Outcome.DIFFERS,
    ),
    ("suite_wrong", {}, {"street_address": "12 Elm St., #200"}, Outcome.CONFORMS),
    ("suite_wrong", {}, {"street_address": "12 Elm St 2nd Floor Suite 200"}, Outcome.CONFORMS),
    ("suite_wrong", {}, {"street_address": "12 Elm St Ste 200-204"}, Outcome.CONFORMS),
    ("suite_wrong", {}, {"street_address": "12 Elm St Fl 2"}, Outcome.CANNOT_TELL),
    ("suite_wrong", {}, {"street_address": "12 Elm St Ste 201"}, Outcome.DIFFERS),
    ("credential_wrong", MD, {"credential": "MD FACP"}, Outcome.CONFORMS),
    ("credential_wrong", MD, {"credential": "Doctor of Medicine"}, Outcome.CONFORMS),
    ("credential_wrong", MD, {"credential": "PhD"}, Outcome.CANNOT_TELL),
    ("credential_wrong", MD, {"credential": "D.O."}, Outcome.DIFFERS),
    ("credential_wrong", MD, {"credential": "LCSW"}, Outcome.DIFFERS),
    ("gender_wrong", WOMAN, {"gender": "She/Her"}, Outcome.CONFORMS),
    ("gender_wrong", WOMAN, {"gender": "http://schema.org/Female"}, Outcome.CONFORMS),
    ("gender_wrong", WOMAN, {"gender": "not stated"}, Outcome.CANNOT_TELL),
    ("gender_wrong", WOMAN, {"gender": "Male"}, Outcome.DIFFERS),
    (
        "accepting_patients_wrong",
        OPEN,
        {"accepting_new_patients": "Currently accepting new patients"},
        Outcome.CONFORMS,
    ),
    ("accepting_patients_wrong", OPEN, {"accepting_new_patients": "newpt"}, Outcome.CONFORMS),
    ("accepting_patients_wrong", OPEN, {"accepting_new_patients": "Closed to new patients"}, Outcome.DIFFERS),
    ("accepting_patients_wrong", OPEN, {"accepting_new_patients": "Existing patients only"}, Outcome.DIFFERS),
    ("accepting_patients_wrong", OPEN, {"accepting_new_patients": "call the office"}, None),
    ("language_wrong", {}, {"language": ("English", "Español")}, Outcome.CONFORMS),
    ("language_wrong", {}, {"language": "Spanish (Castilian)"}, Outcome.CONFORMS),
    ("language_wrong", {"languages": ("Mandarin",)}, {"language": "Chinese"}, Outcome.CONFORMS),
    ("language_wrong", {"languages": ("Cantonese",)}, {"language": "Mandarin"}, Outcome.DIFFERS),
    ("institution_misspelt", {}, {"affiliation": "Johns Example Hosp."}, None),
    ("institution_misspelt", {}, {"affiliation": "Johns Example Hospitals"}, None),
    ("institution_misspelt", {}, {"affiliation": "Jons Example Hospital"}, Outcome.DIFFERS),
    (
        "insurance_wrong",
        {"insurance": ("Blue Cross Blue Shield",)},
        {"insurance": "BCBS of Example PPO"},
        Outcome.CONFORMS,
    ),
    (
        "insurance_wrong",
        {"insurance": ("UnitedHealthcare",)},
        {"insurance": "United Healthcare"},
        Outcome.CONFORMS,
    ),
    ("board_cert_wrong", BOARD, {"board_certification": "ABIM"}, Outcome.CONFORMS),
    (
        "board_cert_wrong",
        BOARD,
        {"board_certification": "American Osteopathic Board of Internal Medicine"},
        Outcome.DIFFERS,
    ),
    ("hours_wrong", {}, {"opening_hours": ("Monday 8 AM-5 PM", "Saturday Closed")}, Outcome.CONFORMS),
    ("hours_wrong", {}, {"opening_hours": "M-F 8a-5p"}, Outcome.CONFORMS),
    ("hours_wrong", {}, {"opening_hours": "Weekdays 8 am to noon, 1-5 pm"}, Outcome.DIFFERS),
    ("hours_wrong", {}, {"permanently_closed": "true"}, Outcome.DIFFERS),
    ("hours_wrong", {}, {"permanently_closed": "true", "street_address": "12 Elm St"}, Outcome.DIFFERS),
    ("hours_wrong", {}, {"permanently_closed": "true", "street_address": "9 Oak Ave"}, None),
    ("hours_wrong", {}, {"business_status": "CLOSED_TEMPORARILY"}, Outcome.CANNOT_TELL),
    ("education_wrong", TRAINED, {"alumni_of": "Example Valley School of Medicine"}, Outcome.CANNOT_TELL),
    ("education_wrong", TRAINED, {"alumni_of": "Invented State Hospital"}, Outcome.DIFFERS),
    ("education_wrong", TRAINED, {"graduation_year": "1999"}, Outcome.CANNOT_TELL),
    (
        "education_wrong",
        BOTH,
        {"alumni_of": ("Example Valley Med. School", "Quarry University Hosp.")},
        Outcome.CONFORMS,
    ),
    (
        "education_wrong",
        BOTH,
        {"alumni_of": ("Example Valley Med. School", "Invented Hospital")},
        Outcome.DIFFERS,
    ),
    ("specialty_wrong", {}, {"specialty": "Gynecologic Oncology"}, Outcome.DIFFERS),
    ("specialty_wrong", {}, {"specialty": "Cancer care"}, Outcome.CANNOT_TELL),
    ("specialty_wrong", {}, {"specialty": "Hematology & Oncology"}, Outcome.CONFORMS),
    ("category_wrong", {}, {"category": "Oncologist"}, Outcome.CONFORMS),
    ("category_wrong", {}, {"category": "medical_clinic"}, Outcome.CONFORMS),
    ("category_wrong", {}, {"category": "Hair salon"}, Outcome.DIFFERS),
    ("category_wrong", {}, {"category": "Dermatologist"}, Outcome.DIFFERS),
    ("category_wrong", {}, {"category": "Wellness program"}, Outcome.CANNOT_TELL),
    ("affiliation_stale", LEFT, {"affiliation": "Example University Hospital"}, Outcome.CONFORMS),
    ("affiliation_stale", LEFT, {"affiliation": "Example Univ."}, Outcome.DIFFERS),
]


@pytest.mark.parametrize(("code", "facts", "claims", "outcome"), NOTATIONS)
def test_other_words_for_one_fact_are_nothing_and_another_fact_is_told(
    code: str, facts: dict[str, Any], claims: dict[str, str | tuple[str, ...]], outcome: Outcome | None
) -> None:
    of = replace(CHECKED, **facts, confirmed=dict.fromkeys((*TABLES, "specialties", "personal"), CONFIRMED))
    place = {"address_locality": "Boston", "address_region": "MA", "postal_code": "02115"}
    whole: dict[str, Any] = {**claims, **(place if "street_address" in claims else {})}
    found = _by_code(listing(**whole), of=of).get(code)
    assert (found.outcome if found else None) is outcome


# ---------------------------------------------------------------------------- several places


def _at(*places: tuple[str, str, str]) -> Mention:
    claims = [
        Claim(field, value)
        for street, city, code in places
        for field, value in (
            ("street_address", street),
            ("address_locality", city),
            ("address_region", "MA"),
            ("postal_code", code),
        )
    ]
    return replace(listing(), claims=tuple(claims))


ELM, HARBOR = ("12 Elm Street Ste 200", "Boston", "02115"), ("7 Harbor Rd", "Quincy", "02169")
ELSEWHERE = ("5 Main St", "Worcester", "01608")


@pytest.mark.parametrize(
    ("own", "printed", "address", "location"),
    [
        ((BOSTON, QUINCY), (ELM,), Outcome.CONFORMS, Outcome.CONFORMS),
        ((BOSTON, QUINCY), (HARBOR, ELM), Outcome.CONFORMS, Outcome.CONFORMS),
        ((BOSTON,), (ELM, ELSEWHERE), Outcome.CONFORMS, Outcome.CANNOT_TELL),
        ((BOSTON, QUINCY), (ELM, ELSEWHERE), Outcome.CONFORMS, Outcome.DIFFERS),
        ((BOSTON, QUINCY), (ELM, ("9 Harbor Rd", "Quincy", "02169")), Outcome.DIFFERS, Outcome.CONFORMS),
        ((BOSTON,), (("12 Elm Street Ste 200", "Springfield", "02115"),), Outcome.DIFFERS, Outcome.CONFORMS),
        ((BOSTON,), (("12 Elm Street Ste 200", "Roxbury", "02115"),), Outcome.CONFORMS, Outcome.CONFORMS),
        (
            (BOSTON,),
            (("Example Plaza, 12 Elm Street", "Boston", "02115"),),
            Outcome.CONFORMS,
            Outcome.CONFORMS,
        ),
    ],
)
def test_a_listing_that_names_her_places_conforms_and_one_that_stands_for_hers_differs(
    own: tuple[Any, ...], printed: tuple[tuple[str, str, str], ...], address: Outcome, location: Outcome
) -> None:
    found = _by_code(_at(*printed), of=profile(locations=own))
    assert (found["address_wrong"].outcome, found["not_at_location"].outcome) == (address, location)


# ---------------------------------------------------------------------------- sanctions and boards


BOARD_PAGE = "https://www.mbp.state.md.us/bpqapp/roe"


@pytest.mark.parametrize(
    ("board_says", "url", "outcome"),
    [
        ("Public disciplinary actions: none.", BOARD_PAGE, Outcome.DIFFERS),
        ("The board suspended the license of Ada Roe.", BOARD_PAGE, Outcome.CONFORMS),
        ("License number 113895, active.", BOARD_PAGE, Outcome.CANNOT_TELL),
        ("Public disciplinary actions: none.", "https://news.example.com/roe", Outcome.CANNOT_TELL),
    ],
)
def test_a_sanction_is_compared_with_a_boards_own_page_alone(
    board_says: str, url: str, outcome: Outcome
) -> None:
    claim = mention("google:1", Kind.RESULT, title="Board suspends the license of Ada Roe")
    board = mention("board:1", Kind.LISTING, title="Ada Roe, MD", url=url, text=board_says)
    found = {one.mention_key: one for one in check_all(CHECKED, (claim, board), (), NOW)}["google:1"]
    assert (found.check, found.outcome, found.severity.value) == ("discipline_wrong", outcome, "critical")
    if outcome is Outcome.CANNOT_TELL:
        assert "https://checkalicense.hhs.state.ma.us/" in (found.remedy or "")


def test_what_a_board_says_of_discipline_bears_out_no_suit() -> None:
    claim = mention("google:1", Kind.RESULT, title="Ada Roe, MD, settles malpractice lawsuit for $2 million")
    board = mention("board:1", Kind.LISTING, url=BOARD_PAGE, text="Public disciplinary actions: none.")
    found = {one.mention_key: one for one in check_all(CHECKED, (claim, board), (), NOW)}["google:1"]
    assert found.outcome is Outcome.CANNOT_TELL


# ---------------------------------------------------------------------------- registries and accounts


@pytest.mark.parametrize(
    ("claims", "against", "code"),
    [
        ({"gender": "F"}, {"gender": "Male"}, "gender_wrong"),
        ({"credential": "MD"}, {"credential": "DO"}, "credential_wrong"),
    ],
)
def test_registries_that_contradict_each_other_are_told_where_nothing_is_confirmed(
    claims: dict[str, str], against: dict[str, str], code: str
) -> None:
    one = replace(listing("nppes:1", **claims), kind=Kind.RECORD, title="ROE, ADA")
    other = replace(listing("cms-clinicians:1", **against), kind=Kind.RECORD, title="ROE, ADA")
    found = {item.check: item for item in check_all(profile(confirmed={}), (one, other), (), NOW)}[code]
    assert (found.outcome, found.mention_key) == (Outcome.CANNOT_TELL, "nppes:1")
    assert code not in _by_code(one, replace(other, claims=one.claims), of=profile(confirmed={}))


def test_an_error_of_her_own_registry_record_is_claimed_to_be_repeated() -> None:
    record = replace(listing("nppes:1", telephone="617-555-0199"), kind=Kind.RECORD)
    found = _by_code(record)["phone_wrong"]
    assert (found.remedy or "").startswith("Correct it in NPPES first")
    assert "likely to repeat it" in (found.remedy or "")


@pytest.mark.parametrize(
    ("day", "outcome"), [("2026-11-01", Outcome.CONFORMS), ("2026-02-01", Outcome.CANNOT_TELL)]
)
def test_an_account_that_fell_silent_is_something_to_look_at(day: str, outcome: Outcome) -> None:
    account = OwnProfile(url="https://bsky.app/profile/ada.example.com")
    post = mention("bluesky:1", Kind.POST, url=f"{account.url}/post/1", date_published=day)
    strange = mention("bluesky:2", Kind.POST, url="https://bsky.app/profile/bea/post/1", date_published=day)
    found = _by_code(post, strange, of=profile(profiles=(account,)))["dormant"]
    assert (found.outcome, found.mention_key) == (outcome, "bluesky:1")
    assert "dormant" not in _by_code(strange, of=profile(profiles=(account,)))


def test_records_are_held_together_by_origin_however_many_they_are() -> None:
    records = [
        replace(listing(f"{source}:{n}", gender="FM"[n % 2]), kind=Kind.RECORD)
        for source in ("nppes", "cms-clinicians", "vitals")
        for n in range(200)
    ]
    asked: list[int] = []

    def agree(a: Mapping[str, str], b: Mapping[str, str]) -> bool:
        asked.append(len(a))
        return not a.keys().isdisjoint(b)

    def read(one: Mention) -> dict[str, str]:
        return {one.key: one.key}

    list(disagreements(gender.CHECK, records, read, agree))
    assert len(asked) == 3
    assert max(asked) <= 20


# ---------------------------------------------------------------------------- laws

WORDS = st.sampled_from(
    [case[2] for case in CASES] + ["617-555-0199", "9 Oak Ave", "Male", "DO", "Ada Rowe", "MA 4711", "true"]
)
FIELD_NAMES = (
    "name telephone street_address address_locality specialty gender credential license language alumni_of graduation_year affiliation"
    " opening_hours business_status permanently_closed status insurance board_certification accepting_new_patients url category npi"
)
FIELDS = st.sampled_from(FIELD_NAMES.split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(claims=st.lists(st.tuples(FIELDS, WORDS), max_size=8))
def test_nothing_unconfirmed_ever_makes_a_page_wrong_or_right(claims: list[tuple[str, str]]) -> None:
    of = replace(CHECKED, personal=WOMAN["personal"], ids=Ids(npi="1234567893"), confirmed={})
    item = replace(listing(), claims=tuple(Claim(field, value) for field, value in claims))
    for found in check_all(of, (item,), (), NOW):
        assert found.outcome is Outcome.CANNOT_TELL
        assert "your profile" not in (found.authority or "")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(claims=st.lists(st.tuples(FIELDS, WORDS), max_size=8))
def test_no_page_is_judged_without_an_authority(claims: list[tuple[str, str]]) -> None:
    item = replace(listing(), claims=tuple(Claim(field, value) for field, value in claims))
    for found in check_all(CHECKED, (item,), (), NOW):
        assert found.outcome is Outcome.CANNOT_TELL or found.authority
