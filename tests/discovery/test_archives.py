from __future__ import annotations

import base64
import gzip
import io
import json
import plistlib
import tarfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.discovery import archives, saved
from reputation.discovery.archives import gunzip, open_saved
from reputation.discovery.saved import OBSERVATION, Saved, address_in
from reputation.discovery.visits import without_secrets
from reputation.errors import Unreadable

URL = "https://www.healthgrades.com/physician/dr-jane-roe-x1234"
HTML = b"<!doctype html><html><head><title>Dr. Jane Roe</title></head><body><p>Caf\xc3\xa9</p></body></html>"
WEBARCHIVE = Path(__file__).parents[3] / "shared" / "recordings" / "saved_pages" / "crouton.webarchive"


def the_one(data: bytes, name: str) -> Saved:
    (only,) = open_saved(data, name)
    return only


# ---------------------------------------------------------------------------- HTML and text


def test_a_plain_page_is_taken_as_it_is() -> None:
    saved = the_one(HTML, "roe.html")
    assert (saved.body, saved.url, saved.media_type, saved.name) == (HTML, None, "text/html", "roe.html")


def test_a_page_without_an_ending_is_known_by_its_content() -> None:
    assert the_one(HTML, "roe").media_type == "text/html"


def test_singlefile_tells_address_and_time_even_before_the_encoding_is_declared() -> None:
    head = f"<!doctype html><html><!--\n Page saved with SingleFile \n url: {URL}?a=1&amp;b=2 \n saved date: Mon May 16 2022 23:51:35 GMT+0200 (hora de verano de España)\n--><meta charset=utf-8>"
    saved = the_one(head.encode("cp1252") + HTML, "roe.html")
    assert saved.url == f"{URL}?a=1&b=2"
    assert saved.saved_at == datetime(2022, 5, 16, 21, 51, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    "begin",
    [
        f"<!-- saved from url=(0055){URL} -->",
        f"<!--\n Archive processed by SingleFile \n url: {URL}\n-->",
        f'<html><head><link rel="canonical" href="{URL}">',
        f"<html><head><link href='{URL}' rel='canonical'>",
        f'<html><head><meta property="og:url" content="{URL}">',
        f'<html><head><base href="{URL}">',
    ],
)
def test_a_page_tells_where_it_came_from(begin: str) -> None:
    assert address_in(begin.encode() + HTML)[0] == URL


@pytest.mark.parametrize(
    "begin",
    [
        "<!-- saved from url=(0014)about:internet -->",
        '<link rel="canonical" href="/search">',
        '<link rel="canonical" href="javascript:alert(1)">',
        '<link rel="canonical" href="http://[broken">',
        "<!--\n Page saved with SingleFile \n url: file:///C:/Users/roe/page.html\n-->",
    ],
)
def test_what_is_no_web_address_is_none(begin: str) -> None:
    assert address_in(begin.encode() + HTML)[0] is None


def test_pasted_text_tells_its_address_in_one_of_its_first_lines() -> None:
    saved = the_one(f"# Dr. Jane Roe\nSource: {URL}\n\nGreat doctor.".encode(), "paste.md")
    assert (saved.url, saved.media_type) == (URL, "text/markdown")
    assert the_one(b"See https://example.com/x for more", "paste.txt").url is None


# ---------------------------------------------------------------------------- MHTML


