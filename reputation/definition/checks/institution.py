"""Whether a page spells the names of her institutions rightly; "John Hopkins" once ran through the whole press."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from reputation.definition.authority import Check, held_against
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import institution_words, stands_in

CHECK = Check(
    code="institution_misspelt", field="affiliation", severity=Severity.MEDIUM, about="affiliations"
)

SLIPS = 2
"""Letters by which a whole name may be off and still be meant."""

_SHORTEST = 4


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the affiliations that `mention` claims, where one nearly is one of hers."""
    for printed in mention.claimed("affiliation"):
        found = _nearest(profile, printed)
        if found is not None:
            n, name = found
            yield held_against(
                CHECK,
                profile,
                mention,
                [f"affiliations.{n}"],
                Outcome.DIFFERS,
                observed=printed,
                expected=name,
                remedy=f"Have the page write {name}.",
            )
            return


def _nearest(profile: Profile, printed: str) -> tuple[int, str] | None:
    """Return the place and name of the institution that `printed` misspells; None where it is right or strange."""
    said = institution_words(printed)
    names = [
        (n, name)
        for n, tie in enumerate(profile.affiliations)
        for name in (tie.name, *tie.short_names)
        if len(institution_words(name)) > 1
    ]
    if any(stands_in(name, printed) or stands_in(printed, name) for _, name in names):
        return None
    return next(((n, name) for n, name in names if _is_slip(institution_words(name), said)), None)


def _is_slip(name: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether somewhere in `said` as many words stand that are `name` but for a few letters."""
    return any(_are_slips(name, said[at : at + len(name)]) for at in range(len(said) - len(name) + 1))


def _are_slips(name: tuple[str, ...], said: tuple[str, ...]) -> bool:
    odd = [(a, b) for a, b in zip(name, said, strict=True) if a != b]
    if not odd or any(min(len(a), len(b)) < _SHORTEST or a[0] != b[0] or not a.isalpha() for a, b in odd):
        return False
    return sum(OSA.distance(a, b) for a, b in odd) <= SLIPS
