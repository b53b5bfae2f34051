"""Relative dates on saved pages: a month or a year by the day of saving, nothing without it, and no new key."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from reputation import read_page
from reputation.config import load_sources
from reputation.discovery.lanes import Job, weigh
from reputation.discovery.parsing import parse
from reputation.discovery.printed_dates import dated, is_relative, printed, saved_on
from reputation.model import By, Capture, Kind, Mention, Request

MAPS = next(one for one in load_sources() if one.id == "google-maps")
PAGE = b"""<html><head><title>Example Clinic - Google Maps</title></head><body><h1>Example Clinic</h1>
<button data-item-id="address" aria-label="Address: 1 Elm St, Boston, MA 02139"></button>
<div data-review-id="ChZ1" aria-label="Sam Other"><span role="img" aria-label="5 stars"></span><span>3 months ago</span>
<span>The doctor listened and explained every step of it to me.</span></div></body></html>"""


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("3 months ago", "2026-08"),
        ("a year ago", "2025"),
        ("Edited 2 weeks ago", "2026-11"),
        ("a month ago", "2026-10"),
        ("yesterday", "2026-11"),
        ("Less than 3 months ago", None),
        ("I came here 3 years ago", None),
        ("vor 2 Monaten", None),
    ],
)
def test_a_relative_date_is_a_month_or_a_year_of_the_day_it_was_seen(said: str, month: str | None) -> None:
    review = Mention(source="x", kind="review", url="u", title="t", claims=printed(said))  # type: ignore[arg-type]
    assert dated(review, date(2026, 11, 21)).date_published == month
    assert dated(review, None).date_published is None
    assert is_relative(said) == (month is not None)


def review_saved_on(day: datetime) -> Mention:
    request = Request(url="https://www.google.com/maps/place/x")
    capture = Capture(
        source=MAPS.id,
        request=request,
        url=request.url,
        status=200,
        body=PAGE,
        sha256="",
        fetched_at=day,
        media_type="text/html",
        by=By.SAVED_PAGE,
    )
    found = parse(weigh(Job(MAPS, request, (0,)), capture)).mentions
    return next(one for one in found if one.kind is Kind.REVIEW)


def test_a_saved_review_has_a_date_and_the_same_key_whenever_it_was_saved() -> None:
    summer, autumn = (review_saved_on(datetime(2026, month, 5, tzinfo=UTC)) for month in (8, 11))
    assert (summer.date_published, autumn.date_published) == ("2026-05", "2026-08")
    assert summer.key == autumn.key


def test_a_page_that_does_not_say_when_it_was_saved_leaves_the_date_open() -> None:
    review = next(one for one in read_page(PAGE, "") if one.kind is Kind.REVIEW)
    assert review.date_published is None
    assert review.claimed("date_printed") == ("3 months ago",)


def test_a_page_may_say_itself_when_it_was_saved() -> None:
    comment = b"<!--\n Page saved with SingleFile \n url: https://maps.google.com/x \n saved date: Mon Nov 16 2026 23:51:35 GMT+0000 (UTC)\n-->"
    assert saved_on(comment + PAGE) == date(2026, 11, 16)
    review = next(one for one in read_page(comment + PAGE, "") if one.kind is Kind.REVIEW)
    assert review.date_published == "2026-08"
    mail = b"From: <Saved by Blink>\r\nSubject: x\r\nDate: Mon, 16 Nov 2026 23:51:35 -0000\r\nMIME-Version: 1.0\r\n"
    assert saved_on(mail) == date(2026, 11, 16)
    assert saved_on(PAGE) is None
