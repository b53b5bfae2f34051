"""Opens what a person saves: HTML, MHTML, Safari's .webarchive, WARC, HAR, JSON, pasted text, CSV.

The content decides what a file is, and its name only where the content does not say.  Every size is
bounded before anything is unpacked, nothing is written, and a name inside an archive is never used as a path.
"""

from __future__ import annotations

import binascii
import json
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.utils import parsedate_to_datetime
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reputation.errors import Unreadable

if TYPE_CHECKING:
    from email.message import Message

MAX_FILE_BYTES = 128_000_000
"""The largest file that is opened, before and after decompression."""
MAX_PAGE_BYTES = 32_000_000
"""The largest single page inside an archive."""
MAX_PAGES = 500
"""How many pages one archive may hold."""
MAX_MULTIPARTS = 20
"""How many multipart bodies one MHTML file may nest or hold; a browser writes one."""

OBSERVATION = "application/vnd.repaudit.observation+json"
"""The media type of what the user saw with her own eyes (`observe`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """One page or reply out of a saved file; `name` is the file's, for messages."""

    body: bytes
    name: str
    url: str | None = None
    media_type: str | None = None
    saved_at: datetime | None = None
    status: int = 200


def open_saved(data: bytes, name: str) -> tuple[Saved, ...]:
    """Return the pages and replies in the file `data` called `name`, in their order; at least one.

    Raises:
        Unreadable: when it is empty, too large, damaged, of a kind that is not read, or holds no page.
    """
    data, name = _inflated(data, name)
    if not data.strip():
        raise Unreadable("the file is empty; save the page again")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    suffix = _suffix(name)
    for begin, why in _REFUSED.items():
        if data.startswith(begin):
            raise Unreadable(why)
    if head.startswith(b"bplist00") or (head.startswith(b"<?xml") and b"<!DOCTYPE plist" in head):
        pages = [_webarchive(data, name)]
    elif head.startswith(b"WARC/"):
        pages = list(_warc(data, name))
    elif _looks_like_mhtml(head, suffix):
        pages = [_mhtml(data, name)]
    elif head.startswith((b"{", b"[")) and suffix not in _TEXT_TYPES:
        pages = list(_json(data, name))
    else:
        pages = [_plain(data, name, suffix, head)]
    if not pages:
        raise Unreadable("no page was found in this archive; save the page itself as HTML")
    return tuple(pages)


_REFUSED = {
    b"%PDF-": "a PDF cannot be read; save the page as HTML (Ctrl+S)",
    b"PK\x03\x04": "a zip archive is not opened; unpack it and import what is in it",
    b"PK\x05\x06": "an empty zip archive",
    b"\x89PNG": "a picture cannot be read; save the page as HTML (Ctrl+S)",
    b"\xff\xd8\xff": "a picture cannot be read; save the page as HTML (Ctrl+S)",
    b"GIF8": "a picture cannot be read; save the page as HTML (Ctrl+S)",
    b"RIFF": "a picture cannot be read; save the page as HTML (Ctrl+S)",
    b"SQLite format 3": "a database is not a saved page",
    b"7z\xbc\xaf": "a 7z archive is not opened; unpack it and import what is in it",
    b"Rar!": "a rar archive is not opened; unpack it and import what is in it",
    b"\xd0\xcf\x11\xe0": "an Office file cannot be read; paste its text into a .txt file",
}

_TEXT_TYPES = {
    "txt": "text/plain",
    "text": "text/plain",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}


