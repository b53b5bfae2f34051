"""Gives every mention its sentiment and themes, and the user's own word on it.

Identity comes before judgement: nothing but a match is scored, so that a namesake's bad review is never
the clinician's.  Reviews and posts are scored; registries, directories, abstracts and self-written pages
are not.  A label that the user has corrected stays corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reputation.definition.character import character_of, context_of, personal_pages
from reputation.definition.sentiment import MIXED_WITHIN, POSITIVE_FROM, assess, fact_of, label_of
from reputation.definition.themes import themes
from reputation.model import (
    About,
    Control,
    Judgement,
    Kind,
    MatchDecision,
    Mention,
    Profile,
    Sentiment,
    SentimentLabel,
)

SCORED_KINDS = frozenset({Kind.REVIEW, Kind.POST, Kind.ANSWER, Kind.RESULT})

SELF_WRITTEN = frozenset({Control.OWNED, Control.CONTROLLED})
"""Pages whose words are the clinician's own: they praise nobody."""

NEWS_SOURCES = frozenset({"google-news", "google-alerts"})
"""Sources whose articles are news: facts with rules of their own, where abstracts carry nothing."""

_CORRECTED = {
    "positive": (SentimentLabel.POSITIVE, 0.5),
    "neutral": (SentimentLabel.NEUTRAL, 0.0),
    "negative": (SentimentLabel.NEGATIVE, -0.5),
}


def assess_mentions(
    profile: Profile, mentions: Sequence[Mention], judgements: Iterable[Judgement]
) -> tuple[Mention, ...]:
    """Return the mentions with sentiment, themes and the user's latest word, in the order given."""
    words = _words_by_key(judgements)
    names = names_of(profile)
    lexicon_only = profile.sentiment_model == "lexicon"
    personal = personal_pages(profile)
    return tuple(
        _characterised(
            _assessed(mention, words.get(mention.key, ()), names, lexicon_only=lexicon_only), personal
        )
        for mention in mentions
    )


def names_of(profile: Profile) -> tuple[str, ...]:
    """Return the names of people and organisations in the profile; they never carry sentiment."""
    name = profile.name
    people = (name.family, name.given, name.middle, *name.former, *name.nicknames)
    places = (place.name for place in profile.locations)
    employers = [word for tie in profile.affiliations for word in (tie.name, *tie.short_names)]
    everything = [*people, *places, *employers, profile.practice.name]
    return tuple(sorted({text for text in everything if text and len(text) > 1}, key=lambda t: (-len(t), t)))


def _words_by_key(judgements: Iterable[Judgement]) -> dict[str, tuple[str, ...]]:
    """Return each key's words, the earliest first."""
    ordered = sorted(judgements, key=lambda item: item.decided_at.timestamp() if item.decided_at else 0.0)
    words: dict[str, tuple[str, ...]] = {}
    for item in ordered:
        words[item.key] = (*words.get(item.key, ()), item.word)
    return words


def _assessed(mention: Mention, words: Sequence[str], names: Sequence[str], *, lexicon_only: bool) -> Mention:
    decision = words[-1] if words else mention.decision
    if mention.match is None or mention.match.decision is not MatchDecision.MATCH:
        return replace(mention, sentiment=None, themes=(), decision=decision)
    text = f"{mention.title}\n{mention.text or ''}"
    method = "lexicon" if lexicon_only else "model"
    sentiment = _corrected(_explained(_sentiment(mention, names, lexicon_only=lexicon_only), method), words)
    return replace(mention, sentiment=sentiment, themes=themes(text), decision=decision)


def _characterised(mention: Mention, personal: frozenset[str]) -> Mention:
    if mention.match is None or mention.match.decision is not MatchDecision.MATCH:
        return replace(mention, character=(), context=None)
    character = character_of(mention, mention.themes)
    return replace(mention, character=character, context=context_of(mention, character, personal))


def _sentiment(mention: Mention, names: Sequence[str], *, lexicon_only: bool) -> Sentiment | None:
    if mention.kind is Kind.ARTICLE and not NEWS_SOURCES.isdisjoint(mention.sources):
        return _news(f"{mention.title}. {mention.text or ''}")
    if mention.kind not in SCORED_KINDS or mention.control in SELF_WRITTEN:
        return None
    text = _scored_text(mention)
    return assess(text, mention.kind, names=names, model=not lexicon_only) if text else None


def _scored_text(mention: Mention) -> str:
    """Return a review's own words; of a result the title too, since that is all that a reader sees."""
    if mention.kind is Kind.RESULT:
        return f"{mention.title}. {mention.text or ''}".strip()
    return (mention.text or "").strip()


def _news(text: str) -> Sentiment | None:
    """Return what a news item states as a fact; the review model would misread its words."""
    valence = fact_of(text)
    if valence is None:
        return None
    return Sentiment(valence=valence, label=label_of(valence), about=About.CLINICIAN, method="facts")


def _explained(sentiment: Sentiment | None, method: str) -> Sentiment | None:
    """Return the sentiment with how its label came about, and how far it lies from the border of another."""
    if sentiment is None or sentiment.label is None or sentiment.valence is None:
        return sentiment
    method = sentiment.method or method
    return replace(sentiment, method=method, confidence=_margin(sentiment.label, abs(sentiment.valence)))


def _margin(label: SentimentLabel, strength: float) -> float:
    """Return 0.5 where a valence of this strength lies on the border of another label, 1 where it is farthest."""
    if label is SentimentLabel.NEUTRAL:
        share = (POSITIVE_FROM - strength) / POSITIVE_FROM
    elif label is SentimentLabel.MIXED:
        share = (MIXED_WITHIN - strength) / MIXED_WITHIN
    else:
        share = (strength - POSITIVE_FROM) / (1 - POSITIVE_FROM)
    return round(0.5 + 0.5 * min(1.0, max(0.0, share)), 2)


def _corrected(sentiment: Sentiment | None, words: Sequence[str]) -> Sentiment | None:
    """Return the sentiment with the label that the user gave last, if she gave one."""
    given = next((word for word in reversed(words) if word in _CORRECTED), None)
    if given is None:
        return sentiment
    label, valence = _CORRECTED[given]
    if sentiment is None:
        return Sentiment(valence=valence, label=label, method="user", confidence=1.0)
    keeps = sentiment.label is label and sentiment.valence is not None
    valence = sentiment.valence if keeps and sentiment.valence is not None else valence
    return replace(sentiment, label=label, valence=valence, method="user", confidence=1.0)