def mhtml(
    body: bytes = HTML, *, encoding: str = "quoted-printable", charset: str = "", location: str = URL
) -> bytes:
    import quopri

    coded = {
        "quoted-printable": quopri.encodestring(body),
        "base64": base64.encodebytes(body),
        "binary": body,
    }[encoding]
    head = (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {URL}\nSubject: =?utf-8?Q?Roe?=\nDate: Fri, 20 Nov 2026 10:00:00 -0500\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----MultipartBoundary--x----"\n\n'
        "------MultipartBoundary--x----\nContent-Type: text/html\nContent-Location: https://ads.example.com/frame\n\n<p>a frame</p>\n"
        f"------MultipartBoundary--x----\nContent-Type: text/html{charset}\nContent-ID: <frame-1@mhtml.blink>\nContent-Transfer-Encoding: {encoding}\nContent-Location: {location}\n\n"
    )
    return head.encode() + coded + b"\n------MultipartBoundary--x------\n"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "binary"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_the_main_part_of_an_mhtml_file_is_the_page(encoding: str, ends: bytes) -> None:
    saved = the_one(mhtml(encoding=encoding).replace(b"\n", ends), "roe.mhtml")
    assert saved.body.strip() == HTML
    assert (saved.url, saved.media_type) == (URL, "text/html")
    assert saved.saved_at == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def test_an_mhtml_file_without_its_ending_in_the_name_is_known() -> None:
    assert the_one(mhtml(), "roe.txt.download").url == URL


def test_a_part_s_charset_is_kept() -> None:
    body = "<html><body>Müller</body></html>".encode("cp1252")
    saved = the_one(mhtml(body, charset='; charset="windows-1252"'), "roe.mht")
    assert saved.media_type == "text/html; charset=windows-1252"
    assert saved.body.decode("cp1252").strip().endswith("Müller</body></html>")


def test_without_the_snapshot_s_address_the_first_page_is_taken() -> None:
    assert b"a frame" in the_one(mhtml(location="https://elsewhere.example.com/"), "roe.mhtml").body


def test_an_mhtml_file_without_a_page_is_refused() -> None:
    data = mhtml().replace(b"Content-Type: text/html", b"Content-Type: image/png")
    with pytest.raises(Unreadable, match="holds no page"):
        open_saved(data, "roe.mhtml")


def test_deeply_nested_mhtml_is_refused_at_once() -> None:
    bomb = b"MIME-Version: 1.0\n" + b"".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode() for n in range(5_000)
    )
    started = time.monotonic()
    with pytest.raises(Unreadable, match="nests"):
        open_saved(bomb, "bomb.mhtml")
    assert time.monotonic() - started < 2


# ---------------------------------------------------------------------------- Safari


def webarchive(**changes: Any) -> bytes:
    main = {
        "WebResourceData": HTML,
        "WebResourceURL": URL,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceFrameName": "",
        **changes,
    }
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": []}, fmt=plistlib.FMT_BINARY)


def test_a_web_archive_of_safari_is_read() -> None:
    saved = the_one(webarchive(), "roe.webarchive")
    assert (saved.body, saved.url, saved.media_type) == (HTML, URL, "text/html; charset=UTF-8")


def test_the_xml_form_of_a_web_archive_is_read() -> None:
    data = plistlib.dumps({"WebMainResource": {"WebResourceData": HTML, "WebResourceURL": URL}})
    assert the_one(data, "roe.webarchive").body == HTML


@pytest.mark.parametrize(
    "data",
    [
        b"bplist00garbage" * 40,
        webarchive()[:-20],
        webarchive()[:60],
        b"bplist00" + b"\xff" * 64,
        plistlib.dumps(["no", "archive"], fmt=plistlib.FMT_BINARY),
        webarchive(WebResourceData="text"),
        webarchive(WebResourceData=b" "),
        b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><dict/></plist>',
    ],
)
def test_a_damaged_web_archive_is_told_in_one_line(data: bytes) -> None:
    with pytest.raises(Unreadable) as told:
        open_saved(data, "roe.webarchive")
    assert "\n" not in str(told.value)


@given(st.integers(0, 10_000), st.integers(0, 255))
@settings(max_examples=200)
def test_no_changed_byte_of_a_web_archive_breaks_the_reader(at: int, byte: int) -> None:
    data = bytearray(webarchive())
    data[8 + at % (len(data) - 8)] = byte
    with suppress(Unreadable):
        assert open_saved(bytes(data), "roe.webarchive")


