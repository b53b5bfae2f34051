"""The one-page HIPAA social-media policy for the staff, written from facts already held.

It names the practice, who answers reviews and from which texts, whom to ask, and the cases that others paid for.
A draft for the privacy officer or counsel to adopt; not legal advice.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from reputation.defense.policies import StaffSignature, training
from reputation.defense.violation import register
from reputation.model import Profile
from reputation.render import render

TEMPLATES = ("general_thanks", "general_concern", "medical_question", "friend_request")
CASES_SHOWN = 3


def staff_policy(
    profile: Profile,
    signatures: tuple[StaffSignature, ...],
    on: date,
    *,
    as_html: bool = False,
) -> str:
    """Return the policy as one HTML page, or as Markdown."""
    template = f"policy/staff.{'html' if as_html else 'md'}.j2"
    return render(template, on=on, version=version_of(profile), signatures=signatures, **_facts(profile))


def version_of(profile: Profile) -> str:
    """Return eight hex digits of what the policy says: a signature holds for the text that was signed."""
    return hashlib.sha256(repr(sorted(_facts(profile).items())).encode()).hexdigest()[:8]


def _facts(profile: Profile) -> dict[str, Any]:
    table = register()
    phone = next((place.phone for place in profile.locations if place.phone), None)
    page = next(iter(profile.websites), None) or next((one.url for one in profile.profiles), None)
    names = {"office_phone": phone or "the office", "professional_page": page or "the practice's page"}
    texts = {row["id"]: row["text"] for row in table["template"]}
    paid = sorted(
        (row for row in table["case"] if row["trust"] != "unverified"), key=lambda row: row["announced"]
    )
    person = " ".join(part for part in (profile.name.given, profile.name.family) if part)
    return {
        "practice": profile.practice.name
        or next((one.name for one in profile.locations if one.name), None)
        or f"the practice of {person}",
        "contact": profile.policy.contact,
        "institution_url": profile.policy.institution_url,
        "may": table["reply_policy"]["may"],
        "never": table["reply_policy"]["never"],
        "texts": [texts[name].format(**names) for name in TEMPLATES],
        "accounts": [(one.platform or one.url, one.url, one.purpose) for one in profile.profiles],
        "training": training(),
        "cases": paid[-CASES_SHOWN:],
    }
