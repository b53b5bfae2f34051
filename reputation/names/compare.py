"""Says whether two printed names can be one person's: same, compatible or different."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Literal

from reputation.names.frequency import RAREST, family_count, given_count, is_slip
from reputation.names.parts import ParsedName, parse
from reputation.names.words import is_nickname, is_spelling, words
from reputation.normalize import fold

Judgement = Literal["same", "compatible", "different"]


class Level(IntEnum):
    """How far two parts agree; the least of the parts is the names' own."""

    DIFFERENT = 0
    COMPATIBLE = 1
    SAME = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Folded:
    """A name ready for comparison: folded words without points and apostrophes, hyphens parted."""

    given: tuple[str, ...]
    """The given name and the middle names, each as one word: "jean-pierre" stays together."""
    family: tuple[str, ...]
    """The family name's words, particles too, hyphens parted."""
    suffix: str | None
    nicknames: tuple[str, ...]
    former: tuple[str, ...]
    ordered: bool
    umlauts: str | None
    """The family name with its umlauts written out, "mueller" for Müller; None without any."""
    otherwise: Folded | None = None
    """The name read with its degree as the family name: Thanh Van Do."""


_NOISE = re.compile(r"[.'’ʼ\"*†‡()\[\]0-9]")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "å": "aa"}
)
_RUNES = str.maketrans({"þ": "th", "ð": "d"})
_HONORABLE = {"saint": "st", "sainte": "st", "ste": "st"}


@lru_cache(maxsize=65536)
def folded(text: str) -> Folded:
    """Return a printed name parsed and folded."""
    return _fold_name(parse(text))


def _fold_name(name: ParsedName) -> Folded:
    given = [_word(word) for word in ((name.given or ""), *name.middle)]
    family_text = " ".join(name.family)
    written_out = family_text.casefold().translate(_UMLAUTS)
    return Folded(
        given=tuple(word for word in given if word),
        family=_family_words(name.family),
        suffix=name.suffix,
        nicknames=tuple(_word(word) for word in name.nicknames),
        former=_family_words(name.former),
        ordered=name.ordered,
        umlauts=None if written_out == family_text.casefold() else "".join(_family_words((written_out,))),
        otherwise=_fold_name(name.otherwise) if name.otherwise else None,
    )


def _word(word: str) -> str:
    plain = _NOISE.sub("", fold(word).translate(_RUNES)).strip("-")
    return _HONORABLE.get(plain, plain)


def _family_words(family: tuple[str, ...]) -> tuple[str, ...]:
    parts = (part for word in family for part in re.split(r"[\s-]+", _word(word)) if part)
    return tuple(_HONORABLE.get(part, part) for part in parts)


def compare_names(a: str, b: str) -> Judgement:
    """Return whether two personal names, as printed anywhere, are "same", "compatible" or "different".

    Same: equal parts after folding.  Compatible: one says less, or an initial, a nickname, a former name,
    a spelling or a slip.  Titles and credentials never decide, a generational suffix does.  Symmetric, and
    blind to case, spacing and diacritics.  Two texts without a name are the same, one against a name is
    different.
    """
    first, second = sorted((" ".join(a.split()).casefold(), " ".join(b.split()).casefold()))
    return _judged(first, second)


@lru_cache(maxsize=65536)
def _judged(a: str, b: str) -> Judgement:
    return _WORDS[compare_folded(folded(a), folded(b))]


_WORDS: dict[Level, Judgement] = {
    Level.SAME: "same",
    Level.COMPATIBLE: "compatible",
    Level.DIFFERENT: "different",
}


def compare_folded(a: Folded, b: Folded) -> Level:
    """Return how far two folded names agree, each read in every way it can be read."""
    if not (a.given or a.family) or not (b.given or b.family):
        return Level.SAME if not (a.given or a.family or b.given or b.family) else Level.DIFFERENT
    suffix = _suffix_level(a, b)
    if suffix is Level.DIFFERENT:
        return suffix
    if _spelt(a) == _spelt(b):
        return suffix if (a.nicknames, a.former) == (b.nicknames, b.former) else Level.COMPATIBLE
    if (parted := _parted_level(a, b)) is not Level.DIFFERENT:
        return min(parted, suffix)
    plain = min(_parts_level(a, b), suffix)
    if plain is not Level.DIFFERENT:
        return plain
    others_a, others_b = _other_readings(a, b), _other_readings(b, a)
    pairs = [(x, b) for x in others_a] + [(a, y) for y in others_b]
    if a.otherwise and b.otherwise:
        pairs.append((a.otherwise, b.otherwise))
    if any(_parts_level(x, y) for x, y in pairs) or _is_swapped(a, b):
        return Level.COMPATIBLE
    return Level.DIFFERENT


def _spelt(name: Folded) -> str:
    """All words in the order given, family; the parts' borders do not matter to sameness."""
    return " ".join((*name.given, *name.family)).replace("-", " ")


