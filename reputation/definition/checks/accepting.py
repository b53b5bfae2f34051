"""Whether a page says rightly that she takes new patients: wrong in every round of the federal reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.definition.places import places_named
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold

CHECK = Check(
    code="accepting_patients_wrong", field="accepting_new_patients", severity=Severity.HIGH, about="locations"
)

_NO = re.compile(
    r"\b(?:not|no|n|false|0|nopt|closed|full|isnt|arent|doesnt|stopped|unable)\b|\bexisting\b.*\bonly\b|\bexist(?:ptonly|ptfam)\b"
)
_YES = re.compile(
    r"\b(?:true|yes|y|1|newpt|accept(?:s|ing|ed)?|open|taking|takes|welcom(?:e|es|ing)|available)\b"
)


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding where `mention` says yes or no and at least one location of the profile does too.

    Where her locations differ among themselves, and the page prints the address of none, it cannot be told which one it
    means.
    """
    printed = next(iter(mention.claimed("accepting_new_patients")), None)
    said = None if printed is None else _read(printed)
    known = {
        f"locations.{n}.accepting_new_patients": place.accepting_new_patients
        for n, place in enumerate(profile.locations)
        if place.accepting_new_patients is not None
    }
    here = {f"{path}.accepting_new_patients" for path in places_named(profile, mention)}
    known = {path: value for path, value in known.items() if path in here} or known
    if said is None or not known:
        return
    authority = authority_for(profile, known)
    if authority is None:
        remedy = confirm_first(next(iter(known)))
        yield CHECK.finding(mention, Outcome.CANNOT_TELL, observed=printed, remedy=remedy)
        return
    outcome = Outcome.CANNOT_TELL
    if len(set(known.values())) == 1:
        outcome = Outcome.CONFORMS if said in known.values() else Outcome.DIFFERS
    expected = ", ".join("yes" if value else "no" for value in known.values())
    remedies = {
        Outcome.DIFFERS: f"Have the page say of new patients: {expected}.",
        Outcome.CANNOT_TELL: "Your locations differ in this; look which of them the page means.",
    }
    yield CHECK.finding(
        mention,
        outcome,
        expected=expected,
        observed=printed,
        authority=authority,
        remedy=remedies.get(outcome),
    )


def _read(text: str) -> bool | None:
    """Return what a page says of new patients: "No", "Closed to new patients", "Existing patients only" …; None for else."""
    said = fold(text).replace("'", "").rsplit("/", maxsplit=1)[-1]
    return False if _NO.search(said) else True if _YES.search(said) else None
