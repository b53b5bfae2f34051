"""The captures behind every statement: written as WARC (ISO 28500), and proven to be what they were.

By default the text of reviews is blanked; reviewers' names were replaced before anything was stored.
`original` gives the bytes as they are kept, for counsel.
"""

from __future__ import annotations

import hashlib
import json
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sqlalchemy import Connection, select

from reputation.codec import to_plain
from reputation.defense import blanking, records, schema
from reputation.defense.store import Store
from reputation.model import Audit, Capture, Kind

_NOT_KEPT = frozenset({"set-cookie", "content-encoding", "transfer-encoding", "content-length", "connection"})
"""Headers that say nothing true of the body as kept, or that are somebody's secret."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What was recomputed, and what did not agree."""

    bodies: int
    records: int
    captures: int
    problems: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """One line for a person."""
        state = f"{len(self.problems)} do not agree" if self.problems else "all agree"
        return f"{self.bodies} bodies, {self.records} records, {self.captures} captures recomputed: {state}"


def warc_bytes(store: Store, audit: Audit, *, original: bool = False) -> bytes:
    """Return the captures of an audit as a gzipped WARC; the same captures give the same bytes."""
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415  warcio is wanted for this alone

    runs = blanking.shingles(_review_texts(audit)) if not original else {}
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    about = {
        "software": "repaudit",
        "format": "WARC File Format 1.1",
        "description": f"captures of the audit {audit.id} of {audit.quarter}",
        "isPartOf": audit.id,
        "reviews": "as kept" if original else "text blanked",
        "audit": records.dump({**_about(audit), "captures": sum(1 for _ in store.captures_of(audit.id))}),
    }
    info = writer.create_warcinfo_record(f"{audit.id}.warc.gz", about)
    info.rec_headers.replace_header("WARC-Date", to_plain(audit.audit.as_of))
    info.rec_headers.replace_header("WARC-Record-ID", _record_id(audit.id))
    writer.write_record(info)
    for number, capture in enumerate(store.captures_of(audit.id)):
        writer.write_record(_record(writer, capture, blanking.blank(capture.body, runs), audit.id, number))
    return buffer.getvalue()


def _about(audit: Audit) -> dict[str, Any]:
    """Return what a replay must know beside the captures: when, of which settings, and who was asked."""
    header = audit.audit
    return {
        "id": audit.id,
        "quarter": audit.quarter,
        "as_of": to_plain(header.as_of),
        "profile_digest": header.profile_digest,
        "sources_digest": header.sources_digest,
        "coverage": {row.source: [row.status.value, row.detail] for row in audit.coverage},
    }


def _review_texts(audit: Audit) -> Iterator[str]:
    for one in audit.mentions:
        if one.kind is Kind.REVIEW:
            yield from (text for text in (one.text, one.title) if text)


def _record(writer: Any, capture: Capture, body: bytes, audit_id: str, number: int) -> Any:
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415  as above

    kept = [(name, value) for name, value in capture.headers if name.lower() not in _NOT_KEPT]
    if not any(name.lower() == "content-type" for name, _ in kept) and capture.media_type:
        kept.append(("Content-Type", capture.media_type))
    kept.append(("Content-Length", str(len(body))))
    http = StatusAndHeaders(f"{capture.status or 200} OK", kept, protocol="HTTP/1.1")
    headers = {
        "WARC-Date": to_plain(capture.fetched_at),
        "WARC-Record-ID": _record_id(f"{audit_id} {number}"),
        "X-Repaudit-Source": capture.source,
        "X-Repaudit-By": capture.by.value,
        "X-Repaudit-Original-SHA256": capture.sha256,
        "X-Repaudit-Request": json.dumps(records.request_plain(capture.request), sort_keys=True),
        "X-Repaudit-Reply": json.dumps(_reply(capture), sort_keys=True),
    }
    return writer.create_warc_record(
        capture.url,
        "response",
        payload=BytesIO(body),
        length=len(body),
        http_headers=http,
        warc_headers_dict=headers,
    )


def _reply(capture: Capture) -> dict[str, Any]:
    return {
        "status": capture.status,
        "media_type": capture.media_type,
        "fetched_at": to_plain(capture.fetched_at),
        "elapsed_s": capture.elapsed_s,
    }


def _record_id(text: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'repaudit ' + text)}>"


def verify(store: Store) -> Verified:
    """Recompute every digest in the store and look for what hangs on nothing.

    Raises:
        StoreError: The database is so damaged that it cannot be read at all.
    """
    problems: list[str] = []
    with store.database.reading() as connection:
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check").all():
            if said != "ok":
                problems.append(
                    f"the database is damaged: {said}; put the copy back: repaudit evidence restore"
                )
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            problems.append(f"a row of {row[0]} points to nothing in {row[2]}")  # noqa: PERF401  reads better
        bodies = _bodies(connection, problems)
        kept = _records(connection, problems)
        captures = len(connection.execute(select(schema.capture.c.id)).all())
    return Verified(bodies=bodies, records=kept, captures=captures, problems=tuple(problems))


def _bodies(connection: Connection, problems: list[str]) -> int:
    """Check each body, read one at a time: one may be megabytes."""
    ids = connection.execute(select(schema.body.c.id).order_by(schema.body.c.id)).scalars().all()
    for number in ids:
        row = connection.execute(select(schema.body).where(schema.body.c.id == number)).one()
        if _unpacked(row.data, lambda data: hashlib.sha256(data).digest()) != row.digest:
            urls = select(schema.capture.c.url).where(schema.capture.c.body_id == number)
            url = connection.execute(urls).scalars().first()
            problems.append(f"the kept page {url} is not what it was; fetch it again in the next audit")
    return len(ids)


def _records(connection: Connection, problems: list[str]) -> int:
    link, record = schema.audit_record.c, schema.record.c
    rows = select(record.id, record.digest, record.data, link.part, link.audit_id)
    joined = rows.join(schema.audit_record, link.record_id == record.id).group_by(record.id)
    count = 0
    for row in connection.execute(joined):
        count += 1
        part = row.part.encode()
        found = _unpacked(
            row.data, lambda data, part=part: hashlib.blake2b(part + data, digest_size=16).digest()
        )
        if found != row.digest:
            problems.append(f"a record ({row.part}) of audit {row.audit_id[:8]} is not what it was")
    return count


def _unpacked(data: bytes, digest: Any) -> bytes | None:
    try:
        return bytes(digest(zlib.decompress(data)))
    except zlib.error:
        return None
