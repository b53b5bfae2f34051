from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.walls import fault_of, visible, wall_of

WALLS = Path(__file__).parents[1] / "captures" / "pages" / "walls"


def wall(name: str) -> str:
    return (WALLS / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "vendor"),
    [
        ("cloudflare", "Cloudflare"),
        ("press-and-hold", "HUMAN (PerimeterX)"),
        ("datadome", "DataDome"),
        ("no-vendor", "One moment"),
    ],
)
def test_a_wall_is_told_with_its_vendor(name: str, vendor: str) -> None:
    assert (wall_of(wall(name)) or "").startswith(vendor)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<title>Just a moment...</title><body></body>", "Just a moment"),
        ("<title>Attention Required! | Cloudflare</title><h1>One more step</h1>", "Attention Required"),
        (
            "<title>Access Denied</title><p>You don't have permission to access this on this server. Reference #18.2",
            "Access Denied",
        ),
        (
            "<title>doc - Search</title><script>CfConfig={}</script><h1>One last step</h1><p>Please solve the challenge below to continue",
            "Bing",
        ),
        (
            "<title>https://www.google.com/search?q=x</title><p>Our systems have detected unusual traffic from your computer network.",
            "Google",
        ),
        ("<p>Unfortunately, bots use DuckDuckGo too.<div class='anomaly-modal__title'></div>", "DuckDuckGo"),
        (
            "<title>Pardon Our Interruption</title><p>As you were browsing something made us think you were a bot.",
            "Pardon",
        ),
        ("<title>Reddit - Pair your account to this browser</title><p>Prove your humanity", "Reddit"),
        (
            "<title>Service unavailable</title><p>Unfortunately we are not yet available in your country.",
            "not yet available",
        ),
        ("<title>x</title><p>Making sure you&#39;re not a bot!", "Anubis"),
        ("<title>429 Too Many Requests</title>", "429"),
        ("<title>LinkedIn Login, Sign in | LinkedIn</title><p>Sign in", "sign-in wall"),
        ("<title>Log in to Facebook</title><p>You must log in to continue.", "sign-in wall"),
    ],
)
def test_walls_of_many_makers_are_told(body: str, said: str) -> None:
    assert said in (wall_of(body) or "")


PROFILE = '<div itemscope itemtype="http://schema.org/Physician"><h1 itemprop=name>Dr. Jane Roe</h1></div>'


@pytest.mark.parametrize(
    "body",
    [
        "<title>Jane Roe</title><form><div class=g-recaptcha data-sitekey=x></div></form>"
        + "<p>Oncologist in Boston. " * 20,
        PROFILE + "<script>window._pxAppId='x'</script><div id=px-captcha></div>",
        PROFILE + "<p>Please verify you are human to leave a review.",
        "<title>How captchas work</title><article><p>Sites ask you to verify you are human. 'Access to this page has been denied', they say.</article>",
        "<title>Captchas</title>" + "<a href=/x>menu</a>" * 30 + "<p>Are you a robot?",
        "<title>Security in clinics</title><p>" + "A captcha asks: verify you are human. " * 200,
        "<title>Jane Roe</title><p>She was denied access to the records, she said; the request was blocked by her office.",
        "",
        "<p>x",
    ],
)
def test_a_page_that_mentions_such_words_is_no_wall(body: str) -> None:
    assert wall_of(body) is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (wall("proxy"), "proxy"),
        ("404 File Not Found", "404"),
        ("<title>Page not found</title>", "404"),
        (
            '<title>Directories will be right back</title><img alt="We\'re currently updating our site.">',
            "maintenance",
        ),
        ("<title>Scheduled maintenance</title><p>We'll be back soon", "maintenance"),
        ("<title>502 Bad Gateway</title>", "server"),
        ("<title>Service Temporarily Unavailable</title>", "server"),
    ],
)
def test_error_pages_are_told_from_walls(body: str, kind: str) -> None:
    assert wall_of(body) is None
    assert kind in (fault_of(body) or "")


