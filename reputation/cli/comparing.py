"""What `diff` prints: the gravest first, a line a change, and the moves on pages of results counted together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reputation.cli.telling import clean
from reputation.codec import to_plain
from reputation.model import Audit, Change, ChangeKind, Comparison

ORDER = (
    ChangeKind.REGRESSED,
    ChangeKind.RESOLVED,
    ChangeKind.APPEARED,
    ChangeKind.CHANGED,
    ChangeKind.VANISHED,
    ChangeKind.NEWLY_INDEXED,
)
MOVES_SHOWN = 5
"""How many new places on pages of results are told; there are dozens a quarter."""


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as a JSON object."""
    return {"schema_version": 1, **to_plain(comparison)}


def comparison_lines(comparison: Comparison, base: Audit, head: Audit) -> Iterator[str]:
    """Yield what changed, and about what nothing can be said."""
    from reputation.report.wording import is_move

    yield f"From {base.quarter} ({base.audit.as_of:%Y-%m-%d}) to {head.quarter} ({head.audit.as_of:%Y-%m-%d}):"
    if not comparison.changes:
        yield "  nothing changed among the sources that were heard in both audits"
    mentions = {mention.key: mention for mention in (*base.mentions, *head.mentions)}
    told = [change for change in comparison.changes if not is_move(change)]
    moves = [change for change in comparison.changes if is_move(change)]
    for change in sorted(told, key=lambda one: (ORDER.index(one.kind), one.subject != "rating")):
        yield _line(change, mentions)
    for change in moves[:MOVES_SHOWN]:
        yield _line(change, mentions)
    if len(moves) > MOVES_SHOWN:
        yield f"  and {len(moves) - MOVES_SHOWN} more new places on pages of results: repaudit diff --json"
    if comparison.incomparable:
        yield f"Not comparable, since not heard in both: {', '.join(comparison.incomparable)}"
    if comparison.criteria_changed:
        yield "Your profile changed in between: findings are not compared"


def _line(change: Change, mentions: dict[str, Any]) -> str:
    from reputation.report.wording import CHANGE, is_move, state_change

    sentence = clean(state_change(change, mentions.get(change.key)), 170)
    label = "Moved" if is_move(change) else CHANGE[change.kind]
    return f"  {label}: {sentence}  [{clean(change.key, 60)}]"
