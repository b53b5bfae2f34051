"""What became of one source: one `Coverage`, and a `Cell` for every query.

Silence is not absence: a wall is `blocked`, what cannot be read is `failed`, what nobody asked is `skipped`,
`manual` or `retired`; `empty` is said only by a source that answered.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter

from reputation.discovery.lanes import Answer, Job
from reputation.discovery.plan import Planned
from reputation.discovery.views import view_of
from reputation.model import By, Category, Cell, Coverage, CoverageStatus, Evidence, Mention, Request, Source
from reputation.normalize import fold

S = CoverageStatus
SPOKEN = frozenset({S.OK, S.EMPTY, S.PARTIAL, S.OBSERVED})
WORST_FIRST = (S.AUTH, S.QUOTA, S.BLOCKED, S.FAILED, S.SKIPPED)
MOST_REASONS = 3
DRY_AFTER = 6
"""So many queries in a row that bring nothing new, and an engine is asked no more of the kind."""
FEWEST_RESULTS = 3
"""With fewer results nothing is said about whether they are to the point."""
AT_ONE_SITE = "site"
"""The context of a query at one site; it looks for one page, and finding none says nothing of the next."""


def combine(statuses: Iterable[CoverageStatus]) -> CoverageStatus:
    """Return how a source ended whose requests ended so.

    Some answers and some failures are `partial`; what was skipped matters only where nothing else happened.
    """
    seen = set(statuses)
    answers, troubles = seen & SPOKEN, seen - SPOKEN - {S.SKIPPED}
    if answers and troubles:
        return S.PARTIAL
    if answers:
        return next(s for s in (S.PARTIAL, S.OK, S.OBSERVED, S.EMPTY) if s in answers)
    return next((s for s in WORST_FIRST if s in seen), S.SKIPPED)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What an answer says, and the answer with the status that its content gives it."""

    answer: Answer
    mentions: tuple[Mention, ...] = ()
    steps: tuple[Request, ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(slots=True)
class Hearing:
    """What has been heard of one source so far."""

    planned: Planned
    statuses: list[CoverageStatus] = field(default_factory=list)
    troubles: list[tuple[tuple[int, ...], str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mentions: list[tuple[tuple[int, ...], Mention]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    saved_statuses: list[CoverageStatus] = field(default_factory=list)
    saved_troubles: list[str] = field(default_factory=list)
    saved_mentions: int = 0
    requests: int = 0
    waiting: int = 0
    queue: deque[Job] = field(default_factory=deque)
    keys: set[str] = field(default_factory=set)
    dry: int = 0
    degraded: int = 0
    over_budget: int = 0
    unasked: tuple[Request, ...] = ()
    digests: set[str] = field(default_factory=set)
    begun_at: float | None = None
    ended_at: float | None = None

    @property
    def source(self) -> Source:
        """The source."""
        return self.planned.source

    def begin(self, job: Job) -> None:
        """Note that `job` is under way."""
        self.digests.add(job.request.digest)
        self.waiting += 1
        self.requests += 1

    def may_ask(self, request: Request) -> bool:
        """Return whether a second step is new and within the budget; what is not is counted."""
        if request.digest in self.digests:
            return False
        if self.requests >= self.source.max_requests:
            self.over_budget += 1
            return False
        return True

    def file(self, place: tuple[int, ...], parsed: Parsed) -> None:
        """Put the mentions of an answer down with the bytes that they stand on, and note whether any is new."""
        capture = parsed.answer.capture
        if capture is None or parsed.answer.status not in SPOKEN:
            return
        proof = Evidence(sha256=capture.sha256, url=capture.url, fetched_at=capture.fetched_at, by=capture.by)
        for n, mention in enumerate(parsed.mentions):
            proofs = mention.evidence if proof in mention.evidence else (*mention.evidence, proof)
            self.mentions.append(((*place, n), _proved(mention, proofs)))
        if capture.by is By.PROGRAM and self.source.category is Category.SEARCH:
            self._weigh_results(parsed)

    def _weigh_results(self, parsed: Parsed) -> None:
        """Note whether an engine's results are new, and whether they are about the query at all."""
        request = parsed.answer.job.request
        keys = {mention.key for mention in parsed.mentions}
        if request.context != AT_ONE_SITE:
            self.dry = 0 if keys - self.keys else self.dry + 1
        self.keys |= keys
        if is_beside_the_point(request, parsed.mentions):
            self.degraded += 1

    def end(self, parsed: Parsed) -> None:
        """Note how a job ended."""
        answer = parsed.answer
        self.ended_at = time.monotonic()
        self.waiting -= 1
        if not answer.was_asked:
            self.requests -= 1
        self.statuses.append(answer.status)
        if answer.why:
            self.troubles.append((answer.job.place, answer.why))
        self.cells += parsed.cells or cells_of(self.source, answer.job.request, answer.status, answer.why)

    def next_in_queue(self) -> list[Job]:
        """Return the engine's next query, none while another is under way or where it is through.

        An engine that brings nothing new is asked its `site:` queries alone.
        """
        while self.queue and self.waiting == len(self.queue):
            job = self.queue.popleft()
            if self.dry < DRY_AFTER or job.request.context == AT_ONE_SITE:
                return [job]
            why = f"not asked: {DRY_AFTER} queries in a row brought nothing new"
            self.end(Parsed(Answer(job, None, S.SKIPPED, why, was_asked=False)))
        return []

    def end_saved(self, parsed: Parsed, name: str) -> None:
        """Note how a page that the user saved, or her word, was read."""
        answer = parsed.answer
        is_read = answer.status in SPOKEN
        self.saved_statuses.append(S.OBSERVED if is_read else answer.status)
        self.saved_mentions += len(parsed.mentions)
        if not is_read:
            self.saved_troubles.append(f"{name}: {answer.why}")
        status = self.saved_statuses[-1]
        self.cells += cells_of(self.source, answer.job.request, status, None if is_read else answer.why)

    def coverage(self) -> Coverage:
        """Return the source's one line of coverage."""
        status = self._status()
        begun, ended = self.begun_at, self.ended_at
        return Coverage(
            source=self.source.id,
            category=self.source.category,
            status=status,
            engine=self.source.engine,
            proved=self.source.proved,
            requests=self.requests,
            mentions=len(self.mentions),
            detail="; ".join(self._details(status)) or None,
            elapsed_s=round(ended - begun, 3) if begun and ended else 0.0,
        )

    def _status(self) -> CoverageStatus:
        status = self.planned.status or combine(self.statuses)
        if status is S.RETIRED or not self.saved_statuses:
            return status
        was_seen = S.OBSERVED in self.saved_statuses
        if was_seen and (status not in SPOKEN or len(self.mentions) == self.saved_mentions > 0):
            return S.OBSERVED
        return combine(self.saved_statuses) if status is S.MANUAL else status

    def _details(self, status: CoverageStatus) -> list[str]:
        is_waited_for = self.planned.status is not S.MANUAL or status is not S.OBSERVED
        details = [self.planned.reason] if self.planned.reason and is_waited_for else []
        details += _counted(why for _, why in sorted(self.troubles))
        unasked = (len(self.unasked) if self.planned.status is None else 0) + self.over_budget
        if unasked:
            details.append(
                f"stopped at its budget of {self.source.max_requests} requests, {unasked} not asked"
            )
        if self.planned.never_fetched and self.planned.requests:
            details.append(f"{len(self.planned.never_fetched)} not asked: on hosts that are never fetched")
        if self.degraded:
            asked = "query" if self.degraded == 1 else "queries"
            details.append(f"degraded: {self.degraded} {asked} brought results without the name asked for")
        if self.source.retired_on and status in SPOKEN:
            after = f"; then {self.source.replaced_by}" if self.source.replaced_by else ""
            details.append(f"ends on {self.source.retired_on}{after}")
        return [*details, *_counted(self.saved_troubles), *dict.fromkeys(self.notes)]

    def all_cells(self) -> tuple[Cell, ...]:
        """Return the cells, those not asked among them, each query once."""
        why = (
            self.planned.reason
            if self.planned.status
            else f"beyond the budget of {self.source.max_requests} requests"
        )
        unasked = [c for r in self.unasked for c in cells_of(self.source, r, S.SKIPPED, why)]
        merged: dict[tuple[str, ...], list[Cell]] = {}
        for cell in (*self.cells, *unasked):
            merged.setdefault(cell_key(cell), []).append(cell)
        return tuple(_merged(cells) for cells in merged.values())


_NAMES = tuple(one.name for one in fields(Mention) if one.name != "evidence")
_values = attrgetter(*_NAMES)
_PUT = tuple(getattr(Mention, name).__set__ for name in _NAMES)


def _proved(mention: Mention, proofs: tuple[Evidence, ...]) -> Mention:
    """Return `mention` with its evidence; `replace` would check again what was checked, for thousands while hosts wait."""
    made = object.__new__(Mention)
    for put, value in zip(_PUT, _values(mention), strict=True):
        put(made, value)
    object.__setattr__(made, "evidence", proofs)
    return made


def is_beside_the_point(request: Request, mentions: Sequence[Mention]) -> bool:
    """Return whether most of an engine's results hold no word of the name that was asked for (Bing does that)."""
    words = [word for word in fold(request.variant or "").split() if len(word) > 2]
    if not words or len(mentions) < FEWEST_RESULTS:
        return False
    texts = (fold(f"{one.title} {one.text or ''} {one.url}") for one in mentions)
    without = sum(not any(word in text for word in words) for text in texts)
    return without * 2 > len(mentions)


def cells_of(source: Source, request: Request, status: CoverageStatus, why: str | None) -> list[Cell]:
    """Return the cell that `request` is, none where it asks no query."""
    if request.query is None:
        return []
    return [
        Cell(
            source=source.id,
            engine=request.engine or source.engine or source.id,
            query=request.query,
            variant=request.variant,
            context=request.context,
            status=status,
            detail=why,
            view=view_of(request.context, request.query),
        )
    ]


def cell_key(cell: Cell) -> tuple[str, ...]:
    """Return what tells one cell of the matrix from another; also their order."""
    return (cell.source, cell.engine, cell.query, cell.variant or "", cell.context or "")


def _merged(cells: list[Cell]) -> Cell:
    if len(cells) == 1:
        return cells[0]
    whys = dict.fromkeys(cell.detail for cell in cells if cell.detail)
    return replace(cells[0], status=combine(c.status for c in cells), detail="; ".join(whys) or None)


def _counted(reasons: Iterable[str]) -> list[str]:
    counts = Counter(reasons)
    told = [f"{n} × {why}" if n > 1 else why for why, n in list(counts.items())[:MOST_REASONS]]
    rest = len(counts) - MOST_REASONS
    return [*told, f"and {rest} other reasons"] if rest > 0 else told
