"""The second path: result pages of layouts that nobody has seen, and what must never be read as one."""

from __future__ import annotations

import pytest

from reputation.discovery.page import read_page
from reputation.errors import Blocked, Unreadable
from reputation.model import Kind

ADDRESSES = [
    "https://www.example.com/dr-jane-roe",
    "https://clinic.example.org/roe",
    "https://news.example.net/a",
]
TITLES = ["Dr. Jane Roe, MD - Oncology", "Roe Jane | Example Clinic", "Jane Roe wins prize"]
SNIPPET = "Jane Roe is an oncologist in Boston; read what is said of her practice and her team."
ASKED = {
    "google": "https://www.google.com/search?q=jane+roe",
    "bing": "https://www.bing.com/search?q=jane+roe",
    "duckduckgo": "https://html.duckduckgo.com/html/?q=jane+roe",
    "yahoo": "https://search.yahoo.com/search?p=jane+roe",
    "aol": "https://search.aol.com/aol/search?q=jane+roe",
    "ask": "https://www.ask.com/web?q=jane+roe",
    "brave": "https://search.brave.com/search?q=jane+roe",
    "mojeek": "https://www.mojeek.com/search?q=jane+roe",
    "ecosia": "https://www.ecosia.org/search?q=jane+roe",
    "startpage": "https://www.startpage.com/sp/search?query=jane+roe",
    "yandex": "https://yandex.com/search/?text=jane+roe",
}
LAYOUTS = {
    "a heading in a link": "<div class=q7><a href='{url}'><h3 class=w1>{title}</h3></a><p>{text}</p></div>",
    "a link in a heading": "<div class=q7><h2><a href='{url}'>{title}</a></h2><span>{text}</span></div>",
    "an ARIA heading": "<div><a href='{url}'><i>x</i><div role=heading>{title}</div></a><p>{text}</p></div>",
    "no heading": "<div class=q7><a href='{url}'>{title}</a><div>{text}</div></div>",
    "a link with the site's name in it": "<div><a href='{url}'><b>{title}</b><i>example</i></a><p>{text}</p></div>",
    "rows of a table": "<table><tr><td><a href='{url}'>{title}</a></td></tr><tr><td>{text}</td></tr></table>",
}


def page(layout: str) -> bytes:
    entries = [
        layout.format(url=url, title=title, text=SNIPPET)
        for url, title in zip(ADDRESSES, TITLES, strict=True)
    ]
    menu = "<nav><h2><a href='https://menu.example.com/'>Menu</a></h2></nav>"
    advertisement = "<div class='x ads-ad'><h3><a href='https://ad.example.com/'>Ad</a></h3></div>"
    foot = "<footer><a href='https://foot.example.com/privacy'>Privacy and what we do with all that you ask</a></footer>"
    return f"<html><title>jane roe</title><body>{menu}{advertisement}{''.join(entries)}{foot}</body></html>".encode()


@pytest.mark.parametrize("engine", ASKED)
def test_results_of_a_layout_that_nobody_knows_are_read_by_their_shape(engine: str) -> None:
    for name, layout in LAYOUTS.items():
        found = read_page(page(layout), ASKED[engine])
        results = [one for one in found if one.kind is Kind.RESULT]
        assert [one.url for one in results] == ADDRESSES, (engine, name)
        assert [one.title for one in results] == TITLES, (engine, name)
        assert [rank.position for one in results for rank in one.ranks] == [1, 2, 3], (engine, name)


@pytest.mark.parametrize("engine", ASKED)
def test_a_page_of_links_without_words_is_no_result_page(engine: str) -> None:
    links = "".join(f"<li><a href='https://n{n}.example.com/'>Entry {n}</a></li>" for n in range(9))
    with pytest.raises((Unreadable, Blocked)):
        read_page(f"<html><title>x</title><body><ul>{links}</ul></body></html>".encode(), ASKED[engine])


def test_further_links_below_a_result_are_no_results() -> None:
    further = "<h4><a href='https://www.example.com/reviews'>Reviews</a></h4>"
    body = page(LAYOUTS["a link in a heading"]).replace(b"</div>", further.encode() + b"</div>", 2)
    assert [one.url for one in read_page(body, ASKED["bing"])] == ADDRESSES


def test_no_result_is_said_before_links_are_read() -> None:
    body = page(LAYOUTS["a link in a heading"]).replace(
        b"<body>", b"<body><p>There are no results for <b>qzxv</b></p>"
    )
    assert read_page(body, ASKED["bing"]) == ()


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Before you continue to Google Search</h1><form action='https://consent.google.com/save'></form>",
        "<h1>Bevor Sie zu Google weitergehen</h1><form action='https://consent.google.de/save'></form>",
        "<form class=consent-form><h2>Yahoo is part of the Yahoo family of brands</h2></form>",
        "<p>Sorry, Unable to process request at this time -- error 999.</p>",
        "<p>If this persists, please email us. error-lite@duckduckgo.com</p>",
    ],
)
def test_a_page_that_asks_for_consent_is_a_wall(body: str) -> None:
    with pytest.raises(Blocked):
        read_page(f"<html><title>x</title><body>{body}</body></html>".encode(), "saved.html")
