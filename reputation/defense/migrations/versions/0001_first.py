"""The first tables.

A copy, as they stood, of what `defense.schema` creates for a new database; a released version is never edited.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

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
)


def upgrade() -> None:
    _audits()
    _captures()
    _records()
    _words()
    _triggers()


def _audits() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("quarter", sa.String(7), nullable=False),
        sa.Column("as_of", sa.Text, nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("sealed_at", sa.Text),
        sa.Column("profile_digest", sa.Text, nullable=False),
        sa.Column("sources_digest", sa.Text, nullable=False),
        sa.Column("options_digest", sa.Text, nullable=False),
        sa.Column("retention", sa.Text, nullable=False),
        sa.Column("summary", sa.Text),
        sa.Column("head", sa.LargeBinary),
        sa.CheckConstraint("state IN ('open', 'sealed', 'abandoned')", name="audit_state"),
        sa.CheckConstraint("(state = 'sealed') = (head IS NOT NULL)", name="audit_sealed_whole"),
    )
    op.create_index("audit_by_time", "audit", ["as_of", "sealed_at"])


def _captures() -> None:
    op.create_table(
        "body",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "capture",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("audit_id", sa.String(32), sa.ForeignKey("audit.id", ondelete="CASCADE"), nullable=False),
        sa.Column("request_digest", sa.String(64), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("headers", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("body_id", sa.Integer, sa.ForeignKey("body.id")),
        sa.Column("fetched_at", sa.Text, nullable=False),
        sa.Column("elapsed_s", sa.Float, nullable=False),
        sa.UniqueConstraint("audit_id", "request_digest", "sha256", name="capture_once"),
    )
    op.create_index("capture_body", "capture", ["body_id"])


def _records() -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "audit_record",
        sa.Column("audit_id", sa.String(32), sa.ForeignKey("audit.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("record_id", sa.Integer, sa.ForeignKey("record.id"), nullable=False),
        sa.Column("aside", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_index("audit_record_record", "audit_record", ["record_id"])


def _words() -> None:
    op.create_table(
        "judgement",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("aspect", sa.Text, primary_key=True),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("decided_at", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text),
    )
    op.create_table(
        "signoff",
        sa.Column("audit_id", sa.String(32), sa.ForeignKey("audit.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("accurate", sa.Integer, nullable=False),
        sa.Column("fair", sa.Integer, nullable=False),
        sa.Column("signed_at", sa.Text),
    )


def _triggers() -> None:
    for statement in TRIGGERS:
        op.execute(statement)
