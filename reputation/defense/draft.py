"""An unfinished audit: begun, resumed, filled capture by capture, sealed once."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from reputation.codec import to_plain
from reputation.defense import database, records, schema
from reputation.defense.database import Database
from reputation.defense.retention import as_may_be_kept
from reputation.errors import StoreError
from reputation.model import Audit, Capture, Request

CHUNK = 1_000
"""Rows a statement: enough to be quick, few enough to hold little memory."""

_audit, _body, _capture = schema.audit, schema.body, schema.capture
_record, _link = schema.record, schema.audit_record


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What an audit asks: two audits with equal questions are the same audit."""

    quarter: str
    profile_digest: str
    sources_digest: str
    options_digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """An audit that has been begun: its draft, and what became of earlier unfinished ones."""

    draft: Draft
    resumed: bool
    abandoned: tuple[str, ...]
    """Ids of the unfinished audits that were closed because they asked something else."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """The unfinished audit; each capture is committed as it arrives, from whatever thread."""

    id: str
    started_at: datetime
    as_of: datetime
    database: Database
    retention: Mapping[str, str] = field(default_factory=dict)
    """keep, id_only or none by source id; a source that is not named is kept."""

    def held(self, request: Request) -> Capture | None:
        """Return what was already committed for `request`, or None."""
        return capture_for(self.database, self.id, request)

    def keep(self, capture: Capture) -> None:
        """Commit `capture`; the same bytes for the same request count once."""
        with self.database.writing() as connection:
            body_id = _body_id(connection, capture.body)
            values = {"audit_id": self.id, "body_id": body_id, **records.capture_row(capture)}
            connection.execute(insert(_capture).values(values).on_conflict_do_nothing())

    def seal(self, audit: Audit) -> None:
        """Write the finished record, once and whole, and copy the database beside itself.

        Raises:
            StoreError: The audit is sealed already, or cannot be written: the draft is then still there.
        """
        if audit.id != self.id:
            raise StoreError(f"audit {audit.id} was not begun here; run the audit again")
        audit = as_may_be_kept(audit, self.retention)
        with self.database.writing() as connection:
            write_rows(connection, audit)
            _drop_transient(connection, self.id, self.retention)
            sealed = {
                "state": "sealed",
                "sealed_at": to_plain(datetime.now(UTC)),
                "summary": records.dump(records.summary_of(audit)),
                "head": records.head_of(audit),
            }
            done = connection.execute(update(_audit).where(_audit.c.id == self.id).values(sealed))
            if done.rowcount != 1:
                raise StoreError(f"the draft of audit {self.id} is gone; run the audit again")
        with suppress(StoreError), database.guard(self.database.path):
            # The audit is sealed; without room for a copy the older copy stays.
            database.back_up(self.database.engine, self.database.backup)


def begin(
    at: Database, question: Question, as_of: datetime, now: datetime, retention: Mapping[str, str]
) -> Begun:
    """Begin an audit, or resume the unfinished one that asks the same; close the others as abandoned."""
    with at.writing() as connection:
        row, abandoned = _close_others(connection, question)
        if row is None:
            draft = Draft(id=uuid4().hex, started_at=now, as_of=as_of, database=at, retention=retention)
            connection.execute(_audit.insert(), _row_of(draft, question))
        else:
            draft = Draft(
                id=row.id,
                started_at=datetime.fromisoformat(row.started_at),
                as_of=datetime.fromisoformat(row.as_of),
                database=at,
                retention=json.loads(row.retention),
            )
    return Begun(draft=draft, resumed=row is not None, abandoned=abandoned)


def _row_of(draft: Draft, question: Question) -> dict[str, Any]:
    return {
        "id": draft.id,
        "as_of": to_plain(draft.as_of),
        "state": "open",
        "started_at": to_plain(draft.started_at),
        "retention": records.dump(dict(draft.retention)),
        **to_plain(question),
    }


def _close_others(connection: Connection, wanted: Question) -> tuple[Row[Any] | None, tuple[str, ...]]:
    """Return the unfinished audit to resume, if any, and the ids of those that were closed instead."""
    resumed: Row[Any] | None = None
    closed: list[str] = []
    unfinished = select(_audit).where(_audit.c.state == "open").order_by(_audit.c.started_at.desc())
    for row in connection.execute(unfinished).all():
        asked = Question(
            quarter=row.quarter,
            profile_digest=row.profile_digest,
            sources_digest=row.sources_digest,
            options_digest=row.options_digest,
        )
        if asked == wanted and resumed is None:
            resumed = row
        else:
            connection.execute(update(_audit).where(_audit.c.id == row.id).values(state="abandoned"))
            closed.append(row.id)
    return resumed, tuple(closed)


def select_captures(audit_id: str) -> Select[Any]:
    """Return the query for an audit's captures with their bodies."""
    joined = _capture.outerjoin(_body, _body.c.id == _capture.c.body_id)
    return select(_capture, _body.c.data).select_from(joined).where(_capture.c.audit_id == audit_id)


