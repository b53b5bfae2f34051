"""The calendar is iCalendar that another parser reads, names no dead chat, and never doubles an event."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation import resources
from reputation.dissemination import calendar
from reputation.dissemination.calendar import calendar_of
from reputation.dissemination.freshness import age_note
from reputation.model import Audit, PersonName, Right
from tests.defense.audits import ADA, EARLIER, NOW, audit

TODAY = date(2026, 11, 21)
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:\"]+)*):(.*)")


@dataclass
class Part:
    """One component as RFC 5545 writes it: its lines by name, and what stands inside."""

    name: str
    lines: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def one(self, name: str) -> str:
        ((_, value),) = self.lines[name]
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)

    def named(self, name: str) -> list[Part]:
        return [part for part in self.parts if part.name == name]


def parse(body: bytes) -> Part:
    """Read an .ics file strictly: CRLF, 75 octets a line, balanced, the properties that the RFC demands."""
    assert body.endswith(b"\r\n")
    raw = body.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 and b"\r" not in line and b"\n" not in line for line in raw)
    root = Part("")
    stack = [root]
    for line in body.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        matched = LINE.fullmatch(line)
        assert matched, line
        name, params, value = matched.groups()
        if name == "BEGIN":
            stack.append(Part(value))
            stack[-2].parts.append(stack[-1])
        elif name == "END":
            assert stack.pop().name == value
        else:
            stack[-1].lines.setdefault(name, []).append((params, value))
    assert stack == [root]
    (whole,) = root.parts
    assert whole.name == "VCALENDAR"
    assert whole.one("VERSION") == "2.0"
    assert whole.one("PRODID")
    for event in whole.named("VEVENT"):
        assert all(len(event.lines[name]) == 1 for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"))
        assert not {"DTEND", "DURATION"} <= event.lines.keys()
        for alarm in event.named("VALARM"):
            assert alarm.one("ACTION") == "DISPLAY"
            assert alarm.one("DESCRIPTION")
            assert alarm.one("TRIGGER")
    return whole


def events(made: Audit, today: date = TODAY) -> list[Part]:
    return parse(calendar_of(made, today)).named("VEVENT")


def day(event: Part) -> date:
    return datetime.strptime(event.one("DTSTART")[:8], "%Y%m%d").replace(tzinfo=UTC).date()


def chat_of(made: Audit, today: date = TODAY) -> Part:
    (found,) = [event for event in events(made, today) if "chat" in event.one("SUMMARY")]
    return found


def test_the_next_audit_is_three_months_on_with_an_alarm_a_week_before() -> None:
    first = events(audit((), as_of=NOW))[0]
    assert day(first) == date(2027, 2, 21)
    assert first.lines["DTSTART"] == [(";VALUE=DATE", "20270221")]
    (alarm,) = first.named("VALARM")
    assert alarm.one("TRIGGER") == "-P7D"


def test_directories_are_verified_again_every_ninety_days() -> None:
    second = events(audit((), as_of=NOW))[1]
    assert day(second) == date(2026, 11, 21) + timedelta(days=90)
    assert second.one("RRULE") == "FREQ=DAILY;INTERVAL=90"
    assert "No Surprises Act" in second.one("DESCRIPTION")


def test_only_the_chat_that_is_alive_stands_there_and_says_how_surely() -> None:
    text = calendar_of(audit((), as_of=NOW), TODAY).replace(b"\r\n ", b"").decode()
    venues = tomllib.loads(resources.text("data/engagement.toml"))["venue"]
    for venue in venues:
        alive = venue["kind"] == "tweet_chat" and venue["state"] == "active"
        assert (f"SUMMARY:{venue.get('hashtag', venue['name'])}:" in text) is alive, venue["name"]
    chat = chat_of(audit((), as_of=NOW))
    assert chat.one("SUMMARY").startswith("#btsm")
    assert chat.one("STATUS") == "TENTATIVE"
    assert "secondary" in chat.one("DESCRIPTION")
    assert chat.one("RRULE") == "FREQ=MONTHLY;INTERVAL=3;BYDAY=1SU"
    assert chat.lines["DTSTART"] == [(";TZID=America/New_York", "20270103T210000")]
    assert day(chat).strftime("%A") == "Sunday"


def test_the_hour_of_a_chat_holds_in_summer_and_in_winter() -> None:
    (zone,) = parse(calendar_of(audit((), as_of=NOW), TODAY)).named("VTIMEZONE")
    rules = {part.name: (part.one("RRULE"), part.one("TZOFFSETTO")) for part in zone.parts}
    assert rules["DAYLIGHT"] == ("FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "-0400")
    assert rules["STANDARD"] == ("FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "-0500")


def test_the_same_audit_gives_the_same_bytes() -> None:
    made = audit((), as_of=NOW)
    assert calendar_of(made, TODAY) == calendar_of(made, TODAY + timedelta(days=30))


def test_next_quarters_file_moves_the_events_and_doubles_none() -> None:
    before, after = events(audit((), as_of=EARLIER)), events(audit((), as_of=NOW))
    assert [one.one("UID") for one in before] == [one.one("UID") for one in after]
    assert len({one.one("UID") for one in after}) == len(after)
    for old, new in zip(before, after, strict=True):
        assert int(old.one("SEQUENCE")) < int(new.one("SEQUENCE")) < 2**31
        assert old.one("DTSTAMP") < new.one("DTSTAMP") == "20261121T120000Z"


def test_two_clinicians_of_one_administrator_do_not_share_events() -> None:
    mine = audit((), as_of=NOW)
    other = replace(
        ADA,
        right=Right(delegate_of="Bea Poe, MD", consented_on=date(2026, 1, 1)),
        name=PersonName(given="Bea", family="Poe"),
        ids=replace(ADA.ids, npi=None),
    )
    theirs = events(replace(mine, profile=other))
    assert not {one.one("UID") for one in theirs} & {one.one("UID") for one in events(mine)}
    assert theirs[0].one("SUMMARY") == "Audit what the web says about Bea Poe"


def test_old_facts_are_called_old() -> None:
    assert age_note(date(2026, 11, 21), date(2028, 5, 1)) is None
    assert "2026-11-21" in (age_note(date(2026, 11, 21), date(2028, 6, 1)) or "")
    made = audit((), as_of=NOW)
    assert "eighteen months" not in chat_of(made).one("DESCRIPTION")
    assert "eighteen months" in chat_of(made, date(2029, 1, 1)).one("DESCRIPTION")


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 6), st.sampled_from([1, 2, 3, 4, -1]))
@settings(max_examples=200)
def test_the_first_date_is_the_weekday_that_was_named_and_lies_ahead(
    after: date, weekday: int, week: int
) -> None:
    monthly = calendar._first(after, weekday, week, 1)
    assert monthly.weekday() == weekday
    assert timedelta(0) < monthly - after <= timedelta(days=37)
    assert (monthly.day - 1) // 7 + 1 == week or (week == -1 and (monthly + timedelta(days=7)).day <= 7)
    assert calendar._first(after, weekday, week, 3).month in (1, 4, 7, 10)
    weekly = calendar._first(after, weekday, None, 1)
    assert weekly.weekday() == weekday
    assert timedelta(0) < weekly - after <= timedelta(days=7)


def test_another_library_reads_it_too(tmp_path: Path) -> None:
    vobject = pytest.importorskip("vobject")
    read = vobject.readOne(calendar_of(audit((), as_of=NOW), TODAY).decode())
    first, second, chat = read.vevent_list
    assert first.dtstart.value == date(2027, 2, 21)
    assert second.getrruleset(addRDate=True)[1].date() == date(2026, 11, 21) + timedelta(days=180)
    days = [one for one, _ in zip(chat.getrruleset(addRDate=True), range(6), strict=False)]
    assert all(one.strftime("%A") == "Sunday" and one.day <= 7 and one.hour == 21 for one in days)
    assert [one.month for one in days] == [1, 4, 7, 10, 1, 4]
