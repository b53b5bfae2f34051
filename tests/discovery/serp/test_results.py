from __future__ import annotations

import base64
import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.reading import open_page
from reputation.discovery.serp import ENGINES, engine_at, engine_of, read_results
from reputation.discovery.serp.links import target
from reputation.discovery.serp.stars import date_in, stars_in, whole
from reputation.errors import Blocked, Unreadable
from reputation.model import Kind, Mention

FIRST = "https://www.healthgrades.com/physician/dr-jane-roe-x1234"
SECOND = "https://clinic.example.org/team/jane-roe?tab=about"
QUERY = "Jane Roe MD Boston"


def results(html: str, url: str = "page.html") -> tuple[Mention, ...]:
    found = read_results(open_page(html.encode(), url), url)
    assert found is not None
    return found


def bing_link(url: str) -> str:
    coded = base64.urlsafe_b64encode(url.encode()).decode().rstrip("=")
    return f"https://www.bing.com/ck/a?!&amp;&amp;p=abc&amp;u=a1{coded}&amp;ntb=1"


def yahoo_link(url: str) -> str:
    return f"https://r.search.yahoo.com/_ylt=A0/RV=2/RE=1/RO=10/RU={quote(url, safe='')}/RK=2/RS=x-"


GOOGLE_HEAD = f'<html itemscope itemtype="http://schema.org/SearchResultsPage"><head><title>{QUERY} - Google Search</title></head><body id="gsr" class="srp"><textarea name="q">{QUERY}</textarea>'

