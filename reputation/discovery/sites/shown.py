"""Reads what a page shows where it has no markup: names, addresses, phones, fax, e-mail, ratings in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from reputation.discovery.numbers import count_of, number_of
from reputation.discovery.reading import Page, attribute, is_web, squeeze, words
from reputation.discovery.sites.schema_org import Rating
from reputation.model import Claim
from reputation.names import given_frequency
from reputation.normalize import phone, state_code

# ---------------------------------------------------------------------------- phones

_PHONE = re.compile(
    r"(?<![\d.-])(?:\+?1[\s.-]?)?\(?([2-9]\d{2})\)?[\s.\u00a0–-]{0,3}([2-9]\d{2})[\s.\u00a0–-]{1,3}(\d{4})(?![\d-])"
)
_FAX = re.compile(r"\b(?:fax|facsimile|f)\b[\s:.#]*(?:number|no\.?)?[\s:.]*$", re.IGNORECASE)
_FAX_BEFORE = re.compile(r"\b(?:fax|facsimile)\b", re.IGNORECASE)


class Phones(NamedTuple):
    """The numbers that a page shows, as printed, each once; the main one first."""

    voice: tuple[str, ...]
    fax: tuple[str, ...]


def phones_of(page: Page) -> Phones:
    """Return the page's phone and fax numbers: those in the text, then those that only links hold."""
    voice: dict[str, str] = {}
    fax: dict[str, str] = {}
    label = ""
    for line in page.lines:
        at = 0
        for found in _PHONE.finditer(line):
            before = line[at : found.start()]
            group = fax if _is_fax(before, label if at == 0 else "") else voice
            _keep(group, found[0])
            at = found.end()
        label = line[at:]
    for link in page.css("a[href^='tel:' i]"):
        number = squeeze((attribute(link, "href") or "")[4:])
        if phone(number) not in {*voice, *fax}:
            _keep(voice, number)
    return Phones(tuple(number for key, number in voice.items() if key not in fax), tuple(fax.values()))


def phones_in(lines: Sequence[str]) -> list[str]:
    """Return the phone numbers in `lines`, each once; a fax is none."""
    found: dict[str, str] = {}
    for line in lines:
        at = 0
        for hit in _PHONE.finditer(line):
            if not _is_fax(line[at : hit.start()], ""):
                _keep(found, hit[0])
            at = hit.end()
    return list(found.values())


def _is_fax(before: str, label: str) -> bool:
    """A number is a fax where the word stands nearest before it, on its line or alone on the line above."""
    if before.strip(" :.-|•·"):
        return _FAX.search(before) is not None
    return len(label) < 20 and _FAX_BEFORE.search(label) is not None


def _keep(group: dict[str, str], number: str) -> None:
    number = squeeze(number)
    key = phone(number) or re.sub(r"\D", "", number)
    if len(re.sub(r"\D", "", key)) >= 7:
        group.setdefault(key, number)


# ---------------------------------------------------------------------------- addresses

_CITY = re.compile(
    r"(?P<before>.*?)(?P<city>[A-Z][A-Za-zÀ-ÿ.'’-]*(?:\s(?:(?:du|de|la|of|the)\s)?[A-Z][A-Za-zÀ-ÿ.'’-]*){0,3})\s?,\s*"
    r"(?P<state>[A-Z]{2}|[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2})\.?,?\s+(?P<zip>\d{5}(?:-\d{4})?)(?!\d)"
)
_BOX = re.compile(r"P\.?\s?O\.?\s?Box\s+\d+", re.IGNORECASE)
_HOUSE = re.compile(
    r"(?:^|(?<=[\s,:;|·•(]))\d{1,6}[A-Za-z]?(?:-\d{1,5})?(?=\s+(?:[^\W\d_]|\d+(?:st|nd|rd|th)\b))|\b(?:One|Two|Three|Four|Five|Ten)(?=\s+[A-Z])"
)
_NUMBERED = re.compile(
    r"(?:suite|ste|unit|apt|room|rm|floor|fl|building|bldg|highway|hwy|route|rte|road|county|state|box|no|#|since|in)\.?\s*$",
    re.IGNORECASE,
)
"""Words after which a number is no house's."""
_UNIT = re.compile(
    r"^(?:suite|ste\.?|unit|apt\.?|room|rm\.?|floor|fl\.?|building|bldg\.?|#|\d+(?:st|nd|rd|th) floor)\b",
    re.IGNORECASE,
)


_MOST = 60
"""Addresses of one page beyond which nobody's own place can be told from a directory's."""


class Address(NamedTuple):
    """One address as printed."""

    street: str | None
    city: str
    state: str
    postal_code: str


