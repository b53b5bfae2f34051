"""Whom each clause of a review is about: the clinician, or the staff, the bills and the rooms around.

A clause is the doctor's when it names a doctor, else the office's when it names something of the office; a
pronoun means whoever was named last, the doctor where nobody was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reputation.model import About

_CLINICIAN = frozenset(
    [
        "doctor",
        "doctors",
        "dr",
        "surgeon",
        "physician",
        "dentist",
        "therapist",
        "chiropractor",
        "psychiatrist",
        "psychologist",
        "gp",
        "pcp",
        "obgyn",
        "oncologist",
        "dermatologist",
        "cardiologist",
        "pediatrician",
        "gynecologist",
        "neurologist",
        "specialist",
    ]
)
_PRONOUNS = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself"])
_OFFICE = {
    About.STAFF: frozenset(
        [
            "staff",
            "nurse",
            "nurses",
            "receptionist",
            "receptionists",
            "desk",
            "secretary",
            "secretaries",
            "assistant",
            "assistants",
            "manager",
            "phone",
            "phones",
            "office",
            "calls",
            "appointment",
            "appointments",
            "scheduling",
            "wait",
            "waiting",
            "waited",
            "hours",
        ]
    ),
    About.BILLING: frozenset(
        [
            "bill",
            "bills",
            "billed",
            "billing",
            "insurance",
            "charge",
            "charged",
            "charges",
            "copay",
            "refund",
            "payment",
            "invoice",
            "fee",
            "fees",
        ]
    ),
    About.FACILITY: frozenset(
        [
            "parking",
            "building",
            "facility",
            "hospital",
            "rooms",
            "bathroom",
            "location",
            "elevator",
            "place",
            "clinic",
            "clean",
            "dirty",
        ]
    ),
}


@dataclass(frozen=True, slots=True)
class Units:
    """The words of the clinician's clauses and of the office's, and how many clauses each aspect has."""

    clinician: tuple[str, ...]
    office: tuple[str, ...]
    counts: tuple[tuple[About, int], ...]


def units_of(clauses: Sequence[Sequence[str]]) -> Units:
    """Return the clauses, each a sequence of words, by whom they are about."""
    clinician: list[str] = []
    office: list[str] = []
    counts: Counter[About] = Counter()
    last: About | None = None
    for words in clauses:
        about, is_both = _about(words, last)
        if about is None:
            continue
        last = about
        counts[about] += 1
        if not is_both:
            (clinician if about is About.CLINICIAN else office).extend(words)
    return Units(tuple(clinician), tuple(office), tuple(counts.items()))


def about_of(units: Units) -> About:
    """Return whom most clauses are about; the clinician before others of one count, unclear for none."""
    if not units.counts:
        return About.UNCLEAR
    order = list(About)
    return max(units.counts, key=lambda pair: (pair[1], -order.index(pair[0])))[0]


def _about(words: Sequence[str], last: About | None) -> tuple[About | None, bool]:
    """Return whom a clause is about, and whether it names both the doctor and the office."""
    bare = {word[:-1] if word[-1] == "~" else word for word in words}
    named = {_NOUNS[word] for word in bare & _NOUNS.keys()}
    has_pronoun = not _PRONOUNS.isdisjoint(bare)
    if About.CLINICIAN in named:
        return About.CLINICIAN, len(named) > 1
    if named:
        return next(about for about in _OFFICE if about in named), has_pronoun
    if has_pronoun:
        return (last if last is About.STAFF else About.CLINICIAN), False
    return last, False


_NOUNS = {word: about for about, words in _OFFICE.items() for word in words} | dict.fromkeys(
    _CLINICIAN, About.CLINICIAN
)
