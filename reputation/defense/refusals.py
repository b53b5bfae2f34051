"""What the tool helps nobody to do: pay for a removal, gate reviews, threaten, solicit fake praise; `data/refusals.toml`.

A plan is read as its user writes it.  A negation before the words makes it the opposite of a plan: "never pay" is no offer;
and to report that somebody else demands money, or threatens, is what the report forms are for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reputation import resources
from reputation.defense.violation import compiled, register, straighten

_FILE = "data/refusals.toml"
_CLAUSE = re.compile(r"[^.;!?\n]+")
_NEGATED = re.compile(
    r"\b(?:never|not|no|don’t|do not|doesn’t|won’t|will not|cannot|can’t|without|nobody|none|refuse[sd]?|against|instead of)\b"
    r"(?:\W+\w+){0,4}\W*$|\b(?:demand\w*|extort\w*|exploitative|blackmails|asks? (?:me|us|for)|asking (?:me|us|for)|wants)\b[^.;]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """What is refused, why, on which rule, and what helps instead."""

    id: str
    why: str
    instead: str
    cite: str

    def __str__(self) -> str:
        return f"{self.why} ({self.cite}); {self.instead}"


def refused(text: str | None) -> Refusal | None:
    """Return why a plan is refused; None where nothing in it is."""
    for clause in _CLAUSE.finditer(straighten(text or "")):
        for refusal, patterns in _refusals():
            found = next((hit for pattern in patterns if (hit := pattern.search(clause.group()))), None)
            if found and not _NEGATED.search(clause.group()[: found.start()]):
                return refusal
    return None


@cache
def _refusals() -> tuple[tuple[Refusal, tuple[re.Pattern[str], ...]], ...]:
    cites = {row["id"]: row["cite"] for row in register()["rule"]}
    return tuple(
        (
            Refusal(
                id=row["id"],
                why=row["why"],
                instead=row["instead"],
                cite=cites[row["cite"]].partition(",")[0],
            ),
            compiled(row["patterns"]),
        )
        for row in resources.table(_FILE)["refusal"]
    )
