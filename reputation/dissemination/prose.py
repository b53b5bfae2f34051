"""Puts chosen facts into sentences, in the first or the third person, short or long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reputation.dissemination import wording
from reputation.dissemination.facts import Facts, may_be_first_person
from reputation.dissemination.wording import article, capital, ended, listed, lower, tidy, with_article

if TYPE_CHECKING:
    from reputation.model import Profile


LONGEST_TITLE = 90
"""A longer title with its tie gets a sentence of its own."""

REPOSTS = "reposts"
"""Chosen beside `bio.views_are_my_own`: the longer disclaimer, where there is room for it."""


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
    if not chosen:
        return wording.full_name(profile.name)
    lead = _lead(profile, facts, chosen, voice)
    blocks = [
        [lead, *_work(profile, facts, chosen, voice)],
        [_statement(profile, facts, chosen, voice)],
        _training(profile, facts, chosen, voice),
        _practice(facts, chosen, voice),
        _candour(profile, facts, chosen, voice),
    ]
    if not lead:
        blocks = _introduced(profile, blocks, voice)
    paragraphs = [" ".join(sentence for sentence in block if sentence) for block in blocks]
    return ("\n\n" if voice.paragraphs else " ").join(part for part in paragraphs if part)


def _introduced(profile: Profile, blocks: list[list[str]], voice: Voice) -> list[list[str]]:
    """Name her in full in the first sentence about her, where neither field nor place makes a sentence of its own."""
    if voice.first_person:
        return blocks
    full = wording.full_name(profile.name)
    subject = f"{full}," if profile.name.credentials else full
    short = wording.short_name(profile.name)
    first = next((sentence for block in blocks for sentence in block if sentence), "")
    forms = (
        (f"{short} ", f"{subject} "),
        (
            f"{wording.possessive(short)} professional interests are",
            f"{subject} has professional interests in",
        ),
        (
            f"{wording.possessive(short)} professional interests include",
            f"{subject} has professional interests in",
        ),
        (
            f"{wording.possessive(short)} professional interest is",
            f"{subject} has a professional interest in",
        ),
    )
    named = next((new + first[len(old) :] for old, new in forms if first.startswith(old)), None)
    if named is None and first.startswith("Board certified"):
        named = first.replace(f", {short} trained", f", {subject} trained", 1)
    if named is None or named == first:
        return [[ended(full)], *blocks]
    return [[named if sentence == first else sentence for sentence in block] for block in blocks]


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
        return ended(capital(told)) if told else ""
    full = wording.full_name(profile.name)
    start = "I am" if voice.first_person else f"{full}{',' if profile.name.credentials else ''} is"
    if roles:
        titled = _titled(facts, chosen)
        also = f"{',' if where else ''} and {titled[0]}" if _leads_with_title(titled) else ""
        return ended(f"{start} {article(roles[0])} {_listed_roles(roles)}{where}{also}")
    if where:
        verb = "I work" if voice.first_person else f"{start[: -len(' is')]} works"
        return ended(f"{verb}{where}")
    return ""


def _listed_roles(roles: list[str]) -> str:
    """Several roles, each with its article where one is double: `hematologist and oncologist, and a surgeon`."""
    if len(roles) < 2 or not any(" and " in role for role in roles):
        return listed(roles)
    return ", ".join([roles[0], *(f"and {article(role)} {role}" for role in roles[1:])])


def _titled(facts: Facts, chosen: frozenset[str]) -> list[str]:
    """The titles that she holds, each with its tie."""
    return [
        f"{facts.told[f'{path}.title']} at {facts.told[path]}"
        for path in facts.told
        if path.startswith("affiliations.") and {path, f"{path}.title"} <= chosen
    ]


def _leads_with_title(titled: list[str]) -> bool:
    """Whether the first sentence takes the title along: one alone, short enough to be read in one breath."""
    return len(titled) == 1 and len(titled[0]) <= LONGEST_TITLE and "," not in titled[0]


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
    titled = _titled(facts, chosen)
    plain = [
        words
        for path, words in facts.told.items()
        if path.startswith("affiliations.") and path in chosen and not path.endswith(".title")
        and f"{path}.title" not in chosen and words != _workplace(facts, chosen)
    ]  # fmt: skip
    if voice.fragments:
        told = [listed(titled), capital(", ".join(interests)), f"Also at {listed(plain)}" if plain else ""]
        return [ended(part) for part in told if part]
    if _leads_with_title(titled) and _roles(profile, facts, chosen):
        titled = []
    sentences = [f"{who} {be} {listed(titled)}"] if titled else []
    if plain:
        sentences.append(f"{who} {be} also affiliated with {listed(plain)}")
    if interests:
        every = sum(path.startswith("bio.interests.") for path in facts.told)
        verb = "interests include" if len(interests) < every else "interests are"
        verb = "interest is" if every == 1 else verb
        sentences.append(f"{_whose(profile, voice)} professional {verb} {listed(interests)}")
    return [ended(sentence) for sentence in sentences]


def _statement(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> str:
    sentences = facts.values("bio.statement", chosen)
    if not sentences:
        return ""
    text = sentences[0]
    for sentence in sentences[1:]:
        text += sentence if text.endswith(("。", "！", "？")) else f" {sentence}"
    text = ended(text)
    if voice.first_person or not may_be_first_person(text):
        return text
    return f"In {_whose(profile, voice)} words: “{text}”"


def _training(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> list[str]:
    who, be = _subject(profile, voice)
    boards = _boards(profile, facts, chosen)
    schools = list(dict.fromkeys(facts.values("education", chosen)))
    societies = [with_article(one) for one in facts.values("memberships", chosen)]
    tongues = facts.values("languages", chosen)
    if voice.fragments:
        told = [
            f"Board certified {listed(boards)}" if boards else "",
            f"Trained at {listed(schools)}" if schools else "",
        ]
        told += [
            f"Member of {listed(societies)}" if societies else "",
            f"Speaks {listed(tongues)}" if tongues else "",
        ]
        return [ended(part) for part in told if part]
    sentences = []
    if boards and schools and not voice.first_person:
        sentences.append(f"Board certified {listed(boards)}, {who} trained at {listed(schools)}")
    elif boards and schools:
        sentences += [f"I trained at {listed(schools)}", f"I am board certified {listed(boards)}"]
    elif boards:
        sentences.append(f"{who} {be} board certified {listed(boards)}")
    elif schools:
        sentences.append(f"{who} trained at {listed(schools)}")
    speaks = f"{'speak' if voice.first_person else 'speaks'} {listed(tongues)}" if tongues else ""
    if societies and speaks:
        pause = "," if len(societies) > 1 else ""
        sentences.append(f"{who} {be} a member of {listed(societies)}{pause} and {speaks}")
    elif societies or speaks:
        sentences.append(f"{who} {f'{be} a member of {listed(societies)}' if societies else speaks}")
    return [ended(sentence) for sentence in sentences]


def _boards(profile: Profile, facts: Facts, chosen: frozenset[str]) -> list[str]:
    """The certifications, those of one board told together: `in hematology and medical oncology by the …`."""
    by_board: dict[str, list[str]] = {}
    for n, board in enumerate(profile.certifications):
        if f"certifications.{n}" in chosen and f"certifications.{n}" in facts.told:
            fields = by_board.setdefault(with_article(tidy(board.board)), [])
            fields += [lower(tidy(board.specialty))] if tidy(board.specialty) else []
    return [
        f"in {listed(list(dict.fromkeys(fields)))} by {board}" if fields else f"by {board}"
        for board, fields in by_board.items()
    ]


def _practice(facts: Facts, chosen: frozenset[str], voice: Voice) -> list[str]:
    if not voice.contact:
        return []
    welcome = "locations.0.accepting_new_patients" in chosen
    phone = facts.one("locations.0.phone", chosen)
    street = facts.one("locations.0.street", chosen)
    if voice.fragments:
        told = [
            "Accepting new patients" if welcome else "",
            street,
            f"Appointments: {phone}" if phone else "",
        ]
        return [ended(part) for part in told if part]
    told = []
    if street:
        pause = "," if "," in street else ""
        told.append(f"The practice is at {street}{f'{pause} and accepts new patients' if welcome else ''}")
    elif welcome:
        told.append("The practice accepts new patients")
    if phone:
        told.append(f"For appointments, call {phone}")
    return [ended(part) for part in told]


def _candour(profile: Profile, facts: Facts, chosen: frozenset[str], voice: Voice) -> list[str]:
    told = []
    ties = list(dict.fromkeys(facts.values("bio.disclosures", chosen)))
    if ties:
        told.append(ended(f"{'Disclosures' if len(ties) > 1 else 'Disclosure'}: {'; '.join(ties)}"))
    if voice.disclaimer and "bio.views_are_my_own" in chosen:
        told.append(_whose_views(profile, voice, reposts=REPOSTS in chosen))
    link = facts.one("websites.0", chosen) if voice.links else ""
    if link:
        told.append(link)
    return told


def _whose_views(profile: Profile, voice: Voice, *, reposts: bool) -> str:
    if voice.fragments:
        return "Views my own; reposts not endorsements." if reposts else "Views are my own."
    own = "my own" if voice.first_person else f"{wording.possessive(wording.short_name(profile.name))} own"
    return f"Views are {own}{'; reposts are not endorsements' if reposts else ''}."
