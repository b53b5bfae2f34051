"""Psychology Today: microdata of a Person with her work locations, each of them rendered twice.

The page has a heading per rendering; the first `h1` may be the brand's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reputation.discovery.reading import Node, Page, lines_of
from reputation.discovery.sites import directory, schema_org
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.model import Claim, Mention

_CREDENTIAL = re.compile(r"^[A-Z][A-Za-z.-]{1,9}$")
_LICENSE = re.compile(r"^License(?: No\. and State)?:\s*(?P<said>.+)$")
_SCHOOL = re.compile(r"^School:\s*(?P<said>.+)$")


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return the therapist; None where the page names nobody."""
    subject = schema_org.subject_of(page)
    if subject is None:
        return directory.read_profile(page, place)
    listed = directory.complete(schema_org.listing(subject, place), page)
    offices = _offices(page)
    kept = [claim for claim in listed.claims if not (offices and claim.field in _OFFICE)]
    return (
        replace(listed, claims=(*kept, *offices, *_credentials(page, listed.title), *_qualifications(page))),
    )


_OFFICE = ("street_address", "address_locality", "address_region", "postal_code")


def _offices(page: Page) -> list[Claim]:
    """Each office once: the practice's name stands before the street, the suite between street and city."""
    seen: set[tuple[str, ...]] = set()
    found: list[Claim] = []
    for node in page.css("[itemprop~=address]"):
        lines = tuple(lines_of(node))
        street = page.read("[itemprop~=streetAddress]", node)
        if street and lines not in seen:
            seen.add(lines)
            found += _office(page, node, list(lines), street)
    return found


def _office(page: Page, node: Node, lines: list[str], street: str) -> list[Claim]:
    city = page.read("[itemprop~=addressLocality]", node)
    at = next((n for n, line in enumerate(lines) if street in line), 0)
    until = next((n for n, line in enumerate(lines) if city and city in line and n > at), at + 1)
    found = [Claim("affiliation", line) for line in lines[:at][:1]]
    found.append(Claim("street_address", ", ".join([street, *lines[at + 1 : until]])))
    parts = (
        ("address_locality", city),
        ("address_region", page.read("[itemprop~=addressRegion]", node)),
        ("postal_code", page.read("[itemprop~=postalCode], [itemprop~=postalcode]", node)),
    )
    return found + [Claim(field, value) for field, value in parts if value]


def _credentials(page: Page, name: str) -> list[Claim]:
    """The line under the name: "Psychiatrist, MD, MBA"."""
    lines = list(page.lines)
    below = next(
        (lines[n + 1] for n, line in enumerate(lines[:-1]) if line == name and "," in lines[n + 1]), ""
    )
    parts = [part.strip() for part in below.split(",")]
    said = [part for part in parts[1:] if _CREDENTIAL.match(part)]
    if not said:
        return []
    return [*(Claim("credential", part) for part in said), Claim("specialty", parts[0])]


def _qualifications(page: Page) -> list[Claim]:
    found = []
    for field, pattern in (("license", _LICENSE), ("alumni_of", _SCHOOL)):
        hits = (hit["said"] for line in page.lines if (hit := pattern.match(line)))
        found += [Claim(field, said) for said in dict.fromkeys(hits)]
    return found


SITE = Site(
    source="psychology-today",
    hosts=("psychologytoday.com",),
    site_id=re.compile(
        r"/(?:(?:therapists|psychiatrists)/(?!\d{5}(?:[?#/]|$))|profile/|rms/name/)(?:[^?#]*[_/])?(\d{4,})(?:[?#]|$)"
    ),
    mark=lambda page: (
        ("sussexdirectories.com" in page.html and "itemprop" in page.html)
        or re.search(r"[|–-] Psychology Today$", page.title or "") is not None
    ),
    read=read,
)
