"""Opens what a person saves: HTML, MHTML, Safari's .webarchive, WARC, HAR, JSON, pasted text, CSV.

The content decides what a file is, and its name only where the content does not say.  Every size is
bounded before anything is unpacked, nothing is written, and a name inside an archive is never used as a path.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from datetime import datetime
from email.errors import MessageError
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from reputation.discovery import exports, visits
from reputation.discovery.saved import OBSERVATION, Saved, address_in, aware, bounded, web
from reputation.errors import Unreadable

if TYPE_CHECKING:
    from email.message import Message

MAX_FILE_BYTES = 128_000_000
"""The largest file that is opened, before and after decompression."""
MAX_MULTIPARTS = 20
"""How many multipart bodies one MHTML file may nest or hold; a browser writes one."""


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
    _refuse_other_kinds(data)
    if head.startswith(b"bplist00") or (head.startswith(b"<?xml") and b"<!DOCTYPE plist" in head):
        pages = [_webarchive(data, name)]
    elif head.startswith(b"WARC/"):
        pages = list(visits.read_warc(data, name))
    elif _looks_like_mhtml(head, suffix):
        pages = [_mhtml(data, name)]
    elif exports.export_in(data) is not None:
        pages = [Saved(body=data, name=name, media_type=exports.MEDIA_TYPE)]
    elif head.startswith((b"{", b"[")) and suffix not in _TEXT_TYPES:
        pages = list(_json(data, name))
    else:
        pages = [_plain(data, name, suffix, head)]
    if not pages:
        raise Unreadable("no page was found in this archive; save the page itself as HTML")
    return tuple(pages)


def _refuse_other_kinds(data: bytes) -> None:
    if data[257:262] == b"ustar":
        raise Unreadable("a tar archive is not opened; unpack it and import what is in it")
    for begin, why in _REFUSED.items():
        if data.startswith(begin):
            raise Unreadable(why)


_REFUSED = {
    b"%PDF-": "a PDF cannot be read; save the page as HTML (Ctrl+S)",
    b"PK\x03\x04": "a zip archive is not opened; unpack it and import what is in it",
    b"PK\x05\x06": "an empty zip archive",
    b":\xa2eroots": "Bluesky's repository file is not read; import your posts as JSON (com.atproto.repo.listRecords)",
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


# ---------------------------------------------------------------------------- HTML, text and JSON

_HTML = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|div|table|script)\b", re.IGNORECASE)
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
            return web(found[1])
    return None


def _json(data: bytes, name: str) -> Iterator[Saved]:
    try:
        value = json.loads(data.decode("utf-8-sig", "strict"), strict=False)
    except (ValueError, RecursionError) as error:
        raise Unreadable("the JSON file is damaged or cut off; save it again") from error
    if isinstance(value, dict) and isinstance(value.get("log"), dict) and "entries" in value["log"]:
        yield from visits.read_har(value["log"], name)
    elif isinstance(value, dict) and "observed" in value:
        yield Saved(body=data, name=name, media_type=OBSERVATION)
    else:
        yield Saved(body=data, name=name, media_type="application/json")


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
    url = web(wanted) or web(_header(main, "Content-Location")) or web(_header(message, "Content-Location"))
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
    return bounded(body if isinstance(body, bytes) else b"")


def _header(message: Message, name: str) -> str:
    text = str(message.get(name) or "")
    return text if name == "Date" else "".join(text.split())


def _mail_date(text: str) -> datetime | None:
    try:
        return aware(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


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
    url = web(str(main.get("WebResourceURL") or ""))
    return Saved(body=bounded(body), name=name, url=url, media_type=media_type)
