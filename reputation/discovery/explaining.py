"""Tells a match as a waterfall: what spoke for it, what against, what was missing."""

from __future__ import annotations

from reputation.discovery.subject import Subject, subject_of
from reputation.model import Match, Mention, Profile

_BAR = 24
_MOST_BITS = 24.0


def waterfall(match: Match) -> tuple[str, ...]:
    """Return one line for each weight, from the prior to the sum, each with a bar and its bits.

    One bit for doubles the odds, one bit against halves them.
    """
    lines, total = [], 0.0
    for one in match.weights:
        total += one.bits
        size = round(min(abs(one.bits), _MOST_BITS) / _MOST_BITS * _BAR)
        bar = ("+" if one.bits > 0 else "-") * max(size, 1 if one.bits else 0)
        lines.append(f"{one.bits:+6.1f}  {bar:<{_BAR}}  {one.text}")
    decision = match.decision.value.replace("_", "-")
    lines.append(f"{total:+6.1f}  {'':{_BAR}}  so: {decision}, probability {match.probability:.2f}")
    return tuple(lines)


def missing(profile: Profile, mention: Mention) -> tuple[str, ...]:
    """Return what the profile knows and the mention does not say: it weighed nothing either way."""
    subject = subject_of(profile)
    weighed = {one.feature for one in mention.match.weights} if mention.match else set()
    return tuple(
        name
        for name, feature, fields in _COMPARED
        if _is_known(subject, name) and feature not in weighed and not any(map(mention.claimed, fields))
    )


_COMPARED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("NPI", "npi", ("npi",)),
    ("telephone", "telephone", ("telephone", "phone")),
    ("street", "place", ("street_address", "address")),
    ("city", "place", ("address_locality", "address")),
    ("state", "place", ("address_region", "address")),
    ("specialty", "specialty", ("specialty", "taxonomy_code")),
    ("institution", "institution", ("affiliation", "works_for")),
    ("licence number", "license", ("license_number", "license")),
)


def _is_known(subject: Subject, name: str) -> bool:
    return bool(
        {
            "NPI": subject.npi,
            "telephone": subject.phones,
            "street": [one for one in subject.places if one.street],
            "city": subject.cities,
            "state": subject.states,
            "specialty": subject.fields,
            "institution": subject.institutions,
            "licence number": subject.licenses,
        }[name]
    )
