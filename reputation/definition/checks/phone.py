"""Whether a listing's telephone number reaches the practice.

Numbers are compared in E.164.  Any of the profile's locations may conform.  A fax number is not a phone.
A number that stands beside a right one may be a call-tracking number of the site, and so may a toll-free one: that cannot
be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from rapidfuzz.distance import OSA

from reputation import normalize
from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.definition.witnesses import disagreements
from reputation.model import Finding, Mention, Outcome, Profile, Severity

SLIPS = 1
"""Digits changed, lost, added or swapped by which a number may be off and still be meant."""

SHORTEST = 7
"""Digits below which nothing is a telephone number."""

CHECK = Check(code="phone_wrong", field="telephone", severity=Severity.CRITICAL, about="locations")


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the telephone numbers that `mention` claims, if it claims any."""
    printed = _numbers(mention)
    if not printed:
        if unread := mention.claimed("telephone"):
            yield CHECK.finding(
                mention,
                Outcome.CANNOT_TELL,
                observed=", ".join(unread),
                remedy="This is no complete telephone number; look at the page.",
            )
        return
    known = {
        number: f"locations.{n}.phone"
        for n, place in enumerate(profile.locations)
        if place.phone and (number := number_of(place.phone))
    }
    yield _compare(profile, mention, printed, known)


def _compare(profile: Profile, mention: Mention, printed: dict[str, str], known: dict[str, str]) -> Finding:
    confirmed = {number: path for number, path in known.items() if profile.is_confirmed(path)}
    observed = ", ".join(dict.fromkeys(printed.values()))
    if not confirmed:
        path = next(iter(known.values()), "locations.0.phone")
        return CHECK.finding(mention, Outcome.CANNOT_TELL, observed=observed, remedy=confirm_first(path))
    expected = ", ".join(_printed_in_profile(profile, path) for path in confirmed.values())
    outcome = _outcome(printed, known, confirmed)
    strange = {number: text for number, text in printed.items() if number not in known}
    remedy = None
    if outcome is Outcome.DIFFERS:
        remedy = _remedy(profile, printed, expected)
    elif outcome is Outcome.CANNOT_TELL:
        unsure = [path for number, path in known.items() if number in printed and number not in confirmed]
        remedy = _DIAL.format(", ".join(strange.values())) if strange else confirm_first(unsure[0])
    return CHECK.finding(
        mention,
        outcome,
        expected=expected,
        observed=observed,
        authority=authority_for(profile, confirmed.values()),
        remedy=remedy,
    )


_DIAL = "Dial {}: it may be the site's own call-tracking number, another office of yours, or an old one."

_TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")
"""A number of these may be anybody's who forwards the call."""


def _outcome(printed: dict[str, str], known: dict[str, str], confirmed: dict[str, str]) -> Outcome:
    """Return how the printed numbers stand to hers.

    Beside a right number a strange one cannot be told, unless it is a slip of one of hers that is missing, or the page
    prints as many numbers as she has and only this one is not hers.
    """
    strange = [number for number in printed if number not in known]
    if not strange:
        return Outcome.CONFORMS if any(number in confirmed for number in printed) else Outcome.CANNOT_TELL
    missing = [number for number in confirmed if number not in printed]
    dialled = [number for number in strange if not number.startswith(_TOLL_FREE)]
    if any(OSA.distance(a, b) <= SLIPS for a in strange for b in missing):
        return Outcome.DIFFERS
    if len(strange) == len(printed):
        return Outcome.DIFFERS if dialled else Outcome.CANNOT_TELL
    stands_in = len(dialled) == len(strange) == len(missing) == 1 and len(printed) == len(known)
    return Outcome.DIFFERS if stands_in else Outcome.CANNOT_TELL


def number_of(text: str) -> str | None:
    """Return a number in E.164, or the bare digits of one from abroad; None for less than seven digits."""
    digits = "".join(filter(str.isdigit, text))
    return normalize.phone(text) or (digits if len(digits) >= SHORTEST else None)


def _printed_in_profile(profile: Profile, path: str) -> str:
    return profile.locations[int(path.split(".")[1])].phone or ""


def _remedy(profile: Profile, printed: dict[str, str], expected: str) -> str:
    faxes = {number_of(place.fax) for place in profile.locations if place.fax}
    if faxes.intersection(printed):
        return f"The page prints your fax number as the telephone; have it show {expected}."
    return f"Have the page show {expected}; dial the printed number first to see whom it reaches."


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield the records whose telephone numbers contradict one another, where none of hers is confirmed."""
    if not any(profile.is_confirmed(f"locations.{n}.phone") for n, _ in enumerate(profile.locations)):
        yield from disagreements(CHECK, mentions, _numbers, lambda a, b: not a.keys().isdisjoint(b))


def _numbers(mention: Mention) -> dict[str, str]:
    """Return the numbers of a page as printed; "617-555-0134 or 617-555-0135" are two."""
    found: dict[str, str] = {}
    for text in mention.claimed("telephone"):
        several = normalize.phones_in(text) if normalize.phone(text) is None else ()
        one = number_of(text)
        found |= dict.fromkeys(several, text) if len(several) > 1 else {one: text} if one else {}
    return found
