"""Signs in reviews are pointed at, never called more than signs, and found in time that grows with their number."""

from __future__ import annotations

import time
from datetime import date, timedelta

from reputation.definition.signs import BURST_FLOOR, signs_of
from reputation.model import Kind, Mention
from tests.definition.clinician import mention

TODAY = date(2026, 11, 30)
SAID = "She listened to all of my questions and took her time, and I would send my own mother to her."


def _review(n: int, day: str | None, text: str | None = None, site: str = "ratemds") -> Mention:
    return mention(f"{site}:r{n}", Kind.REVIEW, date_published=day, text=text, listing_key=f"{site}:ada")


def _every(days: int, n: int, first: date = date(2023, 1, 1)) -> list[Mention]:
    return [_review(i, (first + timedelta(days=days * i)).isoformat()) for i in range(n)]


def test_a_steady_pace_is_no_burst_and_a_week_beyond_it_is() -> None:
    steady = _every(50, 20)
    assert signs_of(steady, TODAY) == ()
    week = [_review(100 + i, f"2026-03-0{1 + i}") for i in range(BURST_FLOOR + 1)]
    (sign,) = signs_of([*steady, *week], TODAY)
    assert sign.kind == "burst"
    assert sign.text == (
        "RateMDs got 5 reviews between 1 March 2026 and 5 March 2026, more than its usual pace explains: worth a look, proof of nothing."
    )
    assert set(sign.keys) == {item.key for item in week}


def test_a_busy_listing_and_a_new_one_show_no_burst() -> None:
    assert signs_of(_every(1, 400, date(2025, 10, 1)), TODAY) == ()
    assert signs_of([_review(n, "2026-11-20") for n in range(9)], TODAY) == ()


def test_dates_that_name_no_day_or_lie_ahead_show_no_burst() -> None:
    for when in ("2025-06", "2025", None, "2027-01-01", "soon", "2025-99-99"):
        assert signs_of([_review(n, when) for n in range(9)], TODAY) == ()


def test_the_same_words_are_found_across_sites_and_short_praise_is_nobodys_copy() -> None:
    copied = (_review(1, None, SAID), _review(2, None, f"{SAID} Thanks!", "vitals"))
    short = (_review(3, None, "Great doctor!"), _review(4, None, "Great doctor!"), _review(5, None, None))
    (sign,) = signs_of((*copied, *short), TODAY)
    assert (sign.kind, sign.keys) == ("duplicate", ("ratemds:r1", "vitals:r2"))
    assert sign.text.startswith("2 reviews on RateMDs and Vitals say the same")
    assert "fake" not in sign.text


def test_many_reviews_take_time_in_proportion() -> None:
    def seconds(n: int) -> float:
        reviews = [_review(i, "2026-01-01", f"{SAID} {i} " * 3) for i in range(n)]
        start = time.process_time()
        signs_of(reviews, TODAY)
        return time.process_time() - start

    seconds(100)
    assert seconds(4000) < 12 * seconds(1000) + 0.2
