"""Whether the national registry may publish where she lives.

Its mailing address is public by law.  One that is neither a post-office box nor an address of practice, has no suite, and
is on no practice's street may be a home: that cannot be told from outside, and the finding names the town alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from reputation import normalize
from reputation.definition.authority import Check
from reputation.definition.places import own_places, printed_places
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity
from reputation.names import title_case
from reputation.normalize import same_street

CHECK = Check(
    code="address_wrong", field="mailing_address", severity=Severity.LOW, kinds=frozenset({Kind.RECORD})
)


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding where `mention` prints a mailing address that may be a home's; she is asked to look."""
    parts = (
        next(iter(mention.claimed(f"mailing_{part}")), None)
        for part in ("street_address", "address_locality", "address_region", "postal_code")
    )
    street, city, state, postal_code = parts
    place = normalize.address(street, None, city, state, postal_code)
    if place.street is None or place.po_box or place.suite:
        return
    offices = [one.address for one in (*printed_places(mention), *own_places(profile))]
    if not offices or any(same_street(place, office) is not False for office in offices):
        return
    yield CHECK.finding(
        mention,
        Outcome.CANNOT_TELL,
        observed=f"a mailing address in {title_case(city or 'another place')}{f', {state}' if state else ''} that is not "
        "the practice's",
        authority="the record's own address of practice",
        remedy="The registry publishes it. If it is your home, replace it with the practice's or a post-office box at "
        "https://nppes.cms.hhs.gov/.",
    )
