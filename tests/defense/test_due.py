from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reputation.defense.due import add_months, next_audit_on, overdue


def test_a_short_month_ends_on_its_last_day() -> None:
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2500, 1, 1)), st.integers(0, 60))
def test_months_are_added_to_year_and_month_alone(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_an_audit_is_overdue_from_the_day_after() -> None:
    made = datetime(2026, 8, 21, 23, 0, tzinfo=UTC)
    assert next_audit_on(made) == date(2026, 11, 21)
    assert overdue(made, date(2026, 11, 21)) is None
    assert overdue(made, datetime(2026, 12, 1, tzinfo=UTC)) == 10
    assert overdue(None, made) is None
