"""Weighs where a mention places the person: street, ZIP code, city, state."""

from __future__ import annotations

import re

from reputation.discovery.subject import Subject
from reputation.discovery.weighing import any_phrase, said_by, weight
from reputation.model import Mention, Weight
from reputation.normalize import Address, address, fold, postal_code, same_street, state_code

_CITY_STATE = re.compile(
    r"([A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2}),\s+([A-Z]{2}\b|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)


def place(subject: Subject, mention: Mention) -> Weight | None:
    """Return the one weight of place, by the finest thing that agrees."""
    if not subject.places and not subject.states:
        return None
    return _claimed_place(subject, mention) or _place_in_text(subject, mention)


def _claimed_place(subject: Subject, mention: Mention) -> Weight | None:
    streets = [address(one) for field in ("street_address", "address") for one in mention.claimed(field)]
    cities = {city for one in mention.claimed("address_locality") if (city := address("", None, one).city)}
    cities |= {one.city for one in streets if one.city}
    states = {code for one in mention.claimed("address_region") if (code := state_code(one))}
    states |= {one.state for one in streets if one.state}
    zips = {code for one in mention.claimed("postal_code") if (code := postal_code(one))}
    zips |= {one.postal_code for one in streets if one.postal_code}
    if not (streets or cities or states or zips):
        return None
    if any(_is_same_house(own, one, states, cities) for own in subject.places for one in streets):
        return weight("place", "street", "the street is the same")
    if zips & {own.postal_code for own in subject.places if own.postal_code}:
        return weight("place", "postal_code", "the ZIP code is the same")
    own_states = subject.states
    in_state = not states or not own_states or bool(states & own_states)
    if in_state and (common := cities & subject.cities):
        return weight("place", "city", f"the city is the same, {min(common).title()}")
    if states and own_states and not states & own_states:
        return weight("place", "other_state", f"it is in another state, {', '.join(sorted(states))}")
    if states & own_states:
        if cities and subject.cities:
            return weight("place", "other_city", f"it is in another city of the state, {min(cities).title()}")
        return weight("place", "state", f"the state is the same, {min(states & own_states)}")
    return None


def _is_same_house(own: Address, one: Address, states: set[str], cities: set[str]) -> bool:
    if own.state and states and own.state not in states:
        return False
    if own.city and cities and own.city not in cities and not states:
        return False
    return same_street(own, one) is True


def _place_in_text(subject: Subject, mention: Mention) -> Weight | None:
    raw = said_by(mention)
    text = fold(raw)
    if found := any_phrase(subject.cities).search(text):
        return weight("place", "city_in_text", f"it names the city, {found[0].title()}")
    states = {code for hit in _CITY_STATE.finditer(raw) if (code := _state_of(subject, hit))}
    if states & subject.states:
        return weight("place", "state_in_text", f"it names the state, {min(states & subject.states)}")
    if states and subject.states:
        return weight("place", "other_state_in_text", f"it names a place in {', '.join(sorted(states))}")
    return None


def _state_of(subject: Subject, hit: re.Match[str]) -> str | None:
    """Return the state of "Duluth, MN"; in "Jane Roe, MD" the letters are a degree."""
    if fold(hit[1]).endswith(subject.family_keys) or (hit[2] in _DEGREES and len(hit[1].split()) > 1):
        return None
    return state_code(hit[2])


_DEGREES = frozenset({"MD", "PA", "MA", "DE", "ND", "AL", "MS"})
