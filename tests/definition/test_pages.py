"""Real profile pages against a profile of their own facts: no alarm; one fact changed: the right one.

Measured where the recordings lie beside the checkout; nothing of them is copied here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

import reputation
from reputation import normalize
from reputation.definition.authority import CHECKED_KINDS
from reputation.definition.checks import check_all
from reputation.definition.places import printed_places
from reputation.errors import SourceError
from reputation.model import (
    Affiliation,
    Certification,
    Claim,
    Confirmation,
    Education,
    Finding,
    Ids,
    License,
    Location,
    Mention,
    Outcome,
    Personal,
    PersonName,
    Profile,
    Right,
    Specialty,
)
from reputation.names import parse
from reputation.normalize.postal_words import STATES
from reputation.taxonomy import fields, fields_of
from tests.definition.clinician import MATCH

pytestmark = pytest.mark.recordings

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FACTS = {
    "name": "name_misspelt",
    "telephone": "phone_wrong",
    "street_address": "address_wrong",
    "specialty": "specialty_wrong",
    "gender": "gender_wrong",
    "npi": "identity_mixup",
    "license": "credential_wrong",
    "credential": "credential_wrong",
    "language": "language_wrong",
    "alumni_of": "education_wrong",
    "accepting_new_patients": "accepting_patients_wrong",
    "opening_hours": "hours_wrong",
}


def _own(item: Mention) -> Profile:
    """Return the profile that states what the page claims, all of it confirmed."""
    printed = next(iter(item.claimed("name")), item.title)
    name = parse(printed)
    degrees = (*name.credentials, *item.claimed("credential"))
    accepting = {"true": True, "false": False}.get(next(iter(item.claimed("accepting_new_patients")), ""))
    phones, hours = item.claimed("telephone"), "; ".join(item.claimed("opening_hours")) or None
    places = tuple({place.address: place for place in printed_places(item)}.values()) or (None,)
    locations = [
        Location(
            street=place.given.get("street") if place else None,
            suite=place.given.get("suite") if place else None,
            city=place.given.get("city") if place else None,
            state=place.given.get("state") if place else None,
            postal_code=place.given.get("postal_code") if place else None,
            phone=phones[n] if n < len(phones) else None,
            hours=hours,
            accepting_new_patients=accepting,
        )
        for n, place in enumerate(places)
    ]
    locations += [Location(phone=number) for number in phones[len(locations) :]]
    dated = Confirmation(as_of=NOW.date(), source="self", confirmed_on=NOW.date())
    tables = [
        "name",
        "ids",
        "personal",
        "specialties",
        "locations",
        "affiliations",
        "licenses",
        "education",
        "languages",
        "insurance",
        "certifications",
    ]
    return Profile(
        right=Right(is_self=True),
        name=PersonName(
            given=name.given or "A",
            middle=" ".join(name.middle) or None,
            family=" ".join(name.family) or printed,
            suffix=name.suffix,
            credentials=degrees,
        ),
        ids=Ids(npi=next(iter(item.claimed("npi")), None)),
        personal=Personal(gender=next(iter(item.claimed("gender")), None)),
        specialties=tuple(Specialty(label=text) for text in item.claimed("specialty")),
        locations=tuple(locations),
        affiliations=tuple(Affiliation(name=text) for text in item.claimed("affiliation")),
        licenses=tuple(
            License(state=text.split()[-1], number=text) for text in item.claimed("license") if " " in text
        ),
        education=tuple(Education(institution=text) for text in dict.fromkeys(item.claimed("alumni_of"))),
        languages=item.claimed("language"),
        insurance=item.claimed("insurance"),
        certifications=tuple(Certification(board=text) for text in item.claimed("board_certification")),
        confirmed=dict.fromkeys(tables, dated),
    )


@cache
def _read(recordings: Path) -> tuple[tuple[str, Mention, tuple[Mention, ...]], ...]:
    return tuple(_pages(recordings))


def _pages(recordings: Path) -> Iterator[tuple[str, Mention, tuple[Mention, ...]]]:
    """Yield each listing with its page's reviews, as what is surely hers."""
    for path in sorted((recordings / "pages" / "profiles").rglob("*")):
        if path.suffix not in {".html", ".md"}:
            continue
        try:
            found = reputation.read_page(path.read_bytes(), f"https://www.{path.parent.name}.com/{path.stem}")
        except SourceError:
            continue
        sure = [replace(item, match=MATCH) for item in found]
        for item in sure:
            if item.kind in CHECKED_KINDS:
                yield path.name, item, tuple(one for one in sure if one.listing_key == item.key)


