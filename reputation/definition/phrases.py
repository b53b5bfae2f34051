"""Phrases of practice life that single words do not give away: "wouldn't send my dog", "worth every penny"."""

from __future__ import annotations

import re
from functools import cache

LIMIT = 4.0
"""Log odds beyond which more phrases say nothing more."""


def phrase_score(text: str, words: frozenset[str]) -> float:
    """Return what the phrases in `text` add to the log odds of praise, within LIMIT either way.

    `words` are the text's own in lower case; a phrase is tried only where its word is.
    """
    table = _phrases()
    hits = words & table.keys()
    if not hits:
        return 0.0
    lower = text.lower()
    total = sum(weight for word in sorted(hits) for pattern, weight in table[word] if pattern.search(lower))
    return max(-LIMIT, min(LIMIT, total))


@cache
def _phrases() -> dict[str, tuple[tuple[re.Pattern[str], float], ...]]:
    from reputation import resources  # noqa: PLC0415 - importing the scorer must be quick

    table: dict[str, list[tuple[str, float]]] = resources.table("data/lexicon.toml")["phrases"]
    return {
        word: tuple((re.compile(pattern), weight) for pattern, weight in rows) for word, rows in table.items()
    }
