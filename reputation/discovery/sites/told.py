"""Reads what a profile says in labels, sections and plain lines: patients, plans, languages, schools, hours, status.

Only the subject's own lines are read, and only what stands under its label or in one of the fixed phrases of
directories.  Hours that name a day twice are of two offices, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reputation.discovery.reading import Page, address_of, attribute, text_of
from reputation.discovery.sites import shown
from reputation.model import Claim
from reputation.normalize import fold
from reputation.normalize import site as site_of

_LABELS = "h2, h3, h4, h5, h6, [role=heading], dt, th, strong, b, label"
_SECTIONS = {
    "insurance": re.compile(
        r"(?:accepted |in-network )?insurances?(?: plans?| carriers?| providers?)?(?: accepted)?(?: by .{3,60})?|plans? accepted",
        re.IGNORECASE,
    ),
    "language": re.compile(r"(?:spoken )?languages?(?: spoken)?", re.IGNORECASE),
    "alumni_of": re.compile(
        r"education(?: (?:&|and) (?:training|experience|background|qualifications))?|medical (?:school|education)|schools?|training",
        re.IGNORECASE,
    ),
    "board_certification": re.compile(r"(?:board )?certifications?", re.IGNORECASE),
}
_LABELLED = re.compile(r"^(?P<label>[A-Za-z][A-Za-z &-]{2,40}?)\s*:\s+(?P<value>\S.{0,300})$")
_SCHOOL = re.compile(
    r"\b(?:univ\w*|college|school|institute|hospital|faculty|academy|medical cent(?:er|re)|clinic|residency)\b",
    re.IGNORECASE,
)
_BOARD = re.compile(r"\bboard\b|\bcertified\b", re.IGNORECASE)
_NO_ENTRY = re.compile(
    r"^(?:out[- ]of[- ]network|self[- ]pay|none$|no insurance|see|show|view|read|more|less|search|check|verify|find|call|please|we |dr\b|this |your |learn|edit)|[.?!:]$|\d{3}",
    re.IGNORECASE,
)
_MOST_ENTRIES = 40
_ATTENDED = re.compile(r"^Attended (?P<school>.{5,90}?)(?:, Graduated (?P<year>\d{4}))?$")
_GRADUATED = re.compile(
    r"\b(?:graduated from|medical degree from|attended) (?P<school>[A-Z][^.;]{4,90}?)(?: in (?P<year>(?:19|20)\d\d)\b|[.,;]|$)"
)
_LICENSED = re.compile(
    r"^Licensed by (?:the )?(?:State|Commonwealth|Province) of (?P<state>[A-Z][A-Za-z ]{3,20}) / (?P<number>[\w-]{3,15})$"
)
_ACCEPTING = re.compile(
    r"^(?:[^?]{0,40}\b(?:is|are) )?(?:currently )?(?P<no>not |no longer |isn.t )?(?:currently )?accept(?:s|ing) new patients?[.!]?$",
    re.IGNORECASE,
)
_GENDER = re.compile(r"^(?P<said>female|male)(?:\s*[|•·,]\s*(?:age:?\s*)?\d{2}\b.{0,20})?$", re.IGNORECASE)
_UNCLAIMED = re.compile(
    r"^(?:this (?:profile|listing|business) (?:is unclaimed|has not (?:yet )?been claimed)\W*|unclaimed(?: (?:profile|listing|business))?)$",
    re.IGNORECASE,
)
"""An invitation to claim is none: sites show it to everybody."""
_CLAIMED = re.compile(r"^(?:claimed(?: (?:profile|listing|business))?)$", re.IGNORECASE)
_CLOSED = re.compile(
    r"^(?:permanently closed|closed permanently|this (?:business|practice|office) (?:is|has) (?:permanently )?closed)\W*$",
    re.IGNORECASE,
)
_PAUSED = re.compile(r"^temporarily closed\W*$", re.IGNORECASE)
_DAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:r)?(?:s)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_TIME = r"(?:\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|noon|midnight)"
_SPAN = rf"{_TIME}\s*(?:-|–|to)\s*{_TIME}"
_TIMES = re.compile(rf"^(?:closed|open 24 hours|{_SPAN}(?:\s*,\s*{_SPAN})*)$", re.IGNORECASE)
_HOURS = re.compile(
    rf"^(?P<days>{_DAY}\.?(?:\s*(?:-|–|to|through|,|&|and)\s*{_DAY}\.?){{0,6}})\s*:?\s*(?:closed|open 24 hours|{_SPAN}(?:\s*,\s*{_SPAN})*)$",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(rf"^{_DAY}\.?$", re.IGNORECASE)
_WEBSITE = re.compile(
    r"^(?:(?:visit |practice |business |my |official |our )?web ?site(?: link)?|visit (?:my|our) web ?site)$",
    re.IGNORECASE,
)


def told(page: Page, name: str, lines: Sequence[str]) -> Iterator[Claim]:
    """Yield what the subject's own `lines` say of `name` in labels, sections and fixed phrases."""
    yield from _by_label(lines)
    yield from _by_section(page, lines)
    for line in lines:
        yield from _by_phrase(line, name)
    yield from status(lines)
    yield from hours(lines)
    yield from _website(page)
    yield from _photo(page, name)


