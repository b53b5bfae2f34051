from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reputation.definition.checks import check_all, check_modules, location
from reputation.model import (
    Affiliation,
    Finding,
    Ids,
    Kind,
    Match,
    MatchDecision,
    Mention,
    Outcome,
    Personal,
    PersonName,
    Profile,
    Severity,
)
from tests.definition.clinician import BOSTON, CONFIRMED, NOW, QUINCY, listing, mention, profile


def _found(item: Mention, of: Profile | None = None) -> dict[str, Finding]:
    return {found.check: found for found in check_all(of or profile(), (item,), (), NOW)}


def _place(street: str = "12 Elm St", city: str = "Boston", zip_code: str = "02115") -> Mention:
    return listing(street_address=street, address_locality=city, address_region="MA", postal_code=zip_code)


def test_every_check_says_its_code_field_and_severity() -> None:
    codes = [(module.CHECK.code, module.CHECK.field) for module in check_modules()]
    assert {"phone_wrong", "address_wrong", "suite_wrong", "not_at_location"} <= {code for code, _ in codes}
    assert len(codes) == len(set(codes))


CODES = (
    "identity_mixup deceased_or_retired discipline_wrong phone_wrong not_at_location address_wrong suite_wrong"
    " accepting_patients_wrong specialty_wrong board_cert_wrong credential_wrong name_misspelt institution_misspelt gender_wrong"
    " affiliation_stale education_wrong insurance_wrong language_wrong photo_missing bio_missing website_missing hours_wrong"
    " category_wrong duplicate_listing unclaimed dormant outdated_review_data"
)
"""The codes of the table of accuracy flags; `not_at_any_location` is told by the check for one location."""


def test_every_code_of_the_table_of_flags_has_a_check() -> None:
    assert {module.CHECK.code for module in check_modules()} == set(CODES.split())
    assert location.NOWHERE.code == "not_at_any_location"


@pytest.mark.parametrize(
    "printed", ["(617) 555-0134", "+1 617 555 0134", "617.555.0134", "617-555-0134 ext. 2"]
)
def test_a_phone_conforms_however_it_is_printed(printed: str) -> None:
    found = _found(listing(telephone=printed))["phone_wrong"]
    assert found.outcome is Outcome.CONFORMS
    assert found.authority == "your profile, confirmed 2026-11-21"


def test_a_wrong_phone_differs_and_says_what_to_show_instead() -> None:
    found = _found(listing(telephone="617-555-0199"))["phone_wrong"]
    assert found.outcome is Outcome.DIFFERS
    assert found.severity is Severity.CRITICAL
    assert found.key == "phone_wrong:healthgrades:ada:telephone"
    assert found.expected == "617-555-0134"
    assert found.observed == "617-555-0199"
    assert "617-555-0134" in (found.remedy or "")


def test_any_of_her_locations_may_conform() -> None:
    found = _found(listing(telephone="617-555-0150"), profile(locations=(BOSTON, QUINCY)))
    assert found["phone_wrong"].outcome is Outcome.CONFORMS


def test_a_strange_number_beside_a_right_one_cannot_be_told() -> None:
    found = _found(listing(telephone=("617-555-0134", "617-555-0188")))["phone_wrong"]
    assert found.outcome is Outcome.CANNOT_TELL
    assert "617-555-0188" in (found.remedy or "")


def test_a_fax_number_is_not_a_phone() -> None:
    found = _found(listing(telephone="617-555-0135"))["phone_wrong"]
    assert found.outcome is Outcome.DIFFERS
    assert "fax" in (found.remedy or "")
    assert "phone_wrong" not in _found(listing(fax_number="617-555-0199"))


def test_an_unconfirmed_fact_is_nobodys_authority() -> None:
    item = listing(
        telephone="617-555-0199", street_address="9 Oak Ave", address_locality="Boston", postal_code="02115"
    )
    found = _found(item, profile(confirmed={}))
    assert {item.outcome for item in found.values()} == {Outcome.CANNOT_TELL}
    assert "repaudit confirm" in (found["phone_wrong"].remedy or "")
    assert found["phone_wrong"].authority is None


