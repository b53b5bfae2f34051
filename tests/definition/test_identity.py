"""Two people on one page: told once, before everything else, and never of a plain namesake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.definition.checks import check_all
from reputation.model import (
    Claim,
    Confirmation,
    Education,
    Finding,
    Ids,
    License,
    Match,
    MatchDecision,
    Mention,
    Outcome,
    Personal,
    PersonName,
    Profile,
)
from tests.definition.clinician import CONFIRMED, NOW, listing, profile

HERS, ANOTHERS = "1234567893", "2000000002"
NOT_HERS = Match(decision=MatchDecision.NON_MATCH, probability=0.01)
POSSIBLE = Match(decision=MatchDecision.POSSIBLE, probability=0.5)


def _ada(**fields: Any) -> Profile:
    name = PersonName(given="Ada", middle="Maria", family="Roe", credentials=("MD",))
    confirmed = dict.fromkeys(("name", "ids", "specialties", "locations", "licenses"), CONFIRMED)
    given: dict[str, Any] = {
        "name": name,
        "ids": Ids(npi=HERS),
        "licenses": (License(state="MA", number="113895"),),
        "confirmed": confirmed,
    }
    return profile(**(given | fields))


def _found(item: Mention, of: Profile | None = None) -> list[Finding]:
    return list(check_all(of or _ada(), (item,), (), NOW))


def _mixed(item: Mention, of: Profile | None = None) -> bool:
    found = _found(item, of)
    told = [one for one in found if one.check == "identity_mixup" and one.outcome is not Outcome.CONFORMS]
    assert not told or len(found) == 1
    return bool(told)


def test_a_mix_up_is_the_only_finding_of_its_page() -> None:
    item = listing(name="Ada Rowe", npi=ANOTHERS, telephone="617-555-0199", specialty="Dermatology")
    (found,) = _found(item)
    assert (found.check, found.outcome, found.severity.value) == (
        "identity_mixup",
        Outcome.DIFFERS,
        "critical",
    )


@pytest.mark.parametrize("match", [NOT_HERS, POSSIBLE])
def test_her_name_and_number_beside_anothers_npi_are_a_mix_up(match: Match) -> None:
    item = replace(listing(name="Ada Roe, MD", npi=ANOTHERS, telephone="617-555-0134"), match=match)
    assert _mixed(item)


def test_a_namesakes_own_page_is_no_mix_up() -> None:
    item = replace(listing(name="Ada Roe, MD", npi=ANOTHERS, telephone="312-555-0134"), match=NOT_HERS)
    assert _found(item) == []


def test_a_colleague_at_her_number_is_no_mix_up() -> None:
    item = replace(listing(name="Bea Poe, MD", npi=ANOTHERS, telephone="617-555-0134"), match=NOT_HERS)
    assert _found(item) == []


def test_a_strangers_record_in_a_registry_is_no_mix_up() -> None:
    item = replace(
        listing("nppes:2000000002", name="Ada Roe", npi=ANOTHERS, telephone="617-555-0134"), match=NOT_HERS
    )
    assert _found(item) == []


def test_what_she_called_not_hers_is_left_alone() -> None:
    item = replace(listing(name="Ada Roe", npi=ANOTHERS, telephone="617-555-0134"), match=NOT_HERS)
    assert _found(replace(item, decision="not-mine")) == []


def test_her_npi_under_another_name_is_a_mix_up_and_a_new_family_name_is_not() -> None:
    assert _mixed(listing(name="Gregor Winter", npi=HERS))
    assert not _mixed(listing(name="Ada Winter", npi=HERS))
    assert _mixed(replace(listing(name="Gregor Winter", npi=HERS), match=NOT_HERS))
    assert not _mixed(replace(listing(name="Gregor Winter", npi=(HERS, ANOTHERS)), match=NOT_HERS))


@pytest.mark.parametrize(
    ("claims", "mixed"),
    [
        ({"name": "Ada Bianca Roe", "specialty": "Dermatology"}, True),
        ({"name": "Ada B. Roe", "license": "57562 Massachusetts"}, True),
        ({"name": "Ada B. Roe"}, False),
        ({"name": "Ada M. Roe", "specialty": "Dermatology"}, False),
        ({"name": "Ada Roe", "specialty": "Dermatology"}, False),
        ({"name": "Ada Roe", "license": "57562 Massachusetts"}, False),
    ],
)
def test_one_odd_fact_is_an_error_and_two_that_tell_people_apart_are_a_mix_up(
    claims: dict[str, str], mixed: bool
) -> None:
    assert _mixed(listing(telephone="617-555-0134", **claims)) is mixed


def test_nothing_is_sure_while_her_own_npi_is_not_confirmed() -> None:
    confirmed = {"name": CONFIRMED, "ids.npi": Confirmation(as_of=date(2026, 11, 1), source="nppes")}
    (found,) = _found(listing(npi=ANOTHERS), _ada(confirmed=confirmed))
    assert found.outcome is Outcome.CANNOT_TELL
    assert not _mixed(listing(npi=HERS), _ada(confirmed=confirmed))


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("113895 Massachusetts", Outcome.CONFORMS),
        ("MA 0113895", Outcome.CONFORMS),
        ("113859 Massachusetts", Outcome.DIFFERS),
        ("4711 Ohio", None),
        ("4711", None),
        ("113895", Outcome.CONFORMS),
        ("113885", Outcome.DIFFERS),
    ],
)
def test_a_licence_is_compared_by_its_state_and_digits(printed: str, outcome: Outcome | None) -> None:
    found = {one.field: one for one in _found(listing(license=printed))}.get("license")
    assert (found.outcome if found else None) is outcome


def test_a_registrys_licence_has_its_state_beside_it() -> None:
    claims = (Claim("license", "113859"), Claim("license_state", "MA"))
    found = {one.field: one for one in _found(replace(listing(), claims=claims))}
    assert found["license"].outcome is Outcome.DIFFERS
    of = _ada(confirmed={"name": CONFIRMED})
    found = {one.field: one for one in _found(replace(listing(), claims=claims), of)}
    assert found["license"].outcome is Outcome.CANNOT_TELL


ANOTHERS_FACTS = {
    "telephone": "312-555-0199",
    "street_address": "9 Oak Ave",
    "address_locality": "Chicago",
    "address_region": "IL",
    "specialty": "Dermatology",
    "gender": "Male",
    "credential": "DO",
    "alumni_of": "Invented State School of Medicine",
    "language": "Korean",
    "license": "57562 Massachusetts",
}


@settings(max_examples=60, deadline=None)
@given(
    marks=st.sampled_from(
        [{"npi": ANOTHERS}, {"name": "Gregor Winter", "npi": HERS}, {"name": "Ada Bianca Roe"}]
    ),
    facts=st.lists(st.sampled_from(sorted(ANOTHERS_FACTS)), unique=True).map(sorted),
)
def test_her_name_over_anothers_facts_is_one_finding_and_nothing_else(
    marks: dict[str, str], facts: list[str]
) -> None:
    claims = {"name": "Ada Roe, MD"} | {field: ANOTHERS_FACTS[field] for field in facts} | marks
    of = _ada(
        personal=Personal(gender="female"),
        education=(Education(institution="Example Valley School of Medicine"),),
        languages=("English",),
        confirmed=dict.fromkeys((*_ada().confirmed, "personal", "education", "languages"), CONFIRMED),
    )
    found = _found(listing(**claims), of)
    if "npi" in claims:
        assert [one.check for one in found] == ["identity_mixup"]
    told = [one for one in found if one.check == "identity_mixup" and one.outcome is Outcome.DIFFERS]
    assert not told or len(found) == 1


def test_three_facts_of_another_person_are_a_mix_up_and_an_old_office_is_none() -> None:
    office = {
        field: ANOTHERS_FACTS[field]
        for field in ("telephone", "street_address", "address_locality", "address_region")
    }
    of = _ada(
        personal=Personal(gender="female"),
        confirmed=dict.fromkeys((*_ada().confirmed, "personal"), CONFIRMED),
    )
    assert not _mixed(listing(name="Ada Roe", **office), of)
    assert not _mixed(listing(name="Ada Roe", **office, specialty="Dermatology"), of)
    assert _mixed(listing(name="Ada Roe", **office, specialty="Dermatology", gender="Male"), of)