PAGES = {
    "google today": (
        "google",
        GOOGLE_HEAD
        + f"""<div id="tads"><div data-text-ad="1"><a href="/aclk?x=1"><h3>Advertised doctor</h3></a></div></div>
        <div id="rso"><div class="MjjYud"><div class="tF2Cxc"><div class="yuRUbf"><a href="{FIRST}"><h3>Dr. Jane Roe, MD</h3><cite>healthgrades.com</cite></a></div>
        <div class="VwiC3b">Jul 21, 2026 — Dr. Roe is a haematologist. Rating: 4.6 · 38 reviews</div></div></div>
        <div class="related-question-pair" data-q="Who is Jane Roe?"><div class="yuRUbf"><a href="https://example.com/asked"><h3>Who is Jane Roe?</h3></a></div></div>
        <div class="MjjYud"><a href="{SECOND}"><h3>Our team</h3></a></div>
        <div id="bres"><a href="/search?q=jane+roe+reviews"><h3>jane roe reviews</h3></a></div></div></body></html>""",
    ),
    "google 2016": (
        "google",
        f"""<html><head><title>{QUERY} - Google Search</title></head><body><div id="ires"><div id="rso">
        <div class="g"><h3 class="r"><a href="{FIRST}">Dr. Jane Roe, MD</a></h3><span class="st"><span class="f">Jul 21, 2026 - </span>A haematologist.</span>
        <table class="nrgt"><tr><td><div class="sld"><h3 class="r"><a href="https://example.com/sitelink">Contact</a></h3></div></td></tr></table></div>
        <g-section-with-header><h3><a href="https://www.google.com/search?tbm=isch">Images</a></h3></g-section-with-header>
        <div class="g"><h3 class="r"><a href="{SECOND}">Our team</a></h3></div></div></div></body></html>""",
    ),
    "google without script": (
        "google",
        f"""<html><head><title>{QUERY} - Google Search</title></head><body><div id="main">
        <div class="Gx5Zad"><a href="/search?q=jane+roe&gbv=1"><h3>See more</h3></a></div>
        <div class="Gx5Zad"><div class="kCrYT"><a href="/url?q={quote(FIRST, safe="")}&amp;sa=U&amp;ved=2ah"><h3>Dr. Jane Roe, MD</h3></a></div><div class="BNeawe s3v9rd">Jul 21, 2026 · A haematologist.</div></div>
        <div class="Gx5Zad"><a href="/url?q={quote(SECOND, safe="")}&amp;sa=U"><h3>Our team</h3></a></div></div></body></html>""",
    ),
    "google lite": (
        "google",
        f"""<html><head><title>{QUERY} - Google Search</title></head><body><div>
        <div class="ezO2md"><a class="fuLhoc" href="/url?q={quote(FIRST, safe="")}&amp;sa=U"><span class="CVA68e">Dr. Jane Roe, MD</span></a><span class="FrIlee">A haematologist.</span></div>
        <div class="ezO2md"><a class="fuLhoc" href="/url?q={quote(SECOND, safe="")}&amp;sa=U"><span class="CVA68e">Our team</span></a></div></div></body></html>""",
    ),
    "google on a telephone": (
        "google",
        GOOGLE_HEAD
        + f"""<div id="rso"><div class="mnr-c xpd"><a class="C8nzq" href="{FIRST}"><div role="heading" aria-level="3">Dr. Jane Roe, MD</div></a></div>
        <div class="mnr-c xpd"><a class="C8nzq" href="{SECOND}"><div role="heading" aria-level="3">Our team</div></a></div></div></body></html>""",
    ),
    "bing today": (
        "bing",
        f"""<html><head><title>{QUERY} - Search</title></head><body><input id="sb_form_q" name="q" value="{QUERY}"><ol id="b_results">
        <li class="b_ad"><h2><a href="https://www.bing.com/aclick?ld=x">Advertised doctor</a></h2></li>
        <li class="b_algo"><h2><a href="{bing_link(FIRST)}">Dr. Jane Roe, MD</a></h2><div class="b_caption"><p><span class="news_dt">Jul 21, 2026</span> · A haematologist.</p></div></li>
        <li class="b_ans"><div class="b_rs"><a href="/search?q=jane+roe+reviews">jane roe reviews</a></div></li>
        <li class="b_algo"><h2><a href="{bing_link(SECOND)}">Our team</a></h2></li></ol></body></html>""",
    ),
    "bing 2014": (
        "bing",
        f"""<html><head><title>{QUERY} - Bing</title></head><body><div id="b_content"><ol id="b_results"><li class="b_algo"><h2><a href="{FIRST}">Dr. Jane Roe, MD</a></h2><div class="b_caption"><p>A haematologist.</p></div></li>
        <li class="b_algo"><h2><a href="{SECOND}">Our team</a></h2></li></ol></div></body></html>""",
    ),
    "duckduckgo with script": (
        "duckduckgo",
        f"""<html><head><title>{QUERY} at DuckDuckGo</title></head><body class="body--serp"><input name="q" value="{QUERY}">
        <article data-testid="ad"><h2><a data-testid="result-title-a" href="https://duckduckgo.com/y.js?ad_domain=x">Advertised doctor</a></h2></article>
        <article data-testid="result"><h2><a data-testid="result-title-a" href="{FIRST}">Dr. Jane Roe, MD</a></h2><div data-result="snippet">A haematologist.</div></article>
        <article data-testid="result"><h2><a data-testid="result-title-a" href="{SECOND}">Our team</a></h2></article>
        <a class="result__a" href="?q=jane+roe+reviews">jane roe reviews</a></body></html>""",
    ),
    "duckduckgo html": (
        "duckduckgo",
        f"""<html><head><title>{QUERY} at DuckDuckGo</title></head><body><div id="links">
        <div class="result result--ad"><a class="result__a" href="//duckduckgo.com/y.js?ad_domain=x">Advertised doctor</a></div>
        <div class="result results_links web-result"><h2><a class="result__a" href="//duckduckgo.com/l/?uddg={quote(FIRST, safe="")}&amp;rut=1">Dr. Jane Roe, MD</a></h2><a class="result__snippet">A haematologist.</a></div>
        <div class="result results_links web-result"><a class="result__a" href="//duckduckgo.com/l/?uddg={quote(SECOND, safe="")}">Our team</a></div></div></body></html>""",
    ),
    "duckduckgo lite": (
        "duckduckgo",
        f"""<html><head><title>{QUERY} at DuckDuckGo</title></head><body><table><tr><td>1.</td><td><a class="result-link" href="//duckduckgo.com/l/?uddg={quote(FIRST, safe="")}">Dr. Jane Roe, MD</a></td></tr><tr><td></td><td class="result-snippet">A haematologist.</td></tr>
        <tr><td>2.</td><td><a class="result-link" href="{SECOND}">Our team</a></td></tr></table></body></html>""",
    ),
    "yahoo": (
        "yahoo",
        f"""<html><head><title>{QUERY} - Yahoo Search Results</title></head><body id="ysch"><input name="p" value="{QUERY}"><div id="web"><ol>
        <li><div class="dd algo algo-sr AdTop ads"><h3><a href="https://r.search.yahoo.com/cbclk2/x/RU=https%3a%2f%2fexample.com/RK=2">Ad</a></h3></div></li>
        <li><div class="dd algo algo-sr"><div class="compTitle"><h3 class="title"><a href="{yahoo_link(FIRST)}">Dr. Jane Roe, MD</a></h3></div><div class="compText"><p>A haematologist.</p></div></div></li>
        <li><div class="dd algo algo-sr"><div class="compTitle"><a href="{SECOND}"><div>Clinic</div><h3>Our team</h3></a></div></div></li></ol></div></body></html>""",
    ),
    "aol": (
        "aol",
        f"""<html><head><title>{QUERY} - AOL Search Results</title><link rel="search" href="https://search.aol.com/opensearch.xml"></head><body id="ysch"><input name="q" value="{QUERY}">
        <div class="dd algo algo-sr"><h3><a href="https://search.aol.com/click/_ylt=A/RU={quote(FIRST, safe="")}/RK=0/RS=x-">Dr. Jane Roe, MD</a></h3><div class="compText">A haematologist.</div></div>
        <div class="dd algo algo-sr"><h3><a href="{SECOND}">Our team</a></h3></div></body></html>""",
    ),
    "ask 2021": (
        "ask",
        f"""<html><head><title>{QUERY}, Ask.com</title></head><body><input class="PartialSearchBox-input" name="q" value="{QUERY}"><div class="PartialSearchResults-item"><a class="PartialSearchResults-item-title-link" href="{FIRST}">Dr. Jane Roe, MD</a><p class="PartialSearchResults-item-abstract">A haematologist.</p></div>
        <div class="PartialSearchResults-item"><a class="PartialSearchResults-item-title-link" href="{SECOND}">Our team</a></div></body></html>""",
    ),
    "brave": (
        "brave",
        f"""<html><head><title>{QUERY} - Brave Search</title></head><body class="is-serp"><div class="snippet" data-pos="0" data-type="web"><a href="{FIRST}"><div class="title search-snippet-title">Dr. Jane Roe, MD</div></a><div class="generic-snippet"><div class="content">A haematologist.</div></div></div>
        <div class="snippet" data-pos="1" data-type="ad"><a href="https://example.com/ad"><div class="title">Ad</div></a></div>
        <div class="snippet" data-pos="4" data-type="web"><a href="{SECOND}"><div class="title">Our team</div></a></div></body></html>""",
    ),
    "mojeek": (
        "mojeek",
        f"""<html><head><title>{QUERY} - Mojeek Search</title></head><body><ul class="results-standard"><li class="r1"><a class="ob" href="{FIRST}">x</a><h2><a class="title" href="{FIRST}">Dr. Jane Roe, MD</a></h2><p class="s">A haematologist.</p><p class="more"><a href="/search?q=site">more</a></p></li>
        <li class="r2 clu-result"><h2><a class="title" href="{SECOND}">Our team</a></h2></li></ul></body></html>""",
    ),
    "ecosia": (
        "ecosia",
        f"""<html><head><title>{QUERY} - Ecosia</title></head><body><div data-test-id="mainline-result-ad"><a data-test-id="result-link" href="https://example.com/ad">Ad</a></div>
        <div data-test-id="mainline-result-web"><a data-test-id="result-link" href="{FIRST}"><h2 data-test-id="result-title">Dr. Jane Roe, MD</h2></a><p data-test-id="web-result-description">A haematologist.</p></div>
        <div data-test-id="mainline-result-web"><a data-test-id="result-link" href="{SECOND}">Our team</a></div></body></html>""",
    ),
    "startpage": (
        "startpage",
        f"""<html><head><title>Startpage Search Results</title></head><body><input name="query" value="{QUERY}"><div class="result"><a class="favicon-link" href="{FIRST}">x</a><a class="result-title result-link" href="{FIRST}"><h2>Dr. Jane Roe, MD</h2></a><p class="description">A haematologist.</p></div>
        <div class="result"><a class="result-title" href="{SECOND}"><h2>Our team</h2></a></div></body></html>""",
    ),
    "kagi": (
        "kagi",
        f"""<html><head><title>{QUERY} - Kagi Search</title></head><body><input name="q" value="{QUERY}"><div class="search-result"><h3 class="__sri-title"><a class="__sri_title_link" href="{FIRST}">Dr. Jane Roe, MD</a></h3><div class="__sri-desc">A haematologist.</div></div>
        <div class="sr-group"><div class="__srgi"><h3 class="__srgi-title"><a href="{SECOND}">Our team</a></h3></div></div></body></html>""",
    ),
    "yandex": (
        "yandex",
        f"""<html><head><title>{QUERY} — Yandex: 2 results found</title></head><body><input name="text" value="{QUERY}"><ul id="search-result"><li class="serp-item"><h2><a class="OrganicTitle-Link" href="{FIRST}">Dr. Jane Roe, MD</a></h2><span class="OrganicTextContentSpan">A haematologist.</span></li>
        <li class="serp-item"><h2><a class="OrganicTitle-Link" href="https://yabs.yandex.ru/count/x">Ad</a></h2></li><li class="serp-item"><div>a wizard</div></li>
        <li class="serp-item"><h2><a class="OrganicTitle-Link" href="{SECOND}">Our team</a></h2></li></ul></body></html>""",
    ),
    "google scholar": (
        "google-scholar",
        f"""<html><head><title>Google Scholar</title></head><body><input name="q" value="{QUERY}"><div id="gs_bdy"><div id="gs_res_ccl"><div class="gs_r gs_or"><div class="gs_or_ggsm"><a href="https://example.org/paper.pdf">[PDF]</a></div><div class="gs_ri"><h3 class="gs_rt"><a href="{FIRST}">Dr. Jane Roe, MD</a></h3><div class="gs_a">J Roe, A Poe - Annals of Invention, 2019 - example.org</div><div class="gs_rs">A haematologist.</div></div></div>
        <div class="gs_r gs_or"><div class="gs_ri"><h3 class="gs_rt"><a href="{SECOND}">Our team</a></h3></div></div></div></div></body></html>""",
    ),
}


