"""Every type that passes between the rooms; no I/O and no imports from the house but errors.

Frozen, keyword-only, tuples not lists, aware UTC datetimes.  Attribute names are those of the JSON
report (schema_version 1), which follow schema.org for what pages say, NPPES and NUCC for providers,
Fellegi-Sunter for matching and ISO 19011 for audit words.  Unknown is None, never 0 and never "".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

# ---------------------------------------------------------------------------- vocabularies


class Kind(StrEnum):
    """What a mention is."""

    RESULT = "result"
    LISTING = "listing"
    REVIEW = "review"
    ARTICLE = "article"
    RECORD = "record"
    POST = "post"
    PROFILE = "profile"
    ANSWER = "answer"


class Access(StrEnum):
    """By which way a source is reached."""

    API = "api"
    PAGE = "page"
    FEED = "feed"
    MANUAL = "manual"
    RETIRED = "retired"


class Category(StrEnum):
    """The article's categories of sites, and the records beside them."""

    SEARCH = "search"
    RATINGS = "ratings"
    SOCIETY = "society"
    COMMUNITY = "community"
    CONTENT = "content"
    NETWORKING = "networking"
    REGISTRY = "registry"
    LITERATURE = "literature"
    NEWS = "news"
    OWN = "own"
    ASSISTANT = "assistant"


class Proved(StrEnum):
    """How a source's reader was proved."""

    RECORDED = "recorded"
    DOCUMENTED = "documented"
    UNPROVED = "unproved"


class CoverageStatus(StrEnum):
    """How asking one source, or one cell of the query matrix, ended."""

    OK = "ok"
    EMPTY = "empty"
    OBSERVED = "observed"
    PARTIAL = "partial"
    BLOCKED = "blocked"
    QUOTA = "quota"
    AUTH = "auth"
    FAILED = "failed"
    MANUAL = "manual"
    SKIPPED = "skipped"
    RETIRED = "retired"


ANSWERED = frozenset({CoverageStatus.OK, CoverageStatus.EMPTY, CoverageStatus.PARTIAL})
"""The statuses that count as an answer by program."""

HEARD = frozenset({*ANSWERED, CoverageStatus.OBSERVED})
"""The statuses under which something was heard, by program or by the user."""


class MatchDecision(StrEnum):
    """Whether a mention is about the clinician."""

    MATCH = "match"
    POSSIBLE = "possible"
    NON_MATCH = "non_match"


class SentimentLabel(StrEnum):
    """How favourable a text is."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    MIXED = "mixed"


class About(StrEnum):
    """Whom a review's judgement is about."""

    CLINICIAN = "clinician"
    STAFF = "staff"
    BILLING = "billing"
    FACILITY = "facility"
    UNCLEAR = "unclear"


class ThemeName(StrEnum):
    """What a review, article or post speaks of."""

    BEDSIDE_MANNER = "bedside_manner"
    COMMUNICATION = "communication"
    COMPETENCE = "competence"
    OUTCOME = "outcome"
    DIAGNOSIS = "diagnosis"
    WAIT = "wait"
    SCHEDULING = "scheduling"
    STAFF = "staff"
    COST = "cost"
    FACILITY = "facility"
    TELEHEALTH = "telehealth"
    FOLLOW_UP = "follow_up"
    RESEARCH = "research"
    TEACHING = "teaching"
    LEADERSHIP = "leadership"
    ADVOCACY = "advocacy"


class Outcome(StrEnum):
    """What a check found when it compared a claim with an authority."""

    DIFFERS = "differs"
    CONFORMS = "conforms"
    CANNOT_TELL = "cannot_tell"


class Severity(StrEnum):
    """How much harm a finding can do; compare with `rank`."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 (low) .. 3 (critical)."""
        return list(Severity).index(self)


class VerdictStatus(StrEnum):
    """The answer of one audit."""

    SATISFIED = "satisfied"
    ACTION_NEEDED = "action_needed"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"


class Control(StrEnum):
    """Who decides what a page says."""

    OWNED = "owned"
    CONTROLLED = "controlled"
    INFLUENCED = "influenced"
    UNCONTROLLED = "uncontrolled"
    NOT_ABOUT_ME = "not_about_me"


class ChangeKind(StrEnum):
    """How something differs from an earlier audit."""

    APPEARED = "appeared"
    NEWLY_INDEXED = "newly_indexed"
    VANISHED = "vanished"
    CHANGED = "changed"
    RESOLVED = "resolved"
    REGRESSED = "regressed"


class Owner(StrEnum):
    """Who works an action off."""

    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"
    COUNSEL = "counsel"


