"""What the fetcher does on servers that behave well, slowly and badly."""

from __future__ import annotations

import gzip
import logging
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from typing import Any

import pytest

from reputation.discovery.fetch import NotHeld, WebFetch, replay_fetch, web_fetch
from reputation.errors import Blocked, ConfigError, Quota, SourceError, Unreachable, Unreadable
from reputation.model import Access, Capture, Request, Source

from .conftest import Asked, Reply, Script, Site, html, json_reply, source_at

Serve = Callable[[Script], Site]
KEY = "s3cr3t/key+of=hers"


def no_key(_source: Source) -> str | None:
    return None


def the_key(_source: Source) -> str | None:
    return KEY


@contextmanager
def fetching(**settings: Any) -> Iterator[WebFetch]:
    given: dict[str, Any] = {"keys": no_key, "deadline_s": 5.0, "backoff_base_s": 0.01}
    with web_fetch(**(given | settings)) as fetch:
        yield fetch


def ask(
    source: Source, path: str = "/", *, settings: dict[str, Any] | None = None, **request: Any
) -> Capture:
    with fetching(**(settings or {})) as fetch:
        return fetch(source, Request(url=f"{source.base_url}{path}", **request))


# ---------------------------------------------------------------------------- replies


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 410, 500])
def test_a_reply_of_any_status_is_a_capture(serve: Serve, status: int) -> None:
    site = serve(lambda _: json_reply('{"a": 1}', status))
    capture = ask(source_at(site.base), "/x?q=jane")
    assert (capture.status, capture.body) == (status, b'{"a": 1}')
    assert capture.url == f"{site.base}/x?q=jane"
    assert capture.media_type == "application/json"
    assert capture.source == "here"
    assert capture.fetched_at.tzinfo is UTC
    assert len(site.asked) == 1


def test_a_post_carries_its_body_and_headers(serve: Serve) -> None:
    site = serve(lambda asked: json_reply(asked.body.decode()))
    capture = ask(
        source_at(site.base), method="POST", body=b'{"q": "J\xc3\xa4ne"}', headers=(("X-Mode", "keyless"),)
    )
    assert capture.body == b'{"q": "J\xc3\xa4ne"}'
    assert site.asked[0].headers["X-Mode"] == "keyless"
    assert "repaudit" in site.asked[0].headers["User-Agent"]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda b: zlib.compress(b)[2:-4]])
def test_packed_bodies_are_unpacked(serve: Serve, pack: Callable[[bytes], bytes]) -> None:
    text = b"Jane Roe " * 50_000
    name = "gzip" if pack is gzip.compress else "deflate"
    site = serve(lambda _: (200, {"Content-Encoding": name}, pack(text)))
    assert ask(source_at(site.base)).body == text


def test_a_bomb_is_not_unpacked(serve: Serve) -> None:
    bomb = gzip.compress(bytes(64_000_000), mtime=0)
    site = serve(lambda _: (200, {"Content-Encoding": "gzip"}, bomb))
    with pytest.raises(Unreachable, match="larger than 2 MB"):
        ask(source_at(site.base), settings={"max_bytes": 2_000_000})


def test_a_body_that_is_too_large_is_not_read_to_its_end(serve: Serve) -> None:
    site = serve(lambda _: (200, {}, bytes(3_000_000)))
    with pytest.raises(Unreachable, match="larger than 1 MB"):
        ask(source_at(site.base), settings={"max_bytes": 1_000_000})


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "gzip, br"])
def test_packings_that_were_not_asked_for_are_refused(serve: Serve, encoding: str) -> None:
    site = serve(lambda _: (200, {"Content-Encoding": encoding}, gzip.compress(b"x", mtime=0)))
    with pytest.raises(Unreadable, match="not asked for"):
        ask(source_at(site.base))


def test_a_packed_body_that_is_cut_off_is_not_read_as_whole(serve: Serve) -> None:
    site = serve(lambda _: (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(range(256)) * 99)[:-30]))
    with pytest.raises(Unreadable, match="cut off"):
        ask(source_at(site.base))


# ---------------------------------------------------------------------------- time


