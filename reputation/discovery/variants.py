"""The ways in which a name may be printed, and the queries made of them: most likely to find something new first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, product
from typing import Any, NamedTuple

from reputation import names, resources
from reputation.discovery.reading import words
from reputation.model import NameVariant, PersonName, Profile
from reputation.normalize import fold

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}
)
_PARTICLES = words(
    "al da das de del della den der des di do dos du el la las le los ten ter van vom von y zu"
)
_SLIPS = (
    ("ie", "ei"),
    ("ei", "ie"),
    ("ph", "f"),
    ("ck", "k"),
    ("ae", "e"),
    ("y", "i"),
    ("ss", "s"),
    ("ll", "l"),
    ("nn", "n"),
)
_MOST_SLIPS = 6
_FIRST = words("none city specialty reviews practice institution publications")
"""The contexts of which the first is asked before all else: with them a patient's and a colleague's view is seen."""


class Query(NamedTuple):
    """One thing to ask an engine: the text, the name variant in it, and what stands beside the name."""

    text: str
    variant: str
    context: str


# ---------------------------------------------------------------------------- names


def name_variants(profile: Profile, *, misspellings: bool = False) -> tuple[NameVariant, ...]:
    """Return every likely way to print the name, each once, the plain name "Jane Roe" first.

    Misspellings of the family name are added only when asked for.
    """
    found: dict[str, NameVariant] = {}
    for variant in _variants(profile.name, misspellings=misspellings):
        line = " ".join(variant.text.split()).strip(" ,")
        if line:
            found.setdefault(line.casefold(), NameVariant(text=line, kind=variant.kind))
        if (plain := unaccented(line)) != line and plain:
            found.setdefault(plain.casefold(), NameVariant(text=plain, kind=variant.kind))
    return tuple(found.values())


def _variants(name: PersonName, *, misspellings: bool) -> Iterator[NameVariant]:
    given, family = name.given, name.family
    yield NameVariant(text=f"{given} {family}", kind="short")
    for former in name.former:
        yield NameVariant(text=former if " " in former else f"{given} {former}", kind="former")
    for short in name.nicknames:
        yield NameVariant(text=f"{short} {family}", kind="nickname")
    yield from _legal(name)
    for short in _nicknames(name):
        yield NameVariant(text=f"{short} {family}", kind="nickname")
    for part in family_parts(family):
        yield NameVariant(text=f"{given} {part}", kind="part")
    for credential in name.credentials:
        yield NameVariant(text=f"{given} {family} {credential}", kind="credentialed")
    yield NameVariant(text=f"Dr. {given} {family}", kind="credentialed")
    yield NameVariant(text=f"{family}, {given}", kind="reversed")
    yield from _initials(name)
    if misspellings:
        for slip in misspelled(family):
            yield NameVariant(text=f"{given} {slip}", kind="misspelling")


def _legal(name: PersonName) -> Iterator[NameVariant]:
    first = f"{name.given} {name.family}"
    if name.middle:
        yield NameVariant(text=f"{name.given} {name.middle[0]}. {name.family}", kind="initial")
        yield NameVariant(text=f"{name.given} {name.middle} {name.family}", kind="legal")
        yield NameVariant(text=f"{name.middle} {name.family}", kind="short")
        first = f"{name.given} {name.middle} {name.family}"
    if name.suffix:
        yield NameVariant(text=f"{name.given} {name.family} {name.suffix}", kind="legal")
        yield NameVariant(text=f"{first} {name.suffix}", kind="legal")


def _nicknames(name: PersonName) -> Iterator[str]:
    """Yield what people call those of this given name, and what it may be short for."""
    for given in (name.given, *name.nicknames):
        yield from (short.title() if short.islower() else short for short in names.nicknames_of(given))


def _initials(name: PersonName) -> Iterator[NameVariant]:
    firsts = [part[0].upper() for part in re.split(r"[\s-]+", f"{name.given} {name.middle or ''}") if part]
    yield NameVariant(text=f"{'. '.join(firsts)}. {name.family}", kind="initial")
    yield NameVariant(text=f"{''.join(firsts)} {name.family}", kind="initial")
    yield NameVariant(text=f"{name.family} {''.join(firsts)}", kind="initial")
    if len(firsts) > 1:
        yield NameVariant(text=f"{firsts[0]}. {name.family}", kind="initial")
        yield NameVariant(text=f"{name.family}, {name.given} {firsts[-1]}.", kind="reversed")


def family_parts(family: str) -> tuple[str, ...]:
    """Return what a hyphenated, two-part or particled family name may be shortened or joined to.

    "Roe-Smith" gives "Roe Smith", "Roe" and "Smith"; "van der Berg" gives "Vanderberg" and "Berg".
    """
    whole = [word for word in re.split(r"[\s-]+", family) if word]
    if len(whole) < 2:
        return ()
    core = [word for word in whole if word.lower() not in _PARTICLES]
    parts = [" ".join(whole)]
    if len(core) == len(whole):
        parts.append("-".join(whole))
    else:
        parts.append("".join(whole).capitalize())
    return tuple(dict.fromkeys(part for part in [*parts, *core] if part != family))


def unaccented(text: str) -> str:
    """Return `text` with its letters and without their marks: "José Muñoz" is "Jose Munoz"."""
    letters = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))


def misspelled(family: str) -> tuple[str, ...]:
    """Return at most six likely misspellings of a family name."""
    slips = [
        family[: -len(b)] + a if family.endswith(b) and a == "y" else family.replace(a, b, 1)
        for a, b in _SLIPS
    ]
    doubled = [
        f"{family[: at + 1]}{letter}{family[at + 1 :]}"
        for at, letter in enumerate(family)
        if at and letter in "lnst"
    ]
    return tuple(dict.fromkeys(slip for slip in [*slips, *doubled] if slip != family))[:_MOST_SLIPS]


# ---------------------------------------------------------------------------- queries


def queries(profile: Profile, variants: Sequence[NameVariant], budget: int) -> Iterator[Query]:
    """Yield at most `budget` queries, the best first and none twice.

    First her plain name as patients and colleagues ask for it (`views`), the sites that cannot be asked themselves, then other forms of the name,
    and last each form beside each fact.
    """
    yield from islice(_distinct(_matrix(profile, variants)), max(budget, 0))


def _matrix(profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Query]:
    names_ = [variant.text for variant in variants] or [f"{profile.name.given} {profile.name.family}"]
    plain, others = names_[0], names_[1:]
    beside = list(contexts(profile))
    sites = {tier: list(sites_of(tier)) for tier in ("essential", "useful", "rest")}
    first, later = _ranked(beside)
    yield from (_query(plain, label, beside_it) for label, beside_it in first)
    yield from (_at_site(plain, site) for site in sites["essential"])
    yield from (_query(other, "none", "") for other in others[:3])
    yield from (_query(plain, label, beside_it) for label, beside_it in later)
    yield from (_at_site(plain, site) for site in sites["useful"])
    yield from (_query(other, "none", "") for other in others[3:])
    yield from (_at_site(plain, site) for site in sites["rest"])
    yield from (_query(other, label, beside_it) for (label, beside_it), other in product(beside[1:], others))


def _ranked(beside: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the first of each kind of context for the start, and the rest for later."""
    seen: set[str] = set()
    first: list[tuple[str, str]] = []
    later: list[tuple[str, str]] = []
    for label, beside_it in beside:
        early = label in _FIRST and label not in seen
        (first if early else later).append((label, beside_it))
        seen.add(label)
    return first, later