@pytest.mark.parametrize("case", PAGES)
def test_the_links_are_read_in_their_order_without_advertisements(case: str) -> None:
    engine, html = PAGES[case]
    found = [mention for mention in results(html) if mention.kind is Kind.RESULT]
    assert [mention.url for mention in found] == [FIRST, SECOND]
    assert [mention.title for mention in found] == ["Dr. Jane Roe, MD", "Our team"]
    assert {mention.source for mention in found} == {engine}
    assert [(r.engine, r.query, r.position) for m in found for r in m.ranks] == [
        (engine, QUERY, 1),
        (engine, QUERY, 2),
    ]


@pytest.mark.parametrize(
    "case", [case for case in PAGES if case not in ("duckduckgo lite", "google on a telephone")]
)
def test_the_snippet_is_the_text(case: str) -> None:
    assert "haematologist" in (results(PAGES[case][1])[0].text or "")


def test_a_snippet_may_print_a_date_and_a_rating() -> None:
    first = results(PAGES["google today"][1])[0]
    assert first.date_published == "2026-07-21"
    assert (first.rating_value, first.best_rating, first.rating_count) == (4.6, 5.0, 38)
    assert results(PAGES["bing today"][1])[0].date_published == "2026-07-21"


def test_scholar_tells_authors_and_year_and_counts_a_citation_without_a_link() -> None:
    html = PAGES["google scholar"][1].replace(
        f'<h3 class="gs_rt"><a href="{SECOND}">Our team</a></h3>',
        '<h3 class="gs_rt"><span>[CITATION]</span> A book</h3><div class="gs_fl"><a href="/scholar?cites=123&amp;hl=en">Cited by 9</a></div>',
    )
    first, second = results(html)
    assert first.claimed("author") == ("J Roe", "A Poe")
    assert first.date_published == "2019"
    assert second.url == "https://scholar.google.com/scholar?cites=123&hl=en"
    assert second.title == "A book"


