"""What the user did beside judging: an append-only log, by kind and by what it is about.

A dispute sent, a number dialled, a biography exported, a reply approved, a policy signed: each is one entry.
Where a thing stands is computed from its entries, oldest first; no entry is ever rewritten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from reputation.codec import to_plain
from reputation.defense import records, schema
from reputation.defense.database import Database

_journal = schema.journal


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that was done: `kind` is dispute, call, export, cadence, approval or policy; `data` is plain JSON."""

    kind: str
    key: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def write_entry(at: Database, entry: Entry) -> None:
    """Append an entry; a time without a zone is UTC."""
    moment = entry.at if entry.at.tzinfo else entry.at.replace(tzinfo=UTC)
    values = {
        "kind": entry.kind,
        "key": entry.key,
        "at": moment.astimezone(UTC).isoformat(),
        "data": records.dump(to_plain(entry.data)),
    }
    with at.writing() as connection:
        connection.execute(_journal.insert().values(values))


def entries(at: Database, kind: str, key: str | None = None) -> tuple[Entry, ...]:
    """Return the entries of one kind, of one key where that is given, in the order of writing."""
    query = select(_journal).where(_journal.c.kind == kind).order_by(_journal.c.id)
    if key is not None:
        query = query.where(_journal.c.key == key)
    with at.reading() as connection:
        rows = connection.execute(query).all()
    with at.whole():
        return tuple(
            Entry(
                kind=row.kind,
                key=row.key,
                at=datetime.fromisoformat(row.at),
                data=MappingProxyType(json.loads(row.data)),
            )
            for row in rows
        )