def _findings(own: Profile, *mentions: Mention) -> tuple[Finding, ...]:
    return check_all(own, mentions, (), NOW)


def test_no_page_is_called_wrong_by_its_own_facts(recordings: Path) -> None:
    outcomes: Counter[Outcome] = Counter()
    for page, item, reviews in _read(recordings):
        found = _findings(_own(item), item, *reviews)
        assert not [one for one in found if one.outcome is Outcome.DIFFERS], page
        outcomes.update(one.outcome for one in found)
    assert outcomes[Outcome.CONFORMS] >= 0.8 * outcomes.total(), outcomes


def _otherwise(own: Profile) -> Profile:
    """Return the same facts in other notations: of numbers, states, streets, suites, degrees, names, languages."""
    states = {code: name.title() for name, code in STATES.items() if len(name) > 4}
    places = []
    for place in own.locations:
        phone, street = place.phone, place.street
        if phone and normalize.phone(phone):
            phone = f"{(normalize.phone(phone) or '')[2:5]}.{(normalize.phone(phone) or '')[5:]} ext. 12"
        if street:
            for short, long in (
                (" St", " Street"),
                (" Ave", " Avenue"),
                (" Rd", " Road"),
                (" Blvd", " Boulevard"),
            ):
                street = (
                    re.sub(rf"{long}\\b", short, street)
                    if long in street
                    else re.sub(rf"{short}\\b", long, street)
                )
            street = re.sub(r"\b(?:Suite|Ste\.?) ", "# ", street).replace(", ", " ")
        code = place.postal_code
        places.append(
            replace(
                place,
                phone=phone,
                street=street,
                state=states.get(place.state or "", place.state),
                postal_code=f"{code}-1234" if code and len(code) == 5 and code.isdigit() else code,
            )
        )
    spelt = {"F": "female", "M": "man"}
    name = own.name
    return replace(
        own,
        name=replace(
            name,
            middle=name.middle[:1] if name.middle else None,
            credentials=tuple(".".join(word) + "." if word.isupper() else word for word in name.credentials),
        ),
        personal=Personal(gender=spelt.get(own.personal.gender or "", own.personal.gender)),
        locations=tuple(places),
        specialties=tuple(_by_code(one) for one in own.specialties),
    )


def _by_code(one: Specialty) -> Specialty:
    codes = [code for field in fields_of(one.label) for code, _ in fields()[field].codes]
    return Specialty(label="as by its code", taxonomy_code=codes[0]) if codes else one


def test_no_page_is_called_wrong_by_its_own_facts_in_other_notations(recordings: Path) -> None:
    outcomes: Counter[Outcome] = Counter()
    for page, item, reviews in _read(recordings):
        found = _findings(_otherwise(_own(item)), item, *reviews)
        assert not [one for one in found if one.outcome is Outcome.DIFFERS], page
        outcomes.update(one.outcome for one in found)
    assert outcomes[Outcome.CONFORMS] >= 0.8 * outcomes.total(), outcomes


def _place(own: Profile, n: int, **fields: str | bool | None) -> Profile:
    places = list(own.locations)
    places[n] = replace(places[n], **fields)  # type: ignore[arg-type]  # the callers name fields of a location
    return replace(own, locations=tuple(places))


