"""The user's own words: judgements of single items, and of the whole story of an audit."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from reputation.codec import from_plain, to_plain
from reputation.defense.database import Database
from reputation.defense.schema import judgement, signoff
from reputation.model import Judgement, Signoff

_ASPECTS = {
    "mine": "identity",
    "not-mine": "identity",
    "fair": "fairness",
    "unfair": "fairness",
    "positive": "sentiment",
    "neutral": "sentiment",
    "negative": "sentiment",
    "resolved": "state",
    "waived": "state",
}
"""Which earlier word a new one replaces: an item may be hers and negative, never hers and not hers."""


def judge(at: Database, word: Judgement) -> None:
    """Keep a word; it replaces an earlier one of the same sort on the same item."""
    values = {**to_plain(word), "aspect": _ASPECTS.get(word.word, "other")}
    added = insert(judgement).values(values)
    with at.writing() as connection:
        connection.execute(added.on_conflict_do_update(index_elements=["key", "aspect"], set_=values))


def unjudge(at: Database, key: str) -> bool:
    """Take back every word on one item; return whether there was one."""
    with at.writing() as connection:
        return connection.execute(delete(judgement).where(judgement.c.key == key)).rowcount > 0


def judgements(at: Database) -> tuple[Judgement, ...]:
    """Return every word, by key."""
    with at.reading() as connection:
        rows = connection.execute(select(judgement).order_by(judgement.c.key, judgement.c.aspect)).all()
    with at.whole():
        return tuple(from_plain(Judgement, dict(row._mapping)) for row in rows)  # noqa: SLF001  SQLAlchemy's public name


def sign(at: Database, word: Signoff, audit_id: str) -> None:
    """Keep a judgement of the whole story; it replaces an earlier one on the same audit."""
    values = {
        "audit_id": audit_id,
        "accurate": int(word.accurate),
        "fair": int(word.fair),
        "signed_at": to_plain(word.signed_at or datetime.now(UTC)),
    }
    added = insert(signoff).values(values)
    with at.writing() as connection:
        connection.execute(added.on_conflict_do_update(index_elements=["audit_id"], set_=values))


def signoff_for(at: Database, audit_id: str) -> Signoff | None:
    """Return the judgement of one audit's story, or None."""
    with at.reading() as connection:
        row = connection.execute(select(signoff).where(signoff.c.audit_id == audit_id)).first()
    if row is None:
        return None
    signed_at = datetime.fromisoformat(row.signed_at) if row.signed_at else None
    return Signoff(accurate=bool(row.accurate), fair=bool(row.fair), signed_at=signed_at)