@pytest.mark.recordings
@pytest.mark.skipif(not WEBARCHIVE.is_file(), reason="the recordings are not beside the checkout")
def test_a_real_web_archive_is_read() -> None:
    saved = the_one(WEBARCHIVE.read_bytes(), WEBARCHIVE.name)
    assert b"<" in saved.body
    assert saved.url is not None
    assert saved.url.startswith("https://")


# ---------------------------------------------------------------------------- WARC


def record(kind: str, body: bytes, **fields: str) -> bytes:
    given = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:1>",
        "WARC-Date": "2026-11-20T10:00:00Z",
        **fields,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"WARC/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def warc(
    *,
    is_packed: bool = True,
    body: bytes = HTML,
    headers: list[tuple[str, str]] | None = None,
    kind: str = "response",
) -> bytes:
    http = "".join(f"{name}: {value}\r\n" for name, value in headers or [("Content-Type", "text/html")])
    payload = f"HTTP/1.1 200 OK\r\n{http}\r\n".encode() + body if kind == "response" else body
    media_type = "application/http; msgtype=response" if kind == "response" else "text/html"
    records = (
        record("warcinfo", b"software: a test\r\n", **{"Content-Type": "application/warc-fields"}),
        record(kind, payload, **{"WARC-Target-URI": URL, "Content-Type": media_type}),
    )
    return b"".join(gzip.compress(one, mtime=0) if is_packed else one for one in records)


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("kind", ["response", "resource"])
def test_a_warc_file_is_read(is_packed: bool, kind: str) -> None:
    saved = the_one(warc(is_packed=is_packed, kind=kind), "roe.warc.gz")
    assert (saved.body, saved.url) == (HTML, URL)
    assert saved.saved_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert saved.status == 200


def test_transfer_and_content_encodings_inside_a_warc_are_undone() -> None:
    packed = gzip.compress(HTML, mtime=0)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    assert the_one(warc(body=chunked, headers=headers), "roe.warc.gz").body == HTML


def test_an_encoding_that_is_not_read_is_said() -> None:
    with pytest.raises(Unreadable, match="br"):
        open_saved(warc(headers=[("Content-Type", "text/html"), ("Content-Encoding", "br")]), "roe.warc")


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_warc_file_that_is_cut_off_is_never_half_read(is_packed: bool) -> None:
    data = warc(is_packed=is_packed, body=HTML * 50)
    for end in (len(data) - 60, len(data) - 200, len(data) // 2):
        with pytest.raises(Unreadable):
            open_saved(data[:end], "roe.warc")


def test_a_warc_file_without_a_page_is_refused() -> None:
    with pytest.raises(Unreadable, match="no page"):
        open_saved(warc(headers=[("Content-Type", "image/png")]), "roe.warc")


# ---------------------------------------------------------------------------- HAR and JSON


def har(*entries: dict[str, Any]) -> bytes:
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "a test"}, "entries": entries}}).encode()


def entry(
    text: str | None = HTML.decode(), *, mime: str = "text/html", status: int = 200, **content: Any
) -> dict[str, Any]:
    return {
        "startedDateTime": "2026-11-20T10:00:00.000Z",
        "request": {
            "method": "GET",
            "url": URL,
            "headers": [{"name": "Cookie", "value": "secret=1"}],
            "cookies": [{"name": "secret"}],
        },
        "response": {
            "status": status,
            "headers": [{"name": "Set-Cookie", "value": "secret=1"}],
            "content": {"mimeType": mime, **({"text": text} if text is not None else {}), **content},
        },
    }


def test_the_pages_of_a_har_file_are_read() -> None:
    coded = base64.b64encode(HTML).decode()
    data = b"\xef\xbb\xbf" + har(
        entry(), entry(coded, encoding="base64"), entry("x", mime="image/png"), entry(None)
    )
    first, second = open_saved(data, "visit.har")
    assert first.body == second.body == HTML
    assert (first.url, first.saved_at) == (URL, datetime(2026, 11, 20, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    "data",
    [
        har(entry(None)),
        har(),
        har({"response": []}, {"request": None}),
        b'{"log": {"entries": "none"}}',
        har(entry("%%%", encoding="base64", mime="text/html", status=404)),
    ],
)
def test_a_har_file_without_content_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable, match="content"):
        open_saved(data, "visit.har")


