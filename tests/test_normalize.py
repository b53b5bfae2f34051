from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.normalize import (
    Address,
    address,
    canonical_url,
    fold,
    host,
    initials,
    iso_date,
    mention_key,
    npi_is_valid,
    orcid_is_valid,
    phone,
    phones_in,
    postal_code,
    same_street,
    site,
    state_code,
)

TODAY = date(2026, 11, 21)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_removes_what_means_nothing() -> None:
    assert fold("  JOSÉ\u00a0O’Brien—Łukasz ") == "jose o'brien-lukasz"
    assert fold("Straße") == "strasse"
    assert fold("ﬁ\u200bnd") == "find"


def test_folding_keeps_the_marks_that_tell_words_apart() -> None:
    assert fold("ガ") != fold("カ")


@given(st.text(max_size=60))
def test_initials_of_initials_are_the_same(text: str) -> None:
    assert initials(initials(text)) == initials(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jane Q. Doe", "J. Q. D."),
        ("J.Q.D.", "J. Q. D."),
        ("Mary-Ann O'Brien", "M. O."),
        ("", ""),
        ("🙂 42", ""),
    ],
)
def test_initials_hide_the_name(name: str, expected: str) -> None:
    assert initials(name) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("(617) 555-0134", "+16175550134"),
        ("617.555.0134 ext. 3", "+16175550134"),
        ("+1 617 555 0134", "+16175550134"),
        ("123", None),
        ("", None),
        ("call us", None),
    ],
)
def test_a_phone_number_is_told_in_e164(printed: str, expected: str | None) -> None:
    assert phone(printed) == expected


def test_phone_numbers_are_found_in_running_text_each_once() -> None:
    text = "Call 617-555-0134 (fax 617.555.0135) or +1 617 555 0134."
    assert phones_in(text) == ("+16175550134", "+16175550135")


def test_an_address_is_one_spelling() -> None:
    expected = Address(
        street="1600 n pennsylvania ave", suite="200", city="st louis", state="MO", postal_code="63101"
    )
    assert (
        address("1600 N. Pennsylvania Avenue, Suite 200", None, "St. Louis", "Missouri", "63101-1234")
        == expected
    )
    assert address("1600 North Pennsylvania Ave", "# 200", "Saint Louis", "MO", "631011234") == expected
    assert address("1600 N Pennsylvania Ave Ste 200, St. Louis, MO 63101") == expected


@pytest.mark.parametrize(
    ("street", "suite"),
    [
        ("55 Fruit St # 3B", "3b"),
        ("One Hospital Drive, 3rd Floor", "fl 3"),
        ("1 Hospital Dr Floor 3", "fl 3"),
        ("100 Main St Bldg 2 Ste 300", "bldg 2 300"),
        ("5 Unit Rd", None),
        ("12 Level Street", None),
    ],
)
def test_the_unit_stands_apart(street: str, suite: str | None) -> None:
    assert address(street).suite == suite


def test_a_post_office_box_is_no_street() -> None:
    box = address("P.O. Box 99", None, "Springfield", "IL")
    assert (box.street, box.po_box) == (None, "99")
    assert same_street(box, address("9 Main St")) is None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("200 1st St SW", "200 First Street Southwest", True),
        ("55 Fruit", "55 Fruit Street", True),
        ("55 Fruit Ave", "55 Fruit St", False),
        ("56 Fruit St", "55 Fruit St", False),
        ("55-57 Fruit St", "55 Fruit St", True),
        ("55 N Fruit St", "55 S Fruit St", False),
        ("One Hospital Dr", "1 Hospital Drive, Suite 4", True),
        ("Yawkey Building", "55 Fruit St", None),
        ("", "55 Fruit St", None),
    ],
)
def test_the_same_house_is_known(a: str, b: str, expected: bool | None) -> None:
    assert same_street(address(a), address(b)) is expected
    assert same_street(address(b), address(a)) is expected


@given(st.text(max_size=40), st.text(max_size=10))
def test_any_text_is_read_as_an_address_without_an_error(street: str, suite: str) -> None:
    once = address(street, suite)
    assert once == address(street, suite)
    assert same_street(once, once) in (True, None)


def test_states_are_known_by_name_and_abbreviation() -> None:
    assert [
        state_code(one) for one in ("Massachusetts", "mass.", "MA", "Ontario", "D.C.", "Atlantis", "")
    ] == [
        "MA",
        "MA",
        "MA",
        "ON",
        "DC",
        None,
        None,
    ]


