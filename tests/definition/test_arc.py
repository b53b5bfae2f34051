"""The arc: smoothed with the number behind each point, and no change without evidence."""

from __future__ import annotations

from datetime import date
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.definition.arc import CHANGE_FLOOR, arc_of, changes_in, fisher_exact, is_event, smoothed
from reputation.definition.assess import assess_mentions
from reputation.definition.theme_shares import theme_shares
from reputation.model import Kind, Mention, Sentiment, SentimentLabel
from tests.definition.clinician import mention, profile

TODAY = date(2026, 11, 30)
GOOD = Sentiment(valence=0.9, label=SentimentLabel.POSITIVE)
BAD = Sentiment(valence=-0.9, label=SentimentLabel.NEGATIVE)


def _said(n: int, how: Sentiment, when: str) -> list[Mention]:
    return [
        mention(f"vitals:{when}-{how.label}-{i}", Kind.REVIEW, sentiment=how, date_published=when)
        for i in range(n)
    ]


@given(st.integers(0, 12), st.integers(1, 12), st.integers(0, 12), st.integers(1, 12))
def test_fishers_test_is_the_sum_over_all_tables_that_are_no_likelier(a: int, n: int, b: int, m: int) -> None:
    a, b = min(a, n), min(b, m)
    ways = {k: comb(n, k) * comb(m, a + b - k) for k in range(max(0, a + b - m), min(n, a + b) + 1)}
    exact = sum(w for w in ways.values() if w <= ways[a]) / comb(n + m, a + b)
    assert fisher_exact(a, n, b, m) == pytest.approx(exact)


def test_a_clear_turn_is_a_change_and_names_its_numbers() -> None:
    said = [
        *_said(10, GOOD, "2023-03"),
        *_said(4, GOOD, "2024-02"),
        *_said(11, BAD, "2025-08"),
        *_said(1, GOOD, "2026-02"),
    ]
    (change,) = changes_in(said, TODAY)
    assert (change.period, change.n_before, change.unfavourable_before) == ("2025-H2", 14, 0)
    assert (change.n_after, change.unfavourable_after) == (12, 11)
    assert change.p_value < 0.001
    assert (len(change.keys_before), len(change.keys_after)) == (14, 12)


def test_two_turns_are_two_changes() -> None:
    said = [*_said(12, GOOD, "2022-03"), *_said(12, BAD, "2023-09"), *_said(12, GOOD, "2025-03")]
    assert [change.period for change in changes_in(said, TODAY)] == ["2023-H2", "2025-H1"]


def test_few_on_one_side_an_even_mixture_and_bare_years_are_no_change() -> None:
    few = CHANGE_FLOOR - 1
    assert changes_in([*_said(40, GOOD, "2023-03"), *_said(few, BAD, "2025-08")], TODAY) == ()
    even = [
        item
        for when in ("2023-03", "2024-03", "2025-03")
        for how in (GOOD, BAD)
        for item in _said(6, how, when)
    ]
    assert changes_in(even, TODAY) == ()
    assert changes_in([*_said(20, GOOD, "2023"), *_said(20, BAD, "2025")], TODAY) == ()


@given(st.lists(st.tuples(st.integers(2015, 2026), st.sampled_from("12"), st.floats(-1, 1)), max_size=40))
def test_the_curve_stays_within_what_was_said(said: list[tuple[int, str, float]]) -> None:
    valences: dict[str, list[float]] = {}
    for year, half, valence in said:
        valences.setdefault(f"{year}-H{half}", []).append(valence)
    curve = smoothed(valences)
    assert curve.keys() == valences.keys()
    for period, (value, weight) in curve.items():
        assert min(v for _, _, v in said) - 1e-3 <= value <= max(v for _, _, v in said) + 1e-3
        assert weight >= len(valences[period])


def test_one_voice_moves_the_curve_less_than_many() -> None:
    base = {"2020-H1": [0.8] * 10}
    one, many = smoothed({**base, "2024-H1": [-0.8]}), smoothed({**base, "2024-H1": [-0.8] * 10})
    assert one["2024-H1"][0] > many["2024-H1"][0]
    assert (one["2024-H1"][1], many["2024-H1"][1]) == (1.0, 10.0)


def test_a_point_counts_its_opinions_and_leads_to_them() -> None:
    said = [*_said(2, GOOD, "2025-03"), *_said(1, BAD, "2025-04"), *_said(1, BAD, "2024")]
    year, half = arc_of(profile(), said, said, TODAY)
    assert (year.period, year.n, year.smoothed, year.weight) == ("2024", 1, None, 0.0)
    assert (half.n, half.favourable, half.unfavourable) == (3, 2, 1)
    assert half.valence == pytest.approx(0.3)
    assert set(half.keys) == {item.key for item in said[:3]}


def test_a_dated_rating_page_is_no_event_and_a_dated_report_is() -> None:
    page = mention(
        "google:1", Kind.RESULT, date_published="2026-05-12", character=("expertise", "standing", "advice")
    )
    news = mention("google:2", Kind.RESULT, date_published="2026-05-12", character=("expertise", "advice"))
    assert (is_event(page), is_event(news)) == (False, True)
    (point,) = arc_of(profile(), [page, news], (), TODAY)
    assert [(event.kind, event.keys) for event in point.events] == [("page", ("google:2",))]


def test_a_paper_found_in_two_libraries_is_one_event_and_two_papers_of_one_title_are_two() -> None:
    def paper(key: str) -> Mention:
        return mention(key, Kind.ARTICLE, title="Reply.", date_published="2020-03")

    (point,) = arc_of(profile(), [paper("pubmed:1"), paper("crossref:9"), paper("pubmed:2")], (), TODAY)
    assert sorted(event.keys for event in point.events) == [("pubmed:1", "crossref:9"), ("pubmed:2",)]


def test_themes_are_counted_and_quoted_word_for_word() -> None:
    said = (
        "Dr. Roe listened to me. Parking is easy!",
        "She explained every option and listened",
        "Nobody listened to me. Awful.",
        "Fine.",
    )
    reviews = [mention(f"vitals:r{n}", Kind.REVIEW, title="", text=text) for n, text in enumerate(said)]
    assessed = assess_mentions(profile(), reviews, ())
    shares = {theme.name: theme for theme in theme_shares(assessed)}
    theme = shares["communication"]
    assert (theme.of, theme.share, theme.keys) == (4, 0.75, ("vitals:r0", "vitals:r1", "vitals:r2"))
    assert [(quote.text, quote.key) for quote in theme.quotes] == [
        ("She explained every option and listened", "vitals:r1"),
        ("Nobody listened to me.", "vitals:r2"),
    ]