def addresses_in(lines: Sequence[str]) -> list[Address]:
    """Return the American addresses in `lines`: "street, city, ST 12345" on one line, or on lines that follow."""
    found: list[Address] = []
    for n, line in enumerate(lines):
        if len(line) > 400:
            continue
        match = _CITY.search(line)
        if match is None or state_code(match["state"]) is None:
            continue
        street = _street_of(match["before"], lines[max(0, n - 3) : n])
        found.append(Address(street, match["city"], match["state"], match["zip"]))
        if len(found) >= _MOST:
            break
    return list(dict.fromkeys(found))


def _street_of(before: str, above: Sequence[str]) -> str | None:
    before = before.strip(" ,·•|")
    if before:
        return _street_at_end(before)
    unit = ""
    for line in reversed(above):
        if _UNIT.match(line) and not unit:
            unit = line
            continue
        street = _street_at_end(line) if len(line) < 100 else None
        return ", ".join(filter(None, (street, unit))) if street else None
    return None


def _street_at_end(text: str) -> str | None:
    """Return the street with which `text` ends: from its last number that can be a house's."""
    box = _BOX.search(text)
    if box:
        return squeeze(text[box.start() :]).strip(" ,")
    houses = [hit for hit in _HOUSE.finditer(text) if not _NUMBERED.search(text[: hit.start()])]
    street = squeeze(text[houses[-1].start() :]).strip(" ,·•|") if houses else ""
    return street if 4 < len(street) < 100 and not re.search(r"[|·•:;()]", street) else None


def address_claims(found: Iterable[Address]) -> list[Claim]:
    """Return the claims for addresses, those with a street first; a city that has a street stands once."""
    ordered = sorted(found, key=lambda one: one.street is None)
    with_street = {(one.city, one.postal_code) for one in ordered if one.street}
    claims: list[Claim] = []
    for one in ordered:
        if one.street is None and (one.city, one.postal_code) in with_street:
            continue
        fields = ("street_address", "address_locality", "address_region", "postal_code")
        claims += [Claim(field, value) for field, value in zip(fields, one, strict=True) if value]
    return claims


_CITY_ALONE = re.compile(
    r"(?<![\w,])(?P<city>[A-Z][a-zà-ÿ.'’]+(?:\s[A-Z][a-zà-ÿ.'’]+){0,2}),\s(?P<state>[A-Z]{2}\b|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)


def city_claims(lines: Sequence[str]) -> list[Claim]:
    """Return the first "City, State" of a page that prints no whole address."""
    for line in lines:
        for found in _CITY_ALONE.finditer(line) if len(line) < 120 else ():
            if state_code(found["state"]) is not None and not _is_a_person(found["city"], found["state"]):
                return [Claim("address_locality", found["city"]), Claim("address_region", found["state"])]
    return []


_DEGREES = frozenset(["MD", "PA", "MS", "MA", "ND", "DC", "NP"])
"""Letters that are a state's and a degree's: "Jane Roe, MD" is no town in Maryland."""

_COMMON_GIVEN_NAME = 1e-4
"""The share of people at which a first word is rather a given name than a town's."""


def _is_a_person(city: str, state: str) -> bool:
    first, *rest = city.split() or [""]
    return state.upper() in _DEGREES and bool(rest) and given_frequency(first) >= _COMMON_GIVEN_NAME


# ---------------------------------------------------------------------------- NPI

_NPI = re.compile(
    r"\b(?:NPI|National Provider Identifier)\b[^\w\n]{0,4}(?:(?:number|no|id|is)\b)?[^\w\n]{0,6}\n?\s*([12]\d{9})(?!\d)",
    re.IGNORECASE,
)


def npi_claims(lines: Sequence[str]) -> list[Claim]:
    """Return the NPI that a page prints, on the label's line or the next; several are of several, and none is told."""
    found = dict.fromkeys(_NPI.findall("\n".join(lines)))
    return [Claim("npi", number) for number in found] if len(found) == 1 else []


# ---------------------------------------------------------------------------- degrees, languages

_LANGUAGES = words(
    "arabic armenian bengali burmese cantonese chinese creole croatian czech danish dutch english farsi filipino finnish french german"
    " greek gujarati hebrew hindi hmong hungarian igbo indonesian italian japanese kannada khmer korean lao malay malayalam mandarin"
    " marathi nepali norwegian persian polish portuguese punjabi romanian russian serbian sindhi sinhala somali spanish swahili swedish"
    " tagalog tamil telugu thai turkish ukrainian urdu vietnamese yiddish yoruba"
)
_DEGREE = re.compile(
    r"^(?:MBBS|MBChB|MBBCh|M\.?D\.?|D\.?O\.?|Ph\.?D\.?|Psy\.?D\.?|D\.?D\.?S\.?|DMD|DPM|OD|DC|PA-C|A?P?RN|NP|FNP(?:-[A-Z]+)?|DNP|MSN|MPH|MBA|MSW|LICSW"
    r"|LCSW|LMFT|LPC|FACP|FACS|FACOG|MRCP|FRCS|BDS|MDS|DNB|DM|MS)(?:\s*\([^()]{2,60}\))?$"
)


def is_language(text: str) -> bool:
    """Whether `text` is the name of a language."""
    return text.strip().lower() in _LANGUAGES


def degrees_and_languages(lines: Sequence[str]) -> list[Claim]:
    """Return what lines that hold nothing else say: "MBBS, MD (General Medicine)", "English, Hindi"."""
    found: list[Claim] = []
    for line in lines:
        said = re.sub(r"^(?:languages?(?: spoken)?|speaks)\s*:?\s+", "", line, flags=re.IGNORECASE)
        parts = [part.strip() for part in said.split(",")] if len(said) < 150 else []
        if parts and all(part.lower() in _LANGUAGES for part in parts):
            found += [Claim("language", part) for part in parts]
        elif parts and all(_DEGREE.match(part) for part in parts):
            found.append(Claim("credential", line))
    return list(dict.fromkeys(found))


# ---------------------------------------------------------------------------- websites


def redirected(url: str) -> str:
    """Return where a directory's redirect (`/biz_redir?url=…`) leads, else `url`."""
    asked = parse_qs(urlsplit(url).query)
    inner = next((asked[name][0] for name in ("url", "u", "target", "redirect") if asked.get(name)), "")
    return inner if is_web(inner) else url


# ---------------------------------------------------------------------------- e-mail

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w-])")


