"""Finds the clinician's name in what a mention says, and weighs how far it agrees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from reputation import resources
from reputation.discovery.subject import Subject
from reputation.model import Kind, Mention, Weight
from reputation.names import compare_names, title_case
from reputation.names.compare import family_level, folded
from reputation.names.frequency import family_frequency, given_count
from reputation.names.words import is_nickname, is_spelling
from reputation.normalize import fold

_TEXT_LIMIT = 20_000
_MOST_PLACES = 12
_BEFORE = re.compile(r"[^\s,;:|()\[\]\"!?/]+")
_AFTER = re.compile(r",\s+([^\W\d_]+\.?)(?:\s+([^\W\d_]\.?)(?![^\W_]))?")
_TITLES = frozenset(
    {"dr", "dr.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "prof", "prof.", "professor", "doctor"}
)
_GIVEN_LIKE = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """How a mention names the clinician: `level` same, compatible, family_only, different or absent."""

    level: str
    printed: str | None = None
    is_former: bool = False


ABSENT = Naming(level="absent")
_ORDER = ("same", "compatible", "family_only", "different", "absent")


def naming_of(subject: Subject, mention: Mention) -> Naming:
    """Return the best naming of the clinician in `mention`: its claimed name, else title and text.

    A listing is about the one whom it names first; a result, post or answer may name many.
    """
    claimed = [one for one in mention.claimed("name") if one.strip()]
    if not claimed and (family := mention.claimed("family_name")):
        claimed = [f"{family[0]}, {' '.join(mention.claimed('given_name')[:1])}"]
    if claimed:
        return _best([judge(subject, one) for one in claimed])
    if mention.kind in (Kind.LISTING, Kind.RECORD, Kind.PROFILE):
        head = re.split(r"\s[|–—-]\s|[|:]", mention.title)[0]
        found = judge(subject, head)
        if found.level in ("same", "compatible"):
            return found
    in_title = _in_text(subject, fold(mention.title[:_TEXT_LIMIT]), is_title=True)
    if in_title.level in ("same", "compatible"):
        return in_title
    return _best([in_title, _in_text(subject, fold((mention.text or "")[:_TEXT_LIMIT]), is_title=False)])


def _best(found: list[Naming]) -> Naming:
    return min(found, key=lambda one: _ORDER.index(one.level), default=ABSENT)


def judge(subject: Subject, printed: str) -> Naming:
    """Return how far one printed name agrees with the clinician's names, former ones included."""
    return _judge(subject.name, subject.former, subject.nicknames, printed)


@lru_cache(maxsize=32768)
def _judge(name: str, former: tuple[str, ...], nicknames: tuple[str, ...], printed: str) -> Naming:
    one = folded(printed)
    word = compare_names(name, printed)
    if word != "different":
        if not one.given or not one.family:
            is_family = family_level(folded(name), one) > 0
            return Naming(level="family_only" if is_family else "absent", printed=printed)
        return Naming(level=word, printed=printed)
    if any(compare_names(old, printed) != "different" for old in former):
        return Naming(level="compatible", printed=printed, is_former=True)
    own = folded(name)
    short = (nick for nick in nicknames if one.given and fold(nick) == one.given[0])
    if any(True for _ in short) and family_level(own, one):
        return Naming(level="compatible", printed=printed)
    return Naming(level="different", printed=printed)


def _in_text(subject: Subject, text: str, *, is_title: bool) -> Naming:
    best = ABSENT
    for key in subject.family_keys:
        start = text.find(key)
        for _ in range(_MOST_PLACES):
            if start < 0:
                break
            end = start + len(key)
            is_word = not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
            if is_word:
                best = _best([best, _at(subject, text, start, end, is_title=is_title)])
                if best.level == "same":
                    return best
            start = text.find(key, end)
    return best


