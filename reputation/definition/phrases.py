"""Phrases of practice life that single words do not give away: "wouldn't send my dog", "worth every penny"."""

from __future__ import annotations

import re
from functools import cache

LIMIT = 6.0
"""Log odds beyond which more phrases say nothing more."""


def phrase_score(text: str, words: frozenset[str]) -> float:
    """Return what the phrases in `text` add to the log odds of praise, within LIMIT either way.

    `words` are the text's own in lower case; a phrase is tried only where its word is.
    """
    return _score("phrases", text, words)


def statement_score(text: str, words: frozenset[str]) -> float:
    """Return what the phrases of biographies, questions and outright judgements add to the log odds of an opinion."""
    return _score("statements", text, words)


def mixed_score(text: str, words: frozenset[str]) -> float:
    """Return how plainly a text says itself that it is of two minds: 2 for "three stars", 1 for "just okay"."""
    return _score("mixed", text, words)


def _score(name: str, text: str, words: frozenset[str]) -> float:
    table, keys = _phrases(name)
    hits = words & keys
    if not hits:
        return 0.0
    lower = text.lower()
    total = sum(weight for word in sorted(hits) for pattern, weight in table[word] if pattern.search(lower))
    return max(-LIMIT, min(LIMIT, total))


Rules = dict[str, tuple[tuple[re.Pattern[str], float], ...]]


@cache
def _phrases(name: str) -> tuple[Rules, frozenset[str]]:
    from reputation import resources  # noqa: PLC0415 - importing the scorer must be quick

    table: dict[str, list[tuple[str, float]]] = resources.table("data/lexicon.toml")[name]
    rules = {
        word: tuple((re.compile(pattern), weight) for pattern, weight in rows) for word, rows in table.items()
    }
    return rules, frozenset(rules)
