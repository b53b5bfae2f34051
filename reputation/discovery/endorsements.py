"""Finds a clinician's name lent to a cure or a product: "weight-loss gummies recommended by Dr. Jane Roe".

A doctor may advise vitamins, study a drug, or warn of a fraud, and a newspaper may quote her; so the name must stand in a
phrase that lends it, beside a thing that is sold under borrowed names, and nothing round it may warn.  What the words are
stands in `data/lookalikes.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reputation import resources
from reputation.model import Profile
from reputation.names import nicknames_of
from reputation.normalize import fold

_TEXT_LIMIT = 20_000
_AROUND = 250
"""Characters before and after the phrase in which a warning or a shop's words are looked for."""
_WORD = re.compile(r"[a-z]+")
_DEGREES = r"(?:,? (?:m\.?d|d\.?o|ph\.?d|mph|facp|facs|msc?)\.?(?![\w]))*,?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Endorsement:
    """A phrase that lends her name: as printed (folded), and whether it claims to cure."""

    phrase: str
    is_cure: bool


class Lender:
    """Looks for one clinician's name in texts."""

    def __init__(self, profile: Profile) -> None:
        name = profile.name
        givens = {
            fold(one) for one in (name.given, *name.nicknames, *nicknames_of(name.given)) if one.strip()
        }
        former = (one.split()[-1] for one in name.former if one.split())
        families = {fold(one) for one in (name.family, *former) if one.strip()}
        self._families = families
        who = rf"{_any(givens)}(?: [^\W\d_]+\.?)? {_any(families)}"
        self._full = re.compile(rf"\b{who}\b")
        titled = rf"(?:(?:dr|doctor|prof|professor)\.? )?{who}|(?:dr|doctor|prof)\.? {_any(families)}"
        self._loud = _phrases(titled, _words("wares"))
        self._mild = _phrases(titled, _words("mild"))

    def find(self, title: str, text: str) -> Endorsement | None:
        """Return the first phrase that lends her name to a product, None where there is none.

        A product that a doctor may well advise counts only among a shop's words.
        """
        said = fold(f"{title} . {text[:_TEXT_LIMIT]}")
        if _marks().isdisjoint(_WORD.findall(said)) or not any(family in said for family in self._families):
            return None
        if not self._full.search(said):
            return None
        for phrases, needs_shop in ((self._loud, False), (self._mild, True)):
            for found in phrases.finditer(said):
                around = said[max(0, found.start() - _AROUND) : found.end() + _AROUND]
                is_shop = _has(around, "shop")
                if _has(around, "warns") or (_has(around, "reports") and not is_shop):
                    continue
                if is_shop or not needs_shop:
                    return Endorsement(phrase=found[0].strip(" ,.-"), is_cure=_has(found[0], "cure"))
        return None


def is_selling(text: str) -> bool:
    """Whether a text sells, with a shop's words, what is sold under borrowed names, and warns of nothing."""
    said = fold(text[:_TEXT_LIMIT])
    return _has(said, "wares") and _has(said, "shop") and not _has(said, "warns")


def _phrases(who: str, wares: Iterable[str]) -> re.Pattern[str]:
    """Return what lends the name `who` to one of `wares`, within a sentence."""
    things = rf"(?:{'|'.join(wares)})\b"
    says, by = "|".join(_words("says")), "|".join(_words("by"))
    return re.compile(
        rf"\b(?:{who})'s (?:[\w-]+ ){{0,4}}{things}"
        rf"|\b(?:{who}){_DEGREES} (?:(?:of|from|at|in) [^.!?]{{2,60}}? |(?:[\w-]+ ){{0,2}}?)(?:{says})\b[^.!?]{{0,80}}?\b{things}"
        rf"|\b{things}[^.!?]{{0,60}}?\b(?:{by}) by (?:{who})\b"
        rf"|\b(?:{by}) by (?:{who}){_DEGREES}[^.!?\w]{{1,3}}[^.!?]{{0,60}}?\b{things}"
        rf"|\b{things}(?: [\w-]+)? (?:by|from) (?:{who})\b"
    )


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=lambda one: (-len(one), one)))})"


def _has(text: str, name: str) -> bool:
    return _pattern(name).search(text) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_words(name))})(?!\w)")


@cache
def _marks() -> frozenset[str]:
    return frozenset(str(resources.table("data/lookalikes.toml")["endorsement"]["marks"]).split())


@cache
def _words(name: str) -> tuple[str, ...]:
    words: list[str] = resources.table("data/lookalikes.toml")["endorsement"][name]
    return tuple(words)
