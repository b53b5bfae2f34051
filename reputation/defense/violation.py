"""What a linter finds in a draft, and the texts it looks at: sentences with their places, masked phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from reputation import resources

HIDDEN = "\x00"
"""What stands in the place of a masked character: no word, so that patterns cannot reach across."""

_STRAIGHT = str.maketrans(
    {"'": "’", "‘": "’", "`": "’", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "}
)
_ABBREVIATED = re.compile(
    r"\b(?:dr|mr|mrs|ms|st|prof|jr|sr|vs|e\.g|i\.e|a\.m|p\.m|u\.s|no|approx|dept|inc|etc)\.(?=\s)|(?<=\w)\.(?=\w)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """One place in a draft that must not (block) or should not (warn) be published.

    `span` is where it stands, as characters from start to end; `cite` names the rule or case it stands on.
    """

    rule: str
    level: str
    span: tuple[int, int]
    why: str
    cite: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a text and the character at which it begins."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of `data/reply.toml` or `data/post.toml`, ready to run."""

    id: str
    level: str
    why: str
    cite: str
    patterns: tuple[re.Pattern[str], ...]
    unless_general: bool = False
    """Whether a sentence that speaks of everyone may say it."""

    def at(self, start: int, end: int) -> Violation:
        """Return the violation of this rule at a place."""
        return Violation(rule=self.id, level=self.level, span=(start, end), why=self.why, cite=self.cite)

    def search(self, text: str) -> Iterator[Violation]:
        """Yield the first place of each pattern."""
        for pattern in self.patterns:
            found = pattern.search(text)
            if found:
                yield self.at(*found.span())


def straighten(text: str) -> str:
    """Return a text of the same length with one kind of apostrophe, quote and dash."""
    return text.translate(_STRAIGHT)


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text; "Dr." and "example.org" end none."""
    whole = _ABBREVIATED.sub(lambda found: found.group().replace(".", "․"), text)
    return [Sentence(found.start(), found.group()) for found in _SENTENCE.finditer(whole)]


def mask(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Return a text of the same length in which everything that a pattern matches is hidden."""
    for pattern in patterns:
        text = pattern.sub(lambda found: HIDDEN * len(found.group()), text)
    return text


def compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """Return patterns ready to run, case ignored."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@cache
def rules(file: str) -> dict[str, Rule]:
    """Return the rules of a shipped file by id, each with the text of what it stands on."""
    cites = {row["id"]: row["cite"] for row in register()["rule"]}
    return {
        row["id"]: Rule(
            row["id"],
            row["level"],
            row["why"],
            cites[row["cite"]],
            compiled(row.get("patterns", [])),
            row.get("unless_general", False),
        )
        for row in resources.table(file)["rule"]
    }


def register() -> dict[str, Any]:
    """Return the register of guidance, cases and templates, `data/compliance.toml`."""
    return resources.table("data/compliance.toml")


def tidy(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """Return violations in the order of the text, each rule once at a place, blocks before warnings."""
    unique = {(one.rule, one.span): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: (one.span[0], one.level, one.rule, one.span[1])))
