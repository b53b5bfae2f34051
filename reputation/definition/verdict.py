"""The answer of one audit, from rules that are written down and shown.

The rules, in the order in which they are asked:

1. `action_needed` where something of high or critical severity is open: a finding that differs, a
   disciplinary or identity finding that nobody could bear out, or an item that the user called unfair.
   What is waived or resolved by the user's own word is not open.  Thin hearing does not excuse a wrong number.
2. `insufficient_evidence` where too little was heard: no page one of Google or Bing, or fewer than three of
   the five named rating sites (Healthgrades, Vitals, WebMD, RateMDs, Google).  Heard means answered by
   program, or observed by the user's own eyes; silence is never absence.
3. `action_needed` where the facts of record are not confirmed (an unconfirmed fact is nobody's authority) and
   all the more where records contradict one another about one of them, or where the user has not signed this quarter's
   whole story off as accurate and fair.
4. `satisfied` otherwise: no further action until the next audit, three calendar months on.

Each reason carries its rule (`RULES`) and what would remove it.  Accurate and fair are two questions: the tool checks the
first, the clinician answers both.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from reputation.definition.reasons import conflict, sentence
from reputation.definition.wording import count, listed
from reputation.model import (
    HEARD,
    Category,
    Coverage,
    CoverageStatus,
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
    standing_words,
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

RULES = ("open_finding", "unfair", "page_one", "rating_sites", "conflict", "unconfirmed", "signoff")
"""The rules that can stand against `satisfied`, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class _Obstacle:
    """One reason against `satisfied`, and what it makes of the verdict."""

    status: VerdictStatus
    reason: Reason


def _against(
    rule: str,
    text: str,
    flips_if: str,
    *,
    keys: tuple[str, ...] = (),
    grounds: tuple[str, ...] = (),
    status: VerdictStatus = VerdictStatus.ACTION_NEEDED,
) -> _Obstacle:
    return _Obstacle(status, Reason(text=text, keys=keys, rule=rule, flips_if=flips_if, grounds=grounds))


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
    words = standing_words(judgements)
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
        reasons=tuple(item.reason for item in obstacles) or (_contentment(mentions),),
        flips_if=_flips(obstacles) or _what_would_unsettle(mentions),
        next_audit_on=next_audit_on(now),
        signoff=signoff,
    )


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


def _flips(obstacles: Sequence[_Obstacle]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.reason.flips_if for item in obstacles if item.reason.flips_if))


def _open_findings(
    findings: Sequence[Finding], mentions: Sequence[Mention], words: dict[str, str]
) -> list[_Obstacle]:
    standing = [finding for finding in findings if is_open(finding, words)]
    by_key = {mention.key: mention for mention in mentions}
    groups: dict[tuple[str, Outcome], list[Finding]] = {}
    for finding in sorted(standing, key=lambda item: (-item.severity.rank, item.key)):
        groups.setdefault((finding.check, finding.outcome), []).append(finding)
    return [
        _against(
            "open_finding",
            sentence(group, by_key),
            _mended(check, outcome, len(group)),
            keys=tuple(finding.key for finding in group),
        )
        for (check, outcome), group in groups.items()
    ]


