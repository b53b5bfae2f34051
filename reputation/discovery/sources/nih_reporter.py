"""NIH RePORTER: grants that she leads.  Source: https://api.reporter.nih.gov/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import post
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.replies import (
    Row,
    at,
    must_rows,
    plain,
    read_object,
    rows,
    text,
    web,
    words_of,
)
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once for the projects of principal investigators of her name."""
    name = {"first_name": profile.name.given, "last_name": profile.name.family}
    yield post(source, "/projects/search", {"criteria": {"pi_names": [name]}, "offset": 0, "limit": 50})


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a record a project and year."""
    reply = read_object(capture)
    if "results" not in reply and (said := words_of(reply)):
        raise Unreadable(f'NIH RePORTER says "{said}"; try again later')
    for row in must_rows(reply, "results"):
        number = text(row.get("project_num"))
        if number is None:
            raise Unreadable("a project of the reply has no number; RePORTER may have changed its form")
        url = web(row.get("project_detail_url")) or f"https://reporter.nih.gov/search?project={number}"
        yield mention(
            source,
            Kind.RECORD,
            url,
            plain(row.get("project_title")) or number,
            site_id=number,
            date_published=text(row.get("fiscal_year")),
            facts=_facts(row, number),
        )


def _facts(row: Row, number: str) -> Iterator[Fact]:
    for person in rows(row, "principal_investigators"):
        yield "name", text(person.get("full_name"))
        yield "affiliation", text(at(row, "organization.org_name"))
    yield "project_number", number
    yield "fiscal_year", text(row.get("fiscal_year"))
    yield "award_amount", text(row.get("award_amount"))
    yield "address_locality", text(at(row, "organization.org_city"))
    yield "address_region", text(at(row, "organization.org_state"))
