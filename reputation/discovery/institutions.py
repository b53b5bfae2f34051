"""Compares the names of hospitals, universities and practices, and finds them in text."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from reputation import resources
from reputation.normalize import fold

_TOKEN = re.compile(r"[^\W_]+(?:'s)?")


@cache
def plain_words(kind: str) -> frozenset[str]:
    """Return the words that say little: of an institution, affiliation, countries or subject."""
    return frozenset(str(resources.table("data/linkage_words.toml")[kind]).split())


@lru_cache(maxsize=32768)
def tokens_of(name: str) -> tuple[str, ...]:
    """Return the folded words of an institution's name, without possessives."""
    return tuple(token.removesuffix("'s") for token in _TOKEN.findall(fold(name)))


def is_same_institution(own: str, printed: str) -> bool:
    """Return whether a printed affiliation names the institution `own`, alone or within an address.

    The words that are not generic must all stand in it; where there is one alone, a generic word too.  A
    short name ("MGH") must stand as it is, in capitals.
    """
    if _is_short(own):
        return re.search(rf"(?<![A-Za-z0-9]){re.escape(own)}(?![A-Za-z0-9])", printed) is not None
    mine, theirs = tokens_of(own), set(tokens_of(printed))
    rare = [token for token in mine if token not in plain_words("institution")]
    if not rare:
        return bool(mine) and " ".join(mine) in " ".join(tokens_of(printed))
    if not set(rare) <= theirs:
        return False
    generic = [token for token in mine if token in plain_words("institution") and len(token) > 3]
    return len(rare) > 1 or not generic or not theirs.isdisjoint(generic)


def _is_short(name: str) -> bool:
    return name.isupper() and " " not in name and 2 <= len(name) <= 8


@lru_cache(maxsize=256)
def _pattern(name: str) -> re.Pattern[str]:
    words = tokens_of(name)
    return re.compile(r"(?<![^\W_])" + r"(?:'s)?[\W_]+".join(map(re.escape, words)) + r"(?![^\W_])")


def is_named_in(name: str, text: str) -> bool:
    """Return whether running text names an institution in full, or by its short name in capitals."""
    if _is_short(name):
        return (
            len(name) > 2
            and re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text) is not None
        )
    if len(tokens_of(name)) < 2:
        return False
    return _pattern(name).search(fold(text)) is not None
