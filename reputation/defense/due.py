"""When the next audit is due."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

MONTHS_BETWEEN_AUDITS = 3


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later; the last day of a month that is too short."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def next_audit_on(last_as_of: date | datetime) -> date:
    """Return the day on which the next quarterly audit is due."""
    return add_months(_day(last_as_of), MONTHS_BETWEEN_AUDITS)


def overdue(last_as_of: date | datetime | None, now: date | datetime) -> int | None:
    """Return by how many days the next audit is late; None where it is not, or where there was none yet."""
    if last_as_of is None:
        return None
    late_days = (_day(now) - next_audit_on(last_as_of)).days
    return late_days if late_days > 0 else None


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
