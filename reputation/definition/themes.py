"""What a review, an article or a post speaks of.

Each theme is known by words that patients and newspapers use for it; they stand in `data/lexicon.toml`
so that a reader can see and mend them.  Tone is told apart from sentiment: how a text speaks, not for whom.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from reputation import resources
from reputation.model import ThemeName

NEUTRAL_TONE = "neutral"


def themes(text: str) -> tuple[str, ...]:
    """Return the ids of the themes that `text` speaks of, in the vocabulary's order; () for none."""
    if not text:
        return ()
    return tuple(name.value for name in ThemeName if _pattern("themes", name.value).search(text))


def tone(texts: Iterable[str]) -> str:
    """Return the prevailing tone: warm, hostile, humorous, promotional, professional or neutral.

    Each text counts once for every tone it has; the commonest wins where at least a quarter of the
    texts have it.  Ties go to the tone that stands first in `data/lexicon.toml`.
    """
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        counts.update(name for name in _tones() if _pattern("tone", name).search(text))
    if not counts:
        return NEUTRAL_TONE
    name, n = max(counts.items(), key=lambda item: (item[1], -_tones().index(item[0])))
    return name if 4 * n >= total else NEUTRAL_TONE


@cache
def _tones() -> tuple[str, ...]:
    return tuple(resources.table("data/lexicon.toml")["tone"])


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    words: list[str] = resources.table("data/lexicon.toml")[table][name]
    alternatives = "|".join(f"(?:{word})" for word in words)
    return re.compile(rf"(?<!\w)(?:{alternatives})", re.IGNORECASE)
