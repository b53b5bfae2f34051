"""Gives addresses and degrees that a registry keeps in CAPITALS the form in which people write them."""

from __future__ import annotations

import re

from reputation import names
from reputation.discovery.reading import words

_UPPER = words("ne nw se sw us po llc llp pllc pc pa md do usa ii iii iv")
_CREDENTIALS = {
    "PHD": "PhD",
    "PHARMD": "PharmD",
    "PSYD": "PsyD",
    "EDD": "EdD",
    "DRPH": "DrPH",
    "SCD": "ScD",
    "MSC": "MSc",
    "RPH": "RPh",
}


def proper_place(text: str) -> str:
    """Return "49 JESSE HILL JR DR SE # 307" as "49 Jesse Hill Jr Dr SE # 307"; mixed case stays."""
    line = " ".join(text.split())
    if line != line.upper():
        return line
    return " ".join(_place_word(word) for word in line.split())


def _place_word(word: str) -> str:
    bare = word.strip(".,;()").lower()
    if bare in _UPPER or (any(c.isdigit() for c in bare) and not re.fullmatch(r"\d+(st|nd|rd|th)", bare)):
        return word
    if re.fullmatch(r"\d+(st|nd|rd|th)", bare):
        return word.lower()
    return names.title_case(word.upper())


def credentials(text: str) -> tuple[str, ...]:
    """Return "M.D., PH.D." as ("MD", "PhD"), each once."""
    joined = re.sub(r"\.\s*(?=[A-Za-z]\b\.?)", "", text)
    parts = re.split(r"[\s,;/&]+", joined.replace(".", ""))
    found = (
        _CREDENTIALS.get(part.upper(), part.upper() if part == part.upper() or len(part) <= 3 else part)
        for part in parts
    )
    return tuple(dict.fromkeys(part for part in found if re.search(r"[A-Za-z]{2}", part)))
