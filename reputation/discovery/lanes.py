"""One thread a host: each host is asked one thing at a time, many hosts at once.

The sources that share a host take turns.  The threads do what is pure or waits for the network: fetch,
take out reviewers' names, diagnose.  Parsing and the store stay with the caller's thread.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from reputation.discovery.diagnose import diagnosis
from reputation.discovery.reach import netloc_of
from reputation.discovery.redact import redact
from reputation.errors import SourceError
from reputation.model import Capture, CoverageStatus, Request, Source

Fetch = Callable[[Source, Request], Capture]
STOPPING = frozenset({CoverageStatus.QUOTA, CoverageStatus.AUTH})
"""After such an answer it is no use, and no manners, to ask the source further."""


@dataclass(frozen=True, slots=True)
class Job:
    """One request of one source; `place` is where it stands in the source's plan, follow-ups below it."""

    source: Source
    request: Request
    place: tuple[int, ...]

    @property
    def host(self) -> str:
        """The `host:port` that is asked."""
        return netloc_of(self.request.url)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a job: a capture with its diagnosis, or the status and the reason why there is none."""

    job: Job
    capture: Capture | None
    status: CoverageStatus
    why: str | None = None
    was_asked: bool = True


def ask(fetch: Fetch, job: Job) -> Answer:
    """Return the answer to `job`; what goes wrong is an answer too."""
    try:
        capture: object = fetch(job.source, job.request)
    except SourceError as error:
        status = CoverageStatus(error.status)
        return Answer(job, None, status, str(error), was_asked=status is not CoverageStatus.SKIPPED)
    except Exception as error:  # noqa: BLE001 - `fetch` is the caller's own: its trouble costs one request
        why = ": ".join(filter(None, (type(error).__name__, str(error))))
        return Answer(job, None, CoverageStatus.FAILED, why)
    if not isinstance(capture, Capture):
        why = f"fetch gave {type(capture).__name__}, no Capture"
        return Answer(job, None, CoverageStatus.FAILED, why)
    return weigh(job, capture)


def weigh(job: Job, capture: Capture) -> Answer:
    """Return `capture` without reviewers' names, and with what it amounts to."""
    status, why = diagnosis(capture.status, dict(capture.headers), capture.body)
    try:
        capture = redact(capture)
    except Exception as error:  # noqa: BLE001 - what cannot be redacted is not kept, and costs one request
        if status in (CoverageStatus.OK, CoverageStatus.EMPTY):
            status, why = CoverageStatus.FAILED, str(error) or type(error).__name__
        return Answer(job, None, status, why)
    return Answer(job, capture, status, why)


class Lanes:
    """The hosts' threads; leave the context to end them."""

    def __init__(self, fetch: Fetch, on_asked: Callable[[Job], None]) -> None:
        self._fetch = fetch
        self._on_asked = on_asked
        self._lanes: dict[str, _Lane] = {}
        self._said: queue.SimpleQueue[Answer | Job | BaseException] = queue.SimpleQueue()
        self._stopped: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for lane in self._lanes.values():
            lane.close()
        if kind is None:
            for lane in self._lanes.values():
                lane.thread.join()

    def add(self, job: Job) -> None:
        """Queue `job` on its host's lane."""
        lane = self._lanes.get(job.host)
        if lane is None:
            lane = self._lanes[job.host] = _Lane(job.host, self._answered)
        lane.add(job)

    def next(self) -> Answer:
        """Return the next answer, waiting for it; `on_asked` is told meanwhile what is being asked.

        Raises:
            BaseException: what ended a thread and is no ordinary error.
        """
        while True:
            try:
                said = self._said.get(timeout=1.0)  # a wait without end cannot be interrupted everywhere
            except queue.Empty:
                continue
            if (answer := self._heard(said)) is not None:
                return answer

    def arrived(self) -> Iterator[Answer]:
        """Yield the answers that are there already; raises as `next` does."""
        while not self._said.empty():
            if (answer := self._heard(self._said.get())) is not None:
                yield answer

    def _heard(self, said: Answer | Job | BaseException) -> Answer | None:
        if isinstance(said, BaseException):
            raise said
        if isinstance(said, Answer):
            return said
        self._on_asked(said)
        return None

    def _answered(self, job: Job) -> None:
        """Ask, on the lane's thread."""
        if (stopped := self.stopped(job)) is not None:
            self._said.put(stopped)
            return
        self._said.put(job)
        try:
            answer = ask(self._fetch, job)
        except BaseException as error:  # noqa: BLE001 - handed on: the caller's thread raises it
            self._said.put(error)
            return
        self.heed(answer)
        self._said.put(answer)

    def heed(self, answer: Answer) -> None:
        """Ask a source no further after quota or auth."""
        if answer.status in STOPPING:
            self._stopped.setdefault(answer.job.source.id, answer.why or answer.status.value)

    def stopped(self, job: Job) -> Answer | None:
        """Return the answer to a job whose source is not asked any more, None where it is."""
        why = self._stopped.get(job.source.id)
        if why is None:
            return None
        return Answer(job, None, CoverageStatus.SKIPPED, f"not asked after: {why}", was_asked=False)


class _Lane:
    """One host's queue and thread."""

    def __init__(self, host: str, work: Callable[[Job], None]) -> None:
        self._work = work
        self._waiting: dict[str, deque[Job]] = {}
        self._changed = threading.Condition()
        self._is_closed = False
        # A daemon: an interrupted audit must not wait for a server that is slow to answer.
        self.thread = threading.Thread(target=self._run, name=f"host {host}", daemon=True)
        self.thread.start()

    def add(self, job: Job) -> None:
        with self._changed:
            self._waiting.setdefault(job.source.id, deque()).append(job)
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def _run(self) -> None:
        while (job := self._take()) is not None:
            self._work(job)

    def _take(self) -> Job | None:
        """Return the next job: the sources of a host take turns."""
        with self._changed:
            while not self._waiting and not self._is_closed:
                self._changed.wait()
            if self._is_closed:
                return None
            source_id = next(iter(self._waiting))
            jobs = self._waiting.pop(source_id)
            job = jobs.popleft()
            if jobs:
                self._waiting[source_id] = jobs
            return job
