"""Health plans' public provider directories (Da Vinci PDex Plan-Net, FHIR R4).

Source: https://hl7.org/fhir/us/davinci-pdex-plan-net/ and dated tests of each plan's server; a plan's strategy says which search it
understands: `npi-direct` (Practitioner?identifier), `npi-chained` (PractitionerRole?practitioner.identifier), `name-filter`.
A directory that answers nothing may simply not understand the question: that is never "not listed".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reputation import normalize
from reputation.discovery.adapters import Skip
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import npi_of
from reputation.discovery.sources.replies import Row, at, distinct, items, read_object, rows, text, web
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

_SYSTEM = "http://hl7.org/fhir/sid/us-npi"
_SYSTEMS = {_SYSTEM, "http://terminology.hl7.org/NamingSystem/npi"}
_NOT_REAL = re.compile(r"sandbox|demo|devportal|\bvte\b|\btest\b")
_OPEN = {
    "newpt": "true",
    "nopt": "false",
    "existptonly": "existing patients only",
    "existptfam": "family of patients only",
}
_FHIR = (("Accept", "application/fhir+json"),)


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask each plan once for her NPI, in the way that it understands."""
    npi = npi_of(profile)
    states = {place.state for place in profile.locations} | {licence.state for licence in profile.licenses}
    payers = payers_of(source)
    if not payers:
        raise Skip("no options.payers; name a plan's directory in sources.toml under [payer-directories]")
    for payer in payers:
        if payer.get("states") and not states & set(payer["states"]):
            continue
        yield _first_step(source, payer, profile, npi)


def payers_of(source: Source) -> list[Mapping[str, Any]]:
    """Return the plans to ask: those of the table but no sandbox, or the one at the workspace's base_url."""
    if source.base_url:
        one = {
            "id": "directory",
            "title": source.options.get("payer") or urlsplit(source.base_url).netloc,
            "base_url": source.base_url,
        }
        return [{**one, "strategy": source.options.get("strategy", "npi-direct")}]
    return [
        payer for payer in source.options.get("payers") or () if not _NOT_REAL.search(str(payer["base_url"]))
    ]


def _first_step(source: Source, payer: Mapping[str, Any], profile: Profile, npi: str) -> Request:
    strategy = payer.get("strategy")
    if strategy == "npi-chained":
        params = {"practitioner.identifier": f"{_SYSTEM}|{npi}", "_count": 50}
        return _ask(source, payer, "/PractitionerRole", params, npi)
    if strategy == "name-filter":
        params = {"family": profile.name.family, "given": profile.name.given}
        return _ask(source, payer, "/Practitioner", params, npi)
    return _ask(source, payer, "/Practitioner", {"identifier": f"{_SYSTEM}|{npi}"}, npi)


def _ask(source: Source, payer: Mapping[str, Any], path: str, params: dict[str, Any], npi: str) -> Request:
    """Return a request to one plan; the NPI to look for is its context and is not sent."""
    there = replace(source, base_url=str(payer["base_url"]))
    return get(there, path, params, headers=_FHIR, context=npi)


def parse(source: Source, capture: Capture) -> Iterator[Mention | Request]:
    """Yield a listing for her and for each of her roles; roles and places that are not in the reply are asked for.

    Raises:
        Unreadable: the reply is an OperationOutcome or no FHIR at all.
    """
    reply = read_object(capture)
    kind = reply.get("resourceType")
    if kind == "OperationOutcome":
        said = text(at(reply, "issue.0.diagnostics")) or text(at(reply, "issue.0.details.text")) or "an error"
        raise Unreadable(f'the directory says "{said}"; it may not understand this search')
    if kind == "Bundle":
        resources = [
            entry["resource"] for entry in rows(reply, "entry") if isinstance(entry.get("resource"), dict)
        ]
    elif kind in ("Practitioner", "PractitionerRole", "Location"):
        resources = [reply]
    else:
        raise Unreadable(
            f"the reply is a {kind or 'thing'} without FHIR's form; the directory may have moved"
        )
    yield from _read(source, capture, resources)
    following = next(
        (link.get("url") for link in rows(reply, "link") if str(link.get("relation")).lower() == "next"), None
    )
    if (
        resources
        and web(following)
        and urlsplit(str(following)).netloc == urlsplit(capture.request.url).netloc
    ):
        yield replace(capture.request, url=str(following))


def _read(source: Source, capture: Capture, resources: list[Row]) -> Iterator[Mention | Request]:
    payer = _payer_at(source, capture.request.url)
    wanted = capture.request.context
    places = {f"Location/{row.get('id')}": row for row in resources if row.get("resourceType") == "Location"}
    people = {
        f"Practitioner/{row.get('id')}": row for row in resources if row.get("resourceType") == "Practitioner"
    }
    roles = _once([row for row in resources if row.get("resourceType") == "PractitionerRole"])
    if roles:
        yield from _roles(source, capture, roles, people, places)
        return
    for reference, person in people.items():
        if wanted is None or npi_in(person) == wanted:
            yield _listing(source, payer, person, _person_facts(person))
            if capture.request.context:
                params = {"practitioner": reference, "_include": "PractitionerRole:location", "_count": 50}
                step = _ask(source, payer, "/PractitionerRole", params, wanted or "")
                yield replace(step, variant=_name(person))
    if not people:
        for place in places.values():
            name = [("name", capture.request.variant), ("npi", wanted)]
            yield _listing(source, payer, place, [*name, *_place_facts(place)])


