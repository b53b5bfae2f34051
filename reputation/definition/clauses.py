"""Cuts a text into sentences and words, after what only names somebody has been masked.

Names and titles praise nobody: "Good Samaritan Hospital" is not good, "Dr. Joy" no joy.  Every pattern here
is linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

SENTENCE_CHARS = 400
"""Longest sentence in characters; a longer run of text is cut, so that no later step meets a wall of words."""

NAMES_AT_ONCE = 200


def mask(text: str, names: Sequence[str] = ()) -> str:
    """Return `text` with titled people, organisations, towns and `names` replaced by plain nouns."""
    if not text.isascii():
        text = text.translate(_told_signs())
    if names:
        text = _names_pattern(tuple(names[:NAMES_AT_ONCE])).sub("Alex", text)
    text = _TITLED.sub("doctor", text)
    if any(map(text.__contains__, _CREDENTIALS)):
        text = _CREDENTIALED.sub("doctor", text)
    if any(map(text.__contains__, _ORGANISATIONS)):
        text = _ORGANISATION.sub("the office", text)
    return _TOWN.sub(r"\1 Townville", text) if _COMMA_CAPITAL.search(text) else text


def sentences_of(text: str) -> list[str]:
    """Return the sentences of `text`, none longer than SENTENCE_CHARS."""
    for dash in _DASHES:
        text = text.replace(dash, "\n")
    parts = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        parts.append(text[start : end.end()].strip())
        start = end.end()
    parts.append(text[start:].strip())
    return [
        part[at : at + SENTENCE_CHARS] for part in parts if part for at in range(0, len(part), SENTENCE_CHARS)
    ]


def clauses_of(sentence: str) -> list[str]:
    """Return the clauses of a sentence, cut where it turns from one thing to another."""
    return [part for part in _CLAUSE_END.split(sentence) if part]


def words_of(text: str) -> list[str]:
    """Return words in lower case and single marks; the words after a negation carry a "~" up to the next mark.

    Numbers become "0": an amount or a date says nothing by itself.
    """
    found = _WORD.findall(text.lower())
    plain = [word if word[0] in _LETTERS else _mark(word) for word in found]
    if NEGATIONS.isdisjoint(found) and "n't" not in text:
        return plain
    words: list[str] = []
    negated = 0
    for word in plain:
        if word in NEGATIONS or word.endswith("n't"):
            negated = 4
        elif word[0] not in _LETTERS and word != "0":
            negated = 0
        elif negated:
            negated -= 1
            word = f"{word}~"  # noqa: PLW2901 - the same word, marked
        words.append(word)
    return words


def is_foreign(words: frozenset[str]) -> bool:
    """Whether the small words of a text, in lower case, are rather another language's than English."""
    english, others = _small_words()
    n = len(words & others)
    return n > 1 and n > len(words & english)


@cache
def _small_words() -> tuple[frozenset[str], frozenset[str]]:
    from reputation import resources  # noqa: PLC0415 - importing the scorer must be quick

    table: dict[str, str] = resources.table("data/lexicon.toml")["small_words"]
    return frozenset(table["english"].split()), frozenset(table["others"].split())


@cache
def _told_signs() -> dict[int, str]:
    """Return plain words for the signs that judge (thumbs, hearts, angry faces), and plain quotation marks."""
    from reputation import resources  # noqa: PLC0415 - importing the scorer must be quick

    table = resources.table("data/lexicon.toml")["signs"]
    told = {sign: f" {word} " for word, signs in table.items() for sign in signs}
    return str.maketrans(told | _QUOTES)


def _mark(word: str) -> str:
    return "0" if word[0].isdigit() else word[0]


@lru_cache(maxsize=32)
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{_alternatives(longest_first)})\b", re.IGNORECASE)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nothing",
        "nobody",
        "nor",
        "neither",
        "without",
        "hardly",
        "barely",
        "cannot",
        "cant",
        "dont",
        "didnt",
        "doesnt",
        "wont",
        "wouldnt",
        "isnt",
        "wasnt",
        "arent",
        "werent",
        "couldnt",
        "shouldnt",
        "havent",
        "hasnt",
        "hadnt",
        "aint",
        "lacks",
        "lacked",
        "lack",
    ]
)
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+|!+|\?+|\$|[.,;:]")
_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]+[\"')]*\s+|\n+|;\s+|\.\.+")
_DASHES = (" - ", " – ", " — ", " -- ")
_CLAUSE_END = re.compile(
    r",\s+|\s(?=(?:but|however|although|though|except|yet|while|whereas)\b)"
    r"|\s(?=and\s(?:the|he|she|his|her|my|doctor|staff|nurses?|receptionists?)\b)",
    re.IGNORECASE,
)
_QUOTES = {"’": "'", "‘": "'", "“": '"', "”": '"'}
_CREDENTIALS = ("MD", "M.D", "DO", "D.O", "NP", "PA", "DDS", "DMD", "DPM", "PhD", "RN", "DC", "OD")
_ORGANISATIONS = (
    "Hospital", "Clinic", "Center", "Centre", "Medical", "University", "College", "School", "Health", "Institute",
    "Associates", "Practice", "Foundation", "System", "Group", "Pharmacy", "Church",
)  # fmt: skip
_COMMA_CAPITAL = re.compile(r",\s*[A-Z]")
_NAME = r"[A-Z][\w'-]*\.?"
_TITLED = re.compile(
    rf"\b(?:Drs?|DR|dr|Prof|Professor|Mrs?|Ms|Miss|Doctor|doctor)\b\.?\s+{_NAME}(?:\s+{_NAME}){{0,3}}(?:'s)?"
)
_CREDENTIALED = re.compile(
    rf"\b{_NAME}(?:\s+{_NAME}){{1,3}},?\s+(?:MD|M\.D\.|DO|D\.O\.|NP|PA-C|PA|DDS|DMD|DPM|PhD|RN|DC|OD)\b\.?"
)
_ORGANISATION = re.compile(
    r"\b(?:[Tt]he\s+)?[A-Z][\w'-]*\s+(?:(?:[A-Z][\w'-]*|of|for|and|&)\s+){0,5}"
    r"(?:Hospitals?|Clinics?|Cent(?:er|re)s?|Medical|University|College|School|Health|Healthcare|Institute|Associates|"
    r"Practice|Foundation|System|Group|Pharmacy|Church)\b(?:\s+(?:of|for)\s+[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*)?)?"
)
_TOWN = re.compile(
    r"\b([Ii]n|of|at|near|from)\s+[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*)?,\s*(?:[A-Z]{2}\b|[A-Z][a-z]+)"
)
