"""What to do about it: one routed action for each thing that one step mends, gravest and quickest first.

Every open finding is in exactly one action.  What was copied from a wrong record upstream is mended there: its finding
stands in the action that corrects the record, and is looked at again at the next audit.  The text of a review is in no
action, and none offers money for a removal or asks for a review to be changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from reputation.defense import asks, letters
from reputation.defense.asks import Draft
from reputation.defense.disputes import Dispute, Standing
from reputation.defense.remedies import (
    Remedy,
    harm_of,
    kind_of,
    remedy_for,
    site_title,
    subject_of,
    text_of,
    words_for,
)
from reputation.defense.reviews import for_reviews
from reputation.defense.upstream import Copied, copied, origins
from reputation.model import (
    Action,
    Coverage,
    Finding,
    Judgement,
    Mention,
    Outcome,
    Owner,
    Profile,
    Severity,
    Verdict,
    standing_words,
)

_DUE_DAYS = {Severity.CRITICAL: 7, Severity.HIGH: 14, Severity.MEDIUM: 30, Severity.LOW: 90}
_CLOSED = frozenset({"waived", "resolved"})
_LEADS = frozenset({"google_business_profile"})
"""Beside the origins of data/upstream.toml: where patients look first, and other maps copy by hand."""

_SHOWN = 10
"""Copies that a text names one by one; the others are counted."""

_OWNERS = {
    "discipline_wrong": Owner.COUNSEL,
    "identity_mixup": Owner.CLINICIAN,
    "deceased_or_retired": Owner.CLINICIAN,
    "board_cert_wrong": Owner.CLINICIAN,
    "education_wrong": Owner.CLINICIAN,
    "gender_wrong": Owner.CLINICIAN,
    "photo_missing": Owner.CLINICIAN,
    "bio_missing": Owner.CLINICIAN,
    "dormant": Owner.CLINICIAN,
}


@dataclass(frozen=True, slots=True)
class _Step:
    """The findings that one step mends, and those elsewhere that repeat them."""

    remedy: Remedy
    url: str | None
    title: str
    findings: tuple[Finding, ...]
    copies: tuple[Copied, ...] = ()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        return (*self.findings, *(one.finding for one in self.copies))

    @property
    def severity(self) -> Severity:
        return max((one.severity for one in self.all_findings), key=lambda severity: severity.rank)


def route(  # noqa: PLR0917  audit.py hands the rooms' results on in the order in which they arose
    profile: Profile,
    verdict: Verdict,
    findings: Sequence[Finding],
    mentions: Sequence[Mention],
    coverage: Sequence[Coverage],
    judgements: Iterable[Judgement],
    now: datetime,
    disputed: Iterable[Dispute] = (),
) -> tuple[Action, ...]:
    """Return the actions of an audit, `priority` 1 first: by harm, then upstream before copies, then effort.

    `disputed` are the requests made so far, as this audit leaves them: what was asked already is waited for, and what was
    mended and is wrong again is said to be.
    """
    words = set(standing_words(judgements).items())
    today = now.astimezone(UTC).date() if now.tzinfo else now.date()
    open_ones = [one for one in findings if one.outcome is Outcome.DIFFERS and not _closed(one.key, words)]
    standing, known = Standing.of(disputed), {m.key: m for m in mentions}
    drafts = [
        _with_dispute(_mend(profile, step, verdict, today), step, standing, today)
        for step in _steps(open_ones, known)
    ]
    drafts += asks.to_look_at(findings, verdict, {key for one in drafts for key in one.finding_keys})
    drafts += asks.to_dial(findings, verdict)
    drafts += asks.for_evidence(profile, verdict, coverage)
    drafts += asks.to_decide(mentions)
    drafts += for_reviews(profile, verdict, mentions, words)
    drafts = [one for one in drafts if not _closed(_key(one), words)]
    return tuple(
        Action(
            key=_key(one),
            priority=place,
            what=one.what,
            why=one.why,
            where_url=one.where_url,
            trust=one.trust,
            owner=one.owner,
            due_on=one.due_on or today + timedelta(days=_DUE_DAYS[one.severity]),
            text=one.text,
            finding_keys=one.finding_keys,
        )
        for place, one in enumerate(_ordered(drafts), start=1)
    )


def _ordered(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts in the order of work; the whole story is judged after all else while something graver is open."""
    is_grave = any(one.severity.rank >= Severity.HIGH.rank for one in drafts)
    return sorted(
        drafts,
        key=lambda one: (
            one.is_last and is_grave,
            -one.severity.rank,
            not one.is_back,
            harm_of(one.checks),
            one.late,
            one.effort,
            one.about,
        ),
    )


def _key(draft: Draft) -> str:
    return "act:" + hashlib.sha256(draft.about.encode()).hexdigest()[:12]


def _closed(key: str, words: set[tuple[str, str]]) -> bool:
    return any((key, word) in words for word in _CLOSED)


def _steps(findings: Sequence[Finding], mentions: Mapping[str, Mention]) -> list[_Step]:
    """Return the findings gathered by the page and the route that mend them together, copies with their origin."""
    repeats = copied(findings, mentions)
    steps: dict[tuple[str, str, str], _Step] = {}
    of_finding: dict[str, tuple[str, str, str]] = {}
    for one in sorted(findings, key=lambda one: one.key):
        if one.key in repeats:
            continue
        mention = mentions.get(one.mention_key or "")
        source = mention.source if mention else (one.mention_key or "").split(":", 1)[0]
        url = one.url or (mention.url if mention else None)
        remedy = remedy_for(source, url, kind_of(one.check, one.field))
        listing = (mention.listing_key or mention.key) if mention else (one.mention_key or one.key)
        place = of_finding[one.key] = (remedy.site, remedy.kind, listing)
        known = steps.get(place)
        if known:
            steps[place] = replace(known, findings=(*known.findings, one))
        else:
            steps[place] = _Step(remedy, url, site_title(source, url, mention), (one,))
    for key in sorted(repeats):
        place = of_finding[repeats[key].origin.key]
        steps[place] = replace(steps[place], copies=(*steps[place].copies, repeats[key]))
    return list(steps.values())


