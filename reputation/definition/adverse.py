"""Facts that speak for or against a clinician whatever their tone: board actions, suits, honours.

News and board pages state facts in neutral words ("license reprimanded with CME conditions"), so a
sentiment engine is blind to them.  These rules read the facts; the words are in `data/lexicon.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from reputation import resources


def is_adverse(text: str) -> bool:
    """Whether `text` states a sanction, a conviction or a malpractice claim that was not dismissed."""
    return bool(text) and bool(_rule("adverse").search(text)) and not _rule("cleared").search(text)


def is_honour(text: str) -> bool:
    """Whether `text` states an award or an appointment."""
    return bool(text) and bool(_rule("honour").search(text))


def is_cleared(text: str) -> bool:
    """Whether `text` says that a complaint or charge was dismissed."""
    return bool(text) and bool(_rule("cleared").search(text))


@cache
def _rule(name: str) -> re.Pattern[str]:
    phrases: list[str] = resources.table("data/lexicon.toml")["facts"][name]
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)
