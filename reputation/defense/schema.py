"""The tables of audits.db, their triggers, and the versions that this program knows.

Captures and results are content-addressed: a body is kept once by the digest of its kept bytes, a result
once by the digest of its JSON, so that an unchanged page or mention costs one row of links next quarter.
A change here is a new file in `migrations/versions/` and a new entry in `VERSIONS`.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

VERSIONS = ("0001", "0002")
"""Every version that this program can open or bring forward, oldest first."""

metadata = MetaData()

version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("quarter", String(7), nullable=False),
    Column("as_of", Text, nullable=False),
    Column("state", String(9), nullable=False),
    Column("started_at", Text, nullable=False),
    Column("sealed_at", Text),
    Column("profile_digest", Text, nullable=False),
    Column("sources_digest", Text, nullable=False),
    Column("options_digest", Text, nullable=False),
    Column("retention", Text, nullable=False),
    Column("summary", Text),
    Column("head", LargeBinary),
    CheckConstraint("state IN ('open', 'sealed', 'abandoned')", name="audit_state"),
    CheckConstraint("(state = 'sealed') = (head IS NOT NULL)", name="audit_sealed_whole"),
)
Index("audit_by_time", audit.c.as_of, audit.c.sealed_at)

body = Table(
    "body",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("data", LargeBinary, nullable=False),
)

capture = Table(
    "capture",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("audit_id", ForeignKey("audit.id", ondelete="CASCADE"), nullable=False),
    Column("request_digest", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Text, nullable=False),
    Column("media_type", Text),
    Column("by", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("body_id", ForeignKey("body.id")),
    Column("fetched_at", Text, nullable=False),
    Column("elapsed_s", Float, nullable=False),
    UniqueConstraint("audit_id", "request_digest", "sha256", name="capture_once"),
)
Index("capture_body", capture.c.body_id)

record = Table(
    "record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("data", LargeBinary, nullable=False),
)

audit_record = Table(
    "audit_record",
    metadata,
    Column("audit_id", ForeignKey("audit.id", ondelete="CASCADE"), primary_key=True),
    Column("part", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("record_id", ForeignKey("record.id"), nullable=False),
    Column("aside", Text),
    sqlite_with_rowid=False,
)
Index("audit_record_record", audit_record.c.record_id)

judgement = Table(
    "judgement",
    metadata,
    Column("key", Text, primary_key=True),
    Column("aspect", Text, primary_key=True),
    Column("word", Text, nullable=False),
    Column("note", Text),
    Column("decided_at", Text),
    Column("url", Text),
    Column("source", Text),
)

signoff = Table(
    "signoff",
    metadata,
    Column("audit_id", ForeignKey("audit.id", ondelete="CASCADE"), primary_key=True),
    Column("accurate", Integer, nullable=False),
    Column("fair", Integer, nullable=False),
    Column("signed_at", Text),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("key", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("data", Text, nullable=False),
)
Index("journal_by_kind", journal.c.kind, journal.c.key)

TRIGGERS = (
    """CREATE TRIGGER audit_is_sealed BEFORE UPDATE ON audit WHEN OLD.state = 'sealed'
BEGIN SELECT RAISE(ABORT, 'a sealed audit is never rewritten'); END""",
    """CREATE TRIGGER audit_record_is_sealed BEFORE INSERT ON audit_record
WHEN (SELECT state FROM audit WHERE id = NEW.audit_id) <> 'open'
BEGIN SELECT RAISE(ABORT, 'a sealed audit is never rewritten'); END""",
    """CREATE TRIGGER audit_record_is_written_once BEFORE UPDATE ON audit_record
BEGIN SELECT RAISE(ABORT, 'a sealed audit is never rewritten'); END""",
    """CREATE TRIGGER capture_is_sealed BEFORE INSERT ON capture
WHEN (SELECT state FROM audit WHERE id = NEW.audit_id) <> 'open'
BEGIN SELECT RAISE(ABORT, 'a sealed audit is never rewritten'); END""",
    """CREATE TRIGGER capture_is_written_once BEFORE UPDATE ON capture
WHEN (SELECT state FROM audit WHERE id = OLD.audit_id) = 'sealed'
BEGIN SELECT RAISE(ABORT, 'a sealed audit is never rewritten'); END""",
    """CREATE TRIGGER record_is_written_once BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never rewritten'); END""",
    """CREATE TRIGGER body_is_written_once BEFORE UPDATE ON body
BEGIN SELECT RAISE(ABORT, 'a body is never rewritten'); END""",
    """CREATE TRIGGER journal_is_written_once BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never rewritten'); END""",
)
"""Deleting is left to `forget`, which a person asks for; rewriting is left to nobody."""


@event.listens_for(metadata, "after_create")
def _create_triggers(_target: MetaData, connection: Connection, **_kw: object) -> None:
    for statement in TRIGGERS:
        connection.exec_driver_sql(statement)
