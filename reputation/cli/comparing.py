"""What `diff` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reputation.cli.telling import clean
from reputation.codec import to_plain
from reputation.model import Audit, Comparison


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as a JSON object."""
    return {"schema_version": 1, **to_plain(comparison)}


def comparison_lines(comparison: Comparison, base: Audit, head: Audit) -> Iterator[str]:
    """Yield what changed, and about what nothing can be said."""
    titles = {mention.key: mention.title for mention in (*base.mentions, *head.mentions)}
    yield f"From {base.quarter} ({base.audit.as_of:%Y-%m-%d}) to {head.quarter} ({head.audit.as_of:%Y-%m-%d}):"
    if not comparison.changes:
        yield "  nothing changed among the sources that were heard in both audits"
    for change in comparison.changes:
        title = f"  {clean(titles.get(change.key), 60)}" if change.key in titles else ""
        values = f": {_shown(change.before)} -> {_shown(change.after)}" if change.field else ""
        note = f" ({change.note})" if change.note else ""
        field = f" {change.field}" if change.field else ""
        yield f"  {change.kind.value.replace('_', ' ')} {change.subject}{field}  {clean(change.key, 60)}{title}{values}{note}"
    if comparison.incomparable:
        yield f"Not comparable, since not heard in both: {', '.join(comparison.incomparable)}"
    if comparison.criteria_changed:
        yield "Your profile changed in between: findings are not compared"


def _shown(value: object) -> str:
    """Return one side of a change; what was not stated is nothing, not a word of Python's."""
    return "nothing" if value is None else clean(str(value), 60)
