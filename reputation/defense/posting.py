"""What to do with a draft once it is linted, what to ask oneself first, and how one's own posts so far would fare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reputation import resources
from reputation.defense.post import check_post
from reputation.defense.violation import Violation
from reputation.model import Control, Kind, Mention, Profile

_NEVER = ("identifier_", "identifying_", "event_linked", "patient_image", "trial_")
"""Rules whose breach no rewording mends: the matter itself may not be told."""
_PRIVATELY = frozenset({"personal_advice"})


class Advice(StrEnum):
    """The linter's answer in one word, as the articles would have it (rewrite, do not post, or write privately)."""

    OK = "ok"
    REWRITE = "rewrite"
    PRIVATE = "private"
    DO_NOT_POST = "do_not_post"


IN_WORDS = {
    Advice.OK: "nothing found that speaks against it",
    Advice.REWRITE: "rewrite it, or leave it",
    Advice.PRIVATE: "do not answer this in public: point to the office, and speak there",
    Advice.DO_NOT_POST: "do not post it: rewording will not make it safe",
}


def advise(found: Iterable[Violation]) -> Advice:
    """Return the gravest advice that the violations call for."""
    rules = {one.rule: one.level for one in found}
    if any(rule.startswith(_NEVER) and level == "block" for rule, level in rules.items()):
        return Advice.DO_NOT_POST
    if _PRIVATELY & rules.keys():
        return Advice.PRIVATE
    return Advice.REWRITE if rules else Advice.OK


def prompts() -> tuple[str, ...]:
    """Return the questions to ask oneself before posting."""
    return tuple(row["text"] for row in resources.table("data/post.toml")["prompt"])


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPosts:
    """Her own posts of an audit under today's linter: which would be flagged, and what they are about."""

    n: int
    flagged: tuple[tuple[str, tuple[Violation, ...]], ...]
    """Key and violations of each post that has any, by key."""
    counts: tuple[tuple[str, int], ...]
    """How many posts each rule flags, most first."""
    personal: int
    """Posts on professional accounts that tell of her private life alone."""


def own_posts(profile: Profile, mentions: Iterable[Mention]) -> OwnPosts:
    """Lint the posts that she wrote herself, as far as the audit holds their text."""
    mine = sorted((one for one in mentions if _is_own(one)), key=lambda one: one.key)
    flagged = [(one.key, check_post(one.text or "", profile)) for one in mine]
    flagged = [(key, found) for key, found in flagged if found]
    counts = Counter(rule for _, found in flagged for rule in {one.rule for one in found})
    return OwnPosts(
        n=len(mine),
        flagged=tuple(flagged),
        counts=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        personal=sum(one.context == "personal" for one in mine),
    )


def _is_own(one: Mention) -> bool:
    return one.kind is Kind.POST and one.control in {Control.OWNED, Control.CONTROLLED} and bool(one.text)
