"""What the web says, and how that was judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reputation.model.vocabulary import About, By, Control, Kind, MatchDecision, SentimentLabel


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
    rule: str | None = None
    """The rule of the verdict that it comes from; see docs/definition.md."""
    flips_if: str | None = None
    """What would remove it."""
    grounds: tuple[str, ...] = ()
    """Ids of sources or paths of facts that it counts, where no mention stands behind it."""


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
    method: str | None = None
    """How the label came about: user, facts, model or lexicon."""
    confidence: float | None = None
    """How far the valence lies from the border of another label: 0.5 (on it) .. 1; 1 for the user's own word.  A margin,
    not a calibrated probability."""


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
    character: tuple[str, ...] = ()
    """What it tells of her: expertise, bedside_manner, access, research, legal, personal, standing, advice."""
    context: str | None = None
    """professional, personal or mixed; None for what is not about her."""
    control: Control | None = None
    decision: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Accept lists, plain words and dates where a caller gives them."""
        put = object.__setattr__
        if type(self.kind) is not Kind:
            put(self, "kind", Kind(self.kind))
        for name in ("sources", "ranks", "themes", "character", "evidence"):
            given: Any = getattr(self, name)
            if type(given) is not tuple:
                put(self, name, (given,) if isinstance(given, str) else tuple(given))
        if not self.sources:
            put(self, "sources", (self.source,))
        if self.claims:
            put(self, "claims", tuple(map(_claim, self.claims)))
        published: Any = self.date_published
        if isinstance(published, date):
            put(self, "date_published", published.isoformat())

    def claimed(self, name: str) -> tuple[str, ...]:
        """The values claimed for `name`, in page order."""
        return tuple(claim.value for claim in self.claims if claim.field == name)


def _claim(given: Any) -> Claim:
    """Return a claim that a caller gave as one, as a table or as a pair."""
    if isinstance(given, Mapping):
        return Claim(**given)
    return given if isinstance(given, Claim) else Claim(*given)
