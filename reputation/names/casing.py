"""Names in capitals, as registries print them, in the case that people write."""

from __future__ import annotations

import re

_LOWER = frozenset(
    [
        "de",
        "la",
        "las",
        "los",
        "del",
        "della",
        "dello",
        "di",
        "da",
        "das",
        "do",
        "dos",
        "du",
        "des",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "zu",
        "zum",
        "zur",
        "af",
        "av",
        "bin",
        "ibn",
        "bint",
        "y",
        "e",
        "al",
        "el",
    ]
)
_KEPT_UPPER = frozenset(
    [
        "II",
        "III",
        "IV",
        "MD",
        "DO",
        "DDS",
        "DMD",
        "PHD",
        "RN",
        "NP",
        "PA",
        "APRN",
        "CRNA",
        "LLC",
        "PLLC",
        "PC",
        "PA",
        "LLP",
        "USA",
        "VA",
    ]
)
_MAC = frozenset(
    [
        "macdonald",
        "macdougall",
        "macgregor",
        "macintosh",
        "macintyre",
        "mackenzie",
        "mackinnon",
        "maclean",
        "macleod",
        "macmillan",
        "macneil",
        "macpherson",
        "macarthur",
        "macbride",
        "macfarlane",
        "macallister",
        "macaulay",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")


def title_case(name: str) -> str:
    """Return a name printed in capitals or small letters in title case; one in mixed case as it is.

    "O'BRIEN" gives "O'Brien", "MCDONALD" "McDonald", "DE LA CRUZ" "de la Cruz", "JOHN SMITH III MD" keeps
    III and MD.  Idempotent.
    """
    letters = [char for char in name if char.isalpha()]
    if not letters or not (name == name.upper() or name == name.lower()):
        return name
    words = name.split()
    return " ".join(
        _one(word, is_first=number == 0, is_last=number == len(words) - 1)
        for number, word in enumerate(words)
    )


def _one(word: str, *, is_first: bool, is_last: bool) -> str:
    plain = word.strip(".,").casefold()
    if plain in _LOWER and not is_last and not (is_first and len(plain) > 3):
        return word.lower()
    if word.strip(".,").upper() in _KEPT_UPPER and word.isupper() and not is_first and len(plain) > 1:
        return word
    return _WORD.sub(lambda found: _capital(found, word), word.lower())


def _capital(found: re.Match[str], whole: str) -> str:
    part = found[0]
    if found.start() > 0 and whole[found.start() - 1] in "'’" and len(part) == 1:
        return part
    if part.startswith("mc") and len(part) > 3:
        return "Mc" + part[2:].capitalize()
    if part in _MAC:
        return "Mac" + part[3:].capitalize()
    return part[:1].upper() + part[1:]