def _at(subject: Subject, text: str, start: int, end: int, *, is_title: bool) -> Naming:
    """Judge the words around one place of the family name."""
    family = text[start:end] + _suffix_after(text[end : end + 12])
    head = text[max(0, start - 60) : start]
    before = _BEFORE.findall(re.split(r"[,;:|()!?/]\s*|\.\s(?=\S{3,})|\s[-–]\s", head)[-1])
    names = [word for word in before if word not in _TITLES]
    least = (
        2
        if len(names) > 1 and len(names[-1].strip(".")) == 1 and given_count(names[-2]) >= _GIVEN_LIKE
        else 1
    )
    read = [" ".join([*names[-size:], family]) for size in range(least, min(3, len(names)) + 1)]
    if after := _AFTER.match(text, end):
        read.append(f"{family}, {after[1]} {after[2] or ''}")
    found = _best([judge(subject, one) for one in reversed(read)])
    if found.level in ("same", "compatible"):
        return found
    if names and is_title and given_count(names[-1]) >= _GIVEN_LIKE:
        return Naming(level="different", printed=f"{names[-1]} {family}")
    is_titled = bool(before) and before[-1] in _TITLES
    return Naming(level="family_only", printed=family) if is_titled else ABSENT


def _suffix_after(tail: str) -> str:
    found = re.match(r",?\s+(jr|sr|ii|iii|iv)\b", tail)
    return f" {found[1]}" if found else ""


# ---------------------------------------------------------------------------- weights


def name_weights(subject: Subject, naming: Naming) -> list[Weight]:
    """Return the prior and the weights of name and middle name."""
    table = resources.table("data/linkage.toml")
    weights, prior = table["name"], table["prior"]
    before = -log2(prior["population"])
    if naming.level in ("absent", "different"):
        text = (
            f"it names {naming.printed}, which is another name"
            if naming.level == "different"
            else "the name does not appear in what is known of it"
        )
        bits = weights["different"] if naming.level == "different" else 0.0
        return [_prior(before), Weight(feature="name", level=naming.level, bits=bits, text=text)]
    level, rarity, text = _agreement(subject, naming)
    bits = min(rarity + weights[level], prior["name_ceiling_bits"] - before)
    found = [_prior(before), Weight(feature="name", level=level, bits=round(bits, 2), text=text)]
    if middle := _middle_weight(subject, naming):
        found.append(middle)
    return found


def _prior(bits: float) -> Weight:
    text = "before any evidence, it may be about any clinician in the country"
    return Weight(feature="prior", level="population", bits=round(bits, 2), text=text)


def _agreement(subject: Subject, naming: Naming) -> tuple[str, float, str]:
    """Return level, rarity in bits and sentence of a name that agrees."""
    former = folded(naming.printed or "").family if naming.is_former else ()
    family = -log2(family_frequency(" ".join(former)) if former else subject.family_share)
    table = resources.table("data/linkage.toml")["name"]
    printed = title_case(naming.printed or "")
    if naming.level == "family_only":
        return "family_only", family, f'it gives the family name alone, "{printed}"'
    one, own = folded(printed), subject.folded
    given = -log2(subject.given_share)
    if naming.is_former:
        return "former", family + given, f'"{printed}" is a former name'
    word = one.given[0] if one.given else ""
    if len(word) == 1 or (own.given and len(own.given[0]) == 1):
        return "initial", family - log2(table["given_unknown_share"]), f'"{printed}" agrees by its initial'
    families = "".join(own.family), "".join(one.family)
    if families[0] != families[1] and is_spelling(*families, family=True):
        return "spelling", family + given, f'"{printed}" is a near spelling of the name'
    if own.given and word == own.given[0]:
        common = "a common name" if family + given < 20 else "an uncommon name"
        return "same", family + given, f'the name agrees, "{printed}" ({common})'
    if own.given and (is_nickname(word, own.given[0]) or word in map(fold, subject.nicknames)):
        return "nickname", family + given, f'"{printed}" agrees by a nickname'
    return "spelling", family + given, f'"{printed}" is a near spelling of the name'


def _middle_weight(subject: Subject, naming: Naming) -> Weight | None:
    own, one = subject.folded.given[1:], folded(naming.printed or "").given[1:]
    if not own or not one or naming.is_former:
        return None
    table = resources.table("data/linkage.toml")["name"]
    if own == one and len(own[0]) > 1:
        return Weight(
            feature="middle", level="same", bits=table["middle_same"], text="the middle name agrees"
        )
    return Weight(
        feature="middle", level="initial", bits=table["middle_initial"], text="the middle initial agrees"
    )
