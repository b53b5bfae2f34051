"""The store of one workspace: sealed audits, their captures, and the user's own words.

Every capture is committed as it arrives (`draft`), so that a run that is killed loses nothing.
A sealed audit is never rewritten: triggers in the database see to that.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from sqlalchemy import Row, select

from reputation.defense import database, draft, journal, records, schema, words
from reputation.defense.database import Database
from reputation.defense.draft import Begun, Draft, Question
from reputation.defense.journal import Entry
from reputation.errors import StoreError, UsageError
from reputation.model import Audit, Capture, Judgement, Request, Signoff

__all__ = ["AuditSummary", "Begun", "Draft", "Store", "open_store"]

_audit, _record, _link = schema.audit, schema.record, schema.audit_record
_PAGE = 100
"""Captures read at once; a body may be megabytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditSummary:
    """One line of `history`; the counts are those of `records.summary_of`."""

    id: str
    quarter: str
    as_of: datetime
    sealed_at: datetime
    status: str
    mentions: int
    matches: int
    possible: int
    positive: int
    negative: int
    differs: int
    sources: int
    heard: int
    actions: int
    ratings: Mapping[str, tuple[float, float | None, int | None]]
    """By source: rating, best rating, number of ratings."""


def open_store(path: Path) -> Store:
    """Return the store at `path`, created on first use and brought forward where it is older.

    Raises:
        StoreError: The database cannot be read or written, is locked, full, damaged or newer.
    """
    return Store(database.open_database(path))


