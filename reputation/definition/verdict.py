"""The answer of one audit, from rules that are written down and shown.

The rules, in the order in which they are asked:

1. `action_needed` where something of high or critical severity is open: a finding that differs, a
   disciplinary or identity finding that nobody could bear out, or an item that the user called unfair.
   What is waived or resolved by the user's own word is not open.  Thin hearing does not excuse a wrong number.
2. `insufficient_evidence` where too little was heard: no page one of Google or Bing, or fewer than three of
   the five named rating sites (Healthgrades, Vitals, WebMD, RateMDs, Google).  Heard means answered by
   program, or observed by the user's own eyes; silence is never absence.
3. `action_needed` where the facts of record are not confirmed (an unconfirmed fact is nobody's authority) and
   all the more where records contradict one another about one of them, or where the user has not signed the whole story off as accurate and fair.
4. `satisfied` otherwise: no further action until the next audit, three calendar months on.

Accurate and fair are two questions: the tool checks the first, the clinician answers both.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from reputation.definition.reasons import conflict, sentence
from reputation.model import (
    HEARD,
    Category,
    Coverage,
    Finding,
    Judgement,
    MatchDecision,
    Mention,
    Outcome,
    PageOne,
    Profile,
    Reason,
    Severity,
    Signoff,
    Verdict,
    VerdictStatus,
)

ENGINES = ("google", "bing")
"""The engines of which one page one must have been heard."""

RATING_SITES = {
    "google-maps": "Google",
    "google-places": "Google",
    "healthgrades": "Healthgrades",
    "ratemds": "RateMDs",
    "vitals": "Vitals",
    "webmd": "WebMD",
}
"""The five named rating sites, by the ids of their sources."""

RATING_SITES_NEEDED = 3

MONTHS_TO_NEXT_AUDIT = 3

_GRAVE_UNTOLD = frozenset({"discipline_wrong", "identity_mixup", "deceased_or_retired"})
"""Checks whose `cannot_tell` leaves a grave claim standing: it is open until somebody looked."""

_CONTRADICTED = {
    "address_wrong": "address",
    "phone_wrong": "telephone number",
    "specialty_wrong": "specialty",
}
"""Checks that hold records of different origin against one another while she has confirmed nothing."""

_CLOSED = frozenset({"waived", "resolved"})


@dataclass(frozen=True, slots=True)
class _Obstacle:
    """One reason against `satisfied`, what it makes of the verdict, and what would remove it."""

    status: VerdictStatus
    reason: Reason
    flips_if: str


def decide(
    profile: Profile,
    *,
    coverage: Sequence[Coverage],
    findings: Sequence[Finding],
    mentions: Sequence[Mention],
    pages: Sequence[PageOne],
    judgements: Iterable[Judgement],
    signoff: Signoff | None,
    now: datetime,
) -> Verdict:
    """Return the verdict of one audit by the rules above."""
    words = latest_words(judgements)
    obstacles = [
        *_open_findings(findings, mentions, words),
        *_unfair(mentions, words),
        *_unheard(coverage, pages),
        *_contradictory(findings, words),
        *_unconfirmed(profile),
        *_unsigned(signoff),
    ]
    return Verdict(
        status=_status(obstacles),
        reasons=tuple(item.reason for item in obstacles) or (_contentment(mentions, findings),),
        flips_if=tuple(dict.fromkeys(item.flips_if for item in obstacles)) or _what_would_unsettle(mentions),
        next_audit_on=next_audit_on(now),
        signoff=signoff,
    )


def latest_words(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return the latest word on each key; of two of one moment, or undated, the later in order counts."""
    epoch = datetime.min.replace(tzinfo=UTC)
    ordered = sorted(judgements, key=lambda item: item.decided_at or epoch)
    return {item.key: item.word for item in ordered}


def next_audit_on(now: datetime) -> date:
    """Return the day three calendar months after `now` (UTC); the last of the month where it has no such day."""
    today = now.astimezone(UTC).date() if now.tzinfo else now.date()
    years, month = divmod(today.month - 1 + MONTHS_TO_NEXT_AUDIT, 12)
    year, month = today.year + years, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def is_open(finding: Finding, words: dict[str, str]) -> bool:
    """Whether a finding of high or critical severity still stands."""
    if finding.severity.rank < Severity.HIGH.rank or words.get(finding.key) in _CLOSED:
        return False
    untold = finding.outcome is Outcome.CANNOT_TELL and finding.check in _GRAVE_UNTOLD
    return finding.outcome is Outcome.DIFFERS or untold


def _status(obstacles: Sequence[_Obstacle]) -> VerdictStatus:
    """Return the status of the gravest obstacle; rules 1 and 2 come before rule 3."""
    return obstacles[0].status if obstacles else VerdictStatus.SATISFIED


def _open_findings(
    findings: Sequence[Finding], mentions: Sequence[Mention], words: dict[str, str]
) -> list[_Obstacle]:
    standing = [finding for finding in findings if is_open(finding, words)]
    by_key = {mention.key: mention for mention in mentions}
    groups: dict[tuple[str, Outcome], list[Finding]] = {}
    for finding in sorted(standing, key=lambda item: (-item.severity.rank, item.key)):
        groups.setdefault((finding.check, finding.outcome), []).append(finding)
    return [
        _Obstacle(
            VerdictStatus.ACTION_NEEDED,
            Reason(text=sentence(group, by_key), keys=tuple(finding.key for finding in group)),
            f"the {_words(check)} is mended, waived or resolved"
            if len(group) == 1
            else f"each {_words(check)} on {len(group)} pages is mended, waived or resolved",
        )
        for (check, _), group in groups.items()
    ]


