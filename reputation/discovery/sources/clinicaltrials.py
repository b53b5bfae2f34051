"""ClinicalTrials.gov: trials that name her as official, sponsor, investigator or contact.

Source: https://clinicaltrials.gov/data-api/api (version 2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import plain_name
from reputation.discovery.sources.replies import Row, at, day, must_rows, plain, read_object, rows, text
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

_AREAS = (
    "OverallOfficialName",
    "ResponsiblePartyInvestigatorFullName",
    "LocationContactName",
    "CentralContactName",
)


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once for the trials that name her in any of the roles a person can have."""
    term = " OR ".join(f'AREA[{area}]"{plain_name(profile)}"' for area in _AREAS)
    yield get(
        source, "/studies", {"query.term": term, "pageSize": 50, "countTotal": "true", "format": "json"}
    )


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a record a trial, with its state, its people and their roles."""
    reply = read_object(capture)
    for study in [reply] if "protocolSection" in reply else must_rows(reply, "studies"):
        section = study.get("protocolSection")
        ident = text(at(section, "identificationModule.nctId"))
        if not isinstance(section, dict) or ident is None:
            raise Unreadable("a study of the reply has no NCT number; the registry may have changed its form")
        yield mention(
            source,
            Kind.RECORD,
            f"https://clinicaltrials.gov/study/{ident}",
            plain(at(section, "identificationModule.briefTitle")) or ident,
            site_id=ident,
            text=plain(at(section, "descriptionModule.briefSummary")),
            date_published=day(at(section, "statusModule.startDateStruct.date")),
            facts=_facts(section, ident),
        )


def _facts(section: Row, ident: str) -> Iterator[Fact]:
    yield "nct_id", ident
    yield "overall_status", text(at(section, "statusModule.overallStatus"))
    yield "completion_date", text(at(section, "statusModule.completionDateStruct.date"))
    yield "sponsor", text(at(section, "sponsorCollaboratorsModule.leadSponsor.name"))
    party = at(section, "sponsorCollaboratorsModule.responsibleParty")
    people = [*rows(section.get("contactsLocationsModule"), "overallOfficials")]
    if text(at(party, "investigatorFullName")):
        role = {"role": party.get("investigatorTitle"), "affiliation": party.get("investigatorAffiliation")}
        people.append({"name": party["investigatorFullName"], **role})
    for person in people:
        yield "name", text(person.get("name"))
        yield "affiliation", text(person.get("affiliation"))
        yield "role", text(person.get("role"))
    yield from _contacts(section)


def _contacts(section: Row) -> Iterator[Fact]:
    """Yield each contact as a person, where, and how to be reached: a closed trial should name nobody."""
    module = section.get("contactsLocationsModule")
    for person in rows(module, "centralContacts"):
        yield from (("name", text(person.get("name"))), ("contact", text(person.get("name"))))
        yield "contact_telephone", text(person.get("phone"))
    for place in rows(module, "locations"):
        for person in rows(place, "contacts"):
            yield from (("name", text(person.get("name"))), ("contact", text(person.get("name"))))
            yield "affiliation", text(place.get("facility"))
            yield "contact_telephone", text(person.get("phone"))
