"""WebMD Care and Vitals, one house: the average stands in an answer's sentence or in a table of comparison.

The head of the page is missing in some fetches, and the other columns of the table are other doctors.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reputation.discovery.reading import Page
from reputation.discovery.sites import directory
from reputation.discovery.sites.schema_org import Place, Rating
from reputation.discovery.sites.site import Site
from reputation.model import Claim, Mention

_RANKED = re.compile(r"(?:by|for) (?P<name>.{3,60}?)\s*$")


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return the doctor and her reviews; None where the page names nobody."""
    found = directory.read_profile(page, place)
    if found is None:
        return None
    listed = found[0]
    compared = directory.rating_in_comparison(page, listed.title)
    if compared.rating_count is not None and listed.rating_count in (None, compared.rating_count):
        # The table speaks of this doctor alone, a sentence may speak of another.
        listed = directory.with_rating(_unrated_unless_marked(listed, compared), compared)
    return (_with_specialty(listed, page), *found[1:])


def _unrated_unless_marked(listed: Mention, compared: Rating) -> Mention:
    if compared.rating_count == 0:
        return replace(listed, rating_value=None, best_rating=None, worst_rating=None)
    return listed


def _with_specialty(listed: Mention, page: Page) -> Mention:
    """The table's third row is the specialty: "Gilbert, AZ - Neurology" stands in its head as well."""
    if listed.claimed("specialty"):
        return listed
    for line in page.lines:
        if line.startswith(f"{listed.title} - ") and line.count(" - ") == 2:
            return replace(listed, claims=(*listed.claims, Claim("specialty", line.rsplit(" - ", 1)[1])))
    return listed


def _is_webmd(page: Page) -> bool:
    said = page.meta("og:site_name") or ""
    return (
        "ratings on WebMD Care" in page.text
        or said.startswith("WebMD")
        or _WEBMD_TITLE.search(page.title or "") is not None
    )


_WEBMD_TITLE = re.compile(r"[|–-]\s*WebMD(?: Care)?$")
_VITALS_TITLE = re.compile(r"[|–-]\s*Vitals(?:\.com)?$")


def _is_vitals(page: Page) -> bool:
    if _VITALS_TITLE.search(page.title or ""):
        return True
    return "Guide to Vitals Doctor Listings" in page.text or (page.meta("og:site_name") or "").lower() in (
        "vitals",
        "vitals.com",
    )


WEBMD = Site(
    source="webmd",
    hosts=("doctor.webmd.com",),
    site_id=re.compile(
        r"/doctor/([\w-]+?)(?:-(?:overview|reviews|appointments|insurance|locations|credentials))?/?(?:[?#]|$)"
    ),
    mark=_is_webmd,
    read=read,
)
VITALS = Site(
    source="vitals",
    hosts=("vitals.com",),
    site_id=re.compile(r"/(?:doctors|dentists|podiatrists)/([\w-]+?)(?:/reviews|\.html)?/?(?:[?#]|$)"),
    mark=_is_vitals,
    read=read,
)
