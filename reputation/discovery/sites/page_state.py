"""Reads a profile out of the JSON that a page carries for its own scripts, under whatever names a site uses.

Such a state holds the subject, the doctors beside her and much else: only an object that bears the name of the
page's heading is hers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reputation.discovery.numbers import count_of, number_of
from reputation.discovery.reading import Page
from reputation.discovery.sites.schema_org import Rating
from reputation.discovery.states import objects_in, read_states
from reputation.model import Claim
from reputation.normalize import fold

State = dict[str, Any]

_NAMES = (
    "approvedFullName", "fullName", "full_name", "displayName", "display_name", "providerName", "doctorName", "fullname", "full", "name",
)  # fmt: skip
_VALUES = (
    "averageRating",
    "avgRating",
    "average_rating",
    "overallRating",
    "starRating",
    "ratingValue",
    "average",
    "rating",
)
_RATED = ("ratingCount", "numRatings", "ratingsCount", "rating_count", "surveyCount", "count")
_REVIEWED = ("reviewCount", "numReviews", "reviewsCount", "review_count", "totalReviews", "numberOfReviews")
_INNER = ("ratings", "rating", "reviewSummary", "reviews", "ratingSummary", "aggregateRating")
_PLACES = (
    "approvedLocations",
    "locations",
    "offices",
    "practices",
    "location",
    "address",
    "primaryLocation",
    "office",
)
_PARTS = (
    (
        "street_address",
        ("address1", "addressLine1", "line1", "street", "streetAddress", "street_address", "address"),
    ),
    ("address_locality", ("city", "cityName", "addressLocality", "locality")),
    ("address_region", ("state", "stateCode", "stateAbbreviation", "addressRegion", "region")),
    ("postal_code", ("zipCode", "zipcode", "zip", "postalCode", "postal_code")),
)
_PHONES = ("phone", "phoneNumber", "telephone", "phone_number", "officePhone")
_TITLES = frozenset(
    [
        "dr",
        "dra",
        "prof",
        "md",
        "do",
        "dds",
        "dmd",
        "phd",
        "np",
        "pa",
        "dpm",
        "od",
        "facs",
        "facp",
        "mph",
        "rn",
        "aprn",
        "psyd",
        "msw",
        "lcsw",
    ]
)
_MOST_PLACES = 5


def state_of(page: Page, name: str) -> State | None:
    """Return the object of the page's state that bears `name` and says most, None where none does."""
    wanted = _parts(name)
    if len(wanted) < 2:
        return None
    found = [
        one
        for value in read_states(page)
        for one in objects_in(value)
        if any(
            _parts(said) == wanted or (_parts(said) and _parts(said) <= wanted and len(_parts(said)) > 1)
            for said in _names(one)
        )
    ]
    return max(found, key=lambda one: (len(_told(one)), len(one)), default=None)


def _names(state: State) -> Iterator[str]:
    """Yield what the object calls itself: under one of the usual names, or as first and last name."""
    for key in _NAMES:
        said = state.get(key)
        if isinstance(said, dict):
            said = said.get("full") or said.get("fullName")
        if isinstance(said, str) and said:
            yield said
    parts = (
        state.get("firstName") or state.get("first_name"),
        state.get("lastName") or state.get("last_name"),
    )
    if all(isinstance(part, str) and part for part in parts):
        yield " ".join(str(part) for part in parts)


def _parts(name: str) -> frozenset[str]:
    return frozenset(part for part in re.findall(r"[^\W\d_]{2,}", fold(name)) if part not in _TITLES)


def _told(state: State) -> list[Claim]:
    rated = rating_in(state)
    said = [Claim("rating", "x")] if rated.rating_value is not None else []
    return [*claims_in(state), *said]


def rating_in(state: State) -> Rating:
    """Return the rating that the object states; the scale is five, for all sites that keep such a state."""
    for one in (state, *(inner for key in _INNER if isinstance(inner := state.get(key), dict))):
        value = next((number for key in _VALUES if (number := _number(one.get(key))) is not None), None)
        ratings = next((count for key in _RATED if (count := _count(one.get(key))) is not None), None)
        reviews = next((count for key in _REVIEWED if (count := _count(one.get(key))) is not None), None)
        if value is not None and value <= 5 and (ratings is not None or reviews is not None):
            return Rating(rating_value=value, best_rating=5.0, rating_count=ratings, review_count=reviews)
    return Rating()


def _number(value: Any) -> float | None:
    return number_of(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None


def _count(value: Any) -> int | None:
    return count_of(value) if isinstance(value, int | str) and not isinstance(value, bool) else None


def claims_in(state: State) -> list[Claim]:
    """Return what the object states of its subject, in a fixed order, each once."""
    found: list[tuple[str, Any]] = [("npi", _npi(state)), ("gender", _gender(state.get("gender")))]
    for key in ("relevantSpecialty", "primarySpecialty", "specialty", "specialtyName", "specialties"):
        found += [("specialty", said) for said in _texts(state.get(key))]
    for key in (
        "acceptsNewPatients",
        "acceptingNewPatients",
        "accepting_new_patients",
        "isAcceptingNewPatients",
    ):
        if isinstance(state.get(key), bool):
            found.append(("accepting_new_patients", str(state[key]).lower()))
    for key in ("languages", "languagesSpoken"):
        found += [("language", said) for said in _texts(state.get(key))]
    found += [("affiliation", said) for said in _texts(state.get("practice"))]
    for place in _places(state):
        found += [("telephone", next((place[key] for key in _PHONES if place.get(key)), None))]
        for field, keys in _PARTS:
            found.append((field, next((place[key] for key in keys if isinstance(place.get(key), str)), None)))
    kept = [Claim(field, value.strip()) for field, value in found if isinstance(value, str) and value.strip()]
    # An address's parts stay together, though two addresses share a city.
    return list(dict.fromkeys(kept)) if len(_places(state)) < 2 else kept


def _npi(state: State) -> str | None:
    said = str(state.get("npi") or state.get("NPI") or "")
    return said if re.fullmatch(r"[12]\d{9}", said) else None


def _gender(value: Any) -> str | None:
    said = value.strip().lower() if isinstance(value, str) else ""
    return {"f": "female", "m": "male", "female": "female", "male": "male"}.get(said)


def _texts(value: Any) -> list[str]:
    """Return the names in a text, a named object, or a list of either."""
    values = value if isinstance(value, list) else [value]
    found = [
        one.get("name") or one.get("displayName") if isinstance(one, dict) else one for one in values[:30]
    ]
    return [one for one in found if isinstance(one, str) and one]


def _places(state: State) -> list[State]:
    """Return the offices that the object states, each address once; a line of video is no place."""
    found: dict[tuple[str, ...], State] = {}
    for key in _PLACES:
        value = state.get(key)
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, dict) or one.get("isVirtual") is True:
                continue
            inner = one.get("address")
            place = {**one, **inner} if isinstance(inner, dict) else one
            where = tuple(str(place.get(part) or "") for _, parts in _PARTS for part in parts)
            if any(where):
                found.setdefault(where, place)
        if found:
            break
    return list(found.values())[:_MOST_PLACES]
