"""Whether a listing's suite is right, where its street is."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check, authority_for
from reputation.definition.places import Place, own_places, printed_places
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import same_street, same_unit

CHECK = Check(code="suite_wrong", field="suite", severity=Severity.LOW, about="locations")


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the suites of those printed addresses whose street is a confirmed location's.

    A page that prints no suite where there is one differs; one that prints a suite beside all of hers, or where the
    profile has none, cannot be told.
    """
    own = [place for place in own_places(profile) if profile.is_confirmed(f"{place.path}.street")]
    told: dict[Outcome, list[tuple[list[Place], list[Place]]]] = {}
    for printed, here in _houses(mention, own):
        outcome = _outcome(printed, here)
        if outcome:
            told.setdefault(outcome, []).append((printed, here))
    outcome = next(
        (one for one in (Outcome.DIFFERS, Outcome.CANNOT_TELL, Outcome.CONFORMS) if one in told), None
    )
    if outcome is None:
        return
    expected = "; ".join(dict.fromkeys(mine.printed for _, here in told[outcome] for mine in here))
    remedies = {
        Outcome.DIFFERS: f"Have the page show the suite as in {expected}.",
        Outcome.CANNOT_TELL: "Your profile does not have this suite: add it, or have the page take its own off.",
    }
    yield CHECK.finding(
        mention,
        outcome,
        expected=expected,
        observed="; ".join(dict.fromkeys(place.printed for printed, _ in told[outcome] for place in printed)),
        authority=authority_for(
            profile, (f"{mine.path}.street" for _, here in told[outcome] for mine in here)
        ),
        remedy=remedies.get(outcome),
    )


def _houses(mention: Mention, own: list[Place]) -> Iterator[tuple[list[Place], list[Place]]]:
    """Yield for each house of hers that `mention` prints the addresses that it prints there, and her own there."""
    by_own: dict[tuple[str, ...], tuple[list[Place], list[Place]]] = {}
    for place in printed_places(mention):
        here = [mine for mine in own if same_street(place.address, mine.address)]
        if here:
            by_own.setdefault(tuple(mine.path for mine in here), ([], here))[0].append(place)
    yield from by_own.values()


def _outcome(printed: list[Place], here: list[Place]) -> Outcome | None:
    """Compare the suites of one house; None where neither side has any."""
    said = [place.address.suite for place in printed if place.address.suite]
    mine = [place.address.suite for place in here if place.address.suite]
    if not said:
        has_bare = any(place.address.suite is None for place in here)
        return (None if has_bare else Outcome.DIFFERS) if mine else None
    strange = [one for one in said if not any(same_unit(one, other) for other in mine)]
    missing = [other for other in mine if not any(same_unit(one, other) for one in said)]
    if not strange:
        return Outcome.CONFORMS
    compared = any(same_unit(one, other) is False for one in strange for other in missing)
    return Outcome.DIFFERS if compared else Outcome.CANNOT_TELL
