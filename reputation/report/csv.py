"""One list of an audit as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reputation.codec import from_plain
from reputation.defense import calls
from reputation.defense.remedies import route_of
from reputation.errors import UsageError
from reputation.model import Finding
from reputation.render import clean
from reputation.report.json import to_document

if TYPE_CHECKING:
    from reputation.defense.calls import Call
    from reputation.model import Audit

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "actions": (
        "priority", "what", "why", "owner", "due_on", "where_url", "trust", "text", "key", "finding_keys",
    ),
    "findings": (
        "check", "outcome", "severity", "field", "expected", "observed", "authority", "url", "remedy",
        "trust", "mention_key", "key",
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

CALLS = "calls"
"""The list that is no part of the record: the call sheet, for the front desk to fill in."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(
    audit: Audit, list_name: str = "actions", dialled: Mapping[str, Call] = MappingProxyType({})
) -> str:
    """Return one list as CSV (RFC 4180): a header, a row each, unknown empty.

    `calls` is the call sheet, with what was `dialled` last.
    Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
    Raises UsageError for a list that does not exist.
    """
    flat: Callable[[dict[str, Any]], dict[str, Any]] = _FLAT.get(list_name, dict)
    if list_name == CALLS:
        columns, rows = calls.COLUMNS, _sheet(audit, dialled)
    elif list_name in COLUMNS:
        columns, rows = COLUMNS[list_name], to_document(audit)[list_name]
    else:
        raise UsageError(f"there is no list {list_name!r} as CSV; take one of {', '.join((*COLUMNS, CALLS))}")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        values = flat(row)
        writer.writerow([inert(values.get(column)) for column in columns])
    return out.getvalue()


def _sheet(audit: Audit, dialled: Mapping[str, Call]) -> list[dict[str, Any]]:
    """Return the rows of the call sheet; the columns of who dials are empty."""
    rows = []
    for one in calls.call_sheet(audit.profile, audit.mentions):
        last = dialled.get(one.telephone)
        rows.append(
            {
                "telephone": one.shown,
                "yours": one.yours,
                "sites": list(one.sites),
                "pages": list(one.pages),
                "last_dialled_on": last.on.isoformat() if last else None,
                "last_result": last.result if last else None,
            }
        )
    return rows


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


def _flat_finding(row: dict[str, Any]) -> dict[str, Any]:
    """Return a finding with how far the route of its remedy was checked."""
    finding = from_plain(Finding, row)
    return {**row, "trust": route_of(finding).trust.value if finding.remedy else None}


_FLAT = {"findings": _flat_finding, "mentions": _flat_mention, "ratings": _flat_rating}
