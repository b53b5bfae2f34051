"""What sources ask about the person: her name as people and as bibliographies print it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reputation.discovery.adapters import Skip
from reputation.discovery.sources.replies import distinct
from reputation.normalize import fold

if TYPE_CHECKING:
    from reputation.model import Profile


def plain_name(profile: Profile) -> str:
    """Return "Jane Roe"."""
    return f"{profile.name.given} {profile.name.family}"


def npi_of(profile: Profile) -> str:
    """Return the NPI.

    Raises:
        Skip: the profile has none.
    """
    if profile.ids.npi is None:
        raise Skip("no ids.npi in the profile")
    return profile.ids.npi


def town_of(profile: Profile) -> str | None:
    """Return "Boston, MA" of the first location that has a city, or None."""
    for place in profile.locations:
        if place.city:
            return f"{place.city}, {place.state}" if place.state else place.city
    return None


def authors_of(profile: Profile) -> Iterator[str]:
    """Yield her names as bibliographies print them, each once: "Roe JQ", and so for each former name."""
    yield from distinct(_authors(profile))


def _authors(profile: Profile) -> Iterator[str]:
    name = profile.name
    firsts = f"{name.given} {name.middle or ''}"
    yield f"{name.family} {_initials(firsts)}"
    for former in name.former:
        *given, family = former.split() or [""]
        if family:
            yield f"{family} {_initials(' '.join(given) or firsts)}"


def _initials(given: str) -> str:
    return "".join(part[0].upper() for part in re.split(r"[\s.-]+", fold(given)) if part)


def shares_name(asked: str, title: str) -> bool:
    """Whether a listing's title holds a word of three letters or more of what was asked."""
    words = set(re.findall(r"\w{3,}", fold(title)))
    return any(word in words for word in re.findall(r"\w{3,}", fold(asked)))
