"""The reasons of a verdict as a person would say them: who prints what, and what is right.

No reason quotes a page that speaks of a sanction: reasons stand in the mail and in the administrator's report too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reputation.definition.places import in_ordinary_case
from reputation.definition.wording import listed, page_name
from reputation.model import Finding, Mention, Outcome

_PAGES_SHOWN = 3
"""Pages named; the others are counted."""

_VALUES_SHOWN = 2
"""Different values quoted; the others are counted."""

_THEIRS = {
    "accepting_patients_wrong": ("say of new patients: {seen}", "you say {right}"),
    "address_wrong": ("print {seen}", "your address is {right}"),
    "board_cert_wrong": ("name {seen} as your certification", "yours is {right}"),
    "credential_wrong": ("print {seen}", "your degree or licence is {right}"),
    "hours_wrong": ("say of your office: {seen}", "your hours are {right}"),
    "not_at_location": ("list you at {seen}", "by your profile you practise at {right}"),
    "not_at_any_location": ("list you only at {seen}", "by your profile you practise at {right}"),
    "phone_wrong": ("print {seen}", "your number is {right}"),
    "specialty_wrong": ("name {seen} as your specialty", "yours is {right}"),
}
"""What pages do wrong by the check, and what is right; the verb is plural and comes first."""

_MIXED = ("mix you up with another person",)
_UNTOLD = {
    "deceased_or_retired": "say that you no longer practise; nobody has borne that out or refuted it yet",
    "discipline_wrong": "speak of a sanction or a claim that nobody has borne out yet",
    "identity_mixup": "may pass for yours, or lend your name, or mix you up with another person: look, and say which",
}
_SINGULAR = {"say": "says", "have": "has", "may": "may", "mix": "mixes"}
_ANSWERS = {"false": "no", "true": "yes"}
"""What markup prints for no and yes."""

_ADDRESSES = frozenset({"address_wrong", "not_at_location", "not_at_any_location"})


def sentence(group: Sequence[Finding], mentions: Mapping[str, Mention]) -> str:
    """Return what the findings of one check and outcome say, as one sentence."""
    first = group[0]
    pages = list(dict.fromkeys(_page(finding, mentions) for finding in group))
    if first.outcome is Outcome.CANNOT_TELL:
        return f"{listed(pages, _PAGES_SHOWN)} {_verb(_UNTOLD[first.check], len(pages))}."
    by_value: dict[str, list[Finding]] = {}
    for finding in group:
        by_value.setdefault(_folded(finding.observed), []).append(finding)
    told = [
        _clause(same, _shown(same[0], same[0].observed), mentions)
        for same in list(by_value.values())[:_VALUES_SHOWN]
    ]
    more = len(by_value) - _VALUES_SHOWN
    rest = [f"{more} more page{'s' if more > 1 else ''} print{'' if more > 1 else 's'} something else"]
    right = _shown(first, first.expected)
    what = listed(told + rest if more > 0 else told)
    end = _THEIRS[first.check][1].format(right=right) if right and first.check in _THEIRS else ""
    if not end and right and first.check != "identity_mixup":
        end = f"it should be “{right}”"
    return f"{what}; {end}." if end else f"{what}."


def conflict(finding: Finding) -> str:
    """Return what records of different origin say against one another."""
    return f"{finding.observed}. Only you can say which is right."


def _clause(group: Sequence[Finding], seen: str, mentions: Mapping[str, Mention]) -> str:
    pages = list(dict.fromkeys(_page(finding, mentions) for finding in group))
    check = group[0].check
    if check == "identity_mixup":
        return f"{listed(pages, _PAGES_SHOWN)} {_verb(_MIXED[0], len(pages))}"
    phrase = _THEIRS[check][0] if check in _THEIRS and seen else _generic(check, seen)
    return f"{listed(pages, _PAGES_SHOWN)} {_verb(phrase.format(seen=seen), len(pages))}"


def _generic(check: str, seen: str) -> str:
    what = check.replace("_", " ")
    return f"have an open error, {what}" + (": “{seen}”" if seen else "")


def _page(finding: Finding, mentions: Mapping[str, Mention]) -> str:
    """Return a page's name for people."""
    key = finding.mention_key or ""
    return page_name(mentions.get(key), key.partition(":")[0], finding.url)


def _folded(text: str | None) -> str:
    """Return a value in one spelling, so that one number printed two ways is told once."""
    return "".join(filter(str.isalnum, (text or "").casefold()))


def _shown(finding: Finding, text: str | None) -> str:
    if finding.check in _ADDRESSES:
        return "; ".join(in_ordinary_case(part) for part in (text or "").split("; "))
    return _ANSWERS.get(text or "", text or "")


def _verb(phrase: str, n: int) -> str:
    """Return a phrase that begins with a plural verb, in the singular for one."""
    verb, _, rest = phrase.partition(" ")
    return phrase if n > 1 else f"{_SINGULAR.get(verb, verb + 's')} {rest}"
