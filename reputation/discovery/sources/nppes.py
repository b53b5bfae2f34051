"""NPPES, the registry of National Provider Identifiers: her own record, and her namesakes in the same state.

Source: https://npiregistry.cms.hhs.gov/api-page (version 2.1).  Errors come as HTTP 200 with `Errors` inside; numbers and
epochs were integers in 2019 and are strings now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from reputation import names
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.casing import credentials, proper_place
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.replies import (
    Row,
    at,
    distinct,
    inner,
    must_rows,
    read_object,
    rows,
    text,
    words_of,
)
from reputation.errors import Unreadable
from reputation.model import Capture, Kind, License, Location, Mention, PersonName, Request, Specialty

if TYPE_CHECKING:
    from reputation.model import NameVariant, Profile, Source

PAGE = "https://npiregistry.cms.hhs.gov/provider-view/"


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for the NPI, and for everybody of that name in the state; without an NPI the second alone."""
    if profile.ids.npi:
        yield get(source, "/", {"version": "2.1", "number": profile.ids.npi})
    yield by_name(source, profile.name.given, profile.name.family, _state(profile))


def by_name(source: Source, given: str, family: str, state: str | None) -> Request:
    """Return the search for persons of a name, in one state where it is known."""
    params = {
        "enumeration_type": "NPI-1",
        "first_name": given,
        "last_name": family,
        "limit": 50,
        "state": state,
    }
    return get(source, "/", {"version": "2.1", **params})


def _state(profile: Profile) -> str | None:
    return next(distinct([*(p.state for p in profile.locations), *(p.state for p in profile.licenses)]), None)


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield one record a provider, person or organisation, with every fact as the registry prints it."""
    for row in providers_in(capture):
        npi = text(row.get("number"))
        if npi is None:
            raise Unreadable("a record of the reply has no NPI; the registry may have changed its form")
        name = _printed_name(row)
        degree = text(at(row, "basic.credential"))
        yield mention(
            source,
            Kind.RECORD,
            PAGE + npi,
            f"{name}, {degree}" if degree else name,
            site_id=npi,
            facts=_facts(row, npi, name),
        )


def providers_in(capture: Capture) -> list[Row]:
    """Return the rows of a reply.

    Raises:
        Unreadable: with the registry's own words where it reports an error.
    """
    reply = read_object(capture)
    if said := words_of(reply.get("Errors") or reply.get("errors")):
        raise Unreadable(f'the registry says "{said}"; check the name, the state and the NPI of the profile')
    return must_rows(reply, "results")


def _printed_name(row: Row) -> str:
    basic = inner(row, "basic")
    parts = [text(basic.get(k)) for k in ("first_name", "middle_name", "last_name", "name_suffix")]
    whole = text(basic.get("organization_name")) or " ".join(part for part in parts if part)
    return whole or text(basic.get("name")) or "without a name"


def _facts(row: Row, npi: str, name: str) -> Iterator[Fact]:
    basic = inner(row, "basic")
    yield "name", name
    yield "npi", npi
    yield "credential", text(basic.get("credential"))
    yield "gender", text(basic.get("sex") or basic.get("gender"))
    for other in rows(row, "other_names"):
        whole = [text(other.get(k)) for k in ("organization_name", "first_name", "middle_name", "last_name")]
        yield "alternate_name", " ".join(part for part in whole if part)
    for taxonomy in sorted(rows(row, "taxonomies"), key=lambda t: not t.get("primary")):
        yield "specialty", text(taxonomy.get("desc"))
        yield "taxonomy_code", text(taxonomy.get("code"))
        if number := text(taxonomy.get("license")):
            yield "license", number
            yield "license_state", text(taxonomy.get("state"))
    for place in [*_places(row, "LOCATION"), *rows(row, "practiceLocations")]:
        yield from _address(place, "")
    for place in _places(row, "MAILING"):
        yield from _address(place, "mailing_")
    yield "status", text(basic.get("status"))
    yield "enumeration_date", text(basic.get("enumeration_date"))
    yield "last_updated", text(basic.get("last_updated"))


def _places(row: Row, purpose: str) -> list[Row]:
    return [place for place in rows(row, "addresses") if place.get("address_purpose") == purpose]


def _address(place: Row, prefix: str) -> Iterator[Fact]:
    lines = [text(place.get("address_1")), text(place.get("address_2"))]
    yield f"{prefix}street_address", ", ".join(line for line in lines if line)
    yield f"{prefix}address_locality", text(place.get("city"))
    yield f"{prefix}address_region", text(place.get("state"))
    yield f"{prefix}postal_code", text(place.get("postal_code"))
    yield f"{prefix}telephone", text(place.get("telephone_number"))
    yield f"{prefix}fax_number", text(place.get("fax_number"))


# ---------------------------------------------------------------------------- facts of record, for a new profile


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordOfFacts:
    """What the registry records of one person, in the profile's own words and ordinary case."""

    npi: str
    name: PersonName
    gender: str | None = None
    specialties: tuple[Specialty, ...] = ()
    licenses: tuple[License, ...] = ()
    locations: tuple[Location, ...] = ()
    last_updated: date | None = None
    enumerated_on: date | None = None
    active: bool = True


