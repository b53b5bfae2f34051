"""The words that stand in the report: enumerations with the values of schema_version 1."""

from __future__ import annotations

from enum import StrEnum


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


class View(StrEnum):
    """Whose view of her a query gives."""

    PATIENT = "patient"
    COLLEAGUE = "colleague"
    BOTH = "both"


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
