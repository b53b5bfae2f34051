"""What opinions and articles speak of: each theme's share, its valence, and words that bear it out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean

from reputation.definition.themes import themes as themes_of
from reputation.model import About, Kind, Mention, Quote, SentimentLabel, ThemeName, ThemeShare

OPINIONS = frozenset({Kind.REVIEW, Kind.POST})

PUBLIC_LIFE = frozenset({ThemeName.RESEARCH, ThemeName.TEACHING, ThemeName.LEADERSHIP, ThemeName.ADVOCACY})
"""Themes of articles and news; the others are themes of opinions."""

OFFICE = frozenset({About.STAFF, About.BILLING, About.FACILITY})

_LONGEST_QUOTE = 240
_LOOKED_AT = 20
"""Texts of one theme in which a sentence to quote is looked for."""

_SENTENCE = re.compile(r"(?:\b(?:Drs?|Mrs?|Ms|Prof|St|vs)\.|[^.!?\n])+[.!?]*")


def by_theme(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """Return the mentions by theme."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for item in mentions:
        for name in item.themes or themes_of(f"{item.title}. {item.text or ''}"):
            found[name].append(item)
    return dict(found)


def is_about_office(item: Mention) -> bool:
    """Whether an opinion is about staff, bills or rooms rather than the clinician."""
    return item.sentiment is not None and item.sentiment.about in OFFICE


def theme_shares(mine: Sequence[Mention]) -> tuple[ThemeShare, ...]:
    """Return the themes by share: of opinions for what patients speak of, of articles for public life."""
    opinions = [item for item in mine if item.kind in OPINIONS]
    articles = [item for item in mine if item.kind is Kind.ARTICLE]
    shares = [
        ThemeShare(
            name=name,
            share=round(len(items) / len(group), 4),
            valence=mean_valence(items),
            keys=tuple(item.key for item in items),
            of=len(group),
            quotes=tuple(_quotes(name, items)),
        )
        for group, is_public in ((opinions, False), (articles, True))
        for name, items in by_theme(group).items()
        if (ThemeName(name) in PUBLIC_LIFE) is is_public
    ]
    return tuple(sorted(shares, key=lambda item: (-item.share, item.name)))


def mean_valence(mentions: Iterable[Mention]) -> float | None:
    """Return the mean valence of those that have one; None for none."""
    told = [
        item.sentiment.valence for item in mentions if item.sentiment and item.sentiment.valence is not None
    ]
    return round(fmean(told), 4) if told else None


def _quotes(theme: str, mentions: Sequence[Mention]) -> Iterator[Quote]:
    """Yield a sentence of praise and one of complaint, word for word; the newest that has one speaks."""
    newest = sorted(mentions, key=lambda item: (item.date_published or "", item.key), reverse=True)
    for label in (SentimentLabel.POSITIVE, SentimentLabel.NEGATIVE):
        said = [item for item in newest if item.sentiment and item.sentiment.label is label][:_LOOKED_AT]
        quote = next((found for item in said if (found := _sentence(theme, item))), None)
        if quote:
            yield quote


def _sentence(theme: str, item: Mention) -> Quote | None:
    for found in _SENTENCE.finditer((item.text or "")[:5000]):
        text = found.group().strip()
        if len(text) <= _LONGEST_QUOTE and theme in themes_of(text):
            return Quote(text=text, key=item.key)
    return None
