"""The biography in the forms that people and programs take: text, HTML, JSON Resume, vCard."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from reputation.codec import to_plain
from reputation.dissemination import wording
from reputation.dissemination.bio import tell_bio, tell_ladder
from reputation.dissemination.facts import Facts, gather
from reputation.dissemination.jsonld import json_ld, links
from reputation.dissemination.length import UNIT_WORDS
from reputation.dissemination.platforms import platform
from reputation.dissemination.practice import practice_page
from reputation.dissemination.qr import card_code
from reputation.dissemination.vcard import to_vcard
from reputation.dissemination.wording import tidy
from reputation.errors import UsageError
from reputation.render import render, safe_url

if TYPE_CHECKING:
    from reputation.model import Bio, Profile

FORMATS: Mapping[str, str] = {
    "text": "txt",
    "html": "html",
    "markdown": "md",
    "json": "json",
    "jsonld": "jsonld",
    "jsonresume": "json",
    "vcard": "vcf",
}
"""The formats, and how a file of each ends."""


_PERSON: Mapping[str, tuple[str, ...]] = {
    "jsonld": ("person.jsonld",),
    "jsonresume": ("resume.json",),
    "vcard": ("card.vcf", "card.svg", "card.png"),
}


def format_bio(profile: Profile, bios: Sequence[Bio], format_name: str, *, on: date | None = None) -> str:
    """Return `bios` in one of `FORMATS`; jsonld, jsonresume and vcard tell the person, not a field.

    A field whose limit nobody published comes as a ladder of lengths, and says so.  Raises UsageError.
    """
    if format_name not in FORMATS:
        raise UsageError(f"there is no format {format_name!r}; take one of {', '.join(FORMATS)}")
    facts = gather(profile, on)
    if format_name == "jsonld":
        return json_ld(profile, facts) + "\n"
    if format_name == "jsonresume":
        return _dumps(json_resume(profile, facts, on))
    if format_name == "vcard":
        return to_vcard(profile, facts)
    if format_name == "json":
        told = [{**to_plain(bio), "ladder": to_plain(_ladder(profile, bio, on))} for bio in bios]
        return _dumps({"schema_version": 1, "bios": told})
    if format_name == "html" and {bio.platform for bio in bios} == {"practice_website"}:
        return practice_page(profile, on=on)
    blocks = [_block(profile, bio, on) for bio in bios]
    if format_name == "text":
        return _text(blocks)
    template = "bio/bio.html.j2" if format_name == "html" else "bio/bio.md.j2"
    return render(template, who=wording.full_name(profile.name), blocks=blocks)


def bio_files(
    profile: Profile, bios: Sequence[Bio], format_name: str, *, on: date | None = None
) -> dict[str, str | bytes]:
    """Return the files that `bio -o FOLDER` writes by name: a file a field, the copy page `index.html`, the rest.

    The rest are the person whole: JSON-LD, JSON Resume, the vCard with its QR code, the practice's page.
    """
    person = _person_files(profile, on)
    if format_name in _PERSON:
        return {name: person[name] for name in _PERSON[format_name] if name in person}
    ending = FORMATS.get(format_name)
    files = {
        f"{bio.platform}.{bio.field}.{ending}": format_bio(profile, [bio], format_name, on=on)
        for bio in bios
        if bio.text and bio.platform != "practice_website"
    }
    return {**files, **person, "index.html": copy_page(profile, bios, on=on)}


def _person_files(profile: Profile, on: date | None) -> dict[str, str | bytes]:
    facts = gather(profile, on)
    card = card_code(profile, facts)
    files: dict[str, str | bytes] = {
        "person.jsonld": json_ld(profile, facts) + "\n",
        "resume.json": _dumps(json_resume(profile, facts, on)),
        "card.vcf": to_vcard(profile, facts),
        "practice.html": practice_page(profile, on=on),
    }
    return {**files, "card.svg": card.svg(), "card.png": card.png()} if card else files


def _dumps(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def lengths_of(profile: Profile, bio: Bio, on: date | None) -> tuple[Bio, ...]:
    """Return every length in which a field's text is handed out: one, or the rungs of a ladder."""
    return _ladder(profile, bio, on) or (bio,)