def sealed(cite: str, seal: str = "CAESabc", more: str = "") -> str:
    return (
        GOOGLE_HEAD
        + f'<div id="rso"><div class="tF2Cxc"><a href="/goto?url={seal}"><h3>Dr. Jane Roe</h3><cite>{cite}</cite></a>{more}</div></div>'
    )


def test_a_sealed_link_of_google_keeps_the_printed_trail_and_is_known_again() -> None:
    trail = "https://www.healthgrades.com<span> › physician</span>"
    (one,), (again,) = results(sealed(trail)), results(sealed(trail, seal="CAESxyz"))
    assert one.url == "https://www.google.com/goto?url=CAESabc"
    assert one.claimed("display_url") == ("https://www.healthgrades.com › physician",)
    assert one.key == again.key
    assert one.key != results(sealed("https://www.vitals.com › physician"))[0].key


def test_a_home_page_and_a_translated_page_are_told_in_spite_of_the_seal() -> None:
    assert results(sealed("https://roe.example.org"))[0].url == "https://roe.example.org"
    link = f'<a href="https://translate.google.com/translate?hl=en&amp;sl=es&amp;u={quote(FIRST, safe="")}&amp;prev=search">Translate this page</a>'
    (only,) = results(sealed("https://www.healthgrades.com › physician", more=link))
    assert only.url == FIRST
    assert only.claims == ()


def test_a_sealed_link_without_an_address_is_kept_as_it_is() -> None:
    (only,) = results(sealed("570+ comments · 5 years ago"))
    assert only.url == "https://www.google.com/goto?url=CAESabc"


@pytest.mark.parametrize(
    ("url", "position"),
    [
        ("https://www.google.com/search?q=jane+roe&start=10", 11),
        ("https://www.google.com/search?q=jane+roe", 1),
        ("https://www.google.com/search?q=jane+roe&start=zehn", 1),
    ],
)
def test_the_second_page_goes_on_counting(url: str, position: int) -> None:
    rank = results(PAGES["google today"][1], url)[0].ranks[0]
    assert (rank.position, rank.query) == (position, "jane roe")


def test_location_and_signed_in_state_are_kept_where_the_page_tells_them() -> None:
    html = PAGES["google today"][1].replace(
        "</body>",
        '<a href="https://accounts.google.com/ServiceLogin?x">Sign in</a><span id="Wprf1b">Boston, MA</span></body>',
    )
    rank = results(html)[0].ranks[0]
    assert (rank.location, rank.signed_in) == ("Boston, MA", False)


NOTHING = {
    "google": GOOGLE_HEAD
    + "<div id=search></div><p>Your search - <b>Jane Roe</b> - did not match any documents.</p>",
    "google de": '<html><head><title>x - Google-Suche</title></head><body id="gsr"><div id="search"></div><p>Es wurden keine mit deiner Suchanfrage - <em>Jana Roh</em> - übereinstimmenden Dokumente gefunden.</p>',
    "bing": '<title>x - Bing</title><ol id="b_results"><li class="b_no"><h1>There are no results for <strong>x</strong></h1></li></ol>',
    "duckduckgo": '<title>x at DuckDuckGo</title><body class="body--serp"><div class="no-results">No results found for <b>x</b>.</div><a class="result__a" href="?q=y">y</a>',
    "duckduckgo html": '<title>x at DuckDuckGo</title><div class="result"><div class="no-results">No results.</div></div>',
    "yahoo": '<title>x - Yahoo Search Results</title><body id="ysch"><ol><li><div class="dd zrp"><p>We did not find results for: <b>x</b></p></div></li></ol>',
    "aol": '<title>x - AOL Search Results</title><body id="ysch"><p>We did not find results for: x.</p>',
    "ask": '<title>x, Ask.com</title><div class="PartialWebResults"><p>No results for: x</p></div>',
    "brave": "<title>x - Brave Search</title><p>Not many great matches came back for your search</p>",
    "mojeek": "<title>x - Mojeek Search</title><p>No pages found matching: <b>x</b></p>",
    "kagi": "<title>x - Kagi Search</title><p>There are no results that match all your keywords exactly.</p>",
    "ecosia": '<title>x - Ecosia</title><div data-test-id="web-no-results">Sorry</div>',
    "startpage": "<title>Startpage Search Results</title><p>Sorry, there are no results for this search.</p>",
    "yandex": '<title>x — Yandex</title><div class="EmptySearchResults">Nothing found</div>',
    "google scholar": '<title>Google Scholar</title><div id="gs_res_ccl">Your search - x - did not match any articles.</div>',
}


