"""Whether a page names a school of hers, and her year there.

Profiles and pages both tell a part: one names the medical school, the other the residency.  Only entries of one kind are held
against each other, so that a school which the profile omits is no error of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from reputation.definition.authority import Check, held_against
from reputation.definition.witnesses import disagreements
from reputation.model import Education, Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold, institution_words

CHECK = Check(code="education_wrong", field="education", severity=Severity.MEDIUM, about="education")

_WEAK = frozenset(
    institution_words(
        "school college university institute faculty medicine medical center hospital residency internship fellowship program department"
        " graduate resident fellow intern training de la le md do degree doctor osteopathic health science clinic general"
    )
)
"""Words that stand in many schools' names."""

_KINDS = {
    "medical": re.compile(
        r"\b(?:m\.?d|d\.?o|mbbs|mbchb|m\.?b|d\.?d\.?s|dmd|dpm|doctor of (?:\w+ )?(?:medicine|osteopathy)|medical (?:school|college|university)"
        r"|(?:school|college|faculty|institute) of (?:\w+ )?(?:medicine|dentistry|osteopathy|medical sciences)|dental school)\b"
    ),
    "training": re.compile(r"\b(?:residen\w*|fellow\w*|intern(?:ship)?|chief resident)\b"),
    "other": re.compile(
        r"\b(?:b\.?a|b\.?s|b\.?sc|a\.b|m\.a|m\.?s|msc|mph|mba|ph\.?d|bachelor\w*|master\w*|undergraduate|college degree)\b"
    ),
}
_TRAINS = re.compile(r"\b(?:hospital|medical center|clinic|infirmary|health system)s?\b")


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the schools, or else the year, that `mention` claims, if the profile has any."""
    printed = tuple(dict.fromkeys((*mention.claimed("alumni_of"), *mention.claimed("education"))))
    years = tuple(text.strip()[:4] for text in mention.claimed("graduation_year"))
    known = [one for one in profile.education if one.year]
    if not profile.education or not (printed or (years and known)):
        return
    said = [_schools(printed, profile.education)] if printed else []
    said += [_year(years, known)] if years and known else []
    order = (Outcome.DIFFERS, Outcome.CONFORMS, Outcome.CANNOT_TELL)
    outcome = next(one for one in order if one in said)
    schools = ", ".join(
        f"{one.institution} ({one.year})" if one.year else one.institution for one in profile.education
    )
    remedies = {
        Outcome.DIFFERS: f"Have the page show {schools}.",
        Outcome.CANNOT_TELL: "Your profile does not name a school of this kind: add it, or look whether the page is right.",
    }
    yield held_against(
        CHECK,
        profile,
        mention,
        [f"education.{n}" for n, _ in enumerate(profile.education)],
        outcome,
        observed=", ".join([*printed, *years]),
        expected=schools,
        remedy=remedies.get(outcome, ""),
    )


def _schools(printed: Sequence[str], known: Sequence[Education]) -> Outcome:
    """Return how the printed schools stand to hers.

    A medical school that is none of hers differs, where the profile names one.  So does a school that stands for the one of
    hers that is missing, where the page names as many as the profile.
    """
    strange = [text for text in printed if not any(_is_one(text, one) for one in known)]
    missing = [one for one in known if not any(_is_one(text, one) for text in printed)]
    if not strange:
        return Outcome.CONFORMS
    kinds = {kind for text in strange for kind in _kinds(text)}
    for text in strange:
        comparable = [one for one in known if _may_be_one(_kinds(text), _kinds_of(one))]
        stands_in = [one for one in comparable if one in missing]
        if stands_in and (
            len(strange) == len(printed) or len(printed) == len(known) or _kinds(text) == {"medical"}
        ):
            return Outcome.DIFFERS
    return Outcome.CANNOT_TELL if len(strange) == len(printed) or kinds == {"medical"} else Outcome.CONFORMS


def _year(years: Sequence[str], known: Sequence[Education]) -> Outcome:
    """Return how a year of graduation stands to hers; the federal directory's is that of the medical school."""
    asked = [one for one in known if _may_be_one({"medical"}, _kinds_of(one))]
    if not asked:
        return Outcome.CANNOT_TELL
    return Outcome.CONFORMS if any(str(one.year) in years for one in asked) else Outcome.DIFFERS


def _kinds(text: str) -> set[str]:
    """Return what a school may have been to her: medical, training or other; empty where its name does not say."""
    said = fold(text)
    found = {kind for kind, words in _KINDS.items() if words.search(said)}
    return found or ({"training"} if _TRAINS.search(said) else set())


def _kinds_of(one: Education) -> set[str]:
    return _kinds(f"{one.institution}; {one.degree or ''}")


def _is_one(text: str, one: Education) -> bool:
    return _same(text, one.institution) and _may_be_one(_kinds(text), _kinds_of(one))


def _may_be_one(a: set[str], b: set[str]) -> bool:
    return not a or not b or not a.isdisjoint(b)


def _same(a: str, b: str) -> bool:
    """Whether two schools share all strong words of one of them; without strong words the whole name counts."""
    one, other = _strong(a), _strong(b)
    if not one or not other:
        return institution_words(a) == institution_words(b)
    return one <= other or other <= one


def _strong(text: str) -> set[str]:
    return {word for word in institution_words(text) if word not in _WEAK and not word.isdigit()}


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield the records whose years of graduation contradict one another, where she has confirmed none."""
    if not any(
        one.year and profile.is_confirmed(f"education.{n}") for n, one in enumerate(profile.education)
    ):
        yield from disagreements(CHECK, mentions, _years, lambda a, b: not a.keys().isdisjoint(b))


def _years(mention: Mention) -> dict[str, str]:
    return {text.strip()[:4]: text for text in mention.claimed("graduation_year")}
