"""Whether she practises where a listing says, to the town.

The commonest error in payers' directories: a clinician is listed at a site of her group where she sees nobody.
It is told from a mistyped street by the town: the street has a check of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reputation.definition.authority import Check, authority_for
from reputation.definition.places import left_over, own_places, printed_places, same_town
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import Address, same_street

CHECK = Check(code="not_at_location", field="address_locality", severity=Severity.CRITICAL, about="locations")

NOWHERE = replace(CHECK, code="not_at_any_location")
"""Where a page lists several places and none is hers; told instead of, not beside, the other."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the towns of the addresses that `mention` claims, where towns can be compared.

    It differs only where every location of the profile is confirmed and lies in another town.  A page that lists all of
    hers may list others of her group beside them: that cannot be told.
    """
    own = own_places(profile)
    if not own or not all(profile.is_confirmed(f"{place.path}.street") for place in own):
        return
    printed = [place for place in printed_places(mention) if place.address.street]
    unknown, missing = left_over(printed, own, _is_near)
    strange = [
        place for place in unknown if all(same_town(place.address, mine.address) is False for mine in own)
    ]
    known = [place for place in printed if place not in unknown]
    if not strange and not known:
        return
    outcome = Outcome.CONFORMS
    if strange:
        outcome = Outcome.DIFFERS if missing else Outcome.CANNOT_TELL
    of = NOWHERE if len(strange) > 1 and not known else CHECK
    expected = "; ".join(place.printed for place in own)
    yield of.finding(
        mention,
        outcome,
        expected=expected,
        observed="; ".join(place.printed for place in strange or known),
        authority=authority_for(profile, (f"{place.path}.street" for place in own)),
        remedy=_REMEDIES.get(outcome),
    )


_REMEDIES = {
    Outcome.DIFFERS: "You do not practise there by your profile: have the site take the location off, or add it to your "
    "profile if you do.",
    Outcome.CANNOT_TELL: "Beside your own it lists a place that your profile does not have: if patients cannot see you "
    "there, have the site take it off; if they can, add it to your profile.",
}


def _is_near(a: Address, b: Address) -> bool | None:
    return bool(same_town(a, b)) or same_street(a, b)
