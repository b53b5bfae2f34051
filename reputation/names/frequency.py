"""How common names are in the United States, and whether a difference may be a typing error.

The counts are the census of 2010 and the Social Security Administration's, in quarter powers of two
(`scripts/make_name_tables.py`); they load on first use, in about 40 ms.
"""

from __future__ import annotations

import gzip
import re
from functools import cache, lru_cache

from reputation import resources
from reputation.normalize import fold

RAREST = 200
"""Fewer people than the smallest count in the tables: what an unlisted name is taken for."""

_FEW = 20_000
"""A long family name borne by fewer is taken for a spelling of one that differs in one letter."""

_GIVEN_RATIO, _FAMILY_RATIO = 64, 256
"""How many times rarer the one name must be for a one-letter difference to be a slip."""

_DOUBLED = re.compile(r"(.)\1")
_FINAL_VOWEL = "aeio"
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|hs|ts|[bpmfdtnlgkhjqxzcsryw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou"
    r"|iu|ie|ue|er|an|en|in|un|ia|ua|uo|a|o|e|i|u|v))+"
)


@cache
def _table(name: str) -> tuple[int, dict[str, int]]:
    """Return the population and each listed name's level, four times the binary logarithm of its count."""
    total, *lines = gzip.decompress(resources.data(name)).decode().splitlines()
    levels: dict[str, int] = {}
    for line in lines:
        level, *names = line.split()
        levels.update(dict.fromkeys(names, int(level)))
    return int(total), levels


def _key(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))


def family_count(name: str) -> float:
    """Return about how many people bear a family name (2010); `RAREST` for an unlisted one."""
    level = _table("data/names_family.txt.gz")[1].get(_key(name))
    return RAREST if level is None else 2.0 ** (level / 4)


def given_count(name: str) -> float:
    """Return about how many people were given a name (1880 to 2022); `RAREST` for an unlisted one."""
    level = _table("data/names_given.txt.gz")[1].get(_key(name))
    return RAREST if level is None else 2.0 ** (level / 4)


def family_frequency(name: str) -> float:
    """Return the share of people with a family name, 0..1.

    An unlisted name is taken for one of 200 people.  Of a two-part name the rarer part counts.
    """
    total = _table("data/names_family.txt.gz")[0]
    parts = [part for part in re.split(r"[\s-]+", name) if len(_key(part)) > 1] or [name]
    return min(family_count(part) for part in parts) / total


def given_frequency(name: str) -> float:
    """Return the share of people with a given name, 0..1; an unlisted name is taken for one of 200."""
    return given_count(name) / _table("data/names_given.txt.gz")[0]


@lru_cache(maxsize=65536)
def is_slip(a: str, b: str, *, family: bool) -> bool:
    """Return whether two folded names differ as by a typing error, weighed by length and rarity.

    Two established names are two names however near (Joan, John).  One edit needs five letters, a
    transposition four, two edits nine; Chinese syllables are too near each other for any.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - compiled code, wanted only here

    short, long = sorted((len(a), len(b)))
    if short < 4:
        return False
    if (
        short >= _LEGIBLE
        and a.replace("rn", "m") == b.replace("rn", "m")
        and _one_is_unlisted(a, b, family=family)
    ):
        return True
    distance = OSA.distance(a, b, score_cutoff=2)
    if distance > 2 or (distance == 2 and short < 9):
        return False
    count = family_count if family else given_count
    rare, common = sorted((count(a), count(b)))
    if (
        distance == 1
        and short >= (5 if family and short < long else 6)
        and _DOUBLED.sub(r"\1", a) == _DOUBLED.sub(r"\1", b)
    ):
        return True
    if family and distance == 1 and short >= 9 and rare <= _FEW:
        return True
    if rare > RAREST and common < (_FAMILY_RATIO if family else _GIVEN_RATIO) * rare:
        return False
    if not family and rare > RAREST and _differ_in_gender(a, b):
        return False
    if common <= RAREST and (long < 6 or (_PINYIN.fullmatch(a) and _PINYIN.fullmatch(b))):
        return False
    return long >= 5 or sorted(a) == sorted(b)


_LEGIBLE = 6


def _one_is_unlisted(a: str, b: str, *, family: bool) -> bool:
    count = family_count if family else given_count
    return min(count(a), count(b)) <= RAREST


def _differ_in_gender(a: str, b: str) -> bool:
    """Return whether two names differ in a last vowel alone: Daniel, Daniela; Mario, Maria."""
    stems = {name[:-1] if name[-1] in _FINAL_VOWEL else name for name in (a, b)}
    return len(stems) == 1