def _parted_level(a: Folded, b: Folded) -> Level:
    """Compare where one prints in two words what the other joins: O Malley, O'Malley; Abd El Aziz, Abdelaziz."""
    if not a.given or not b.given or a.given[0] != b.given[0]:
        return Level.DIFFERENT
    rest_a, rest_b = (*a.given[1:], *a.family), (*b.given[1:], *b.family)
    if len(rest_a) == len(rest_b) or "".join(rest_a).replace("-", "") != "".join(rest_b).replace("-", ""):
        return Level.DIFFERENT
    longer = max(rest_a, rest_b, key=len)
    return Level.SAME if longer[0] in words("particles") else Level.COMPATIBLE


def _suffix_level(a: Folded, b: Folded) -> Level:
    if a.suffix == b.suffix:
        return Level.SAME
    return Level.DIFFERENT if a.suffix and b.suffix else Level.COMPATIBLE


def _parts_level(a: Folded, b: Folded) -> Level:
    if not a.given or not b.given:
        return _single_level(a, b)
    family = family_level(a, b)
    if family is Level.DIFFERENT:
        return family
    return min(family, given_level(a, b))


def _single_level(a: Folded, b: Folded) -> Level:
    """Compare where one name is a single word: a family name, or perhaps a given one."""
    if family_level(a, b):
        return Level.COMPATIBLE if a.given or b.given else family_level(a, b)
    single, full = (a, b) if not a.given else (b, a)
    word = "".join(single.family)
    return (
        Level.COMPATIBLE
        if full.given and word_level(word, full.given[0]) and len(word) > 1
        else Level.DIFFERENT
    )


# ---------------------------------------------------------------------------- family names


def family_level(a: Folded, b: Folded) -> Level:
    """Compare family names: particles, parts of double names, former names, spellings, slips."""
    joined_a, joined_b = "".join(a.family), "".join(b.family)
    if joined_a == joined_b:
        return Level.SAME
    if not joined_a or not joined_b:
        return Level.DIFFERENT
    if _is_part(_core(a.family), _core(b.family)) or _family_spelling(a, b):
        return Level.COMPATIBLE
    if (a.former and _is_part(a.former, b.family)) or (b.former and _is_part(b.former, a.family)):
        return Level.COMPATIBLE
    return Level.DIFFERENT


def _core(family: tuple[str, ...]) -> tuple[str, ...]:
    particles = words("particles") - {"st"}
    return tuple(word for word in family if word not in particles) or family


