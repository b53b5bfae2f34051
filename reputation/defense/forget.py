"""Deletes what a person asks to be deleted, everywhere in the store and its copies, and says what went.

The one place that changes sealed audits: it takes things out of them and puts nothing in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, select, update

from reputation.defense import database, draft, records, schema
from reputation.defense.store import Store
from reputation.errors import UsageError
from reputation.model import Audit, Comparison, Figure, Narrative, Sign, Statement

_audit, _link, _capture = schema.audit, schema.audit_record, schema.capture


@dataclass(frozen=True, kw_only=True, slots=True)
class Forgotten:
    """What was deleted."""

    audits: int = 0
    mentions: int = 0
    findings: int = 0
    captures: int = 0
    words: int = 0
    entries: int = 0
    files: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """One line for a person."""
        counts = (
            (self.audits, "audit"),
            (self.mentions, "mention"),
            (self.findings, "finding"),
            (self.captures, "capture"),
            (self.words, "judgement"),
            (self.entries, "journal line"),
        )
        said = [f"{count} {name}{'s' if count > 1 else ''}" for count, name in counts if count]
        said += [f"the copy {name}" for name in self.files]
        return "deleted: " + (", ".join(said) or "nothing, for nothing was there")


def forget_all(store: Store) -> Forgotten:
    """Delete every audit, capture, judgement and line of the journal."""
    with store.database.writing() as connection:
        captures = len(connection.execute(select(_capture.c.id)).all())
        audits = connection.execute(delete(_audit).where(_audit.c.state == "sealed")).rowcount
        connection.execute(delete(_audit))
        words = connection.execute(delete(schema.judgement)).rowcount
        entries = connection.execute(delete(schema.journal)).rowcount
        draft.drop_orphans(connection)
    return replace(_clean_up(store), audits=audits, captures=captures, words=words, entries=entries)


def forget_audit(store: Store, reference: str) -> Forgotten:
    """Delete one audit with its captures; what other audits hold as well stays with them.

    Raises:
        UsageError: No audit is meant, or more than one.
    """
    audit_id = store.find(reference)
    with store.database.writing() as connection:
        of_it = _capture.c.audit_id == audit_id
        captures = connection.execute(delete(_capture).where(of_it)).rowcount
        connection.execute(delete(_audit).where(_audit.c.id == audit_id))
        draft.drop_orphans(connection)
    return replace(_clean_up(store), audits=1, captures=captures)


def forget_key(store: Store, key: str) -> Forgotten:
    """Delete one mention from every audit: its reviews, findings, judgements, and the pages that show it.

    Raises:
        UsageError: No audit holds such a mention, and no judgement.
    """
    total = Forgotten()
    for summary in store.audits():
        audit = store.load(summary.id)
        keys = {one.key for one in audit.mentions if key in {one.key, one.listing_key}}
        if keys:
            total = _add(total, _take_out(store, audit, keys))
    with store.database.writing() as connection:
        mine = (schema.judgement.c.key == key) | schema.judgement.c.key.contains(f":{key}:", autoescape=True)
        words = connection.execute(delete(schema.judgement).where(mine)).rowcount
        told = (schema.journal.c.key == key) | schema.journal.c.key.contains(f":{key}:", autoescape=True)
        for said in (f'"{key}"', f":{key}:"):
            told |= schema.journal.c.data.contains(said, autoescape=True)
        entries = connection.execute(delete(schema.journal).where(told)).rowcount
    if not total.mentions and not words and not entries:
        raise UsageError(f"nothing is kept under {key}; see repaudit show")
    cleaned = _clean_up(store)
    return replace(total, words=words, entries=entries, files=cleaned.files)


def _add(one: Forgotten, other: Forgotten) -> Forgotten:
    return replace(
        one,
        mentions=one.mentions + other.mentions,
        findings=one.findings + other.findings,
        captures=one.captures + other.captures,
    )


def _take_out(store: Store, audit: Audit, keys: set[str]) -> Forgotten:
    """Take mentions out of one sealed audit; the triggers stand aside within this transaction alone."""
    left = _without(audit, keys)
    proofs = {proof.sha256 for one in audit.mentions if one.key in keys for proof in one.evidence}
    with store.database.writing() as connection:
        for name in _trigger_names(connection):
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        shown = (_capture.c.audit_id == audit.id) & _capture.c.sha256.in_(sorted(proofs))
        captures = connection.execute(delete(_capture).where(shown)).rowcount
        connection.execute(delete(_link).where(_link.c.audit_id == audit.id))
        draft.write_rows(connection, left)
        values = {"head": records.head_of(left), "summary": records.dump(records.summary_of(left))}
        connection.execute(update(_audit).where(_audit.c.id == audit.id).values(values))
        draft.drop_orphans(connection)
        for statement in schema.TRIGGERS:
            connection.exec_driver_sql(statement)
    return Forgotten(
        mentions=len(audit.mentions) - len(left.mentions),
        findings=len(audit.findings) - len(left.findings),
        captures=captures,
    )


def _trigger_names(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return [row.name for row in rows]


def _without(audit: Audit, keys: set[str]) -> Audit:
    """Return `audit` without the mentions of `keys` and without what was said of them."""
    gone = {one.key for one in audit.findings if one.mention_key in keys} | keys
    reasons = tuple(
        replace(one, keys=tuple(key for key in one.keys if key not in gone)) for one in audit.verdict.reasons
    )
    return replace(
        audit,
        mentions=tuple(one for one in audit.mentions if one.key not in keys),
        findings=tuple(one for one in audit.findings if one.key not in gone),
        ratings=tuple(
            replace(one, signs=tuple(_less_sign(sign, gone) for sign in one.signs))
            for one in audit.ratings
            if one.mention_key not in keys
        ),
        page_one=tuple(
            replace(
                one,
                keys=_left(one.keys, gone),
                results=tuple(result for result in one.results if result.key not in gone),
                displaces=one.displaces if one.displaces and one.displaces.key not in gone else None,
            )
            for one in audit.page_one
        ),
        actions=tuple(
            one
            for one in audit.actions
            if not gone & set(one.finding_keys) and not any(key in (one.text or "") for key in keys)
        ),
        verdict=replace(audit.verdict, reasons=reasons),
        narrative=_less_story(audit.narrative, gone),
        comparison=_less(audit.comparison, gone),
    )


def _less_story(narrative: Narrative, gone: set[str]) -> Narrative:
    """Return the story without its pointers to what is gone, and without the sentences that name it by its title."""
    statements = tuple(
        replace(one, keys=_left(one.keys, gone), figures=_less_figures(one.figures, gone))
        for one in narrative.statements
        if not _names(one, gone)
    )
    return replace(
        narrative,
        summary=" ".join(one.text for one in statements) if narrative.statements else narrative.summary,
        statements=statements,
        themes=tuple(
            replace(
                one,
                keys=_left(one.keys, gone),
                quotes=tuple(quote for quote in one.quotes if quote.key not in gone),
            )
            for one in narrative.themes
        ),
        arc=tuple(
            replace(
                one,
                keys=_left(one.keys, gone),
                events=tuple(e for e in one.events if not gone & set(e.keys)),
            )
            for one in narrative.arc
        ),
        keys=_left(narrative.keys, gone),
        changes=tuple(
            replace(one, keys_before=_left(one.keys_before, gone), keys_after=_left(one.keys_after, gone))
            for one in narrative.changes
        ),
        signs=tuple(_less_sign(sign, gone) for sign in narrative.signs),
    )


def _names(statement: Statement, gone: set[str]) -> bool:
    """Whether a sentence prints words of what is gone, not only a number."""
    return any(
        gone.intersection(one.keys) and re.search(r"[^\W\d_]", one.text or "") for one in statement.figures
    )


def _left(keys: Iterable[str], gone: set[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key not in gone)


def _less_figures(figures: Iterable[Figure], gone: set[str]) -> tuple[Figure, ...]:
    return tuple(replace(one, keys=_left(one.keys, gone)) for one in figures)


def _less_sign(sign: Sign, gone: set[str]) -> Sign:
    return replace(sign, keys=_left(sign.keys, gone), figures=_less_figures(sign.figures, gone))


def _less(comparison: Comparison | None, gone: set[str]) -> Comparison | None:
    if comparison is None:
        return None
    return replace(comparison, changes=tuple(one for one in comparison.changes if one.key not in gone))


def _clean_up(store: Store) -> Forgotten:
    """Leave no deleted byte behind: compact the file, and replace or remove the copies beside it."""
    path = store.path
    with database.guard(path):
        database.compact(store.database.engine)
        old = sorted(path.parent.glob(f"{path.name}.before-*"))
        for copy in old:
            copy.unlink()
        if store.audits():
            database.back_up(store.database.engine, store.database.backup)
        else:
            store.database.backup.unlink(missing_ok=True)
    return Forgotten(files=tuple(one.name for one in old))
