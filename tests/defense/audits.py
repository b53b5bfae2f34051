"""Invented audits for the tests of the defense room."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from reputation.model import (
    Access,
    Audit,
    AuditHeader,
    Capture,
    Category,
    Claim,
    Confirmation,
    Coverage,
    CoverageStatus,
    Evidence,
    Finding,
    Ids,
    Kind,
    Location,
    Match,
    MatchDecision,
    Mention,
    Narrative,
    Outcome,
    PersonName,
    Profile,
    Reason,
    Request,
    Right,
    Severity,
    Source,
    Verdict,
    VerdictStatus,
)

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
EARLIER = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)
MATCH = Match(decision=MatchDecision.MATCH, probability=0.99)

ADA = Profile(
    right=Right(is_self=True),
    name=PersonName(given="Ada", family="Quill", credentials=("MD",)),
    ids=Ids(npi="1234567893"),
    locations=(
        Location(
            street="12 Elm Street", city="Springfield", state="MA", postal_code="01103", phone="617-555-0134"
        ),
    ),
    confirmed={path: Confirmation(confirmed_on=date(2026, 8, 1)) for path in ("name", "ids", "locations")},
)

SOURCE = Source(
    id="healthgrades",
    title="Healthgrades",
    category=Category.RATINGS,
    access=Access.MANUAL,
    adapter="page",
)


def capture(url: str = "https://www.healthgrades.com/physician/dr-ada-quill", **fields: Any) -> Capture:
    """Return a capture of an invented page."""
    body = fields.pop("body", b"<html>Ada Quill</html>")
    given: dict[str, Any] = {
        "source": "healthgrades",
        "request": fields.pop("request", Request(url=url)),
        "url": url,
        "status": 200,
        "body": body,
        "sha256": hashlib.sha256(body).hexdigest(),
        "fetched_at": NOW,
    }
    return Capture(**{**given, **fields})


def mention(number: int = 1, **fields: Any) -> Mention:
    """Return a listing of an invented clinician."""
    source = fields.pop("source", "healthgrades")
    url = f"https://www.{source}.com/dr/{number}"
    given: dict[str, Any] = {
        "source": source,
        "kind": Kind.LISTING,
        "url": url,
        "title": "Dr. Ada Quill, MD",
        "key": f"{source}:{number}",
        "rating_value": 4.5,
        "best_rating": 5.0,
        "rating_count": 10,
        "review_count": 4,
        "claims": (Claim("telephone", "617-555-0134"),),
        "match": MATCH,
        "evidence": (Evidence(sha256="ab" * 32, url=url, fetched_at=NOW),),
    }
    return Mention(**{**given, **fields})


def finding(mention_key: str = "healthgrades:1", **fields: Any) -> Finding:
    """Return a finding of a wrong phone."""
    given: dict[str, Any] = {
        "check": "phone_wrong",
        "outcome": Outcome.DIFFERS,
        "severity": Severity.CRITICAL,
        "field": "telephone",
        "expected": "617-555-0134",
        "observed": "617-555-0199",
        "mention_key": mention_key,
        "url": "https://www.healthgrades.com/dr/1",
    }
    given.update(fields)
    given.setdefault("key", f"{given['check']}:{given['mention_key']}:{given['field']}")
    return Finding(**given)


def coverage(source: str, status: str = "ok", **fields: Any) -> Coverage:
    """Return one line of coverage."""
    return Coverage(source=source, category=Category.RATINGS, status=CoverageStatus(status), **fields)


def audit(
    mentions: tuple[Mention, ...] = (),
    *,
    id: str = "a" * 32,
    as_of: datetime = NOW,
    silent: tuple[str, ...] = (),
    **fields: Any,
) -> Audit:
    """Return an audit that heard every source of `mentions` but the `silent` ones."""
    heard = dict.fromkeys(sorted({m.source for m in mentions} | {"healthgrades"}), "ok")
    heard.update(dict.fromkeys(silent, "blocked"))
    header = AuditHeader(
        id=id,
        quarter=f"{as_of.year}-Q{(as_of.month + 2) // 3}",
        as_of=as_of,
        started_at=as_of,
        finished_at=as_of,
        profile_digest=fields.pop("profile_digest", "p1"),
        sources_digest="s1",
        right=Right(is_self=True),
    )
    verdict = Verdict(
        status=VerdictStatus.SATISFIED,
        reasons=(Reason(text="nothing stands out"),),
        flips_if=(),
        next_audit_on=date(2027, 2, 21),
    )
    given: dict[str, Any] = {
        "verdict": verdict,
        "coverage": tuple(coverage(source, status) for source, status in heard.items()),
        "mentions": mentions,
        "narrative": Narrative(summary="Little is said.", tone="neutral"),
        "profile": ADA,
    }
    return Audit(audit=header, **{**given, **fields})
