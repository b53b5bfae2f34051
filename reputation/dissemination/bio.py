"""One biography, told for every field of every platform, from the profile's facts alone.

Facts are added in order of weight as long as the text fits, so that what is left out is always what
weighs least; a sentence is told whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from reputation.dissemination import wording
from reputation.dissemination.drift import drift_of
from reputation.dissemination.facts import Facts, gather
from reputation.dissemination.jsonld import json_ld
from reputation.dissemination.length import fits, length_in
from reputation.dissemination.platforms import Field, Platform, platform, platforms
from reputation.dissemination.prose import Voice, tell
from reputation.dissemination.wording import tidy
from reputation.model import Bio, BioUnit, Mention, Profile
from reputation.render import safe_url

LADDER = (160, 255, 500, 750, 1000, 2600)
"""Lengths offered where a platform's limit is unknown."""
DEFAULT_TARGET = 500
ROOMY = 200
"""Below this many characters a first-person biography is told in fragments, not in sentences."""

_PATIENTS_FIRST = (
    "specialties.0", "locations.0.name", "affiliations.0", "locations.0.city", "bio.interests", "specialties",
    "locations.0.accepting_new_patients", "locations.0.phone", "locations.0.street", "bio.disclosures", "bio.views",
    "bio.statement", "certifications", "languages", "affiliations", "education", "memberships", "websites",
)  # fmt: skip
_COLLEAGUES_FIRST = (
    "specialties.0", "affiliations.0", "locations.0.name", "bio.views", "bio.disclosures", "locations.0.city",
    "bio.interests", "specialties", "affiliations", "bio.statement", "certifications", "memberships", "education",
    "languages", "locations.0.accepting_new_patients", "locations.0.phone", "locations.0.street", "websites",
)  # fmt: skip
_FOR_PATIENTS = frozenset({"ratings", "listing", "own", "registry"})


def tell_all(profile: Profile, mentions: Iterable[Mention], now: datetime) -> tuple[Bio, ...]:
    """Return the biography for every field of every platform, with what each shows now against it."""
    seen = tuple(mentions)
    told = (
        tell_bio(profile, place.id, field.name, on=now.date())
        for place in platforms()
        for field in place.fields
        if field.tells
    )
    return tuple(replace(bio, drift=drift_of(bio, profile, seen, now.date())) for bio in told)


def tell_bio(profile: Profile, platform_id: str, field: str | None = None, *, on: date | None = None) -> Bio:
    """Return the biography for one field of a platform (None: its biography field).

    `on` is the day on which ties must hold; without it an affiliation with an end counts as over.  A
    field that takes nothing of a biography gives an empty text.  Raises UsageError for names unknown.
    """
    place = platform(platform_id)
    chosen = place.field(field)
    limit = chosen.limit if chosen.limit is not None else chosen.target or DEFAULT_TARGET
    return _tell(profile, place, chosen, limit, on)


def tell_ladder(
    profile: Profile, platform_id: str, field: str | None = None, *, on: date | None = None
) -> tuple[Bio, ...]:
    """Return the biography in the lengths of `LADDER`, for a field whose limit nobody published."""
    place = platform(platform_id)
    chosen = place.field(field)
    return tuple(_tell(profile, place, chosen, limit, on) for limit in LADDER)


def _tell(profile: Profile, place: Platform, field: Field, limit: int, on: date | None) -> Bio:
    facts = gather(profile, on)
    text, used = _told(profile, place, field, limit, facts)
    left_out = [path for path in facts.told if path not in used] if field.tells else []
    return Bio(
        platform=place.id,
        field=field.name,
        text=text,
        length=length_in(text, field),
        unit=field.unit or BioUnit.CODEPOINTS,
        limit=field.limit,
        left_out=tuple(left_out + [f"{path} (not confirmed)" for path in facts.unconfirmed if field.tells]),
    )


