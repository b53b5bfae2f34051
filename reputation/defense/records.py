"""An audit as rows: each mention, finding and so on is one JSON record, kept once however many audits hold it.

What differs in every audit (the evidence of a mention, the seconds that a source took) stands aside, in the
link, so that an unchanged mention is the same record next quarter.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from reputation.codec import from_plain, to_plain
from reputation.model import (
    HEARD,
    Action,
    Audit,
    Bio,
    Capture,
    Cell,
    Coverage,
    Finding,
    Mention,
    Outcome,
    PageOne,
    RatingSummary,
    Request,
    SentimentLabel,
)

PARTS: dict[str, type] = {
    "coverage": Coverage,
    "cells": Cell,
    "mentions": Mention,
    "findings": Finding,
    "page_one": PageOne,
    "ratings": RatingSummary,
    "actions": Action,
    "bios": Bio,
}
_ASIDE = {"mentions": ("evidence",), "coverage": ("elapsed_s",), "actions": ("due_on",)}
_HEAD = ("audit", "verdict", "narrative", "comparison", "completeness", "profile")

Row = tuple[str, int, bytes, bytes, str | None]
"""part, position, digest, compressed JSON, aside."""


def dump(plain: Any) -> str:
    """Return `plain` as compact JSON with sorted keys: equal values give equal text."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def rows_of(audit: Audit) -> Iterator[Row]:
    """Yield every item of the audit as one row, in order."""
    for part in PARTS:
        for position, item in enumerate(getattr(audit, part)):
            plain = to_plain(item)
            aside = {name: plain.pop(name) for name in _ASIDE.get(part, ())}
            text = dump(plain).encode()
            digest = hashlib.blake2b(part.encode() + text, digest_size=16).digest()
            yield part, position, digest, zlib.compress(text), dump(aside) if aside else None


def head_of(audit: Audit) -> bytes:
    """Return what an audit holds beside its items, compressed."""
    return zlib.compress(dump({name: to_plain(getattr(audit, name)) for name in _HEAD}).encode())


def audit_from(head: bytes, rows: Iterable[tuple[str, bytes, str | None]]) -> Audit:
    """Return the audit of a `head` and of its rows (part, data, aside) in order."""
    plain: dict[str, Any] = {name: [] for name in PARTS}
    for part, data, aside in rows:
        item = json.loads(zlib.decompress(data))
        if aside:
            item.update(json.loads(aside))
        plain[part].append(item)
    return from_plain(Audit, {**json.loads(zlib.decompress(head)), **plain})


def summary_of(audit: Audit) -> dict[str, Any]:
    """Return the few figures that `history` shows, so that it need not read the audits."""
    mine = [m for m in audit.mentions if m.match is not None and m.match.decision == "match"]
    labels = [m.sentiment.label for m in mine if m.sentiment is not None]
    rated = [r for r in audit.ratings if r.rating_value is not None]
    return {
        "status": audit.verdict.status.value,
        "mentions": len(audit.mentions),
        "matches": len(mine),
        "possible": sum(m.match is not None and m.match.decision == "possible" for m in audit.mentions),
        "positive": labels.count(SentimentLabel.POSITIVE),
        "negative": labels.count(SentimentLabel.NEGATIVE),
        "differs": sum(f.outcome is Outcome.DIFFERS for f in audit.findings),
        "sources": len(audit.coverage),
        "heard": sum(c.status in HEARD for c in audit.coverage),
        "actions": len(audit.actions),
        "ratings": {r.source: [r.rating_value, r.best_rating, r.rating_count] for r in rated},
    }


def capture_row(capture: Capture) -> dict[str, Any]:
    """Return a capture's columns but for its audit and body."""
    plain = to_plain(capture.fetched_at)
    return {
        "request_digest": capture.request.digest,
        "source": capture.source,
        "request": dump(request_plain(capture.request)),
        "url": capture.url,
        "status": capture.status,
        "headers": dump([list(pair) for pair in capture.headers]),
        "media_type": capture.media_type,
        "by": capture.by.value,
        "sha256": capture.sha256,
        "fetched_at": plain,
        "elapsed_s": capture.elapsed_s,
    }


def request_plain(request: Request) -> dict[str, Any]:
    """Return a request as plain JSON values; its body, of any bytes, as Latin-1."""
    body = request.body
    plain: dict[str, Any] = {
        name: getattr(request, name)
        for name in (
            "url",
            "method",
            "key_in",
            "is_page",
            "engine",
            "query",
            "variant",
            "context",
            "for_mention",
        )
    }
    plain["headers"] = [list(pair) for pair in request.headers]
    plain["body"] = None if body is None else body.decode("latin-1")  # every byte is one character
    return plain


def request_bytes(plain: dict[str, Any]) -> dict[str, Any]:
    """Undo what `request_plain` did to the body."""
    body = plain["body"]
    return plain if body is None else {**plain, "body": body.encode("latin-1")}


def capture_from(row: Any, data: bytes | None) -> Capture:
    """Return the capture of a row of the table; `data` None where its source's terms forbid to keep it."""
    return from_plain(
        Capture,
        {
            "source": row.source,
            "request": request_bytes(json.loads(row.request)),
            "url": row.url,
            "status": row.status,
            "body": b"" if data is None else zlib.decompress(data),
            "sha256": row.sha256,
            "fetched_at": row.fetched_at,
            "headers": json.loads(row.headers),
            "media_type": row.media_type,
            "by": row.by,
            "elapsed_s": row.elapsed_s,
        },
    )
