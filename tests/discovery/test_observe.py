from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.observe import from_saved, observation, read_observation
from reputation.discovery.ratings import read_ratings
from reputation.discovery.saved import OBSERVATION
from reputation.errors import Unreadable, UsageError
from reputation.model import Access, By, Category, Kind, Source

DAY = date(2026, 11, 20)


def source(name: str = "healthgrades", **fields: Any) -> Source:
    return Source(
        id=name,
        title=fields.pop("title", name.title()),
        category=Category.RATINGS,
        access=Access.MANUAL,
        adapter="saved_page",
        options=fields.pop("options", {"hosts": (f"{name}.com",)}),
        **fields,
    )


HEALTHGRADES, VITALS = source(), source("vitals")


def test_what_the_user_saw_is_a_capture_marked_as_her_word() -> None:
    seen = observation(HEALTHGRADES, rating=4.6, best=5, count=38, phone="617-555-0134", on=DAY)
    assert (seen.by, seen.media_type, seen.source) == (By.OBSERVED, OBSERVATION, "healthgrades")
    assert seen.fetched_at == datetime(2026, 11, 20, tzinfo=UTC)
    (mention,) = read_observation(seen)
    assert (mention.kind, mention.source, mention.key) == (
        Kind.LISTING,
        "healthgrades",
        "healthgrades:observed",
    )
    assert (mention.rating_value, mention.best_rating, mention.rating_count) == (4.6, 5, 38)
    assert mention.claimed("telephone") == ("617-555-0134",)


def test_nothing_there_is_heard_and_is_no_mention() -> None:
    seen = observation(HEALTHGRADES, nothing=True, on=DAY)
    assert read_observation(seen) == ()
    assert json.loads(seen.body)["observed"]["nothing"] is True


def test_the_same_observation_gives_the_same_bytes() -> None:
    assert observation(VITALS, count=3, on=DAY) == observation(VITALS, count=3, on=DAY)


def test_a_rating_without_a_scale_is_of_five_and_no_vote_is_no_rating() -> None:
    (rated,) = read_observation(observation(VITALS, rating=4, count=2, on=DAY))
    assert rated.best_rating == 5
    (unrated,) = read_observation(observation(VITALS, rating=0, count=0, on=DAY))
    assert (unrated.rating_value, unrated.best_rating, unrated.rating_count) == (None, None, 0)


def test_a_listing_that_has_an_address_is_keyed_by_it() -> None:
    url = "https://www.vitals.com/doctors/Dr_Jane_Roe.html"
    (mention,) = read_observation(observation(VITALS, url=url, name="Dr. Jane Roe", on=DAY))
    assert (mention.url, mention.title) == (url, "Dr. Jane Roe")
    assert mention.key.startswith("vitals:")
    assert mention.key != "vitals:observed"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"rating": 5.1}, "between 0 and 5"),
        ({"rating": -0.1}, "between 0 and 5"),
        ({"rating": float("nan")}, "between 0 and 5"),
        ({"rating": 9, "best": 0}, "best rating 0"),
        ({"rating": 9, "best": float("inf")}, "best rating inf"),
        ({"count": -1}, "below 0"),
        ({"url": "healthgrades.com/x"}, "no|not a web address"),
        ({"nothing": True, "count": 3}, "either"),
        ({}, "nothing was said"),
        ({"phone": "  "}, "nothing was said"),
        ({"count": 3, "on": datetime.now(UTC).date() + timedelta(days=2)}, "to come"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(given: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError, match=why) as told:
        observation(HEALTHGRADES, **{"on": DAY, **given})
    assert "\n" not in str(told.value)


def test_today_is_allowed_in_every_zone() -> None:
    assert observation(HEALTHGRADES, count=1, on=(datetime.now(UTC) + timedelta(hours=14)).date())


def test_an_observation_in_the_inbox_is_checked_again() -> None:
    seen = observation(HEALTHGRADES, rating=4.6, count=38, phone="617-555-0134", on=DAY)
    assert from_saved(seen.body, (VITALS, HEALTHGRADES)) == seen


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b"no json",
        b"[" * 100_000,
        b'{"observed": 3}',
        b'{"observed": {"source": "nowhere", "count": 3, "on": "2026-11-20"}}',
        b'{"observed": {"source": "vitals", "count": 3}}',
        b'{"observed": {"source": "vitals", "count": "many", "on": "2026-11-20"}}',
        b'{"observed": {"source": "vitals", "rating": 9, "on": "2026-11-20"}}',
        b'{"observed": {"source": "vitals", "phone": 3, "on": "2026-11-20"}}',
        b'{"observed": {"source": "vitals", "rating": [], "on": "2026-11-20"}}',
    ],
)
def test_a_damaged_observation_is_told_in_one_line(body: bytes) -> None:
    with pytest.raises(Unreadable) as told:
        from_saved(body, (VITALS,))
    assert "\n" not in str(told.value)


