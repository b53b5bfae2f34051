"""Which addresses may be connected to, and within what time."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.bodies import read_body
from reputation.discovery.reach import (
    DENIED_4,
    is_never_fetched,
    is_private_name,
    is_public,
    netloc_of,
    never_fetched,
    trusted_places,
)
from reputation.discovery.retry import asked_wait_s, backoff_s
from reputation.discovery.robots import read_rules
from reputation.errors import Unreachable, Unreadable
from reputation.model import Access

from .conftest import source_at

PRIVATE_ADDRESSES = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.1 192.0.0.8 192.0.0.170 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:7f00:1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1
2001::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1 2002:a00:1::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1
fe80::1%eth0 fec0::1 ff02::1 4000::1 nonsense
"""
PUBLIC_ADDRESSES = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 192.0.1.1 198.17.0.1
198.20.0.1 223.255.255.255 2606:4700:4700::1111 2a00:1450::1 64:ff9b::808:808 ::ffff:8.8.8.8 2001:4860:4860::8888
"""


@pytest.mark.parametrize("address", PRIVATE_ADDRESSES.split())
def test_a_private_or_special_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES.split())
def test_an_ordinary_address_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_each_of_its_ipv6_dresses(address: IPv4Address) -> None:
    plain = is_public(str(address))
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        dressed = ip_address(int(ip_address(prefix)) + int(address))
        assert is_public(str(dressed)) == plain
    for lost in (0x2002 << 112 | int(address) << 80, int(address)):  # 6to4, and the old v4-compatible form
        assert not is_public(str(IPv6Address(lost)))


def test_the_denied_networks_are_those_of_the_registry_and_overlap_nowhere() -> None:
    assert ip_network("192.0.0.0/24") in DENIED_4
    for n, one in enumerate(DENIED_4):
        assert not any(one.overlaps(other) for other in DENIED_4[n + 1 :])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Example.ORG./x", "example.org:443"),
        ("http://example.org", "example.org:80"),
        ("http://[::1]:8080/", "::1:8080"),
        ("nonsense", ""),
        ("http://[bad", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_a_host_is_named_with_its_port(url: str, expected: str) -> None:
    assert netloc_of(url) == expected


def test_a_shut_host_is_shut_with_what_hangs_under_it_and_no_more() -> None:
    google = source_at("https://www.google.com/maps", "maps", access=Access.MANUAL)
    hosts = {"hosts": ["doctor.webmd.com", "doctoralia.mx", "webmd.com/doctors"]}
    doctor = source_at("https://doctor.webmd.com", "webmd", access=Access.MANUAL, options=hosts)
    local = source_at("http://127.0.0.1:81/a", "local", access=Access.RETIRED)
    news = source_at("https://www.google.com/alerts", "news")
    refused = never_fetched([google, doctor, local, news])
    for url in (
        "https://google.com/x",
        "http://www.google.com",
        "https://a.doctor.webmd.com/x",
        "https://doctoralia.mx/x",
        "https://doctor.webmd.com/x",
        "http://127.0.0.1:81/b",
    ):
        assert is_never_fetched(url, refused, news)
    for url in (
        "https://notgoogle.com",
        "https://sites.google.com/view/janeroe",
        "https://www.webmd.com/",
        "http://127.0.0.1:82/b",
        "https://google.com.evil.org",
    ):
        assert not is_never_fetched(url, refused, news)
    assert not is_never_fetched("https://www.google.com/alerts/feeds?q=x", refused, news)
    assert is_never_fetched("https://www.google.com/alerts/feeds?q=x", refused, local)
    assert is_never_fetched("https://www.google.com/other", refused, news)


@pytest.mark.parametrize(
    "host", ["localhost", "printer", "nas.local", "10.0.0.1", "0x7f.1", "127.1", "2130706433", "::1"]
)
def test_private_names_are_known_where_a_proxy_resolves_them(host: str) -> None:
    assert is_private_name(host)
    assert not is_private_name("api.example.org")
    assert not is_private_name("8.8.8.8")


def test_the_users_own_file_names_what_may_be_private() -> None:
    options = {
        "feeds": ["http://127.0.0.1:81/a", "https://www.google.com/x"],
        "one": {"url": "https://10.0.0.7/"},
    }
    sources = [
        source_at("http://127.0.0.1:82/api", "a", options=options),
        source_at("http://127.0.0.1:83", "b", trusted_host=False),
        source_at("http://127.0.0.1:84", "c", access=Access.MANUAL),
    ]
    assert trusted_places(sources) == {"127.0.0.1:81", "127.0.0.1:82", "10.0.0.7:443"}


# ---------------------------------------------------------------------------- bodies


@given(st.binary(max_size=200_000), st.integers(1, 5000), st.sampled_from(["gzip", "deflate", "raw", ""]))
def test_a_body_is_the_same_however_it_is_packed_and_cut(body: bytes, step: int, how: str) -> None:
    packed = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "raw": lambda b: zlib.compress(b)[2:-4],
        "": bytes,
    }[how](body)
    chunks = [packed[n : n + step] for n in range(0, len(packed), step)]
    if how == "raw" and packed[:1] == b"\x1f":
        return
    assert read_body(chunks, "deflate" if how == "raw" else how, 300_000) == body


def test_a_bomb_is_stopped_after_its_first_pieces() -> None:
    bomb = gzip.compress(bytes(50_000_000), mtime=0)
    fed: list[int] = []

    def chunks() -> object:
        for n in range(0, len(bomb), 512):
            fed.append(n)
            yield bomb[n : n + 512]

    with pytest.raises(Unreachable, match="larger than 1 MB"):
        read_body(chunks(), "gzip", 1_000_000)  # type: ignore[arg-type]
    assert len(fed) < 10


@pytest.mark.parametrize("body", [b"nonsense", b"\x1f\x8b\x08nonsense and more"])
def test_a_body_that_is_not_packed_as_it_says_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable, match=r"damaged|cut off"):
        read_body([body], "gzip", 1000)


# ---------------------------------------------------------------------------- waiting, robots


NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("-3", 0.0),
        ("Sat, 21 Nov 2026 12:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 11:00:30 GMT", 0.0),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str, seconds: float | None) -> None:
    assert asked_wait_s({"retry-after": value}, NOW) == seconds


def test_our_own_waits_grow() -> None:
    assert max(backoff_s(0, 1.0) for _ in range(99)) <= 1.5 < min(backoff_s(2, 1.0) for _ in range(99))


def test_a_very_long_crawl_delay_is_bounded() -> None:
    assert read_rules(200, b"User-agent: *\nCrawl-delay: 9999").delay_s == 10.0
    assert read_rules(404, b"User-agent: *\nDisallow: /").refuse("https://example.org/") is None
    assert read_rules(200, b"<html>no such page</html>").refuse("https://example.org/") is None
