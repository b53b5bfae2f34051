"""Whom each clause of a review is about: the clinician, or the staff, the bills and the rooms around.

A clause is the doctor's when it names a doctor, else the office's when it names something of the office; a
pronoun means the person who was named last, the doctor where nobody was.  The nouns stand in `data/lexicon.toml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

CLINICIAN, STAFF, BILLING, FACILITY, UNCLEAR = "clinician", "staff", "billing", "facility", "unclear"

_ORDER = (CLINICIAN, STAFF, BILLING, FACILITY)
_PRONOUNS = frozenset(
    word + mark
    for word in ("he", "she", "him", "her", "his", "hers", "himself", "herself")
    for mark in ("", "~")
)


_PEOPLE = frozenset(
    {
        "staff",
        "nurse",
        "nurses",
        "receptionist",
        "receptionists",
        "secretary",
        "assistant",
        "assistants",
        "manager",
    }
)


_FIRST = 1.5
"""What a clause about the clinician counts beside one about her office: hers is the story that is told."""


class Units(NamedTuple):
    """The words of the clinician's clauses and of the office's, and how many clauses each aspect has."""

    clinician: list[str]
    office: list[str]
    counts: dict[str, int]


def units_of(clauses: Sequence[Sequence[str]]) -> Units:
    """Return the clauses, each a sequence of words, by whom they are about."""
    units = Units([], [], Counter())
    last: str | None = None
    person = CLINICIAN
    for words in clauses:
        about, is_both = _about(words, last, person)
        if about is None:
            continue
        last = about
        if about == CLINICIAN:
            person = CLINICIAN
        elif not _PEOPLE.isdisjoint(words):
            person = STAFF
        units.counts[about] += 1
        if not is_both:
            (units.clinician if about == CLINICIAN else units.office).extend(words)
    return units


def about_of(units: Units) -> str:
    """Return whom most clauses are about; the clinician before others of about one count, unclear for none."""
    if not units.counts:
        return UNCLEAR
    return max(_ORDER, key=lambda about: units.counts.get(about, 0) * (_FIRST if about == CLINICIAN else 1.0))


def _about(words: Sequence[str], last: str | None, person: str) -> tuple[str | None, bool]:
    """Return whom a clause is about, and whether it names both the doctor and the office."""
    nouns = _nouns()
    named = [nouns[word] for word in words if word in nouns]
    has_pronoun = not _PRONOUNS.isdisjoint(words)
    if CLINICIAN in named:
        return CLINICIAN, named.count(CLINICIAN) < len(named)
    if named:
        return next(about for about in _ORDER if about in named), has_pronoun
    if has_pronoun:
        return person, False
    return last, False


@cache
def _nouns() -> dict[str, str]:
    from reputation import resources  # noqa: PLC0415 - importing the scorer must be quick

    table: dict[str, list[str]] = resources.table("data/lexicon.toml")["aspects"]
    return {word + mark: about for about, words in table.items() for word in words for mark in ("", "~")}
