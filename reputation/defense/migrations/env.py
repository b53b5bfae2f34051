"""Alembic's entrance: runs the migrations on the connection that `defense.database.migrate` hands over.

SQLite's DDL is transactional only because that engine begins by itself (see `defense.database`).
"""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=None,
    transactional_ddl=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
