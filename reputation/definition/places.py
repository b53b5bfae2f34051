"""The addresses that a page prints, beside the profile's own, in one spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reputation import normalize
from reputation.model import Location, Mention, Profile
from reputation.normalize import Address, same_street, state_code

_PARTS = {
    "street_address": "street",
    "suite": "suite",
    "address_locality": "city",
    "address_region": "state",
    "postal_code": "postal_code",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An address folded for comparison, and as printed; `path` where it is the profile's own."""

    address: Address
    printed: str
    path: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    """The parts as printed: street, suite, city, state, postal_code."""

    @property
    def shown(self) -> str:
        """The address in ordinary case, the ZIP code without its four further digits."""
        return in_ordinary_case(self.printed)


def printed_places(mention: Mention) -> Iterator[Place]:
    """Yield the addresses that `mention` claims; a part that comes again begins the next address."""
    parts: dict[str, str] = {}
    for claim in mention.claims:
        name = _PARTS.get(claim.field)
        if name is None:
            continue
        if name in parts:
            yield _place(parts)
            parts = {}
        parts[name] = claim.value
    if parts:
        yield _place(parts)


def own_places(profile: Profile) -> tuple[Place, ...]:
    """Return the profile's locations that have a street."""
    return _own(profile.locations)


@lru_cache(maxsize=64)
def _own(locations: tuple[Location, ...]) -> tuple[Place, ...]:
    found = []
    for n, place in enumerate(locations):
        if not place.street:
            continue
        given = {
            "street": place.street,
            "suite": place.suite,
            "city": place.city,
            "state": place.state,
            "postal_code": place.postal_code,
        }
        parts = {name: text for name, text in given.items() if text}
        found.append(_place(parts, path=f"locations.{n}"))
    return tuple(found)


def places_named(profile: Profile, mention: Mention) -> tuple[str, ...]:
    """Return the paths of her locations whose address `mention` prints, none where it prints no address of hers."""
    printed = list(printed_places(mention))
    return tuple(
        mine.path
        for mine in own_places(profile)
        if any(same_street(place.address, mine.address) for place in printed)
    )


def same_town(a: Address, b: Address) -> bool | None:
    """Return whether two addresses lie in one town, by ZIP code or else city and state.

    None where too little is printed.  The postal service knows several city names for one ZIP code, so an
    equal ZIP code decides; so does an equal city and state, for a ZIP code may be mistyped.
    """
    if a.postal_code and b.postal_code and a.postal_code == b.postal_code:
        return True
    if a.state and b.state and a.state != b.state:
        return False
    if a.city and b.city:
        return a.city == b.city
    return False if a.postal_code and b.postal_code else None


def is_same_place(a: Address, b: Address) -> bool | None:
    """Return whether two addresses name one house of one town, as far as both say; None where streets cannot be compared.

    Abroad the number comes last, and a house number cannot be told from a floor's: two numbered streets without a word
    in common are two.
    """
    found = same_street(a, b)
    if found is None and a.street and b.street:
        one, other = set(a.street.split()), set(b.street.split())
        are_numbered = all(any(any(map(str.isdigit, word)) for word in words) for words in (one, other))
        found = False if are_numbered and one.isdisjoint(other) else None
    return found and _towns_agree(a, b)


def _towns_agree(a: Address, b: Address) -> bool:
    """Whether nothing that both say of state, ZIP code or town contradicts; an equal ZIP code outweighs the town's name."""
    if a.state and b.state and a.state != b.state:
        return False
    if a.postal_code and b.postal_code:
        return a.postal_code == b.postal_code
    return not (a.city and b.city) or a.city == b.city


def left_over(
    printed: Sequence[Place], own: Sequence[Place], same: Callable[[Address, Address], bool | None]
) -> tuple[list[Place], list[Place]]:
    """Return the printed places that are none of hers, and those of hers that are not printed, by `same`."""
    pairs = [(place, mine) for place in printed for mine in own if same(place.address, mine.address)]
    seen, found = [place for place, _ in pairs], {mine.path for _, mine in pairs}
    return [one for one in printed if one not in seen], [one for one in own if one.path not in found]


def _place(parts: dict[str, str], path: str = "") -> Place:
    return Place(
        address=normalize.address(
            parts.get("street"),
            parts.get("suite"),
            parts.get("city"),
            parts.get("state"),
            parts.get("postal_code"),
        ),
        printed=", ".join(parts[name] for name in _PARTS.values() if name in parts),
        path=path,
        given=parts,
    )


_KEPT = frozenset({"ne", "nw", "se", "sw", "po", "us"})


def in_ordinary_case(printed: str) -> str:
    """Return an address for reading: capitals as people write them, the state and ZIP code as one part."""
    if printed.isupper():
        words = (word if _is_short(word) else word.capitalize() for word in printed.split(" "))
        printed = " ".join(words)
    return _ZIP.sub(lambda found: f"{found['state'].upper()} {found['zip']}", printed)


_ZIP = re.compile(r"(?<![A-Za-z])(?P<state>[A-Za-z]{2}),?\s+(?P<zip>\d{5})(?:-?\d{4})?(?!\d)")


def _is_short(word: str) -> bool:
    """Whether a word stays in capitals: a direction, a state, a number with its letter ("7B")."""
    bare = word.strip(",.")
    return bare.casefold() in _KEPT or any(map(str.isdigit, bare)) or state_code(bare) == bare
