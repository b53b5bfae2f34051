"""Reads a personal name as printed anywhere into its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reputation.names.casing import title_case
from reputation.names.frequency import RAREST, family_count, given_count
from reputation.names.words import suffixes, words
from reputation.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedName:
    """The parts of a name, as printed; an unknown part is None or empty.

    `family` holds particles too ("van", "der", "Berg"); a name of one word is a family name.  `suffix` is
    generational (Jr, Sr, II ..), `credentials` have no points.  `ordered` says that a comma or initials
    tell which part is the family name.  `otherwise` is the other reading of a name whose last word may be a
    degree or a family name: Thanh Van Do, John James DO.
    """

    given: str | None = None
    middle: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    suffix: str | None = None
    credentials: tuple[str, ...] = ()
    title: str | None = None
    nicknames: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    ordered: bool = False
    otherwise: ParsedName | None = None


_PRONOUNS = re.compile(r"[(\[]\s*(?:he|she|they|ze)\s*[/,][^)\]]*[)\]]", re.IGNORECASE)
_FORMER = re.compile(
    r"[(\[,]?\s*\b(?:n[ée]e|formerly|born|fka|f/k/a|maiden name)\b:?\s+(?P<name>[^\W\d_][^,()\[\]]*)[)\]]?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[]([^)\]]*)[)\]]|[\"“”„]([^\"“”„]*)[\"“”„]|(?<!\w)['‘]([^'’]+)['’](?!\w)")
_PLAIN = re.compile(r"[^\W\d_]+(?:['’ʼ.-][^\W\d_]+)*[.']?")
_POINTS = re.compile(r"[.\s]")
_POINTED = re.compile(r"(?:[^\W\d_]\.-?){2,}[^\W\d_]?\.?")
_POINTED_LETTER = re.compile(r"[^\W\d_]\.")
"""An initial: "E." is none of the particles d, e, o and y."""
_HYPHENED = re.compile(r"[^\W\d_]\.?-[^\W\d_]\.?")
_SLASHED = re.compile(r"\b(otr|ot|cota)/(l)\b", re.IGNORECASE)
_SPACED_DEGREE = re.compile(r"^([^,]+\s[^,]+),?\s(m|d)\.?\s+(d|o)\.?(?=$|\s*,)", re.IGNORECASE)
_SPACED_DOCTOR = re.compile(r"\bph\.?\s+d\b", re.IGNORECASE)
_LECTURER = re.compile(r"^(?:pd|priv\.?-?\s?doz\.?)\s+(?=dr\b)", re.IGNORECASE)
_DOCTOR_OF = re.compile(
    r"\bdr\.?\s+(?:med|rer|sc)\.?(?:\s+(?:dent|vet|nat|univ|pol|mult|habil|h\.?c)\.?(?=\s))*", re.IGNORECASE
)
_BEHIND = re.compile(r"\s[-–—•·]\s")
_ORDINAL = re.compile(r"\bthe\s+(?:third|3rd)(?=\s*(?:$|[,;]))", re.IGNORECASE)
_GLUED_INITIAL = re.compile(
    r"(?<![^\W_])([^\W\d_])\.(?=[^\W\d_]{3,})(?!(?:phil|tech|pharm|surg|chem)\b)", re.IGNORECASE
)
_GLUED_TITLE = re.compile(r"\b(dr|dra|prof|mr|mrs|ms|univ|priv)\.-?(?=[^\W\d_]{2})", re.IGNORECASE)
_PROFESSION = re.compile(
    r"(?:ologist|iatrist|ician|surgeon|dentist|doctor|therapist|practitioner|medicine|surgery|ology|iatry)s?"
)
_BOARD = frozenset({"bc", "c", "cns", "a", "f", "slp", "ccc", "adm", "l", "r"})
_LONGEST = 200


@lru_cache(maxsize=65536)
def parse(text: str) -> ParsedName:
    """Return the parts of a name: any order, titles, credentials and suffixes in any notation.

    Reads the same whatever the case.  What is longer than 200 characters is cut there.
    """
    text = _tidied(text[:_LONGEST])
    former: list[str] = []
    nicknames: list[str] = []

    def take_former(found: re.Match[str]) -> str:
        former.extend(found["name"].split())
        return " "

    def take_nickname(found: re.Match[str]) -> str:
        before = text[: found.start()].split()
        if before and is_credential(bare(before[-1])) and len(before) > 2:
            return " "  # MRCP(UK), FRCS (Ed)
        inside = next(group for group in found.groups() if group is not None)
        if _PROFESSION.search(fold(inside)):
            return " "
        rest, _, _ = _stripped(inside.split())
        if len(rest) <= 2:
            nicknames.extend(word for word in rest[:1] if not is_credential(bare(word)))
        return " "

    text = _FORMER.sub(take_former, text)
    text = _BRACKETED.sub(take_nickname, text)
    title, segments, credentials, suffix = _segments(text)
    parts = _from_comma(segments) if len(segments) > 1 else _from_words(segments[0] if segments else [])
    name = ParsedName(
        given=parts[0],
        middle=parts[1],
        family=parts[2],
        ordered=parts[3],
        suffix=suffix,
        credentials=tuple(credentials),
        title=title,
        nicknames=tuple(nicknames),
        former=tuple(former),
    )
    return replace(name, otherwise=_otherwise(name, segments))


def _otherwise(name: ParsedName, segments: list[list[str]]) -> ParsedName | None:
    """Return the reading in which the degree next to the name, Do or Ma, is the family name."""
    degree = name.credentials[0] if name.credentials else ""
    if len(segments) != 1 or len(segments[0]) < 2 or bare(degree) not in words("ambiguous_credentials"):
        return None
    given, *middle = segments[0]
    return replace(
        name, given=given, middle=tuple(middle), family=(degree,), credentials=name.credentials[1:]
    )


def _tidied(text: str) -> str:
    """Return `text` without pronouns and what stands behind a dash, "M D" as one word, "J.Roe" as two."""
    text = " ".join(_PRONOUNS.sub(" ", text).split())
    head, *behind = _BEHIND.split(text, maxsplit=1)
    if behind and len(head.split()) > 1:
        text = head
    text = _DOCTOR_OF.sub("Dr.", text)
    text = _ORDINAL.sub("III", _SPACED_DOCTOR.sub("PhD", _LECTURER.sub("", text)))
    text = _GLUED_TITLE.sub(r"\1. ", text)
    text = _SPACED_DEGREE.sub(r"\1 \2\3", _SLASHED.sub(r"\1\2", text))
    return _GLUED_INITIAL.sub(r"\1. ", text)


_Parts = tuple[str | None, tuple[str, ...], tuple[str, ...], bool]


def bare(word: str) -> str:
    """Return a credential or title folded and without its points: "Ph.D." gives "phd"."""
    return _POINTS.sub("", fold(word)).strip("()[]*†‡ ")


def is_credential(word: str) -> bool:
    """Return whether a word, folded and without points, is a degree, licence or fellowship."""
    stem, _, board = word.partition("-")
    known = words("credentials")
    return word in known or (stem in known and board in _BOARD)


def _segments(text: str) -> tuple[str | None, list[list[str]], list[str], str | None]:
    """Return title, the words between commas, credentials and suffix."""
    segments: list[list[str]] = []
    titles: list[str] = []
    credentials: list[str] = []
    suffix: str | None = None
    printed = re.split(r"[,;|]", text)
    for number, segment in enumerate(printed):
        tokens = [token for token in re.split(r"[\s/]+", segment) if token.strip(".-–—")]
        while len(tokens) > 1 and bare(tokens[0]) in words("titles"):
            titles.append(tokens.pop(0))
        is_aside = number > 0
        if is_aside and any(_PROFESSION.search(fold(token)) for token in tokens):
            continue
        rest, found, own_suffix = _stripped(
            tokens,
            is_aside=is_aside,
            is_behind_degree=bool(credentials),
            known=sum(map(len, segments)),
            is_titled=bool(titles),
            least=2 if len(printed) == 1 else 1,
        )
        is_place = is_aside and bool(credentials) and sum(map(len, segments)) > 1
        credentials += found
        suffix = suffix or own_suffix
        if rest and not is_place:
            segments.append(rest)
    return " ".join(titles) or None, segments, credentials, suffix


def _stripped(
    tokens: list[str],
    *,
    is_aside: bool = False,
    is_behind_degree: bool = False,
    known: int = 0,
    is_titled: bool = False,
    least: int = 1,
) -> tuple[list[str], list[str], str | None]:
    """Take credentials and suffixes from the end of `tokens`.

    An ambiguous word (Do, Ma) is one behind two words of a name, or in its own segment behind a comma once
    a name of two words is known, or a title: "Dr. Roe, DO" is no Do Roe.  There an unknown word behind a degree (MD, FASMBS) is a degree too, unless
    it is somebody's given name.  A suffix stands behind `least` words: "Smith JR" alone gives initials.
    """
    rest, found, suffix = list(tokens), [], None
    while rest:
        word = bare(rest[-1])
        before = len(rest) - 1
        if is_aside and known >= 2:
            before += 2
        is_lone = before == 0 or (before == 1 and word in words("ambiguous_credentials"))
        is_told = is_aside and (known >= 2 or is_titled or word not in words("ambiguous_credentials"))
        if word in suffixes() and (before >= (2 if word == "v" else least) or (is_aside and word != "v")):
            suffix = suffix or suffixes()[word]
        elif is_credential(word) and (is_told or not is_lone):
            found.append(_POINTS.sub("", rest[-1]).strip("()[]"))
        elif (is_aside and known >= 2) and (
            _looks_like_credential(rest[-1])
            or (
                given_count(word) <= RAREST
                and (is_behind_degree or any(is_credential(bare(token)) for token in rest[:-1]))
            )
        ):
            found.append(_POINTS.sub("", rest[-1]))
        else:
            break
        rest.pop()
    return rest, found[::-1], suffix


def _looks_like_credential(token: str) -> bool:
    """Whether an unknown word far behind a comma is of letters and points (M.X.Y.), or has no vowel (BCPS)."""
    word = bare(token)
    return len(word) > 2 and (_POINTED.fullmatch(token) is not None or not set(word) & set("aeiouy"))


def _from_comma(segments: list[list[str]]) -> _Parts:
    """Read "Family, Given Middle"; anything behind a further comma goes with the given names."""
    family, *others = segments
    given = [word for segment in others for word in _split_initials(segment, family[-1])]
    return given[0], tuple(given[1:]), tuple(family), True


def _split_initials(tokens: list[str], family: str, *, is_last: bool = False) -> list[str]:
    """Return "J.A." and "JA" as J and A; `family` tells which of the others is the family name."""
    out: list[str] = []
    for token in tokens:
        letters = token.replace(".", "").replace("-", "")
        if (
            _POINTED.fullmatch(token)
            or _HYPHENED.fullmatch(token)
            or (2 <= len(letters) <= 3 and token == letters and _is_cluster(letters, family, is_last=is_last))
        ):
            out.extend(letters)
        else:
            out.append(token)
    return out


def _is_cluster(letters: str, family: str, *, is_last: bool) -> bool:
    """Return whether two or three letters beside a family name are initials rather than a short name (Bo, Li)."""
    name = fold(letters)
    if name in _SYLLABLES and family_count(family) <= RAREST:
        return False
    if not name.isascii() or (name in words("particles") and not is_last):
        return False
    has_vowel = any(letter in "aeiouy" for letter in name)
    common = max(family_count(name), given_count(name))
    if len(name) == 3:
        return not has_vowel and common < 3000
    return common < (6000 if has_vowel else 3000)


_SYLLABLES = frozenset(
    """
    ai an ao ba bi bo bu ci da di du er fa fo fu ga ge gu ha he hu ji ju ka ke ku la le li lu ma mi mo mu na ne ni nu ou pi po pu qi
    qu ri ru sa se si su ta te ti tu wa wo wu xi xu ya ye yi yu ze zi zu
    """.split()  # noqa: SIM905 - a list would take sixty lines
)
"""Chinese syllables of two letters: beside an unknown family name they are a name, not initials."""


def _from_words(tokens: list[str]) -> _Parts:
    """Read names in one run of words: given first, or family first with trailing initials."""
    if len(tokens) > 1 and (published := _as_published(tokens)):
        return published
    tokens = [*_split_initials(tokens[:-1], tokens[-1]), tokens[-1]] if len(tokens) > 1 else tokens
    if len(tokens) < 2:
        return None, (), tuple(tokens), False
    particles = words("particles")
    is_family_alone = len(tokens) > 2 or given_count(tokens[0]) < 5000
    if is_family_alone and all(bare(token) in particles for token in tokens[:-1]):
        return None, (), tuple(tokens), False
    is_simple = all(_PLAIN.fullmatch(token) for token in tokens) and not any(
        bare(token) in particles and not _POINTED_LETTER.fullmatch(token) for token in tokens
    )
    if is_simple and all(token.isascii() or fold(token).isascii() for token in tokens):
        return tokens[0], tuple(tokens[1:-1]), (tokens[-1],), len(tokens[0].strip(".")) == 1
    return _by_nameparser(tokens)


def _as_published(tokens: list[str]) -> _Parts | None:
    """Read "Smith J", "Smith JA", "Smith John A": the family first, as literature and registries print it."""
    last = tokens[-1].replace(".", "").replace("-", "")
    first_letters = tokens[0].replace(".", "")
    if len(first_letters) < 2 or not (
        len(last) == 1 or _split_initials([tokens[-1]], tokens[0], is_last=True) != [tokens[-1]]
    ):
        return None
    if _split_initials([tokens[0]], tokens[-1]) != [tokens[0]]:
        return None
    particles = words("particles")
    size = 1
    while size < len(tokens) - 1 and (
        bare(tokens[size - 1]) in particles
        or (len(bare(tokens[size])) > 1 and family_count(tokens[size]) > given_count(tokens[size]))
    ):
        size += 1
    given = _split_initials(tokens[size:], tokens[0], is_last=True)
    return given[0], tuple(given[1:]), tuple(tokens[:size]), True


@cache
def _parser() -> Callable[[str], object]:
    from nameparser import parse as read  # noqa: PLC0415 - its vocabulary loads on first use

    return read


def _by_nameparser(tokens: list[str]) -> _Parts:
    """Read particles and other scripts with nameparser, in title case so that case does not matter."""
    printed = {fold(token): token for token in tokens}
    read = _parser()(title_case(" ".join(tokens).lower()))

    def back(part: str) -> list[str]:
        return [printed.get(fold(word), word) for word in str(getattr(read, part)).split()]

    given, middle, family = back("given"), back("middle"), back("family")
    aside = back("title") + back("suffix") + back("nickname")
    if not family and given:
        given, middle, family = [], [], given + middle
    if aside and not given:
        given = aside
    names = [*given, *middle]
    return (names[0] if names else None), tuple(names[1:]), tuple(family), False
