"""What a text plainly states of one person: name, specialty, affiliation, phone, address, NPI, ratings, and whom it cites.

Only labels ("Specialty: Medical Oncology") and the plainest sentences ("Dr. Jane Roe is a medical oncologist at Example
Hospital in Boston, Massachusetts") are read.  A text that speaks of several people of one name is read for its citations
alone: whose the facts are cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reputation.discovery.reading import is_web, page_of_text
from reputation.discovery.sites import shown
from reputation.model import Claim
from reputation.normalize import npi_is_valid, state_code
from reputation.taxonomy import phrases_in

_MOST_LINES = 400
_LONGEST_VALUE = 160

_MARKS = re.compile(r"^\s*(?:[-*•+]\s+|\d{1,2}[.)]\s+|#{1,6}\s+|>\s+|\|\s*)+")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)[*_]|[*_](?!\w)")
_FOOTNOTE = re.compile(r"【[^】]{0,40}】|\[\d{1,3}\](?!\()|\ue200[^\ue201]{0,80}\ue201")
_ENTRY = re.compile(r"\[([^\[\]]{0,500})\]\(([^()\s]{0,2000})\)")

_SEVERAL = re.compile(
    r"\b(?:several|multiple|various|two|three|four|different|more than one|many)\s+(?:\w+\s+){0,3}?"
    r"(?:people|persons|individuals|doctors|physicians|professionals|clinicians|providers|oncologists|surgeons|matches)\b"
    r"|\bwhich (?:one|dr\.?|doctor|person)\b[^.?]{0,60}\?|\bdo you mean\b|\bcould you (?:clarify|specify)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?P<label>[A-Za-z][A-Za-z /&-]{1,40}?)\s*:\s+(?P<value>\S.*)$")
_FIELDS = {
    "name": "name",
    "full name": "name",
    "specialty": "specialty",
    "specialties": "specialty",
    "speciality": "specialty",
    "primary specialty": "specialty",
    "medical specialty": "specialty",
    "affiliation": "affiliation",
    "affiliations": "affiliation",
    "hospital affiliation": "affiliation",
    "hospital affiliations": "affiliation",
    "hospital": "affiliation",
    "employer": "affiliation",
    "practice": "affiliation",
    "works at": "affiliation",
    "practices at": "affiliation",
}

_BETWEEN = {"specialty": r"\s*[;,]\s+", "affiliation": r"\s*;\s+"}
"""What parts the values behind a label that may hold several; a hospital's name may have a comma."""

