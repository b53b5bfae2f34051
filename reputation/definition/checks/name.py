"""Whether a page spells her name as she does.

Credentials, initials, nicknames and former names, a former one as middle name too, are variants, not errors.  Only a page that is surely hers is
looked at, so that a family or given name that is nearly hers is a misspelling, not another person.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.names import compare_names, nicknames_of, parse
from reputation.normalize import fold

CHECK = Check(code="name_misspelt", field="name", severity=Severity.MEDIUM, about="name")

SLIPS = 2
"""Letters added, lost, changed or swapped up to which a word is a misspelling of another."""

_REMEDIES = {
    Outcome.DIFFERS: "Have the page spell the name {name}.",
    Outcome.CANNOT_TELL: "The page is yours and names somebody else: look whether two people are mixed up.",
}


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the first name that `mention` claims: the first is its subject's."""
    printed = next(iter(mention.claimed("name")), None)
    if printed is None:
        return
    authority = authority_for(profile, ("name",))
    if authority is None:
        yield CHECK.finding(mention, Outcome.CANNOT_TELL, observed=printed, remedy=confirm_first("name"))
        return
    known = known_names(profile)
    judged = {_judge(printed, name) for name in known}
    order = (Outcome.CONFORMS, Outcome.DIFFERS, Outcome.CANNOT_TELL)
    outcome = next(one for one in order if one in judged)
    remedy = _REMEDIES.get(outcome)
    yield CHECK.finding(
        mention,
        outcome,
        expected=known[0],
        observed=printed,
        authority=authority,
        remedy=remedy.format(name=known[0]) if remedy else None,
    )


def known_names(profile: Profile) -> tuple[str, ...]:
    """Return the full name, and those with a nickname or a former family name."""
    name = profile.name
    full = " ".join(part for part in (name.given, name.middle, name.family, name.suffix) if part)
    by_middle = (f"{name.middle} {name.family}",) if name.middle and len(name.middle.strip(".")) > 1 else ()
    nicknames = (f"{nickname} {name.family}" for nickname in name.nicknames)
    maiden = (f"{name.given} {old.split()[-1]} {name.family}" for old in name.former if old.split())
    former = (old if " " in old else f"{name.given} {old}" for old in name.former)
    return (full, *by_middle, *nicknames, *maiden, *former)


def is_other_person(printed: str, known: str) -> bool:
    """Whether both the given and the family name of `printed` are neither those of `known` nor slips of them."""
    said, mine = parse(printed), parse(known)
    levels = (
        _same_family(_words(said.family), _words(mine.family)),
        _same_given(_words(said.given), _words(mine.given)),
    )
    return set(levels) == {Outcome.CANNOT_TELL} and compare_names(printed, known) == "different"


def _judge(printed: str, known: str) -> Outcome:
    """Return whether `printed` is `known`, a misspelling of it, or neither."""
    said, mine = parse(printed), parse(known)
    families = _words(said.family), _words(mine.family)
    givens = _words(said.given), _words(mine.given)
    levels = (_same_family(*families), _same_given(*givens))
    if Outcome.CANNOT_TELL in levels:
        is_same = compare_names(printed, known) == "same"
        return Outcome.CONFORMS if is_same else Outcome.CANNOT_TELL
    if Outcome.DIFFERS in levels:
        return Outcome.DIFFERS
    return _same_middle(_words(said.middle), _words(mine.middle))


def _same_middle(said: str, mine: str) -> Outcome:
    """Return differs where both have middle names and none agrees, or where one is a slip of one of hers."""
    one, own = said.split(), mine.split()
    if not one or not own:
        return Outcome.CONFORMS
    strange = [a for a in one if not any(_is_same_word(a, b) for b in own)]
    slipped = any(_slip(a, b) is Outcome.DIFFERS for a in strange for b in own if len(a) > 2 and b not in one)
    return Outcome.DIFFERS if slipped or len(strange) == len(one) else Outcome.CONFORMS


def _is_same_word(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[0] == b[0])


def _words(text: str | tuple[str, ...] | None) -> str:
    joined = text if isinstance(text, str) else " ".join(text or ())
    return " ".join("".join(c if c.isalnum() else " " for c in fold(joined).replace("'", "")).split())


def _same_family(said: str, mine: str) -> Outcome:
    """Return conforms for an equal name or a part of a double one, differs for a slip."""
    if said.replace(" ", "") == mine.replace(" ", "") or not said:
        return Outcome.CONFORMS
    if set(said.split()) <= set(mine.split()) or set(mine.split()) <= set(said.split()):
        return Outcome.CONFORMS
    return _slip(said, mine)


def _same_given(said: str, mine: str) -> Outcome:
    """Return conforms for an equal name, an initial or a nickname, differs for a slip."""
    first, own = (said.split() or [""])[0], (mine.split() or [""])[0]
    if not first or first == own or (1 in (len(first), len(own)) and first[0] == own[0]):
        return Outcome.CONFORMS
    if first in nicknames_of(own) or own in nicknames_of(first):
        return Outcome.CONFORMS
    return _slip(first, own)


def _slip(a: str, b: str) -> Outcome:
    """Return differs where a few letters part two words, fewer for short ones; else it cannot be told."""
    allowed = SLIPS if min(len(a), len(b)) > 4 else 1
    return Outcome.DIFFERS if OSA.distance(a, b) <= allowed else Outcome.CANNOT_TELL