def test_an_ordinary_page_is_no_error_page() -> None:
    assert fault_of(PROFILE + "<p>404 Invented Street") is None
    assert fault_of("<title>Harbor Oncology</title><p>We opened in 2019, at 12 Invented Street.") is None


@pytest.mark.parametrize(
    "piece",
    ["<", "<script>", "<!--", "<title>", "<img alt='", "<noscript>", "<h1>", "one last step ", "var dd={"],
)
def test_long_hostile_pages_take_linear_time(piece: str) -> None:
    body = piece * (2_000_000 // len(piece))
    start = time.perf_counter()
    wall_of(body)
    fault_of(body)
    assert time.perf_counter() - start < 3


@given(st.text(alphabet="<>!-/ abscriptnoyle\"'=", max_size=200))
def test_what_is_visible_has_no_tags_left(text: str) -> None:
    assert "<b>" not in visible(f"{text}<b>x</b>") or "<b>" in text


@pytest.mark.parametrize(
    "html",
    [
        "<title>Request Rejected</title>The requested URL was rejected. Your support ID is: 123",
        "<title>Sucuri WebSite Firewall - Access Denied</title><h1>Access Denied</h1>",
        "<script src='/1/2/ips.js?KP_UIDz=x'></script>",
        "<script>window.location.href='https://www.linkedin.com/authwall?trk=x'</script>",
        "<title>Un momento…</title><p>Verifique que es un ser humano</p>",
        "<title>Nur einen Moment…</title><p>Bitte warten</p>",
        "<title>Проверка</title><p>Подтвердите, что вы не робот</p>",
        "<div class=geetest_captcha></div>请完成安全验证",
        "<title>A network of doctors</title><h1>Sign in to continue</h1><input type=password>",
    ],
)
def test_walls_of_more_vendors_and_languages(html: str) -> None:
    assert wall_of(f"<html><body>{html}</body></html>") is not None


@pytest.mark.parametrize(
    "sensor",
    [
        "<div class=cf-turnstile></div><script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script>",
        "<script src='/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e'></script>",
        "<script>window.KPSDK={}</script>",
        "<script src='https://abc.token.awswaf.com/abc/challenge.js'></script>",
        "<script src='https://js.datadome.co/tags.js'></script>",
        "<a href=/login>Sign in to continue booking</a>",
        "<p>We value your privacy. <button>Accept all</button></p>",
        "<p>The front desk was temporarily unavailable, and too many requests went unanswered.</p>",
    ],
)
def test_what_stands_on_every_page_behind_a_wall_makes_no_wall_of_a_page_with_an_address(sensor: str) -> None:
    page = f"<title>Jane Roe, MD</title><h1>Jane Roe, MD</h1><p>12 Elm St, Boston, MA 02115, 617-555-0134</p>{sensor}"
    assert (wall_of(page), fault_of(page)) == (None, None)


@pytest.mark.parametrize(
    "page",
    [
        "<body><script src='/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e'></script></body>",
        "<body><script>window.KPSDK={};</script><script src='/149e/ips.js'></script></body>",
        "<title>Consent</title><h1>We value your privacy</h1><p>We and our partners store information on a device.</p>",
        "<title>ERROR: The request could not be satisfied</title><p>Request blocked. We can't connect to the server.</p>",
        "<title>Not Acceptable!</title><p>This error was generated by Mod_Security.</p>",
    ],
)
def test_a_page_of_nothing_but_a_sensor_or_consent_is_a_wall(page: str) -> None:
    assert wall_of(page)


def test_an_error_page_with_all_the_menus_of_its_site_is_an_error_page() -> None:
    menu = "".join(f"<a href='/topic-{n}'>Topic {n}</a>" for n in range(40))
    assert fault_of(f"<title>Example</title><h1>Sorry, the page you requested could not be found.</h1>{menu}")
