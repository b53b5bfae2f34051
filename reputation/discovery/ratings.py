"""Reads a table of ratings that the user wrote down (CSV): one row a site, each an observation."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from reputation.discovery.observe import observation
from reputation.errors import Unreadable, UsageError
from reputation.model import Capture, Source
from reputation.normalize import fold, host, iso_date

MEDIA_TYPES = ("text/csv", "text/tab-separated-values")
MAX_ROWS = 10_000

_COLUMNS = {
    "site": "site source id website where platform directory",
    "rating": "rating stars score rating_value average star_rating",
    "best": "best best_rating out_of max scale of",
    "count": "count ratings reviews rating_count review_count number n",
    "phone": "phone telephone tel phone_number",
    "url": "url link address page",
    "date": "date on seen seen_on looked day",
    "nothing": "nothing none absent empty not_found",
    "name": "name listed_as shown_name",
}
_COLUMN_OF = {word: column for column, words in _COLUMNS.items() for word in words.split()}
_YES = frozenset(["1", "y", "yes", "true", "x", "nothing", "none"])


def read_ratings(
    body: bytes, sources: Sequence[Source], source_id: str | None, on: date
) -> tuple[tuple[Capture, ...], tuple[str, ...]]:
    """Return the observations in a CSV file, and in one line each the rows that are wrong.

    The first row names the columns: site, rating, best, count, phone, url, date, nothing, name, in any order and
    under their usual names.  A row without a date was seen on the day `on`.

    Raises:
        Unreadable: when it is no table, or has no column for the site and no source was named.
    """
    text = body.decode("utf-8-sig", "replace") if _is_utf8(body) else body.decode("cp1252", "replace")
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise Unreadable(f"the table cannot be read: {error}; save it as CSV again") from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2 or len(rows) > MAX_ROWS:
        raise Unreadable(
            f"the table has no row below its first, or more than {MAX_ROWS:,}; one row a site is wanted"
        )
    columns = [_COLUMN_OF.get(re.sub(r"[^a-z]+", "_", fold(cell)).strip("_")) for cell in rows[0]]
    if "site" not in columns and source_id is None:
        raise Unreadable(
            "the table's first row names no column `site`; write site,rating,best,count,phone,url,date"
        )
    captures, wrong = [], []
    for number, row in enumerate(rows[1:], 2):
        cells = {
            column: cell.strip()
            for column, cell in zip(columns, row, strict=False)
            if column and cell.strip()
        }
        try:
            captures.append(_observe(cells, _site(cells.get("site"), sources, source_id), on))
        except (UsageError, ValueError) as error:
            wrong.append(f"row {number}: {error}")
    return tuple(captures), tuple(wrong)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _site(text: str | None, sources: Iterable[Source], source_id: str | None) -> Source:
    wanted = fold(text or source_id or "")
    for source in sources:
        hosts = [str(place).split("/")[0] for place in source.options.get("hosts") or ()]
        names = {fold(source.id), fold(source.title), fold(source.id.replace("-", " ")), *hosts}
        if wanted in names or (host(text or "").removeprefix("www.") in hosts):
            return source
    raise UsageError(f"no source is called {text or source_id!r}; see `repaudit sources list`")


def _observe(cells: dict[str, str], source: Source, on: date) -> Capture:
    if not cells.keys() - {"site", "date"}:
        raise UsageError("it says nothing; fill in rating, count, phone or url, or write yes under nothing")
    nothing = cells.get("nothing", "").casefold() in _YES
    rating, best = _rating(cells)
    return observation(
        source,
        rating=rating,
        best=best,
        count=_count(cells.get("count")),
        phone=cells.get("phone"),
        url=cells.get("url"),
        nothing=nothing,
        on=_day(cells.get("date")) or on,
        name=cells.get("name"),
    )


def _rating(cells: dict[str, str]) -> tuple[float | None, float | None]:
    """Read `4.6`, `4,6`, `4.6/5` or `4.6 of 5`, and the scale where it has a column of its own."""
    given = re.fullmatch(
        r"([\d.,]+)\s*(?:(?:/|of|out of)\s*([\d.,]+))?\s*(?:stars?)?", cells.get("rating", "").casefold()
    )
    if cells.get("rating") and not given:
        raise UsageError(f"{cells['rating']!r} is no rating; write a number such as 4.6")
    rating = _number(given[1]) if given else None
    best = _number(cells["best"]) if cells.get("best") else None
    return rating, best or (_number(given[2]) if given and given[2] else None)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise UsageError(f"{text!r} is no number; write one such as 4.6") from error


def _count(text: str | None) -> int | None:
    if not text:
        return None
    digits = re.sub(r"[\s.,'\u00a0\u202f]", "", text)
    if not digits.isdecimal() or len(digits) > 9:
        raise UsageError(f"{text!r} is no count; write a whole number such as 38")
    return int(digits)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    found = iso_date(text)
    if found is None or len(found) != len("2026-11-21"):
        raise UsageError(f"{text!r} is no day; write it as 2026-11-21")
    return date.fromisoformat(found)