def contexts(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield what may stand beside the name: its label, and the words; nothing ("none") first."""
    yield "none", ""
    yield from (("city", place.city) for place in profile.locations if place.city)
    yield from (("specialty", _everyday(specialty.label)) for specialty in profile.specialties[:2])
    yield "reviews", "reviews"
    practices = [profile.practice.name, *(place.name for place in profile.locations)]
    yield from (("practice", f'"{name}"') for name in practices if name)
    for employer in profile.affiliations:
        yield from (("institution", f'"{name}"') for name in (employer.name, *employer.short_names))
    yield "publications", "publications"
    boards = dict.fromkeys(certification.board for certification in profile.certifications)
    yield from (("credentials", f'"{board}"') for board in boards if board)
    if not boards:
        yield "credentials", "board certified"
    states = [*(place.state for place in profile.locations), *(licence.state for licence in profile.licenses)]
    yield from (("state", state) for state in dict.fromkeys(states) if state)
    yield "malpractice", "malpractice"
    yield "endorsement", "supplement OR cure OR endorses"
    if profile.ids.npi:
        yield "npi", profile.ids.npi
    yield from (("phone", f'"{place.phone}"') for place in profile.locations if place.phone)
    if profile.personal.email:
        yield "email", f'"{profile.personal.email}"'
    yield from (("handle", f'"{handle}"') for handle in handles(profile))


def _everyday(label: str) -> str:
    """Return "Medical Oncology" of the registry's "Internal Medicine, Medical Oncology Physician"."""
    return label.rpartition(",")[2].strip().removesuffix(" Physician") or label


def handles(profile: Profile) -> Iterator[str]:
    """Yield the account names in her own profiles' addresses, such as "drjaneroe"."""
    for own in profile.profiles:
        last = re.sub(r"[?#].*", "", own.url).rstrip("/").rsplit("/", 1)[-1].lstrip("@")
        if re.fullmatch(r"[\w.-]{3,40}", last) and "." not in last and own.url.count("/") > 2:
            yield last


@cache
def sites_of(tier: str) -> tuple[str, ...]:
    """Return what to put behind `site:` for the sites of one tier of the worksheet, in their order there."""
    tables: dict[str, Any] = resources.table("sources.toml")
    options = (table.get("options", {}) for table in tables.values())
    return tuple(dict.fromkeys(o["site"] for o in options if o.get("site") and o.get("tier") == tier))


def _query(name: str, label: str, beside_it: str) -> Query:
    return Query(f'"{name}" {beside_it}'.strip(), name, label)


def _at_site(name: str, site: str) -> Query:
    return Query(f'site:{site} "{name}"', name, "site")


def _distinct(found: Iterator[Query]) -> Iterator[Query]:
    seen: set[str] = set()
    for query in found:
        key = fold(query.text) if query.text.isascii() else query.text.casefold()
        if key not in seen:
            seen.add(key)
            yield query
