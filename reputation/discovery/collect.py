"""Asks every source what it knows, and says of every source how that ended.

Several hosts are asked at once, each in turn (`lanes`).  Captures are committed and parsed on the
calling thread alone, as they arrive, so that a killed audit resumes where it was.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from reputation.discovery.adapters import adapter_of
from reputation.discovery.hearing import SPOKEN, Hearing, cell_key, cells_of, combine, is_by_hand
from reputation.discovery.lanes import Answer, Fetch, Job, Lanes, ask, weigh
from reputation.discovery.observe import read_observation
from reputation.discovery.plan import HasKey, Narrowing, always, plan_requests
from reputation.discovery.reach import is_never_fetched, never_fetched
from reputation.errors import SourceError
from reputation.model import (
    Access,
    By,
    Capture,
    Cell,
    Coverage,
    CoverageStatus,
    Evidence,
    Mention,
    NameVariant,
    Profile,
    Request,
    Source,
)

__all__ = ["Collected", "Event", "Narrowing", "OnEvent", "collect", "no_event"]

SAID = Mention | Request | Cell
READ = frozenset({CoverageStatus.OK, CoverageStatus.EMPTY})
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
    desk = _Desk([Hearing(plan) for plan in plans], fetch, draft, on_event, is_offline=narrowing.offline)
    desk.read_inbox(inbox)
    desk.run()
    return desk.collected()


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

    def run(self) -> None:
        """Ask all that is planned, and the second steps, until nothing is under way."""
        with Lanes(self._fetch, self._tell_asked) as lanes:
            for hearing in self._hearings.values():
                self._start(hearing, lanes)
            while any(hearing.waiting for hearing in self._hearings.values()):
                self._hear(lanes.next(), lanes)

    def _start(self, hearing: Hearing, lanes: Lanes) -> None:
        if hearing.planned.status is not None:
            self._tell_ended(hearing)
            return
        for n, request in enumerate(hearing.planned.requests):
            hearing.begin(Job(hearing.source, request, (n,)))
        for n, request in enumerate(hearing.planned.requests):
            self._ask(Job(hearing.source, request, (n,)), lanes)

    def _ask(self, job: Job, lanes: Lanes) -> None:
        """Give `job` to its host, or answer it from what is held; second steps of held captures likewise."""
        jobs = deque([job])
        while jobs:
            job = jobs.popleft()
            answer = self._answer_at_once(job, lanes)
            if answer is None:
                lanes.add(job)
            else:
                jobs += self._take(answer)

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
            return None
        lanes.heed(answer)
        return answer

    def _hear(self, answer: Answer, lanes: Lanes) -> None:
        self._keep(answer)
        for job in self._take(answer):
            self._ask(job, lanes)

    def _keep(self, answer: Answer) -> None:
        if answer.capture is not None and self._draft is not None:
            self._draft.keep(answer.capture)

    def _take(self, answer: Answer) -> list[Job]:
        """Parse an answer, note how it ended, and return its second steps."""
        hearing = self._hearings[answer.job.source.id]
        said, answer = _parsed(answer)
        cells = [one for one in said if isinstance(one, Cell)]
        mentions = [one for one in said if isinstance(one, Mention)] if answer.status in READ else []
        steps = [one for one in said if isinstance(one, Request)] if answer.status in READ else []
        self._file(hearing, answer.job.place, mentions, answer.capture)
        followed = self._follow(hearing, answer.job, steps)
        hearing.end(_as_heard(answer, mentions, steps, cells), cells)
        self._on_event(
            Event(
                source=hearing.source.id,
                what="answered",
                host=answer.job.host,
                requests=hearing.requests,
                mentions=len(hearing.mentions),
                status=answer.status,
                detail=answer.why,
            )
        )
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
            said, answer = _parsed(answer)
            mentions = [one for one in said if isinstance(one, Mention)] if answer.status in READ else []
            self._file(hearing, job.place, mentions, answer.capture)
            hearing.end_saved(answer, saved.url, len(mentions))

    def _owner(self, saved: Capture) -> Hearing | None:
        owners = (self._hearings.get(source_id) for source_id in (saved.source, UNOWNED))
        return next((owner for owner in owners if owner is not None), None)

    @staticmethod
    def _file(
        hearing: Hearing, place: tuple[int, ...], mentions: Sequence[Mention], capture: Capture | None
    ) -> None:
        """Put the mentions down with the bytes that they stand on."""
        if capture is None:
            return
        proof = Evidence(sha256=capture.sha256, url=capture.url, fetched_at=capture.fetched_at, by=capture.by)
        for n, mention in enumerate(mentions):
            proofs = mention.evidence if proof in mention.evidence else (*mention.evidence, proof)
            hearing.mentions.append(((*place, n), replace(mention, evidence=proofs)))

    def _tell_asked(self, job: Job) -> None:
        self._on_event(Event(source=job.source.id, what="asked", host=job.host))

    def _tell_ended(self, hearing: Hearing) -> None:
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


def _parsed(answer: Answer) -> tuple[list[SAID], Answer]:
    """Return what an answer's capture says, and the answer, corrected where it cannot be read.

    A reply that is known to be no good is read all the same where it came with 200: a metasearch without
    a result still tells which of its engines were silent.
    """
    capture = answer.capture
    if capture is None or (answer.status not in READ and capture.status != 200):
        return [], answer
    try:
        return list(_read(answer.job.source, capture)), answer
    except SourceError as error:
        status, why = CoverageStatus(error.status), str(error)
    except Exception as error:  # noqa: BLE001 - a broken adapter costs one reply, not the audit
        status, why = CoverageStatus.FAILED, f"the adapter {answer.job.source.adapter!r} failed: {error!r}"
    return [], replace(answer, status=status, why=why) if answer.status in READ else answer


def _read(source: Source, capture: Capture) -> Iterable[SAID]:
    if capture.by is By.OBSERVED:
        return read_observation(capture)
    if capture.by is By.SAVED_PAGE and is_by_hand(source, capture):
        source = replace(source, adapter="saved-page", access=Access.MANUAL)
    return adapter_of(source).parse(source, capture)


def _as_heard(
    answer: Answer, mentions: Sequence[Mention], steps: Sequence[Request], cells: Sequence[Cell]
) -> Answer:
    """Return the answer with the status that its content gives it."""
    if answer.status not in READ:
        return answer
    found = CoverageStatus.OK if mentions or steps else CoverageStatus.EMPTY
    silent = [cell for cell in cells if cell.status not in SPOKEN]
    if not silent:
        return replace(answer, status=found)
    why = ", ".join(f"{cell.engine}: {cell.detail or cell.status}" for cell in silent)
    status = (
        combine((found, *(cell.status for cell in cells)))
        if mentions or len(silent) < len(cells)
        else silent[0].status
    )
    return replace(answer, status=status, why=why)
