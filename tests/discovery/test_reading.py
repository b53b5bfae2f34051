from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.numbers import count_of, number_of
from reputation.discovery.reading import (
    MAX_DEPTH,
    address_of,
    decode,
    has_markup,
    lines_of,
    open_page,
    page_of_text,
    text_of,
)
from reputation.errors import Unreadable


@pytest.mark.parametrize(
    ("body", "media_type", "text"),
    [
        ("\ufeffRoé".encode(), "text/html; charset=iso-8859-1", "Roé"),
        ("Roé".encode("utf-16"), None, "Roé"),
        ("Roé".encode("latin-1"), "text/html; charset=ISO-8859-1", "Roé"),
        (b"<meta charset=windows-1252>Ro\xe9 \x93x\x94", None, "<meta charset=windows-1252>Roé “x”"),
        (
            b'<meta http-equiv=x content="text/html; charset=gb2312">\xd0\xc2',
            None,
            '<meta http-equiv=x content="text/html; charset=gb2312">新',
        ),
        (b"<meta charset=Shift_JIS>\x87\x40", None, "<meta charset=Shift_JIS>①"),
        (
            b'<?xml version="1.0" encoding="iso-8859-1"?><p>\xe4</p>',
            None,
            '<?xml version="1.0" encoding="iso-8859-1"?><p>ä</p>',
        ),
        ("<meta charset=iso-8859-1>Roé".encode(), None, "<meta charset=iso-8859-1>Roé"),
        ("Roé".encode(), None, "Roé"),
        (b"Ro\xe9", None, "Roé"),
        (gzip.compress("Roé".encode(), mtime=0), None, "Roé"),
        ("Roé".encode(), "text/html; charset=no-such-thing", "Roé"),
        ("Roé".encode(), "text/html; charset=hex", "Roé"),
    ],
)
def test_bytes_become_the_text_that_a_browser_would_show(
    body: bytes, media_type: str | None, text: str
) -> None:
    assert decode(body, media_type) == text


@pytest.mark.parametrize(
    "body", [b"", b"  \n", b"%PDF-1.7 x", b"\x89PNG\r\n", b"\x1f\x8bnot gzip", b"x" * 12_000_001]
)
def test_what_is_no_page_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(body)


def test_a_compression_bomb_costs_no_more_than_the_limit() -> None:
    with pytest.raises(Unreadable, match="larger than 12 MB"):
        decode(gzip.compress(b"\0" * 60_000_000, mtime=0))


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(body: bytes) -> None:
    try:
        page = open_page(body, "x.html")
    except Unreadable:
        return
    assert isinstance(page.text, str)


