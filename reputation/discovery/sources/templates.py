"""Fills the profile's facts into a path of sources.toml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from reputation.discovery.sources.person import plain_name
from reputation.discovery.sources.replies import distinct

if TYPE_CHECKING:
    from reputation.model import Profile

_FIELD = re.compile(r"\{(\w+)\}")


def filled(path: str, profile: Profile) -> str | None:
    """Return `path` with {given} {family} {name} {npi} {orcid} {city} {state} {specialty} filled in.

    None where the profile lacks one of them, or no such fact exists.
    """
    facts = {
        "given": profile.name.given,
        "family": profile.name.family,
        "name": plain_name(profile),
        "npi": profile.ids.npi,
        "orcid": profile.ids.orcid,
        "city": next(distinct(place.city for place in profile.locations), None),
        "state": next(distinct(place.state for place in profile.locations), None),
        "specialty": next((specialty.label for specialty in profile.specialties), None),
    }
    if any(not facts.get(name) for name in _FIELD.findall(path)):
        return None
    return _FIELD.sub(lambda found: quote(facts[found[1]] or "", safe=""), path)
