"""Whether a page names one of her specialties.

Specialties are compared by their place in the taxonomy: "gynecologic oncology" conforms to "oncology".  A page
that names several conforms where one of them does; words that the taxonomy does not know cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from reputation import taxonomy
from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.definition.witnesses import disagreements
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity

CHECK = Check(code="specialty_wrong", field="specialty", severity=Severity.HIGH, about="specialties")

BUSINESS_SITES = frozenset(
    {"google-maps", "google-places", "yelp", "bing-places", "apple-maps", "serpapi-google", "dataforseo"}
)
"""Sources that list businesses: what they print where a doctors' directory has a specialty is a category."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the specialties that `mention` claims, if it claims any."""
    printed = mention.claimed("specialty")
    if not printed or (mention.source in BUSINESS_SITES and mention.kind is Kind.LISTING):
        return
    observed = ", ".join(printed)
    paths = [
        f"specialties.{n}"
        for n, _ in enumerate(profile.specialties)
        if profile.is_confirmed(f"specialties.{n}")
    ]
    if not paths:
        yield CHECK.finding(
            mention, Outcome.CANNOT_TELL, observed=observed, remedy=confirm_first("specialties")
        )
        return
    said = {agreement(profile, text) for text in printed}
    outcome = Outcome.CANNOT_TELL if "unknown" in said else Outcome.DIFFERS
    if said & {"same", "broader"}:
        outcome = Outcome.CONFORMS
    expected = ", ".join(item.label for item in profile.specialties)
    remedies = {
        Outcome.DIFFERS: f"Have the page show {expected}.",
        Outcome.CANNOT_TELL: "The page's word for the specialty is not known here; look whether it is right.",
    }
    yield CHECK.finding(
        mention,
        outcome,
        expected=expected,
        observed=observed,
        authority=authority_for(profile, paths),
        remedy=remedies.get(outcome),
    )


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield the records whose specialties contradict one another, where hers is not confirmed."""
    if not any(profile.is_confirmed(f"specialties.{n}") for n, _ in enumerate(profile.specialties)):
        yield from disagreements(CHECK, mentions, _printed, _share_a_field)


def _printed(mention: Mention) -> dict[str, str]:
    return {text.casefold().strip(): text for text in mention.claimed("specialty")}


def _share_a_field(a: Mapping[str, str], b: Mapping[str, str]) -> bool | None:
    found = {_agreement(one, list(b)) for one in a}
    return True if found & {"same", "broader"} else None if "unknown" in found else False


def agreement(profile: Profile, text: str) -> str:
    """Return how well one printed specialty agrees with any of hers: same, broader, unknown or different."""
    return _agreement(
        text, [word for item in profile.specialties for word in (item.label, item.taxonomy_code) if word]
    )


def best_agreement(profile: Profile, mention: Mention) -> str:
    """Return how well the specialties that `mention` claims agree with hers: same, broader, unknown or different."""
    said = {agreement(profile, text) for text in mention.claimed("specialty")}
    return next((level for level in ("same", "broader", "unknown", "different") if level in said), "unknown")


def _agreement(text: str, mine: list[str]) -> str:
    """Return the best agreement of a printed specialty with any of hers."""
    if any(text.casefold().strip() == word.casefold().strip() for word in mine):
        return "same"
    said = {taxonomy.agrees(text, word) for word in mine}
    return next((level for level in ("same", "broader", "unknown", "different") if level in said), "unknown")