HOSTILE = {
    "500 kB of nested div": b"<div>" * 100_000,
    "200,000 attributes": b"<a " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">",
    "quoted attributes without blanks": b"<a " + b"".join(b'a%d="1"' % n for n in range(200_000)) + b">",
    "nesting hidden behind an apostrophe": b"<p a=it's>" + b"<div>" * 100_000 + b"'>",
    "nesting in a style of SVG": b"<svg><style>" + b"<g>" * 100_000,
    "formatting that every paragraph opens again": b"".join(b"<font c=%d><p>" % n for n in range(20_000)),
    "self-closed divs": b"<div/>" * 100_000,
}
HARMLESS = {
    "5 MB of comment": b"<p>x</p><!--" + b"x" * 5_000_000,
    "5 MB of opening signs": b"<p>x</p>" + b"<" * 5_000_000,
    "unclosed quotes": b"<p>x</p>" + b'<a b="' * 300_000,
    "unclosed paragraphs": b"<p>x" * 50_000,
    "unclosed cells": b"<table>" + b"<tr><td>x" * 20_000,
    "nested tables": b"<table><tr><td>" * 500 + b"x",
    "tags within a script": b"<p>x</p><script>" + b"'<div>'" * 50_000 + b"</script>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_that_would_take_minutes_is_refused_at_once(name: str) -> None:
    start = time.perf_counter()
    with pytest.raises(Unreadable):
        open_page(HOSTILE[name])
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("name", HARMLESS)
def test_a_long_or_broken_page_is_read_in_linear_time(name: str) -> None:
    start = time.perf_counter()
    assert open_page(HARMLESS[name]).text.startswith("x")
    assert time.perf_counter() - start < 3


def test_depth_up_to_the_limit_is_read() -> None:
    assert open_page(b"<div>" * (MAX_DEPTH - 1) + b"deep").text == "deep"


def test_text_is_what_a_reader_sees_a_line_a_block() -> None:
    page = open_page(
        "<head><title>T &amp; U</title></head><body><script>no</script><style>no</style><noscript>no</noscript>"
        "<h1>Jane\u00a0<b>Roe</b></h1><p>one<br>two\n words</p><ul><li>a<li>b</ul><!-- no --><template>no</template>"
    )
    assert page.title == "T & U"
    assert page.lines == ("Jane Roe", "one", "two words", "a", "b")
    assert lines_of(None) == []
    assert text_of(None) == ""


def test_a_node_that_two_branches_of_a_selector_match_comes_once_and_in_page_order() -> None:
    page = open_page("<p class=b>1</p><p class='a b'>2</p><p class=a>3</p>")
    assert [text_of(node) for node in page.css(".a, .b")] == ["1", "2", "3"]
    assert page.read(".b") == "1"
    assert page.first(".c") is None
    assert page.read(".c") is None


@pytest.mark.parametrize(
    ("html", "url", "address"),
    [
        ("<p>x", "https://a.example.com/x", "https://a.example.com/x"),
        (
            "<!-- saved from url=(0027)https://a.example.com/saved --><p>x",
            "page.html",
            "https://a.example.com/saved",
        ),
        (
            "<!-- Page saved with SingleFile \n url: https://a.example.com/one \n saved date: x --><p>",
            "",
            "https://a.example.com/one",
        ),
        ("<link rel='canonical' href='https://a.example.com/c'>", "x.html", "https://a.example.com/c"),
        ("<meta property=og:url content=https://a.example.com/og>", "x.html", "https://a.example.com/og"),
        ("<link rel=canonical href=/relative>", "x.html", None),
        ("<p>x", "file:///home/x.html", None),
        ("<p>x", "http://[broken", None),
    ],
)
def test_a_saved_page_tells_where_it_came_from(html: str, url: str, address: str | None) -> None:
    assert address_of(open_page(html, url)) == address


def test_links_are_relative_to_the_base_of_the_page() -> None:
    page = open_page("<base href='https://b.example.com/dir/'><a href='x'>", "https://a.example.com/")
    assert page.link("x") == "https://b.example.com/dir/x"
    assert page.link("javascript:alert(1)") is None
    assert page.link("http://[broken") is None
    assert page.link("") is None


def test_markdown_and_pasted_text_become_a_page() -> None:
    text = "# Dr. Jane Roe\n\n[Profile](https://a.example.com/x)\n\n|  |  |\n| --- | --- |\n| 4.5 (26 Ratings) | <b>5</b> |"
    assert not has_markup(text)
    page = page_of_text(text)
    assert page.read("h1") == "Dr. Jane Roe"
    assert page.lines == ("Dr. Jane Roe", "Profile", "4.5 (26 Ratings)", "<b>5</b>")
    assert page.link(page.css("a")[0].attributes["href"]) == "https://a.example.com/x"


@pytest.mark.parametrize(
    "text", ["<p>x</p>", "<!DOCTYPE html>", "\n<div class=a>", "x <b>y</b> <i>z</i>", "<a b=1"]
)
def test_html_is_told_from_text(text: str) -> None:
    assert has_markup(text)


@pytest.mark.parametrize(
    ("text", "number", "count"),
    [
        ("4,4", 4.4, 4),
        ("(2\u00a0130)", 2130, 2130),
        ("16.900.000 results", 16_900_000, 16_900_000),
        ("54.624", 54.624, 54_624),
        ("148 тыс.", 148, 148_000),
        ("32.5k others", 32.5, 32_500),
        ("1,2 Mio. Follower", 1.2, 1_200_000),
        ("3 mil opiniones", 3, 3000),
        ("12 million", 12, 12_000_000),
        ("(1 rating)", 1, 1),
        ("1\u202f014\u202f339", 1_014_339, 1_014_339),
        ("1,234.5", 1234.5, 1234),
        ("3,819 reviews", 3.819, 3819),
        ("4.7 (20)", 4.7, 4),
        ("no number", None, None),
        (None, None, None),
        (5, 5, 5),
    ],
)
def test_numbers_are_read_as_people_print_them(
    text: str | None, number: float | None, count: int | None
) -> None:
    assert number_of(text) == number
    assert count_of(text) == count


@given(st.text(max_size=60))
def test_no_text_crashes_the_reading_of_numbers(text: str) -> None:
    number_of(text)
    count_of(text)


@pytest.mark.parametrize("printed", ["9" * 400, "9" * 5000, "-4", "−4.5", float("nan"), float("inf"), 1e300])
def test_a_number_that_cannot_be_meant_is_unknown(printed: str | float) -> None:
    assert number_of(printed) is None
    assert count_of(printed) is None
