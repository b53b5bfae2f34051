"""Who holds the first page of each engine for each query, and how much of the attention falls on harm.

Attention is weighted by rank (`exposure.py`) and shared among the results that were seen.  With ten results one item is
ten points, so the counts, and each result with its share, stand beside every sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reputation.definition.adverse import is_adverse
from reputation.definition.exposure import DEFAULT_CURVE, PAGE_LENGTH, weights
from reputation.model import (
    Cell,
    Control,
    CoverageStatus,
    MatchDecision,
    Mention,
    PageOne,
    PageResult,
    SentimentLabel,
)

POOR_RATING = 0.4
"""A rating at or below this share of its scale's best (2 of 5) counts as negative."""

HERS = frozenset({Control.OWNED, Control.CONTROLLED})
"""Results whose words are hers to write."""

_ANSWERED = frozenset({CoverageStatus.OK, CoverageStatus.EMPTY, CoverageStatus.OBSERVED})


@dataclass(slots=True)
class _Page:
    """The results of one page, by rank; a panel beside them."""

    results: dict[int, Mention] = field(default_factory=dict)
    panel: str | None = None


def first_pages(
    mentions: Sequence[Mention], cells: Sequence[Cell], curve: str = DEFAULT_CURVE
) -> tuple[PageOne, ...]:
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
    return tuple(_summarize(engine, query, page, curve) for (engine, query), page in sorted(pages.items()))


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


def _summarize(engine: str, query: str, page: _Page, curve: str) -> PageOne:
    results = _results(page, curve)
    counts = {control: sum(one.control is control for one in results) for control in Control}
    bad = [one for one in results if one.is_negative]
    hers = [one for one in results if one.control in HERS]
    others = [one for one in results if one.control not in HERS]
    return PageOne(
        engine=engine,
        query=query,
        owned=counts[Control.OWNED],
        controlled=counts[Control.CONTROLLED],
        influenced=counts[Control.INFLUENCED],
        uncontrolled=counts[Control.UNCONTROLLED],
        not_about_me=counts[Control.NOT_ABOUT_ME],
        neg_exposure=_share(bad) if results else None,
        first_negative_rank=bad[0].position if bad else None,
        panel=page.panel,
        keys=tuple(one.key for one in results),
        exposure_curve=curve,
        results=results,
        first_owned_rank=next((one.position for one in results if one.control is Control.OWNED), None),
        share_of_voice=_share(hers) if results else None,
        displaces=others[-1] if others and len(results) >= PAGE_LENGTH else None,
    )


def _results(page: _Page, curve: str) -> tuple[PageResult, ...]:
    """Return the page's results by rank, each with its share of the attention that the page gets."""
    weight = weights(curve)
    ranked = sorted(page.results.items())
    whole = sum(weight[position - 1] for position, _ in ranked)
    return tuple(
        PageResult(
            position=position,
            key=mention.key,
            control=holder(mention),
            is_negative=is_negative(mention),
            attention=round(weight[position - 1] / whole, 6),
        )
        for position, mention in ranked
    )


def _share(results: Iterable[PageResult]) -> float:
    return round(sum((one.attention for one in results), 0.0), 4)
