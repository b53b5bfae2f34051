"""What an audit concludes: the parts of the sealed record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from reputation.model.mention import Mention, Reason
from reputation.model.profile import Profile, Right
from reputation.model.vocabulary import (
    BioUnit,
    Category,
    ChangeKind,
    Control,
    CoverageStatus,
    Drift,
    Outcome,
    Owner,
    Proved,
    Severity,
    Trust,
    VerdictStatus,
    View,
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


STANDING = frozenset({"fair", "unfair", "resolved", "waived"})
"""The words that say whether an item still stands against the clinician; the others say whose it is and how it sounds."""


def standing_words(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return the latest of the words fair, unfair, resolved and waived on each key.

    Of two words of one moment, or undated, the later in order counts.  What she said of the same item's identity
    or label does not take these back.
    """
    epoch = datetime.min.replace(tzinfo=UTC)
    told = (item for item in judgements if item.word in STANDING)
    return {item.key: item.word for item in sorted(told, key=lambda item: item.decided_at or epoch)}


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
    view: View | None = None
    """Whether a patient, a colleague or either would ask so; None where nobody types the query."""


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
    against: tuple[str, ...] = ()
    """Keys of the other mentions whose words `observed` repeats, where records are held against one another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageResult:
    """One result of a first page: its position 1.., who holds it, and its share of attention, 0..1."""

    position: int
    key: str
    control: Control
    is_negative: bool
    attention: float


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
    exposure_curve: str | None = None
    """How attention was weighted by rank: dcg, reciprocal, or a curve of data/click_curves.toml."""
    results: tuple[PageResult, ...] = ()
    first_owned_rank: int | None = None
    share_of_voice: float | None = None
    """Share of attention, 0..1, that falls on results which she owns or controls."""
    displaces: PageResult | None = None
    """What the next page of hers would push off page one: its lowest result that is not hers; None where there is room."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number as a statement prints it, and what was counted or read for it: mentions, else sources.

    `text` is None where the statement says it in words, such as "mostly favourable".
    """

    text: str | None = None
    keys: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """Something about reviews that is worth a look and proves nothing: kind is burst or duplicate."""

    kind: str
    text: str
    keys: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()


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
    adjusted: float | None = None
    """The rating drawn towards the published middle of its group on this site; None where none is published."""
    percentile_interval: tuple[float, float] | None = None
    """The percentiles of the interval's two ends."""
    reviews_read: int = 0
    """Reviews of this listing that were read, with or without text."""
    latest_review_on: str | None = None
    """The date, as the site prints it, of the newest review that was read."""
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Words that stand verbatim in the mention `key`."""

    text: str
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeShare:
    """A theme's share of the texts, 0..1, and its mean valence, -1..1."""

    name: str
    share: float
    valence: float | None = None
    keys: tuple[str, ...] = ()
    of: int = 0
    """The texts of which `share` is a share: opinions for what patients speak of, articles for public life."""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something dated that she is known for, and the mentions that say so."""

    date: str
    text: str
    keys: tuple[str, ...] = ()
    kind: str | None = None
    """paper, trial, grant, news, post, payment, title or record."""
    novelty: ChangeKind | None = None
    """appeared or newly_indexed since the audit before; None where it was known, or cannot be told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ArcPoint:
    """A period of the narrative arc: n texts, their mean valence, and what happened."""

    period: str
    n: int
    valence: float | None = None
    events: tuple[Event, ...] = ()
    smoothed: float | None = None
    """The valence smoothed over neighbouring half-years; None for a bare year and where no opinion stands."""
    weight: float = 0.0
    """The number of opinions behind `smoothed`, each by its distance."""
    favourable: int = 0
    unfavourable: int = 0
    """Opinions labelled negative."""
    newly_indexed: int = 0
    """Of the n, those that are older than the audit before and were found only since."""
    keys: tuple[str, ...] = ()
    """The n opinions."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangePoint:
    """A change of opinion that chance does not explain, from the half-year `period` on."""

    period: str
    n_before: int
    unfavourable_before: int
    n_after: int
    unfavourable_after: int
    p_value: float
    """Fisher's exact test, two-sided, times the number of half-years at which a change was looked for."""
    keys_before: tuple[str, ...] = ()
    keys_after: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One sentence of the story, what it stands on, and each number in it with its own."""

    topic: str
    text: str
    keys: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrative:
    """The story that the web tells, from counted facts."""

    summary: str
    tone: str
    themes: tuple[ThemeShare, ...] = ()
    arc: tuple[ArcPoint, ...] = ()
    keys: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    """The sentences of `summary`, in order."""
    changes: tuple[ChangePoint, ...] = ()
    signs: tuple[Sign, ...] = ()


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
    note: str | None = None
    """What the difference amounts to, such as whether chance alone explains a rating's move."""


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
    asked: tuple[str, ...] = ()
    """The independent indexes that answered, whatever they showed; two engines on one index are one."""
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