@pytest.mark.parametrize("case", NOTHING)
def test_an_engine_s_own_no_results_is_empty(case: str) -> None:
    assert results(f"<html><body>{NOTHING[case]}</body></html>") == ()


WALLS = {
    "google captcha": '<title>https://www.google.com/search?q=x</title><form id="captcha-form" action="index"></form><p>Our systems have detected unusual traffic from your computer network.</p>',
    "google soft block": '<title>x - Google Search</title><noscript><iframe src="/httpservice/retry/enablejs?sei=1"></iframe></noscript><div id="main"></div>',
    "google consent": '<title>x - Google Search</title><h1>Before you continue to Google Search</h1><form action="https://consent.google.com/save"></form>',
    "bing": '<title>x - Bing</title><div id="b_content"></div><div class="captcha"><p>One last step. Please solve the challenge below to continue</p></div>',
    "duckduckgo": '<title>x at DuckDuckGo</title><div class="anomaly-modal__title">Unfortunately, bots use DuckDuckGo too.</div>',
    "yahoo": '<title>x - Yahoo Search Results</title><body id="ysch"><p>Sorry, Unable to process request at this time -- error 999.</p>',
    "brave": "<title>x - Brave Search</title><p>PoW Captcha: I'm not a robot</p>",
    "mojeek": "<title>x - Mojeek Search</title><p>Sorry, your network appears to be sending automated queries</p>",
    "ecosia": '<title>x - Ecosia</title><h1>Confirm you’re not a robot</h1><input type="hidden" name="cf-turnstile-response">',
    "startpage": '<title>Startpage Captcha</title><form action="/sp/captcha"></form>',
    "yandex": '<title>Are you not a robot?</title><form action="/checkcaptcha?key=1"><div class="CheckboxCaptcha"></div></form>',
    "google scholar": '<title>Google Scholar</title><form id="gs_captcha_f"><h1>Please show you\'re not a robot</h1></form>',
}


@pytest.mark.parametrize("case", WALLS)
def test_a_wall_is_never_read_as_empty(case: str) -> None:
    with pytest.raises(Blocked):
        results(f"<html><body>{WALLS[case]}</body></html>")


@pytest.mark.parametrize(
    "title", ["x - Google Search", "x - Bing", "x at DuckDuckGo", "x - Brave Search", "x - Swisscows"]
)
def test_a_shell_or_changed_markup_is_unreadable_and_not_empty(title: str) -> None:
    with pytest.raises(Unreadable):
        results(
            f"<html><head><title>{title}</title></head><body><div id='root'></div><script>go()</script></body></html>"
        )


@pytest.mark.parametrize("case", PAGES)
def test_a_page_cut_off_after_its_head_is_not_empty(case: str) -> None:
    html = PAGES[case][1].partition("<body")[0]
    page = open_page(html.encode(), "page.html")
    if engine_of(page, "page.html") is not None:
        with pytest.raises(Unreadable):
            read_results(page, "page.html")
    else:
        assert read_results(page, "page.html") is None


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>Dr. Jane Roe</title></head><body><h3><a href='https://example.com'>x</a></h3></body></html>",
        "<html><head><title>Jane Roe - Google Scholar</title></head><body><div id='gsc_prf_in'>Jane Roe</div></body></html>",
        "<html><head><title>How to search - Google Maps Help</title></head><body><p>no results found for you</p></body></html>",
    ],
)
def test_another_page_is_no_result_page(html: str) -> None:
    assert read_results(open_page(html.encode(), "page.html"), "page.html") is None


@pytest.mark.parametrize(
    ("url", "engine"),
    [
        ("https://www.google.de/search?q=x", "google"),
        ("https://www.google.co.uk/search?q=x", "google"),
        ("https://www.google.com/sorry/index?continue=x", "google"),
        ("https://www.google.com/maps/place/x", None),
        ("https://scholar.google.com/scholar?q=x", "google-scholar"),
        ("https://scholar.google.com/citations?user=x", None),
        ("https://html.duckduckgo.com/html/", "duckduckgo"),
        ("https://duckduckgo.com/?q=x", "duckduckgo"),
        ("https://search.yahoo.com/search?p=x", "yahoo"),
        ("https://search.aol.com/aol/search?q=x", "aol"),
        ("https://notgoogle.com/search?q=x", None),
        ("https://www.bing.com/search?q=x", "bing"),
        ("https://yandex.ru/search/?text=x", "yandex"),
        ("https://search.brave.com/search?q=x", "brave"),
        ("page.html", None),
        ("", None),
    ],
)
def test_an_engine_is_known_by_its_address(url: str, engine: str | None) -> None:
    assert engine_at(url) == engine


