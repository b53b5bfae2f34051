"""What the quarters say together: a trend a site, a year of four audits, and no word of a quarter without one."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from reputation.cli.historical import history_lines, sparkline
from reputation.defense.store import AuditSummary
from reputation.defense.trends import last_of_quarters, rating_trends, years


def summary(quarter: str, number: int = 1, **known: tuple[float, float | None, int | None]) -> AuditSummary:
    moment = datetime(int(quarter[:4]), 3 * int(quarter[6]), number, tzinfo=UTC)
    return AuditSummary(
        id=f"{quarter}-{number}", quarter=quarter, as_of=moment, sealed_at=moment, status="action_needed",
        mentions=9, matches=6, possible=1, positive=3, negative=2, differs=4, sources=100, heard=20, actions=5,
        ratings=known,
    )  # fmt: skip


def test_a_quarter_counts_once_by_its_last_audit() -> None:
    audits = (summary("2026-Q1", 1), summary("2026-Q1", 2), summary("2026-Q2"))
    assert [one.id for one in last_of_quarters(audits)] == ["2026-Q1-2", "2026-Q2-1"]


def test_a_site_that_a_quarter_does_not_know_leaves_a_gap_not_a_fall() -> None:
    audits = (
        summary("2026-Q1", vitals=(4.5, 5.0, 400)),
        summary("2026-Q2"),
        summary("2026-Q3", vitals=(3.9, 5.0, 420)),
    )
    (trend,) = rating_trends(audits)
    assert trend.points[1] is None
    assert trend.moved
    assert sparkline(trend.points)[1] == "·"
    told = "\n".join(history_lines(audits))
    assert "4.5 of 5 (400 ratings) to 3.9 of 5 (420 ratings): more than chance explains" in told


def test_a_year_is_four_audits_and_says_which_are_missing() -> None:
    audits = tuple(map(summary, ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q4")))
    first, second = years(audits)
    assert (first.missing, first.is_whole) == ((), True)
    assert second.missing == ("2026-Q3",)
    told = list(history_lines(audits))
    assert "2026: 3 of 4 quarterly audits; none in Q3: nothing is known of then" in told
    assert any(line.startswith("2025: 1 of 4") for line in told)


@given(st.sets(st.tuples(st.integers(2020, 2030), st.integers(1, 4)), min_size=1))
def test_every_quarter_from_the_first_audit_to_the_last_is_made_or_missing(
    made: set[tuple[int, int]],
) -> None:
    audits = [summary(f"{year}-Q{number}") for year, number in sorted(made)]
    found = years(audits)
    held = [one.quarter for year in found for one in year.audits]
    missing = [name for year in found for name in year.missing]
    assert held == [one.quarter for one in audits]
    assert not set(held) & set(missing)
    span = (audits[-1].as_of.year - audits[0].as_of.year) * 4
    span += int(audits[-1].quarter[6]) - int(audits[0].quarter[6]) + 1
    assert len(held) + len(missing) == span