def _is_part(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether one double name holds the other whole, at its start or end."""
    short, long = sorted((a, b), key=lambda words_: (len("".join(words_)), words_))
    size = len(short)
    if short and (long[:size] == short or long[-size:] == short):
        return len("".join(short)) > 1
    return "".join(short) == "".join(long)


def _family_spelling(a: Folded, b: Folded) -> bool:
    one, two = "".join(a.family), "".join(b.family)
    if one in (b.umlauts, two) or two == a.umlauts:
        return True
    if _plain_mac(one) == _plain_mac(two) or is_spelling(one, two, family=True):
        return True
    if len(a.family) == len(b.family) > 1:
        is_turned = sorted(a.family) == sorted(b.family)
        pairs = zip(a.family, b.family, strict=True)
        return is_turned or all(
            x == y or is_slip(x, y, family=True) or is_spelling(x, y, family=True) for x, y in pairs
        )
    return is_slip(one, two, family=True)


def _plain_mac(name: str) -> str:
    return "mc" + name[3:] if name.startswith("mac") and len(name) > 5 else name


# ---------------------------------------------------------------------------- given and middle names


@lru_cache(maxsize=65536)
def word_level(a: str, b: str) -> Level:
    """Compare two given or two middle names: equal, an initial, a nickname, a spelling, a slip."""
    plain_a, plain_b = a.replace("-", ""), b.replace("-", "")
    if plain_a == plain_b:
        return Level.SAME
    if not plain_a or not plain_b:
        return Level.DIFFERENT
    if 1 in (len(plain_a), len(plain_b)):
        return Level.COMPATIBLE if plain_a[0] == plain_b[0] else Level.DIFFERENT
    if "-" in a or "-" in b:
        parts_a, parts_b = a.split("-"), b.split("-")
        shorter, longer = sorted((parts_a, parts_b), key=len)
        pairs = list(zip(shorter, longer, strict=False))
        if len(shorter) != len(longer) and all(word_level(x, y) for x, y in pairs):
            return Level.COMPATIBLE
        if len(shorter) == len(longer) > 1:
            return Level.COMPATIBLE if all(word_level(x, y) for x, y in pairs) else Level.DIFFERENT
    near = is_nickname(a, b) or is_spelling(plain_a, plain_b) or is_slip(plain_a, plain_b, family=False)
    return Level.COMPATIBLE if near else Level.DIFFERENT


def given_level(a: Folded, b: Folded) -> Level:
    """Compare the given and middle names together."""
    if "".join(a.given).replace("-", "") == "".join(b.given).replace("-", ""):
        return Level.SAME if a.nicknames == b.nicknames else Level.COMPATIBLE
    if _are_other_initials(a.given, b.given) or _are_other_initials(b.given, a.given):
        return Level.DIFFERENT
    first = word_level(a.given[0], b.given[0])
    if first and (middle := _middles_level(a.given[1:], b.given[1:])):
        return min(first, middle)
    by_nickname = any(word_level(nick, b.given[0]) for nick in a.nicknames) or any(
        word_level(nick, a.given[0]) for nick in b.nicknames
    )
    if by_nickname and _middles_level(a.given[1:], b.given[1:]):
        return Level.COMPATIBLE
    if (
        _are_joined(a.given, b.given)
        or _goes_by_middle(a.given, b.given)
        or _goes_by_middle(b.given, a.given)
    ):
        return Level.COMPATIBLE
    return Level.DIFFERENT


def _are_other_initials(initials: tuple[str, ...], given: tuple[str, ...]) -> bool:
    """Return whether two initials are not those of a hyphened name: Y. J. is not Yong-Hee."""
    parts = given[0].split("-") if len(given) == 1 else []
    if len(parts) != 2 or len(initials) != 2 or any(len(one) > 1 for one in initials):
        return False
    return tuple(part[:1] for part in parts) != initials


def _middles_level(a: tuple[str, ...], b: tuple[str, ...]) -> Level:
    """Compare middle names: each of the shorter list must stand in the longer, in its order."""
    if not a and not b:
        return Level.SAME
    if not a or not b:
        return Level.COMPATIBLE
    if len(a) == len(b):
        return min(word_level(x, y) for x, y in zip(a, b, strict=True))
    short, long = sorted((a, b), key=len)
    places = iter(long)
    found = all(any(word_level(word, other) for other in places) for word in short)
    return Level.COMPATIBLE if found else Level.DIFFERENT


def _are_joined(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether one writes in one word what the other parts: Maryann, Mary Ann; Xiao Ming, Xiaoming."""
    for one, two in ((a, b), (b, a)):
        if len(one) > 1:
            whole = (one[0] + one[1]).replace("-", "")
            if len(one[1]) > 1 and whole == two[0].replace("-", "") and _middles_level(one[2:], two[1:]):
                return True
        if "-" in one[0] and "-" not in two[0]:
            parts = tuple(one[0].split("-"))
            if word_level(parts[0], two[0]) and _middles_level((*parts[1:], *one[1:]), two[1:]):
                return True
    return False


def _goes_by_middle(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether `b` leaves out the first of the names of `a`: J. Robert Smith, Robert Smith."""
    if len(a) < 2 or len(b[0]) < 2 or len(a[1]) < 2 or not word_level(a[1], b[0]):
        return False
    rest_a, rest_b = a[2:], b[1:]
    if rest_b and word_level(rest_b[0], a[0]):
        rest_b = rest_b[1:]
    return _middles_level(rest_a, rest_b) is not Level.DIFFERENT


# ---------------------------------------------------------------------------- other readings


def _other_readings(name: Folded, other: Folded) -> list[Folded]:
    """Return the other ways to read a name: a middle name or a degree that is a family name, the family first.

    Where the families agree as they are, a middle name is a middle name.
    """
    readings = [name.otherwise] if name.otherwise else []
    middle = name.given[1:]
    if middle and not family_level(name, other) and len(middle[-1]) > 1 and _is_rather_family(middle[-1]):
        family = tuple(re.split(r"-", middle[-1])) + name.family
        readings.append(replace(name, given=name.given[:-1], family=family))
    if not name.ordered and len(name.given) >= 1 and _is_family_first(name):
        words_ = (*name.given, *name.family)
        readings.append(replace(name, given=words_[1:], family=tuple(words_[0].split("-"))))
    return readings


def _is_rather_family(word: str) -> bool:
    parts = word.split("-")
    return all(family_count(part) > max(given_count(part), RAREST) for part in parts)


def _is_family_first(name: Folded) -> bool:
    """Return whether the first word is rather the family name, as in Kim Min-jun or Nguyen Van An."""
    last = name.family[-1] if name.family else ""
    first = name.given[0]
    return (
        len(first) > 1 and family_count(first) >= 2 * family_count(last) > 0 and family_count(first) > RAREST
    )


def _is_swapped(a: Folded, b: Folded) -> bool:
    """Return whether the same full words stand in another order: Smith John, John Smith."""
    if len(a.family) != 1 and len(b.family) != 1:
        return False
    words_a = sorted(part for word in (*a.given, *a.family) for part in [word.replace("-", "")])
    words_b = sorted(part for word in (*b.given, *b.family) for part in [word.replace("-", "")])
    if words_a == words_b:
        return len(words_a) > 1 and all(len(word) > 1 for word in words_a[:2])
    if a.ordered and b.ordered:
        return False
    turned = replace(a, given=(*a.family, *a.given[1:]), family=tuple(a.given[:1]))
    is_full = all(len(word) > 1 for word in (*turned.given[:1], *turned.family, *b.given[:1], *b.family))
    return (
        is_full
        and turned.family == b.family
        and turned.given[0] == b.given[0]
        and bool(_middles_level(turned.given[1:], b.given[1:]))
    )
