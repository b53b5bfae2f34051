"""Asks every source what it knows, and says of every source how that ended.

Several hosts are asked at once, each in turn (`lanes`).  Captures are committed and parsed on the
calling thread alone, as they arrive, so that a killed audit resumes where it was.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from reputation.discovery.hearing import Hearing, cell_key, cells_of
from reputation.discovery.lanes import Answer, Fetch, Job, Lanes, ask, weigh
from reputation.discovery.parsing import parse
from reputation.discovery.plan import HasKey, Narrowing, Planned, always, beyond_budget, plan_requests
from reputation.discovery.reach import is_never_fetched, never_fetched
from reputation.discovery.variants import Query, queries
from reputation.model import (
    By,
    Capture,
    Category,
    Cell,
    Coverage,
    CoverageStatus,
    Mention,
    NameVariant,
    Profile,
    Request,
    Source,
)
from reputation.normalize import fold

__all__ = ["Collected", "Event", "Narrowing", "OnEvent", "collect", "no_event"]

_MOST_QUERIES = 2_000
"""Of the matrix, how much is drawn up to find a saved query in it."""
UNOWNED = "own-pages"
"""The source to which a saved page is put down that belongs to no source."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What has just happened to a source: `asked`, `answered`, or `ended` with its status."""

    source: str
    what: str
    host: str | None = None
    requests: int = 0
    mentions: int = 0
    status: CoverageStatus | None = None
    detail: str | None = None


OnEvent = Callable[[Event], None]


def no_event(_event: Event) -> None:
    """Take no notice."""


