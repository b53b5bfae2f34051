"""Blanks the text of reviews in a page's bytes, whatever markup, entities or escapes stand between its words."""

from __future__ import annotations

import re
from collections.abc import Iterable

RUN = 5
"""Words in a row that must agree; a shorter review is blanked where all of it stands in a row."""

_GAP_WORDS = 3
_TOKEN = re.compile(r"<[^<>]{0,2000}>|&#?\w{1,10};|\\u[0-9a-fA-F]{4}|\\[nrtbf\"/\\]|(\w+)")
_WORD = re.compile(r"\w+")

Shingles = dict[int, frozenset[tuple[str, ...]]]


def shingles(texts: Iterable[str]) -> Shingles:
    """Return the runs of words of several texts, by their length."""
    found: dict[int, set[tuple[str, ...]]] = {}
    for text in texts:
        words = [word.lower() for word in _WORD.findall(text)]
        length = min(RUN, len(words))
        for start in range(len(words) - length + 1) if length else ():
            found.setdefault(length, set()).add(tuple(words[start : start + length]))
    return {length: frozenset(runs) for length, runs in found.items()}


def blank(body: bytes, runs: Shingles) -> bytes:
    """Return `body` with every run of words in `runs` replaced by as many asterisks.

    A few words between two blanked stretches go too.  Bytes that are no UTF-8 are left as they are.
    """
    if not runs:
        return body
    text = body.decode("utf-8", "surrogateescape")
    tokens = [found for found in _TOKEN.finditer(text) if found.group(1)]
    hit = _close_gaps(_hits([token.group(1).lower() for token in tokens], runs))
    if not hit:
        return body
    pieces, end = [], 0
    for at in hit:
        start, stop = tokens[at].span(1)
        pieces += [text[end:start], "*" * (stop - start)]
        end = stop
    return "".join([*pieces, text[end:]]).encode("utf-8", "surrogateescape")


def _hits(words: list[str], runs: Shingles) -> list[int]:
    found: set[int] = set()
    for length, wanted in runs.items():
        for start in range(len(words) - length + 1):
            if tuple(words[start : start + length]) in wanted:
                found.update(range(start, start + length))
    return sorted(found)


def _close_gaps(hits: list[int]) -> list[int]:
    closed: list[int] = []
    for at in hits:
        if closed and 1 < at - closed[-1] <= _GAP_WORDS:
            closed.extend(range(closed[-1] + 1, at))
        closed.append(at)
    return closed
