"""Opens replies of APIs strictly: what is not JSON, not a table, or an error inside a 200 never reads as empty."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar
from xml.etree import ElementTree as ET

from reputation.discovery.decoding import decode_json
from reputation.errors import AuthRefused, Blocked, Quota, SourceError, Unreadable

if TYPE_CHECKING:
    from reputation.model import Capture

Row = dict[str, Any]
T = TypeVar("T")

_NOTHING = {"", "--", "null", "none", "n/a"}
_SPENT = re.compile(r"quota|rate limit|credit|exceeded", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,200}>")


def read_json(capture: Capture) -> Any:
    """Return the reply's JSON value.

    Raises:
        Quota, AuthRefused, Blocked, Unreadable: by the status, with the server's own words where it gave any.
    """
    value = _parsed(capture)
    if capture.status >= 400:
        raise refusal(capture.status, words_of(value) or "")
    return value


def read_object(capture: Capture) -> Row:
    """Return the reply's JSON object; anything else raises `Unreadable`, as `read_json` does."""
    value = read_json(capture)
    if not isinstance(value, dict):
        raise Unreadable(f"the reply is a {type(value).__name__} instead of an object; {_LATER}")
    return value


_LATER = "the source may have changed its form, see `repaudit sources check`"


def _parsed(capture: Capture) -> Any:
    body = capture.body.removeprefix(b"\xef\xbb\xbf").strip()
    if not body:
        raise _failed(capture, "the reply is empty; try again later")
    if body[:1] == b"<":
        raise _failed(
            capture, "a page came instead of JSON; open the address in a browser and see what it says"
        )
    try:
        try:
            return json.loads(body)
        except UnicodeDecodeError:
            return json.loads(decode_json(body))
    except (ValueError, RecursionError):
        said = body[:120].decode("utf-8", "replace")
        raise _failed(
            capture, f'the reply is not JSON but "{" ".join(said.split())}"; try again later'
        ) from None


def _failed(capture: Capture, message: str) -> SourceError:
    """Return the error for a reply without JSON: the status speaks first, a forbidden page is a wall."""
    if capture.status == 403:
        return Blocked("the source forbids the request with a page; open the address in a browser")
    if capture.status >= 400:
        return refusal(capture.status, "")
    return Unreadable(message)


def refusal(status: int, words: str) -> SourceError:
    """Return the error that an API's refusal means; `words` are its own."""
    said = f": {words}" if words else ""
    if status == 429:
        return Quota(f"the source says too many requests (429){said}; wait, or raise pause_s")
    if status in (402, 432, 433) or (status == 403 and _SPENT.search(words)):
        return Quota(f"the credit is used up ({status}){said}; see the plan of your key")
    if status in (401, 403):
        return AuthRefused(f"the source refused the key ({status}){said}; check it with `repaudit key test`")
    return Unreadable(f"the source answered {status}{said}; try again later")


def words_of(value: Any) -> str | None:
    """Return the message of an error reply in any of the usual shapes, one line of at most 200 characters."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            names = ("message", "detail", "description", "msg", "error_message", "developer-message", "text")
            inner = ("error", "errors", "Errors", "meta")
            value = next((value[n] for n in (*names, *inner) if value.get(n)), None)
    said = text(value)
    return said[:200] if said else None


def rows(value: Any, name: str) -> list[Row]:
    """Return the table `name` of a reply: absent or null is no row; anything but a list raises `Unreadable`."""
    found = value.get(name) if isinstance(value, dict) else None
    if found is None:
        return []
    if not isinstance(found, list):
        raise Unreadable(f"`{name}` of the reply is not a list; {_LATER}")
    return [row for row in found if isinstance(row, dict)]


def inner(value: Any, name: str) -> Row:
    """Return the object `name` of a reply, an empty one where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def items(value: Any, name: str) -> list[Any]:
    """Return the list `name` of a reply, an empty one where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def must_rows(value: Any, name: str) -> list[Row]:
    """Return the table `name`, which a reply that was understood always has.

    Raises:
        Unreadable: where it is missing or holds things that are no rows.
    """
    if not isinstance(value, dict) or name not in value:
        raise Unreadable(f"the reply has no `{name}`; {_LATER}")
    found = rows(value, name)
    if value[name] and not found:
        raise Unreadable(f"`{name}` of the reply holds no rows that can be read; {_LATER}")
    return found


def at(value: Any, path: str) -> Any:
    """Return what stands at `path` ("basic.first_name", "names.0.text"), or None."""
    for part in path.split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def text(value: Any) -> str | None:
    """Return a text or number as printed, on one line; None for nothing, "" and "--"."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    line = " ".join(str(value).split())
    return None if line.lower() in _NOTHING else line


def plain(value: Any) -> str | None:
    """Return `text(value)` without HTML tags and character references, as a snippet is read."""
    line = text(value)
    if line is None or not ("<" in line or "&" in line):
        return line
    from html import unescape  # noqa: PLC0415 - only where markup stands in JSON

    return text(unescape(_TAG.sub("", line)))


def number(value: Any) -> float | None:
    """Return a number, also from digits in a text; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if abs(found) < 1e15 else None


def count(value: Any) -> int | None:
    """Return a count, also from "1,234"; None for anything else and below 0."""
    found = number(value.replace(",", "") if isinstance(value, str) else value)
    return int(found) if found is not None and found >= 0 else None


def day(value: Any) -> str | None:
    """Return the date of an ISO 8601 moment or a printed date, as far as it is told (YYYY, YYYY-MM, YYYY-MM-DD)."""
    from reputation import normalize  # noqa: PLC0415 - loads its parser on first use

    line = text(value)
    if line and re.match(r"\d{4}-\d\d-\d\d(T|\b)", line):
        line = line[:10]
    return normalize.iso_date(line) if line else None


def web(value: Any) -> str | None:
    """Return an http or https address, else None."""
    line = text(value)
    return line if line and re.match(r"https?://[^\s/]+\S*$", line) else None


def read_xml(capture: Capture) -> ET.Element:
    """Return the root of an XML reply.  One that declares entities is refused, and none is ever fetched.

    Raises:
        Quota, AuthRefused, Blocked, Unreadable: by the status, or where it is no XML.
    """
    body = capture.body
    if capture.status >= 400:
        raise refusal(capture.status, "") if capture.status != 403 else _failed(capture, "")
    if not body.strip():
        raise Unreadable("the reply is empty; try again later")
    if b"<!ENTITY" in body or b"\0" in body[:200]:
        raise Unreadable("the reply declares XML entities, which is refused; open the address in a browser")
    try:
        return ET.fromstring(body)  # noqa: S314 - entities are refused above; expat fetches nothing
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Unreadable(
            f"the reply is not XML ({error}); open the address in a browser and see what it says"
        ) from None


def content(element: ET.Element | None) -> str | None:
    """Return all text below `element` on one line, or None."""
    return text("".join(element.itertext())) if element is not None else None


def blank_free(values: Iterable[T | None]) -> list[T]:
    """Return the values that are there, in order."""
    return [value for value in values if value is not None]


def distinct(values: Iterable[str | None]) -> Iterator[str]:
    """Yield each value once, in order, without None."""
    seen: set[str] = set()
    for value in values:
        if value and value not in seen:
            seen.add(value)
            yield value