def test_a_page_that_claims_nothing_gives_no_finding() -> None:
    assert _found(listing()) == {}


@pytest.mark.parametrize(
    "street", ["12 Elm St.", "12 ELM STREET", "12 Elm Street, Suite 200", "12 Elm St #200"]
)
def test_short_forms_of_a_street_are_nothing(street: str) -> None:
    found = _found(_place(street))
    assert found["address_wrong"].outcome is Outcome.CONFORMS
    assert found["not_at_location"].outcome is Outcome.CONFORMS


def test_a_wrong_house_in_her_town_is_a_wrong_address() -> None:
    found = _found(_place("21 Elm Street"))
    assert found["address_wrong"].outcome is Outcome.DIFFERS
    assert found["not_at_location"].outcome is Outcome.CONFORMS
    assert "suite_wrong" not in found


def test_a_town_where_she_has_no_location_is_told_once() -> None:
    item = listing(
        street_address="5 Main St", address_locality="Denver", address_region="CO", postal_code="80202"
    )
    found = _found(item)
    assert found["not_at_location"].outcome is Outcome.DIFFERS
    assert "address_wrong" not in found


def test_a_wrong_zip_code_of_the_right_street_is_told() -> None:
    assert _found(_place(zip_code="02116"))["address_wrong"].outcome is Outcome.DIFFERS


def test_a_second_name_of_the_town_is_nothing() -> None:
    assert _found(_place(city="Roxbury"))["address_wrong"].outcome is Outcome.CONFORMS


@pytest.mark.parametrize(
    ("street", "outcome"),
    [
        ("12 Elm St Ste 200", Outcome.CONFORMS),
        ("12 Elm St Ste 210", Outcome.DIFFERS),
        ("12 Elm St", Outcome.DIFFERS),
    ],
)
def test_a_suite_is_checked_where_the_street_is_right(street: str, outcome: Outcome) -> None:
    found = _found(_place(street))["suite_wrong"]
    assert found.outcome is outcome
    assert found.severity is Severity.LOW


@pytest.mark.parametrize("decision", [MatchDecision.POSSIBLE, MatchDecision.NON_MATCH])
def test_a_page_that_may_be_anothers_is_not_checked(decision: MatchDecision) -> None:
    stranger = mention(
        "vitals:x",
        claims=listing(telephone="617-555-0199").claims,
        match=Match(decision=decision, probability=0.4),
    )
    assert _found(stranger) == {}


def test_only_listings_and_records_are_checked() -> None:
    claims = listing(telephone="617-555-0199").claims
    assert _found(mention("google:x", Kind.RESULT, claims=claims)) == {}
    assert "phone_wrong" in _found(mention("nppes:x", Kind.RECORD, claims=claims))


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("Dr. Ada Roe, MD", Outcome.CONFORMS),
        ("ROE, ADA", Outcome.CONFORMS),
        ("A. Roe", Outcome.CONFORMS),
        ("Ada Rowe", Outcome.DIFFERS),
        ("Adda Roe", Outcome.DIFFERS),
        ("Grace Hopper", Outcome.CANNOT_TELL),
    ],
)
def test_a_variant_of_her_name_is_nothing_and_a_slip_is_told(printed: str, outcome: Outcome) -> None:
    assert _found(listing(name=printed))["name_misspelt"].outcome is outcome


@pytest.mark.parametrize("printed", ["Katie Smith", "Katherine Jones", "Katherine Smith-Jones", "K. Smith"])
def test_nicknames_and_former_names_are_variants(printed: str) -> None:
    name = PersonName(given="Katherine", family="Smith", nicknames=("Katie",), former=("Jones",))
    assert _found(listing(name=printed), profile(name=name))["name_misspelt"].outcome is Outcome.CONFORMS


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("Oncology", Outcome.CONFORMS),
        ("Medical Oncology Physician", Outcome.CONFORMS),
        ("Dermatology", Outcome.DIFFERS),
        ("Basket weaving", Outcome.CANNOT_TELL),
        (("Dermatology", "Medical oncology"), Outcome.CONFORMS),
    ],
)
def test_a_specialty_conforms_by_its_place_in_the_taxonomy(
    printed: str | tuple[str, ...], outcome: Outcome
) -> None:
    assert _found(listing(specialty=printed))["specialty_wrong"].outcome is outcome


