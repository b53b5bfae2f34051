"""Real profile pages against a profile of their own facts: no alarm; one fact changed: the right one.

Measured where the recordings lie beside the checkout; nothing of them is copied here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

import reputation
from reputation.definition.authority import CHECKED_KINDS
from reputation.definition.checks import check_all
from reputation.definition.places import printed_places
from reputation.errors import SourceError
from reputation.model import (
    Affiliation,
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
from reputation.taxonomy import fields_of
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
    places = tuple(printed_places(item)) or (None,)
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
        education=tuple(Education(institution=text) for text in item.claimed("alumni_of")),
        languages=item.claimed("language"),
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
    if not tried:
        pytest.skip("no page prints it")
    assert told >= 0.95 * tried, missed