def emails_of(page: Page) -> tuple[str, ...]:
    """Return the e-mail addresses in the text and in links, each once."""
    found = _EMAIL.findall(page.text)
    for link in page.css("a[href^='mailto:' i]"):
        found += _EMAIL.findall((attribute(link, "href") or "")[7:].split("?")[0])
    return tuple(dict.fromkeys(found))


# ---------------------------------------------------------------------------- ratings in words

_VALUES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"average rating of (?P<value>\d(?:\.\d+)?) out of (?P<best>\d+)",
        r"(?P<value>\d\.\d+)\s*star rating\b",
        r"(?P<value>\d)\s*star rating\b",
        r"likelihood of recommending .{1,80}? is (?P<value>\d(?:\.\d+)?) out of (?P<best>\d+)",
        r"(?:rated|rating:?|overall rating:?) (?P<value>\d(?:\.\d+)?)\s*(?:out of|of|/)\s*(?P<best>\d+)",
        r"^(?P<value>\d(?:[.,]\d+)?)\s*(?:out of|/)\s*(?P<best>5|10)(?: stars)?\b",
    )
)
_COUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<ratings>\d[\d,]*) ratings?, (?P<reviews>\d[\d,]*) with a written review",
        r"has received (?P<ratings>\d[\d,]*) ratings?",
        r"based on (?P<ratings>\d[\d,]*) ratings?",
        r"based on (?P<reviews>\d[\d,]*) (?:patient )?reviews?",
        r"^(?P<ratings>\d[\d,]*) ratings? (?:&|and) reviews?",
        r"^\((?P<ratings>\d[\d,]*) ratings?\)",
        r"^\(?(?P<reviews>\d[\d,]*) (?:patient |verified )?reviews?\)?$",
    )
)
BOTH = re.compile(
    r"^(?P<value>\d(?:[.,]\d+)?)\s*\(\s*(?P<count>\d[\d.,\u00a0\u202f ]*)\s*(?P<what>ratings?|reviews?)?\s*\)",
    re.IGNORECASE,
)
"""A rating and its count together: "4.5 (26 Ratings)", "4,4 (2 130)"."""


_LONGEST_SENTENCE = 1_000
"""Characters of a line in which a rating is looked for: a search for counts is quadratic in a run of digits."""


def rating_in(lines: Sequence[str]) -> Rating:
    """Return the rating that the page's sentences give, the surest sentence first; None where none does."""
    lines = [line[:_LONGEST_SENTENCE] for line in lines]
    value, best = _first_value(lines)
    ratings: int | None = None
    reviews: int | None = None
    for pattern in _COUNTS:
        found = next((hit for line in lines if (hit := pattern.search(line))), None)
        if found:
            said = found.groupdict()
            ratings = count_of(said["ratings"]) if said.get("ratings") and ratings is None else ratings
            reviews = (
                count_of(said["reviews"])
                if said.get("reviews") and reviews is None and ratings is None
                else reviews
            )
            if pattern is _COUNTS[0] and said.get("reviews"):
                reviews = count_of(said["reviews"])
    return Rating(rating_value=value, best_rating=best, rating_count=ratings, review_count=reviews)


def _first_value(lines: Sequence[str]) -> tuple[float | None, float | None]:
    for pattern in _VALUES:
        for line in lines:
            found = pattern.search(line)
            if found:
                said = found.groupdict()
                return number_of(said["value"]), number_of(said.get("best") or "5")
    return None, None
