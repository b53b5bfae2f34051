"""Records of different origin against one another, where she has confirmed nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reputation.definition.checks import check_all
from reputation.model import Claim, Confirmation, Finding, Kind, Mention, Outcome
from tests.definition.clinician import CONFIRMED, NOW, mention, profile

FROM_NPPES = Confirmation(as_of=date(2011, 5, 3), source="nppes")
UNCONFIRMED = profile(confirmed=dict.fromkeys(("name", "specialties", "locations"), FROM_NPPES))


def _says(source: str, kind: Kind = Kind.RECORD, **claims: str) -> Mention:
    return mention(f"{source}:1", kind, claims=tuple(Claim(*pair) for pair in claims.items()))


def _found(*mentions: Mention, **of: Any) -> dict[str, Finding]:
    return {one.key: one for one in check_all(of.get("of", UNCONFIRMED), mentions, (), NOW)}


OLD, NEW = "617-555-0134", "617-555-0188"


def test_two_registries_that_disagree_are_told_on_the_upstream_one() -> None:
    found = _found(_says("cms-clinicians", telephone=NEW), _says("nppes", telephone=OLD))
    told = found["phone_wrong:nppes:1:telephone"]
    assert (told.outcome, told.expected) == (Outcome.CANNOT_TELL, None)
    assert told.authority is not None
    assert NEW in told.authority
    assert "CMS" in told.authority
    assert OLD in (told.observed or "")
    assert "the registry is out of date" in (told.remedy or "")
    assert found["phone_wrong:cms-clinicians:1:telephone"].authority is None


def test_a_stale_registry_makes_no_listing_wrong() -> None:
    sites = [_says(source, Kind.LISTING, telephone=NEW) for source in ("healthgrades", "vitals", "webmd")]
    found = _found(_says("nppes", telephone=OLD), *sites)
    assert [key for key, one in found.items() if one.authority] == ["phone_wrong:nppes:1:telephone"]
    assert not [one for one in found.values() if one.outcome is Outcome.DIFFERS]
    assert "Healthgrades, Vitals and WebMD" in (found["phone_wrong:nppes:1:telephone"].authority or "")


def test_the_odd_one_out_is_told_and_not_the_others() -> None:
    found = _found(
        _says("nppes", telephone=OLD),
        _says("cms-clinicians", telephone=OLD),
        _says("vitals", Kind.LISTING, telephone=NEW),
    )
    assert [key for key, one in found.items() if one.authority] == ["phone_wrong:vitals:1:telephone"]


def test_records_that_agree_give_nothing_to_look_at() -> None:
    found = _found(_says("nppes", telephone=OLD), _says("cms-clinicians", telephone="(617) 555 0134"))
    assert not [one for one in found.values() if one.authority]


def test_addresses_and_specialties_are_held_against_one_another_too() -> None:
    one = _says(
        "nppes",
        street_address="25 OLD MILL RD",
        address_locality="WORCESTER",
        address_region="MA",
        postal_code="016080001",
        specialty="Dermatology",
    )
    other = _says(
        "cms-clinicians",
        street_address="12 Elm Street",
        address_locality="Boston",
        address_region="MA",
        postal_code="02115",
        specialty="MEDICAL ONCOLOGY",
    )
    found = _found(one, other)
    assert "25 Old Mill Rd, Worcester, MA 01608" in (
        found["address_wrong:nppes:1:street_address"].observed or ""
    )
    assert "MEDICAL ONCOLOGY" in (found["specialty_wrong:nppes:1:specialty"].authority or "")


@pytest.mark.parametrize("words", [("Oncology", "Medical Oncology"), ("Basket weaving", "Medical Oncology")])
def test_near_and_unknown_specialties_are_no_contradiction(words: tuple[str, str]) -> None:
    found = _found(_says("nppes", specialty=words[0]), _says("cms-clinicians", specialty=words[1]))
    assert not [one for one in found.values() if one.authority]


def test_a_street_that_cannot_be_compared_is_no_contradiction() -> None:
    found = _found(
        _says("nppes", street_address="Example Tower"), _says("cms-clinicians", street_address="12 Elm St")
    )
    assert not [one for one in found.values() if one.authority]


def test_a_fact_is_never_held_against_its_own_origin() -> None:
    assert _found(_says("nppes", telephone=OLD, specialty="Medical oncology", name="Ada Roe")) == {}
    confirmed = profile()
    assert CONFIRMED.source == "nppes"
    assert _found(_says("nppes", telephone=OLD), of=confirmed) == {}
    assert _found(_says("nppes", telephone=NEW), of=confirmed)["phone_wrong:nppes:1:telephone"].outcome == (
        Outcome.DIFFERS
    )


def test_with_a_confirmed_fact_the_profile_is_the_authority() -> None:
    found = _found(_says("cms-clinicians", telephone=NEW), _says("vitals", telephone=OLD), of=profile())
    assert found["phone_wrong:cms-clinicians:1:telephone"].outcome is Outcome.DIFFERS
    assert found["phone_wrong:vitals:1:telephone"].outcome is Outcome.CONFORMS
