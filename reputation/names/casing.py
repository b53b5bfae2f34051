"""Names in capitals, as registries print them, in the case that people write."""

from __future__ import annotations

import re

from reputation.names.words import words

_WORD = re.compile(r"[^\W\d_]+")


def title_case(name: str) -> str:
    """Return a name printed in capitals or small letters in title case; one in mixed case as it is.

    "O'BRIEN" gives "O'Brien", "MCDONALD" "McDonald", "DE LA CRUZ" "de la Cruz", "JOHN SMITH III MD" keeps
    III and MD.  Idempotent.
    """
    letters = [char for char in name if char.isalpha()]
    if not letters or not (name == name.upper() or name == name.lower()):
        return name
    parts = name.split()
    return " ".join(
        _one(word, is_first=number == 0, is_last=number == len(parts) - 1)
        for number, word in enumerate(parts)
    )


def _one(word: str, *, is_first: bool, is_last: bool) -> str:
    plain = word.strip(".,").casefold()
    if plain in words("lower_case") and not is_last and not (is_first and len(plain) > 3):
        return word.lower()
    if word.strip(".,").upper() in words("upper_case") and word.isupper() and not is_first and len(plain) > 1:
        return word
    return _WORD.sub(lambda found: _capital(found, word), word.lower())


def _capital(found: re.Match[str], whole: str) -> str:
    part = found[0]
    if found.start() > 0 and whole[found.start() - 1] in "'’" and len(part) == 1:
        return part
    if part.startswith("mc") and len(part) > 3:
        return "Mc" + part[2:].capitalize()
    if part in words("mac"):
        return "Mac" + part[3:].capitalize()
    return part[:1].upper() + part[1:]
