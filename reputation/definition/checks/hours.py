"""Whether a page prints the hours of the practice, and does not call it closed for good."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reputation.definition.authority import Check, held_against
from reputation.definition.places import places_named, printed_places
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold

CHECK = Check(code="hours_wrong", field="opening_hours", severity=Severity.HIGH, about="locations")

_CLOSED = re.compile(
    r"\bpermanently[ _-]closed\b|\bclosed[ _-](?:permanently|for good|for business)\b|\bout of business\b",
    re.IGNORECASE,
)
_PAUSED = re.compile(r"\btemporarily[ _-]closed\b|\bclosed[ _-]temporarily\b", re.IGNORECASE)
"""For how long, and whether it is over, the page does not say."""

Hours = frozenset[tuple[str, int, int]]
"""Days with the minutes of the day from which and to which the office is open; a closed day has _SHUT for both."""

_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_SHUT = -1
_NOON = 12 * 60
_DAY_LONG = 24 * 60
_SETS = {
    "weekdays": _DAYS[:5],
    "weekday": _DAYS[:5],
    "weekends": _DAYS[5:],
    "weekend": _DAYS[5:],
    "daily": _DAYS,
    "everyday": _DAYS,
}
_LETTERS = {"m": "mo", "t": "tu", "w": "we", "r": "th", "f": "fr"}
_TOKEN = re.compile(
    r"(?P<set>weekdays?|weekends?|daily|every\s?day|(?:7|seven) days(?: a week)?)\b"
    r"|(?P<day>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?|mo|tu|we|th|fr|sa|su|(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo))(?![a-z])\.?"
    r"|(?P<letters>\bm(?:-f|-th|-sa|-su|wf|tw|twth|twthf|twf)\b|\b[mtwrf]\b)"
    r"|(?P<always>\b(?:open )?24 ?(?:hours|hrs)\b|\b24/7\b)"
    r"|(?P<shut>\bclosed\b|\bcerrado\b)"
    r"|(?P<time>\bnoon\b|\bmidnight\b|\b\d{1,2}(?:[:.]\d{2})?(?::\d{2})?\s*(?:[ap]\.?\s?m?\b\.?|h\b)?|\b\d{4}\b)"
    r"|(?P<dash>-|\bto\b|\btill?\b|\buntil\b|\bthrough\b|\bthru\b|\ba\b)"
)
_LONGEST = 2_000
"""Characters of a page's own words that are read; what comes after is seldom about its subject."""

