"""Who holds the first page of each engine for each query, and how much of the attention falls on harm.

Attention is weighted by rank with the discount of DCG, 1 / log2(rank + 1) (Järvelin and Kekäläinen,
2002): no outside data, and milder than any published click curve.  With ten results one item is ten
points, so the counts are shown beside every share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2

from reputation.definition.adverse import is_adverse
from reputation.model import (
    Cell,
    Control,
    CoverageStatus,
    MatchDecision,
    Mention,
    PageOne,
    SentimentLabel,
)

PAGE_LENGTH = 10
"""Results that stand on a first page."""

POOR_RATING = 0.4
"""A rating at or below this share of its scale's best (2 of 5) counts as negative."""

_ANSWERED = frozenset({CoverageStatus.OK, CoverageStatus.EMPTY, CoverageStatus.OBSERVED})


@dataclass(slots=True)
class _Page:
    """The results of one page, by rank; a panel beside them."""

    results: dict[int, Mention] = field(default_factory=dict)
    panel: str | None = None


def first_pages(mentions: Sequence[Mention], cells: Sequence[Cell]) -> tuple[PageOne, ...]:
    """Return one first page per engine and query that answered, sorted by both.

    A cell that was blocked or failed has no first page.  Position 0 is the panel beside the results.
    """
    pages: dict[tuple[str, str], _Page] = {
        (cell.engine, cell.query): _Page() for cell in cells if cell.status in _ANSWERED
    }
    for mention in sorted(mentions, key=lambda item: item.key):
        for rank in mention.ranks:
            page = pages.setdefault((rank.engine, rank.query), _Page())
            if rank.position < 1:
                page.panel = page.panel or mention.title
            elif rank.position <= PAGE_LENGTH:
                page.results.setdefault(rank.position, mention)
    return tuple(_summarize(engine, query, page) for (engine, query), page in sorted(pages.items()))


def is_negative(mention: Mention) -> bool:
    """Whether a matched mention speaks against the clinician: its words, its rating or a sanction."""
    if mention.match is None or mention.match.decision is not MatchDecision.MATCH:
        return False
    if mention.decision in {"positive", "neutral"}:
        return False
    if mention.sentiment is not None and mention.sentiment.label is SentimentLabel.NEGATIVE:
        return True
    if mention.rating_value is not None and mention.rating_count != 0:
        best = mention.best_rating or 5.0
        if 0 < mention.rating_value <= POOR_RATING * best:
            return True
    return is_adverse(f"{mention.title}. {mention.text or ''}")


def holder(mention: Mention) -> Control:
    """Return who decides what a result says; a namesake's page is not about the clinician."""
    if mention.match is None or mention.match.decision is MatchDecision.NON_MATCH:
        return Control.NOT_ABOUT_ME
    return mention.control or Control.UNCONTROLLED


def _summarize(engine: str, query: str, page: _Page) -> PageOne:
    ranked = sorted(page.results.items())
    counts = dict.fromkeys(Control, 0)
    for _, mention in ranked:
        counts[holder(mention)] += 1
    bad = [position for position, mention in ranked if is_negative(mention)]
    attention = sum(_attention(position) for position, _ in ranked)
    return PageOne(
        engine=engine,
        query=query,
        owned=counts[Control.OWNED],
        controlled=counts[Control.CONTROLLED],
        influenced=counts[Control.INFLUENCED],
        uncontrolled=counts[Control.UNCONTROLLED],
        not_about_me=counts[Control.NOT_ABOUT_ME],
        neg_exposure=round(sum(map(_attention, bad)) / attention, 4) if attention else None,
        first_negative_rank=bad[0] if bad else None,
        panel=page.panel,
        keys=tuple(mention.key for _, mention in ranked),
    )


def _attention(position: int) -> float:
    """Return the discount of a rank, 1 for the first."""
    return 1 / log2(position + 1)
