"""The invented clinician of the definition room's tests, and what is said about her."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from reputation.model import (
    Category,
    Claim,
    Confirmation,
    Coverage,
    CoverageStatus,
    Kind,
    Location,
    Match,
    MatchDecision,
    Mention,
    PersonName,
    Profile,
    Right,
    Specialty,
)

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CONFIRMED_ON = date(2026, 11, 21)
CONFIRMED = Confirmation(as_of=date(2026, 11, 20), source="nppes", confirmed_on=CONFIRMED_ON)
MATCH = Match(decision=MatchDecision.MATCH, probability=0.99)

BOSTON = Location(
    name="Elm Street Oncology",
    street="12 Elm Street",
    suite="200",
    city="Boston",
    state="MA",
    postal_code="02115",
    phone="617-555-0134",
    fax="617-555-0135",
)
QUINCY = Location(
    street="7 Harbor Road", city="Quincy", state="MA", postal_code="02169", phone="617-555-0150"
)


def profile(**fields: Any) -> Profile:
    """Return her profile, everything confirmed unless `confirmed` says otherwise."""
    everything: dict[str, Any] = {
        "right": Right(is_self=True),
        "name": PersonName(given="Ada", family="Roe"),
        "specialties": (Specialty(label="Medical oncology", taxonomy_code="207RX0202X"),),
        "locations": (BOSTON,),
        "confirmed": dict.fromkeys(("name", "specialties", "locations"), CONFIRMED),
    }
    return Profile(**(everything | fields))


def mention(key: str, kind: Kind | str = Kind.LISTING, **fields: Any) -> Mention:
    """Return a mention that is surely hers, unless `match` says otherwise."""
    everything: dict[str, Any] = {
        "source": key.split(":", maxsplit=1)[0],
        "url": f"https://example.com/{key.rsplit(':', maxsplit=1)[-1]}",
        "title": "Ada Roe, MD",
        "match": MATCH,
    }
    return Mention(key=key, kind=Kind(kind), **(everything | fields))


def listing(key: str = "healthgrades:ada", **claims: str | tuple[str, ...]) -> Mention:
    """Return a listing that claims what is given, in that order."""
    made = [
        Claim(field, value)
        for field, values in claims.items()
        for value in ((values,) if isinstance(values, str) else values)
    ]
    return mention(key, claims=tuple(made))


def heard(source: str, status: CoverageStatus = CoverageStatus.OK, engine: str | None = None) -> Coverage:
    """Return one line of coverage."""
    category = Category.SEARCH if engine else Category.RATINGS
    return Coverage(source=source, category=category, status=status, engine=engine)
