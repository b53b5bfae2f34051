"""The facts that a biography may tell, each with its path in profile.toml and its sentence.

Only facts that the clinician wrote or confirmed are told.  A fact with an entry in `[confirmed]` but
no date there came from a register and is nobody's word yet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reputation.dissemination.wording import lower, tidy, with_article
from reputation.render import clean, safe_url

if TYPE_CHECKING:
    from reputation.model import Affiliation, Certification, Location, Profile

_SUPERLATIVE = re.compile(
    r"(?i)(?<!my )(?<!our )(?<!her )(?<!his )\bbest\b(?! practice| supportive| evidence| interests?)"
    r"|\b(top(?:-rated)? (?:doctor|physician|surgeon|specialist|expert)|#\s?1\b|number one|finest|foremost"
    r"|world[- ](?:class|renowned|leading)|renowned|unparalleled|unmatched|unrivall?ed|leading (?:expert|authority"
    r"|doctor|physician|surgeon|specialist|oncologist)|guarantee\w*|miracle|risk[- ]free|pain[- ]free|100 ?% success"
    r"|cures? (?:you|your|every|all|any)|will (?:cure|heal|be (?:cured|healed))\b|(?:always|never fails? to) cures?\b"
    r"|most (?:experienced|trusted|skilled|respected|qualified|sought[- ]after|requested) (?!of )"
    r"|premier\b|award[- ]winning|second to none|state[- ]of[- ]the[- ]art|cutting[- ]edge|painless|no side effects?"
    r"|top[- ](?:ranked|\d+)|voted )"
)
_STORY = re.compile(
    r"(?i)\b(?:one of my patients|a patient (?:of mine|named|called|came|told|said|once|with|whose|who (?:came|had|was))"
    r"|my patient,? (?-i:[A-Z])\w+|my last patient"
    r"|year[- ]old (?:woman|man|patient|mother|father|girl|boy|child))\b"
)
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”\"')]))\s+|(?<=[。！？])")
_ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|Jr|Sr|vs|No|Inc|Ph)|(?:^|[\s.(])[A-Za-z])\.$")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|I['’]m|I['’]ve)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What may be told: paths to words, in the profile's order, and what may not."""

    told: Mapping[str, str]
    untold: tuple[str, ...]
    """What was left out before a length was looked at, each with its reason in brackets."""

    groups: Mapping[str, tuple[tuple[str, str], ...]]
    """The told facts by the list they stand in: `bio.interests`, `specialties` …"""

    def values(self, group: str, among: frozenset[str] | None = None) -> list[str]:
        """The words of a list's facts, of those `among` the chosen paths."""
        facts = self.groups.get(group, ())
        return [words for path, words in facts if among is None or path in among]

    def one(self, path: str, among: frozenset[str]) -> str:
        """The words of one fact if it is `among` the chosen, else nothing."""
        return self.told[path] if path in among else ""


def is_current(entry: Affiliation, on: date | None) -> bool:
    """Whether a tie holds on the day `on`; without a day, an end that is written down counts as over."""
    return entry.until is None or (on is not None and entry.until > on)


def statement_sentences(statement: str | None) -> list[str]:
    """Return the clinician's own statement, sentence by sentence."""
    text = clean(statement or "").strip()
    whole: list[str] = []
    for piece in map(tidy, _SENTENCE_END.split(text)):
        if whole and _ABBREVIATION.search(whole[-1]):
            whole[-1] = f"{whole[-1]} {piece}"
        elif piece:
            whole.append(piece)
    return whole


def may_be_told(text: str) -> bool:
    """Whether a sentence neither praises, nor promises, nor tells of a patient."""
    return not (_SUPERLATIVE.search(text) or _STORY.search(text))


def may_be_first_person(text: str) -> bool:
    """Whether `text` speaks of its writer as I or we; of another script than ours nobody here can tell, so it may."""
    return bool(_FIRST_PERSON.search(text)) or sum(letter > "\u024f" for letter in text) > len(text) // 2


