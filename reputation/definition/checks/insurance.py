"""Whether a page lists a plan that she does not take; a plan that it leaves out is no error."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.definition.authority import Check, held_against
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold

CHECK = Check(code="insurance_wrong", field="insurance", severity=Severity.MEDIUM, about="insurance")


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the plans that `mention` claims, if both it and the profile have any.

    "Example Care Choice II" conforms to "Example Care": a payer's plans begin with its name.
    """
    printed = (*mention.claimed("insurance"), *mention.claimed("health_plan"))
    if not printed or not profile.insurance:
        return
    strange = [text for text in printed if not any(_same(text, plan) for plan in profile.insurance)]
    expected = ", ".join(profile.insurance)
    yield held_against(
        CHECK,
        profile,
        mention,
        ["insurance"],
        Outcome.DIFFERS if strange else Outcome.CONFORMS,
        observed=", ".join(strange or printed),
        expected=expected,
        remedy=f"Have the page take {', '.join(strange)} off, or ask the plan whether you are in its network.",
    )


_ALIASES = {
    "bcbs": "bluecrossblueshield",
    "bluecrossandblueshield": "bluecrossblueshield",
    "bluecrossbcbs": "bluecrossblueshield",
    "uhc": "unitedhealthcare",
    "unitedhealth": "unitedhealthcare",
    "medicareofficial": "medicare",
    "wellcarehealth": "wellcare",
}
_FORMS = re.compile(r"\b(?:insurance|health plans?|plans?|company|inc|of america|ppo|hmo|epo|pos)\b")


def _same(a: str, b: str) -> bool:
    one, other = _joined(a), _joined(b)
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _joined(text: str) -> str:
    """Return a payer's name as one word, its forms off: "Blue Cross Blue Shield" and "BCBS" are one."""
    plain = "".join(c if c.isalnum() else " " for c in fold(text).replace("&", " and "))
    said = "".join(_FORMS.sub(" ", plain).split()) or "".join(plain.split())
    for short, whole in _ALIASES.items():
        if said.startswith(short) and not said.startswith(whole):
            return whole + said.removeprefix(short)
    return said
