"""The clinician's card as a vCard 3.0 (RFC 2426), which every address book reads."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from reputation.dissemination import wording
from reputation.dissemination.jsonld import links
from reputation.dissemination.wording import tidy
from reputation.render import safe_url

if TYPE_CHECKING:
    from reputation.dissemination.facts import Facts
    from reputation.model import Profile

LINE_BYTES = 75


def to_vcard(profile: Profile, facts: Facts, *, without: Collection[str] = ()) -> str:
    """Return the vCard of the practice's public facts; told facts only, never a private address.

    `without` leaves parts out for a small carrier: links, address, title, workplace.
    """
    name = profile.name
    degrees = ",".join(_text(tidy(one)) for one in (name.suffix or "", *name.credentials) if tidy(one))
    prefix = "Dr." if wording.is_doctor(name) else ""
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_text(tidy(name.family))};{_text(tidy(name.given))};{_text(tidy(name.middle))};{prefix};{degrees}",
        f"FN:{_text(wording.full_name(name))}",
    ]
    roles = [wording.role(name, label) for label in facts.values("specialties")]
    if roles and "title" not in without:
        lines.append(f"TITLE:{_text(wording.capital(wording.listed(roles)))}")
    workplace = facts.told.get("locations.0.name") or facts.told.get("affiliations.0")
    if workplace and "workplace" not in without:
        lines.append(f"ORG:{_text(workplace)}")
    if phone := facts.told.get("locations.0.phone"):
        lines.append(f"TEL;TYPE=WORK,VOICE:{_text(phone)}")
    if "address" not in without:
        lines += _address(profile, facts)
    if url := safe_url(facts.told.get("websites.0")):
        lines.append(f"URL:{url}")
    if "links" not in without:
        lines += [f"X-SOCIALPROFILE:{url}" for url in links(profile) if url != facts.told.get("websites.0")]
    lines.append("END:VCARD")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _address(profile: Profile, facts: Facts) -> list[str]:
    if "locations.0.street" not in facts.told or not profile.locations:
        return []
    place = profile.locations[0]
    parts = [
        "",
        tidy(place.suite),
        tidy(place.street),
        tidy(place.city),
        tidy(place.state),
        tidy(place.postal_code),
    ]
    return [f"ADR;TYPE=WORK:{';'.join(map(_text, parts))};"]


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line at 75 bytes, never inside a character."""
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE_BYTES:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += width
    return "\r\n".join(pieces)
