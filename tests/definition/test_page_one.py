from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from reputation.definition.exposure import PAGE_LENGTH, weights
from reputation.definition.page_one import first_pages, is_negative
from reputation.model import (
    Cell,
    Control,
    CoverageStatus,
    Kind,
    Match,
    MatchDecision,
    Mention,
    Rank,
    Sentiment,
    SentimentLabel,
)
from reputation.resources import table
from tests.definition.clinician import mention

BAD = Sentiment(valence=-0.8, label=SentimentLabel.NEGATIVE)


def _result(position: int, **fields: Any) -> Mention:
    rank = Rank(engine="google", query="Ada Roe", position=position)
    return mention(f"google:{position}", Kind.RESULT, ranks=(rank,), **fields)


def _cell(status: CoverageStatus) -> Cell:
    return Cell(source="serpapi-google", engine="google", query="Ada Roe", status=status)


def test_results_are_counted_by_who_holds_them() -> None:
    other = Match(decision=MatchDecision.NON_MATCH, probability=0.01)
    (page,) = first_pages(
        (
            _result(1, control=Control.OWNED),
            _result(2, control=Control.CONTROLLED),
            _result(3, control=Control.INFLUENCED),
            _result(4),
            _result(5, match=other, control=Control.OWNED),
        ),
        (),
    )
    assert (page.owned, page.controlled, page.influenced, page.uncontrolled, page.not_about_me) == (
        1,
        1,
        1,
        1,
        1,
    )
    assert page.neg_exposure == 0.0
    assert page.first_negative_rank is None


def test_attention_to_harm_is_weighted_by_rank() -> None:
    (top,) = first_pages((_result(1, sentiment=BAD), _result(2), _result(3)), ())
    (low,) = first_pages((_result(1), _result(2), _result(3, sentiment=BAD)), ())
    assert top.first_negative_rank == 1
    assert low.first_negative_rank == 3
    assert (top.neg_exposure or 0) > 1 / 3 > (low.neg_exposure or 0)


def test_a_namesakes_bad_news_is_never_hers() -> None:
    other = Match(decision=MatchDecision.NON_MATCH, probability=0.01)
    assert not is_negative(_result(1, match=other, title="License of Ada Roe revoked", sentiment=BAD))


@pytest.mark.parametrize(
    ("fields", "negative"),
    [
        ({"rating_value": 2.0, "best_rating": 5.0, "rating_count": 9}, True),
        ({"rating_value": 2.5, "best_rating": 5.0, "rating_count": 9}, False),
        ({"rating_value": 0.0, "rating_count": 0}, False),
        ({"title": "Board reprimands Ada Roe, license on probation"}, True),
        ({"sentiment": BAD, "decision": "neutral"}, False),
    ],
)
def test_what_counts_as_negative(fields: dict[str, Any], *, negative: bool) -> None:
    assert is_negative(_result(1, **fields)) is negative


def test_an_engine_that_answered_nothing_has_an_empty_page_and_a_blocked_one_none() -> None:
    (page,) = first_pages((), (_cell(CoverageStatus.EMPTY),))
    assert page.neg_exposure is None
    assert first_pages((), (_cell(CoverageStatus.BLOCKED),)) == ()


def test_results_below_the_tenth_are_not_on_the_first_page() -> None:
    (page,) = first_pages((_result(1), _result(11, sentiment=BAD)), ())
    assert page.uncontrolled == 1
    assert page.first_negative_rank is None


def test_the_curve_is_chosen_and_named_and_shares_add_up() -> None:
    page = [_result(n, sentiment=BAD if n == 1 else None) for n in range(1, 11)]
    found = {
        curve: first_pages(page, (), curve)[0]
        for curve in ("dcg", "reciprocal", "backlinko_2019", "sistrix_2020")
    }
    for curve, one in found.items():
        assert one.exposure_curve == curve
        assert sum(result.attention for result in one.results) == pytest.approx(1, abs=1e-4)
    exposures = [one.neg_exposure or 0 for one in found.values()]
    assert exposures == [pytest.approx(x, abs=0.001) for x in (0.2201, 0.3414, 0.2694, 0.3239)]
    assert min(exposures) == exposures[0]  # the default is the mildest: it flatters nobody


def test_every_curve_that_the_profile_may_name_is_there_and_falls() -> None:
    for curve in ("dcg", "reciprocal", *table("data/click_curves.toml")):
        weight = weights(curve)
        assert len(weight) == PAGE_LENGTH
        assert weight[0] == 1
        assert all(a >= b for a, b in pairwise(weight[:9]))


def test_what_is_hers_is_told_by_rank_and_share() -> None:
    (page,) = first_pages(
        (_result(1), _result(2, control=Control.CONTROLLED), _result(3, control=Control.OWNED)), ()
    )
    assert page.first_owned_rank == 3
    assert page.share_of_voice == pytest.approx((0.6309 + 0.5) / (1 + 0.6309 + 0.5), abs=1e-3)
    assert page.displaces is None  # there is room


def test_the_next_page_of_hers_would_push_off_the_lowest_that_is_not() -> None:
    (page,) = first_pages([_result(n, control=Control.OWNED if n == 10 else None) for n in range(1, 11)], ())
    assert page.displaces
    assert (page.displaces.position, page.displaces.key) == (9, "google:9")
    (mine,) = first_pages([_result(n, control=Control.OWNED) for n in range(1, 11)], ())
    assert mine.displaces is None
    assert mine.share_of_voice == 1
