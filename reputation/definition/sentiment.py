"""How favourable a text is to the clinician, and whom it is about.  The only door to vaderSentiment.

The kind of a mention comes first: registries, directories, abstracts and self-written pages carry no
sentiment (None, not 0).  What is left is masked (names and titles praise nobody), cut into clauses and
scored by VADER (Hutto and Gilbert, 2014) with `data/lexicon.toml` laid over it, because "pain" and
"cancer" name what a clinic treats, not what a patient thinks of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from reputation import resources
from reputation.definition import adverse
from reputation.model import About, Kind, Sentiment, SentimentLabel

SILENT_KINDS = frozenset({Kind.RECORD, Kind.LISTING, Kind.ARTICLE, Kind.PROFILE})
"""The kinds that carry no sentiment of their own."""

POSITIVE_FROM = 0.05
NEGATIVE_TO = -0.05


def assess(text: str, kind: str | None = None, *, names: Sequence[str] = (), model: bool = True) -> Sentiment:  # noqa: ARG001 - for the next commit
    """Return how favourable `text` is: valence -1..1, label, whom it is about, and its sentences.

    Args:
        text: What was said; empty text carries no sentiment.
        kind: A mention's kind.  Records, listings, articles and profiles carry none; without a kind,
            neutral text is told from opinion and stays within 0.3 of nothing.
        names: Names of people and organisations, which never carry sentiment.
    """
    if not text.strip() or (kind is not None and Kind(kind) in SILENT_KINDS):
        return Sentiment(valence=None)
    fact = _fact(text)
    if fact is not None and kind != Kind.REVIEW:
        return Sentiment(valence=fact, label=label_of(fact), about=About.CLINICIAN, sentences=((text, fact),))
    scored = tuple((sentence, _score(mask(sentence, names))) for sentence in sentences_of(text))
    told = [score for _, score in scored if score]
    valence = round(sum(told) / len(told), 4) if told else 0.0
    return Sentiment(valence=valence, label=label_of(valence), about=_about(text), sentences=scored)


def label_of(valence: float) -> SentimentLabel:
    """Return positive from 0.05, negative to -0.05, neutral between."""
    if valence >= POSITIVE_FROM:
        return SentimentLabel.POSITIVE
    return SentimentLabel.NEGATIVE if valence <= NEGATIVE_TO else SentimentLabel.NEUTRAL


def sentences_of(text: str) -> list[str]:
    """Return the sentences of `text`, at most 400 characters each so that time stays linear."""
    rough = (part.strip() for part in _SENTENCE_END.split(text))
    return [part[at : at + 400] for part in rough if part for at in range(0, len(part), 400)]


def mask(text: str, names: Sequence[str] = ()) -> str:
    """Return `text` without what only names: titles with their names, hospitals, and `names`."""
    for name in names:
        text = re.sub(rf"\b{re.escape(name)}\b", "X", text, flags=re.IGNORECASE)
    return _TITLED.sub("Doctor", _ORGANISATION.sub("Organisation", text))


def _fact(text: str) -> float | None:
    if adverse.is_cleared(text):
        return 0.0
    if adverse.is_adverse(text):
        return -0.6
    return 0.6 if adverse.is_honour(text) else None


def _score(text: str) -> float:
    return float(_analyzer().polarity_scores(text)["compound"])


def _about(text: str) -> About:
    scores = {about: len(pattern.findall(text)) for about, pattern in _ABOUT.items()}
    best = max(scores.values())
    winners = [about for about, n in scores.items() if n == best]
    return winners[0] if best and len(winners) == 1 else About.UNCLEAR


@cache
def _analyzer() -> SentimentIntensityAnalyzer:
    analyzer = SentimentIntensityAnalyzer()
    table = resources.table("data/lexicon.toml")
    for word in table["neutral"]:
        analyzer.lexicon.pop(word, None)
    analyzer.lexicon.update(table["words"])
    return analyzer


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+|(?<=\w);\s+")
_TITLED = re.compile(r"\b(?:Dr|Drs|Doctor|Prof|Professor|Mr|Mrs|Ms|Miss)\b\.?(?:\s+[A-Z][\w'’-]*){1,4}")
_ORGANISATION = re.compile(
    r"\b(?:(?:[A-Z][\w'’-]*|of|the|for|and|&)\s+){1,5}"
    r"(?:Hospital|Clinic|Center|Centre|Medical|University|Health|Institute|Associates|Practice)\b"
)
_ABOUT = {
    About.CLINICIAN: re.compile(r"\b(?:dr|doctor|surgeon|physician|he|she|his|her|him)\b", re.IGNORECASE),
    About.STAFF: re.compile(
        r"\b(?:staff|nurses?|receptionists?|front desk|secretary|assistants?)\b", re.IGNORECASE
    ),
    About.BILLING: re.compile(
        r"\b(?:bill|billed|billing|insurance|charged?|copay|refund|payment)\b", re.IGNORECASE
    ),
    About.FACILITY: re.compile(
        r"\b(?:parking|building|facility|hospital|clean|dirty|waiting room)\b", re.IGNORECASE
    ),
}
