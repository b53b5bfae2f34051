"""Puts chosen facts into sentences, in the first or the third person, short or long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reputation.dissemination import wording
from reputation.dissemination.facts import Facts, in_first_person
from reputation.dissemination.wording import article, capital, ended, listed, lower

if TYPE_CHECKING:
    from reputation.model import Profile


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """How a field wants to be spoken to."""

    first_person: bool
    fragments: bool
    paragraphs: bool
    contact: bool
    links: bool
    disclaimer: bool


def tell(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> str:
    """Return the biography that tells the `chosen` facts; the name alone where none is chosen."""
    blocks = [
        [_lead(profile, facts, chosen, voice), *_work(profile, facts, chosen, voice)],
        [_statement(profile, facts, chosen, voice)],
        _training(profile, facts, chosen, voice),
        _practice(facts, chosen, voice),
        _candour(profile, facts, chosen, voice),
    ]
    paragraphs = [" ".join(sentence for sentence in block if sentence) for block in blocks]
    return ("\n\n" if voice.paragraphs else " ").join(part for part in paragraphs if part)


def _subject(profile: Profile, voice: Voice) -> tuple[str, str]:
    """How a sentence begins, and the verb `to be` that follows."""
    return ("I", "am") if voice.first_person else (wording.short_name(profile.name), "is")


def _whose(profile: Profile, voice: Voice) -> str:
    return "My" if voice.first_person else wording.possessive(wording.short_name(profile.name))


def _lead(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> str:
    roles = [wording.role(profile.name, label) for label in facts.values("specialties.", chosen)]
    at, town = _workplace(facts, chosen), "".join(facts.values("locations.0.city", chosen))
    where = "".join([f" at {at}" if at else "", f" in {town}" if town else ""])
    if voice.fragments:
        told = f"{listed(roles)}{where}".strip()
        return ended(capital(told)) if told else ended(wording.full_name(profile.name))
    full = wording.full_name(profile.name)
    start = "I am" if voice.first_person else f"{full}{',' if profile.name.credentials else ''} is"
    if roles:
        return ended(f"{start} {article(roles[0])} {listed(roles)}{where}")
    if where:
        verb = "I work" if voice.first_person else f"{start[: -len(' is')]} works"
        return ended(f"{verb}{where}")
    return ended(full)


def _workplace(facts: Facts, chosen: frozenset[str]) -> str:
    """The one workplace of the first sentence: a tie without a title of its own, else the practice."""
    if "affiliations.0" in chosen and "affiliations.0.title" not in chosen:
        return facts.told["affiliations.0"]
    return "".join(facts.values("locations.0.name", chosen))


def _work(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> list[str]:
    who, be = _subject(profile, voice)
    interests = [lower(one) for one in facts.values("bio.interests.", chosen)]
    titled = [
        f"{facts.told[f'{path}.title']} at {facts.told[path]}"
        for path in facts.told
        if path.startswith("affiliations.") and {path, f"{path}.title"} <= chosen
    ]
    plain = [
        facts.told[path]
        for path in facts.told
        if path.startswith("affiliations.") and path in chosen and not path.endswith(".title")
        and path != "affiliations.0" and f"{path}.title" not in chosen
    ]  # fmt: skip
    if voice.fragments:
        told = [listed(titled), capital(", ".join(interests)), f"Also at {listed(plain)}" if plain else ""]
        return [ended(part) for part in told if part]
    sentences = [f"{who} {be} {listed(titled)}"] if titled else []
    if interests:
        verb = "interest is" if len(interests) == 1 else "interests are"
        sentences.append(f"{_whose(profile, voice)} professional {verb} {listed(interests)}")
    if plain:
        sentences.append(f"{who} {be} also affiliated with {listed(plain)}")
    return [ended(sentence) for sentence in sentences]


def _statement(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> str:
    sentences = facts.values("bio.statement.", chosen)
    if not sentences:
        return ""
    text = " ".join(sentences)
    text = ended(text)
    if voice.first_person or not in_first_person(text):
        return text
    return f"In {_whose(profile, voice)} words: “{text}”"


def _training(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> list[str]:
    who, be = _subject(profile, voice)
    boards = facts.values("certifications.", chosen)
    schools = facts.values("education.", chosen)
    societies = facts.values("memberships.", chosen)
    tongues = facts.values("languages.", chosen)
    if voice.fragments:
        told = [f"Board certified {listed(boards)}" if boards else "", listed(schools)]
        told += [
            f"Member of {listed(societies)}" if societies else "",
            f"Speaks {listed(tongues)}" if tongues else "",
        ]
        return [ended(part) for part in told if part]
    told = [f"{who} {be} board certified {listed(boards)}" if boards else ""]
    told.append(f"{_whose(profile, voice)} training: {listed(schools)}" if schools else "")
    told.append(f"{who} {be} a member of {listed(societies)}" if societies else "")
    told.append(f"{who} {'speak' if voice.first_person else 'speaks'} {listed(tongues)}" if tongues else "")
    return [ended(part) for part in told if part]


def _practice(facts: Facts, chosen: frozenset[str], voice: Voice) -> list[str]:
    if not voice.contact:
        return []
    told = []
    if "locations.0.accepting_new_patients" in chosen:
        told.append("Accepting new patients." if voice.fragments else "New patients are accepted.")
    phone = "".join(facts.values("locations.0.phone", chosen))
    street = "".join(facts.values("locations.0.street", chosen))
    if street:
        told.append(ended(f"The practice is at {street}"))
    if phone:
        told.append(ended(f"Appointments: {phone}"))
    return told


def _candour(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> list[str]:
    told = []
    ties = facts.values("bio.disclosures.", chosen)
    if ties:
        told.append(ended(f"{'Disclosures' if len(ties) > 1 else 'Disclosure'}: {'; '.join(ties)}"))
    if voice.disclaimer and "bio.views_are_my_own" in chosen:
        own = (
            "my own" if voice.first_person else f"{wording.possessive(wording.short_name(profile.name))} own"
        )
        told.append(
            f"Views are {own}; reposts are not endorsements." if not voice.fragments else f"Views are {own}."
        )
    link = "".join(facts.values("websites.0", chosen)) if voice.links else ""
    if link:
        told.append(link)
    return told