def test_a_har_file_is_kept_without_cookies_and_always_gives_the_same_bytes() -> None:
    kept = without_secrets(har(entry(), entry("x", mime="image/png")))
    assert b"secret" not in kept
    assert b"Cookie" not in kept
    assert without_secrets(kept) == kept
    assert [page.body for page in open_saved(kept, "visit.har")] == [HTML]
    assert without_secrets(HTML) is HTML


def test_json_is_a_reply_or_an_observation() -> None:
    assert the_one(b'{"results": []}', "reply.json").media_type == "application/json"
    assert the_one(b'{"observed": {}}', "seen.json").media_type == OBSERVATION
    with pytest.raises(Unreadable, match="JSON"):
        open_saved(b'{"results": [', "reply.json")
    with pytest.raises(Unreadable, match="JSON"):
        open_saved(b"[" * 200_000, "reply.json")


# ---------------------------------------------------------------------------- hostile files


def test_a_compressed_page_is_inflated_once() -> None:
    assert the_one(gzip.compress(HTML, mtime=0), "roe.html.gz").name == "roe.html"
    with pytest.raises(Unreadable, match="twice"):
        open_saved(gzip.compress(gzip.compress(HTML), mtime=0), "roe.html.gz.gz")


def test_a_gzip_bomb_is_refused_without_being_unpacked() -> None:
    bomb = gzip.compress(b"<html>" + b" " * 20_000_000, mtime=0)
    with pytest.raises(Unreadable, match="grows beyond"):
        gunzip(bomb, limit=1_000_000)
    with pytest.raises(Unreadable, match="grows beyond"):
        gunzip(bomb * 8, limit=50_000_000)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"PK\x03\x04" + b"0" * 40, "zip"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"\x1f\x8b\x08garbage", "damaged"),
        (gzip.compress(HTML, mtime=0)[:-9], "cut off"),
        (b"\x00\x01\x02\x03" * 50, "cannot be read"),
    ],
)
def test_what_is_no_page_is_refused_in_one_plain_line(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as told:
        open_saved(data, "thing.bin")
    assert "\n" not in str(told.value)


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_FILE_BYTES", 100)
    with pytest.raises(Unreadable, match="larger"):
        open_saved(HTML * 2, "roe.html")


def test_a_page_beyond_the_limit_inside_an_archive_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MAX_PAGE_BYTES", 50)
    for data, name in (
        (webarchive(), "a.webarchive"),
        (warc(), "a.warc"),
        (har(entry()), "a.har"),
        (mhtml(), "a.mhtml"),
    ):
        with pytest.raises(Unreadable, match="larger"):
            open_saved(data, name)


def test_an_archive_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MAX_PAGES", 2)
    with pytest.raises(Unreadable, match="more than 2"):
        open_saved(har(entry(), entry(), entry()), "a.har")


@given(
    st.binary(max_size=300),
    st.sampled_from(["a.html", "a.mhtml", "a.warc", "a.har", "a.json", "a.csv", "a", "a.webarchive"]),
)
def test_no_bytes_give_anything_but_pages_or_unreadable(data: bytes, name: str) -> None:
    with suppress(Unreadable):
        assert open_saved(data, name)


def test_an_archive_of_another_kind_is_never_opened_whatever_it_is_called() -> None:
    with io.BytesIO() as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            member = tarfile.TarInfo("../../page.html")
            member.size = len(HTML)
            archive.addfile(member, io.BytesIO(HTML))
        packed = file.getvalue()
    with pytest.raises(Unreadable, match="a tar archive is not opened"):
        open_saved(packed, "page.html")
    with pytest.raises(Unreadable, match="a zip archive is not opened"):
        open_saved(b"PK\x03\x04" + HTML, "page.html")
    with pytest.raises(Unreadable, match="import your posts as JSON"):
        open_saved(b":\xa2eroots\x81", "repo.car")
