"""Says when a shipped table of facts has grown old."""

from __future__ import annotations

from datetime import date, timedelta

OLD_AFTER = timedelta(days=548)
"""Eighteen months."""


def age_note(as_of: date, today: date) -> str | None:
    """Return a sentence where facts of `as_of` are older than eighteen months, else None."""
    if today - as_of <= OLD_AFTER:
        return None
    return f"These facts were gathered on {as_of.isoformat()} and are older than eighteen months: look before you rely on them."
