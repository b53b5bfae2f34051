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


_BOARDS = {
    "abai": "allergy and immunology",
    "aba": "anesthesiology",
    "abcrs": "colon and rectal surgery",
    "abd": "dermatology",
    "abem": "emergency medicine",
    "abfm": "family medicine",
    "abfp": "family medicine",
    "abim": "internal medicine",
    "abns": "neurological surgery",
    "abnm": "nuclear medicine",
    "abog": "obstetrics and gynecology",
    "abo": "ophthalmology",
    "abos": "orthopaedic surgery",
    "abohns": "otolaryngology",
    "abpath": "pathology",
    "abp": "pediatrics",
    "abpmr": "physical medicine and rehabilitation",
    "abps": "plastic surgery",
    "abpn": "psychiatry and neurology",
    "abr": "radiology",
    "abs": "surgery",
    "abts": "thoracic surgery",
    "abu": "urology",
}
"""The member boards of the ABMS by their initials."""


def _agreement(text: str, mine: Certification) -> str:
    """Return how a printed certificate agrees with hers; an osteopathic board's is not the other's."""
    said, board = _spelt(text), _spelt(mine.board)
    if "board" in said and "board" in board and ("osteopathic" in said) != ("osteopathic" in board):
        return "different"
    if board in said or said in board or (mine.specialty and _spelt(mine.specialty) in said):
        return "same"
    agreement = taxonomy.agrees(text, mine.specialty or mine.board)
    if agreement == "unknown" and "board" in said and "board" in board:
        return "different"
    return agreement


def _spelt(text: str) -> str:
    said = " ".join("".join(c if c.isalnum() else " " for c in fold(text).replace("&", " and ")).split())
    return f"american board of {_BOARDS[said]}" if said in _BOARDS else said.replace("the ", "")
