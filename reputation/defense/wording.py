"""Tells what changed between two texts, word by word and in one pass."""

from __future__ import annotations

import re

_SHOWN_WORDS = 24
_CONTEXT_WORDS = 3

_UNIT = r"(?:second|sec|minute|min|hour|hr|day|week|month|year|yr)s?"
_RELATIVE = re.compile(
    rf"\b(?:(?:about|over|almost)\s+)?(?:\d+|an?|one|two|three|a\s+few|several)\s+{_UNIT}\s+ago\b"
    r"|\b(?:just\s+now|yesterday|today|last\s+(?:week|month|year))\b",
    re.IGNORECASE,
)
_LEADING_DATE = re.compile(
    r"^\s*(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2},?\s+)?\d{4}"
    r"\s*(?:[—–·-]|\.{3}|…)\s*",
    re.IGNORECASE,
)
_QUOTES = str.maketrans("‘’“”\u00a0", "''\"\" ")
_NOT_WORD = re.compile(r"[\W_]+")


def words_of(text: str | None) -> list[str]:
    """Return the words of a text without relative dates ("3 days ago") and the date that heads a snippet."""
    plain = _LEADING_DATE.sub("", (text or "").translate(_QUOTES))
    return _RELATIVE.sub(" ", plain).strip(" \t\r\n—–·-…").split()


def changed_words(before: str | None, after: str | None) -> tuple[str | None, str | None] | None:
    """Return the stretch in which two texts differ, with a little context; None where they say the same.

    An empty or missing text is None in the answer.
    """
    if before == after:
        return None
    old, new = words_of(before), words_of(after)
    if [_folded(word) for word in old] == [_folded(word) for word in new]:
        return None
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and _folded(old[start]) == _folded(new[start]):
        start += 1
    end = 0
    while end < shorter - start and _folded(old[-1 - end]) == _folded(new[-1 - end]):
        end += 1
    return _stretch(old, start, end), _stretch(new, start, end)


def fold_fact(value: str) -> str:
    """Return a printed fact without case, spaces and punctuation."""
    return _folded(value)


def _folded(word: str) -> str:
    return _NOT_WORD.sub("", word.casefold()) or word


def _stretch(words: list[str], start: int, end: int) -> str | None:
    if not words:
        return None
    first = max(0, start - _CONTEXT_WORDS)
    last = min(len(words), max(len(words) - end, start) + _CONTEXT_WORDS)
    shown = words[first : min(last, first + _SHOWN_WORDS)]
    more_before = "… " if first else ""
    more_after = " …" if first + len(shown) < len(words) else ""
    return f"{more_before}{' '.join(shown)}{more_after}"
