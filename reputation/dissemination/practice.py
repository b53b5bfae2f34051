"""The page for her own or her hospital's site: the biography, where the practice is, and JSON-LD, as plain HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reputation.dissemination import wording
from reputation.dissemination.bio import tell_bio
from reputation.dissemination.facts import gather
from reputation.dissemination.jsonld import json_ld, links
from reputation.dissemination.wording import tidy
from reputation.render import render

if TYPE_CHECKING:
    from datetime import date

    from reputation.dissemination.facts import Facts
    from reputation.model import Profile


def practice_page(profile: Profile, *, on: date | None = None) -> str:
    """Return the whole page; told facts only, no style of its own and nothing that is fetched from elsewhere."""
    facts = gather(profile, on)
    biography = tell_bio(profile, "hospital_find_a_doctor", on=on).text
    return render(
        "bio/practice.html.j2",
        who=wording.full_name(profile.name),
        workplace=facts.told.get("locations.0.name") or facts.told.get("affiliations.0"),
        description=tell_bio(profile, "practice_website", "meta_description", on=on).text,
        website=facts.told.get("websites.0"),
        links=[url for url in links(profile) if url != facts.told.get("websites.0")],
        jsonld=json_ld(profile, facts),
        paragraphs=[part for part in biography.split("\n\n") if part],
        places=[place for n in range(len(profile.locations)) if (place := _place(profile, facts, n))],
    )


def _place(profile: Profile, facts: Facts, n: int) -> dict[str, Any] | None:
    told, place = facts.told, profile.locations[n]
    phone = told.get(f"locations.{n}.phone")
    town = told.get(f"locations.{n}.city")
    code = tidy(place.postal_code) if f"locations.{n}.street" in told else ""
    lines = [told.get(f"locations.{n}.street"), " ".join(part for part in (town, code) if part)]
    lines = [line for line in lines if line]
    if not lines and not phone:
        return None
    return {
        "name": told.get(f"locations.{n}.name"),
        "lines": lines,
        "phone": phone,
        "dial": re.sub(r"[^\d+]", "", phone or ""),
    }
