"""Whether a business listing stands under a category that is hers: by it the maps find her.

"Doctor" or "Medical clinic" is right for every clinician, though her own specialty would be found by more people.  A category
that is no medical one differs; what neither list nor taxonomy knows cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.definition.authority import Check, held_against
from reputation.definition.checks.specialty import BUSINESS_SITES, agreement
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold

CHECK = Check(code="category_wrong", field="category", severity=Severity.MEDIUM, about="specialties")

_FIELDS = ("category", "business_category", "primary_type")
_GENERAL = re.compile(
    r"\b(?:doctors?|physicians?|medical (?:clinic|center|group|office|practice|specialist|care)|clinic|hospital|health ?care|health and medical|"
    r"health & medical|medical|health|practitioner|local ?business|point of interest|establishment)\b"
)
_NOT_MEDICAL = re.compile(
    r"\b(?:restaurant|cafe|bar|store|shop|salon|barber|spa|hotel|school|university|church|gym|lawyer|attorney|law firm|real estate|insurance"
    r" agency|bank|veterinar\w*|funeral \w+|accountant|contractor|plumber|museum|park|apartment \w*|corporate office|non-profit \w*)\b"
)


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the categories that `mention` claims, if both it and the profile's specialties are known."""
    fields = (*_FIELDS, "specialty") if mention.source in BUSINESS_SITES else _FIELDS
    printed = tuple(text for field in fields for text in mention.claimed(field))
    if not printed or not profile.specialties:
        return
    said = {_outcome(profile, text.replace("_", " ")) for text in printed}
    outcome = next(one for one in (Outcome.CONFORMS, Outcome.CANNOT_TELL, Outcome.DIFFERS) if one in said)
    expected = ", ".join(item.label for item in profile.specialties)
    yield held_against(
        CHECK,
        profile,
        mention,
        [f"specialties.{n}" for n, _ in enumerate(profile.specialties)],
        outcome,
        observed=", ".join(printed),
        expected=expected,
        remedy=f"Have the listing's main category be the one for {expected}.",
    )


def _outcome(profile: Profile, text: str) -> Outcome:
    level = agreement(profile, text)
    if level in ("same", "broader"):
        return Outcome.CONFORMS
    if level == "different" or _NOT_MEDICAL.search(fold(text)):
        return Outcome.DIFFERS
    return Outcome.CONFORMS if _GENERAL.search(fold(text)) else Outcome.CANNOT_TELL
