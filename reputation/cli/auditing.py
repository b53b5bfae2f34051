"""One audit of a workspace: what `run`, `start` and `demo` share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.cli.session import practice_logo
from reputation.errors import UsageError
from reputation.model import ANSWERED, By, Outcome, Severity

if TYPE_CHECKING:
    from reputation.audit import Fetch
    from reputation.config import Network
    from reputation.defense.journal import Entry
    from reputation.defense.store import Store
    from reputation.discovery.collect import Narrowing, OnEvent
    from reputation.discovery.fetch import WebFetch
    from reputation.dissemination.exports import Export
    from reputation.model import Audit, Bio, Capture, Profile, Signoff, Source
    from reputation.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Order:
    """What the user asked for."""

    now: datetime
    narrowing: Narrowing
    on_event: OnEvent
    say: Callable[[str], None]
    fetch: Fetch | None = None
    """In place of the web, as for the demonstration."""
    has_key: Callable[[Source], bool] | None = None
    saved: tuple[Capture, ...] | None = None
    """In place of the inbox and of what is still held, as where an audit is made again from its evidence."""
    adapt: Mapping[str, int] = field(default_factory=dict)
    """Smaller budgets of requests by source id, as for the first small audit."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A sealed audit and where its report lies."""

    audit: Audit
    report: Path


def moment_of(quarter: str | None, as_of: datetime | None) -> datetime:
    """Return when the audit is as of.

    Raises:
        UsageError: where `quarter` is no quarter, or disagrees with `as_of`.
    """
    from reputation.audit import quarter_of

    now = as_of or datetime.now(UTC)
    if quarter is None:
        return now
    if not re.fullmatch(r"\d{4}-Q[1-4]", quarter):
        raise UsageError(f'--quarter "{quarter}" is no quarter; write 2026-Q4')
    if quarter != quarter_of(now):
        said = f"--as-of {now.date()}" if as_of else f"today, {now.date()},"
        raise UsageError(
            f"--quarter {quarter} disagrees: {said} lies in {quarter_of(now)}; give --as-of a day in {quarter}"
        )
    return now


def audit_workspace(workspace: Workspace, order: Order) -> Made:
    """Make and seal one audit of `workspace`, write its report and empty the inbox of what was read."""
    from reputation import config
    from reputation.audit import Extras, quarter_of, run_audit
    from reputation.defense.store import open_store
    from reputation.discovery.inbox import Contents, consume, look
    from reputation.files import write_private
    from reputation.report.html import render_html

    profile, sources = workspace.load_settings()
    sources = _adapted(sources, order.adapt)
    quarter = quarter_of(order.now)
    with ExitStack() as stack:
        store = stack.enter_context(open_store(workspace.database))
        waiting = look(workspace.inbox, sources, datetime.now(UTC)) if order.saved is None else Contents()
        for one in waiting.problems:
            order.say(f"inbox: {one.name}: {one.problem}")
        fetch = order.fetch or stack.enter_context(_web_or_replay(workspace, sources, store, order))
        begun = store.begin(
            quarter=quarter,
            as_of=order.now,
            profile_digest=config.profile_digest(profile),
            sources_digest=config.sources_digest(sources),
            options_digest=_digest(order),
            now=datetime.now(UTC),
            retention={source.id: source.retention for source in sources if source.retention != "keep"},
        )
        _tell_what_was_found(begun.resumed, begun.abandoned, order)
        held = _still_held(store, quarter, offline=order.narrowing.offline)
        extras = Extras(
            inbox=(*held, *waiting.captures) if order.saved is None else order.saved,
            signoff=_signoff(store, quarter),
            done=(*store.entries("dispute"), *store.entries("call")),
            narrowing=order.narrowing,
            exports=remembered_exports(store),
            on_event=order.on_event,
            has_key=order.has_key or config.has_key,
        )
        audit = run_audit(
            profile,
            sources,
            fetch,
            begun.draft.as_of,
            store=begun.draft,
            decisions=store.judgements(),
            base=store.base_for(quarter),
            extras=extras,
        )
        _remember_what_was_seen(store, extras.done, audit)
        consume(workspace.inbox, waiting.captures)
        done = journal_of(store)
    report = workspace.report(quarter)
    write_private(report, render_html(audit, logo=practice_logo(workspace), done=done))
    return Made(audit=audit, report=report)