def status(lines: Sequence[str]) -> Iterator[Claim]:
    """Yield whether the page says that it is claimed, and that the place is closed, each once."""
    first: dict[str, Claim] = {}
    for line in lines:
        if len(line) > _LONG:
            continue
        if _UNCLAIMED.match(line):
            first.setdefault("is_claimed", Claim("is_claimed", "false"))
        elif _CLAIMED.match(line):
            first.setdefault("is_claimed", Claim("is_claimed", "true"))
        elif _CLOSED.match(line):
            first.setdefault("permanently_closed", Claim("permanently_closed", "true"))
        elif _PAUSED.match(line):
            first.setdefault("business_status", Claim("business_status", "temporarily closed"))
    yield from first.values()


_LONG = 80


def hours(lines: Sequence[str]) -> list[Claim]:
    """Return the opening hours, a claim a day or span of days as printed; none where a day has two."""
    found: list[str] = []
    spans = False
    for line, after in pairwise((*lines, "")):
        if _HOURS.match(line) or (_DAY_ALONE.match(line) and _TIMES.match(after)):
            found.append(line)
            spans = True
        elif spans and _TIMES.match(line):
            found[-1] += f"{', ' if any(sign.isdigit() for sign in found[-1]) else ' '}{line}"
        else:
            spans = False
    days = [day[:3].lower() for one in found for day in re.findall(_DAY, _days_of(one), re.IGNORECASE)]
    return [Claim("opening_hours", one) for one in found] if len(set(days)) == len(days) else []


def _days_of(line: str) -> str:
    match = _HOURS.match(line)
    return match["days"] if match else ""


def _by_label(lines: Sequence[str]) -> Iterator[Claim]:
    for line in lines:
        said = _LABELLED.match(line)
        if said is None:
            continue
        field = next((field for field, label in _SECTIONS.items() if label.fullmatch(said["label"])), None)
        if field is not None:
            yield from _entries(
                field, re.split(r"\s*[,;]\s+", said["value"]) if field != "alumni_of" else [said["value"]]
            )
        elif fold(said["label"]) == "gender" and fold(said["value"]) in ("female", "male"):
            yield Claim("gender", fold(said["value"]))


def _by_section(page: Page, lines: Sequence[str]) -> Iterator[Claim]:
    labels = {text_of(node).rstrip(" :") for node in page.css(_LABELS)[:600]}
    field: str | None = None
    entries: list[str] = []
    for line in lines:
        plain = line.rstrip(" :")
        if plain in labels:
            yield from _entries(field, entries)
            field = next((one for one, label in _SECTIONS.items() if label.fullmatch(plain)), None)
            entries = []
        elif field is not None and len(entries) < _MOST_ENTRIES:
            entries.append(line)
    yield from _entries(field, entries)


def _entries(field: str | None, entries: Sequence[str]) -> Iterator[Claim]:
    """Yield the entries that can be one of `field`; the first that cannot ends a list of plans."""
    for entry in entries if field is not None else ():
        parts = re.split(r"\s*,\s+", entry) if field == "language" else [entry]
        for part in (part.strip(" •·-–|") for part in parts):
            if not 2 < len(part) < 100 or _NO_ENTRY.search(part):
                if field == "insurance":
                    return
                continue
            if field == "language" and not shown.is_language(part):
                return
            if (field == "alumni_of" and not _SCHOOL.search(part)) or (
                field == "board_certification" and not _BOARD.search(part)
            ):
                continue
            if field == "insurance" and len(part) > 60:
                return
            yield Claim(str(field), part)


def _by_phrase(line: str, name: str) -> Iterator[Claim]:
    if accepting := _ACCEPTING.match(line):
        yield Claim("accepting_new_patients", "false" if accepting["no"] else "true")
    elif gender := _GENDER.match(line):
        yield Claim("gender", gender["said"].lower())
    elif licence := _LICENSED.match(line):
        yield Claim("license", f"{licence['number']} {licence['state']}")
    elif (school := _school_in(line, name)) is not None:
        yield Claim("alumni_of", school["school"].strip())
        if school["year"]:
            yield Claim("graduation_year", school["year"])


def _school_in(line: str, name: str) -> re.Match[str] | None:
    """Return the school that a line says the subject attended; a sentence must name her."""
    found = _ATTENDED.match(line)
    if found is None and _family(name) in fold(line) and "?" not in line:
        found = _GRADUATED.search(line)
    return found if found is not None and _SCHOOL.search(found["school"]) else None


def _family(name: str) -> str:
    words = re.findall(r"[^\W\d_]{2,}", fold(name.split(",", maxsplit=1)[0]))
    return words[-1] if words else "\0"


def _website(page: Page) -> Iterator[Claim]:
    """The link that is called the website; a directory's redirect holds the address."""
    for link in page.css("a[href]")[:1_500]:
        said = text_of(link) or attribute(link, "aria-label") or ""
        if len(said) < _LONG and _WEBSITE.match(said) and (url := page.link(attribute(link, "href"))):
            url = shown.redirected(url)
            if site_of(url) != site_of(address_of(page) or url):
                yield Claim("url", url)
            return


def _photo(page: Page, name: str) -> Iterator[Claim]:
    """The picture that is called by the subject's name."""
    wanted = _family(name)
    for picture in page.css("img[alt]")[:200]:
        if wanted in fold(attribute(picture, "alt") or "").split() and (
            url := page.link(attribute(picture, "src") or attribute(picture, "data-src"))
        ):
            yield Claim("image", url)
            return
