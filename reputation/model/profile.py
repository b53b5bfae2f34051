"""Who is audited, and against which facts."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from reputation.model.vocabulary import Control


@dataclass(frozen=True, kw_only=True, slots=True)
class Right:
    """By what right the audit is made: one's own, or a dated consent."""

    is_self: bool = False
    delegate_of: str | None = None
    consented_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonName:
    """The clinician's name; `former` and `nicknames` as printed."""

    given: str
    family: str
    middle: str | None = None
    suffix: str | None = None
    credentials: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ids:
    """Identifiers: a ten-digit NPI with a valid check digit, a hyphenated ORCID iD."""

    npi: str | None = None
    orcid: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Personal:
    """Facts of the person that some sites print."""

    gender: str | None = None
    photo_url: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Specialty:
    """A specialty in words, and its NUCC taxonomy code."""

    label: str
    taxonomy_code: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """A place of practice."""

    name: str | None = None
    street: str | None = None
    suite: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    phone: str | None = None
    fax: str | None = None
    hours: str | None = None
    accepting_new_patients: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Affiliation:
    """An employer, hospital or university, with the dates of the tie."""

    name: str
    short_names: tuple[str, ...] = ()
    title: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class License:
    """A state licence."""

    state: str
    number: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Certification:
    """A board certification."""

    board: str
    specialty: str | None = None
    since: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Education:
    """A school or residency."""

    institution: str
    degree: str | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnProfile:
    """A page that the clinician owns, or a listing that she has claimed."""

    url: str
    platform: str | None = None
    control: Control = Control.CONTROLLED
    purpose: str = "professional"


@dataclass(frozen=True, kw_only=True, slots=True)
class Disclosure:
    """A conflict of interest, with its dates."""

    what: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BioFacts:
    """What the biography needs beyond the facts of record."""

    statement: str | None = None
    interests: tuple[str, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    views_are_my_own: bool = False
    identity_strategy: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyReference:
    """The institution's social-media policy: where, when read, whom to ask; and the practice's own rules on replies."""

    institution_url: str | None = None
    date_read: date | None = None
    contact: str | None = None
    second_person: bool = True
    """Whether a second person must approve a reply before it is exported; one in own words always needs it."""
    cooling_off_h: int = 24
    """Waking hours that a reply to a negative item waits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Practice:
    """The practice that the report is for."""

    name: str | None = None
    logo: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmation:
    """Where a fact came from, and when the user said that it is right."""

    as_of: date | None = None
    source: str | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """Who is audited and against which facts; profile.toml, checked."""

    right: Right
    name: PersonName
    ids: Ids = Ids()
    personal: Personal = Personal()
    specialties: tuple[Specialty, ...] = ()
    locations: tuple[Location, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    licenses: tuple[License, ...] = ()
    certifications: tuple[Certification, ...] = ()
    education: tuple[Education, ...] = ()
    profiles: tuple[OwnProfile, ...] = ()
    memberships: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    insurance: tuple[str, ...] = ()
    bio: BioFacts = BioFacts()
    policy: PolicyReference = PolicyReference()
    practice: Practice = Practice()
    sentiment_model: str | None = None
    """`[sentiment] model`: None for the shipped model, "lexicon" for the lexicon alone."""
    exposure_curve: str | None = None
    """`[page_one] exposure`: how attention falls with rank; None for the discount of DCG."""
    confirmed: Mapping[str, Confirmation] = field(default_factory=dict)
    """By the fact's path without spaces: `name`, `ids.npi`, `locations.0.phone` …"""

    def is_confirmed(self, path: str) -> bool:
        """Whether the user has confirmed what stands at `path`.

        `locations.0.phone` is confirmed by an entry for itself, `locations.phone`, `locations.0` or
        `locations`; `locations.0` also by entries for every fact that it states.  A fact without an entry
        that carries a date is nobody's authority.
        """
        if self._is_dated(path):
            return True
        if not self.confirmed:
            return False
        table = path.partition(".")[0]
        facts = _facts_of(table, getattr(self, table)) if table in FACT_TABLES else ()
        below = [fact for fact in facts if fact.startswith(f"{path}.")]
        return bool(below) and all(map(self._is_dated, below))

    def _is_dated(self, path: str) -> bool:
        entries = (self.confirmed.get(name) for name in _paths_above(path))
        return any(entry is not None and entry.confirmed_on is not None for entry in entries)


@lru_cache(maxsize=1024)
def _paths_above(path: str) -> tuple[str, ...]:
    parts = path.split(".")
    without_index = [part for part in parts if not part.isdigit()]
    exact = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    loose = [".".join(without_index[:n]) for n in range(len(without_index), 0, -1)]
    return (*exact, *loose)


FACT_TABLES = (
    "name",
    "ids",
    "personal",
    "specialties",
    "locations",
    "affiliations",
    "licenses",
    "certifications",
    "education",
)
"""The tables of profile.toml that hold facts of record; the fields of each are facts of their own."""

FACT_LISTS = ("memberships", "websites", "languages", "insurance")
"""The lists of profile.toml that are one fact each."""


def fact_paths(profile: Profile) -> tuple[str, ...]:
    """Return the path of every fact of record that the profile states, in the order of the file."""
    paths = [path for table in FACT_TABLES for path in _facts_of(table, getattr(profile, table))]
    return (*paths, *(name for name in FACT_LISTS if getattr(profile, name)))


@lru_cache(maxsize=256)
def _facts_of(table: str, value: Hashable) -> tuple[str, ...]:
    """Return the paths of what one table states; a check asks for them on every page."""
    return tuple(_stated(table, value))


def _stated(path: str, value: Any) -> Iterator[str]:
    if is_dataclass(value):
        for part in fields(value):
            yield from _stated(f"{path}.{part.name}", getattr(value, part.name))
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for number, item in enumerate(value):
            yield from _stated(f"{path}.{number}", item)
    elif value not in (None, (), ""):
        yield path


@dataclass(frozen=True, kw_only=True, slots=True)
class NameVariant:
    """One way in which the name may be printed.

    `kind` is legal, short, initial, reversed, nickname, former, credentialed, part or misspelling.
    """

    text: str
    kind: str