class Trust(StrEnum):
    """How far a fact of ours (a form's address, a limit) has been verified."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Drift(StrEnum):
    """What a platform shows against what was last exported for it."""

    SAME = "same"
    EDITED = "edited"
    STALE = "stale"
    MISSING = "missing"
    NOT_SEEN = "not_seen"


class BioUnit(StrEnum):
    """How a platform counts a text's length."""

    CODEPOINTS = "codepoints"
    UTF16 = "utf16"
    GRAPHEMES = "graphemes"
    BYTES = "bytes"
    WORDS = "words"
    X_WEIGHTED = "x_weighted"
    MASTODON = "mastodon"


class By(StrEnum):
    """Who brought a piece of evidence."""

    PROGRAM = "program"
    SAVED_PAGE = "saved_page"
    OBSERVED = "observed"


# ---------------------------------------------------------------------------- the profile


@dataclass(frozen=True, kw_only=True, slots=True)
class Right:
    """By what right the audit is made: one's own, or a dated consent."""

    is_self: bool = False
    delegate_of: str | None = None
    consented_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonName:
    """The clinician's name; `former` and `nicknames` as printed."""

    given: str
    family: str
    middle: str | None = None
    suffix: str | None = None
    credentials: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ids:
    """Identifiers: a ten-digit NPI with a valid check digit, a hyphenated ORCID iD."""

    npi: str | None = None
    orcid: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Personal:
    """Facts of the person that some sites print."""

    gender: str | None = None
    photo_url: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Specialty:
    """A specialty in words, and its NUCC taxonomy code."""

    label: str
    taxonomy_code: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """A place of practice."""

    name: str | None = None
    street: str | None = None
    suite: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    phone: str | None = None
    fax: str | None = None
    hours: str | None = None
    accepting_new_patients: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Affiliation:
    """An employer, hospital or university, with the dates of the tie."""

    name: str
    short_names: tuple[str, ...] = ()
    title: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class License:
    """A state licence."""

    state: str
    number: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Certification:
    """A board certification."""

    board: str
    specialty: str | None = None
    since: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Education:
    """A school or residency."""

    institution: str
    degree: str | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnProfile:
    """A page that the clinician owns, or a listing that she has claimed."""

    url: str
    platform: str | None = None
    control: Control = Control.CONTROLLED
    purpose: str = "professional"


