"""Whether a page names her gender as she does; pages write "Female", "F" or "woman"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from reputation.definition.authority import Check, held_against
from reputation.definition.witnesses import disagreements
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold

CHECK = Check(code="gender_wrong", field="gender", severity=Severity.MEDIUM, about="personal")

_WORDS = {
    "female": "f female woman women girl she her hers femenino femenina feminino feminina mujer weiblich femme frau mrs ms dra",
    "male": "m male man men boy he him his masculino hombre mannlich homme herr mr",
    "nonbinary": "x nonbinary enby they them",
}
_SPELT = {word: gender for gender, words in _WORDS.items() for word in words.split()}


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the gender that `mention` claims, if it claims one and the profile has one."""
    printed = next(iter(mention.claimed("gender")), None)
    if printed is None or profile.personal.gender is None:
        return
    said, mine = _folded(printed), _folded(profile.personal.gender)
    outcome = Outcome.CONFORMS if said == mine else Outcome.DIFFERS
    if said is None or mine is None:
        outcome = Outcome.CANNOT_TELL
    yield held_against(
        CHECK,
        profile,
        mention,
        ["personal.gender"],
        outcome,
        observed=printed,
        expected=profile.personal.gender,
        remedy=f"Have the page show {profile.personal.gender}."
        if outcome is Outcome.DIFFERS
        else "The page's word for it is not known here; look whether it is right.",
    )


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield the records that contradict one another, where she has not confirmed it."""
    if not (profile.personal.gender and profile.is_confirmed("personal.gender")):
        yield from disagreements(CHECK, mentions, _printed, lambda a, b: not a.keys().isdisjoint(b))


def _printed(mention: Mention) -> dict[str, str]:
    return {word: text for text in mention.claimed("gender") if (word := _folded(text))}


def _folded(text: str) -> str | None:
    """Return the gender without schema.org's address, in one spelling; None for a word that is not known."""
    words = "".join(c if c.isalpha() else " " for c in fold(text).replace("non-binary", "nonbinary")).split()
    found = {_SPELT[word] for word in words if word in _SPELT}
    return next(iter(found)) if len(found) == 1 else None