def _ladder(profile: Profile, bio: Bio, on: date | None) -> tuple[Bio, ...]:
    """The rungs of a field without a known limit, each text once, shortest first; else nothing."""
    field = platform(bio.platform).field(bio.field)
    if bio.limit is not None or field.tells not in {"bio", "headline", "position"}:
        return ()
    rungs = tell_ladder(profile, bio.platform, bio.field, on=on)
    return tuple({rung.text: rung for rung in rungs if rung.text}.values())


def _block(profile: Profile, bio: Bio, on: date | None) -> dict[str, Any]:
    place = platform(bio.platform)
    rungs = _ladder(profile, bio, on)
    return {
        "title": f"{place.title}, {bio.field.replace('_', ' ')}",
        "bio": bio,
        "count": _count(bio),
        "rungs": [(_count(rung), _paragraphs(rung.text)) for rung in rungs],
        "paragraphs": _paragraphs(bio.text),
    }


def _count(bio: Bio) -> str:
    unit = UNIT_WORDS[bio.unit]
    return f"{bio.length:,} {unit}" if bio.limit is None else f"{bio.length:,} of {bio.limit:,} {unit}"


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]


def _text(blocks: Sequence[dict[str, Any]]) -> str:
    if len(blocks) == 1 and not blocks[0]["rungs"]:
        return f"{blocks[0]['bio'].text}\n"
    parts = []
    for block in blocks:
        if block["rungs"]:
            parts.append(
                f"== {block['title']}: nobody has published its limit; take the longest that fits =="
            )
            parts += [f"-- {count} --\n" + "\n\n".join(paragraphs) for count, paragraphs in block["rungs"]]
        elif block["bio"].text:
            parts.append(f"== {block['title']} ({block['count']}) ==\n{block['bio'].text}")
    return "\n\n".join(parts) + "\n"


def copy_page(profile: Profile, bios: Sequence[Bio], *, on: date | None = None) -> str:
    """Return one HTML page with every field to copy: its count, its edit form, a mark for done."""
    from reputation.dissemination.copying import copy_context  # noqa: PLC0415 - only the folder needs it

    return render("bio/copy.html.j2", **copy_context(profile, bios, on))


def json_resume(profile: Profile, facts: Facts, on: date | None = None) -> dict[str, Any]:
    """Return the profile as a JSON Resume (jsonresume.org, schema 1.0.0), told facts only."""
    place = profile.locations[0] if profile.locations else None
    location = {
        "address": facts.told.get("locations.0.street"),
        "postalCode": tidy(place.postal_code) if place and "locations.0.street" in facts.told else None,
        "city": tidy(place.city) if place and "locations.0.city" in facts.told else None,
        "region": tidy(place.state) if place and "locations.0.city" in facts.told else None,
    }
    roles = [wording.role(profile.name, label) for label in facts.values("specialties")]
    basics = {
        "name": wording.full_name(profile.name),
        "label": wording.capital(wording.listed(roles)),
        "phone": facts.told.get("locations.0.phone"),
        "url": safe_url(facts.told.get("websites.0")),
        "summary": tell_bio(profile, "linkedin", "about", on=on).text,
        "location": _known(location),
        "profiles": [{"network": _network(url), "url": url} for url in links(profile)],
    }
    work = [
        _known({
            "name": facts.told[f"affiliations.{n}"],
            "position": facts.told.get(f"affiliations.{n}.title"),
            "startDate": tie.since.isoformat() if tie.since else None,
            "endDate": tie.until.isoformat() if tie.until else None,
        })
        for n, tie in enumerate(profile.affiliations)
        if f"affiliations.{n}" in facts.told
    ]  # fmt: skip
    education = [
        _known({
            "institution": tidy(school.institution),
            "studyType": tidy(school.degree),
            "endDate": f"{school.year:04d}" if school.year else None,
        })
        for n, school in enumerate(profile.education)
        if f"education.{n}" in facts.told
    ]  # fmt: skip
    certificates = [
        _known({
            "name": tidy(board.specialty) or tidy(board.board),
            "issuer": tidy(board.board),
            "date": board.since.isoformat() if board.since else None,
        })
        for n, board in enumerate(profile.certifications)
        if f"certifications.{n}" in facts.told
    ]  # fmt: skip
    return _known(
        {
            "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
            "basics": _known(basics),
            "work": work,
            "education": education,
            "certificates": certificates,
            "languages": [{"language": one} for one in facts.values("languages")],
            "interests": [{"name": one} for one in facts.values("bio.interests")],
        }
    )


def _known(pairs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pairs.items() if value not in (None, "", [], {})}


def _network(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")