_NAME = r"(?:Dr\.? |Professor |Prof\.? )?(?:[A-Z][\w.'’-]*\s){1,4}[A-Z][\w'’-]+(?:,?\s(?:MD|M\.D\.|DO|D\.O\.|PhD|Ph\.D\.|MPH|FACP|FACS|NP|PA-C))*"
_IS = re.compile(
    rf"^(?P<name>{_NAME}),?\s(?:is|was|works|serves|practices|specializes|specialises)\b(?P<rest>[^.]*(?:\.(?!\s)[^.]*)*)"
)
_AT = re.compile(
    r"\b(?:affiliated with|works (?:at|for)|practi[cs]es at|on (?:the )?staff (?:at|of)|employed (?:at|by)|based at|practi[cs]ing at"
    r"|working at|professor (?:of [\w ]{3,40} )?at|(?:\w+ologist|\w+ician|surgeon|doctor|practitioner|faculty member) at)\s+(?:the\s+)?"
    r"(?P<where>[A-Z][\w&.'’-]*(?:\s(?:of|for|and|the|de|&|[A-Z][\w&.'’-]*)){0,7})"
)
_RATING = re.compile(
    r"\b[0-5](?:[.,]\d{1,2})?\s?(?:/\s?(?:5|10)\b|out of (?:5|five|10)\b|(?:-| )stars?\b|★)", re.IGNORECASE
)
_NPI = re.compile(r"\bNPI\b[^\d]{0,20}(\d{10})(?!\d)")
_URL = re.compile(r"https?://[^\s<>\"'\])}|]+(?<![.,;:!?*_])")
_SENTENCE = re.compile(
    r"(?<=[a-z0-9)\]][.!?])(?<!\bDr\.)(?<!\bSt\.)(?<!\bProf\.)(?<!\bMrs\.)(?<!\bMr\.)(?<!\bMs\.)\s+(?=[A-Z\"“])"
)
_PLACE = re.compile(
    r"\b(?:in|near|serving|from) (?P<city>[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2}),\s(?P<state>[A-Z]{2}\b|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)


def plain_lines(text: str) -> list[str]:
    """Return the lines of a pasted answer without Markdown's marks, bullets and footnote numbers."""
    lines = (_FOOTNOTE.sub("", _MARKS.sub("", line)) for line in text.splitlines())
    shown_lines = (_EMPHASIS.sub("", _ENTRY.sub(r"\1", line)) for line in lines)
    return [line for one in shown_lines if (line := " ".join(one.split()))]


def citations(text: str, links: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the web addresses that a text cites, in its links and as they stand, each once, as printed."""
    linked = (found[2] for found in _ENTRY.finditer(text))
    bare = (found[0] for found in _URL.finditer(_ENTRY.sub(r"\1", text)))
    return tuple(dict.fromkeys(url for url in (*linked, *bare, *links) if is_web(url)))


def facts(lines: Sequence[str]) -> tuple[Claim, ...]:
    """Return what `lines` plainly state of one person; nothing where they speak of several of one name."""
    lines = lines[:_MOST_LINES]
    if any(_SEVERAL.search(line) for line in lines):
        return ()
    labelled = list(_labelled(lines))
    found = [*_told(lines, {claim.field for claim in labelled}), *labelled]
    page = page_of_text("\n".join(lines))
    numbers = shown.phones_of(page)
    addresses = shown.addresses_in(lines)
    found += [Claim("telephone", number) for number in numbers.voice]
    found += [Claim("fax_number", number) for number in numbers.fax]
    found += shown.address_claims(addresses) or _place(lines)
    found += [Claim("npi", npi) for line in lines for npi in _NPI.findall(line) if npi_is_valid(npi)]
    found += [Claim("aggregate_rating", one) for one in _sentences(lines) if _is_rating(one)]
    return tuple(dict.fromkeys(found))


def _labelled(lines: Sequence[str]) -> Iterator[Claim]:
    """Yield what stands behind a label on a line of its own."""
    for line in lines:
        found = _LABEL.match(line)
        field = _FIELDS.get(found["label"].strip().lower()) if found else None
        if found is None or field is None or len(found["value"]) > _LONGEST_VALUE:
            continue
        values = re.split(_BETWEEN[field], found["value"]) if field in _BETWEEN else [found["value"]]
        yield from (Claim(field, value.strip(" .")) for value in values if value.strip(" ."))


def _told(lines: Sequence[str], known: set[str]) -> Iterator[Claim]:
    """Yield what the first sentence about a person tells; name and specialty as far as no label has told them."""
    for sentence in _sentences(lines):
        found = _IS.match(sentence)
        if found is None:
            continue
        if "name" not in known:
            yield Claim("name", found["name"])
        phrase = next(phrases_in(found["rest"]), None)
        if phrase and "specialty" not in known:
            yield Claim("specialty", phrase[0])
        for place in _AT.finditer(sentence):
            yield Claim("affiliation", re.sub(r"(?:\s(?:of|for|and|the|de|&))*[\s.]*$", "", place["where"]))
        return


def _place(lines: Sequence[str]) -> list[Claim]:
    """Return the first city that a sentence places somebody in; "Jane Roe, MD" is no town in Maryland."""
    for line in lines:
        for found in _PLACE.finditer(line):
            if state_code(found["state"]) is not None:
                return [
                    Claim("address_locality", found["city"]),
                    Claim("address_region", found["state"]),
                ]
    return []


def _is_rating(sentence: str) -> bool:
    return len(sentence) <= 2 * _LONGEST_VALUE and _RATING.search(sentence) is not None


def _sentences(lines: Iterable[str]) -> list[str]:
    return [sentence for line in lines for sentence in _SENTENCE.split(line)]
