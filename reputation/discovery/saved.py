"""One page or reply out of a file that the user saved, and what such a page says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from reputation.errors import Unreadable

MAX_PAGE_BYTES = 32_000_000
"""The largest single page inside an archive."""
MAX_PAGES = 500
"""How many pages one archive may hold."""
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


def bounded(body: bytes) -> bytes:
    """Return `body`, or raise `Unreadable` where it is beyond MAX_PAGE_BYTES."""
    if len(body) > MAX_PAGE_BYTES:
        raise Unreadable(
            f"a page in the archive is larger than {MAX_PAGE_BYTES // 1_000_000} MB; save it alone"
        )
    return body


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


def address_in(html: bytes) -> tuple[str | None, datetime | None]:
    """Return where a saved HTML page says that it came from, and when it was saved, as far as it says so."""
    head = html[:300_000].decode("utf-8", "replace")
    if found := _SINGLEFILE.search(head[:20_000]):
        return web(unescape(found[1])), _javascript_date(found[2])
    if (found := _SAVED_FROM.search(head[:20_000])) and (url := web(unescape(found[1]))):
        return url, None
    tags = _LINK.findall(head)
    for is_own in _OWN_ADDRESS:
        for tag in tags:
            if is_own.search(tag) and (given := _ADDRESS.search(tag)):
                url = web(unescape(given[1] or given[2] or given[3] or ""))
                if url:
                    return url, None
    return None, None


def web(url: str) -> str | None:
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
        return aware(datetime.strptime(text.split("(")[0].strip(), "%a %b %d %Y %H:%M:%S GMT%z"))
    except ValueError:
        return None


def aware(moment: datetime) -> datetime:
    """Return `moment` in UTC; one without a zone is taken for UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def iso_moment(text: Any) -> datetime | None:
    """Return an ISO 8601 time in UTC, None where it is none."""
    try:
        return aware(datetime.fromisoformat(str(text)))
    except ValueError:
        return None
