"""The journal: what the user did beside judging, append-only.

A copy, as it stood, of what `defense.schema` creates for a new database; a released version is never edited.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("journal_by_kind", "journal", ["kind", "key"])
    op.execute(
        """CREATE TRIGGER journal_is_written_once BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never rewritten'); END"""
    )
