"""One biography, told for every field of every platform, from the profile's facts alone.

Facts are added in order of weight as long as the text fits, so that what is left out is always what
weighs least; a sentence is told whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from reputation.dissemination import wording
from reputation.dissemination.drift import PlatformDrift, look, pages_of, surely_her_pages
from reputation.dissemination.exports import Export
from reputation.dissemination.facts import Facts, gather
from reputation.dissemination.jsonld import json_ld
from reputation.dissemination.length import fits, length_in
from reputation.dissemination.platforms import Field, Platform, platform, platforms
from reputation.dissemination.prose import REPOSTS, Voice, tell
from reputation.dissemination.wording import tidy
from reputation.model import Bio, BioUnit, Drift, Mention, Profile
from reputation.render import safe_url

LADDER = (160, 255, 500, 750, 1000, 2600)
"""Lengths offered where a platform's limit is unknown."""
DEFAULT_TARGET = 500
ROOMY = 200
"""Below this many characters a first-person biography is told in fragments, not in sentences."""

_PATIENTS_FIRST = (
    "specialties.0", "workplace", "locations.0.city", "bio.interests", "specialties", "affiliations.0",
    "locations.0.accepting_new_patients", "locations.0.phone", "locations.0.street", "bio.disclosures", "bio.views_are_my_own", REPOSTS,
    "bio.statement", "certifications", "languages", "affiliations", "education", "memberships", "websites",
)  # fmt: skip
_COLLEAGUES_FIRST = (
    "specialties.0", "workplace", "bio.views_are_my_own", "bio.disclosures", "locations.0.city", REPOSTS,
    "bio.interests", "specialties", "affiliations", "locations.0.name", "bio.statement", "certifications",
    "memberships", "education",
    "languages", "locations.0.accepting_new_patients", "locations.0.phone", "locations.0.street", "websites",
)  # fmt: skip
_PROSE = frozenset({"bio", "headline", "position"})
_TOLD_BY = {"place": "locations.0.city", "website": "websites.0"}
_FOR_PATIENTS = frozenset({"ratings", "listing", "own", "registry"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Task:
    """One field to be told, at one length."""

    profile: Profile
    facts: Facts
    place: Platform
    field: Field
    limit: int

    @property
    def likeness(self) -> tuple[object, ...]:
        """What decides the text: fields that are alike in it are told once."""
        field, is_post = self.field, self.field.name == "post"
        counted = (field.unit, field.limit, field.limit_bytes, self.limit, is_post)
        return (field.tells, *counted, _voice(self), self.place.category in _FOR_PATIENTS)

    def fits(self, text: str) -> bool:
        """Whether `text` keeps the length asked for."""
        return fits(text, self.field, self.limit)


def tell_all(
    profile: Profile, mentions: Iterable[Mention], now: datetime, *, exports: Sequence[Export] = ()
) -> tuple[Bio, ...]:
    """Return the biography for every field of every platform, with what each shows now against it.

    A field of which the profile knows nothing, such as a website, is left out: unknown is never an empty text.
    """
    facts = gather(profile, now.date())
    stand = {(one.platform, one.field): one.state for one in drifts(profile, mentions, now, exports=exports)}
    tasks = (
        _task(profile, facts, place, field) for place in platforms() for field in place.fields if field.tells
    )
    alike: dict[tuple[object, ...], Bio] = {}
    told = []
    for task in tasks:
        if task.likeness not in alike:
            alike[task.likeness] = _tell(task)
        if not alike[task.likeness].text:
            continue
        bio = replace(alike[task.likeness], platform=task.place.id, field=task.field.name)
        told.append(replace(bio, drift=stand.get((bio.platform, bio.field), Drift.NOT_SEEN)))
    return tuple(told)


def drifts(
    profile: Profile, mentions: Iterable[Mention], now: datetime, *, exports: Sequence[Export] = ()
) -> tuple[PlatformDrift, ...]:
    """Return how each platform's biography stands: what it shows, what was exported, what is canonical.

    Only the biography field of a platform is judged: no audit reads the others.
    """
    facts, on = gather(profile, now.date()), now.date()
    hers = surely_her_pages(mentions)
    found = []
    for place in platforms():
        if place.main:
            pages = pages_of(place.id, profile, hers)
            told = _lengths(profile, facts, place) if pages else ()
            found.append(
                look(
                    place.id, place.main, canonical=told, profile=profile, pages=pages, exports=exports, on=on
                )
            )
    return tuple(found)


def _lengths(profile: Profile, facts: Facts, place: Platform) -> Sequence[str]:
    """The text for a platform in each length that it was offered in, the proposed one first; empty texts left out."""
    field = place.field(None)
    rungs = LADDER if field.limit is None and field.tells == "bio" and field.target is None else ()
    tasks = [_task(profile, facts, place, field), *(_task(profile, facts, place, field, n) for n in rungs)]
    return [text for text in dict.fromkeys(_told(task)[0] for task in tasks) if text]


def tell_bio(profile: Profile, platform_id: str, field: str | None = None, *, on: date | None = None) -> Bio:
    """Return the biography for one field of a platform (None: its biography field).

    `on` is the day on which ties must hold; without it an affiliation with an end counts as over.  A
    field that takes nothing of a biography gives an empty text.  Raises UsageError for names unknown.
    """
    place = platform(platform_id)
    return _tell(_task(profile, gather(profile, on), place, place.field(field)))


def tell_ladder(
    profile: Profile, platform_id: str, field: str | None = None, *, on: date | None = None
) -> tuple[Bio, ...]:
    """Return the biography in the lengths of `LADDER`, for a field whose limit nobody published."""
    place, facts = platform(platform_id), gather(profile, on)
    return tuple(_tell(_task(profile, facts, place, place.field(field), limit)) for limit in LADDER)


def tell_at(
    profile: Profile, platform_id: str, length: int, field: str | None = None, *, on: date | None = None
) -> Bio:
    """Return the biography for a field in at most `length` of its own units; the field's limit stays a limit."""
    place = platform(platform_id)
    wanted = place.field(field)
    limit = min(length, wanted.limit or length)
    return _tell(_task(profile, gather(profile, on), place, wanted, limit))


def _task(profile: Profile, facts: Facts, place: Platform, field: Field, limit: int | None = None) -> _Task:
    limit = limit or field.limit or field.target or DEFAULT_TARGET
    return _Task(profile=profile, facts=facts, place=place, field=field, limit=limit)


def _tell(task: _Task) -> Bio:
    text, used = _told(task)
    return Bio(
        platform=task.place.id,
        field=task.field.name,
        text=text,
        length=length_in(text, task.field),
        unit=task.field.unit or BioUnit.CODEPOINTS,
        limit=task.field.limit,
        left_out=_left_out(task, text, used),
    )


def _told(task: _Task) -> tuple[str, frozenset[str]]:
    """The text of a field, and the paths of the facts in it."""
    if task.field.tells in _PROSE:
        return _longest(task)
    if task.field.tells == "jsonld":
        return json_ld(task.profile, task.facts), frozenset(task.facts.told)
    for text in _short_forms(task):
        if text and (task.field.limit is None or task.fits(text)):
            return text, frozenset(_TOLD_BY.values())
    return "", frozenset()


def _left_out(task: _Task, text: str, used: frozenset[str]) -> tuple[str, ...]:
    """The paths of what this field could have told and did not."""
    name, tells = task.profile.name, task.field.tells
    if tells in {"name", "family"}:
        parts = {f"name.credentials.{n}": tidy(one) for n, one in enumerate(name.credentials)}
        if name.middle and tells == "name":
            parts["name.middle"] = tidy(name.middle)
        return tuple(path for path, words in sorted(parts.items()) if f" {words}" not in text)
    if tells in _TOLD_BY:
        return (_TOLD_BY[tells],) if _TOLD_BY[tells] in task.facts.told and not text else ()
    if tells not in _PROSE:
        return ()
    voice = _voice(task)
    missing = (path for path in task.facts.told if path not in used and voice.can_tell(path))
    return (*missing, *task.facts.untold)


def _longest(task: _Task) -> tuple[str, frozenset[str]]:
    """Add facts in order of weight as long as the text fits."""
    voice = _voice(task)
    chosen: frozenset[str] = frozenset()
    best = tell(task.profile, task.facts, chosen, voice)
    if not task.fits(best):
        best = next(filter(task.fits, wording.name_ladder(task.profile.name)), "")
    for paths in _by_weight(task):
        if paths <= chosen or not all(_may_follow(path, chosen, task.facts.told) for path in paths):
            continue
        text = tell(task.profile, task.facts, chosen | paths, voice)
        if text != best and task.fits(text):
            chosen, best = chosen | paths, text
    return best, chosen


def _by_weight(task: _Task) -> list[frozenset[str]]:
    """The facts in order of weight; languages come all together, since a few of them mislead."""
    ranked: list[frozenset[str]] = []
    choice = ("affiliations.0", "locations.0.name")
    for_patients = task.place.category in _FOR_PATIENTS
    workplace = next(
        (one for one in (choice[::-1] if for_patients else choice) if one in task.facts.told), ""
    )
    for entry in (
        workplace if entry == "workplace" else entry
        for entry in (_PATIENTS_FIRST if for_patients else _COLLEAGUES_FIRST)
    ):
        if entry == REPOSTS:
            ranked.append(frozenset({REPOSTS}))
            continue
        alone = entry[-1:].isdigit()
        paths = [
            one for one in task.facts.told if one == entry or (not alone and one.startswith(f"{entry}."))
        ]
        together = entry == "languages" and bool(paths)
        ranked += [frozenset(paths)] if together else [frozenset({one}) for one in paths]
    return ranked


def _may_follow(path: str, chosen: frozenset[str], told: Mapping[str, str]) -> bool:
    """Whether what `path` leans on was told: a title its tie, a later sentence the one before."""
    if path == REPOSTS:
        return "bio.views_are_my_own" in chosen
    head, _, last = path.rpartition(".")
    if last == "title":
        return head in chosen
    if head == "bio.statement":
        before = (f"{head}.{n}" for n in range(int(last)))
        return all(one in chosen for one in before if one in told)
    return True


def _voice(task: _Task) -> Voice:
    place, field = task.place, task.field
    roomy = task.limit >= ROOMY or field.unit is BioUnit.WORDS
    first_person = place.person == "first"
    return Voice(
        first_person=first_person,
        fragments=field.tells == "headline" or (first_person and not roomy),
        paragraphs="line break" in field.format or (roomy and place.category in {"own", "speaker"}),
        contact="no links, phone" not in field.format and place.contact,
        links="URLs link" in field.format or "autolink" in field.format,
        disclaimer=place.category in {"networking", "content"} and field.tells == "bio",
    )


def _short_forms(task: _Task) -> list[str]:
    """The forms of a small field, longest first."""
    name, told = task.profile.name, task.facts.told
    if task.field.tells == "name":
        return wording.name_ladder(name)
    if task.field.tells == "given":
        return [tidy(name.given)]
    if task.field.tells == "family":
        family = " ".join(part for part in (tidy(name.family), tidy(name.suffix)) if part)
        degrees = range(len(name.credentials), -1, -1)
        return [", ".join([family, *map(tidy, name.credentials[:n])]) for n in degrees]
    if task.field.tells == "handle":
        return handles(task.profile)
    if task.field.tells == "place":
        town = told.get("locations.0.city", "")
        return [town, town.partition(",")[0]]
    return [safe_url(told.get("websites.0")) or ""] if task.field.tells == "website" else []


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