def test_the_browser_s_own_note_tells_the_engine() -> None:
    html = "<!-- saved from url=(0043)https://www.bing.com/search?q=jane+roe&first=11 --><html><body><ol id=b_results><li class=b_algo><h2><a href='https://example.com/'>x</a></h2></li></ol></body></html>"
    page = open_page(html.encode(), "saved.html")
    assert engine_of(page, "saved.html") == "bing"
    (only,) = read_results(page, "saved.html") or ()
    assert (only.ranks[0].query, only.ranks[0].position) == ("jane roe", 11)


def test_every_engine_has_its_own_id() -> None:
    assert len({engine.id for engine in ENGINES}) == len(ENGINES)


# ---------------------------------------------------------------------------- the first screen


def test_the_panel_and_the_pack_are_listings_and_do_not_change_the_numbering() -> None:
    html = PAGES["google today"][1].replace(
        "</body>",
        """<div class="rllt__details"><div class="dbg0pd">Roe Haematology</div><div><span>4.4</span> (2 130) · Haematologist</div><div>12 Elm St, Boston · 617-555-0134</div></div>
        <div id="rhs"><div data-attrid="title">Jane Roe, MD</div><div data-attrid="kc:/collection/knowledge_panels/local_reviewable:star_score"><span class="Aq14fc">4.1</span><span class="hqzQac">23 Google reviews</span></div>
        <a class="ab_button" href="https://roe.example.org/">Website</a><div data-attrid="kc:/location/location:address">Address: 12 Elm St, Boston, MA 02118</div><div data-attrid="kc:/collection/knowledge_panels/has_phone:phone">Phone: (617) 555-0134</div><a data-fid="0x1:0xff">x</a></div></body>""",
    )
    found = results(html)
    assert [mention.url for mention in found[:2]] == [FIRST, SECOND]
    panel, place = (mention for mention in found if mention.kind is Kind.LISTING)
    assert (panel.kind, panel.title, panel.key, panel.url) == (
        Kind.LISTING,
        "Jane Roe, MD",
        "google:cid-255",
        "https://www.google.com/maps?cid=255",
    )
    assert (panel.rating_value, panel.best_rating, panel.rating_count) == (4.1, 5.0, 23)
    assert panel.claimed("telephone") == ("(617) 555-0134",)
    assert panel.claimed("street_address") == ("12 Elm St, Boston, MA 02118",)
    assert panel.claimed("url") == ("https://roe.example.org/",)
    assert (place.title, place.rating_value, place.rating_count) == ("Roe Haematology", 4.4, 2130)
    assert place.claimed("telephone") == ("617-555-0134",)
    assert place.claimed("specialty") == ("Haematologist",)
    assert place.ranks == ()
    assert [rank.position for rank in panel.ranks] == [0]


def test_the_ai_summary_is_an_answer_with_what_it_cites() -> None:
    summary = "Dr. Jane Roe is a haematologist in Boston who treats lymphoma and teaches at an invented school of medicine, patients say."
    html = PAGES["google today"][1].replace(
        '<div id="rso">',
        f'<div class="block"><h2>AI Overview</h2><div>{summary}</div><a href="https://clinic.example.org/roe">Clinic</a></div><div id="rso">',
    )
    answer = next(mention for mention in results(html) if mention.kind is Kind.ANSWER)
    assert summary in (answer.text or "")
    assert answer.claimed("citation") == ("https://clinic.example.org/roe",)


def test_the_summary_s_two_columns_are_one_answer() -> None:
    html = PAGES["google today"][1].replace(
        '<div id="rso">',
        """<div id="rso"><div data-mcpr><div data-container-id="main-col"><div>Dr. Jane Roe is a haematologist in Boston.</div><a class="PMDqCb" href="https://clinic.example.org/roe"></a></div>
        <div data-container-id="rhs-col"><ul><li><a class="NDNGvf" href="https://clinic.example.org/roe"></a></li><li><a class="NDNGvf" href="https://news.example.com/roe"></a></li></ul></div></div>""",
    )
    found = results(html)
    assert [mention.url for mention in found[:2]] == [FIRST, SECOND]
    answer = next(mention for mention in found if mention.title == "AI summary")
    assert answer.text == "Dr. Jane Roe is a haematologist in Boston."
    assert answer.claimed("citation") == ("https://clinic.example.org/roe", "https://news.example.com/roe")


