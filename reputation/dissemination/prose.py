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

    def can_tell(self, path: str) -> bool:
        """Whether the fact at `path` has a place in this voice at all."""
        if path in {"locations.0.phone", "locations.0.street", "locations.0.accepting_new_patients"}:
            return self.contact
        if path == "websites.0":
            return self.links
        if path == "bio.views_are_my_own":
            return self.disclaimer
        return not path.startswith("locations.") or path.startswith("locations.0.")


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
    roles = _roles(profile, facts, chosen)
    at, town = _workplace(facts, chosen), facts.one("locations.0.city", chosen)
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


def _roles(profile: Profile, facts: Facts, chosen: frozenset[str]) -> list[str]:
    """What she is, each once: two labels may make one word."""
    labels = facts.values("specialties", chosen)
    return list(dict.fromkeys(wording.role(profile.name, label) for label in labels))


def _workplace(facts: Facts, chosen: frozenset[str]) -> str:
    """The one workplace of the first sentence: the practice, else a tie without a title of its own."""
    practice = facts.one("locations.0.name", chosen)
    if practice or "affiliations.0.title" in chosen:
        return practice
    return facts.one("affiliations.0", chosen)


def _work(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> list[str]:
    who, be = _subject(profile, voice)
    interests = [lower(one) for one in facts.values("bio.interests", chosen)]
    titled = [
        f"{facts.told[f'{path}.title']} at {facts.told[path]}"
        for path in facts.told
        if path.startswith("affiliations.") and {path, f"{path}.title"} <= chosen
    ]
    plain = [
        words
        for path, words in facts.told.items()
        if path.startswith("affiliations.") and path in chosen and not path.endswith(".title")
        and f"{path}.title" not in chosen and words != _workplace(facts, chosen)
    ]  # fmt: skip
    if voice.fragments:
        told = [listed(titled), capital(", ".join(interests)), f"Also at {listed(plain)}" if plain else ""]
        return [ended(part) for part in told if part]
    sentences = [f"{who} {be} {listed(titled)}"] if titled else []
    if interests:
        every = sum(path.startswith("bio.interests.") for path in facts.told)
        verb = "interests include" if len(interests) < every else "interests are"
        verb = "interest is" if every == 1 else verb
        sentences.append(f"{_whose(profile, voice)} professional {verb} {listed(interests)}")
    if plain:
        sentences.append(f"{who} {be} also affiliated with {listed(plain)}")
    return [ended(sentence) for sentence in sentences]


def _statement(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> str:
    sentences = facts.values("bio.statement", chosen)
    if not sentences:
        return ""
    text = " ".join(sentences)
    text = ended(text)
    if voice.first_person or not in_first_person(text):
        return text
    return f"In {_whose(profile, voice)} words: “{text}”"


def _training(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> list[str]:
    who, be = _subject(profile, voice)
    boards = list(dict.fromkeys(facts.values("certifications", chosen)))
    schools = list(dict.fromkeys(facts.values("education", chosen)))
    societies = facts.values("memberships", chosen)
    tongues = facts.values("languages", chosen)
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
    phone = facts.one("locations.0.phone", chosen)
    street = facts.one("locations.0.street", chosen)
    if street:
        told.append(ended(f"The practice is at {street}"))
    if phone:
        told.append(ended(f"Appointments: {phone}"))
    return told


def _candour(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> list[str]:
    told = []
    ties = facts.values("bio.disclosures", chosen)
    if ties:
        told.append(ended(f"{'Disclosures' if len(ties) > 1 else 'Disclosure'}: {'; '.join(ties)}"))
    if voice.disclaimer and "bio.views_are_my_own" in chosen:
        own = (
            "my own" if voice.first_person else f"{wording.possessive(wording.short_name(profile.name))} own"
        )
        told.append(
            f"Views are {own}; reposts are not endorsements." if not voice.fragments else f"Views are {own}."
        )
    link = facts.one("websites.0", chosen) if voice.links else ""
    if link:
        told.append(link)
    return told
