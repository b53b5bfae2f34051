"""Docplanner's sites (Doctoralia, ZnanyLekarz, MioDottore, jameda): microdata on profiles, JSON-LD on lists.

The address's parts stand outside the item that they belong to, and the title ("Dra.") outside the name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reputation.discovery.reading import Page, attribute, squeeze
from reputation.discovery.sites import directory
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.model import Claim, Mention

_PARTS = (
    ("streetAddress", "street_address"),
    ("addressLocality", "address_locality"),
    ("addressRegion", "address_region"),
    ("postalCode", "postal_code"),
    ("addressCountry", "address_country"),
)
_LICENCE = re.compile(
    r"^(?:No\. de (?:cédula|colegiado)|CRM|Número de registro|PWZ|Registro)\D{0,20}(\d[\d /-]*)",
    re.IGNORECASE,
)


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return the cards of a list, or a profile with its reviews."""
    cards = directory.read_cards(page, SITE)
    if cards:
        return cards
    found = directory.read_profile(page, place)
    if found is None:
        return None
    listed = found[0]
    told = {claim.field for claim in listed.claims}
    more = [claim for claim in _claims(page) if claim.field not in told or claim.field == "telephone"]
    return (replace(listed, claims=tuple(dict.fromkeys([*listed.claims, *more]))), *found[1:])


def _claims(page: Page) -> list[Claim]:
    found = [
        Claim("telephone", squeeze((attribute(link, "href") or "")[4:]))
        for link in page.css("a[href^='tel:']")
    ]
    found += [
        Claim("specialty", squeeze(link.text()))
        for link in page.css("[data-test-id=doctor-specializations] a[title]")
    ]
    licences = (hit for line in page.lines if (hit := _LICENCE.match(line)))
    found += [Claim("license", number) for hit in licences for number in hit[1].split()]
    return found + _addresses(page)


def _addresses(page: Page) -> list[Claim]:
    """The parts of each office, from the section that holds its street."""
    found: list[Claim] = []
    for section in page.css("[data-id=doctor-address-item], [data-test-id=address-item]"):
        for name, field in _PARTS:
            part = page.first(f"[itemprop~={name}]", section)
            said = squeeze(attribute(part, "content") or (part.text() if part else "") or "")
            if said:
                found.append(Claim(field, said))
    return found


SITE = Site(
    source="doctoralia",
    hosts=(
        "doctoralia.",
        "docplanner.com",
        "znanylekarz.pl",
        "miodottore.it",
        "jameda.de",
        "doktortakvimi.com",
    ),
    site_id=re.compile(r"//[^/]+/((?!clinicas/)[\w-]+)/[\w-]+/[\w-]+/?(?:[?#]|$)"),
    mark=lambda page: 'data-eec-entity-type="doctor"' in page.html and "docplanner" in page.html,
    read=read,
)
