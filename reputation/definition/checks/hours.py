"""Whether a page prints the hours of the practice, and does not call it closed for good."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.definition.authority import Check, held_against
from reputation.model import Finding, Mention, Outcome, Profile, Severity

CHECK = Check(code="hours_wrong", field="opening_hours", severity=Severity.HIGH, about="locations")

_CLOSED = re.compile(r"\bpermanently[ _-]closed\b|\bclosed[ _-]permanently\b", re.IGNORECASE)
_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_DAY = r"(?:mo|tu|we|th|fr|sa|su)[a-z]*\.?"
_SPAN = re.compile(
    rf"(?P<days>{_DAY}(?:\s*(?:-|–|to|,|&|and)\s*{_DAY})*)\s*:?\s*"
    r"(?P<open>\d{1,2}(?::\d{2})?)\s*(?P<a>[ap])?\.?m?\.?\s*(?:-|–|to)\s*"
    r"(?P<shut>\d{1,2}(?::\d{2})?)\s*(?P<b>[ap])?\.?m?\.?",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"({_DAY})\s*(?:-|–|to)\s*({_DAY})|({_DAY})", re.IGNORECASE)

Hours = frozenset[tuple[str, int, int]]
"""Days with the minutes of the day from which and to which the office is open."""

_NOON = 12 * 60


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the hours that `mention` claims, or on its word that the practice is closed for good."""
    printed = "; ".join(mention.claimed("opening_hours"))
    status = " ".join((printed, *mention.claimed("business_status"), mention.text or ""))
    if closed := _CLOSED.search(status):
        if profile.locations:
            yield held_against(
                CHECK,
                profile,
                mention,
                ["locations.0"] if not profile.locations[0].street else ["locations.0.street"],
                Outcome.DIFFERS,
                observed=closed[0].replace("_", " ").lower(),
                expected="open",
                remedy="Have the site reopen the listing; if you have left that place, have it say where you are now.",
            )
        return
    known = {n: place.hours for n, place in enumerate(profile.locations) if place.hours}
    if not printed or not known:
        return
    yield held_against(
        CHECK,
        profile,
        mention,
        [f"locations.{n}.hours" for n in known],
        _outcome(printed, list(known.values())),
        observed=printed,
        expected="; ".join(known.values()),
        remedy=f"Have the page show {'; '.join(known.values())}.",
    )


def _outcome(printed: str, known: list[str]) -> Outcome:
    if any(printed.split() == text.split() for text in known):
        return Outcome.CONFORMS
    said = read_hours(printed)
    judged = {_agreement(said, read_hours(text)) for text in known}
    order = (Outcome.CONFORMS, Outcome.CANNOT_TELL, Outcome.DIFFERS)
    return next(outcome for outcome in order if outcome in judged)


def _agreement(said: Hours, mine: Hours) -> Outcome:
    """Compare the days that both state: a day that one of them leaves out is no contradiction."""
    shared = {day for day, _, _ in said} & {day for day, _, _ in mine}
    if not shared:
        return Outcome.CANNOT_TELL
    same = {span for span in said if span[0] in shared} == {span for span in mine if span[0] in shared}
    return Outcome.CONFORMS if same else Outcome.DIFFERS


def read_hours(text: str) -> Hours:
    """Return the hours in "Mo-Fr 08:00-17:00" or "Mon - Fri 8 am to 5 pm"; empty where they cannot be read."""
    found = set()
    for span in _SPAN.finditer(text):
        opens, shuts = _minutes(span["open"], span["a"]), _minutes(span["shut"], span["b"])
        if span["b"] and not span["a"] and span["b"].lower() == "p" and opens + _NOON < shuts:
            opens += _NOON  # "1-5 pm" is one in the afternoon, "8-5 pm" eight in the morning
        found |= {(day, opens, shuts) for day in _days(span["days"])}
    return frozenset(found)


def _minutes(clock: str, half: str | None) -> int:
    hours, _, minutes = clock.partition(":")
    total = int(hours) % 24 * 60 + int(minutes or 0)
    if half and half.lower() == "p" and total < _NOON:
        return total + _NOON
    return total - _NOON if half and half.lower() == "a" and total >= _NOON else total


def _days(text: str) -> set[str]:
    found = set()
    for first, last, one in _RANGE.findall(text):
        if one:
            found.add(one[:2].lower())
        else:
            start, end = _DAYS.index(first[:2].lower()), _DAYS.index(last[:2].lower())
            found |= set(_DAYS[start : end + 1] if start <= end else (*_DAYS[start:], *_DAYS[: end + 1]))
    return found
