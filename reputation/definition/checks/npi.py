"""Whether a page that is surely hers carries another person's number.

An NPI names one person for life.  Where the page prints another one, two people have been mixed up, and that is
worth more than every other error on the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.model import Finding, Mention, Outcome, Profile, Severity

CHECK = Check(code="identity_mixup", field="npi", severity=Severity.CRITICAL)


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the NPI that `mention` claims, if it claims one and the profile has one."""
    printed = mention.claimed("npi")
    if not printed or not profile.ids.npi:
        return
    observed = ", ".join(printed)
    authority = authority_for(profile, ("ids.npi",))
    if authority is None:
        yield CHECK.finding(mention, Outcome.CANNOT_TELL, observed=observed, remedy=confirm_first("ids.npi"))
        return
    conforms = profile.ids.npi in {"".join(filter(str.isdigit, text)) for text in printed}
    yield CHECK.finding(
        mention,
        Outcome.CONFORMS if conforms else Outcome.DIFFERS,
        expected=profile.ids.npi,
        observed=observed,
        authority=authority,
        remedy=None
        if conforms
        else "The page mixes you up with the holder of another NPI: ask the site to part the two.",
    )
