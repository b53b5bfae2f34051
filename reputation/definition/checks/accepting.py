"""Whether a page says rightly that she takes new patients: wrong in every round of the federal reviews."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.model import Finding, Mention, Outcome, Profile, Severity

CHECK = Check(
    code="accepting_patients_wrong", field="accepting_new_patients", severity=Severity.HIGH, about="locations"
)

_YES = frozenset({"true", "yes", "1", "y", "accepting", "accepting new patients"})
_NO = frozenset({"false", "no", "0", "n", "not accepting", "not accepting new patients"})


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding where `mention` says yes or no and at least one location of the profile does too.

    Where her locations differ among themselves it cannot be told which one the page means.
    """
    printed = next(iter(mention.claimed("accepting_new_patients")), None)
    said = None if printed is None else _read(printed)
    known = {
        f"locations.{n}.accepting_new_patients": place.accepting_new_patients
        for n, place in enumerate(profile.locations)
        if place.accepting_new_patients is not None
    }
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
    word = text.rsplit("/", maxsplit=1)[-1].strip().casefold()
    return True if word in _YES else False if word in _NO else None