def _payer_at(source: Source, url: str) -> Mapping[str, Any]:
    found = (p for p in payers_of(source) if url.startswith(str(p["base_url"])))
    host = urlsplit(url).netloc
    return next(found, {"id": "directory", "title": host, "base_url": url.rsplit("/", 1)[0]})


def _once(roles: list[Row]) -> list[Row]:
    """Return each role once: one plan serves every role twice under one id, first with itself as the organisation."""
    return list({str(role.get("id")): role for role in roles}.values())


def npi_in(resource: Row) -> str | None:
    """Return the NPI of a person or role, by any of the four ways in which plans mark it."""
    for identifier in rows(resource, "identifier"):
        value = text(identifier.get("value")) or ""
        codes = {text(coding.get("code")) for coding in rows(identifier.get("type"), "coding")}
        marked = (
            text(identifier.get("system")) in _SYSTEMS
            or "NPI" in codes
            or at(identifier, "assigner.display") == "CMS"
        )
        if marked and normalize.npi_is_valid(value):
            return value
    return None


def _name(person: Row) -> str | None:
    name = at(person, "name.0")
    if not isinstance(name, dict):
        return None
    parts = [*items(name, "given"), name.get("family")]
    return " ".join(filter(None, map(text, parts))) or text(name.get("text"))


def _listing(source: Source, payer: Mapping[str, Any], row: Row, facts: list[Fact]) -> Mention:
    kind, ident = text(row.get("resourceType")) or "", text(row.get("id")) or "unknown"
    name = next((value for field, value in facts if field == "name" and value), None)
    title = f"Provider directory of {payer['title']}: {name or 'an entry without a name'}"
    url = f"{str(payer['base_url']).rstrip('/')}/{kind}/{ident}"
    updated = (text(at(row, "meta.lastUpdated")) or "")[:10] or None
    whole: list[Fact] = [*facts, ("publisher", str(payer["title"])), ("last_updated", updated)]
    return mention(source, Kind.LISTING, url, title, site_id=f"{payer['id']}-{ident}", facts=whole)


def _person_facts(person: Row) -> list[Fact]:
    facts: list[Fact] = [
        ("name", _name(person)),
        ("npi", npi_in(person)),
        ("gender", text(person.get("gender"))),
    ]
    for degree in rows(person, "qualification"):
        is_degree = "nucc" not in str(at(degree, "code.coding.0.system"))
        facts.append(
            (
                "credential" if is_degree else "specialty",
                text(at(degree, f"code.coding.0.{'code' if is_degree else 'display'}")),
            )
        )
    for address in rows(person, "address"):
        facts += _address(address)
    return facts + _telecom(person)


def _roles(
    source: Source, capture: Capture, roles: list[Row], people: dict[str, Row], places: dict[str, Row]
) -> Iterator[Mention | Request]:
    payer = _payer_at(source, capture.request.url)
    missing: list[str] = []
    for role in roles:
        person = people.get(text(at(role, "practitioner.reference")) or "") or {}
        npi = npi_in(role) or npi_in(person) or capture.request.context
        if capture.request.context not in (None, npi):
            continue
        name = _name(person) or text(at(role, "practitioner.display")) or capture.request.variant
        facts: list[Fact] = [("name", name), ("npi", npi)]
        facts += [
            ("specialty", text(at(one, "coding.0.display") or one.get("text")))
            for one in rows(role, "specialty")
        ]
        facts.append(("affiliation", text(at(role, "organization.display"))))
        facts.append(("accepting_new_patients", _accepting(role)))
        facts += [("network", text(at(e, "valueReference.display"))) for e in rows(role, "extension")]
        references = list(distinct(text(place.get("reference")) for place in rows(role, "location")))
        for reference in references:
            facts += _place_facts(places[reference]) if reference in places else []
        missing += [reference for reference in references if reference not in places]
        yield _listing(source, payer, role, facts + _telecom(role))
    if capture.request.context:
        for reference in list(distinct(missing))[:3]:
            step = _ask(source, payer, f"/{reference}", {}, capture.request.context)
            yield replace(step, variant=capture.request.variant)


def _accepting(resource: Row) -> str | None:
    for extension in rows(resource, "extension"):
        if str(extension.get("url")).endswith("newpatients"):
            codes = (
                at(inner, "valueCodeableConcept.coding.0.code") for inner in rows(extension, "extension")
            )
            return next((_OPEN[code] for code in map(str, codes) if code in _OPEN), None)
    return None


def _place_facts(place: Row) -> list[Fact]:
    address = place.get("address")
    facts = _address(address) if isinstance(address, dict) else []
    return [*facts, *_telecom(place), ("accepting_new_patients", _accepting(place))]


def _address(address: Row) -> list[Fact]:
    return [
        ("street_address", ", ".join(filter(None, map(text, items(address, "line"))))),
        ("address_locality", text(address.get("city"))),
        ("address_region", text(address.get("state"))),
        ("postal_code", text(address.get("postalCode"))),
    ]


def _telecom(resource: Row) -> list[Fact]:
    names = {"phone": "telephone", "fax": "fax_number"}
    numbers = rows(resource, "telecom")
    return [(names[kind], text(n.get("value"))) for n in numbers if (kind := str(n.get("system"))) in names]
