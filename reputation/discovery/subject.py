"""Whom we look for: the profile, prepared once for comparison with thousands of mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reputation.model import Profile
from reputation.names.compare import Folded, folded
from reputation.names.frequency import family_count, family_frequency, given_count, given_frequency
from reputation.normalize import Address, address, canonical_url, fold, phone, site, state_code
from reputation.taxonomy import fields_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """The facts of a profile in the spelling in which mentions are compared with them."""

    name: str
    """Given, middle, family and suffix as one line."""
    folded: Folded
    family_keys: tuple[str, ...]
    """The family names, folded, whole and in their parts, former ones too: what a text is searched for."""
    former: tuple[str, ...]
    nicknames: tuple[str, ...]
    given_share: float
    family_share: float
    gender: str | None
    credentials: frozenset[str]
    npi: str | None
    orcid: str | None
    email: str | None
    phones: frozenset[str]
    places: tuple[Address, ...]
    states: frozenset[str]
    cities: frozenset[str]
    fields: frozenset[str]
    licenses: frozenset[tuple[str, str]]
    institutions: tuple[str, ...]
    short_names: tuple[str, ...]
    schools: tuple[str, ...]
    urls: frozenset[str]
    sites: tuple[str, ...]
    handles: frozenset[str]
    """Her names on social networks, folded and without @: the last part of a profile's URL."""
    people: frozenset[tuple[str, str]]
    """Family name and first initial of everyone whom the profile names in free text: co-authors, if any."""
    has_people: bool
    """Whether some of them are people beyond doubt: "heart failure" reads like a name, too."""
    subjects: tuple[str, ...]
    """Interests, specialties and statement as printed: what she writes about."""
    graduated: int | None
    """The first year of education."""
    years: tuple[int, int] | None
    """The first and the last year of affiliations, schools and certifications; 9999 where a tie lasts."""


def subject_of(profile: Profile) -> Subject:
    """Return `profile` prepared for comparison; what it does not say stays empty."""
    name = profile.name
    line = " ".join(filter(None, (name.given, name.middle, name.family, name.suffix)))
    places = tuple(
        address(place.street, place.suite, place.city, place.state, place.postal_code)
        for place in profile.locations
    )
    states = {place.state for place in places} | {state_code(one.state) for one in profile.licenses}
    numbers = [n for place in profile.locations for n in (place.phone, place.fax) if n]
    labels = [text for one in profile.specialties for text in (one.taxonomy_code, one.label) if text]
    people = list(_people(profile))
    return Subject(
        name=line,
        folded=folded(line),
        family_keys=_family_keys((name.family, *name.former)),
        former=tuple(one if " " in one.strip() else f"{name.given} {one}" for one in name.former),
        nicknames=name.nicknames,
        given_share=given_frequency(name.given.split()[0] if name.given.split() else ""),
        family_share=family_frequency(name.family),
        gender=_gender(profile.personal.gender or ""),
        credentials=frozenset(_credential(one) for one in name.credentials),
        npi=profile.ids.npi,
        orcid=(profile.ids.orcid or "").rsplit("/", 1)[-1] or None,
        email=(profile.personal.email or "").casefold() or None,
        phones=frozenset(number for text in numbers if (number := phone(text))),
        places=places,
        states=frozenset(state for state in states if state),
        cities=frozenset(place.city for place in places if place.city),
        fields=frozenset[str]().union(*(fields_of(label) for label in labels)),
        licenses=frozenset(
            (state_code(one.state) or "", _number(one.number)) for one in profile.licenses if one.number
        ),
        institutions=_distinct(
            [one.name for one in profile.affiliations]
            + [place.name for place in profile.locations if place.name]
            + ([profile.practice.name] if profile.practice.name else [])
        ),
        short_names=_distinct(short for one in profile.affiliations for short in one.short_names),
        schools=_distinct(one.institution for one in profile.education),
        urls=frozenset(
            canonical_url(url) for url in (*profile.websites, *(one.url for one in profile.profiles))
        ),
        sites=tuple(canonical_url(url) for url in profile.websites),
        handles=frozenset(_handles(profile)),
        people=frozenset(key for key, _ in people),
        has_people=any(is_certain for _, is_certain in people),
        subjects=_distinct([*labels, *profile.bio.interests, profile.bio.statement or ""]),
        graduated=min((one.year for one in profile.education if one.year), default=None),
        years=_years(profile),
    )