@pytest.mark.parametrize(
    ("case", "panel"),
    [
        (
            "bing today",
            """<aside id="b_context"><div class="b_entityTP"><h2 class="b_entityTitle">Jane Roe, MD</h2><div class="b_entitySubTitle">Haematologist in Boston</div>
            <a aria-label="Website" href="https://roe.example.org/">Website</a><ul><li class="b_factrow"><b>Address:</b> 12 Elm St, Boston</li><li class="b_factrow"><b>Phone:</b> (617) 555-0134</li></ul><div>Rating: 4.6/5 · 38 reviews</div></div></aside>""",
        ),
        (
            "brave",
            """<section id="infobox"><div class="infobox-header"><div class="infobox-header-title">Jane Roe, MD</div><div class="t-tertiary">Haematologist in Boston</div><div class="infobox-website"><a href="https://roe.example.org/">roe.example.org</a></div></div>
            <div>Address</div><div>12 Elm St, Boston</div><div>Phone</div><div>(617) 555-0134</div><div>4.6 (38)</div></section>""",
        ),
    ],
)
def test_other_engines_have_panels_too(case: str, panel: str) -> None:
    found = results(PAGES[case][1].replace("</body>", f"{panel}</body>"))
    assert [mention.url for mention in found[:2]] == [FIRST, SECOND]
    listing = found[2]
    assert (listing.kind, listing.title) == (Kind.LISTING, "Jane Roe, MD")
    assert (listing.rating_value, listing.best_rating, listing.rating_count) == (4.6, 5.0, 38)
    assert listing.claimed("street_address") == ("12 Elm St, Boston",)
    assert listing.claimed("telephone") == ("(617) 555-0134",)
    assert listing.claimed("specialty") == ("Haematologist in Boston",)
    assert listing.claimed("url") == ("https://roe.example.org/",)
    assert [rank.position for rank in listing.ranks] == [0]


def test_a_summary_that_could_not_be_made_is_none() -> None:
    html = PAGES["google today"][1].replace(
        '<div id="rso">',
        '<div><h2>AI Overview</h2><div>An AI Overview is not available for this search</div><a href="https://support.google.com/websearch">Learn more</a><p>Try again later, or ask in other words.</p></div><div id="rso">',
    )
    assert all(mention.title != "AI summary" for mention in results(html))


def test_what_people_also_ask_is_no_link() -> None:
    asked = results(PAGES["google today"][1])[-1]
    assert (asked.kind, asked.title, asked.url) == (
        Kind.ANSWER,
        "Who is Jane Roe?",
        "https://example.com/asked",
    )
    assert asked.claimed("result_type") == ("people_also_ask",)


def test_top_stories_are_articles() -> None:
    story = "https://news.example.com/roe"
    html = PAGES["google today"][1].replace(
        '<div id="rso">',
        f'<g-section-with-header><h3>Top stories</h3><a href="{story}"><div role="heading">Invented hospital opens a wing named for its haematologists</div><span>Nov 3, 2026</span></a><p>{"x " * 60}</p></g-section-with-header><div id="rso">',
    )
    article = next(mention for mention in results(html) if mention.kind is Kind.ARTICLE)
    assert (article.url, article.date_published) == (story, "2026-11-03")


# ---------------------------------------------------------------------------- links, ratings, dates


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/url?q=https://example.com/a%3Fb%3Dc&sa=U", "https://example.com/a?b=c"),
        ("https://www.google.de/url?sa=t&url=https%3A%2F%2Fexample.com%2F", "https://example.com/"),
        ("/url?q=/search?q=x", None),
        ("/search?q=x", None),
        ("/aclk?sa=l", None),
        ("https://www.googleadservices.com/pagead/aclk?x", None),
        ("https://www.google.com/books?id=1", "https://www.google.com/books?id=1"),
        ("https://cloud.google.com/", "https://cloud.google.com/"),
        ("https://scholar.google.com/citations?user=x", "https://scholar.google.com/citations?user=x"),
        ("https://scholar.google.com/scholar?q=jane+roe&hl=en&as_sdt=0&as_vis=1&oi=scholart", None),
        ("https://www.google.com/", None),
        ("javascript:void(0)", None),
        ("#", None),
        ("", None),
        (None, None),
        ("http://[bad", None),
        ("ftp://example.com/", None),
    ],
)
def test_where_a_link_of_google_leads(href: str | None, found: str | None) -> None:
    assert target(href, "https://www.google.com/") == found


def test_a_broken_redirect_of_bing_stays_bing_s() -> None:
    assert target("https://www.bing.com/ck/a?u=a1%%%", "https://www.bing.com/") is None


@given(st.text(max_size=40), st.sampled_from(["a1", "", "a0"]))
def test_no_link_breaks_the_decoder(text: str, begin: str) -> None:
    for href in (
        text,
        f"/url?q={text}",
        f"https://www.bing.com/ck/a?u={begin}{text}",
        f"//duckduckgo.com/l/?uddg={text}",
        f"https://r.search.yahoo.com/RU={text}/RK=2",
    ):
        found = target(href, "https://www.google.com/")
        assert found is None or found.startswith(("http://", "https://"))