def _remember_what_was_seen(store: Store, done: tuple[Entry, ...], audit: Audit) -> None:
    """Note in the journal which disputes this audit saw mended, and which wrong again."""
    from reputation.defense.disputes import disputes, seen

    for entry in seen(disputes(done), audit.findings, audit.mentions, audit.audit.as_of):
        store.write_entry(entry)


def _adapted(sources: tuple[Source, ...], budgets: Mapping[str, int]) -> tuple[Source, ...]:
    return tuple(replace(one, max_requests=budgets.get(one.id, one.max_requests)) for one in sources)


def heard_something(audit: Audit) -> bool:
    """Whether any source ended ok, empty or partial."""
    return any(line.status in ANSWERED for line in audit.coverage)


def stands_at(audit: Audit, level: Severity, settled: frozenset[str]) -> bool:
    """Whether a finding that differs and is not settled by the user stands at or above `level`."""
    return any(
        finding.outcome is Outcome.DIFFERS
        and finding.severity.rank >= level.rank
        and not settled & {finding.key, finding.mention_key}
        for finding in audit.findings
    )


def _digest(order: Order) -> str:
    narrowing = order.narrowing
    told = f"{sorted(narrowing.source_ids)} {sorted(narrowing.categories)} {narrowing.offline}"
    return hashlib.sha256(told.encode()).hexdigest()


def _tell_what_was_found(resumed: bool, abandoned: tuple[str, ...], order: Order) -> None:
    if resumed:
        order.say("going on with the audit that was interrupted; nothing already answered is asked again")
    for audit_id in abandoned:
        order.say(f"closed the unfinished audit {audit_id[:8]} as abandoned: it was of other settings")


def _still_held(store: Store, quarter: str, *, offline: bool) -> Iterator[Capture]:
    """Yield what the user saved or saw for earlier audits of the same quarter: it still holds.

    Offline, what came with the latest audit is replayed too, of whichever quarter that was.
    """
    seen: set[tuple[str, str]] = set()
    audits = store.audits()
    for summary in audits:
        if summary.quarter != quarter and not (offline and summary is audits[-1]):
            continue
        for capture in store.captures_of(summary.id):
            identity = (capture.source, capture.sha256)
            if capture.by is not By.PROGRAM and identity not in seen:
                seen.add(identity)
                yield capture


def journal_of(store: Store) -> tuple[Entry, ...]:
    """Return what a report reads of the journal: requests made, texts handed out, policies read."""
    from reputation.report.beside import KINDS

    return tuple(entry for kind in KINDS for entry in store.entries(kind))


def remembered_exports(store: Store) -> tuple[Export, ...]:
    """Return every biography that was handed out from this workspace, oldest first."""
    from reputation.dissemination.exports import exports_from

    return exports_from((entry.at, entry.data) for entry in store.entries("export"))


def remember_exports(store: Store, profile: Profile, bios: Iterable[Bio], at: datetime) -> None:
    """Note in the journal which texts were handed out, each length of them once."""
    from reputation.defense.journal import Entry
    from reputation.dissemination.exports import export_data, export_key, not_yet_exported
    from reputation.dissemination.formats import lengths_of

    handed_out = [one for bio in bios for one in lengths_of(profile, bio, at.date())]
    for one in not_yet_exported(handed_out, remembered_exports(store)):
        store.write_entry(Entry(kind="export", key=export_key(one), at=at, data=export_data(one)))


def _signoff(store: Store, quarter: str) -> Signoff | None:
    signed = [store.signoff_for(s.id) for s in store.audits() if s.quarter == quarter]
    return next((word for word in reversed(signed) if word is not None), None)


@contextmanager
def _web_or_replay(
    workspace: Workspace, sources: tuple[Source, ...], store: Store, order: Order
) -> Iterator[Fetch]:
    from reputation.discovery.fetch import replay_fetch

    if order.narrowing.offline:
        summaries = store.audits()
        latest = summaries[-1].id if summaries else None
        yield replay_fetch(lambda request: store.capture_for(latest, request) if latest else None)
        return
    with web_of(workspace, sources) as fetch:
        yield fetch


def web_of(workspace: Workspace, sources: tuple[Source, ...]) -> WebFetch:
    """Return the way to the web as this workspace's settings have it; close it when done."""
    return web_to(workspace.load_network(), sources)


def web_to(network: Network, sources: tuple[Source, ...]) -> WebFetch:
    """Return the way to the web through `network`; what `sources` shut is never asked; close it when done."""
    from reputation import config
    from reputation.discovery.fetch import web_fetch

    return web_fetch(sources, keys=config.key_of, proxy=network.proxy, ca_file=network.ca_file)