def _subtle(own: Profile) -> Iterator[tuple[str, Profile]]:
    """Yield the check that must tell it, and the profile with one fact a little changed: so that the page is wrong.

    A house that the page prints twice, with its suite and without, is left alone: the other entry would still be right.
    """
    houses = Counter(normalize.address(place.street, city="x").street for place in own.locations)
    for n, place in enumerate(own.locations):
        if place.phone:
            yield "phone_wrong", _place(own, n, phone=place.phone[:-1] + str((int(place.phone[-1]) + 3) % 10))
        if houses[normalize.address(place.street, city="x").street] > 1:
            continue
        if place.street and place.city and (house := re.match(r"\d+(?= )", place.street)):
            yield (
                "address_wrong",
                _place(own, n, street=str(int(house[0]) + 11) + place.street[house.end() :]),
            )
            yield "address_wrong", _place(own, n, city="Springfield")
            if len(own.locations) == 1 and (suite := re.search(r"(?<=Ste )\w+", place.street)):
                yield "suite_wrong", _place(own, n, street=place.street.replace(suite[0], "977"))
    if len(own.specialties) == 1 and (label := NEIGHBOURS.get(own.specialties[0].label[:6])):
        yield "specialty_wrong", replace(own, specialties=(Specialty(label=label),))
    if "MD" in own.name.credentials:
        yield "credential_wrong", replace(own, name=replace(own.name, credentials=("DO",)))
    if len(own.name.family) > 4 and " " not in own.name.family:
        family = own.name.family
        yield "name_misspelt", replace(own, name=replace(own.name, family=f"{family[:-2]}z{family[-1]}"))
    for n, _ in enumerate(own.affiliations):
        ended = [
            replace(one, until=date(2019, 1, 1)) if k == n else one for k, one in enumerate(own.affiliations)
        ]
        yield "affiliation_stale", replace(own, affiliations=tuple(ended))


NEIGHBOURS = {
    "Obstet": "Urology",
    "Neurol": "Neurosurgery",
    "Cardio": "Vascular surgery",
    "Allerg": "Rheumatology",
    "Vascul": "Thoracic surgery",
    "Psychi": "Neurology",
    "Acupun": "Chiropractic",
}


def test_a_fact_a_little_changed_is_told_by_its_own_check(recordings: Path) -> None:
    tried: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for _, item, _ in _read(recordings):
        for code, changed in _subtle(_own(item)):
            found = {one.check for one in _findings(changed, item) if one.outcome is Outcome.DIFFERS}
            tried[code] += 1
            told[code] += code in found
    assert len(tried) >= 7
    assert {code for code, number in tried.items() if told[code] < 0.95 * number} == set(), (tried, told)


def _changed(item: Mention, field: str) -> Mention:
    by = CHANGES[field]
    claims = (Claim(c.field, by(c.value)) if c.field == field else c for c in item.claims)
    return replace(item, claims=tuple(claims))


def _longest(text: str) -> str:
    return str(max(re.findall(r"[^\W\d_]+", text), key=len))


CHANGES: dict[str, Callable[[str], str]] = {
    "name": lambda text: text.replace(_longest(text), _longest(text) + "x", 1),
    "telephone": lambda _: "617-555-0199",
    "street_address": lambda _: "98765 Quarry Hollow Road",
    "specialty": lambda text: "Dermatology" if "derm" not in text.lower() else "Cardiology",
    "gender": lambda text: "Male" if text[:1].upper() == "F" else "Female",
    "npi": lambda _: "2000000002",
    "license": lambda text: text.replace(next(filter(str.isdigit, text)), "", 1),
    "language": lambda _: "Klingon",
    "alumni_of": lambda _: "Example Valley Academy",
    "accepting_new_patients": lambda text: "false" if text == "true" else "true",
    "opening_hours": lambda _: "Mo-Su 03:00-04:00",
}


@pytest.mark.parametrize("field", list(CHANGES))
def test_a_changed_fact_is_told_by_its_own_check(recordings: Path, field: str) -> None:
    tried = told = 0
    missed = []
    for page, item, _ in _read(recordings):
        own = _own(item)
        unknown = field == "specialty" and not any(map(fields_of, item.claimed(field)))
        if not item.claimed(field) or unknown or (field == "license" and not own.licenses):
            continue
        tried += 1
        found = _findings(own, _changed(item, field))
        codes = {one.check for one in found if one.outcome is Outcome.DIFFERS}
        expected = {FACTS[field]} | ({"not_at_location"} if field == "street_address" else set())
        told += bool(codes & expected)
        if not codes & expected:
            missed.append((page, item.claimed(field)))
    assert tried, "no page prints it"
    assert told >= 0.95 * tried, missed