def test_postal_codes_are_five_digits_or_canadian() -> None:
    assert [postal_code(one) for one in ("02114-2696", "021142696", "m5v3l9", "2114", "")] == [
        "02114",
        "02114",
        "M5V 3L9",
        None,
        None,
    ]


SAME_PAGES = (
    "https://example.com/dr/jane?id=2&page=1",
    "http://www.example.com:80/dr/jane/?page=1&id=2#reviews",
    "https://m.example.com/dr/jane?id=2&page=1&utm_source=news&gclid=x",
    "example.com/dr/jane/amp/?page=1&id=2",
    "https://www.google.com/url?q=https://example.com/dr/jane%3Fid%3D2%26page%3D1&sa=U",
    "//example.com/dr/jane?id=2&page=1",
)


@pytest.mark.parametrize("url", SAME_PAGES)
def test_one_page_has_one_url(url: str) -> None:
    assert canonical_url(url) == SAME_PAGES[0]
    assert mention_key("web", None, url) == mention_key("web", None, SAME_PAGES[0])


def test_an_amp_cache_is_the_page_behind_it() -> None:
    cached = "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/story/amp"
    assert canonical_url(cached) == "https://example.com/story"


def test_userinfo_never_hides_the_host() -> None:
    assert canonical_url("https://healthgrades.com@evil.example.net/x") == "https://evil.example.net/x"
    assert host("https://healthgrades.com@evil.example.net/x") == "evil.example.net"


@pytest.mark.parametrize(
    "text", ["", "mailto:x@example.com", "http://[bad", "javascript:alert(1)", "no url at all"]
)
def test_what_is_no_web_address_stays_as_it_is(text: str) -> None:
    assert canonical_url(text) == text


PATHS = st.text(st.sampled_from("abAB09/._~-%?=&#+ é"), max_size=25)


@given(PATHS)
def test_a_canonical_url_is_its_own_canonical_url(path: str) -> None:
    once = canonical_url(f"https://www.example.com/{path}")
    assert canonical_url(once) == once
    assert canonical_url(f"http://example.com/{path}") == once


def test_the_site_is_the_registered_domain() -> None:
    assert site("https://a.b.example.co.uk/x") == "example.co.uk"
    assert site("https://jane.blogspot.com/") == "jane.blogspot.com"
    assert site("http://127.0.0.1:8080/") == "127.0.0.1"
    assert site("") == ""
    assert host("HTTPS://WWW.Example.com:443/x") == "www.example.com"


def test_a_key_is_the_sites_own_id_or_made_of_the_page() -> None:
    assert (
        mention_key("healthgrades", "dr-jane-roe-x1", "https://example.com/") == "healthgrades:dr-jane-roe-x1"
    )
    assert mention_key("web", None, "https://example.com/") == "web:" + "0f115db062b7c0dd"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("May 3, 2014", "2014-05-03"),
        ("Reviewed on March 3rd, 2014", "2014-03-03"),
        ("3 May 2014", "2014-05-03"),
        ("2015 Mar", "2015-03"),
        ("2015 Mar-Apr", "2015-03"),
        ("8/21/2025 4:28:19 PM", "2025-08-21"),
        ("13/2/2015", "2015-02-13"),
        ("04.07.2026", "2026-07-04"),
        ("2014-05-03T10:00:00Z", "2014-05-03"),
        ("20140503", "2014-05-03"),
        ("Sep. 2019", "2019-09"),
        ("2014", "2014"),
        ("3 weeks ago", "2026-10-31"),
        ("a month ago", "2026-10"),
        ("2 years ago", "2024"),
        ("yesterday", "2026-11-20"),
        ("Feb 30, 2014", None),
        ("1200 reviews", None),
        ("", None),
    ],
)
def test_a_date_is_as_precise_as_it_was_printed(printed: str, expected: str | None) -> None:
    assert iso_date(printed, TODAY) == expected


def test_a_relative_date_needs_the_time_of_the_capture() -> None:
    assert iso_date("3 weeks ago") is None


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2090, 1, 1)))
def test_an_iso_date_stays(day: date) -> None:
    assert iso_date(day.isoformat()) == day.isoformat()


def test_check_digits_of_identifiers() -> None:
    assert npi_is_valid("1234567893")
    assert not npi_is_valid("1234567890")
    assert not npi_is_valid("123456789")
    assert orcid_is_valid("0000-0002-1825-0097")
    assert orcid_is_valid("https://orcid.org/0000-0002-1825-0097")
    assert not orcid_is_valid("0000-0002-1825-0098")
