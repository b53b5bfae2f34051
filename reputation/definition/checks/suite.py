"""Whether a listing's suite is right, where its street is."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check, authority_for
from reputation.definition.places import Place, own_places, printed_places
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import same_street

CHECK = Check(code="suite_wrong", field="suite", severity=Severity.LOW, about="locations")


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the suites of those printed addresses whose street is a confirmed location's.

    A page that prints no suite where there is one differs; one that prints a suite where the profile has
    none cannot be told.
    """
    own = [place for place in own_places(profile) if profile.is_confirmed(f"{place.path}.street")]
    pairs: list[tuple[Place, list[Place]]] = []
    for place in printed_places(mention):
        here = [mine for mine in own if same_street(place.address, mine.address)]
        if here:
            pairs.append((place, here))
    if not pairs or not any(side.address.suite for place, here in pairs for side in (place, *here)):
        return
    wrong = [(place, here) for place, here in pairs if _outcome(place, here) is Outcome.DIFFERS]
    unsure = [(place, here) for place, here in pairs if _outcome(place, here) is Outcome.CANNOT_TELL]
    outcome = Outcome.DIFFERS if wrong else Outcome.CANNOT_TELL if unsure else Outcome.CONFORMS
    told = wrong or unsure or pairs
    expected = "; ".join(dict.fromkeys(mine.printed for _, here in told for mine in here))
    remedies = {
        Outcome.DIFFERS: f"Have the page show the suite as in {expected}.",
        Outcome.CANNOT_TELL: "Your profile has no suite there: add it, or have the page take its own off.",
    }
    yield CHECK.finding(
        mention,
        outcome,
        expected=expected,
        observed="; ".join(place.printed for place, _ in told),
        authority=authority_for(profile, (f"{mine.path}.street" for _, here in told for mine in here)),
        remedy=remedies.get(outcome),
    )


def _outcome(place: Place, here: list[Place]) -> Outcome:
    suites = {mine.address.suite for mine in here}
    if place.address.suite in suites:
        return Outcome.CONFORMS
    return Outcome.CANNOT_TELL if None in suites else Outcome.DIFFERS
