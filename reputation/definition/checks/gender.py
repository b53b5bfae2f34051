"""Whether a page names her gender as she does; pages write "Female", "F" or "woman"."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.model import Finding, Mention, Outcome, Profile, Severity

CHECK = Check(code="gender_wrong", field="gender", severity=Severity.MEDIUM, about="personal")

_SPELT = {
    "f": "female",
    "female": "female",
    "woman": "female",
    "m": "male",
    "male": "male",
    "man": "male",
}


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the gender that `mention` claims, if it claims one and the profile has one."""
    printed = next(iter(mention.claimed("gender")), None)
    if printed is None or profile.personal.gender is None:
        return
    authority = authority_for(profile, ("personal.gender",))
    if authority is None:
        yield CHECK.finding(
            mention, Outcome.CANNOT_TELL, observed=printed, remedy=confirm_first("personal.gender")
        )
        return
    conforms = _folded(printed) == _folded(profile.personal.gender)
    yield CHECK.finding(
        mention,
        Outcome.CONFORMS if conforms else Outcome.DIFFERS,
        expected=profile.personal.gender,
        observed=printed,
        authority=authority,
        remedy=None if conforms else f"Have the page show {profile.personal.gender}.",
    )


def _folded(text: str) -> str:
    """Return the gender without schema.org's address, in one spelling."""
    word = text.rsplit("/", maxsplit=1)[-1].strip().casefold()
    return _SPELT.get(word, word)
