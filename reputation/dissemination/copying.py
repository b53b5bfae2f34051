"""The copy page: every field with its text, a live count, its edit form and a mark for done."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from reputation import resources
from reputation.dissemination import wording
from reputation.dissemination.bio import tell_ladder
from reputation.dissemination.facts import gather
from reputation.dissemination.length import UNIT_WORDS
from reputation.dissemination.platforms import platform
from reputation.dissemination.qr import card_code

if TYPE_CHECKING:
    from reputation.model import Bio, Profile


def copy_context(profile: Profile, bios: Sequence[Bio], on: date | None) -> dict[str, Any]:
    """Return what `templates/bio/copy.html.j2` is filled with: the fields by platform."""
    places: dict[str, dict[str, Any]] = {}
    for bio in bios:
        if not bio.text:
            continue
        place = platform(bio.platform)
        field = place.field(bio.field)
        group = places.setdefault(place.id, {"title": place.title, "fields": []})
        rungs: Sequence[Bio] = (bio,)
        if bio.limit is None and field.tells == "bio" and field.target is None:
            told = tell_ladder(profile, bio.platform, bio.field, on=on)
            rungs = list({rung.text: rung for rung in told if rung.text}.values())
        group["fields"] += [
            {
                "id": f"{place.id}-{field.name}-{n}",
                "name": field.name.replace("_", " "),
                "text": rung.text,
                "length": rung.length,
                "limit": bio.limit,
                "limit_bytes": field.limit_bytes,
                "unit": rung.unit.value,
                "words": UNIT_WORDS[rung.unit],
                "url": place.edit_url(field),
                "trust": field.trust.value,
                "note": field.note,
            }
            for n, rung in enumerate(rungs)
        ]
    script = resources.text("templates/bio/copy.js").encode()
    return {
        "card": card.inline() if (card := card_code(profile, gather(profile, on))) else "",
        "who": wording.full_name(profile.name),
        "places": list(places.values()),
        "script_source": f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'",
    }
