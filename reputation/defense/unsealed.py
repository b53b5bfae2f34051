"""Deletes what was gathered for audits that were never sealed: nobody can say what their pages show."""

from __future__ import annotations

from sqlalchemy import delete

from reputation.defense import draft, schema
from reputation.defense.store import Store


def forget_unsealed(store: Store) -> int:
    """Delete unfinished and abandoned audits with their pages; return how many there were."""
    with store.database.writing() as connection:
        gone = connection.execute(delete(schema.audit).where(schema.audit.c.state != "sealed")).rowcount
        draft.drop_orphans(connection)
    return gone
