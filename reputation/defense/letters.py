"""Paste-ready words for a correction request: facts and authorities, never a patient, never a review."""

from __future__ import annotations

from collections.abc import Sequence

from reputation.model import Finding, PersonName, Profile

_SHOWN_CHARS = 200


def full_name(name: PersonName) -> str:
    """Return the name as it is signed: given, middle, family, suffix, credentials."""
    parts = [part for part in (name.given, name.middle, name.family, name.suffix) if part]
    return ", ".join([" ".join(parts), *name.credentials])


def correction(profile: Profile, findings: Sequence[Finding], url: str | None) -> str:
    """Return the text of a request to correct a page."""
    who = full_name(profile.name) + (f" (NPI {profile.ids.npi})" if profile.ids.npi else "")
    page = f"The page {url}" if url else "Your listing"
    lines = [f"{page} about {who} needs correction:", ""]
    lines += [f"- {_point(one)}" for one in findings]
    lines += ["", "Please correct this, and tell me when it is done.", "", *_signed(profile)]
    return "\n".join(lines)


def _point(one: Finding) -> str:
    what = one.field.replace("_", " ").replace(".", " ")
    shown = f"it shows “{_short(one.observed)}”" if one.observed else "it is missing or wrong"
    right = f"; correct is “{_short(one.expected)}”" if one.expected else "; please correct or remove it"
    by = f" (authority: {one.authority})" if one.authority else ""
    return f"{what}: {shown}{right}{by}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN_CHARS else flat[: _SHOWN_CHARS - 1] + "…"


def _signed(profile: Profile) -> list[str]:
    phones = [place.phone for place in profile.locations if place.phone]
    name = full_name(profile.name)
    first = f"On behalf of {name}, with written consent" if profile.right.delegate_of else name
    return [first, *([f"Office: {phones[0]}"] if phones else [])]
