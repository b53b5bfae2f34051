"""What an audit concludes: the parts of the sealed record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reputation.model.mention import Mention, Reason
from reputation.model.profile import Profile, Right
from reputation.model.vocabulary import (
    BioUnit,
    Category,
    ChangeKind,
    CoverageStatus,
    Drift,
    Outcome,
    Owner,
    Proved,
    Severity,
    Trust,
    VerdictStatus,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """The user's own word on one item: mine, not-mine, fair, unfair, positive … waived."""

    key: str
    word: str
    note: str | None = None
    decided_at: datetime | None = None
    url: str | None = None
    source: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Signoff:
    """The clinician's judgement of the whole story."""

    accurate: bool
    fair: bool
    signed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How asking one source ended; `mentions` counts what was parsed, before matching."""

    source: str
    category: Category
    status: CoverageStatus
    engine: str | None = None
    proved: Proved = Proved.UNPROVED
    requests: int = 0
    mentions: int = 0
    detail: str | None = None
    elapsed_s: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell of the query matrix: which engine was asked what, and how that ended."""

    source: str
    engine: str
    query: str
    status: CoverageStatus
    variant: str | None = None
    context: str | None = None
    detail: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What a check found: a claim compared with an authority."""

    key: str
    check: str
    outcome: Outcome
    severity: Severity
    field: str
    expected: str | None = None
    observed: str | None = None
    authority: str | None = None
    mention_key: str | None = None
    url: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PageOne:
    """Who holds the first page of one engine for one query, in results."""

    engine: str
    query: str
    owned: int = 0
    controlled: int = 0
    influenced: int = 0
    uncontrolled: int = 0
    not_about_me: int = 0
    neg_exposure: float | None = None
    """Share of attention, 0..1, that falls on negative results, weighted by rank."""
    first_negative_rank: int | None = None
    panel: str | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingSummary:
    """One site's rating as it publishes it, with what its number of ratings allows one to say."""

    source: str
    rating_value: float | None
    best_rating: float | None = None
    rating_count: int | None = None
    review_count: int | None = None
    percentile: float | None = None
    interval: tuple[float, float] | None = None
    note: str | None = None
    mention_key: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeShare:
    """A theme's share of the texts, 0..1, and its mean valence, -1..1."""

    name: str
    share: float
    valence: float | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something dated that she is known for, and the mentions that say so."""

    date: str
    text: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ArcPoint:
    """A period of the narrative arc: n texts, their mean valence, and what happened."""

    period: str
    n: int
    valence: float | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrative:
    """The story that the web tells, from counted facts."""

    summary: str
    tone: str
    themes: tuple[ThemeShare, ...] = ()
    arc: tuple[ArcPoint, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The answer: its reasons, what would change it, and when to look again."""

    status: VerdictStatus
    reasons: tuple[Reason, ...]
    flips_if: tuple[str, ...]
    next_audit_on: date
    signoff: Signoff | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One thing to do; `priority` 1 comes first."""

    key: str
    priority: int
    what: str
    why: str
    where_url: str | None = None
    trust: Trust = Trust.UNVERIFIED
    owner: Owner = Owner.ADMINISTRATOR
    due_on: date | None = None
    text: str | None = None
    finding_keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One difference between two audits; `subject` is mention, finding, rating, coverage or profile."""

    kind: ChangeKind
    subject: str
    key: str
    field: str | None = None
    before: Any = None
    after: Any = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What changed from the audit `base` to the audit `head` (their ids)."""

    base: str
    head: str
    changes: tuple[Change, ...] = ()
    incomparable: tuple[str, ...] = ()
    """Ids of the sources that were not heard in both audits: nothing is said about them."""
    criteria_changed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Bio:
    """The biography as told for one field of one platform; `limit` None where nobody knows it."""

    platform: str
    field: str
    text: str
    length: int
    unit: BioUnit
    limit: int | None = None
    left_out: tuple[str, ...] = ()
    drift: Drift = Drift.NOT_SEEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Completeness:
    """How complete the search was, from which independent indexes found what.

    `at_least_more` is a lower bound on pages about her that no index showed; None where there is too little to say.
    """

    found: int
    at_least_more: int | None = None
    indexes: tuple[str, ...] = ()
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditHeader:
    """What one audit is: when, of whom, by what right, from which settings."""

    id: str
    quarter: str
    as_of: datetime
    started_at: datetime
    finished_at: datetime
    profile_digest: str
    sources_digest: str
    right: Right


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """The sealed record of one audit."""

    audit: AuditHeader
    verdict: Verdict
    coverage: tuple[Coverage, ...] = ()
    cells: tuple[Cell, ...] = ()
    mentions: tuple[Mention, ...] = ()
    findings: tuple[Finding, ...] = ()
    page_one: tuple[PageOne, ...] = ()
    ratings: tuple[RatingSummary, ...] = ()
    narrative: Narrative
    actions: tuple[Action, ...] = ()
    comparison: Comparison | None = None
    completeness: Completeness | None = None
    bios: tuple[Bio, ...] = ()
    profile: Profile | None = None
    """The criteria of the audit; kept so that any report can be made again, and not exported."""

    @property
    def id(self) -> str:
        """The audit's id."""
        return self.audit.id

    @property
    def quarter(self) -> str:
        """The calendar quarter, such as 2026-Q4."""
        return self.audit.quarter
