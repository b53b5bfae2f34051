"""Whether a listing's telephone number reaches the practice.

Numbers are compared in E.164.  Any of the profile's locations may conform.  A fax number is not a phone.
A number that stands beside a right one may be a call-tracking number of the site: that cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from reputation import normalize
from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.definition.witnesses import disagreements
from reputation.model import Finding, Mention, Outcome, Profile, Severity

SHORTEST = 7
"""Digits below which nothing is a telephone number."""

CHECK = Check(code="phone_wrong", field="telephone", severity=Severity.CRITICAL, about="locations")


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the telephone numbers that `mention` claims, if it claims any."""
    printed = {number: text for text in mention.claimed("telephone") if (number := number_of(text))}
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
    observed = ", ".join(printed.values())
    if not confirmed:
        path = next(iter(known.values()), "locations.0.phone")
        return CHECK.finding(mention, Outcome.CANNOT_TELL, observed=observed, remedy=confirm_first(path))
    expected = ", ".join(_printed_in_profile(profile, path) for path in confirmed.values())
    authority = authority_for(profile, confirmed.values())
    right = [number for number in printed if number in confirmed]
    unsure = [number for number in printed if number in known and number not in confirmed]
    strange = {number: text for number, text in printed.items() if number not in known}
    if right and not strange:
        return CHECK.finding(
            mention, Outcome.CONFORMS, expected=expected, observed=observed, authority=authority
        )
    if right or unsure:
        remedy = (
            f"Beside a number of yours it prints {', '.join(strange.values())}: dial it, for it may be the "
            "site's own call-tracking number or an old one."
            if strange
            else confirm_first(known[unsure[0]])
        )
        return CHECK.finding(
            mention,
            Outcome.CANNOT_TELL,
            expected=expected,
            observed=observed,
            authority=authority,
            remedy=remedy,
        )
    return CHECK.finding(
        mention,
        Outcome.DIFFERS,
        expected=expected,
        observed=observed,
        authority=authority,
        remedy=_remedy(profile, printed, expected),
    )


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
    return {number: text for text in mention.claimed("telephone") if (number := number_of(text))}
