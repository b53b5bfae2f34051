"""Whether she practises where a listing says, to the town.

The commonest error in payers' directories: a clinician is listed at a site of her group where she sees nobody.
It is told from a mistyped street by the town: the street has a check of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reputation.definition.authority import Check, authority_for
from reputation.definition.places import own_places, printed_places, same_town
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import same_street

CHECK = Check(code="not_at_location", field="address_locality", severity=Severity.CRITICAL, about="locations")

NOWHERE = replace(CHECK, code="not_at_any_location")
"""Where a page lists several places and none is hers; told instead of, not beside, the other."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the towns of the addresses that `mention` claims, where towns can be compared.

    It differs only where every location of the profile is confirmed and lies in another town.
    """
    own = own_places(profile)
    if not own or not all(profile.is_confirmed(f"{place.path}.street") for place in own):
        return
    printed = [place for place in printed_places(mention) if place.address.street]
    strange, known = [], []
    for place in printed:
        towns = [same_town(place.address, mine.address) for mine in own]
        streets = [same_street(place.address, mine.address) for mine in own]
        if any(towns) or any(streets):
            known.append(place)
        elif all(town is False for town in towns):
            strange.append(place)
    if not strange and not known:
        return
    of = NOWHERE if len(strange) > 1 and not known else CHECK
    expected = "; ".join(place.printed for place in own)
    yield of.finding(
        mention,
        Outcome.DIFFERS if strange else Outcome.CONFORMS,
        expected=expected,
        observed="; ".join(place.printed for place in strange or known),
        authority=authority_for(profile, (f"{place.path}.street" for place in own)),
        remedy="You do not practise there by your profile: have the site take the location off, or add it "
        "to your profile if you do."
        if strange
        else None,
    )