class Keeper(Protocol):
    """The unfinished audit in a store, as far as it is needed here."""

    def held(self, request: Request) -> Capture | None:
        """Return what was already committed for `request`."""

    def keep(self, capture: Capture) -> None:
        """Commit `capture`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Collected:
    """What was heard: one coverage a source, every cell of the query matrix, every mention as parsed."""

    coverage: tuple[Coverage, ...] = ()
    cells: tuple[Cell, ...] = ()
    mentions: tuple[Mention, ...] = ()


def collect(
    profile: Profile,
    sources: Sequence[Source],
    variants: Sequence[NameVariant],
    fetch: Fetch,
    *,
    now: datetime,
    draft: Keeper | None = None,
    inbox: Iterable[Capture] = (),
    narrowing: Narrowing | None = None,
    on_event: OnEvent = no_event,
    has_key: HasKey = always,
) -> Collected:
    """Ask `sources` about `profile`, read what the user saved, and return all that was heard.

    What `draft` holds is not asked again; what `fetch` brings is committed before it is parsed.  `now` is
    the audit's moment, which decides what is retired; captures carry their own.

    Raises:
        ConfigError: a source names an adapter that does not exist.
    """
    narrowing = narrowing or Narrowing()
    plans = plan_requests(profile, sources, variants, has_key=has_key, narrowing=narrowing, today=now.date())
    hearings = [Hearing(plan, unasked=plan.unasked) for plan in plans]
    desk = _Desk(hearings, fetch, draft, on_event, is_offline=narrowing.offline)
    desk.read_inbox(_placed(inbox, profile, variants))
    desk.run(lambda plan: beyond_budget(plan, profile, variants))
    return desk.collected()


def _placed(inbox: Iterable[Capture], profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Capture]:
    """Yield what was saved; a query of the matrix with the name and the context that it has there."""
    cells: dict[str, Query] = {}
    for saved in inbox:
        request = saved.request
        if request.query and not request.context:
            cells = cells or {fold(one.text): one for one in queries(profile, variants, _MOST_QUERIES)}
            if cell := cells.get(fold(request.query)):
                saved = replace(  # noqa: PLW2901 - the same page, better told
                    saved, request=replace(request, variant=cell.variant, context=cell.context)
                )
        yield saved


class _Desk:
    """The calling thread's part: hands out jobs, keeps and parses what comes back."""

    def __init__(
        self,
        hearings: list[Hearing],
        fetch: Fetch,
        draft: Keeper | None,
        on_event: OnEvent,
        *,
        is_offline: bool,
    ) -> None:
        self._hearings = {hearing.source.id: hearing for hearing in hearings}
        self._refused = never_fetched(hearing.source for hearing in hearings)
        self._fetch = fetch
        self._draft = draft
        self._on_event = on_event
        self._is_offline = is_offline
        self._arrived: deque[Answer] = deque()
        self._rest_of: Callable[[Planned], tuple[Request, ...]] = lambda planned: planned.unasked
        self._drawn: set[str] = set()

    def run(self, rest_of: Callable[[Planned], tuple[Request, ...]]) -> None:
        """Ask all that is planned, and the second steps, until nothing is under way.

        What `rest_of` a plan is beyond the budget is drawn up while the hosts are at work, and none waits for it.
        """
        self._rest_of = rest_of
        with Lanes(self._fetch, self._tell_asked) as lanes:
            for hearing in self._hearings.values():
                self._start(hearing, lanes)
            undrawn = iter(self._hearings.values())
            while any(hearing.waiting for hearing in self._hearings.values()):
                self._commit_arrived(lanes)
                if not self._arrived and (idle := next(undrawn, None)) is not None:
                    self._draw_rest(idle)
                    continue
                if not self._arrived:
                    self._arrive(lanes.next())
                for job in self._take(self._arrived.popleft(), lanes):
                    self._ask(job, lanes)
            for hearing in undrawn:
                self._draw_rest(hearing)

    def _draw_rest(self, hearing: Hearing) -> None:
        if hearing.source.id not in self._drawn:
            self._drawn.add(hearing.source.id)
            hearing.unasked = self._rest_of(hearing.planned)

    def _start(self, hearing: Hearing, lanes: Lanes) -> None:
        """Hand out what is planned; an engine gets one query at a time, until it brings nothing new."""
        if hearing.planned.status is not None:
            self._tell_ended(hearing)
            return
        jobs = [Job(hearing.source, request, (n,)) for n, request in enumerate(hearing.planned.requests)]
        for job in jobs:
            hearing.begin(job)
        if hearing.source.category is Category.SEARCH:
            hearing.queue.extend(jobs[1:])
            jobs = jobs[:1]
        for job in jobs:
            self._ask(job, lanes)

    def _ask(self, job: Job, lanes: Lanes) -> None:
        """Give `job` to its host, or answer it from what is held; second steps of held captures likewise."""
        jobs = deque([job])
        while jobs:
            self._commit_arrived(lanes)
            job = jobs.popleft()
            answer = self._answer_at_once(job, lanes)
            if answer is None:
                lanes.add(job)
            else:
                jobs += self._take(answer, lanes)

    def _answer_at_once(self, job: Job, lanes: Lanes) -> Answer | None:
        """Return the answer that needs no network, None where it does."""
        if (stopped := lanes.stopped(job)) is not None:
            return stopped
        held = self._draft.held(job.request) if self._draft else None
        if held is not None:
            answer = weigh(job, replace(held, source=job.source.id, request=job.request))
        elif self._is_offline:
            answer = ask(self._fetch, job)
            self._keep(answer)
        else:
            return None  # the network
        return answer

    def _commit_arrived(self, lanes: Lanes) -> None:
        """Commit whatever has arrived before anything is parsed: a kill must not cost a reply."""
        for answer in lanes.arrived():
            self._arrive(answer)

    def _arrive(self, answer: Answer) -> None:
        self._keep(answer)
        self._arrived.append(answer)

    def _keep(self, answer: Answer) -> None:
        if answer.capture is not None and self._draft is not None:
            self._draft.keep(answer.capture)

    def _take(self, answer: Answer, lanes: Lanes) -> list[Job]:
        """Parse an answer, note how it ended, and return what is to be asked next because of it."""
        hearing = self._hearings[answer.job.source.id]
        parsed = parse(answer)
        lanes.heed(parsed.answer)
        hearing.file(answer.job.place, parsed)
        followed = self._follow(hearing, answer.job, parsed.steps)
        hearing.end(parsed)
        self._on_event(
            Event(
                source=hearing.source.id,
                what="answered",
                host=answer.job.host,
                requests=hearing.requests,
                mentions=len(hearing.mentions),
                status=parsed.answer.status,
                detail=parsed.answer.why,
            )
        )
        followed += hearing.next_in_queue()
        if not hearing.waiting:
            self._tell_ended(hearing)
        return followed

    def _follow(self, hearing: Hearing, job: Job, steps: Sequence[Request]) -> list[Job]:
        followed = []
        for n, request in enumerate(steps):
            if is_never_fetched(request.url, self._refused, hearing.source):
                hearing.notes.append("a page on a host that is never fetched was left alone")
            elif hearing.may_ask(request):
                followed.append(Job(hearing.source, request, (*job.place, n)))
                hearing.begin(followed[-1])
            elif request.digest not in hearing.digests:
                why = f"beyond the budget of {hearing.source.max_requests} requests"
                hearing.cells += cells_of(hearing.source, request, CoverageStatus.SKIPPED, why)
        return followed

    def read_inbox(self, captures: Iterable[Capture]) -> None:
        """Keep and parse what the user saved or saw; a bad page is told in its source's detail."""
        for n, saved in enumerate(captures):
            hearing = self._owner(saved)
            if hearing is None:
                continue
            source = hearing.source
            job = Job(source, saved.request, (-1, n))
            answer = Answer(job, saved, CoverageStatus.OK) if saved.by is By.OBSERVED else weigh(job, saved)
            self._keep(answer)
            parsed = parse(answer)
            hearing.file(job.place, parsed)
            hearing.end_saved(parsed, saved.url)

    def _owner(self, saved: Capture) -> Hearing | None:
        owners = (self._hearings.get(source_id) for source_id in (saved.source, UNOWNED))
        return next((owner for owner in owners if owner is not None), None)

    def _tell_asked(self, job: Job) -> None:
        hearing = self._hearings[job.source.id]
        hearing.begun_at = hearing.begun_at or time.monotonic()
        self._on_event(Event(source=job.source.id, what="asked", host=job.host))

    def _tell_ended(self, hearing: Hearing) -> None:
        self._draw_rest(hearing)
        line = hearing.coverage()
        self._on_event(
            Event(
                source=line.source,
                what="ended",
                requests=line.requests,
                mentions=line.mentions,
                status=line.status,
                detail=line.detail,
            )
        )

    def collected(self) -> Collected:
        """Return all that was heard, each list in a stable order."""
        hearings = self._hearings.values()
        cells = sorted((cell for hearing in hearings for cell in hearing.all_cells()), key=cell_key)
        placed = [
            (mention.source, mention.key, place, mention) for h in hearings for place, mention in h.mentions
        ]
        placed.sort(key=lambda row: row[:3])
        return Collected(
            coverage=tuple(sorted((h.coverage() for h in hearings), key=lambda line: line.source)),
            cells=tuple(cells),
            mentions=tuple(row[3] for row in placed),
        )
