"""One list of an audit as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from reputation.errors import UsageError
from reputation.render import clean
from reputation.report.json import to_document

if TYPE_CHECKING:
    from reputation.model import Audit

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "actions": (
        "priority", "what", "why", "owner", "due_on", "where_url", "trust", "text", "key", "finding_keys",
    ),
    "findings": (
        "check", "outcome", "severity", "field", "expected", "observed", "authority", "url", "remedy",
        "mention_key", "key",
    ),
    "mentions": (
        "key", "kind", "source", "url", "title", "text", "author_initials", "rating_value", "best_rating",
        "rating_count", "review_count", "date_published", "match", "probability", "because", "label", "valence",
        "about", "themes", "control", "decision", "sha256", "fetched_at",
    ),
    "ratings": (
        "source", "rating_value", "best_rating", "rating_count", "review_count", "percentile", "low", "high", "note",
    ),
    "coverage": (
        "source", "category", "status", "engine", "proved", "requests", "mentions", "detail", "elapsed_s",
    ),
}  # fmt: skip

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(audit: Audit, list_name: str = "actions") -> str:
    """Return one list as CSV (RFC 4180): a header, a row each, unknown empty.

    Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
    Raises UsageError for a list that does not exist.
    """
    if list_name not in COLUMNS:
        raise UsageError(f"there is no list {list_name!r} as CSV; take one of {', '.join(COLUMNS)}")
    columns = COLUMNS[list_name]
    rows = to_document(audit)[list_name]
    flat: Callable[[dict[str, Any]], dict[str, Any]] = _FLAT.get(list_name, dict)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        values = flat(row)
        writer.writerow([inert(values.get(column)) for column in columns])
    return out.getvalue()


def inert(value: Any) -> str | float:
    """Return a cell's value as no spreadsheet will run it; numbers stay numbers, None is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    text = clean(str(value))
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_STARTS_A_FORMULA) else text


def _flat_mention(row: dict[str, Any]) -> dict[str, Any]:
    match, sentiment = row["match"] or {}, row["sentiment"] or {}
    first = row["evidence"][0] if row["evidence"] else {}
    return {
        **row,
        "match": match.get("decision"),
        "probability": match.get("probability"),
        "because": match.get("because"),
        **{name: sentiment.get(name) for name in ("label", "valence", "about")},
        **{name: first.get(name) for name in ("sha256", "fetched_at")},
    }


def _flat_rating(row: dict[str, Any]) -> dict[str, Any]:
    low, high = row["interval"] or (None, None)
    return {**row, "low": low, "high": high}


_FLAT = {"mentions": _flat_mention, "ratings": _flat_rating}
