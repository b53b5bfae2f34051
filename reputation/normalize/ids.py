"""Check digits of identifiers."""

from __future__ import annotations

import re

_NPI = re.compile(r"[12][0-9]{9}")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])")


def npi_is_valid(text: str) -> bool:
    """Return whether `text` is an NPI: ten digits from 1 or 2, Luhn over the prefix 80840.

    Source: CMS, "Requirements for NPI and NPI check digit", 2004.
    """
    return _NPI.fullmatch(text) is not None and _luhn("80840" + text)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def orcid_is_valid(text: str) -> bool:
    """Return whether `text` is an ORCID iD, bare or as its URL, with a right check character.

    Source: ISO 7064 mod 11-2, https://support.orcid.org/hc/en-us/articles/360006897674.
    """
    found = _ORCID.fullmatch(text)
    if found is None:
        return False
    digits = found[1].replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return digits[-1] == ("X" if rest == 10 else str(rest))
