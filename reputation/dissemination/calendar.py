"""The quarter's dates as iCalendar (RFC 5545): the next audit, directories to verify again, chats that are alive.

The same audit gives the same bytes, and an event keeps its UID from quarter to quarter: importing the next file
moves what is in the calendar and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from reputation import resources
from reputation.dissemination.freshness import age_note
from reputation.version import __version__

if TYPE_CHECKING:
    from icalendar import Event

    from reputation.model import Audit, Profile

REVERIFY_DAYS = 90
"""How often a health plan must verify its directory: No Surprises Act, section 116."""

WARNING = timedelta(days=-7)
EASTERN = "America/New_York"

_EASTERN = f"""BEGIN:VTIMEZONE
TZID:{EASTERN}
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
END:VTIMEZONE
"""
"""The rules of the zone since 2007, without an end, unlike a list of transitions."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKS = {"every": None, "first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}


def calendar_of(audit: Audit, today: date) -> bytes:
    """Return the dates that follow from `audit` as an .ics file.

    `today` decides only whether the shipped facts are called old.
    """
    from icalendar import Calendar, Timezone  # noqa: PLC0415 - 150 ms that `--help` must not pay

    made = Calendar()
    made.add("prodid", f"-//repaudit//{__version__}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Reputation audit")
    chats = list(_chats(audit, today))
    if any("tzid" in event["dtstart"].params for event in chats):
        made.add_component(Timezone.from_ical(_EASTERN))
    for event in (_next_audit(audit), _reverification(audit), *chats):
        made.add_component(event)
    return bytes(made.to_ical(sorted=False))


def _next_audit(audit: Audit) -> Event:
    on = audit.verdict.next_audit_on
    profile = audit.profile
    whom = (
        "you" if profile is None or profile.right.is_self else f"{profile.name.given} {profile.name.family}"
    )
    return _event(
        audit,
        "next-audit",
        on,
        summary=f"Audit what the web says about {whom}",
        description=f"The last audit was of {audit.audit.as_of.date().isoformat()}; one is due every three months. Run: repaudit run",
    )


def _reverification(audit: Audit) -> Event:
    on = audit.audit.as_of.date() + timedelta(days=REVERIFY_DAYS)
    event = _event(
        audit,
        "directories",
        on,
        summary="Verify your entries in health plans' directories",
        description="Health plans must verify their directories every 90 days and mend what you report within two business "
        "days (No Surprises Act, section 116; read in secondary sources). Answer their requests, look at your entries, keep dated copies "
        "of corrections. Counted from the last audit.",
    )
    event.add("rrule", {"freq": "daily", "interval": REVERIFY_DAYS})
    return event


def _event(audit: Audit, name: str, on: date, *, summary: str, description: str) -> Event:
    """Return an event of one whole day with an alarm a week before."""
    from icalendar import Alarm  # noqa: PLC0415 - as above

    event = _bare(audit, name, summary, description)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", WARNING)
    event.add_component(alarm)
    return event


def _bare(audit: Audit, name: str, summary: str, description: str) -> Event:
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'repaudit:{_whose(audit.profile)}:{name}')}@repaudit")
    event.add("dtstamp", audit.audit.as_of.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", int(audit.audit.as_of.timestamp()) // 60)
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    return event


def _whose(profile: Profile | None) -> str:
    """Return what tells one clinician's events from another's in the same calendar."""
    if profile is None:
        return ""
    name = profile.name
    return profile.ids.npi or " ".join(filter(None, (name.given, name.middle, name.family, name.suffix)))


# ---------------------------------------------------------------------------- chats


def _chats(audit: Audit, today: date) -> Iterator[Event]:
    """Yield the chats whose present state is active and whose day is known; never one that ended."""
    facts = resources.table("data/engagement.toml")
    note = age_note(facts["as_of"], today)
    for venue in facts["venue"]:
        if venue["kind"] == "tweet_chat" and venue["state"] == "active" and "met" in venue:
            yield _chat(audit, venue, note)


def _chat(audit: Audit, venue: dict[str, Any], note: str | None) -> Event:
    day, week = _slot(venue["met"])
    months = 3 if venue.get("cadence") == "quarterly" else 1
    event = _bare(
        audit,
        venue["hashtag"],
        f"{venue['hashtag']}: {venue['name']} chat, probable date",
        _told(venue, note),
    )
    on = _first(audit.audit.as_of.date(), day, week, months)
    if "time_et" in venue:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - as above

        begins = datetime.combine(on, time.fromisoformat(venue["time_et"]), ZoneInfo(EASTERN))
        event.add("dtstart", begins)
        event.add("duration", timedelta(hours=1))
    else:
        event.add("dtstart", on)
    by_day = _DAYS[day][:2].upper()
    if week is None:
        event.add("rrule", {"freq": "weekly", "byday": by_day})
    else:
        event.add("rrule", {"freq": "monthly", "interval": months, "byday": f"{week}{by_day}"})
    event.add("status", "TENTATIVE")
    if "url" in venue:
        event.add("url", venue["url"])
    return event


def _told(venue: dict[str, Any], note: str | None) -> str:
    """Return what is known of a chat, and how surely."""
    when = f"Last known slot: {venue['met']}" + (
        f", {venue['time_et']} US Eastern" if "time_et" in venue else ""
    )
    stand = f"State: {venue.get('said', venue['state'])}, as of " + (
        venue["state_as_of"].isoformat() if "state_as_of" in venue else "an undated page"
    )
    month = (
        "It meets once a quarter; in which month is not known here."
        if venue.get("cadence") == "quarterly"
        else None
    )
    told = [f"{when}.", f"{stand} ({venue['trust']}: {venue['source']}).", month]
    told += [f"{venue['note']}." if "note" in venue else None, "Look there before you plan on it.", note]
    return " ".join(filter(None, told))


def _slot(met: str) -> tuple[int, int | None]:
    """Return the weekday (0 is Monday) and week of the month (None: every) of `first Sunday of each month`."""
    which, day = met.split()[:2]
    return _DAYS.index(day.lower()), _WEEKS[which]


def _first(after: date, day: int, week: int | None, months: int) -> date:
    """Return the first such day after `after`; of a quarterly one that of the next quarter's first month."""
    if week is None:
        return after + timedelta(days=(day - after.weekday() - 1) % 7 + 1)
    month = after.year * 12 + after.month - 1
    step = months
    month -= month % step
    while (found := _nth(month, day, week)) <= after:
        month += step
    return found


def _nth(month: int, day: int, week: int) -> date:
    """Return a month's n-th weekday, `month` counted from year 0; week -1 is the last."""
    if week < 0:
        return _nth(month + 1, day, 1) - timedelta(days=7)
    first = date(month // 12, month % 12 + 1, 1)
    return first + timedelta(days=(day - first.weekday()) % 7 + 7 * (week - 1))
