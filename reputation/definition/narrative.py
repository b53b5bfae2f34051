"""The story that the web tells, from counted facts: a paragraph, themes, tone, and the arc by the sources' own dates.

Every sentence is a `Statement` that leads to the mentions it counted, number by number; the summary is those sentences in
order.  No sentence quotes an opinion, so that the summary may stand where opinions may not; quotes stand with the themes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from reputation.definition import adverse, telling
from reputation.definition.arc import arc_of, changes_in, half_year, voices_by_period
from reputation.definition.onlookers import colleague, patient
from reputation.definition.signs import signs_of
from reputation.definition.telling import statement
from reputation.definition.theme_shares import OPINIONS, theme_shares
from reputation.definition.themes import tone
from reputation.definition.wording import count, listed
from reputation.model import (
    ArcPoint,
    ChangeKind,
    Comparison,
    Coverage,
    Figure,
    Kind,
    MatchDecision,
    Mention,
    Narrative,
    Profile,
    Sign,
    Statement,
)

SIGNS_TOLD = 2
"""Signs that are told one by one; all of them stand with the ratings."""

__all__ = ["half_year", "narrate", "since"]


def narrate(
    profile: Profile, mentions: Sequence[Mention], coverage: Sequence[Coverage], now: datetime
) -> Narrative:
    """Return the narrative of the matched mentions."""
    mine = sorted(
        (item for item in mentions if item.match and item.match.decision is MatchDecision.MATCH),
        key=lambda item: item.key,
    )
    opinions = [item for item in mine if _is_opinion(item)]
    grave = [item for item in mine if item.kind not in OPINIONS and adverse.is_adverse(_said(item))]
    today, name = now.date(), f"{profile.name.given} {profile.name.family}"
    voices = voices_by_period(opinions, today)
    dated = [item for period in sorted(voices) if "H" in period for item in voices[period]]
    changes, signs = changes_in(opinions, today), signs_of(mine, today)
    statements = (
        telling.opening(name, mine, coverage),
        *telling.grave(grave),
        *(telling.opinions_told(opinions) if mine else ()),
        *telling.age_told(opinions, today),
        *telling.themes_told(opinions),
        *telling.changes_told(dated, changes),
        *_signs_told(signs),
        *patient(mine, opinions, grave, changes),
        *colleague(name, mine, coverage, grave),
        *telling.hearing(name, coverage, mentions),
    )
    return Narrative(
        summary=_paragraph(statements),
        tone=tone(_texts(mine)),
        themes=theme_shares(mine),
        arc=arc_of(profile, mine, opinions, today),
        keys=telling.keys_of(mine),
        statements=statements,
        changes=changes,
        signs=signs,
    )


def since(narrative: Narrative, comparison: Comparison) -> Narrative:
    """Return `narrative` with what is new since the audit before told apart from what is only newly found."""
    hers = frozenset(narrative.keys)
    kinds = {
        change.key: change.kind
        for change in comparison.changes
        if change.subject == "mention"
        and change.key in hers
        and change.kind in {ChangeKind.APPEARED, ChangeKind.NEWLY_INDEXED}
    }
    statements = (*narrative.statements, *_news(kinds))
    return replace(
        narrative,
        summary=_paragraph(statements),
        statements=statements,
        arc=tuple(_marked(point, kinds) for point in narrative.arc),
    )


def _marked(point: ArcPoint, kinds: Mapping[str, ChangeKind]) -> ArcPoint:
    found = (kinds.get(key) for key in point.keys)
    return replace(
        point,
        newly_indexed=sum(kind is ChangeKind.NEWLY_INDEXED for kind in found),
        events=tuple(
            replace(event, novelty=_novelty([kinds.get(key) for key in event.keys])) for event in point.events
        ),
    )


def _novelty(kinds: Sequence[ChangeKind | None]) -> ChangeKind | None:
    """Return the novelty of an event of which some pages may have been known before."""
    return kinds[0] if kinds and len(set(kinds)) == 1 else None


def _news(kinds: Mapping[str, ChangeKind]) -> Iterator[Statement]:
    new = tuple(key for key, kind in kinds.items() if kind is ChangeKind.APPEARED)
    found = tuple(key for key, kind in kinds.items() if kind is ChangeKind.NEWLY_INDEXED)
    told = []
    if new:
        told.append(f"{count(len(new), 'item')} {'is' if len(new) == 1 else 'are'} new")
    if found:
        older = "older one was" if len(found) == 1 else "older ones were"
        told.append(f"{len(found)} {older} found only now")
    if told:
        figures = [Figure(text=str(len(keys)), keys=keys) for keys in (new, found) if keys]
        yield statement("since", f"Since the last audit {listed(told)}.", *figures)


def _signs_told(signs: Sequence[Sign]) -> Iterator[Statement]:
    """Yield each sign, or of many how many reviews they are about."""
    if len(signs) > SIGNS_TOLD:
        keys = tuple(sorted({key for sign in signs for key in sign.keys}))
        text = f"{len(keys)} reviews came in bursts or share their words: worth a look, proof of nothing."
        yield statement("sign", text, Figure(text=str(len(keys)), keys=keys))
        return
    for sign in signs:
        yield statement("sign", sign.text, *sign.figures)


def _paragraph(statements: Iterable[Statement]) -> str:
    return " ".join(one.text for one in statements)


def _is_opinion(item: Mention) -> bool:
    return item.kind in OPINIONS and item.sentiment is not None and item.sentiment.label is not None


def _texts(mentions: Iterable[Mention]) -> list[str]:
    return [_said(item) for item in mentions if item.kind in OPINIONS | {Kind.ARTICLE}]


def _said(item: Mention) -> str:
    return f"{item.title}. {item.text or ''}"