def capture_for(at: Database, audit_id: str, request: Request) -> Capture | None:
    """Return what an audit holds for `request`, the latest where it holds several.

    None also where the source's terms forbade to keep the reply.
    """
    query = select_captures(audit_id).where(_capture.c.request_digest == request.digest)
    with at.reading() as connection:
        row = connection.execute(query.order_by(_capture.c.id.desc()).limit(1)).first()
    if row is None or row.data is None:
        return None
    with at.whole():
        return records.capture_from(row, row.data)


def _body_id(connection: Connection, data: bytes) -> int:
    digest = hashlib.sha256(data).digest()
    known = select(_body.c.id).where(_body.c.digest == digest)
    found: int | None = connection.execute(known).scalar()
    if found is None:
        connection.execute(_body.insert(), {"digest": digest, "data": zlib.compress(data)})
        found = connection.execute(known).scalar_one()
    return found


def write_rows(connection: Connection, audit: Audit) -> None:
    """Write every item of an audit, each record once, in chunks."""
    chunk: list[records.Row] = []
    for row in records.rows_of(audit):
        chunk.append(row)
        if len(chunk) == CHUNK:
            _write_chunk(connection, audit.id, chunk)
            chunk = []
    if chunk:
        _write_chunk(connection, audit.id, chunk)


def _write_chunk(connection: Connection, audit_id: str, rows: list[records.Row]) -> None:
    wanted = [{"digest": digest, "data": data} for _, _, digest, data, _ in rows]
    connection.execute(insert(_record).on_conflict_do_nothing(), wanted)
    known = select(_record.c.digest, _record.c.id).where(_record.c.digest.in_([row[2] for row in rows]))
    ids = {found.digest: found.id for found in connection.execute(known)}
    links = [
        {"audit_id": audit_id, "part": part, "position": at, "record_id": ids[digest], "aside": aside}
        for part, at, digest, _, aside in rows
    ]
    connection.execute(_link.insert(), links)


def _drop_transient(connection: Connection, audit_id: str, retention: Mapping[str, str]) -> None:
    """Drop the bodies and headers of replies whose source's terms do not let one keep them."""
    sources = sorted(source for source, how in retention.items() if how != "keep")
    if not sources:
        return
    of_these = (_capture.c.audit_id == audit_id) & _capture.c.source.in_(sources)
    connection.execute(update(_capture).where(of_these).values(body_id=None, headers="[]"))
    drop_orphans(connection)


def drop_orphans(connection: Connection) -> int:
    """Delete the bodies and records that no audit holds any more; return how many."""
    unused_body = ~select(1).where(_capture.c.body_id == _body.c.id).exists()
    unused_record = ~select(1).where(_link.c.record_id == _record.c.id).exists()
    bodies = connection.execute(delete(_body).where(unused_body)).rowcount
    return bodies + connection.execute(delete(_record).where(unused_record)).rowcount
