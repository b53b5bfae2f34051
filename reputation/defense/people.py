"""Finds people who are named in a text: first names, titles and initials; not offices, doctors or staff roles."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache

from reputation import resources

_COMMON_BAND = 30
"""A name's band is ten times the binary logarithm of how often it was given, above a floor; rarer ones are words too."""

_TITLED = re.compile(r"\b(?:[Mm]r|[Mm]rs|[Mm]s|[Mm]iss|[Mm]ister)[.․]? [A-Z][\w’-]*")
_GREETED = re.compile(
    r"(?:^|[.!?;\n]\s*|\"\s*)(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Gg]reetings|[Gg]ood (?:morning|afternoon|evening|day)|[Tt]hanks?"
    r"(?: you)?(?: so much| very much| again| kindly)?|[Ss]orry|[Oo]h|[Aa]w+|[Ww]ow|[Cc]ongratulations|[Ww]elcome)[ ,]+"
    r"([A-Z][a-z’-]+|[A-Z]\.?(?=[ ,.!-]))"
)
_STARTED = re.compile(r"(?:^|[.!?;\n]\s*)([A-Z][a-z’-]+(?: [A-Z](?:[a-z’-]+|\.)?)?),\s")
_ENDED = re.compile(r",\s+([A-Z][a-z’-]+)\s*(?=[.!?;\n)]|$)")
_TITLE_BEFORE = re.compile(r"\b(?:dr|mr|mrs|ms|prof|st)[.․]\s*$", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<![.!?\n\"] )(?<!^)\b([A-Z][a-z’-]{2,})\b(?:\s+([A-Z][\w’-]*\.?))?")
_INITIALS = re.compile(r"\b[A-Z]\.\s?[A-Z]\.(?!\w)(?!\s?[A-Z]\b)")
_DEGREES = re.compile(
    r"(?:U\.\s?S|M\.\s?D|D\.\s?O|P\.\s?A|N\.\s?P|R\.\s?N|P\.\s?C|P\.\s?O|D\.\s?C|D\.\s?D|Q\.\s?A|P\.\s?S)\."
)
_SIGNED = re.compile(
    r"(?:(?:\n|[.!?]\s+)\s*(?:-\s*)?(?:sincerely|best(?: regards| wishes)?|warmly|regards|warm regards|kind regards|kindly|respectfully"
    r"|yours(?: truly| sincerely)?|cheers|gratefully|in good health|be well|thanks|thank you|with (?:thanks|gratitude|appreciation|respect)"
    r"|many thanks|all the best|take care),\s+|\s-\s?|\n-\s?)[\w.’&,-]+(?:\s+[\w.’&,-]+){0,9}\s*$",
    re.IGNORECASE,
)

_LONGEST_CLOSING = 300
"""Characters at the end of a text in which a signature is looked for."""


@cache
def first_names() -> frozenset[str]:
    """Return the common given names, lower case (US births; see data/README.md)."""
    lines = gzip.decompress(resources.data("data/names_given.txt.gz")).decode().splitlines()[1:]
    found: set[str] = set()
    for line in lines:
        band, *names = line.split()
        if int(band) >= _COMMON_BAND:
            found.update(names)
    return frozenset(found)


@cache
def _words() -> tuple[frozenset[str], frozenset[str], re.Pattern[str], frozenset[str]]:
    words = resources.table("data/reply.toml")["words"]
    openers = frozenset(words["openers"].split("|"))
    doubtful = frozenset(words["ambiguous_names"].split("|"))
    staff = re.compile(
        rf"\b(?:{words['staff']}|dr[.․]?|doctor|my name is|I’m|I am|ask for|nurse|contact|reach|e-?mail|call)\b[^.!?;]{{0,40}}$"
        rf"|^[^.!?;]{{0,40}}\b(?:{words['staff']})\b",
        re.IGNORECASE,
    )
    org = frozenset(re.sub(r"[()?:]", "", words["org"]).split("|"))
    return openers, doubtful, staff, org


def signature_start(text: str) -> int:
    """Return where a closing line such as "Sincerely, Jordan" begins; the end of the text where there is none."""
    signature = _SIGNED.search(text, max(0, len(text) - _LONGEST_CLOSING))
    return signature.start() + 1 if signature else len(text)


def addressed_people(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a reply addresses somebody by name: "Hi Mary", "Mary, thank you", "thank you, Mary"."""
    body = text[: signature_start(text)]
    openers, _, _, _ = _words()
    for one in _GREETED.finditer(body):
        if one.group(1).lower().rstrip(".") not in openers and one.group(1).lower() not in _NOT_GREETED:
            yield one.span(1)
    for one in _STARTED.finditer(body):
        first = one.group(1).split()[0].lower()
        if (
            first not in openers
            and first in first_names()
            and not _TITLE_BEFORE.search(body[: one.start(1)][-8:])
        ):
            yield one.span(1)
    for one in _ENDED.finditer(body):
        if one.group(1).lower() in first_names() - _places() and not _is_staff(body, *one.span(1)):
            yield one.span(1)


def named_people(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a person is named in a reply, the signature and the practice's own people apart."""
    body = text[: signature_start(text)]
    yield from addressed_people(text)
    for one in (*_TITLED.finditer(body), *_INITIALS.finditer(body)):
        if not _DEGREES.fullmatch(one.group()) and not _is_staff(body, one.start(), one.end()):
            yield one.span()
    yield from _in_the_middle(body)


_NOT_GREETED = frozenset(
    [
        "there",
        "i’m",
        "i’d",
        "i",
        "all",
        "everyone",
        "friends",
        "friend",
        "folks",
        "reviewer",
        "team",
        "neighbor",
        "neighbors",
        "community",
        "guest",
        "valued",
        "sir",
        "madam",
        "anonymous",
        "for",
        "to",
        "you",
        "so",
        "very",
        "a",
        "we",
        "our",
        "google",
        "yelp",
        "healthgrades",
        "the",
        "and",
        "from",
        "this",
        "that",
        "if",
        "dr",
        "doctor",
    ]
)


@cache
def _places() -> frozenset[str]:
    return frozenset(
        [
            "virginia",
            "georgia",
            "carolina",
            "dakota",
            "montana",
            "austin",
            "dallas",
            "houston",
            "denver",
            "jackson",
            "lincoln",
        ]
    )


def _in_the_middle(body: str) -> Iterator[tuple[int, int]]:
    """Yield given names inside a sentence that belong to no doctor, staff member or office."""
    _, doubtful, _, org = _words()
    for one in _CAPITAL.finditer(body):
        first, after = one.group(1).lower().removesuffix("’s"), (one.group(2) or "").lower().strip(".,’s")
        if first not in first_names() or first in doubtful or after in org:
            continue
        follows = body[one.end() : one.end() + 40].lower()
        if any(word in follows.split()[:3] for word in org) or _is_staff(body, one.start(), one.end()):
            continue
        if re.search(
            r"\b(?:st|saint|mount|mt|port|fort|san|santa|lake|new)[.․]? $",
            body[max(0, one.start() - 12) : one.start()],
            re.IGNORECASE,
        ):
            continue
        yield one.span()


def _is_staff(body: str, start: int, end: int) -> bool:
    """Whether the words around a name make it the practice's own doctor or office worker."""
    _, _, staff, _ = _words()
    line_start = max(start - 160, *(body.rfind(mark, max(0, start - 160), start) + 1 for mark in ".!?;\n"), 0)
    before = body[line_start:start]
    if before.rstrip().lower().endswith(("dr", "dr.", "dr․")):
        return True
    return bool(staff.search(before)) or bool(
        re.match(
            rf",? (?:our |the |at )?(?:[\w-]+ ){{0,2}}(?:{_staff_words()})\b",
            body[end : end + 80],
            re.IGNORECASE,
        )
    )


@cache
def _staff_words() -> str:
    return str(resources.table("data/reply.toml")["words"]["staff"])
