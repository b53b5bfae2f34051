"""Whether a page names a school of hers, and her year there."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check, held_against
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold

CHECK = Check(code="education_wrong", field="education", severity=Severity.MEDIUM, about="education")

_WEAK = frozenset(
    [
        "the",
        "of",
        "at",
        "and",
        "in",
        "for",
        "school",
        "college",
        "university",
        "univ",
        "institute",
        "faculty",
        "medicine",
        "medical",
        "center",
        "hospital",
        "residency",
        "internship",
        "fellowship",
        "program",
        "dept",
        "department",
        "graduate",
        "de",
        "la",
    ]
)
"""Words that stand in many schools' names."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the schools, or else the year, that `mention` claims, if the profile has any.

    One school that the profile knows is enough: pages list residencies beside schools, and so do profiles in part.
    """
    printed = (*mention.claimed("alumni_of"), *mention.claimed("education"))
    years = [text.strip()[:4] for text in mention.claimed("graduation_year")]
    known = {str(one.year) for one in profile.education if one.year}
    if not profile.education or not (printed or (years and known)):
        return
    right = not printed or any(_same(text, one.institution) for text in printed for one in profile.education)
    in_time = not years or not known or not known.isdisjoint(years)
    schools = ", ".join(
        f"{one.institution} ({one.year})" if one.year else one.institution for one in profile.education
    )
    yield held_against(
        CHECK,
        profile,
        mention,
        [f"education.{n}" for n, _ in enumerate(profile.education)],
        Outcome.CONFORMS if right and in_time else Outcome.DIFFERS,
        observed=", ".join([*printed, *years]),
        expected=schools,
        remedy=f"Have the page show {schools}.",
    )


def _same(a: str, b: str) -> bool:
    """Whether two schools share all strong words of one of them; without strong words the whole name counts."""
    one, other = _strong(a), _strong(b)
    if not one or not other:
        return fold(a) == fold(b)
    return one <= other or other <= one


def _strong(text: str) -> set[str]:
    words = "".join(c if c.isalnum() else " " for c in fold(text).replace("'", "")).split()
    return {word for word in words if word not in _WEAK and not word.isdigit()}