@given(st.sampled_from([FIRST, SECOND, "https://example.com/ä?x=1&y=%2F", "http://example.org/a/b/c"]))
def test_every_redirect_is_undone(url: str) -> None:
    assert target(bing_link(url).replace("&amp;", "&"), "https://www.bing.com/") == url
    assert target(yahoo_link(url), "https://search.yahoo.com/") == url
    assert target(f"//duckduckgo.com/l/?uddg={quote(url, safe='')}", "https://html.duckduckgo.com/") == url
    assert target(f"/url?q={quote(url, safe='')}&sa=U", "https://www.google.com/") == url


@pytest.mark.parametrize(
    ("text", "value", "best", "count"),
    [
        ("Rating: 4.6 · 38 reviews", 4.6, 5.0, 38),
        ("Bewertung: 4,7 - 131 Abstimmungsergebnisse", 4.7, 5.0, 131),
        ("Rating: 9.2/10 · 1,204 votes", 9.2, 10.0, 1204),
        ("4,4 (2 130) · Plombier", 4.4, 5.0, 2130),
        ("4.6(38)", 4.6, 5.0, 38),
        ("Note : 4,4 sur 5 · 12 avis", 4.4, 5.0, 12),
    ],
)
def test_ratings_are_read_as_printed(text: str, value: float, best: float, count: int) -> None:
    found = stars_in(text)
    assert found is not None
    assert (found.value, found.best, found.count) == (value, best, count)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rated 5",
        "call 617-555-0134 (38)",
        "version 4.6",
        "Rating: 92% · 38 votes",
        "0.0 (0)",
        "Rating: 4.6",
    ],
)
def test_a_rating_is_not_made_up(text: str) -> None:
    assert stars_in(text) is None


def test_dates_before_a_snippet() -> None:
    assert date_in("Jul 21, 2026 — She") == "2026-07-21"
    assert date_in("20 Nov 2020 · She") == "2020-11-20"
    assert date_in("Nov 21, 2019In keyword") == "2019-11-21"
    assert date_in("5 days ago — She") is None
    assert date_in("May 5, 2020 Dr. Roe joined the clinic") is None


def test_whole_numbers_with_any_separator() -> None:
    assert [whole(text) for text in ("2\u00a0130", "54.624", "1,204", "x", "9" * 20)] == [
        2130,
        54624,
        1204,
        None,
        None,
    ]


# ---------------------------------------------------------------------------- size


@pytest.mark.parametrize("engine", ["google", "bing"])
def test_ten_thousand_results_are_read_in_bounded_time(engine: str) -> None:
    one = {
        "google": '<div class="g"><a href="https://example.com/{n}"><h3>T {n}</h3></a><span class="st">text</span></div>',
        "bing": '<li class="b_algo"><h2><a href="https://example.com/{n}">T {n}</a></h2><p>text</p></li>',
    }[engine]
    begin = {"google": GOOGLE_HEAD + '<div id="rso">', "bing": '<title>x - Bing</title><ol id="b_results">'}[
        engine
    ]
    html = begin + "".join(one.format(n=n) for n in range(10_000))
    started = time.monotonic()
    assert len(results(html)) == 10_000
    assert time.monotonic() - started < 20


@given(
    st.sampled_from(sorted(PAGES)),
    st.lists(
        st.tuples(
            st.integers(0, 2_000),
            st.sampled_from(["</div>", "<a>", "<h3>", '"', "<", ">", "&", "<li class=g>", "x"]),
        )
    ),
)
def test_no_damage_to_a_result_page_breaks_the_reader(case: str, damage: list[tuple[int, str]]) -> None:
    html = PAGES[case][1]
    for at, put in damage:
        html = f"{html[:at]}{put}{html[at + 3 :]}"
    try:
        found = read_results(open_page(html.encode(), "page.html"), "page.html")
    except (Blocked, Unreadable) as error:
        said = str(error)
    else:
        said = "" if found is None else " ".join(mention.key for mention in found)
    assert "\n" not in said


@pytest.mark.parametrize(
    "said",
    [
        "Din sökning - zxqv - matchade inte några dokument.",
        "Din søgning - zxqv - matchede ikke nogen dokumenter.",
        "Podana fraza - zxqv - nie została odnaleziona.",
        "Aramanız - zxqv - hiçbir belgeyle eşleşmedi.",
        "zxqv에 대한 검색결과가 없습니다.",
    ],
)
def test_google_says_in_many_languages_that_there_is_nothing(said: str) -> None:
    html = GOOGLE_HEAD + f"<div id=topstuff><p>{said}</p></div></body></html>"
    assert results(html, "https://www.google.com/search?q=zxqv") == ()


def test_the_snippet_of_duckduckgo_lite_stands_in_the_row_below() -> None:
    row = "<tr><td>{n}.</td><td><a class=result-link href='https://example.org/{n}'>Page {n}</a></td></tr>\n"
    text = (
        "<tr><td></td><td class='result-snippet'>Text {n}</td></tr><tr><td><span>example.org</span></td></tr>"
    )
    rows = row.format(n=1) + text.format(n=1) + row.format(n=2) + row.format(n=3) + text.format(n=3)
    html = f"<title>jane roe at DuckDuckGo</title><table>{rows}</table>"
    found = results(html, "https://lite.duckduckgo.com/lite/")
    assert [one.text for one in found] == ["Text 1", None, "Text 3"]
