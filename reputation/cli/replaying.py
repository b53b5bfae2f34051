"""What `evidence import` does and says: the audit of another machine, made again from its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reputation.cli.session import put, put_lines, say
from reputation.errors import Unreachable, UsageError

if TYPE_CHECKING:
    from reputation.audit import Fetch
    from reputation.defense.replay import Recorded
    from reputation.model import Capture, Request, Source
    from reputation.workspace import Workspace


def replay_and_tell(workspace: Workspace, file: Path) -> None:
    """Make the audit in `file` again, offline, under today's profile and sources, and say where it lies."""
    from reputation import config
    from reputation.cli.auditing import Order, audit_workspace
    from reputation.cli.telling import audit_lines
    from reputation.defense.replay import read_evidence
    from reputation.discovery.collect import Narrowing, no_event

    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    recorded = read_evidence(data, file.name)
    profile, sources = workspace.load_settings()
    if config.profile_digest(profile) != recorded.profile_digest:
        say("note: profile.toml is not the one of that audit: findings and matches may differ from it")
    if config.sources_digest(sources) != recorded.sources_digest:
        say("note: the sources are not those of that audit: some of its replies may not be asked for")
    if recorded.is_blanked:
        say("note: the text of reviews was taken out of this file: their sentiment and themes cannot be told")
    order = Order(
        now=recorded.as_of,
        narrowing=Narrowing(source_ids=_questioned(recorded), offline=True),
        on_event=no_event,
        say=say,
        fetch=_fetch_from(recorded),
        has_key=lambda source: source.id in recorded.asked,
        saved=recorded.by_user,
    )
    made = audit_workspace(workspace, order)
    put(
        f"The audit {recorded.audit_id[:8]} of {recorded.quarter}, made again from {len(recorded.captures)} captures:"
    )
    put_lines(audit_lines(made.audit, made.report))
    say("next: open the report, or `repaudit diff` against another audit")


def _questioned(recorded: Recorded) -> frozenset[str]:
    """Return the sources that the audit was narrowed to; all of them where it was not."""
    from reputation.discovery.plan import LEFT_OUT

    return frozenset(
        source for source, (_, why) in recorded.coverage.items() if not (why or "").startswith(LEFT_OUT)
    )


def _fetch_from(recorded: Recorded) -> Fetch:
    """Return a `Fetch` that answers from the evidence; a source that had failed without a reply fails again."""
    from reputation.discovery.fetch import replay_fetch

    held = recorded.by_request()
    replay = replay_fetch(lambda request: held.get(request.digest))

    def fetch(source: Source, request: Request) -> Capture:
        if request.digest not in held and source.id in recorded.asked:
            raise Unreachable("no reply stands in the evidence")
        return replay(source, request)

    return fetch
