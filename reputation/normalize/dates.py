"""Dates as printed, in ISO 8601, no more precise than they were printed."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_M = rf"(?P<m>{'|'.join(_MONTHS)})\.?(?![a-z])"
_D = r"(?P<d>[0-3]?[0-9])(?:st|nd|rd|th)?"
_Y = r"(?P<y>(?:1[89]|20)[0-9]{2})(?![0-9])"
_PRINTED = tuple(
    re.compile(rf"(?<![0-9a-z]){pattern}", re.IGNORECASE)
    for pattern in (
        _Y + r"-(?P<m>[01]?[0-9])-(?P<d>[0-3]?[0-9])(?![0-9])",
        _Y + r"/(?P<m>[01]?[0-9])/(?P<d>[0-3]?[0-9])(?![0-9])",
        r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])(?![0-9])",
        r"(?P<d>[0-3]?[0-9])\.\s?(?P<m>[01]?[0-9])\.\s?" + _Y,
        _M + r"[\s-]*" + _D + r",?[\s-]+" + _Y,
        _D + r"[\s.-]*(?:of\s)?" + _M + r",?[\s-]*" + _Y,
        _Y + r"[\s-]+" + _M + r"(?:[\s-]+(?P<d>[0-3]?[0-9])(?![0-9:]))?",
        _M + r",?[\s-]*" + _Y,
        r"(?P<m>[01]?[0-9])/" + _Y,
        _Y + r"-(?P<m>[01][0-9])(?![0-9])",
        _Y,
    )
)
_SLASHED = re.compile(r"(?<![0-9/])([0-3]?[0-9])[/-]([0-3]?[0-9])[/-]((?:19|20)?[0-9]{2})(?![0-9/])")
_RELATIVE = re.compile(
    r"(?:a|an|[0-9]+)\+?\s*(?P<unit>second|sec|minute|min|hour|hr|day|week|wk|month|mo|year|yr|[smhdwy])s?\s+ago"
    r"|(?P<word>just now|today|yesterday)|last\s+(?P<last>week|month|year)",
    re.IGNORECASE,
)
_LONGEST = 120


def iso_date(text: str, relative_to: date | None = None) -> str | None:
    """Return a printed date as YYYY, YYYY-MM or YYYY-MM-DD, as far as it was printed; None without one.

    Slashes are read the American way, month first, unless that is impossible; dots day first.
    "3 weeks ago" needs `relative_to`, the time of the capture, and is None without it; months and years
    ago give no more than a month and a year.  Texts over 120 characters are no dates.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    if slashed := _SLASHED.search(text):
        return _from_slashes(slashed)
    for pattern in _PRINTED:
        if found := pattern.search(text):
            return _from_parts(found.groupdict())
    return _from_relative(text, relative_to) if relative_to else None


def _from_slashes(found: re.Match[str]) -> str | None:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if year < 100:
        year += 1900 if year >= 70 else 2000
    month, day = (second, first) if first > 12 else (first, second)
    return _checked(year, month, day)


def _from_parts(parts: dict[str, str | None]) -> str | None:
    year, month, day = int(parts["y"] or 0), parts.get("m"), parts.get("d")
    if month is None:
        return f"{year:04}"
    number = _MONTHS.get(month.lower()) or int(month)
    if day is not None:
        return _checked(year, number, int(day))
    return f"{year:04}-{number:02}" if 1 <= number <= 12 else None


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _from_relative(text: str, relative_to: date) -> str | None:
    found = _RELATIVE.search(text)
    if found is None:
        return None
    import dateparser  # noqa: PLC0415 - it takes a quarter of a second

    base = relative_to if isinstance(relative_to, datetime) else datetime.combine(relative_to, time(12))
    then: datetime | None = dateparser.parse(
        found[0].replace("+", ""),
        languages=["en"],
        settings={"RELATIVE_BASE": base.replace(tzinfo=None), "PREFER_DATES_FROM": "past"},
    )
    if then is None:
        return None
    unit = (found["unit"] or found["last"] or "day").lower()
    length = 4 if unit.startswith("y") else 7 if unit in ("month", "mo") else 10
    return then.date().isoformat()[:length]
