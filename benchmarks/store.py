"""How large the store grows, and how long comparing takes: 40 quarters of 300 mentions, two audits of 10,000.

python benchmarks/store.py
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from reputation.defense.diff import compare
from reputation.defense.store import Store, open_store
from reputation.model import (
    Audit,
    AuditHeader,
    Capture,
    Category,
    Claim,
    Coverage,
    CoverageStatus,
    Evidence,
    Kind,
    Match,
    MatchDecision,
    Mention,
    Narrative,
    Reason,
    Request,
    Right,
    Verdict,
    VerdictStatus,
)

WORDS = [
    "the",
    "visit",
    "was",
    "calm",
    "and",
    "the",
    "office",
    "kind",
    "though",
    "parking",
    "took",
    "long",
    "and",
    "nobody",
    "called",
    "back",
    "about",
    "it",
]


def mention(number: int, quarter: int) -> Mention:
    """Return an invented mention; one in ten says something else each quarter."""
    turn = quarter if number % 10 == 0 else 0
    url = f"https://www.example.com/dr/{number}"
    words = [WORDS[(number * 7 + n * 3 + turn) % len(WORDS)] for n in range(80)]
    return Mention(
        source="healthgrades",
        kind=Kind.LISTING,
        url=url,
        title=f"Dr. Ada Quill {number}",
        key=f"healthgrades:{number}",
        text=" ".join(words),
        rating_value=4.0 + turn % 10 / 10,
        best_rating=5.0,
        rating_count=10 + turn,
        claims=tuple(
            Claim(field, f"{field} of {number}") for field in ("name", "telephone", "street_address")
        ),
        match=Match(decision=MatchDecision.MATCH, probability=0.98, because=("name and city agree",) * 4),
        evidence=(
            Evidence(
                sha256=hashlib.sha256(f"{number} {quarter}".encode()).hexdigest(),
                url=url,
                fetched_at=moment(quarter),
            ),
        ),
    )


def moment(quarter: int) -> datetime:
    """Return a day in the quarter counted from the first of 2017."""
    return datetime(2017 + quarter // 4, quarter % 4 * 3 + 2, 15, tzinfo=UTC)


def audit(count: int, quarter: int) -> Audit:
    """Return an audit of `count` mentions."""
    at = moment(quarter)
    header = AuditHeader(
        id="",
        quarter=f"{at.year}-Q{(at.month + 2) // 3}",
        as_of=at,
        started_at=at,
        finished_at=at,
        profile_digest="p",
        sources_digest="s",
        right=Right(is_self=True),
    )
    heard = Coverage(source="healthgrades", category=Category.RATINGS, status=CoverageStatus.OK)
    return Audit(
        audit=header,
        verdict=Verdict(
            status=VerdictStatus.SATISFIED,
            reasons=(Reason(text="."),),
            flips_if=(),
            next_audit_on=date(2030, 1, 1),
        ),
        coverage=(heard,),
        mentions=tuple(mention(number, quarter) for number in range(count)),
        narrative=Narrative(summary=".", tone="neutral"),
    )


def seal(store: Store, made: Audit, pages: int, quarter: int) -> str:
    """Store an audit with `pages` captures of 40 kB, one in ten of them changed, and return its id."""
    draft = store.begin(
        quarter=made.quarter,
        as_of=made.audit.as_of,
        profile_digest="p",
        sources_digest="s",
        options_digest="o",
        now=made.audit.as_of,
    ).draft
    for number in range(pages):
        turn = quarter if number % 10 == 0 else 0
        body = (" ".join(WORDS) * 400 + f"{number} {turn}").encode()
        url = f"https://www.example.com/page/{number}"
        draft.keep(
            Capture(
                source="healthgrades",
                request=Request(url=url),
                url=url,
                status=200,
                body=body,
                sha256=hashlib.sha256(body).hexdigest(),
                fetched_at=made.audit.as_of,
            )
        )
    draft.seal(replace(made, audit=replace(made.audit, id=draft.id)))
    return draft.id


@contextmanager
def told(what: str) -> Iterator[None]:
    """Print how long the block took."""
    begun = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - begun:.2f} s")


def main() -> None:
    """Run both measurements in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audits.db"
        with open_store(path) as store:
            with told("40 quarters of 300 mentions and 100 pages stored"):
                ids = [seal(store, audit(300, quarter), 100, quarter) for quarter in range(40)]
            with told("history"):
                store.audits()
            with told("diff of two of them, loading included"):
                compare(store.load(ids[-2]), store.load(ids[-1]))
        print(f"database: {path.stat().st_size / 1e6:.1f} MB")
    for count in (5_000, 10_000):
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "audits.db") as store:
            with told(f"two audits of {count:,} mentions sealed"):
                first, second = (seal(store, audit(count, quarter), 0, quarter) for quarter in (0, 1))
            with told(f"both of {count:,} loaded"):
                base, head = store.load(first), store.load(second)
            with told(f"diff of both of {count:,}"):
                compare(base, head)


if __name__ == "__main__":
    main()
