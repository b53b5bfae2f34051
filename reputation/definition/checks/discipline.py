"""Whether a page speaks of a sanction, a conviction or a malpractice claim that nothing bears out.

Such a claim is critical.  It is compared only with the own page of a board or a court that was read or imported and is surely
hers; without one, or where that page says nothing of its kind, it cannot be told, and the finding says where to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from reputation.definition.adverse import is_adverse
from reputation.definition.authority import Check
from reputation.definition.boards import bears_out, board_of, is_of_suit, where_to_look
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity

CHECK = Check(
    code="discipline_wrong",
    field="discipline",
    severity=Severity.CRITICAL,
    kinds=frozenset({Kind.RESULT, Kind.LISTING, Kind.ARTICLE, Kind.RECORD}),
)

_OWN_CHECK = frozenset({"leie"})
"""Sources that are a list of sanctions; a check of their own reads them."""

_FIELDS = ("discipline", "disciplinary_action", "board_action", "sanction", "malpractice")
"""Claims in which a page may state such a thing."""

LONGEST_QUOTE = 200
"""Characters of the page's own words that a finding quotes."""


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield one finding on each page whose title, text or claims state such a fact."""
    official = [(board, mention) for mention in mentions if (board := board_of(mention))]
    for mention in mentions:
        if mention.kind in CHECK.kinds and mention.source not in _OWN_CHECK:
            said = _stated(mention)
            if said is not None:
                yield _finding(profile, mention, said, official)


def _stated(mention: Mention) -> str | None:
    """Return the page's words that state a sanction or a suit."""
    said = f"{mention.title}. {mention.text or ''}".strip()
    if is_adverse(said):
        return said
    claims = (f"{field.replace('_', ' ')}: {text}" for field in _FIELDS for text in mention.claimed(field))
    return next((claim for claim in claims if is_adverse(claim)), None)


def _finding(
    profile: Profile, mention: Mention, said: str, official: Sequence[tuple[str, Mention]]
) -> Finding:
    own = board_of(mention)
    quote = said[:LONGEST_QUOTE]
    if own:
        remedy = f"This is {own}'s own page. Speak with counsel before you answer; an error in it is corrected there."
        return CHECK.finding(mention, Outcome.CANNOT_TELL, observed=quote, remedy=remedy)
    suit = is_of_suit(said)
    for board, page in official:
        is_borne_out = bears_out(_words_of(page), suit=suit)
        if is_borne_out is not None:
            return _compared(mention, quote, board, page, is_borne_out=is_borne_out)
    return CHECK.finding(
        mention,
        Outcome.CANNOT_TELL,
        observed=quote,
        remedy=f"Compare it with the {'court' if suit else 'medical board'}'s own page ({where_to_look(profile)}; we have not "
        "checked the address) and import that page (`repaudit import`). Speak with counsel before you answer.",
    )


def _compared(mention: Mention, quote: str, board: str, page: Mention, *, is_borne_out: bool) -> Finding:
    day = max((item.fetched_at.date().isoformat() for item in page.evidence), default=None)
    return CHECK.finding(
        mention,
        Outcome.CONFORMS if is_borne_out else Outcome.DIFFERS,
        expected=f"what {board} says: {page.url}",
        observed=quote,
        authority=f"{board}'s own page{f', read {day}' if day else ''}",
        remedy=None
        if is_borne_out
        else f"Speak with counsel first; then ask the site to take it off, and give it {page.url}. Write no public answer.",
    )


def _words_of(page: Mention) -> tuple[str, ...]:
    return (
        page.title,
        page.text or "",
        *(f"{claim.field.replace('_', ' ')}: {claim.value}" for claim in page.claims),
    )
