"""One audit from profile to sealed record.  Read this file first.

    profile -> plan -> collect -> parse -> resolve -> assess -> compare -> seal

The arrow goes one way, and only this module walks it: the four rooms never import one another.
Reports, bios and mail are made from the record that comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Protocol
from uuid import uuid4

from reputation import config
from reputation.defense.actions import route
from reputation.defense.calls import calls, with_calls
from reputation.defense.diff import compare
from reputation.defense.disputes import as_seen
from reputation.defense.journal import Entry
from reputation.definition.assess import assess_mentions
from reputation.definition.checks import check_all
from reputation.definition.exposure import DEFAULT_CURVE
from reputation.definition.narrative import narrate, since
from reputation.definition.page_one import first_pages
from reputation.definition.ratings import summarize_ratings
from reputation.definition.verdict import decide
from reputation.discovery.collect import Narrowing, OnEvent, collect, no_event
from reputation.discovery.completeness import estimate
from reputation.discovery.lookalikes import lookalikes
from reputation.discovery.resolve import resolve
from reputation.discovery.variants import name_variants
from reputation.dissemination.bio import tell_all
from reputation.dissemination.exports import Export
from reputation.model import (
    Audit,
    AuditHeader,
    Capture,
    Judgement,
    Profile,
    Request,
    Signoff,
    Source,
)

Fetch = Callable[[Source, Request], Capture]


class Draft(Protocol):
    """The unfinished audit in a store; captures are committed as they arrive."""

    @property
    def id(self) -> str:
        """The id under which the audit will be sealed."""

    @property
    def started_at(self) -> datetime:
        """When the audit was begun, before any resumption."""

    def held(self, request: Request) -> Capture | None:
        """Return what was already committed for `request`."""

    def keep(self, capture: Capture) -> None:
        """Commit `capture`."""

    def seal(self, audit: Audit) -> None:
        """Write the finished record, once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extras:
    """What the caller knows beside the web: saved pages, the user's words, texts handed out, a narrower question."""

    inbox: tuple[Capture, ...] = ()
    done: tuple[Entry, ...] = ()
    """The journal's disputes and calls."""
    signoff: Signoff | None = None
    narrowing: Narrowing = field(default_factory=Narrowing)
    exports: tuple[Export, ...] = ()
    on_event: OnEvent = no_event
    has_key: Callable[[Source], bool] = config.has_key


def quarter_of(moment: datetime) -> str:
    """Return the calendar quarter in UTC, such as 2026-Q4."""
    moment = moment.astimezone(UTC)
    return f"{moment.year}-Q{(moment.month + 2) // 3}"


def run_audit(
    profile: Profile,
    sources: Iterable[Source],
    fetch: Fetch,
    now: datetime | date,
    *,
    store: Draft | None = None,
    decisions: Iterable[Judgement] = (),
    base: Audit | None = None,
    extras: Extras | None = None,
) -> Audit:
    """Make one audit of `profile` as of `now` (a day, or a moment; naive is UTC) and return its record, sealed if stored.

    `fetch` is asked for each request that `store` does not already hold.  A source that fails becomes
    a line of coverage, never an exception.
    """
    now = now if isinstance(now, datetime) else datetime.combine(now, time())
    now = now if now.tzinfo else now.replace(tzinfo=UTC)
    sources = tuple(sources)
    extras = extras or Extras()
    judgements = tuple(decisions)
    started_at = store.started_at if store else datetime.now(UTC)

    heard = collect(
        profile,
        sources,
        name_variants(profile),
        fetch,
        now=now,
        draft=store,
        inbox=extras.inbox,
        narrowing=extras.narrowing,
        on_event=extras.on_event,
        has_key=extras.has_key,
    )
    resolved = resolve(profile, heard.mentions, judgements, base.mentions if base else ())
    mentions = assess_mentions(profile, resolved, judgements)
    found = (*check_all(profile, mentions, sources, now), *lookalikes(profile, mentions))
    findings = with_calls(profile, found, mentions, calls(extras.done), now)
    ratings = summarize_ratings(profile, mentions, now)
    pages = first_pages(mentions, heard.cells, profile.exposure_curve or DEFAULT_CURVE)
    narrative = narrate(profile, mentions, heard.coverage, now)
    verdict = decide(
        profile,
        coverage=heard.coverage,
        findings=findings,
        mentions=mentions,
        pages=pages,
        judgements=judgements,
        signoff=extras.signoff,
        now=now,
    )
    audit = Audit(
        audit=AuditHeader(
            id=store.id if store else uuid4().hex,
            quarter=quarter_of(now),
            as_of=now,
            started_at=started_at,
            finished_at=datetime.now(UTC),
            profile_digest=config.profile_digest(profile),
            sources_digest=config.sources_digest(sources),
            right=profile.right,
        ),
        verdict=verdict,
        coverage=heard.coverage,
        cells=heard.cells,
        mentions=mentions,
        findings=findings,
        page_one=pages,
        ratings=ratings,
        narrative=narrative,
        actions=route(
            profile,
            verdict,
            findings,
            mentions,
            heard.coverage,
            judgements,
            now,
            disputed=as_seen(extras.done, findings, mentions, now),
        ),
        completeness=estimate(mentions, heard.cells, sources),
        bios=tell_all(profile, mentions, now, exports=extras.exports),
        profile=profile,
    )
    audit = compare_with(base, audit)
    if store:
        store.seal(audit)
    return audit


def compare_with(base: Audit | None, audit: Audit) -> Audit:
    """Return `audit` with what changed since `base`, and its story with what is new; without a base as it is."""
    if base is None:
        return audit
    comparison = compare(base, audit)
    return replace(audit, comparison=comparison, narrative=since(audit.narrative, comparison))