def records_in(body: bytes) -> tuple[RecordOfFacts, ...]:
    """Return the persons of a reply, live or saved; organisations are left out.

    Raises:
        Unreadable: when it is no reply of the registry, or is its report of an error.
    """
    saved = Capture(
        source="nppes",
        request=Request(url=PAGE),
        url=PAGE,
        status=200,
        body=body,
        sha256="",
        fetched_at=datetime(1970, 1, 1, tzinfo=UTC),
    )
    persons = (row for row in providers_in(saved) if at(row, "basic.last_name"))
    return tuple(_record(row) for row in persons)


def _record(row: Row) -> RecordOfFacts:
    basic = inner(row, "basic")
    taxonomies = sorted(rows(row, "taxonomies"), key=lambda t: not t.get("primary"))
    pairs = ((text(t.get("desc")), text(t.get("code"))) for t in taxonomies)
    licences = ((text(t.get("state")), text(t.get("license"))) for t in taxonomies)
    return RecordOfFacts(
        npi=text(row.get("number")) or "",
        name=_person_name(row),
        gender=text(basic.get("sex") or basic.get("gender")),
        specialties=tuple(dict.fromkeys(Specialty(label=d, taxonomy_code=c) for d, c in pairs if d)),
        licenses=tuple(dict.fromkeys(License(state=s, number=n) for s, n in licences if s and n)),
        locations=tuple(
            dict.fromkeys(map(_location, [*_places(row, "LOCATION"), *rows(row, "practiceLocations")]))
        ),
        last_updated=_date(basic.get("last_updated")),
        enumerated_on=_date(basic.get("enumeration_date")),
        active=text(basic.get("status")) in (None, "A"),
    )


def _person_name(row: Row) -> PersonName:
    basic = inner(row, "basic")
    former = [_person(other) for other in rows(row, "other_names") if text(other.get("last_name"))]
    suffix, middle = text(basic.get("name_suffix")), text(basic.get("middle_name"))
    return PersonName(
        given=names.title_case(text(basic.get("first_name")) or ""),
        family=names.title_case(text(basic.get("last_name")) or ""),
        middle=names.title_case(middle) if middle else None,
        suffix=names.title_case(suffix) if suffix else None,
        credentials=credentials(text(basic.get("credential")) or ""),
        former=tuple(distinct(former)),
    )


def _person(row: Row) -> str:
    given = " ".join(filter(None, (text(row.get("first_name")), text(row.get("middle_name")))))
    return f"{names.title_case(given)} {names.title_case(text(row.get('last_name')) or '')}".strip()


def _location(place: Row) -> Location:
    def cased(name: str) -> str | None:
        line = text(place.get(name))
        return proper_place(line) if line else None

    street = ", ".join(filter(None, (cased("address_1"), cased("address_2"))))
    return Location(
        street=street or None,
        city=cased("city"),
        state=text(place.get("state")),
        postal_code=_postal_code(text(place.get("postal_code"))),
        phone=_phone(text(place.get("telephone_number"))),
        fax=_phone(text(place.get("fax_number"))),
    )


def _postal_code(line: str | None) -> str | None:
    return f"{line[:5]}-{line[5:]}" if line and len(line) == 9 and line.isdigit() else line


def _phone(line: str | None) -> str | None:
    return f"{line[:3]}-{line[3:6]}-{line[6:]}" if line and len(line) == 10 and line.isdigit() else line


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
