"""Whether a listing's street address is one of the practice's.

Streets are compared in the postal service's short forms, so that "St." against "Street" is nothing; the suite
has a check of its own.  An address in a town where she has no location is for `not_at_location`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.definition.places import Place, own_places, printed_places, same_town
from reputation.definition.witnesses import disagreements
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import Address, same_street

CHECK = Check(code="address_wrong", field="street_address", severity=Severity.HIGH, about="locations")


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
    outcome, nearest = _judge(printed, confirmed, own)
    if outcome is None:
        return
    expected = "; ".join(place.printed for place in nearest)
    yield CHECK.finding(
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
    """Return the outcome and the own addresses it is about; None where no printed one is in a town of hers."""
    verdicts = [_compare(place, confirmed, own) for place in printed]
    for outcome in (Outcome.DIFFERS, Outcome.CANNOT_TELL, Outcome.CONFORMS):
        nearest = [near for found, near in verdicts if found is outcome]
        if nearest:
            unique = {place.path: place for group in nearest for place in group}
            return outcome, list(unique.values())
    return None, []


def _compare(
    place: Place, confirmed: list[Place], own: tuple[Place, ...]
) -> tuple[Outcome | None, list[Place]]:
    streets = [(_same_house(place.address, mine.address), mine) for mine in confirmed]
    here = [mine for same, mine in streets if same and _zip_agrees(place, mine)]
    if here:
        return Outcome.CONFORMS, here
    if any(same_street(place.address, mine.address) for mine in own if mine not in confirmed):
        return Outcome.CANNOT_TELL, confirmed
    near = [mine for same, mine in streets if same or same_town(place.address, mine.address)]
    if not near:
        unknown = [mine for _, mine in streets if same_town(place.address, mine.address) is None]
        return (Outcome.CANNOT_TELL, unknown) if unknown else (None, [])
    if any(same is None for same, mine in streets if mine in near):
        return Outcome.CANNOT_TELL, near
    return Outcome.DIFFERS, near


def _same_house(a: Address, b: Address) -> bool | None:
    """Return `same_street`, or False where it cannot tell and two numbered streets have no word in common.

    Abroad the number comes last ("Avenida Ejemplo 540"), and a house number cannot be told from a floor's.
    """
    found = same_street(a, b)
    if found is not None or a.street is None or b.street is None:
        return found
    one, other = set(a.street.split()), set(b.street.split())
    are_numbered = all(any(any(map(str.isdigit, word)) for word in words) for words in (one, other))
    return False if are_numbered and one.isdisjoint(other) else None


def _zip_agrees(place: Place, mine: Place) -> bool:
    a, b = place.address, mine.address
    if a.state and b.state and a.state != b.state:
        return False
    return not (a.postal_code and b.postal_code) or a.postal_code == b.postal_code


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
