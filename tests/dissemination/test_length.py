"""Counting as each platform counts; vectors from docs.x.com, atproto and Mastodon."""

from __future__ import annotations

import pytest

from reputation.dissemination.length import fits, length_in, measure, weigh
from reputation.dissemination.platforms import platform, platforms
from reputation.model import BioUnit


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Hello", 5), ("café", 4), ("cafe\u0301", 4), ("“x”", 3), ("a—b", 3), ("…", 2), ("•", 2), ("€", 2), ("™", 2),
        ("山田", 4), ("Hello, world! 👋", 16), ("👩‍⚕️", 2), ("👨‍👩‍👧‍👦", 2), ("🇺🇸", 2), ("☀️", 2), ("1", 1), ("#", 1), ("", 0),
        ("see https://example.com/a/very/long/path/that/goes/on/and/on/and/on", 27),
    ],
)  # fmt: skip
def test_x_weighs(text: str, weight: int) -> None:
    assert measure(text, BioUnit.X_WEIGHTED) == weight


def test_a_biography_on_x_counts_its_urls_in_full_and_code_points_at_least() -> None:
    bio, post = platform("x").field("bio"), platform("x").field("post")
    url = "https://example.com/a/very/long/path/that/goes/on/and/on"
    assert length_in(url, bio) == len(url)
    assert length_in(url, post) == 23
    assert length_in("👨‍👩‍👧‍👦", bio) == 7
    assert weigh(url, shorten_urls=False) == len(url)


def test_the_other_units() -> None:
    family = "👨‍👩‍👧‍👦"
    assert measure(family, BioUnit.GRAPHEMES) == 1
    assert measure(family, BioUnit.UTF16) == 11
    assert measure(family, BioUnit.BYTES) == 25
    assert measure(family, BioUnit.CODEPOINTS) == 7
    assert measure("cafe\u0301", BioUnit.CODEPOINTS) == 4
    assert measure(" one  two\nthree ", BioUnit.WORDS) == 3
    assert measure("@roe@example.social says https://example.com/abc", BioUnit.MASTODON) == 4 + 6 + 23


def test_bluesky_has_two_limits_and_both_hold() -> None:
    name = platform("bluesky").field("display_name")
    assert (name.limit, name.limit_bytes) == (64, 640)
    assert fits("x" * 64, name, 64)
    assert not fits("x" * 65, name, 64)
    assert not fits("👨‍👩‍👧‍👦" * 30, name, 64)


def test_every_platform_is_there_with_what_is_known_of_it() -> None:
    places = {place.id: place for place in platforms()}
    assert len(places) == 36
    assert sum(len(place.fields) for place in places.values()) == 63
    assert all(place.main is None or place.field().tells for place in places.values())
    assert places["tiktok"].field().limit == 80
    assert places["pinterest"].field().limit == 160
    for unknown in ("doximity", "healthgrades", "webmd_care", "vitals", "ratemds", "zocdoc", "asco_profile"):
        assert places[unknown].field().limit is None
