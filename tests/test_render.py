"""The one door to Jinja2: everything printed is cleaned, everything HTML is escaped."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation import render as door
from reputation.render import clean, in_words, is_html, number, percent, render, safe_url, signed


def fill(source: str, **context: object) -> str:
    return door._environment().from_string(source).render(**context)


def test_a_template_whose_name_ends_in_j2_is_escaped() -> None:
    # Jinja's own select_autoescape(["html"]) looks at the last ending, and would leave this one bare.
    from jinja2 import select_autoescape

    assert not select_autoescape(["html"])("report/report.html.j2")
    for name in ("report/report.html.j2", "bio/bio.html.j2", "anything.j2", "style.css", None):
        assert is_html(name)
    for name in ("report/report.md.j2", "email/digest.txt.j2"):
        assert not is_html(name)


def test_foreign_text_is_escaped() -> None:
    assert fill("{{ a }}", a="<script>alert(1)</script>&\"'") == (
        "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#34;&#39;"
    )


def test_a_name_that_a_template_lacks_is_an_error() -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        fill("{{ nothing_of_that_name }}")


def test_a_missing_template_is_named() -> None:
    from jinja2 import TemplateNotFound

    with pytest.raises(TemplateNotFound, match=r"report/none\.html\.j2"):
        render("report/none.html.j2")


@pytest.mark.parametrize(
    "hostile",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.com/x",
        "/local",
        "https://",
        "https://trusted.example.com@evil.example.net/",
        'https://example.com/"onmouseover="x',
        "https://example.com/<b>",
        "https://example.com/a b",
        "http://[::1",
        "",
        None,
    ],
)
def test_a_url_that_may_not_be_clicked_is_no_link(hostile: str | None) -> None:
    assert safe_url(hostile) is None


@pytest.mark.parametrize(
    "plain",
    [
        "https://example.com/a?b=1&c=%22",
        "HTTP://EXAMPLE.COM",
        "mailto:office@example.org",
        "tel:+16175550134",
    ],
)
def test_a_plain_url_stays_as_it_is(plain: str) -> None:
    assert safe_url(plain) == plain


@given(st.text(max_size=60))
def test_no_text_becomes_a_link_of_another_scheme(text: str) -> None:
    safe = safe_url(text)
    assert safe is None or safe.lower().startswith(("http://", "https://", "mailto:", "tel:"))


def test_what_turns_or_hides_text_is_taken_out_and_letters_stay() -> None:
    assert clean("a\u202eb\u2066c\x00d\x1b[31me\ud800") == "abcd[31me"
    assert clean("Zoë 山田 مرحبا 👩‍⚕️\n\tx") == "Zoë 山田 مرحبا 👩‍⚕️\n\tx"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    clean(text).encode()


def test_dates_are_told_as_far_as_they_are_known() -> None:
    assert in_words(date(2026, 11, 21)) == "21 November 2026"
    assert in_words(datetime(2026, 11, 21, 23, tzinfo=UTC)) == "21 November 2026"
    assert in_words("2026-11-02") == "2 November 2026"
    assert in_words("2026-03") == "March 2026"
    assert in_words("2026") == "2026"
    assert in_words("2026-13") == "2026-13"
    assert in_words("last spring") == "last spring"
    assert in_words(None) == "unknown"


def test_unknown_numbers_are_never_nought() -> None:
    assert number(None) == "unknown"
    assert number(float("nan")) == "unknown"
    assert percent(None) == "unknown"
    assert signed(None) == "unknown"
    assert number(1234.5) == "1,234.5"
    assert number(40) == "40"
    assert percent(0.184) == "18%"
    assert signed(-0.2) == "−0.20"
