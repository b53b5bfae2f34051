"""Numbers as people print them: "4,4 (2 130)", "16.900.000", "148 тыс.", "32.5k", "(1 rating)"."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d(?:[\d.,'’\u00a0\u2009\u202f ]*\d)?")
_GROUPS = re.compile(r"^\d{1,3}(?:[.,'’\u00a0\u2009\u202f ]\d{3})+$")
_SCALE = re.compile(
    r"\s*(?P<k>k\b|тыс|tsd|mil\b(?!l)|thousand|тис)|\s*(?P<m>m\b|mio\b|млн|mill?(?:ion|ón|ones)|mln)",
    re.IGNORECASE,
)


_BELOW_ZERO = re.compile(r"\s*[-−]\d")
_UNTOLD = 1e15
"""What is not below this, or has as many digits, is an error of the page: nothing is rated so often."""


def _found(text: str) -> tuple[str, int] | None:
    """Return the first number in `text` and where it ends; None where it is below zero or too long to be meant."""
    found = _NUMBER.search(text)
    if found is None or _BELOW_ZERO.match(text):
        return None
    printed = re.split(r"[\u00a0\u2009\u202f ](?!\d{3}(?!\d))", found[0], maxsplit=1)[0]
    return None if len(printed) > _LONGEST else (printed, found.start() + len(printed))


_LONGEST = 40


def number_of(text: str | float | None) -> float | None:
    """Return the first number in `text`, such as a rating: a single comma or point is the decimal sign.  None without one."""
    if text is None or isinstance(text, int | float):
        return None if text is None or not abs(text) < _UNTOLD else float(text)
    found = _found(text)
    if found is None:
        return None
    digits = re.sub(r"['’\u00a0\u2009\u202f ]", "", found[0])
    if "," in digits and "." in digits:
        digits = digits.replace("," if digits.rfind(".") > digits.rfind(",") else ".", "")
    digits = digits.replace(",", ".")
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    return number_of(float(digits))


def count_of(text: str | float | None) -> int | None:
    """Return the first count in `text`: signs between groups of three digits are no decimal signs.  None without one."""
    if text is None or isinstance(text, int | float):
        return int(text) if text is not None and 0 <= text < _UNTOLD else None
    found = _found(text)
    if found is None:
        return None
    printed, end = found
    scale = _SCALE.match(text, end)
    if scale:
        return round((number_of(printed) or 0) * (1_000 if scale["k"] else 1_000_000))
    if _GROUPS.match(printed):
        return int(re.sub(r"\D", "", printed))
    value = number_of(printed)
    return int(value) if value is not None else None