_SPANISH = {"lu": "mo", "ma": "tu", "mi": "we", "ju": "th", "vi": "fr", "sa": "sa", "do": "su"}


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the hours that `mention` claims, or on its word that the practice is closed for good."""
    printed = "; ".join((*mention.claimed("opening_hours"), *mention.claimed("hours")))
    is_closed = "true" in mention.claimed("permanently_closed")
    status = " ".join((printed, *mention.claimed("business_status"), (mention.text or "")[:_LONGEST]))
    here = places_named(profile, mention)
    if closed := _CLOSED.search("permanently closed" if is_closed else status) or _PAUSED.search(status):
        is_elsewhere = not here and any(place.address.street for place in printed_places(mention))
        if profile.locations and not is_elsewhere:
            yield held_against(
                CHECK,
                profile,
                mention,
                [_place(profile, here)],
                Outcome.CANNOT_TELL if _PAUSED.search(closed[0]) else Outcome.DIFFERS,
                observed=closed[0].replace("_", " ").lower(),
                expected="open",
                remedy="Have the site reopen the listing; if you have left that place, have it say where you are now.",
            )
        return
    known = {n: place.hours for n, place in enumerate(profile.locations) if place.hours}
    known = {n: text for n, text in known.items() if f"locations.{n}" in here} or known
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


def _place(profile: Profile, here: Sequence[str]) -> str:
    """Return the path of the place that a closed page means: one that it prints, else her first."""
    path = next(iter(here), "locations.0")
    return f"{path}.street" if profile.locations[int(path.rpartition(".")[2])].street else path


@lru_cache(maxsize=4096)
def read_hours(text: str) -> Hours:
    """Return the hours in "Mo-Fr 08:00-17:00", "Mon - Fri 8 am to noon, 1-5 pm; Sat closed" and their like.

    Empty where they cannot be read.  A time belongs to the days that stand before it.
    """
    found: set[tuple[str, int, int]] = set()
    days: list[str] = []
    is_new, dash, opens = True, False, None
    for token in _TOKEN.finditer(_plain(text)):
        said = token[0]
        if token.lastgroup in ("day", "set", "letters"):
            named = _named_days(said)
            if is_new:
                days, opens = [], None
            days += _between(days[-1], named[0]) if dash and days and not is_new else named
            is_new, dash = False, False
        elif token.lastgroup == "dash":
            dash = True
        elif token.lastgroup == "shut":
            found |= {(day, _SHUT, _SHUT) for day in days}
            is_new, dash, opens = True, False, None
        elif token.lastgroup == "always":
            found |= {(day, 0, _DAY_LONG) for day in days or _DAYS}
            is_new, dash, opens = True, False, None
        elif opens is not None and dash:
            found |= {(day, *_span(opens, said)) for day in days}
            is_new, dash, opens = True, False, None
        else:
            is_new, dash, opens = True, False, said
    return frozenset(found)


def _plain(text: str) -> str:
    """Return `text` folded, schema.org's addresses of days off."""
    return re.sub(r"https?://schema\.org/", " ", fold(text)).replace("t00:00", "")


def _named_days(said: str) -> list[str]:
    word = re.sub(r"[^a-z-]", "", said)
    if said.startswith(("7", "seven")):
        return list(_DAYS)
    if word in _SETS:
        return list(_SETS[word])
    if word.startswith("m-"):
        return _between("mo", word[2:4] if word[2:4] in _DAYS else _LETTERS[word[2]])
    if word in ("mwf", "mtw", "mtwth", "mtwthf", "mtwf") or len(word) == 1:
        return [_LETTERS.get(one, one) for one in re.findall("th|[mtwrf]", word)]
    if word in ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"):
        return [_SPANISH[word[:2]]]
    return [word[:2]]


def _between(first: str, last: str) -> list[str]:
    start, end = _DAYS.index(first), _DAYS.index(last)
    return list(_DAYS[start : end + 1] if start <= end else (*_DAYS[start:], *_DAYS[: end + 1]))


def _span(opens: str, shuts: str) -> tuple[int, int]:
    """Return the minutes of "8" and "5 pm": "1-5 pm" is one in the afternoon, "8-5" and "8-5 pm" eight in the morning."""
    start, end = _minutes(opens), _minutes(shuts)
    has_half = [bool(re.search("[apnm]", text)) for text in (opens, shuts)]
    if not has_half[0] and has_half[1] and end >= _NOON and start + _NOON < end and start < 7 * 60:
        start += _NOON
    if not any(has_half) and end <= start and end < _NOON:
        end += _NOON
    return start, end or _DAY_LONG


def _minutes(clock: str) -> int:
    """Return the minutes of "8", "8:30 am", "0830", "5p", "noon" from midnight."""
    if clock.startswith("noon"):
        return _NOON
    if clock.startswith("midnight"):
        return 0
    numbers = [int(number) for number in re.findall(r"\d+", clock)]
    hours, minutes = (
        divmod(numbers[0], 100) if numbers[0] > 24 else (numbers[0], numbers[1] if len(numbers) > 1 else 0)
    )
    total = hours % 24 * 60 + minutes
    half = re.search("[ap]", clock)
    if half and half[0] == "p" and total < _NOON:
        return total + _NOON
    return total - _NOON if half and half[0] == "a" and total >= _NOON else total