def gather(profile: Profile, on: date | None = None) -> Facts:
    """Return what the profile bears out on the day `on`."""
    everything = {path: words for path, words in _all_facts(profile, on) if words}
    untold = {path: "not confirmed" for path in everything if not _may_tell(profile, path)}
    for path, words in everything.items():
        if path.startswith(("bio.statement.", "bio.interests.")) and not may_be_told(words):
            untold[path] = "praises, promises or tells of a patient"
    told = {path: words for path, words in everything.items() if path not in untold}
    groups: dict[str, tuple[tuple[str, str], ...]] = {}
    for path, words in told.items():
        group, _, last = path.rpartition(".")
        if last.isdigit():
            groups[group] = (*groups.get(group, ()), (path, words))
    return Facts(
        told=told,
        groups=groups,
        untold=tuple(f"{path} ({why})" for path, why in untold.items()),
    )


def _may_tell(profile: Profile, path: str) -> bool:
    if profile.is_confirmed(path):
        return True
    above = path
    while above:
        if above in profile.confirmed:
            return False
        above = above.rpartition(".")[0]
    return True


def _all_facts(profile: Profile, on: date | None) -> list[tuple[str, str]]:
    facts = [(f"specialties.{n}", tidy(one.label)) for n, one in enumerate(profile.specialties)]
    for n, place in enumerate(profile.locations):
        facts += _of_location(n, place)
    for n, tie in enumerate(profile.affiliations):
        if is_current(tie, on):
            facts += [(f"affiliations.{n}", tidy(tie.name)), (f"affiliations.{n}.title", tidy(tie.title))]
    facts += [(f"certifications.{n}", _certified(one)) for n, one in enumerate(profile.certifications)]
    facts += [
        (f"education.{n}", _schooling(one.institution, one.degree, one.year))
        for n, one in enumerate(profile.education)
    ]
    for prefix, values in (
        ("bio.interests", profile.bio.interests),
        ("languages", profile.languages),
        ("memberships", profile.memberships),
        ("bio.statement", tuple(statement_sentences(profile.bio.statement))),
        ("websites", [safe_url(site) or "" for site in profile.websites[:1]]),
    ):
        facts += [(f"{prefix}.{n}", tidy(value)) for n, value in enumerate(values)]
    return facts + _candour(profile, on)


def _candour(profile: Profile, on: date | None) -> list[tuple[str, str]]:
    """Conflicts of interest that may still hold, and whose views these are."""
    facts = [
        (f"bio.disclosures.{n}", tidy(one.what).rstrip("."))
        for n, one in enumerate(profile.bio.disclosures)
        if one.until is None or on is None or one.until >= on
    ]
    if profile.bio.views_are_my_own:
        facts.append(("bio.views_are_my_own", "yes"))
    return facts


def _certified(board: Certification) -> str:
    name, specialty = tidy(board.board), tidy(board.specialty)
    if not name:
        return ""
    by = f"by {with_article(name)}"
    return f"in {lower(specialty)} {by}" if specialty else by


def _of_location(n: int, place: Location) -> list[tuple[str, str]]:
    town = ", ".join(part for part in (tidy(place.city), tidy(place.state)) if part)
    street = ", ".join(part for part in (tidy(place.street), tidy(place.suite)) if part)
    return [
        (f"locations.{n}.name", tidy(place.name)),
        (f"locations.{n}.city", town if tidy(place.city) else ""),
        (f"locations.{n}.phone", tidy(place.phone)),
        (f"locations.{n}.street", street),
        (f"locations.{n}.accepting_new_patients", "yes" if place.accepting_new_patients else ""),
    ]


def _schooling(institution: str, degree: str | None, year: int | None) -> str:
    school = tidy(institution)
    pause = ", " if "," in tidy(degree) else " "
    what = pause.join(part for part in (tidy(degree), str(year or "")) if part)
    return f"{school} ({what})" if school and what else school