def drip(first: bytes) -> Iterator[tuple[str, threading.Event]]:
    """A server that sends `first` and then one byte each 50 ms, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def run() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(first)
            try:
                while not stop.wait(0.05):
                    connection.sendall(b"a")
            except OSError:
                return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", stop
    stop.set()
    listener.close()
    thread.join()


@pytest.mark.parametrize(
    "first", [b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-"]
)
def test_a_server_that_drips_is_cut_off_at_the_deadline(first: bytes) -> None:
    for base, _ in drip(first):
        begun = time.monotonic()
        with pytest.raises(Unreachable, match="did not answer in full within 1 s"):
            ask(source_at(base), settings={"deadline_s": 0.6})
        assert time.monotonic() - begun < 1.5


def test_a_host_is_asked_no_faster_than_its_pause(serve: Serve) -> None:
    site = serve(lambda _: json_reply("{}"))
    source = source_at(site.base, pause_s=0.15)
    with fetching() as fetch:
        for n in range(3):
            fetch(source, Request(url=f"{site.base}/{n}"))
    gaps = [b.at - a.at for a, b in zip(site.asked, site.asked[1:], strict=False)]
    assert min(gaps) >= 0.13  # as the server saw it arrive, on a busy machine


def test_closing_wakes_who_waits_for_a_turn(serve: Serve) -> None:
    site = serve(lambda _: json_reply("{}"))
    source = source_at(site.base, pause_s=60.0)
    fetch = web_fetch(keys=no_key)
    fetch(source, Request(url=f"{site.base}/1"))
    threading.Timer(0.1, fetch.close).start()
    with pytest.raises(Unreachable, match="stopped"):
        fetch(source, Request(url=f"{site.base}/2"))


# ---------------------------------------------------------------------------- again


def test_trouble_is_asked_again_and_then_told(serve: Serve) -> None:
    site = serve(lambda _: json_reply("{}", 503))
    assert ask(source_at(site.base)).status == 503
    assert len(site.asked) == 3


def test_a_second_try_may_succeed(serve: Serve) -> None:
    site = serve(lambda _: json_reply("{}", 200 if len(site.asked) > 1 else 502))
    assert ask(source_at(site.base)).status == 200


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_honoured(serve: Serve, as_date: bool) -> None:
    def script(_: Asked) -> Reply:
        moment = datetime.now(UTC) + timedelta(seconds=1.99)
        wait = format_datetime(moment, usegmt=True) if as_date else "1"
        return json_reply("{}", 429, {"Retry-After": wait}) if len(site.asked) == 1 else json_reply("{}")

    site = serve(script)
    assert ask(source_at(site.base)).status == 200
    assert site.asked[1].at - site.asked[0].at >= 0.95


def test_who_asks_to_be_left_alone_for_long_is_left_alone(serve: Serve) -> None:
    site = serve(lambda _: json_reply("{}", 429, {"Retry-After": "86400"}))
    with fetching() as fetch:
        assert fetch(source_at(site.base), Request(url=f"{site.base}/1")).status == 429
        with pytest.raises(Quota, match="left alone"):
            fetch(source_at(site.base), Request(url=f"{site.base}/2"))
    assert len(site.asked) == 1


def test_a_broken_connection_is_tried_again_and_then_told(serve: Serve) -> None:
    site = serve(lambda _: (0, {"X-Raw": "1"}, b""))
    with pytest.raises(Unreachable, match="broke off"):
        ask(source_at(site.base))
    assert len(site.asked) == 3


def test_nobody_there_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 refused the connection"):
        ask(source_at(f"http://127.0.0.1:{port}"))


def test_an_unknown_name_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable, match=r"the name no-such\.example\.org cannot be resolved"):
        ask(source_at("https://no-such.example.org"))


def test_a_name_that_resolves_too_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: go_on.wait(10) and [])
    begun = time.monotonic()
    with pytest.raises(Unreachable, match="was not resolved within"):
        ask(source_at("https://slow.example.org"), settings={"deadline_s": 0.3})
    assert time.monotonic() - begun < 2
    go_on.set()


def test_what_is_no_tls_is_one_clear_line(serve: Serve) -> None:
    site = serve(lambda _: json_reply("{}"))
    base = site.base.replace("http:", "https:")
    with pytest.raises(Unreachable, match=r"no secure connection to 127\.0\.0\.1"):
        ask(source_at(base))


# ---------------------------------------------------------------------------- reach


def test_a_private_address_is_refused_unless_the_workspace_names_it(serve: Serve) -> None:
    site = serve(lambda _: json_reply("{}"))
    shipped = source_at("https://api.example.org", trusted_host=False)
    for url in (
        site.base,
        "http://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://2130706433/",
    ):
        with fetching() as fetch, pytest.raises(Blocked, match=r"private|ports 80 and 443"):
            fetch(shipped, Request(url=url))
    assert site.asked == []
    with fetching(trusted=frozenset({site.host})) as fetch:
        assert fetch(shipped, Request(url=site.base)).status == 200


def test_a_name_that_points_at_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("10.0.0.7", "169.254.169.254", "::ffff:192.168.1.1", "64:ff9b::a00:1", "100.64.0.1"):
        answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, answer=answer, **__: answer)
        with fetching() as fetch, pytest.raises(Blocked, match="private address"):
            fetch(
                source_at("https://rebind.example.org", trusted_host=False),
                Request(url="https://rebind.example.org/"),
            )


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a",
        "file:///etc/passwd",
        "https://jane:secret@example.org/",
        "https://example.org:8443/",
        "javascript:alert(1)",
        "//example.org/",
    ],
)
def test_other_schemes_ports_and_userinfo_are_refused(url: str) -> None:
    with fetching() as fetch, pytest.raises(Blocked):
        fetch(source_at("https://example.org", trusted_host=False), Request(url=url))


def test_what_is_no_address_is_one_clear_line() -> None:
    for url in ("http://[::1", "http://exa mple.org/", "http://example.org:99999999/"):
        with fetching() as fetch, pytest.raises(SourceError):
            fetch(source_at("https://example.org"), Request(url=url))


def test_the_host_of_a_manual_source_is_never_fetched(serve: Serve) -> None:
    manual = serve(lambda _: html("<html>"))
    site = serve(lambda _: html("", 302, Location=f"{manual.base}/doctor"))
    sources = (
        source_at(manual.base, "ratings", access=Access.MANUAL),
        source_at("https://healthgrades.com", "healthgrades", access=Access.RETIRED, trusted_host=False),
        source_at(site.base),
    )
    with fetching(sources=sources) as fetch:
        for url in (
            f"{site.base}/redirects",
            f"{manual.base}/x",
            "https://www.healthgrades.com/x",
            "http://HEALTHGRADES.com./x",
            "https://m.healthgrades.com/x",
        ):
            with pytest.raises(Blocked, match="never fetched"):
                fetch(sources[2], Request(url=url))
    assert manual.asked == []


# ---------------------------------------------------------------------------- redirects


def test_redirects_are_followed_by_hand(serve: Serve) -> None:
    def script(asked: Asked) -> Reply:
        step = int(asked.path.strip("/") or 0)
        return html("there") if step == 5 else html("", 302, Location=f"/{step + 1}")

    site = serve(script)
    capture = ask(source_at(site.base), "/0")
    assert (capture.url, capture.body) == (f"{site.base}/5", b"there")


def test_a_circle_of_redirects_ends(serve: Serve) -> None:
    site = serve(lambda _: html("", 301, Location="/again"))
    with pytest.raises(Unreachable, match="redirects in circles"):
        ask(source_at(site.base))
    assert len(site.asked) == 6


def redirecting(target: str, _asked: Asked) -> Reply:
    return html("", 302, Location=target)


def test_a_redirect_to_a_private_address_is_refused(serve: Serve) -> None:
    secret = serve(lambda _: html("the router's own page"))
    for target in (
        secret.base,
        "http://127.0.0.1/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "gopher://x/",
    ):
        site = serve(partial(redirecting, target))
        with pytest.raises(Blocked):
            ask(source_at(site.base))
    assert secret.asked == []


@pytest.mark.parametrize(
    ("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")]
)
def test_a_redirected_post_becomes_a_get_where_http_says_so(serve: Serve, status: int, method: str) -> None:
    site = serve(lambda asked: html("ok") if asked.path == "/b" else html("", status, Location="/b"))
    ask(source_at(site.base), "/a", method="POST", body=b"x", headers=(("Content-Type", "text/plain"),))
    assert [one.method for one in site.asked] == ["POST", method]
    assert site.asked[1].body == (b"x" if method == "POST" else b"")


def test_what_was_posted_is_not_sent_on_to_another_host(serve: Serve) -> None:
    other = serve(lambda _: html("ok"))
    site = serve(lambda _: html("", 307, Location=other.base))
    with pytest.raises(Blocked, match="not sent on"):
        ask(source_at(site.base), method="POST", body=b"names", settings={"trusted": frozenset({other.host})})
    assert other.asked == []


# ---------------------------------------------------------------------------- robots


ROBOTS = (
    "User-agent: *\nDisallow: /private\nAllow: /private/but\n\nUser-agent: repaudit\nDisallow: /*/reviews$\n"
)


def test_robots_txt_is_obeyed_for_pages_alone(serve: Serve) -> None:
    site = serve(lambda asked: (200, {}, ROBOTS.encode()) if asked.path == "/robots.txt" else html("ok"))
    source = source_at(site.base)
    with fetching() as fetch:
        assert fetch(source, Request(url=f"{site.base}/dr/jane", is_page=True)).body == b"ok"
        assert fetch(source, Request(url=f"{site.base}/private", is_page=True)).body == b"ok"
        with pytest.raises(Blocked, match=r"robots.txt forbids"):
            fetch(source, Request(url=f"{site.base}/jane/reviews", is_page=True))
        assert fetch(source, Request(url=f"{site.base}/jane/reviews")).body == b"ok"
    assert [one.path for one in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("status", "is_allowed"), [(404, True), (403, True), (410, True), (500, False), (503, False)]
)
def test_robots_txt_that_is_missing_allows_and_that_fails_forbids_for_now(
    serve: Serve, status: int, is_allowed: bool
) -> None:
    site = serve(lambda asked: html("", status) if asked.path == "/robots.txt" else html("ok"))
    if is_allowed:
        assert ask(source_at(site.base), "/jane", is_page=True).status == 200
    else:
        with pytest.raises(Blocked, match=r"robots.txt cannot be read \(HTTP 50"):
            ask(source_at(site.base), "/jane", is_page=True)
        assert site.paths() == []


def test_a_host_that_gives_no_answer_failed_and_did_not_forbid() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Unreachable, match=r"robots\.txt cannot be read"):
            ask(source_at(base), "/jane", is_page=True)


def test_a_modest_crawl_delay_is_kept(serve: Serve) -> None:
    rules = b"User-agent: *\nCrawl-delay: 0.3\n"
    site = serve(lambda asked: (200, {}, rules) if asked.path == "/robots.txt" else html("ok"))
    with fetching() as fetch:
        for n in range(2):
            fetch(source_at(site.base), Request(url=f"{site.base}/{n}", is_page=True))
    pages = [one for one in site.asked if one.path != "/robots.txt"]
    assert pages[1].at - pages[0].at >= 0.29


# ---------------------------------------------------------------------------- keys


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("query:api_key", "/s?q=jane&api_key=s3cr3t%2Fkey%2Bof%3Dhers"),
        ("header:X-Key", KEY),
        ("header:Authorization:Bearer", f"Bearer {KEY}"),
        ("header:Authorization:Bot ", f"Bot {KEY}"),
    ],
)
def test_the_key_is_put_in_at_send_time_alone(serve: Serve, place: str, expected: str) -> None:
    site = serve(lambda _: json_reply("{}"))
    source = source_at(site.base, key_env="HER_KEY")
    capture = ask(source, "/s?q=jane", key_in=place, settings={"keys": the_key})
    asked = site.asked[0]
    assert expected in (asked.path, asked.headers.get("X-Key"), asked.headers.get("Authorization"))
    assert capture.url == f"{site.base}/s?q=jane"
    assert KEY not in repr(capture)


def test_the_key_goes_to_no_other_host_and_into_no_record(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    other = serve(lambda asked: html(f"you asked {asked.path}"))
    site = serve(lambda asked: html("", 302, Location=f"{other.base}{asked.path}"))
    source = source_at(site.base, key_env="HER_KEY")
    capture = ask(
        source,
        "/s?q=jane",
        key_in="query:key",
        settings={"keys": the_key, "trusted": frozenset({other.host})},
    )
    assert other.asked[0].path == "/s?q=jane"
    assert capture.url == f"{other.base}/s?q=jane"
    with fetching(keys=the_key) as fetch, pytest.raises(Blocked, match="its own host alone"):
        fetch(source, Request(url="https://example.org/x", key_in="header:X-Key"))
    assert "s3cr3t" not in caplog.text


def test_a_key_that_the_server_echoes_is_taken_out(serve: Serve) -> None:
    def script(asked: Asked) -> Reply:
        if asked.path.startswith("/a"):
            return html("", 302, Location=asked.path.replace("/a", "/b"))
        return json_reply(
            f'{{"key": "{KEY}", "url": "{asked.path}"}}', headers={"X-Echo": KEY, "Set-Cookie": "a=b"}
        )

    site = serve(script)
    capture = ask(source_at(site.base), "/a?q=1", key_in="query:key", settings={"keys": the_key})
    assert "s3cr3t" not in repr(capture)
    assert "set-cookie" not in dict(capture.headers)
    assert site.asked[1].path.count("key=") == 1


def test_a_key_that_cannot_be_sent_is_not_told_either(serve: Serve) -> None:
    site = serve(lambda _: json_reply("{}"))
    keys = {"keys": lambda _: "s3cr3t\r\nX-Injected: 1"}
    with pytest.raises(Unreachable, match="stray characters in its key") as caught:
        ask(source_at(site.base), "/s", key_in="header:X-Key", settings=keys)
    assert "s3cr3t" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert site.asked == []


@pytest.mark.parametrize("trouble", ["refused", "drip"])
def test_an_error_never_tells_the_key(serve: Serve, trouble: str) -> None:
    site = serve(
        lambda _: (0, {"X-Raw": "1"}, b"nonsense\r\n\r\n") if trouble == "drip" else (0, {"X-Raw": "1"}, b"")
    )
    with pytest.raises(SourceError) as caught:
        ask(source_at(site.base), "/s", key_in="query:key", settings={"keys": the_key})
    assert "s3cr3t" not in repr(caught.value) + str(caught.value)


# ---------------------------------------------------------------------------- the rest


def test_the_environments_proxy_is_not_used_and_the_settings_proxy_is(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(lambda asked: html(f"through the proxy: {asked.path}"))
    site = serve(lambda _: html("direct"))
    monkeypatch.setenv("HTTP_PROXY", proxy.base)
    monkeypatch.setenv("ALL_PROXY", proxy.base)
    assert ask(source_at(site.base)).body == b"direct"
    through = ask(source_at("http://web.example.org"), "/jane", settings={"proxy": proxy.base})
    assert through.body == b"through the proxy: http://web.example.org/jane"
    assert ask(source_at(site.base), settings={"proxy": proxy.base}).body == b"direct"
    with pytest.raises(Blocked, match="private"):
        ask(source_at("https://printer.local", trusted_host=False), settings={"proxy": proxy.base})


@pytest.mark.parametrize("settings", [{"proxy": "socks5://x"}, {"proxy": "nonsense"}, {"ca_file": __file__}])
def test_wrong_network_settings_are_told_at_once(settings: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=r"sources.toml: network\."):
        web_fetch(keys=no_key, **settings)


def test_several_threads_share_one_fetcher_and_a_host_is_asked_in_turn(serve: Serve) -> None:
    busy: list[int] = []
    most: list[int] = []

    def script(_: Asked) -> Reply:
        busy.append(1)
        most.append(len(busy))
        time.sleep(0.01)
        busy.pop()
        return json_reply("{}")

    site = serve(script)
    with fetching() as fetch:
        threads = [
            threading.Thread(target=fetch, args=(source_at(site.base), Request(url=f"{site.base}/{n}")))
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(site.asked) == 8
    assert max(most) == 1


def test_a_replay_answers_from_what_is_held(serve: Serve) -> None:
    site = serve(lambda _: json_reply("{}"))
    source = source_at(site.base)
    capture = ask(source, "/1")
    held = {capture.request.digest: capture}
    fetch = replay_fetch(lambda request: held.get(request.digest))
    assert fetch(source, Request(url=f"{site.base}/1")) == capture
    with pytest.raises(NotHeld, match="offline: not in the last audit"):
        fetch(source, Request(url=f"{site.base}/2"))
    assert NotHeld.status == "skipped"
