"""Facts that speak for or against a clinician whatever their tone: board actions, suits, honours.

News and board pages state facts in neutral words ("license reprimanded with CME conditions"), so a
sentiment engine is blind to them.  These rules read the facts; the words are in `data/lexicon.toml`.
"""

from __future__ import annotations

import re
from functools import cache

_WORD = re.compile(r"[a-z]+")


def fact_in(text: str, words: frozenset[str] | None = None) -> str | None:
    """Return the kind of fact that `text` states: cleared, adverse or honour; None for none.

    What was dismissed is no sanction.  A rule is tried only where a word of its own stands in the text;
    `words` are the text's words in lower case, if the caller has them.
    """
    if words is None:
        words = frozenset(_WORD.findall(text.lower()))
    for fact, rule, marks in _rules():
        if not marks.isdisjoint(words) and rule.search(text.lower()):
            return fact
    return None


def is_adverse(text: str) -> bool:
    """Whether `text` states a sanction, a conviction or a malpractice claim that was not dismissed."""
    return fact_in(text) == "adverse"


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]:
    from reputation import resources  # noqa: PLC0415 - importing the scorer must be quick

    table = resources.table("data/lexicon.toml")["facts"]
    return tuple(
        (
            fact,
            re.compile("|".join(f"(?:{rule})" for rule in table[fact]["rules"])),
            frozenset(table[fact]["words"]),
        )
        for fact in ("cleared", "adverse", "honour")
    )
