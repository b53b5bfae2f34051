"""Whether a page names a board certification that she holds."""

from __future__ import annotations

from collections.abc import Iterator

from reputation import taxonomy
from reputation.definition.authority import Check, held_against
from reputation.model import Certification, Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold

CHECK = Check(
    code="board_cert_wrong", field="board_certification", severity=Severity.HIGH, about="certifications"
)


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the certifications that `mention` claims, if both it and the profile have any."""
    printed = (*mention.claimed("board_certification"), *mention.claimed("certification"))
    if not printed or not profile.certifications:
        return
    said = {_agreement(text, one) for text in printed for one in profile.certifications}
    outcome = Outcome.CANNOT_TELL if "unknown" in said else Outcome.DIFFERS
    if said & {"same", "broader"}:
        outcome = Outcome.CONFORMS
    expected = ", ".join(
        f"{one.specialty} ({one.board})" if one.specialty else one.board for one in profile.certifications
    )
    yield held_against(
        CHECK,
        profile,
        mention,
        [f"certifications.{n}" for n, _ in enumerate(profile.certifications)],
        outcome,
        observed=", ".join(printed),
        expected=expected,
        remedy=f"Have the page show {expected}, as the board itself does (https://www.certificationmatters.org).",
    )


def _agreement(text: str, mine: Certification) -> str:
    said, board = fold(text), fold(mine.board)
    if board in said or said in board or (mine.specialty and fold(mine.specialty) in said):
        return "same"
    return taxonomy.agrees(text, mine.specialty or mine.board)
