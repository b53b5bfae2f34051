from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.definition.ratings import ENOUGH, interval_of, specialty_group, summarize_ratings
from reputation.model import Kind, Match, MatchDecision, Mention, RatingSummary, Specialty
from tests.definition.clinician import NOW, mention, profile


def _rated(key: str = "healthgrades:ada", **fields: Any) -> RatingSummary:
    (summary,) = summarize_ratings(profile(), (mention(key, **fields),))
    return summary


def test_a_rating_keeps_its_own_scale_and_counts() -> None:
    summary = _rated("vitals:ada", rating_value=3.2, best_rating=4.0, rating_count=40, review_count=12)
    assert (summary.rating_value, summary.best_rating) == (3.2, 4.0)
    assert (summary.rating_count, summary.review_count) == (40, 12)
    assert summary.interval is not None
    assert summary.interval[0] < 3.2 < summary.interval[1] <= 4.0


def test_few_ratings_are_too_few_to_say() -> None:
    summary = _rated(rating_value=5.0, best_rating=5.0, rating_count=ENOUGH - 1)
    assert summary.percentile is None
    assert "Too few to say" in (summary.note or "")


def test_a_four_is_the_median_of_medical_specialties_where_a_table_says_so() -> None:
    assert _rated(rating_value=4.0, best_rating=5.0, rating_count=50).percentile == 50.3
    assert _rated("vitals:ada", rating_value=4.0, best_rating=5.0, rating_count=50).percentile is None


def test_unrated_is_unknown_and_never_nought() -> None:
    summary = _rated(rating_value=0.0, best_rating=5.0, rating_count=0)
    assert summary.rating_value is None
    assert summary.interval is None


def test_a_rating_without_a_count_has_no_interval() -> None:
    summary = _rated(rating_value=4.5)
    assert summary.interval is None
    assert "how many" in (summary.note or "")


def test_an_impossible_rating_gives_nothing() -> None:
    assert _rated(rating_value=7.0, best_rating=5.0, rating_count=20).interval is None


def test_a_namesakes_rating_is_left_out_and_sites_are_never_averaged() -> None:
    other = Match(decision=MatchDecision.NON_MATCH, probability=0.01)
    mentions = (
        mention("vitals:ada", rating_value=4.0, rating_count=3),
        mention("healthgrades:ada", rating_value=2.0, rating_count=3),
        mention("webmd:other", rating_value=1.0, rating_count=3, match=other),
    )
    assert [item.source for item in summarize_ratings(profile(), mentions)] == ["healthgrades", "vitals"]


@pytest.mark.parametrize(
    ("label", "code", "group"),
    [
        ("Medical oncology", "207RX0202X", "medical"),
        ("Orthopaedic surgery", "207X00000X", "surgical"),
        ("Urology", None, "surgical"),
        ("Chiropractor", "111N00000X", "allied"),
        ("Astrology", None, None),
    ],
)
def test_the_group_of_a_specialty(label: str, code: str | None, group: str | None) -> None:
    assert specialty_group(profile(specialties=(Specialty(label=label, taxonomy_code=code),))) == group


@given(st.floats(0, 1), st.integers(1, 100_000))
def test_the_interval_holds_the_share_and_narrows_with_numbers(share: float, n: int) -> None:
    low, high = interval_of(share, n)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
    more_low, more_high = interval_of(share, n * 4)
    assert more_high - more_low <= high - low + 1e-9


def test_few_ratings_are_drawn_towards_the_published_middle_of_the_group() -> None:
    few = _rated(rating_value=5.0, best_rating=5.0, rating_count=2)
    assert few.adjusted == pytest.approx((10 * 4.0 + 2 * 5.0) / 12, abs=0.01)
    assert "Drawn towards the median of medical specialties on Healthgrades" in (few.note or "")
    many = _rated(rating_value=5.0, best_rating=5.0, rating_count=2000)
    assert (many.adjusted or 0) > 4.98
    assert _rated("vitals:ada", rating_value=5.0, best_rating=5.0, rating_count=2).adjusted is None


def test_the_note_prints_the_interval_as_it_is() -> None:
    summary = _rated(rating_value=4.7, best_rating=5.0, rating_count=33)
    assert summary.interval
    assert "95 % interval {:g} to {:g} of 5".format(*summary.interval) in (summary.note or "")


def test_a_percentile_comes_with_those_of_the_intervals_ends() -> None:
    summary = _rated(rating_value=4.0, best_rating=5.0, rating_count=40)
    low, high = summary.percentile_interval or (0, 0)
    assert low < 50.3 < high
    assert "between" in (summary.note or "")


@pytest.mark.parametrize(
    ("best", "worst", "value"),
    [(1.0, None, 1.0), (1.0, 0.0, 0.4), (100.0, 0.0, 91.0), (5.0, 5.0, 5.0), (10.0, 1.0, 1.0)],
)
def test_any_scale_is_read_and_none_divides_by_nothing(
    best: float, worst: float | None, value: float
) -> None:
    summary = _rated("vitals:ada", rating_value=value, best_rating=best, worst_rating=worst, rating_count=50)
    if worst == best:
        assert summary.interval is None
    else:
        low, high = summary.interval or (9, 0)
        assert (worst or 0.0) <= low <= value <= high <= best


def _review(n: int, day: str) -> Mention:
    return mention(f"vitals:r{n}", Kind.REVIEW, listing_key="vitals:ada", date_published=day, text="Good.")


def test_a_rating_knows_the_reviews_that_were_read_their_age_and_their_signs() -> None:
    listing = mention("vitals:ada", rating_value=4.0, rating_count=30, review_count=12)
    old = [_review(n, f"2019-0{n + 1}-15") for n in range(3)]
    (summary,) = summarize_ratings(profile(), (listing, *old), NOW)
    assert (summary.rating_count, summary.review_count, summary.reviews_read) == (30, 12, 3)
    assert summary.latest_review_on == "2019-03-15"
    assert "The newest review read is of 15 March 2019." in (summary.note or "")
    wave = [_review(10 + n, "2026-08-03") for n in range(6)]
    (summary,) = summarize_ratings(profile(), (listing, *old, *wave), NOW)
    assert [sign.kind for sign in summary.signs] == ["burst"]
    assert "newest" not in (summary.note or "")
