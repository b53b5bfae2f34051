"""Whether a listing's street address is one of the practice's.

Streets are compared in the postal service's short forms, so that "St." against "Street" is nothing; the suite
has a check of its own.  An address in a town where she has no location is for `not_at_location`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.definition.places import (
    Place,
    is_same_place,
    left_over,
    own_places,
    printed_places,
    same_town,
)
from reputation.definition.witnesses import disagreements
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import Address, same_street

CHECK = Check(code="address_wrong", field="street_address", severity=Severity.HIGH, about="locations")

TOWN_ALONE = replace(CHECK, severity=Severity.LOW)
"""Where street and ZIP code are right and the town's name is not: the post arrives, and the map may not."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the street addresses that `mention` claims, if it claims any."""
    printed = [place for place in printed_places(mention) if place.address.street or place.address.po_box]
    if not printed:
        return
    own = own_places(profile)
    confirmed = [place for place in own if profile.is_confirmed(f"{place.path}.street")]
    observed = "; ".join(place.printed for place in printed)
    if not confirmed:
        path = f"{own[0].path}.street" if own else "locations.0.street"
        yield CHECK.finding(mention, Outcome.CANNOT_TELL, observed=observed, remedy=confirm_first(path))
        return
    of, (outcome, nearest) = CHECK, _judge(printed, confirmed, own)
    if outcome is Outcome.CONFORMS and (elsewhere := _of_another_town(printed, confirmed)):
        of, outcome, nearest = TOWN_ALONE, Outcome.DIFFERS, elsewhere
    if outcome is None:
        return
    expected = "; ".join(place.printed for place in nearest)
    yield of.finding(
        mention,
        outcome,
        expected=expected,
        observed=observed,
        authority=authority_for(profile, (f"{place.path}.street" for place in confirmed)),
        remedy=_REMEDY[outcome].format(expected=expected) or None,
    )


_REMEDY = {
    Outcome.CONFORMS: "",
    Outcome.DIFFERS: "Have the page show {expected}.",
    Outcome.CANNOT_TELL: "The addresses cannot be compared to the house number; look at the page.",
}


def _judge(
    printed: list[Place], confirmed: list[Place], own: tuple[Place, ...]
) -> tuple[Outcome | None, list[Place]]:
    """Return the outcome and the own addresses it is about; None where no printed one is in a town of hers.

    A page that lists all her places beside others of her group is right as far as she goes; where one of hers is left
    over, what stands in its stead is judged by it.
    """
    strange, missing = left_over(printed, confirmed, is_same_place)
    matched = [mine for mine in confirmed if mine not in missing]
    verdicts = [_compare(place, missing, own) for place in strange] if missing else []
    if len(strange) == len(missing) and not any(outcome for outcome, _ in verdicts):
        towns = [mine.address for mine in matched]
        verdicts = [
            (Outcome.DIFFERS, missing)
            for place in strange
            if any(same_town(place.address, town) for town in towns)
        ]
    for outcome in (Outcome.DIFFERS, Outcome.CANNOT_TELL):
        nearest = {mine.path: mine for found, near in verdicts if found is outcome for mine in near}
        if nearest:
            return outcome, list(nearest.values())
    return (Outcome.CONFORMS, matched) if matched else (None, [])


def _compare(
    place: Place, missing: list[Place], own: tuple[Place, ...]
) -> tuple[Outcome | None, list[Place]]:
    """Return how a strange address stands to those of hers that the page leaves out; None for another town's."""
    if any(is_same_place(place.address, mine.address) for mine in own):
        return Outcome.CANNOT_TELL, missing  # hers, though she has not confirmed it
    same = [(same_street(place.address, mine.address), mine) for mine in missing]
    near = [mine for is_same, mine in same if is_same or same_town(place.address, mine.address)]
    if not near:
        unknown = [mine for mine in missing if same_town(place.address, mine.address) is None]
        return (Outcome.CANNOT_TELL, unknown) if unknown else (None, [])
    if all(is_same_place(place.address, mine.address) is None for mine in near):
        return Outcome.CANNOT_TELL, near
    return Outcome.DIFFERS, near


def _of_another_town(printed: list[Place], confirmed: list[Place]) -> list[Place]:
    """Return those of hers whose house and ZIP code are printed with the name of another town only."""
    found = []
    for place in printed:
        here = [mine for mine in confirmed if is_same_place(place.address, mine.address)]
        towns = {mine.address.city for mine in here}
        if here and place.address.city and None not in towns and place.address.city not in towns:
            found += here
    return found


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield the records whose addresses contradict one another, where none of hers is confirmed."""
    if not any(profile.is_confirmed(f"{place.path}.street") for place in own_places(profile)):
        yield from disagreements(CHECK, mentions, _streets, _share_a_house)


def _streets(mention: Mention) -> dict[Address, str]:
    return {place.address: place.shown for place in printed_places(mention) if place.address.street}


def _share_a_house(a: Mapping[Address, str], b: Mapping[Address, str]) -> bool | None:
    """Return whether two records have a house in common; None where a street cannot be compared."""
    found = {same_street(one, other) for one in a for other in b}
    return True if True in found else None if None in found else False
