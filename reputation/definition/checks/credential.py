"""Whether a page prints her professional degree: an MD is no DO, and a nurse practitioner neither.

Only degrees that a licence stands on are compared; fellowships, certificates and second degrees come and go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.names import parse

CHECK = Check(code="credential_wrong", field="credential", severity=Severity.HIGH, about="name")

_DEGREES = {
    "md": "MD",
    "mbbs": "MD",
    "mbchb": "MD",
    "mbbch": "MD",
    "do": "DO",
    "dds": "DDS",
    "dmd": "DDS",
    "dpm": "DPM",
    "dc": "DC",
    "od": "OD",
    "np": "NP",
    "fnp": "NP",
    "fnpbc": "NP",
    "fnpc": "NP",
    "crnp": "NP",
    "aprn": "NP",
    "pa": "PA",
    "pac": "PA",
}
"""Degrees on which a licence stands; those of one licence fold into one."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the degrees that `mention` prints, where both it and the profile have one."""
    named = next(iter(mention.claimed("name")), mention.title)
    printed = (*mention.claimed("credential"), *parse(named).credentials)
    said, mine = _degrees(printed), _degrees(profile.name.credentials)
    if not said or not mine:
        return
    observed, expected = ", ".join(sorted(said)), ", ".join(sorted(mine))
    authority = authority_for(profile, ("name.credentials",))
    if authority is None:
        remedy = confirm_first("name")
        yield CHECK.finding(mention, Outcome.CANNOT_TELL, observed=observed, remedy=remedy)
        return
    conforms = not said.isdisjoint(mine)
    yield CHECK.finding(
        mention,
        Outcome.CONFORMS if conforms else Outcome.DIFFERS,
        expected=expected,
        observed=observed,
        authority=authority,
        remedy=None if conforms else f"Have the page print {expected} after the name.",
    )


def _degrees(printed: Iterable[str]) -> set[str]:
    words = (word for text in printed for word in text.replace("/", ",").split(","))
    folded = ("".join(filter(str.isalpha, word)).casefold() for word in words)
    return {_DEGREES[word] for word in folded if word in _DEGREES}