def _suffix(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


# ---------------------------------------------------------------------------- compression


def _inflated(data: bytes, name: str) -> tuple[bytes, str]:
    """Return `data` without one layer of gzip, and the name without `.gz`."""
    if len(data) > MAX_FILE_BYTES:
        raise Unreadable(f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB; save the page alone")
    if not data.startswith(b"\x1f\x8b"):
        return data, name
    inflated = gunzip(data)
    if inflated.startswith(b"\x1f\x8b"):
        raise Unreadable("the file is compressed twice; unpack it first")
    return inflated, name.removesuffix(".gz").removesuffix(".GZ")


def gunzip(data: bytes, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return all members of the gzip file `data`, inflated, or raise `Unreadable`; never more than `limit` bytes."""
    out: list[bytes] = []
    room, rest = limit, memoryview(data)
    while rest and bytes(rest[:2]) == b"\x1f\x8b":
        member = zlib.decompressobj(31)
        try:
            piece = member.decompress(rest, room + 1)
        except zlib.error as error:
            raise Unreadable("the file is compressed and damaged; save it again") from error
        room -= len(piece)
        if room < 0:
            raise Unreadable(
                f"the file grows beyond {limit // 1_000_000} MB when it is unpacked; save the page alone"
            )
        if not member.eof:
            raise Unreadable("the compressed file is cut off; save it again")
        out.append(piece)
        rest = rest[len(rest) - len(member.unused_data) :]
    return b"".join(out)


# ---------------------------------------------------------------------------- HTML and text

_HTML = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|div|table|script)\b", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_SINGLEFILE = re.compile(
    r"<!--\s*(?:Page saved with|Archive processed by) SingleFile\s+url:\s*(\S+)(?:\s+saved date:\s*([^\r\n]{1,120}))?",
    re.IGNORECASE,
)
_LINK = re.compile(r"<(?:link|meta|base)\b[^>]{0,2000}>", re.IGNORECASE)
_OWN_ADDRESS = (
    re.compile(r"\brel\s*=\s*[\"']?canonical\b", re.IGNORECASE),
    re.compile(r"\bproperty\s*=\s*[\"']?og:url\b", re.IGNORECASE),
    re.compile(r"^<base\b", re.IGNORECASE),
)
_ADDRESS = re.compile(r"\b(?:href|content)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_PASTED = re.compile(
    r"^\W{0,3}(?:(?:url|source|address|from)\W{1,4})?(https?://[^\s<>)\]]+)\W*$", re.IGNORECASE
)


def _plain(data: bytes, name: str, suffix: str, head: bytes) -> Saved:
    if suffix in _TEXT_TYPES and not head.lower().startswith((b"<!doctype html", b"<html")):
        return Saved(body=data, name=name, url=_pasted_url(data), media_type=_TEXT_TYPES[suffix])
    if head.startswith((b"<?xml", b"<rss", b"<feed")) and b"<html" not in head.lower():
        return Saved(body=data, name=name, media_type="application/xml")
    if suffix not in ("htm", "html", "xhtml", "shtml", "aspx", "php") and not _HTML.search(data[:65536]):
        kind = f"a .{suffix} file" if suffix else "a file of this kind"
        raise Unreadable(f"{kind} cannot be read; save the page as HTML, or paste its text into a .txt file")
    url, saved_at = address_in(data)
    return Saved(body=data, name=name, url=url, media_type="text/html", saved_at=saved_at)


def _pasted_url(data: bytes) -> str | None:
    for line in data[:4000].decode("utf-8", "replace").splitlines()[:6]:
        if found := _PASTED.match(line.strip()):
            return _web(found[1])
    return None


def address_in(html: bytes) -> tuple[str | None, datetime | None]:
    """Return where a saved HTML page says that it came from, and when it was saved, as far as it says so."""
    head = html[:300_000].decode("utf-8", "replace")
    if found := _SINGLEFILE.search(head[:20_000]):
        return _web(unescape(found[1])), _javascript_date(found[2])
    if (found := _SAVED_FROM.search(head[:20_000])) and (url := _web(unescape(found[1]))):
        return url, None
    tags = _LINK.findall(head)
    for is_own in _OWN_ADDRESS:
        for tag in tags:
            if is_own.search(tag) and (given := _ADDRESS.search(tag)):
                url = _web(unescape(given[1] or given[2] or given[3] or ""))
                if url:
                    return url, None
    return None, None


def _web(url: str) -> str | None:
    """Return `url` where it is an absolute web address, else None."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else None


def _javascript_date(text: str | None) -> datetime | None:
    """Read `Mon May 16 2022 23:51:35 GMT+0000 (zone's name in any language)`."""
    if not text:
        return None
    try:
        return _aware(datetime.strptime(text.split("(")[0].strip(), "%a %b %d %Y %H:%M:%S GMT%z"))
    except ValueError:
        return None


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# ---------------------------------------------------------------------------- Chrome's and Edge's MHTML


def _looks_like_mhtml(head: bytes, suffix: str) -> bool:
    if head.startswith(b"<"):
        return False
    lower = head.lower()
    if suffix in ("mht", "mhtml"):
        return True
    return b"mime-version:" in lower and b"content-type:" in lower and b"multipart/" in lower


def _mhtml(data: bytes, name: str) -> Saved:
    from email import message_from_bytes  # noqa: PLC0415 - the parser is wanted for MHTML alone
    from email.policy import compat32  # noqa: PLC0415 - it keeps the bytes of "binary" parts as they are

    if data.lower().count(b"multipart/") > MAX_MULTIPARTS:
        raise Unreadable("the MHTML file nests more parts than a browser writes; save the page as HTML")
    try:
        message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=compat32)
        parts = [part for part in message.walk() if part.get_content_type() in _PAGE_TYPES]
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise Unreadable("the MHTML file is damaged; save the page again") from error
    wanted = _header(message, "Snapshot-Content-Location")
    main = next((part for part in parts if wanted and _header(part, "Content-Location") == wanted), None)
    main = main or next(iter(parts), None)
    if main is None:
        raise Unreadable("the MHTML file holds no page; save it as HTML")
    url = (
        _web(wanted) or _web(_header(main, "Content-Location")) or _web(_header(message, "Content-Location"))
    )
    charset = main.get_content_charset()
    body = _part_bytes(main)
    if not body.strip():
        raise Unreadable("the page in the MHTML file is empty; save it again")
    media_type = main.get_content_type() + (f"; charset={charset}" if charset else "")
    found, saved_at = address_in(body)
    when = _mail_date(_header(message, "Date")) or saved_at
    return Saved(body=body, name=name, url=url or found, media_type=media_type, saved_at=when)


_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def _part_bytes(part: Message) -> bytes:
    try:
        body = part.get_payload(decode=True)
    except (ValueError, LookupError, RecursionError) as error:
        raise Unreadable("the page in the MHTML file is damaged; save it again") from error
    return _bounded(body if isinstance(body, bytes) else b"")


def _header(message: Message, name: str) -> str:
    text = str(message.get(name) or "")
    return text if name == "Date" else "".join(text.split())


def _mail_date(text: str) -> datetime | None:
    try:
        return _aware(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _bounded(body: bytes) -> bytes:
    if len(body) > MAX_PAGE_BYTES:
        raise Unreadable(
            f"a page in the archive is larger than {MAX_PAGE_BYTES // 1_000_000} MB; save it alone"
        )
    return body


# ---------------------------------------------------------------------------- Safari's web archive


def _webarchive(data: bytes, name: str) -> Saved:
    import plistlib  # noqa: PLC0415 - wanted for Safari's files alone
    import struct  # noqa: PLC0415 - its error is what a damaged file raises
    from xml.parsers.expat import ExpatError  # noqa: PLC0415 - likewise

    damage = (ValueError, KeyError, IndexError, TypeError, OverflowError, RecursionError, MemoryError)
    try:
        archive = plistlib.loads(data)
    except (*damage, struct.error, ExpatError) as error:
        raise Unreadable("the web archive is damaged; save the page again") from error
    main = archive.get("WebMainResource") if isinstance(archive, dict) else None
    body = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(main, dict) or not isinstance(body, bytes) or not body.strip():
        raise Unreadable("the web archive holds no page; save it as HTML")
    media_type = str(main.get("WebResourceMIMEType") or "text/html")
    charset = main.get("WebResourceTextEncodingName")
    if isinstance(charset, str) and charset:
        media_type += f"; charset={charset}"
    url = _web(str(main.get("WebResourceURL") or ""))
    return Saved(body=_bounded(body), name=name, url=url, media_type=media_type)


# ---------------------------------------------------------------------------- WARC


def _warc(data: bytes, name: str) -> Iterator[Saved]:
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - wanted for WARC alone
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415 - likewise

    count = 0
    try:
        for record in ArchiveIterator(BytesIO(data)):
            if record.rec_type not in ("response", "resource"):
                continue
            page = _warc_page(record, name)
            if page is None:
                continue
            count += 1
            if count > MAX_PAGES:
                raise Unreadable(f"the archive holds more than {MAX_PAGES} pages; import a smaller one")
            yield page
    except (ArchiveLoadFailed, ValueError, EOFError, zlib.error, UnicodeError) as error:
        raise Unreadable("the WARC file is damaged or cut off; make it again") from error


def _warc_page(record: Any, name: str) -> Saved | None:
    """Return a record's page, its transfer and content encodings undone, or None for what is no page."""
    http = record.http_headers
    media_type = (
        http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")
    ) or ""
    status = int(http.get_statuscode() or 200) if http else 200
    if not _is_readable(media_type) or 300 <= status < 400:
        return None
    encoding = http.get_header("Content-Encoding") if http else None
    if (encoding or "identity").lower() not in ("identity", "gzip", "x-gzip", "deflate"):
        raise Unreadable(
            f"the WARC file holds pages packed with {encoding}, which is not read; save the page as HTML"
        )
    body = _read_all(record.content_stream())
    _read_all(record.raw_stream)
    if getattr(record.raw_stream, "limit", 0):
        raise Unreadable("the WARC file is cut off; make it again")
    return Saved(
        body=body,
        name=name,
        url=_web(record.rec_headers.get_header("WARC-Target-URI") or ""),
        media_type=media_type or None,
        saved_at=_iso(record.rec_headers.get_header("WARC-Date")),
        status=status,
    )


def _read_all(stream: Any) -> bytes:
    pieces, size = [], 0
    while piece := stream.read(65536):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_PAGE_BYTES:
            raise Unreadable(
                f"a page in the archive is larger than {MAX_PAGE_BYTES // 1_000_000} MB; save it alone"
            )
    return b"".join(pieces)


def _is_readable(media_type: str) -> bool:
    return any(word in media_type.lower() for word in ("html", "json", "xml", "text/plain"))


def _iso(text: Any) -> datetime | None:
    try:
        return _aware(datetime.fromisoformat(str(text)))
    except ValueError:
        return None


# ---------------------------------------------------------------------------- JSON and HAR


def _json(data: bytes, name: str) -> Iterator[Saved]:
    try:
        value = json.loads(data.decode("utf-8-sig", "strict"), strict=False)
    except (ValueError, RecursionError) as error:
        raise Unreadable("the JSON file is damaged or cut off; save it again") from error
    if isinstance(value, dict) and isinstance(value.get("log"), dict) and "entries" in value["log"]:
        yield from _har(value["log"], name)
    elif isinstance(value, dict) and "observed" in value:
        yield Saved(body=data, name=name, media_type=OBSERVATION)
    else:
        yield Saved(body=data, name=name, media_type="application/json")


def _har(log: dict[str, Any], name: str) -> Iterator[Saved]:
    """Yield the pages and JSON replies of a HAR 1.2 log; its cookies and headers are not looked at."""
    entries = log["entries"] if isinstance(log["entries"], list) else []
    count = 0
    for entry in entries:
        page = _har_page(entry, name) if isinstance(entry, dict) else None
        if page is not None:
            count += 1
            if count > MAX_PAGES:
                raise Unreadable(f"the HAR file holds more than {MAX_PAGES} pages; record a shorter visit")
            yield page
    if not count:
        raise Unreadable("the HAR file holds no page's content; save it again with content")


def _har_page(entry: dict[str, Any], name: str) -> Saved | None:
    response, request = entry.get("response"), entry.get("request")
    content = response.get("content") if isinstance(response, dict) else None
    if not isinstance(response, dict) or not isinstance(content, dict) or not isinstance(request, dict):
        return None
    text, media_type = content.get("text"), str(content.get("mimeType") or "")
    status = response.get("status")
    if (
        not isinstance(text, str)
        or not text.strip()
        or not any(k in media_type.lower() for k in ("html", "json"))
    ):
        return None
    if not isinstance(status, int) or not (200 <= status < 300 or status in (403, 429, 503)):
        return None
    body = text.encode("utf-8", "replace")
    if content.get("encoding") == "base64":
        try:
            body = b64decode(text, validate=False)
        except (binascii.Error, ValueError):
            return None
    else:
        media_type = media_type.split(";", maxsplit=1)[0] + "; charset=utf-8"
    url = _web(str(request.get("url") or ""))
    when = _iso(entry.get("startedDateTime"))
    return Saved(body=_bounded(body), name=name, url=url, media_type=media_type, saved_at=when, status=status)


def without_secrets(data: bytes) -> bytes:
    """Return `data`, and where it is a HAR file only the pages in it: no cookies, headers or form data.

    The same file always gives the same bytes.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or b'"entries"' not in data:
        return data
    try:
        value = json.loads(data.decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError):
        return data
    log = value.get("log") if isinstance(value, dict) else None
    if not isinstance(log, dict) or not isinstance(log.get("entries"), list):
        return data
    kept = [_bare(entry) for entry in log["entries"] if isinstance(entry, dict) and _har_page(entry, "")]
    return json.dumps(
        {"log": {"version": "1.2", "entries": kept}}, ensure_ascii=False, sort_keys=True
    ).encode("utf-8", "replace")


def _bare(entry: dict[str, Any]) -> dict[str, Any]:
    response = entry["response"]
    return {
        "startedDateTime": entry.get("startedDateTime"),
        "request": {"method": entry["request"].get("method"), "url": entry["request"].get("url")},
        "response": {"status": response.get("status"), "content": response["content"]},
    }