def _told(
    profile: Profile, place: Platform, field: Field, limit: int, facts: Facts
) -> tuple[str, frozenset[str]]:
    if field.tells in {"bio", "headline", "position"}:
        return _longest(profile, place, field, limit, facts)
    if field.tells == "jsonld":
        return json_ld(profile, facts), frozenset(facts.told)
    for text, paths in _short_forms(profile, field, facts):
        if text and fits(text, field, limit if field.limit is not None else None):
            return text, frozenset(paths)
    return "", frozenset()


def _longest(
    profile: Profile, place: Platform, field: Field, limit: int, facts: Facts
) -> tuple[str, frozenset[str]]:
    voice = _voice(place, field, limit)
    chosen: frozenset[str] = frozenset()
    best = tell(profile, facts, chosen, voice)
    if not fits(best, field, limit):
        forms = (form for form in wording.name_ladder(profile.name) if fits(form, field, limit))
        best = next(forms, "")
    for path in _by_weight(facts, place):
        if not _may_follow(path, chosen):
            continue
        text = tell(profile, facts, chosen | {path}, voice)
        if fits(text, field, limit) and text != best:
            chosen, best = chosen | {path}, text
    return best, chosen


def _by_weight(facts: Facts, place: Platform) -> list[str]:
    order = _PATIENTS_FIRST if place.category in _FOR_PATIENTS else _COLLEAGUES_FIRST
    ranked: dict[str, None] = {}
    for prefix in order:
        ranked.update(dict.fromkeys(path for path in facts.told if path.startswith(prefix)))
    return list(ranked)


def _voice(place: Platform, field: Field, limit: int) -> Voice:
    roomy = limit >= ROOMY or field.unit is BioUnit.WORDS
    return Voice(
        first_person=place.person == "first",
        fragments=field.tells == "headline" or (place.person == "first" and not roomy),
        paragraphs="line break" in field.format or (roomy and place.category in {"own", "speaker"}),
        contact="no links, phone" not in field.format and place.category != "speaker",
        links="URLs link" in field.format or "autolink" in field.format,
        disclaimer=place.category in {"networking", "content"} and field.tells == "bio",
    )


def _short_forms(profile: Profile, field: Field, facts: Facts) -> list[tuple[str, tuple[str, ...]]]:
    """The forms of a small field, longest first, each with the paths it tells."""
    name = profile.name
    if field.tells == "name":
        return [(form, ()) for form in wording.name_ladder(name)]
    if field.tells == "given":
        return [(tidy(name.given), ())]
    if field.tells == "family":
        degrees = range(len(name.credentials), -1, -1)
        family = " ".join(part for part in (tidy(name.family), tidy(name.suffix)) if part)
        return [(", ".join([family, *map(tidy, name.credentials[:n])]), ()) for n in degrees]
    if field.tells == "handle":
        return [(form, ()) for form in handles(profile)]
    if field.tells == "place":
        town = facts.told.get("locations.0.city", "")
        return [(town, ("locations.0.city",)), (town.partition(",")[0], ("locations.0.city",))]
    if field.tells == "website":
        return [(safe_url(facts.told.get("websites.0")) or "", ("websites.0",))]
    return []


def handles(profile: Profile) -> list[str]:
    """Return account names to try, longest first; whether one is free must be looked up by hand."""
    name = profile.name
    given, family = wording.in_ascii(name.given), wording.in_ascii(name.family)
    if not family:
        return []
    if wording.is_doctor(name):
        return [f"Dr{given}{family}", f"Dr{given[:1]}{family}", f"Dr{family}"]
    degree = next((wording.letters(one) for one in name.credentials), "")
    return [f"{given}{family}{degree}", f"{given}{family}", f"{given[:1]}{family}", family]


def _may_follow(path: str, chosen: frozenset[str]) -> bool:
    """Whether what `path` leans on was told: a title its tie, a later sentence the one before."""
    head, _, last = path.rpartition(".")
    if last == "title":
        return head in chosen
    if head == "bio.statement" and last != "0":
        return f"{head}.{int(last) - 1}" in chosen
    return True