def test_another_persons_number_on_her_page_is_a_mix_up() -> None:
    of = profile(ids=Ids(npi="1234567893"), confirmed={"ids": CONFIRMED})
    assert _found(listing(npi="1234567893"), of)["identity_mixup"].outcome is Outcome.CONFORMS
    found = _found(listing(npi="2000000002"), of)["identity_mixup"]
    assert (found.outcome, found.severity) == (Outcome.DIFFERS, Severity.CRITICAL)


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [("Female", Outcome.CONFORMS), ("https://schema.org/Female", Outcome.CONFORMS), ("M", Outcome.DIFFERS)],
)
def test_gender_is_compared_in_one_spelling(printed: str, outcome: Outcome) -> None:
    of = profile(personal=Personal(gender="female"), confirmed={"personal": CONFIRMED})
    assert _found(listing(gender=printed), of)["gender_wrong"].outcome is outcome


@pytest.mark.parametrize(
    ("printed", "outcome"), [("true", Outcome.DIFFERS), ("No", Outcome.CONFORMS), ("perhaps", None)]
)
def test_accepting_new_patients_is_compared_where_both_say_so(printed: str, outcome: Outcome | None) -> None:
    of = profile(locations=(replace(BOSTON, accepting_new_patients=False),))
    found = _found(listing(accepting_new_patients=printed), of).get("accepting_patients_wrong")
    assert (found.outcome if found else None) is outcome


def test_a_sanction_is_never_judged_here_and_says_where_to_look() -> None:
    item = mention("google:1", Kind.RESULT, title="Board suspends the license of Ada Roe")
    found = _found(item)["discipline_wrong"]
    assert (found.outcome, found.severity) == (Outcome.CANNOT_TELL, Severity.CRITICAL)
    assert "board" in (found.remedy or "")


def test_a_directorys_invitation_to_look_up_sanctions_is_no_sanction() -> None:
    item = mention("google:1", Kind.RESULT, title="Ada Roe", text="See malpractice history and sanctions.")
    assert "discipline_wrong" not in _found(item)


def test_a_number_from_abroad_is_compared_by_its_digits() -> None:
    of = profile(locations=(replace(BOSTON, phone="55 5929 0000"),))
    assert _found(listing(telephone="5559290000"), of)["phone_wrong"].outcome is Outcome.CONFORMS


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("Ada Roe, M.D.", Outcome.CONFORMS),
        ("Ada Roe, MBBS, FACP", Outcome.CONFORMS),
        ("Ada Roe, DO", Outcome.DIFFERS),
        ("Ada Roe, FACP", None),
        ("Ada Roe", None),
    ],
)
def test_a_degree_is_compared_where_both_print_one(printed: str, outcome: Outcome | None) -> None:
    of = profile(name=PersonName(given="Ada", family="Roe", credentials=("MD", "PhD")))
    found = _found(replace(listing(name=printed), title="Ada Roe"), of).get("credential_wrong")
    assert (found.outcome if found else None) is outcome


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("Example University Hospital", Outcome.CONFORMS),
        ("Old Mill Hospital, Boston", Outcome.DIFFERS),
        ("A hospital nobody knows", None),
    ],
)
def test_an_employer_that_she_has_left_is_stale(printed: str, outcome: Outcome | None) -> None:
    ties = (
        Affiliation(name="Example University Hospital", since=date(2020, 1, 1)),
        Affiliation(name="Old Mill Hospital", until=date(2019, 12, 31)),
    )
    of = profile(affiliations=ties, confirmed={"affiliations": CONFIRMED})
    found = _found(listing(affiliation=printed), of).get("affiliation_stale")
    assert (found.outcome if found else None) is outcome
