"""Whether a page lists a plan that she does not take; a plan that it leaves out is no error."""

from __future__ import annotations

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


def _same(a: str, b: str) -> bool:
    one, other = f"{_words(a)} ", f"{_words(b)} "
    return one.startswith(other) or other.startswith(one)


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
