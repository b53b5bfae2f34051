"""The words that names are printed with: credentials, particles, suffixes, nicknames, spellings."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from reputation import resources

_FILE = "data/names_words.toml"


@cache
def words(key: str) -> frozenset[str]:
    """Return the words of one list of names_words.toml."""
    return frozenset(str(resources.table(_FILE)[key]).split())


@cache
def suffixes() -> dict[str, str]:
    """Return the generational suffixes: "junior" to "Jr"."""
    return dict(resources.table(_FILE)["suffixes"])


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = (pair.split() for line in text.strip().splitlines() for pair in line.split(";"))
    return [(first, second) for first, second in pairs]


def _is_short(name: str, nick: str) -> bool:
    """Return whether `nick` is shorter than the name or ends as pet names do; Louise is none of Louis."""
    return len(nick) < len(name) or nick.endswith(("y", "ie", "i"))


@cache
def _nicknames() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return nicknames by name and names by nickname, of the package and the table together."""
    from nicknames import NickNamer  # noqa: PLC0415 - its table loads on first use

    table = resources.table(_FILE)["nicknames"]
    never = {frozenset(pair) for pair in _pairs(table["never"])}
    by_name: dict[str, set[str]] = {
        name: {nick for nick in nicks if frozenset((name, nick)) not in never and _is_short(name, nick)}
        for name, nicks in NickNamer().nickname_lookup.items()
    }
    for name, nick in _pairs(table["more"]):
        by_name.setdefault(name, set()).add(nick)
    by_nick: dict[str, set[str]] = {}
    for name, nicks in by_name.items():
        for nick in nicks:
            by_nick.setdefault(nick, set()).add(name)
    return by_name, by_nick


def nicknames_of(given: str) -> tuple[str, ...]:
    """Return what a given name is called for short, and the names that it is short for, sorted.

    Never the other nicknames of the same name: Mike is Michael, but not Mickey, who may be Michelle.
    """
    by_name, by_nick = _nicknames()
    name = given.strip().casefold()
    return tuple(sorted((by_name.get(name, set()) | by_nick.get(name, set())) - {name}))


@lru_cache(maxsize=65536)
def is_nickname(a: str, b: str) -> bool:
    """Return whether one of two folded given names is the other's nickname, or its pet form (Jim, Jimmy)."""
    by_name, _ = _nicknames()
    short, long = sorted((a, b), key=len)
    if len(short) > 1 and long in (short + short[-1] + "y", short + short[-1] + "ie"):
        return True
    return b in by_name.get(a, ()) or a in by_name.get(b, ())


@cache
def _spellings(part: str) -> dict[str, set[int]]:
    groups: dict[str, set[int]] = {}
    text = resources.table(_FILE)["variants"][part]
    lines = (group.split() for line in text.strip().splitlines() for group in line.split(";"))
    for number, group in enumerate(lines):
        for name in group:
            groups.setdefault(name, set()).add(number)
    return groups


def is_spelling(a: str, b: str, *, family: bool = False) -> bool:
    """Return whether two folded names are spellings of one name (Catherine, Katherine; Clark, Clarke)."""
    groups = _spellings("family" if family else "given")
    if not groups.get(a, set()).isdisjoint(groups.get(b, set())):
        return True
    return _transcribed(a) == _transcribed(b) or _sounded(a, family=family) == _sounded(b, family=family)


_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|ch(?=r)|c(?![eiyhz])|q(?=[^u])"), "k"),
    (re.compile(r"ee|ij|(?<=[^aeo])y"), "i"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ey$"), "i"),
    (re.compile(r"(?<=.{3})z$"), "s"),
    (re.compile(r"(?<=.{2}[^aeiou])e(?=r[aeiou])"), ""),
    (re.compile(r"([^aeiou])\1"), r"\1"),
)
_GIVEN_SOUNDS = (re.compile(r"th"), "t")


@lru_cache(maxsize=65536)
def _sounded(name: str, *, family: bool) -> str:
    """Return a name as it sounds in English; all vowels that tell names apart stay: Julie is not Julia.

    A name of fewer than four letters stays as it is.
    """
    plain = name
    for pattern, letters in _SOUNDS if family else (*_SOUNDS, _GIVEN_SOUNDS):
        plain = pattern.sub(letters, plain)
    return plain if len(plain) >= _SHORTEST_TRANSCRIBED else name


_TRANSCRIPTIONS = (
    (re.compile(r"([aou])e"), r"\1"),
    (re.compile(r"aa"), "a"),
    (re.compile(r"dj"), "d"),
    (re.compile(r"tch"), "ch"),
    (re.compile(r"^ye"), "e"),
    (re.compile(r"o(?:ff)$|o(?:v)$"), "ov"),
    (re.compile(r"(?<=.{4})(?:iy|yi|ii|ij|y)$"), "i"),
)
_SHORTEST_TRANSCRIBED, _SHORTEST_ROMAJI = 4, 3


@lru_cache(maxsize=65536)
def _transcribed(name: str) -> str:
    """Return a name as its other transcriptions would have it: Mueller and Muller, Djordjevic and Dordevic.

    A name that would be too short stays as it is.
    """
    plain = name
    for pattern, letters in _TRANSCRIPTIONS:
        plain = pattern.sub(letters, plain)
    if len(plain) < _SHORTEST_TRANSCRIBED:
        plain = name
    if not _ROMAJI.fullmatch(plain):
        return plain
    short = re.sub(r"oh(?=[^aeiou]|$)|ou|oo", "o", plain)
    return short if len(short) >= _SHORTEST_ROMAJI else plain


_ROMAJI = re.compile(r"(?:(?:sh|ch|ts|[kgnhbpmr]y|[kgsztdnhbpmrwjfy])?[aiueo]h?|n(?![aiueo]))+")
"""Japanese words in Latin letters: there a long o is written Ono, Ohno, Oono or Ouno."""