@dataclass(frozen=True, kw_only=True, slots=True)
class Disclosure:
    """A conflict of interest, with its dates."""

    what: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BioFacts:
    """What the biography needs beyond the facts of record."""

    statement: str | None = None
    interests: tuple[str, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    views_are_my_own: bool = False
    identity_strategy: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyReference:
    """The institution's social-media policy: where, when read, whom to ask."""

    institution_url: str | None = None
    date_read: date | None = None
    contact: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Practice:
    """The practice that the report is for."""

    name: str | None = None
    logo: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmation:
    """Where a fact came from, and when the user said that it is right."""

    as_of: date | None = None
    source: str | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """Who is audited and against which facts; profile.toml, checked."""

    right: Right
    name: PersonName
    ids: Ids = Ids()
    personal: Personal = Personal()
    specialties: tuple[Specialty, ...] = ()
    locations: tuple[Location, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    licenses: tuple[License, ...] = ()
    certifications: tuple[Certification, ...] = ()
    education: tuple[Education, ...] = ()
    profiles: tuple[OwnProfile, ...] = ()
    memberships: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    insurance: tuple[str, ...] = ()
    bio: BioFacts = BioFacts()
    policy: PolicyReference = PolicyReference()
    practice: Practice = Practice()
    sentiment_model: str | None = None
    """`[sentiment] model`: None for the shipped model, "lexicon" for the lexicon alone."""
    confirmed: Mapping[str, Confirmation] = field(default_factory=dict)
    """By the fact's path without spaces: `name`, `ids.npi`, `locations.0.phone` …"""

    def is_confirmed(self, path: str) -> bool:
        """Whether the user has confirmed the fact at `path`, alone or with all that stands above it.

        `locations.0.phone` is confirmed by an entry for itself, `locations.phone`, `locations.0` or
        `locations`.  A fact without an entry that carries a date is nobody's authority.
        """
        return any(
            (entry := self.confirmed.get(name)) is not None and entry.confirmed_on is not None
            for name in _paths_above(path)
        )


def _paths_above(path: str) -> list[str]:
    parts = path.split(".")
    without_index = [part for part in parts if not part.isdigit()]
    exact = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    loose = [".".join(without_index[:n]) for n in range(len(without_index), 0, -1)]
    return [*exact, *loose]


@dataclass(frozen=True, kw_only=True, slots=True)
class NameVariant:
    """One way in which the name may be printed.

    `kind` is legal, short, initial, reversed, nickname, former, credentialed, part or misspelling.
    """

    text: str
    kind: str


# ---------------------------------------------------------------------------- sources and captures


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One table of sources.toml."""

    id: str
    title: str
    category: Category
    access: Access
    adapter: str
    base_url: str | None = None
    key_env: str | None = None
    terms: str | None = None
    terms_checked: date | None = None
    pause_s: float = 1.0
    max_requests: int = 20
    authority: tuple[str, ...] = ()
    """The facts for which this source is an authority, such as `npi` or `name`."""
    retention: str = "keep"
    """keep, id_only (only what the terms let one store) or none."""
    proved: Proved = Proved.UNPROVED
    enabled: bool = True
    retired_on: date | None = None
    replaced_by: str | None = None
    engine: str | None = None
    """The engine whose results these are, for a source of category search."""
    options: Mapping[str, Any] = field(default_factory=dict)
    trusted_host: bool = False
    """Whether the workspace's own sources.toml named `base_url`: it may then be private or plain http."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One thing to ask.  The key never stands in it: `key_in` says where fetch is to put it."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    key_in: str | None = None
    """`query:NAME`, `header:NAME` or `header:NAME:PREFIX`; None for a request without a key."""
    is_page: bool = False
    """A page for people, for which robots.txt is obeyed; an API is not."""
    engine: str | None = None
    query: str | None = None
    variant: str | None = None
    context: str | None = None
    for_mention: str | None = None
    """The key of the mention that this request is to complete, where it is a second step."""

    @property
    def digest(self) -> str:
        """The request's identity: SHA-256 of method, URL and body, hex."""
        text = f"{self.method} {self.url}\n".encode() + (self.body or b"")
        return hashlib.sha256(text).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """What came back, or what the user saved, with its digest and time."""

    source: str
    request: Request
    url: str
    """Where the body really came from, after redirects."""
    status: int
    body: bytes
    """The body as kept: reviewers' names are replaced before it is stored."""
    sha256: str
    """Of the body as it came, hex."""
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str | None = None
    by: By = By.PROGRAM
    elapsed_s: float = 0.0


# ---------------------------------------------------------------------------- mentions


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as a page prints it: schema.org's name in snake_case, and the value as printed."""

    field: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rank:
    """Where a result stood: position 1.. on `engine` for `query`."""

    engine: str
    query: str
    position: int
    location: str | None = None
    device: str | None = None
    signed_in: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """The bytes that a statement stands on."""

    sha256: str
    url: str
    fetched_at: datetime
    by: By = By.PROGRAM


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One sentence, and the keys of the mentions or findings that bear it out."""

    text: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Weight:
    """One piece of evidence in record linkage: log2 odds for (+) or against (-) a match."""

    feature: str
    level: str
    bits: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """Whether a mention is about the clinician, how probably (0..1), and because of what."""

    decision: MatchDecision
    probability: float
    because: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentiment:
    """How favourable a text is: valence -1 (worst) .. 1 (best), None where the kind carries none."""

    valence: float | None
    label: SentimentLabel | None = None
    about: About = About.UNCLEAR
    sentences: tuple[tuple[str, float], ...] = ()
    """The sentences that made it so, each with its own valence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """One thing that the web says: a result, a listing, a review, an article, a record and so on.

    May be made by hand: all but source, kind, url and title have defaults; lists become tuples.
    `date_published` is ISO 8601 (a year, a month or a day, as far as the page says).
    """

    source: str
    kind: Kind
    url: str
    title: str
    key: str = ""
    sources: tuple[str, ...] = ()
    listing_key: str | None = None
    text: str | None = None
    author_initials: str | None = None
    rating_value: float | None = None
    best_rating: float | None = None
    worst_rating: float | None = None
    rating_count: int | None = None
    review_count: int | None = None
    date_published: str | None = None
    ranks: tuple[Rank, ...] = ()
    claims: tuple[Claim, ...] = ()
    match: Match | None = None
    sentiment: Sentiment | None = None
    themes: tuple[str, ...] = ()
    control: Control | None = None
    decision: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Accept lists, plain words and dates where a caller gives them."""
        put = object.__setattr__
        put(self, "kind", Kind(self.kind))
        put(self, "sources", tuple(self.sources) or (self.source,))
        for name in ("ranks", "themes", "evidence"):
            put(self, name, tuple(getattr(self, name)))
        claims = (Claim(**claim) if isinstance(claim, Mapping) else claim for claim in self.claims)
        put(self, "claims", tuple(claims))
        published: Any = self.date_published
        if isinstance(published, date):
            put(self, "date_published", published.isoformat())

    def claimed(self, name: str) -> tuple[str, ...]:
        """The values claimed for `name`, in page order."""
        return tuple(claim.value for claim in self.claims if claim.field == name)


# ---------------------------------------------------------------------------- judgements and results


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
