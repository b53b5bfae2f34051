"""What each mention tells of the clinician, and whether of her work or of her life.

Eight characters, told by words (`data/character.toml`), by themes, and by what sort of page it is: expertise, bedside
manner, access, research, legal, personal, standing (ratings and honours) and advice (what is said to patients in her
name: whether it is hers and right, only she can tell).  A mention may have several.  The context is personal where it
tells nothing but personal things or she calls the page so, mixed where it tells of both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from reputation import resources
from reputation.definition.adverse import is_adverse
from reputation.model import Kind, Mention, Profile
from reputation.normalize import canonical_url, host

LEGAL, PERSONAL = "legal", "personal"

_TELLS_BY_WORDS = frozenset({Kind.RESULT, Kind.ARTICLE, Kind.POST, Kind.PROFILE, Kind.ANSWER})
"""Kinds of which the words say what they are; a review is told by its themes, listings and records by what they are."""

_READ = 5_000
"""Characters that are read; a page that has not said by then what it is about is not about one thing."""


def characters() -> tuple[str, ...]:
    """Return the vocabulary, in the order of `data/character.toml`."""
    return tuple(resources.table("data/character.toml")["words"])


def character_of(mention: Mention, themes: Sequence[str]) -> tuple[str, ...]:
    """Return what `mention` tells of her, in the vocabulary's order; () where no word says."""
    table: dict[str, Any] = resources.table("data/character.toml")
    found = {table["themes"][theme] for theme in themes}
    text = f"{mention.title}\n{mention.text or ''}"[:_READ]
    if mention.kind in _TELLS_BY_WORDS:
        found |= {name for name in characters() if _pattern(name).search(text)}
        shown_by = f".{host(mention.url)}"
        found |= {name for site, name in table["hosts"].items() if shown_by.endswith(f".{site}")}
    if mention.kind is not Kind.REVIEW and is_adverse(text):
        found.add(LEGAL)
    by_source = table["sources"].get(mention.source)
    if by_source:
        found.add(by_source)
    elif (by_kind := table["kinds"].get(mention.kind.value)) and (not found or mention.kind is Kind.LISTING):
        found.add(by_kind)
    if mention.rating_value is not None and mention.kind is not Kind.REVIEW:
        found.add("standing")
    return tuple(name for name in characters() if name in found)


def context_of(mention: Mention, character: Sequence[str], personal: Collection[str]) -> str:
    """Return professional, personal or mixed; what she calls `personal` (`personal_pages`) counts before its words."""
    if personal and canonical_url(mention.url) in personal:
        return "mixed" if set(character) - {PERSONAL} else PERSONAL
    if PERSONAL not in character:
        return "professional"
    return "mixed" if len(character) > 1 else PERSONAL


def personal_pages(profile: Profile) -> frozenset[str]:
    """Return the pages that she calls personal, in canonical form."""
    return frozenset(canonical_url(page.url) for page in profile.profiles if page.purpose == PERSONAL)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words: list[str] = resources.table("data/character.toml")["words"][name]
    alternatives = "|".join(f"(?:{word})" for word in words)
    return re.compile(rf"(?<![A-Za-z])(?:{alternatives})", re.IGNORECASE)
