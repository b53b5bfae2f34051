"""Decides what of a linter's findings stands: rules name, the model's odds decide where rules alone cannot.

A rule that names a certain thing (a number, a bill, a threat, an offer) blocks by itself.  A rule that refuses by
default blocks only together with the odds, and high odds block alone.  `scripts/train_drafts.py` sets the weights
and the line in `data/drafts.toml`, so that drafts by an author who was held back come out right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reputation import resources
from reputation.defense import odds
from reputation.defense.violation import Rule, Violation, sentences, tidy

FILE = "data/drafts.toml"


@dataclass(frozen=True, slots=True)
class Scale:
    """Where one linter draws its line."""

    line: float
    """Log odds, the rules' evidence included, at which a draft is blocked."""
    alone: float
    """By how much a sentence by itself must exceed the line."""
    evidence: dict[str, float]
    """What each rule that spoke adds to the log odds."""
    certain: frozenset[str]
    """Rules that block by themselves."""
    unlikely: float
    """Log odds under which names, places and dates belong to nobody's care."""
    doubted: frozenset[str]
    """Rules that the odds can overrule: they block by themselves unless the draft reads harmless."""


@cache
def scale_of(name: str) -> Scale:
    """Return the scale of a linter, `reply` or `post`."""
    table = resources.table(FILE)[name]
    return Scale(
        table["line"],
        table["alone"],
        table["evidence"],
        frozenset(table["certain"]),
        table["unlikely"],
        frozenset(table["doubted"]),
    )


def weigh(
    name: str, plain: str, found: Iterable[Violation], otherwise: Rule, *, doubt: bool = True
) -> tuple[Violation, ...]:
    """Return the findings that stand; `otherwise` is the rule of a draft that only the odds condemn.

    `found` is what the linter `name` ("reply" or "post") found by its rules in the straightened text.  Without
    `doubt` the odds overrule none of the rules that name something.
    """
    listed = tidy(found)
    scale = scale_of(name)
    read = odds.models()[name].read(sentences(plain), scale.alone)
    rules = {one.rule for one in listed if one.level == "block"}
    if read.logit + sum(scale.evidence.get(rule, 0.0) for rule in rules) >= scale.line:
        return listed if rules else tidy([*listed, otherwise.at(*read.worst)])
    sure = scale.certain | (scale.doubted if read.logit >= scale.unlikely or not doubt else frozenset())
    return tuple(one for one in listed if one.level != "block" or one.rule in sure)