def _contradictory(findings: Sequence[Finding], words: dict[str, str]) -> list[_Obstacle]:
    """Return the records that contradict one another about a fact that she has not confirmed."""
    told = [
        finding
        for finding in findings
        if finding.outcome is Outcome.CANNOT_TELL
        and finding.check in _CONTRADICTED
        and finding.authority
        and finding.expected is None
        and words.get(finding.key) not in _CLOSED
    ]
    return [
        _Obstacle(
            VerdictStatus.ACTION_NEEDED,
            Reason(text=conflict(finding), keys=(finding.key,)),
            f"you look at both and say which {_CONTRADICTED[finding.check]} is right",
        )
        for finding in sorted(told, key=lambda item: (-item.severity.rank, item.key))
    ]


def _unfair(mentions: Sequence[Mention], words: dict[str, str]) -> list[_Obstacle]:
    keys = tuple(
        mention.key
        for mention in mentions
        if words.get(mention.key) == "unfair"
        and mention.match is not None
        and mention.match.decision is MatchDecision.MATCH
    )
    if not keys:
        return []
    return [
        _Obstacle(
            VerdictStatus.ACTION_NEEDED,
            Reason(text=f"You called {_count(len(keys), 'item')} unfair.", keys=keys),
            "the items that you called unfair are answered, waived or resolved",
        )
    ]


def _unheard(coverage: Sequence[Coverage], pages: Sequence[PageOne]) -> list[_Obstacle]:
    obstacles = []
    asked = (row for row in coverage if row.category is Category.SEARCH and row.status in HEARD)
    engines = {row.engine for row in asked} | {page.engine for page in pages}
    if not engines.intersection(ENGINES):
        obstacles.append(
            _Obstacle(
                VerdictStatus.INSUFFICIENT_EVIDENCE,
                Reason(text="No first page of Google or Bing was heard or observed."),
                "one first page of Google or Bing is heard, imported or observed",
            )
        )
    heard = {RATING_SITES.get(row.source) for row in coverage if row.status in HEARD} - {None}
    if len(heard) < RATING_SITES_NEEDED:
        missing = sorted(set(RATING_SITES.values()) - heard)
        obstacles.append(
            _Obstacle(
                VerdictStatus.INSUFFICIENT_EVIDENCE,
                Reason(
                    text=f"{len(heard)} of the five named rating sites were heard or observed, and "
                    f"{RATING_SITES_NEEDED} are needed; nothing is known of {_listed(missing)}."
                ),
                f"{RATING_SITES_NEEDED - len(heard)} more of {_listed(missing)} are heard, imported or observed",
            )
        )
    return obstacles


def facts_of_record(profile: Profile) -> tuple[str, ...]:
    """Return the paths of the facts that must be confirmed: those that patients and registries act on."""
    paths = ["name"]
    if profile.ids.npi:
        paths.append("ids.npi")
    paths += [f"specialties.{n}" for n, _ in enumerate(profile.specialties)]
    for n, place in enumerate(profile.locations):
        paths += [f"locations.{n}.{field}" for field in ("street", "phone") if getattr(place, field)]
    paths += [f"licenses.{n}" for n, item in enumerate(profile.licenses) if item.number]
    return tuple(paths)


def _unconfirmed(profile: Profile) -> list[_Obstacle]:
    missing = [path for path in facts_of_record(profile) if not profile.is_confirmed(path)]
    if not missing:
        return []
    return [
        _Obstacle(
            VerdictStatus.ACTION_NEEDED,
            Reason(
                text=f"{_count(len(missing), 'fact')} of record {'is' if len(missing) == 1 else 'are'} not "
                f"confirmed by you: {_listed(missing)}."
            ),
            "you confirm the facts of record (`repaudit confirm`)",
        )
    ]


def _unsigned(signoff: Signoff | None) -> list[_Obstacle]:
    if signoff is None:
        text = "You have not yet said whether the whole story is accurate and fair."
    elif signoff.accurate and signoff.fair:
        return []
    else:
        faults = [
            word for word, good in (("inaccurate", signoff.accurate), ("unfair", signoff.fair)) if not good
        ]
        text = f"You called the whole story {_listed(faults)}."
    return [
        _Obstacle(
            VerdictStatus.ACTION_NEEDED,
            Reason(text=text),
            "you sign the whole story off as accurate and fair (`repaudit signoff accurate fair`)",
        )
    ]


def _contentment(mentions: Sequence[Mention], findings: Sequence[Finding]) -> Reason:
    about = sum(1 for item in mentions if item.match and item.match.decision is MatchDecision.MATCH)
    return Reason(
        text=f"Your facts are confirmed, enough was heard, nothing of high severity is open among "
        f"{_count(about, 'item')} about you and {_count(len(findings), 'check')}, and you called the story "
        "accurate and fair. No further action is necessary until the next audit."
    )


def _what_would_unsettle(mentions: Sequence[Mention]) -> tuple[str, ...]:
    possible = sum(1 for item in mentions if item.match and item.match.decision is MatchDecision.POSSIBLE)
    waiting = (
        f"one of {_count(possible, 'possible match', 'possible matches')} turns out to be yours and wrong",
    )
    return (
        *(waiting if possible else ()),
        "an error of high severity appears, or you withdraw your sign-off",
    )


def _words(check: str) -> str:
    return _PLAIN.get(check, check.replace("_", " "))


_PLAIN = {
    "accepting_patients_wrong": "wrong word on new patients",
    "address_wrong": "wrong address",
    "discipline_wrong": "sanction or claim",
    "identity_mixup": "mix-up with another person",
    "name_misspelt": "misspelt name",
    "not_at_location": "place where you do not practise",
    "phone_wrong": "wrong telephone number",
    "specialty_wrong": "wrong specialty",
}


def _count(n: int, one: str, many: str | None = None) -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "none"
