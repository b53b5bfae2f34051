"""Dates that a page prints by the day it was shown: "3 months ago" is a month only for whoever knows when it was saved.

A reader keeps what was printed; the month or year is worked out afterwards, so that a review keeps its key from one saved
page to the next, although it is "3 months ago" on one and "6 months ago" on the other.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from reputation.discovery.saved import address_in
from reputation.model import Claim, Mention
from reputation.normalize import iso_date

FIELD = "date_printed"
_RELATIVE = re.compile(
    r"(?:(?:edited|reviewed|posted|published|updated|visited|created)\s*:?\s+)?"
    r"(?:(?:a|an|\d{1,3})\s+(?:second|minute|hour|day|week|month|year)s?\s+ago|today|yesterday|last\s+(?:week|month|year))",
    re.IGNORECASE,
)
_MONTH = len("2026-08")
_MAIL_DATE = re.compile(rb"^Date:[ \t]*([^\r\n]{8,60})", re.IGNORECASE | re.MULTILINE)


def is_relative(line: str) -> bool:
    """Whether a line is such a date and no more: "Less than 3 months ago" names no month."""
    return _RELATIVE.fullmatch(line.strip()) is not None


def printed(line: str | None) -> tuple[Claim, ...]:
    """Return the claim that keeps a relative date as it is printed; none for any other text."""
    return (Claim(FIELD, " ".join(line.split())),) if line and is_relative(line) else ()


def dated(mention: Mention, seen_on: date | None) -> Mention:
    """Return `mention` with the month or year of its relative date, as seen on a day; unknown day, unknown date."""
    said = next(iter(mention.claimed(FIELD)), None)
    if said is None or seen_on is None or mention.date_published is not None:
        return mention
    return replace(mention, date_published=_month(said, seen_on))


@lru_cache(maxsize=4096)
def _month(said: str, seen_on: date) -> str | None:
    found = iso_date(said, seen_on)
    return found[:_MONTH] if found else None


def saved_on(body: bytes) -> date | None:
    """Return the day on which a page was saved, where the file itself says so: SingleFile's comment, MHTML's header."""
    head = body[:4096]
    if head.lstrip()[:1] != b"<" and (found := _MAIL_DATE.search(head)):
        day = iso_date(found[1].decode("ascii", "replace"))
        return date.fromisoformat(day) if day and len(day) > _MONTH else None
    moment: datetime | None = address_in(body[:20_000])[1]
    return moment.date() if moment else None
