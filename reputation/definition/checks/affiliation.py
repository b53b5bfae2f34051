"""Whether a page still names an employer or hospital that she has left, by the profile's own dates."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.model import Affiliation, Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import institution_words, stands_in

CHECK = Check(code="affiliation_stale", field="affiliation", severity=Severity.MEDIUM, about="affiliations")


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the affiliations that `mention` claims, where the profile knows one of them.

    An institution that the profile does not know may be right all the same: nothing is said of it.
    """
    printed = mention.claimed("affiliation")
    ties = list({n: tie for text in printed for n, tie in _named(profile, text)}.items())
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


def _named(profile: Profile, printed: str) -> list[tuple[int, Affiliation]]:
    """Return the ties to the institution that `printed` names: its name within, or one of its short names alone.

    Of several names within, the longest counts: "Example University Hospital" is not Example University.
    """
    said = institution_words(printed)
    lengths = {
        n: max(
            [len(institution_words(tie.name))] * stands_in(tie.name, printed)
            + [len(said) for short in tie.short_names if institution_words(short) == said],
            default=0,
        )
        for n, tie in enumerate(profile.affiliations)
    }
    longest = max(lengths.values(), default=0)
    return [(n, profile.affiliations[n]) for n, length in lengths.items() if length == longest > 0]


def _had_ended(tie: Affiliation, mention: Mention) -> bool:
    """Whether the tie had ended on the day on which the page was read; a day of which is nothing known is later."""
    read_on = [item.fetched_at.date() for item in mention.evidence]
    return tie.until is not None and (not read_on or tie.until < max(read_on))


def _is_kept(tie: Affiliation, profile: Profile, mention: Mention) -> bool:
    """Whether another tie to the same institution still holds."""
    return any(
        institution_words(other.name) == institution_words(tie.name) and not _had_ended(other, mention)
        for other in profile.affiliations
    )
