"""Whether a page still names an employer or hospital that she has left, by the profile's own dates."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.model import Affiliation, Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold

CHECK = Check(code="affiliation_stale", field="affiliation", severity=Severity.MEDIUM, about="affiliations")


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the affiliations that `mention` claims, where the profile knows one of them.

    An institution that the profile does not know may be right all the same: nothing is said of it.
    """
    printed = mention.claimed("affiliation")
    ties = [(n, tie) for n, tie in enumerate(profile.affiliations) if any(_names(tie, p) for p in printed)]
    if not ties:
        return
    observed = ", ".join(printed)
    authority = authority_for(profile, (f"affiliations.{n}" for n, _ in ties))
    if authority is None:
        remedy = confirm_first(f"affiliations.{ties[0][0]}")
        yield CHECK.finding(mention, Outcome.CANNOT_TELL, observed=observed, remedy=remedy)
        return
    left = [tie for _, tie in ties if _had_ended(tie, mention) and not _is_kept(tie, profile, mention)]
    current = ", ".join(tie.name for tie in profile.affiliations if not _had_ended(tie, mention))
    yield CHECK.finding(
        mention,
        Outcome.DIFFERS if left else Outcome.CONFORMS,
        expected=current or None,
        observed=", ".join(tie.name for tie in left) or observed,
        authority=authority,
        remedy="Have the page take off what you have left, or ask the old employer to." if left else None,
    )


def _names(tie: Affiliation, printed: str) -> bool:
    """Whether `printed` names the institution: its name within, or one of its short names alone."""
    said = fold(printed)
    return fold(tie.name) in said or any(fold(short) == said for short in tie.short_names)


def _had_ended(tie: Affiliation, mention: Mention) -> bool:
    """Whether the tie had ended on the day on which the page was read; a day of which is nothing known is later."""
    read_on = [item.fetched_at.date() for item in mention.evidence]
    return tie.until is not None and (not read_on or tie.until < max(read_on))


def _is_kept(tie: Affiliation, profile: Profile, mention: Mention) -> bool:
    """Whether another tie to the same institution still holds."""
    return any(other.name == tie.name and not _had_ended(other, mention) for other in profile.affiliations)
