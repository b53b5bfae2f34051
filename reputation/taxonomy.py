"""Specialties: taxonomy codes, the registry's descriptions and everyday words for the same thing.

The codes are those of the NUCC set as the public registry (NPPES) prints them; the table is
`data/taxonomy.toml`.  What it does not know is unknown, never different.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from reputation import resources
from reputation.normalize import fold

Agreement = Literal["same", "broader", "different", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One specialty: its broader ones, its codes with their registry descriptions, its words."""

    id: str
    broader: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


_FILE = "data/taxonomy.toml"
_CODE = re.compile(r"[0-9]{3}[0-9A-Z]{6}X")
_TOKEN = re.compile(r"[a-z0-9]+(?:'s)?")
_PARTS = re.compile(r"\s*(?:[,;/|•·]|\band\b|&)\s*")
_NOISE = re.compile(
    r"\b(?:board[- ]certified|certified|specialists?|physicians?|doctors?|dr|md|do|the|in|of|a|an|department|division|services?|clinic|center|associates?|pc|llc)\b"
)


@cache
def fields() -> dict[str, Field]:
    """Return all specialties by id."""
    found = {}
    for line in resources.table(_FILE)["table"].strip().splitlines():
        name, broader, codes, words = (part.strip() for part in line.split(" |"))
        pairs = [
            entry.strip().partition(" ") for entry in re.split(r";\s*(?=[0-9]{3})", codes) if entry.strip()
        ]
        found[name] = Field(
            id=name,
            broader=tuple(broader.split()),
            codes=tuple((code, text) for code, _, text in pairs),
            words=tuple(word.strip() for word in words.split(";")),
        )
    return found


@cache
def _by_code() -> dict[str, str]:
    return {code: field.id for field in fields().values() for code, _ in field.codes}


@cache
def _by_phrase() -> dict[tuple[str, ...], frozenset[str]]:
    """Return the ids by their words and registry descriptions, as tokens."""
    found: dict[tuple[str, ...], set[str]] = {}
    for field in fields().values():
        for phrase in (*field.words, *(text for _, text in field.codes)):
            found.setdefault(_tokens(phrase), set()).add(field.id)
    for line in resources.table(_FILE)["abroad"].strip().splitlines():
        name, _, words = line.partition("|")
        for phrase in words.split(";"):
            found.setdefault(_tokens(phrase), set()).add(name.strip())
    return {phrase: frozenset(ids) for phrase, ids in found.items()}


@cache
def _longest() -> dict[str, int]:
    """Return the length of the longest phrase by its first word."""
    found: dict[str, int] = {}
    for phrase in _by_phrase():
        found[phrase[0]] = max(found.get(phrase[0], 0), len(phrase))
    return found


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text).replace("&", " and ")))


@cache
def _above(field_id: str) -> frozenset[str]:
    """Return all that is broader than one specialty, without itself."""
    found: set[str] = set()
    waiting = list(fields()[field_id].broader)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += fields()[one].broader
    return frozenset(found)


@lru_cache(maxsize=8192)
def fields_of(text: str) -> frozenset[str]:
    """Return the ids that a code or a printed specialty names; empty for unknown words.

    "Obstetrics & Gynecology" is one field, "Internal Medicine, Cardiology" two; of several the narrower ones
    count, so that the latter is cardiology.
    """
    text = text.strip()
    if _CODE.fullmatch(text.upper()):
        one = _by_code().get(text.upper())
        return frozenset((one,)) if one else frozenset()
    if whole := _known(text):
        return whole
    found: set[str] = set()
    for part in _PARTS.split(fold(text)):
        found |= _known(part)
    found = found or set().union(*(ids for _, ids in phrases_in(text)))
    return frozenset(one for one in found if not any(one in _above(other) for other in found))


def _known(text: str) -> frozenset[str]:
    phrases = _by_phrase()
    return phrases.get(_tokens(text)) or phrases.get(_tokens(_NOISE.sub(" ", fold(text)))) or frozenset()


def phrases_in(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each specialty named in running text with its ids, the longest phrase first at each place.

    Linear in the length of the text.
    """
    phrases, longest = _by_phrase(), _longest()
    tokens = _tokens(text)
    place = 0
    while place < len(tokens):
        for size in range(min(longest.get(tokens[place], 0), len(tokens) - place), 0, -1):
            ids = phrases.get(tokens[place : place + size])
            if ids and not (size == 1 and len(tokens[place]) <= 3):
                yield " ".join(tokens[place : place + size]), ids
                place += size
                break
        else:
            place += 1


def agrees(a: str, b: str) -> Agreement:
    """Return whether two specialties, as codes or words, are "same", "broader", "different" or "unknown".

    "broader": one of them is a part of the other's field, as gynecologic oncology is of oncology.  A role
    (nurse practitioner) and a field (cardiology) are unknown to each other.
    """
    return agree_fields(fields_of(a), fields_of(b))


@lru_cache(maxsize=8192)
def agree_fields(a: frozenset[str], b: frozenset[str]) -> Agreement:
    """Return the best agreement between any field of `a` and any of `b`."""
    if not a or not b:
        return "unknown"
    if a & b:
        return "same"
    if any(x in _above(y) or y in _above(x) for x in a for y in b):
        return "broader"
    roles = frozenset(resources.table(_FILE)["roles"].split())
    return "unknown" if (a | b) & roles else "different"


def description(code: str) -> str | None:
    """Return the registry's description of a taxonomy code; None where the table does not hold it."""
    field = _by_code().get(code.strip().upper())
    return dict(fields()[field].codes)[code.strip().upper()] if field else None


def everyday_words(text: str) -> tuple[str, ...]:
    """Return the words that people use for a specialty, given as a code or in words; the plain label first."""
    return tuple(dict.fromkeys(word for one in sorted(fields_of(text)) for word in fields()[one].words))
