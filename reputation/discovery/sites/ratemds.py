"""RateMDs: microdata, and `window.DATA.doctorDetailProps` with the whole profile.

The microdata's addressRegion is an internal id, its aggregate may count one more than the page's JSON, and
the answers below a review are the practice's, not reviews.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from reputation.discovery.reading import Page
from reputation.discovery.sites import directory, reviews, schema_org
from reputation.discovery.sites.schema_org import Place, Rating
from reputation.discovery.sites.site import Site
from reputation.discovery.states import objects_in, read_states
from reputation.model import Claim, Kind, Mention


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return the doctor and her reviews."""
    state = _state(page)
    subject = schema_org.subject_of(page)
    if state is None and subject is None:
        return _as_shown(page, place)
    listed = schema_org.listing(subject, place) if subject else _bare(state or {}, place)
    if state is None:
        listed = replace(listed, claims=_by_title(page, listed))
    else:
        listed = replace(
            listed, claims=_claims(state, listed), title=state["doctor"].get("full_name") or listed.title
        )
    found = reviews.review_items(page, subject)
    if found:
        return (listed, *reviews.reviews(found, listed))
    return (listed, *reviews.keyed(listed, _reviews(state or {}, listed)))


def _as_shown(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Without markup and state there are the heading, the stars beside it, and the title."""
    found = directory.read_profile(page, place)
    if found is None:
        return None
    told = {claim.field for claim in found[0].claims}
    more = [claim for claim in _by_title(page, found[0]) if claim.field not in told]
    return (replace(found[0], claims=(*found[0].claims, *more)), *found[1:])


def _state(page: Page) -> dict[str, Any] | None:
    for value in read_states(page):
        for one in objects_in(value):
            # Other doctors stand in the same state, for comparison and as advertisements.
            if (
                "ratingsPage" in one
                and isinstance(one.get("doctor"), dict)
                and one["doctor"].get("full_name")
            ):
                return one
    return None


def _bare(state: dict[str, Any], place: Place) -> Mention:
    doctor = state["doctor"]
    told = doctor.get("rating") or {}
    average = told.get("average")
    rating = schema_org.without_zero(
        Rating(
            rating_value=round(average, 2) if average else None,
            best_rating=5.0,
            worst_rating=1.0,
            rating_count=told.get("count"),
        )
    )
    return Mention(
        source=place.source,
        kind=Kind.LISTING,
        url=place.url,
        title=doctor["full_name"],
        key=place.key,
        rating_value=rating.rating_value,
        best_rating=rating.best_rating,
        worst_rating=rating.worst_rating,
        rating_count=rating.rating_count,
    )


def _claims(state: dict[str, Any], listed: Mention) -> tuple[Claim, ...]:
    """What the page's own data says, which is fuller and truer than its microdata."""
    doctor = state["doctor"]
    found = [("name", doctor.get("full_name")), ("specialty", doctor.get("specialty_name"))]
    found.append(("gender", doctor.get("gender")))
    accepting = doctor.get("accepting_patients")
    found.append(("accepting_new_patients", str(accepting).lower() if isinstance(accepting, bool) else None))
    # `doctor_locations` holds places that the page does not show.
    found += _location(doctor.get("location") or {})
    told = {field for field, value in found if value}
    kept = [claim for claim in listed.claims if claim.field not in told and claim.field != "address_region"]
    return (*(Claim(field, str(value)) for field, value in found if value), *kept)


_TITLE = re.compile(r" - (?P<city>[^-]+), (?P<region>[A-Z]{2}) - (?P<specialty>.+?) Reviews")


def _by_title(page: Page, listed: Mention) -> tuple[Claim, ...]:
    """Without its state the page tells state and specialty in its title: "… - Boston, MA - Oncologist Reviews"."""
    found = _TITLE.search(page.title or "")
    if found is None:
        return listed.claims
    return (*listed.claims, Claim("address_region", found["region"]), Claim("specialty", found["specialty"]))


def _location(location: dict[str, Any]) -> list[tuple[str, str | None]]:
    city = location.get("city") or {}
    region = str(city.get("province_slug") or "")
    street = ", ".join(filter(None, (location.get("address"), location.get("suite"))))
    return [
        ("affiliation", location.get("name")),
        ("telephone", location.get("phone_number")),
        ("url", location.get("website")),
        ("street_address", street or None),
        ("address_locality", city.get("name")),
        ("address_region", region.upper() if len(region) <= 3 else city.get("province_name")),
        ("postal_code", location.get("postal_code")),
        ("address_country", city.get("country_name")),
    ]


def _reviews(state: dict[str, Any], listed: Mention) -> list[Mention]:
    results = (state.get("ratingsPage") or {}).get("results") or []
    return [
        reviews.review_of(
            listed,
            text=(one.get("comment") or "").strip() or None,
            rating_value=one.get("average"),
            best_rating=5.0,
            worst_rating=1.0,
            published=one.get("created"),
            site_id=str(one["id"]) if one.get("id") else None,
        )
        for one in results
        if isinstance(one, dict)
    ]


def _is_here(page: Page) -> bool:
    return "doctorDetailProps" in page.html or re.search(r"[|–-] RateMDs$", page.title or "") is not None


SITE = Site(
    source="ratemds",
    hosts=("ratemds.com",),
    site_id=re.compile(r"/doctor-ratings/(\d+)"),
    mark=_is_here,
    read=read,
)
