"""What all evidence has in common: the weights of `data/linkage.toml`, and how far a text is read."""

from __future__ import annotations

import re
from functools import lru_cache

from reputation import resources
from reputation.model import Mention, Weight

TEXT_LIMIT = 20_000
"""How many characters of a mention's text are searched."""


def weight(table: str, level: str, text: str, feature: str | None = None) -> Weight:
    """Return the weight that `data/linkage.toml` gives to a level of a table."""
    bits = float(resources.table("data/linkage.toml")[table][level])
    return Weight(feature=feature or table, level=level, bits=bits, text=text)


def said_by(mention: Mention) -> str:
    """Return title and text as printed, as far as they are searched."""
    return f"{mention.title} | {(mention.text or '')[:TEXT_LIMIT]}"


_NEVER = re.compile(r"(?!)")


@lru_cache(maxsize=64)
def any_phrase(phrases: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for any of the folded phrases as whole words; for none, one that never matches."""
    if not phrases:
        return _NEVER
    spelt = (re.escape(phrase).replace(r"st\ ", r"(?:st\.?|saint)\ ") for phrase in sorted(phrases))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelt)})(?![^\W_])")