class Store:
    """The database of one workspace."""

    def __init__(self, at: Database) -> None:
        self.database = at
        self._lock: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The database file."""
        return self.database.path

    def close(self) -> None:
        """Let go of the file and of the run's lock."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
        self.database.engine.dispose()

    # ------------------------------------------------------------------------ one run

    def begin(
        self,
        *,
        quarter: str,
        as_of: datetime,
        profile_digest: str,
        sources_digest: str,
        options_digest: str,
        now: datetime,
        retention: Mapping[str, str] = MappingProxyType({}),
    ) -> Begun:
        """Begin an audit, or resume an unfinished one of the same quarter with the same settings.

        `retention` names by source id what may be kept of its replies: keep, id_only or none.

        Raises:
            StoreError: Another run is at work in this workspace.
        """
        self._take_lock()
        question = Question(
            quarter=quarter,
            profile_digest=profile_digest,
            sources_digest=sources_digest,
            options_digest=options_digest,
        )
        return draft.begin(self.database, question, as_of, now, retention)

    def _take_lock(self) -> None:
        """Keep other runs out until `close`; the lock dies with the process, whatever ends it."""
        if self._lock is not None:
            return
        beside = self.path.with_name(self.path.name + ".lock")
        with database.guard(beside):
            lock = sqlite3.connect(beside, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                lock.execute("BEGIN EXCLUSIVE")
                beside.chmod(0o600)
            except sqlite3.OperationalError as error:
                lock.close()
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                raise StoreError(
                    f"another run is at work in {self.path.parent}; wait until it has ended"
                ) from error
        self._lock = lock

    # ------------------------------------------------------------------------ sealed audits

    def audits(self) -> tuple[AuditSummary, ...]:
        """Return the sealed audits, oldest first."""
        query = select(_audit).where(_audit.c.state == "sealed")
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(_audit.c.as_of, _audit.c.sealed_at)).all()
        with self.database.whole():
            return tuple(map(_summary, rows))

    def find(self, reference: str) -> str:
        """Return the id that `reference` means: an id, a unique beginning of one, or the last of a quarter.

        Raises:
            UsageError: No sealed audit is meant, or more than one.
        """
        summaries = self.audits()
        of_quarter = [s.id for s in summaries if s.quarter == reference.upper()]
        found = of_quarter[-1:] or [s.id for s in summaries if reference and s.id.startswith(reference)]
        if len(found) > 1:
            raise UsageError(f"several audits begin with {reference}; give more of the id: repaudit history")
        if not found:
            raise UsageError(f"there is no audit {reference}; see repaudit history")
        return found[0]

    def load(self, reference: str) -> Audit:
        """Return the sealed audit that `reference` means, as `find` reads it."""
        return self._read(self.find(reference))

    def latest(self) -> Audit | None:
        """Return the audit with the latest `as_of`; of several the one sealed last."""
        summaries = self.audits()
        return self._read(summaries[-1].id) if summaries else None

    def base_for(self, quarter: str) -> Audit | None:
        """Return the last audit of an earlier quarter, or None."""
        earlier = [summary for summary in self.audits() if summary.quarter < quarter]
        return self._read(earlier[-1].id) if earlier else None

    def _read(self, audit_id: str) -> Audit:
        query = (
            select(_link.c.part, _record.c.data, _link.c.aside)
            .join(_record, _record.c.id == _link.c.record_id)
            .where(_link.c.audit_id == audit_id)
            .order_by(_link.c.part, _link.c.position)
        )
        with self.database.reading() as connection:
            head = connection.execute(select(_audit.c.head).where(_audit.c.id == audit_id)).scalar_one()
            rows = [(row.part, row.data, row.aside) for row in connection.execute(query)]
        with self.database.whole():
            return records.audit_from(head, rows)

    # ------------------------------------------------------------------------ captures

    def captures_of(self, audit_id: str) -> Iterator[Capture]:
        """Yield every capture of an audit in the order of arrival, saved pages among them.

        A reply that its source's terms forbade to keep is left out.
        """
        table = schema.capture.c
        query = draft.select_captures(audit_id).where(table.body_id.is_not(None)).order_by(table.id)
        last = 0
        while True:
            with self.database.reading() as connection:
                rows = connection.execute(query.where(table.id > last).limit(_PAGE)).all()
            if not rows:
                return
            for row in rows:
                with self.database.whole():
                    found = records.capture_from(row, row.data)
                yield found
            last = rows[-1].id

    def capture_for(self, audit_id: str, request: Request) -> Capture | None:
        """Return what an audit holds for `request`, the latest where it holds several; None without."""
        return draft.capture_for(self.database, audit_id, request)

    # ------------------------------------------------------------------------ the user's words

    def judge(self, word: Judgement) -> None:
        """Keep the user's word on one item; it replaces an earlier one of the same sort."""
        words.judge(self.database, word)

    def unjudge(self, key: str) -> bool:
        """Take back every word on one item; return whether there was one."""
        return words.unjudge(self.database, key)

    def judgements(self) -> tuple[Judgement, ...]:
        """Return the user's words, by key."""
        return words.judgements(self.database)

    def sign(self, word: Signoff, audit_id: str) -> None:
        """Keep the clinician's judgement of the whole story that one audit told."""
        words.sign(self.database, word, self.find(audit_id))

    def signoff_for(self, audit_id: str | None = None) -> Signoff | None:
        """Return the judgement of one audit's story, by default the latest's; None where none was given."""
        if audit_id is None:
            summaries = self.audits()
            if not summaries:
                return None
            audit_id = summaries[-1].id
        return words.signoff_for(self.database, audit_id)

    def write_entry(self, entry: Entry) -> None:
        """Append to the journal something that the user did."""
        journal.write_entry(self.database, entry)

    def entries(self, kind: str, key: str | None = None) -> tuple[Entry, ...]:
        """Return the journal's entries of one kind, of one key where that is given, oldest first."""
        return journal.entries(self.database, kind, key)


def _summary(row: Row[Any]) -> AuditSummary:
    counts = json.loads(row.summary)
    counts["ratings"] = {source: tuple(values) for source, values in counts["ratings"].items()}
    return AuditSummary(
        id=row.id,
        quarter=row.quarter,
        as_of=datetime.fromisoformat(row.as_of),
        sealed_at=datetime.fromisoformat(row.sealed_at),
        **counts,
    )
