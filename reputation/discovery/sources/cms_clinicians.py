"""CMS Doctors and Clinicians: group, places, school and hospitals of those enrolled in Medicare.

Source: https://data.cms.gov/provider-data/dataset/mj5m-pzi6 and 27ea-46a8; hospital names from xubh-q36u.  Every value is a
text; one row a person and place.  Not being listed says nothing of a clinician who does not bill Medicare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import npi_of
from reputation.discovery.sources.replies import Row, distinct, must_rows, read_json, text, words_of
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

PAGE = "https://www.medicare.gov/care-compare/details/physician/"
_HOSPITALS = "xubh-q36u"


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for the rows of her NPI, and for the hospitals that she is affiliated with."""
    npi = npi_of(profile)
    for name in ("clinicians", "affiliations"):
        yield get(source, f"/datastore/query/{source.options[name]}/0", where("npi", npi))


def where(field: str, value: str, limit: int = 100) -> dict[str, Any]:
    """Return the parameters of a query for one value of one column."""
    return {
        "conditions[0][property]": field,
        "conditions[0][operator]": "=",
        "conditions[0][value]": value,
        "limit": limit,
    }


def rows_of(capture: Capture) -> list[Row]:
    """Return the rows of a reply of the data store, of either route.

    Raises:
        Unreadable: it is no table, or reports an error.
    """
    reply = read_json(capture)
    if isinstance(reply, list):
        reply = {"results": reply}
    if isinstance(reply, dict) and "results" not in reply and (said := words_of(reply)):
        raise Unreadable(f'the data store says "{said}"; its data set may have a new id')
    return must_rows(reply, "results")


def parse(source: Source, capture: Capture) -> Iterator[Mention | Request]:
    """Yield one record a person with every place, or her hospitals; their names are a second step."""
    people: dict[str, list[Row]] = {}
    for row in rows_of(capture):
        if "facility_id" in row:
            yield _hospital(source, row, capture.request.variant)
        elif npi := text(row.get("npi")):
            people.setdefault(npi, []).append(row)
    for npi, own in people.items():
        if "facility_affiliations_certification_number" in own[0]:
            yield from _affiliations(source, npi, own)
        else:
            name = _name(own[0])
            yield mention(source, Kind.RECORD, PAGE + npi, name, site_id=npi, facts=_facts(npi, name, own))


def _name(row: Row) -> str:
    parts = [row.get(f"provider_{part}_name") for part in ("first", "middle", "last")]
    return " ".join(filter(None, map(text, [*parts, row.get("suff")]))) or "without a name"


def _facts(npi: str, name: str, own: list[Row]) -> Iterator[Fact]:
    first = own[0]
    yield from (("name", name), ("npi", npi))
    yield from (("credential", text(first.get("cred"))), ("gender", text(first.get("gndr"))))
    school = text(first.get("med_sch"))
    yield "education", school if school != "OTHER" else None
    yield "graduation_year", text(first.get("grd_yr"))
    yield from (
        ("specialty", text(first.get(column)))
        for column in ("pri_spec", *(f"sec_spec_{n}" for n in range(1, 5)))
    )
    for group in distinct(text(row.get("facility_name")) for row in own):
        yield "affiliation", group
    for row in own:
        lines = filter(None, (text(row.get("adr_ln_1")), text(row.get("adr_ln_2"))))
        yield "street_address", ", ".join(lines)
        yield "address_locality", text(row.get("citytown"))
        yield "address_region", text(row.get("state"))
        yield "postal_code", text(row.get("zip_code"))
        yield "telephone", text(row.get("telephone_number"))


def _affiliations(source: Source, npi: str, own: list[Row]) -> Iterator[Mention | Request]:
    name = _name(own[0])
    numbers = list(distinct(text(row.get("facility_affiliations_certification_number")) for row in own))
    facts: list[Fact] = [("name", name), ("npi", npi), *(("facility_number", number) for number in numbers)]
    yield mention(
        source,
        Kind.RECORD,
        PAGE + npi,
        f"{name}: affiliated facilities",
        site_id=f"{npi}-facilities",
        facts=facts,
    )
    for row in own:
        number = text(row.get("facility_affiliations_certification_number"))
        if number and text(row.get("facility_type")) == "Hospital":
            path = f"/datastore/query/{_HOSPITALS}/0"
            yield get(source, path, where("facility_id", number), variant=f"{npi} {name}")


def _hospital(source: Source, row: Row, whose: str | None) -> Mention:
    npi, _, name = (whose or "").partition(" ")
    title = text(row.get("facility_name")) or "without a name"
    number = text(row.get("facility_id")) or title
    facts: list[Fact] = [
        ("name", name or None),
        ("npi", npi or None),
        ("affiliation", title),
        ("facility_number", number),
    ]
    url = f"https://www.medicare.gov/care-compare/details/hospital/{number}"
    return mention(source, Kind.RECORD, url, title, site_id=f"{npi or 'hospital'}-{number}", facts=facts)