def _mend(profile: Profile, step: _Step, verdict: Verdict, today: date) -> Draft:
    remedy, whole = step.remedy, step.all_findings
    first = max(whole, key=lambda one: (one.severity.rank, -harm_of([one.check])))
    checks = list(dict.fromkeys(one.check for one in step.findings))
    subjects = list(dict.fromkeys(map(subject_of, step.findings)))
    why = [f"{step.title}: {'; '.join(words_for(check) for check in checks)}."]
    why += [
        f"It was {one.authority}." for one in step.findings if (one.authority or "").startswith("dialled")
    ]
    if step.copies:
        why.append(
            f"The same stands on {_counted(step.copies, 'other page')}, each looked at again at the next audit, "
            f"{verdict.next_audit_on.isoformat()}: what is still wrong then is asked of the page itself."
        )
    why += [f"Needed: {remedy.evidence}."] if remedy.evidence not in {None, "none"} else []
    why += [f"Takes: {remedy.timeline}."] if remedy.timeline and remedy.timeline != "not stated" else []
    copies = f" (should mend {_titles(step.copies)} too)" if step.copies else ""
    letter = letters.write(
        profile, step.findings, step.url, recipient=text_of(remedy.site), site=step.title, on=today
    )
    return Draft(
        about="mend " + " ".join(sorted(one.key for one in whole)),
        what=f"{_verb(remedy.kind, step)}: {', '.join(subjects)}{copies}. {remedy.path}",
        why=" ".join(why),
        where_url=remedy.begins_at(step.url),
        trust=remedy.trust,
        owner=_OWNERS.get(first.check, Owner.ADMINISTRATOR),
        severity=step.severity,
        effort=remedy.effort,
        late=remedy.site not in origins() | _LEADS,
        checks=tuple(one.check for one in whole),
        text="\n\n".join([letter.body, *([_listed(step.copies)] if step.copies else [])]),
        finding_keys=tuple(one.key for one in whole),
    )


def _verb(kind: str, step: _Step) -> str:
    verbs = {
        "claim": "Claim your page on",
        "duplicate": "Have the listings merged on",
        "impersonation": "Report the account on",
        "endorsement": "Report the use of your name on",
    }
    return f"{verbs.get(kind, 'Correct')} {step.title}"


def _counted(copies: Sequence[Copied], what: str) -> str:
    return f"{len(copies)} {what}{'s' if len(copies) > 1 else ''}"


def _titles(copies: Iterable[Copied]) -> str:
    names = list(dict.fromkeys(one.title for one in copies))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _listed(copies: Sequence[Copied]) -> str:
    """Return the pages that repeat what is wrong upstream, each with how far that is known, and its own way in."""
    lines = ["Pages that show the same, and should follow:"]
    for one in copies[:_SHOWN]:
        mention_key = one.finding.mention_key or ""
        source = mention_key.partition(":")[0]
        own = remedy_for(source, one.finding.url, kind_of(one.finding.check, one.finding.field))
        way = own.begins_at(one.finding.url)
        lines.append(
            f"- {one.title}, {subject_of(one.finding)}: {one.finding.url or mention_key} "
            f"(that it copies the record: {one.feed.trust.value}; to not wait: {way or own.path}, {own.trust.value})"
        )
    if len(copies) > _SHOWN:
        lines.append(f"- and {len(copies) - _SHOWN} more: repaudit report --format csv --list findings")
    return "\n".join(lines)


def _with_dispute(draft: Draft, step: _Step, standing: Standing, today: date) -> Draft:
    """Return an action with what was asked before about the same thing."""
    disputed = standing.of_findings(step.findings)
    back = [one for one in standing.of_findings(step.all_findings) if one.came_back_on]
    if back:
        one = back[-1]
        told = f", confirmation {one.confirmation}" if one.confirmation else ""
        return replace(
            draft,
            what=f"Wrong again: {draft.what}",
            why=f"It was mended by {one.closed_on} ({one.key}{told}) and is wrong again: say so, and ask what "
            f"overwrote it. {draft.why}",
            is_back=True,
        )
    waiting = [one for one in disputed if one.state in {"sent", "acknowledged"}]
    if waiting:
        asked_of = {key for one in waiting for key in one.finding_keys}
        return _waiting(draft, waiting[-1], today, whole={one.key for one in step.findings} <= asked_of)
    refused = [one for one in disputed if one.state == "refused"]
    if refused:
        return replace(draft, why=f"Refused on {refused[-1].closed_on} ({refused[-1].key}). {draft.why}")
    return draft


def _waiting(draft: Draft, one: Dispute, today: date, *, whole: bool) -> Draft:
    """Return an action about which a request is under way; `whole` where the request is about all of it."""
    told = f", confirmation {one.confirmation}" if one.confirmation else ""
    late = one.is_overdue(today)
    due = f"; an answer {'was' if late else 'is'} due by {one.deadline}" if one.deadline else ""
    draft = replace(draft, why=f"Asked on {one.sent_on} ({one.key}{told}){due}. {draft.why}")
    if not whole:
        return draft
    return replace(
        draft,
        what=f"{'Ask again' if late else 'Wait for an answer'}: {draft.what}",
        due_on=None if late else one.deadline,
        late=draft.late or not late,
    )
