"""Finds who wrote the reviews in text that was pasted, where no markup says so, by the shapes in which sites print it.

    Sam Other                     a line of its own above "Local Guide · 12 reviews", "8 reviews", "0 friends"
    Sam O.                        a line of its own
    — Sam Other, Boston           a signature
    Sam Other wrote on May 3:     and: "Reviewed by Sam Other", "Review by …", "Posted by …"

A name inside a sentence ("my wife Ann and I") has no shape and is not found; neither is a name on a line of its own with
nothing of the kind below it.  Names with "Dr." or a degree are a clinician's and stay, and so does the heading's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reputation.discovery.shape import words
from reputation.normalize import fold

_WORD = r"(?<![^\W_])[^\W\d_a-zß-öø-ÿ][^\W\d_]{1,30}(?:['’-][^\W\d_]{1,30}){0,2}"
_NAME = (
    rf"(?P<name>{_WORD}(?:\s(?:{_WORD}|[^\W\d_a-z]\.?|de|da|del|van|von|der|la|bin|al)(?![^\W_])){{0,4}}\.?)"
)
_BRIEF_NAME = rf"(?P<name>{_WORD}\s[^\W\d_a-z](?![^\W_])\.?)"
_DEGREES = r"\s*,\s*(?:M\.?D|D\.?O|MBBS|Ph\.?D|N\.?P|P\.?A|R\.?N|DDS|DMD|DPM|FACP|FACS|MPH)\b"
_ENDS = r"(?=\s*(?:$|[,(|·•]|on\b))"

_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"^\s*[\"“”]?\s*(?:[—–―~]|--)\s*{_NAME}{_ENDS}(?!{_DEGREES})",
        rf"^\s*-\s*{_BRIEF_NAME}{_ENDS}",
        rf"^\s*{_NAME}\s+wrote\b",
        rf"^\s*{_NAME.replace('{0,4}', '{1,4}')}\s+(?:reviewed|rated|posted|commented)\b",
        rf"\b(?i:reviewed|review|posted|written|submitted|rated|comment|feedback)\s+(?i:by|from)\s*:?\s+{_NAME}(?!{_DEGREES})",
        rf"^\s*{_BRIEF_NAME}\s*$",
    )
)
_ALONE = re.compile(rf"^\s*{_NAME}\s*$")
_TALLY = re.compile(
    r"^\s*(?:local guide\b|\d{1,4}\s+(?:reviews?|photos?|friends?|ratings?|contributions?)\b)", re.IGNORECASE
)
_TOWN = re.compile(r"^\s*[^\W\d_][^\d]{1,40},\s*[A-Z]{2}\s*$")
_CLINICIANS = (
    re.compile(rf"\b(?i:dr|doctor|prof)\.?\s+{_NAME}"),
    re.compile(rf"{_NAME}{_DEGREES}"),
)
_NOT_NAMES = words(
    "dr doctor prof professor the this that i we my our he she it they patient patients anonymous verified google yelp healthgrades vitals local guide"
    " response owner reviews review overview about directions website menu photos hours call share save write all newest"
    " highest lowest relevant sort services insurance accepting locations location was what when where who very great"
    " clinic clinics hospital center centre oncology medicine medical health healthcare associates group practice dental care"
    " institute university college physicians surgery pediatrics dermatology cardiology inc llc pllc pc"
)
_LOOK_AHEAD = 4
_TOP = 4
"""In so many lines at the top a name with a number of reviews is the listing's."""
_LONGEST = 200


def writers_in(text: str) -> dict[int, tuple[int, int]]:
    """Return where in `text` a reviewer's name stands, by the number of its line: the first and past the last character.

    The first line that is no address is the page's heading, and names whom it is about.
    """
    lines = text.splitlines()
    heading = next((line for line in lines if line.strip() and "://" not in line), "")
    kept = (*_clinicians(text), _parts(heading))
    found: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        if len(line) > _LONGEST:
            continue
        hit = _writer(line, lines[number + 1 : number + 1 + _LOOK_AHEAD], is_top=number < _TOP)
        if hit is not None and not _is_kept(hit["name"], kept):
            found[number] = hit.span("name")
    return found


def _writer(line: str, below: Sequence[str], *, is_top: bool) -> re.Match[str] | None:
    if hit := next(filter(None, (shape.search(line) for shape in _SHAPES)), None):
        return hit
    near = [one for one in below if one.strip()][:2]
    if is_top and not (near and "guide" in near[0].lower()):
        return None
    is_counted = bool(near) and _TALLY.match(near[0]) is not None
    if not is_counted and len(near) > 1:
        # Yelp puts the town between; stars between are a listing's own.
        is_counted = _TOWN.match(near[0]) is not None and _TALLY.match(near[1]) is not None
    return _ALONE.match(line) if is_counted else None


def _clinicians(text: str) -> tuple[frozenset[str], ...]:
    return tuple({_parts(hit["name"]) for shape in _CLINICIANS for hit in shape.finditer(text)})


def _is_kept(name: str, kept: Sequence[frozenset[str]]) -> bool:
    """Whether a name is a clinician's, or no name at all."""
    parts = _parts(name)
    return not parts or bool(parts & _NOT_NAMES) or any(parts <= one for one in kept)


def _parts(name: str) -> frozenset[str]:
    return frozenset(part for part in re.split(r"[\W_]+", fold(name)) if part)
