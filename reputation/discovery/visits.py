"""Reads the records of a whole visit, WARC and HAR, which hold the pages of many sites."""

from __future__ import annotations

import binascii
import json
import zlib
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from reputation.discovery import saved
from reputation.discovery.saved import Saved
from reputation.errors import Unreadable

# ---------------------------------------------------------------------------- WARC


def read_warc(data: bytes, name: str) -> Iterator[Saved]:
    """Yield the pages and replies in the responses and resources of a WARC file (ISO 28500)."""
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
            if count > saved.MAX_PAGES:
                raise Unreadable(f"the archive holds more than {saved.MAX_PAGES} pages; import a smaller one")
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
        url=saved.web(record.rec_headers.get_header("WARC-Target-URI") or ""),
        media_type=media_type or None,
        saved_at=saved.iso_moment(record.rec_headers.get_header("WARC-Date")),
        status=status,
    )


def _read_all(stream: Any) -> bytes:
    pieces, size = [], 0
    while piece := stream.read(65536):
        pieces.append(piece)
        size += len(piece)
        if size > saved.MAX_PAGE_BYTES:
            raise Unreadable(
                f"a page in the archive is larger than {saved.MAX_PAGE_BYTES // 1_000_000} MB; save it alone"
            )
    return b"".join(pieces)


def _is_readable(media_type: str) -> bool:
    return any(word in media_type.lower() for word in ("html", "json", "xml", "text/plain"))


# ---------------------------------------------------------------------------- HAR


def read_har(log: dict[str, Any], name: str) -> Iterator[Saved]:
    """Yield the pages and JSON replies of a HAR 1.2 log; its cookies and headers are not looked at."""
    entries = log["entries"] if isinstance(log["entries"], list) else []
    count = 0
    for entry in entries:
        page = _har_page(entry, name) if isinstance(entry, dict) else None
        if page is not None:
            count += 1
            if count > saved.MAX_PAGES:
                raise Unreadable(
                    f"the HAR file holds more than {saved.MAX_PAGES} pages; record a shorter visit"
                )
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
    url = saved.web(str(request.get("url") or ""))
    when = saved.iso_moment(entry.get("startedDateTime"))
    return Saved(
        body=saved.bounded(body), name=name, url=url, media_type=media_type, saved_at=when, status=status
    )


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
