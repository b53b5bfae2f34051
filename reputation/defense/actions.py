"""What to do about it: one routed action for each thing that one step mends, gravest and quickest first.

Every open finding is in exactly one action.  The text of a review is in none, and no action offers money
for a removal or asks for a review to be changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from reputation.defense import asks, letters
from reputation.defense.asks import Draft
from reputation.defense.remedies import Remedy, kind_of, remedy_for, words_for
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
)
from reputation.resources import source_title

_DUE_DAYS = {Severity.CRITICAL: 7, Severity.HIGH: 14, Severity.MEDIUM: 30, Severity.LOW: 90}
_CLOSED = frozenset({"waived", "resolved"})
_UPSTREAM = ("nppes", "cms_care_compare", "doximity", "google_business_profile")
"""Where others copy from: of equal harm these are mended first."""

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
    """The findings that one step mends."""

    remedy: Remedy
    url: str | None
    title: str
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        return max((one.severity for one in self.findings), key=lambda severity: severity.rank)


def route(  # noqa: PLR0917  audit.py hands the rooms' results on in the order in which they arose
    profile: Profile,
    verdict: Verdict,
    findings: Sequence[Finding],
    mentions: Sequence[Mention],
    coverage: Sequence[Coverage],
    judgements: Iterable[Judgement],
    now: datetime,
) -> tuple[Action, ...]:
    """Return the actions of an audit, `priority` 1 first: by harm, then upstream before copies, then effort."""
    words = {(one.key, one.word) for one in judgements}
    open_ones = [one for one in findings if one.outcome is Outcome.DIFFERS and not _closed(one.key, words)]
    drafts = [_mend(profile, step) for step in _steps(open_ones, {m.key: m for m in mentions})]
    drafts += asks.to_look_at(findings, verdict, {key for one in drafts for key in one.finding_keys})
    drafts += asks.for_evidence(profile, verdict, coverage)
    drafts += asks.for_judgement(profile, verdict, mentions, words)
    ordered = sorted(drafts, key=lambda one: (-one.severity.rank, one.late, one.effort, one.about))
    ordered = [one for one in ordered if not _closed(_key(one), words)]
    today = now.astimezone(UTC).date() if now.tzinfo else now.date()
    return tuple(
        Action(
            key=_key(one),
            priority=place,
            what=one.what,
            why=one.why,
            where_url=one.where_url,
            trust=one.trust,
            owner=one.owner,
            due_on=today + timedelta(days=_DUE_DAYS[one.severity]),
            text=one.text,
            finding_keys=one.finding_keys,
        )
        for place, one in enumerate(ordered, start=1)
    )


def _key(draft: Draft) -> str:
    return "act:" + hashlib.sha256(draft.about.encode()).hexdigest()[:12]


def _closed(key: str, words: set[tuple[str, str]]) -> bool:
    return any((key, word) in words for word in _CLOSED)


def _steps(findings: Iterable[Finding], mentions: Mapping[str, Mention]) -> list[_Step]:
    """Return the findings gathered by the page and the route that mend them together."""
    steps: dict[tuple[str, str, str], _Step] = {}
    for one in sorted(findings, key=lambda one: one.key):
        mention = mentions.get(one.mention_key or "")
        source = mention.source if mention else (one.mention_key or "").split(":", 1)[0]
        url = one.url or (mention.url if mention else None)
        remedy = remedy_for(source, url, kind_of(one.check))
        listing = (mention.listing_key or mention.key) if mention else (one.mention_key or one.key)
        place = (remedy.site, remedy.kind, listing)
        known = steps.get(place)
        if known:
            steps[place] = replace(known, findings=(*known.findings, one))
        else:
            steps[place] = _Step(remedy, url, source_title(source), (one,))
    return list(steps.values())


def _mend(profile: Profile, step: _Step) -> Draft:
    remedy, first = step.remedy, max(step.findings, key=lambda one: one.severity.rank)
    checks = list(dict.fromkeys(one.check for one in step.findings))
    fields = list(dict.fromkeys(one.field.replace("_", " ") for one in step.findings))
    why = [f"{step.title}: {'; '.join(words_for(check) for check in checks)}."]
    why += [f"Needed: {remedy.evidence}."] if remedy.evidence else []
    why += [f"Takes: {remedy.timeline}."] if remedy.timeline and remedy.timeline != "not stated" else []
    late = remedy.site not in _UPSTREAM
    return Draft(
        about="mend " + " ".join(sorted(one.key for one in step.findings)),
        what=f"{_verb(remedy.kind)} {step.title} ({', '.join(fields)}): {remedy.path}",
        why=" ".join(why),
        where_url=remedy.url or step.url,
        trust=remedy.trust,
        owner=_OWNERS.get(first.check, Owner.ADMINISTRATOR),
        severity=step.severity,
        effort=remedy.effort,
        late=late,
        text=letters.write(profile, step.findings, step.url).body,
        finding_keys=tuple(one.key for one in step.findings),
    )


def _verb(kind: str) -> str:
    return {"claim": "Claim", "duplicate": "Merge the listings on"}.get(kind, "Correct")