def _family_keys(families: Iterable[str]) -> tuple[str, ...]:
    keys: list[str] = []
    for family in families:
        whole = fold(family).strip()
        words = [word for word in re.split(r"[\s-]+", whole) if len(word) > 2]
        keys += [whole, *words[:1], *words[-1:]]
    return tuple(dict.fromkeys(key for key in keys if key))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text and text.strip()))


def _gender(text: str) -> str | None:
    first = fold(text)[:1]
    return {"f": "female", "w": "female", "m": "male"}.get(first)


def _credential(text: str) -> str:
    return re.sub(r"[.\s]", "", text).upper()


def _number(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper()).lstrip("0")


_HANDLE_SITES = frozenset(
    [
        "x.com",
        "twitter.com",
        "instagram.com",
        "threads.net",
        "threads.com",
        "bsky.app",
        "tiktok.com",
        "youtube.com",
        "facebook.com",
        "medium.com",
    ]
)


def _handles(profile: Profile) -> Iterator[str]:
    for one in profile.profiles:
        page = canonical_url(one.url)
        last = page.rstrip("/").rsplit("/", 1)[-1].removeprefix("@")
        if site(page) in _HANDLE_SITES and len(last) > 4:
            yield fold(last)


def person_key(name: str) -> tuple[str, str] | None:
    """Return family name and first initial of a printed name; None where it is not at least both."""
    one = folded(name)
    if not one.given or not one.family:
        return None
    return "".join(one.family), one.given[0][:1]


_PERSON = re.compile(r"[^\W\d_][^,;|\d]{2,40}")


def _people(profile: Profile) -> Iterator[tuple[tuple[str, str], bool]]:
    """Yield the keys of what may be names in the profile's lists and statement, and whether they surely are."""
    texts = [
        *profile.memberships,
        *profile.bio.interests,
        *(one.what for one in profile.bio.disclosures),
        *(short for one in profile.affiliations for short in one.short_names),
        *(one.title or "" for one in profile.affiliations),
        *profile.practice.recipients,
        *re.split(r"[;|\n]|(?<=[a-z]{2})\.\s|,", profile.bio.statement or ""),
    ]
    interests = frozenset(profile.bio.interests)
    for part in (part.strip() for text in texts for part in text.split(";")):
        words = part.split()
        is_short = 2 <= len(words) <= 5
        if is_short and (_PERSON.fullmatch(part) or part.count(",") == 1) and (key := person_key(part)):
            given = folded(part).given[0]
            is_given = len(given) == 1 or given_count(given) >= _GIVEN_BEYOND_DOUBT
            is_family = part not in interests or family_count(key[0]) >= _FAMILY_BEYOND_DOUBT
            yield key, is_given and is_family


_GIVEN_BEYOND_DOUBT = 20_000
_FAMILY_BEYOND_DOUBT = 1_000
"""So many must bear a family name that stands among the interests, where "Vitamin E" and "Gene Expression" do."""


def _years(profile: Profile) -> tuple[int, int] | None:
    ties = [(one.since, one.until) for one in profile.affiliations if one.since or one.until]
    years = [day.year for tie in ties for day in tie if day]
    years += [one.year for one in profile.education if one.year]
    years += [one.since.year for one in profile.certifications if one.since]
    if not years:
        return None
    lasts = any(since and until is None for since, until in ties)
    return min(years), 9999 if lasts else max(years)