def _mended(check: str, outcome: Outcome, n: int) -> str:
    """Return what closes `n` findings of one check."""
    if outcome is Outcome.CANNOT_TELL:
        what = _words(check) if n == 1 else f"{n} pages with a {_words(check)}"
        return f"you look at the {what} and say whether {'it is' if n == 1 else 'they are'} true"
    if n == 1:
        return f"the {_words(check)} is put right, or you waive it or call it resolved"
    return f"the {_words(check)} on each of {n} pages is put right, or you waive it or call it resolved"


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
        _against(
            "conflict",
            conflict(finding),
            f"you look at both and confirm the right {_CONTRADICTED[finding.check]}",
            keys=(finding.key, *finding.against),
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
    one = len(keys) == 1
    return [
        _against(
            "unfair",
            f"You called {count(len(keys), 'item')} unfair.",
            f"the {'item' if one else 'items'} that you called unfair {'is' if one else 'are'} removed or answered, "
            "or you waive or resolve the matter",
            keys=keys,
        )
    ]


def _unheard(coverage: Sequence[Coverage], pages: Sequence[PageOne]) -> list[_Obstacle]:
    return [*_no_first_page(coverage, pages), *_few_rating_sites(coverage)]


def _no_first_page(coverage: Sequence[Coverage], pages: Sequence[PageOne]) -> list[_Obstacle]:
    """Return the obstacle that no first page was heard; one that was heard in part shows in `pages`."""
    whole = HEARD - {CoverageStatus.PARTIAL}
    asked = [row for row in coverage if row.category is Category.SEARCH and row.status in whole]
    if {row.engine or row.source for row in asked}.union(page.engine for page in pages).intersection(ENGINES):
        return []
    return [
        _against(
            "page_one",
            "No first page of Google or Bing was heard or observed.",
            "one first page of Google or Bing is heard, imported or observed",
            status=VerdictStatus.INSUFFICIENT_EVIDENCE,
        )
    ]


def _few_rating_sites(coverage: Sequence[Coverage]) -> list[_Obstacle]:
    rows = [row for row in coverage if row.status in HEARD and row.source in RATING_SITES]
    heard = {RATING_SITES[row.source] for row in rows}
    wanting = RATING_SITES_NEEDED - len(heard)
    if wanting <= 0:
        return []
    missing = listed(sorted(set(RATING_SITES.values()) - heard))
    were = (
        "None of the five named rating sites was"
        if not heard
        else f"{len(heard)} of the five named rating sites were"
    )
    if len(heard) == 1:
        were = "Only 1 of the five named rating sites was"
    return [
        _against(
            "rating_sites",
            f"{were} heard or observed, and {RATING_SITES_NEEDED} are needed; nothing is known of {missing}.",
            f"{wanting} more of {missing} {'is' if wanting == 1 else 'are'} heard, imported or observed",
            grounds=tuple(sorted(row.source for row in rows)),
            status=VerdictStatus.INSUFFICIENT_EVIDENCE,
        )
    ]


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
    missing = tuple(path for path in facts_of_record(profile) if not profile.is_confirmed(path))
    if not missing:
        return []
    verb = "is" if len(missing) == 1 else "are"
    return [
        _against(
            "unconfirmed",
            f"{count(len(missing), 'fact')} of record {verb} not confirmed by you: {listed(missing)}.",
            "you confirm the facts of record (`repaudit confirm`)",
            grounds=missing,
        )
    ]


def _unsigned(signoff: Signoff | None) -> list[_Obstacle]:
    if signoff is None:
        text = "You have not yet said whether the whole story is accurate and fair."
    elif signoff.accurate and signoff.fair:
        return []
    else:
        faults = [("inaccurate", signoff.accurate), ("unfair", signoff.fair)]
        text = f"You called the whole story {listed([word for word, good in faults if not good])}."
    flips_if = "you sign the whole story off as accurate and fair (`repaudit signoff accurate fair`)"
    return [_against("signoff", text, flips_if)]


def _contentment(mentions: Sequence[Mention]) -> Reason:
    about = tuple(item.key for item in mentions if item.match and item.match.decision is MatchDecision.MATCH)
    of_them = f"in {count(len(about), 'item')} about you" if about else "in what was heard"
    return Reason(
        text=f"Your facts are confirmed, enough was heard, nothing of high severity is open {of_them}, and you called "
        "the story accurate and fair. No further action is necessary until the next audit.",
        keys=about,
        rule="satisfied",
    )


def _what_would_unsettle(mentions: Sequence[Mention]) -> tuple[str, ...]:
    possible = sum(1 for item in mentions if item.match and item.match.decision is MatchDecision.POSSIBLE)
    waiting = (
        f"one of {count(possible, 'possible match', 'possible matches')} turns out to be yours and wrong",
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
    "deceased_or_retired": "word that you no longer practise",
    "not_at_any_location": "listing at a place where you do not practise",
    "not_at_location": "listing at a place where you do not practise",
    "phone_wrong": "wrong telephone number",
    "specialty_wrong": "wrong specialty",
}