@given(
    rating=st.none() | st.floats(0, 5),
    count=st.none() | st.integers(0, 10**6),
    phone=st.none() | st.text(min_size=1, max_size=20),
)
def test_what_was_said_comes_back_as_it_was_said(
    rating: float | None, count: int | None, phone: str | None
) -> None:
    try:
        seen = observation(VITALS, rating=rating, count=count, phone=phone, on=DAY)
    except UsageError:
        return
    assert from_saved(seen.body, (VITALS,)) == seen
    (mention,) = read_observation(seen)
    assert mention.rating_count == count
    assert mention.rating_value == (None if count == 0 else rating)


# ---------------------------------------------------------------------------- tables


def test_a_table_of_ratings_is_one_observation_a_row() -> None:
    table = "Site,Rating,Best,Count,Phone,URL,Date\nHealthgrades,4.6,5,38,617-555-0134,https://www.healthgrades.com/physician/x,2026-11-19\nwww.vitals.com,,,,,,\nvitals,,,0,,,\n"
    seen, wrong = read_ratings(table.encode(), (HEALTHGRADES, VITALS), None, DAY)
    assert [capture.source for capture in seen] == ["healthgrades", "vitals"]
    assert seen[0].fetched_at.date() == date(2026, 11, 19)
    assert seen[1].fetched_at.date() == DAY
    assert len(wrong) == 1
    assert wrong[0].startswith("row 3: it says nothing")


@pytest.mark.parametrize(
    "table",
    [
        "site;stars;reviews\nHealthgrades;4,6;1 038\n",
        "Website\tScore\tNumber\nhealthgrades\t4.6 / 5\t1.038\n",
        '\ufeffPlatform,Average,Ratings\nhttps://www.healthgrades.com/x,4.6 of 5 stars,"1,038"\n',
    ],
)
def test_tables_are_read_as_people_write_them(table: str) -> None:
    (seen,), wrong = read_ratings(table.encode(), (VITALS, HEALTHGRADES), None, DAY)
    (mention,) = read_observation(seen)
    assert wrong == ()
    assert (mention.rating_value, mention.best_rating, mention.rating_count) == (4.6, 5, 1038)


def test_nothing_in_a_table_is_nothing_there() -> None:
    (seen,), _ = read_ratings(b"site,nothing\nvitals,yes\n", (VITALS,), None, DAY)
    assert read_observation(seen) == ()


def test_a_table_of_one_site_needs_no_column_for_it() -> None:
    (seen,), _ = read_ratings(b"rating,count\n4,3\n", (VITALS,), "vitals", DAY)
    assert seen.source == "vitals"


def test_a_row_that_is_wrong_does_not_cost_the_others() -> None:
    table = b"site,rating,count,date\nvitals,9,3,\nnowhere,4,3,\nvitals,good,3,\nvitals,4,some,\nvitals,4,3,yesterday week\nvitals,4,3,2026-11-19\n"
    seen, wrong = read_ratings(table, (VITALS,), None, DAY)
    assert len(seen) == 1
    assert [line.split(":")[0] for line in wrong] == [f"row {n}" for n in range(2, 7)]


@pytest.mark.parametrize("table", [b"", b"site,rating\n", b"name,stars\nx,4\n", b"just a line"])
def test_what_is_no_table_is_refused(table: bytes) -> None:
    with pytest.raises(Unreadable):
        read_ratings(table, (VITALS,), None, DAY)


@given(st.text(max_size=200))
def test_no_text_breaks_the_table_s_reader(text: str) -> None:
    try:
        read_ratings(f"site,rating\n{text}".encode("utf-8", "replace"), (VITALS,), None, DAY)
    except Unreadable:
        return
