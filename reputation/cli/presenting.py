"""What `bio --drift` and `presence` print, and hand over as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.cli.auditing import remembered_exports
from reputation.cli.session import chosen_audit, deliver, open_audits, say
from reputation.cli.telling import clean
from reputation.codec import to_plain
from reputation.model import Drift

if TYPE_CHECKING:
    from reputation.dissemination.drift import ClaimDrift, PlatformDrift
    from reputation.model import Profile
    from reputation.workspace import Workspace

DRIFTS = {
    Drift.STALE: "stale: it shows something outdated",
    Drift.EDITED: "edited: it shows another text",
    Drift.MISSING: "missing: it shows no biography",
    Drift.SAME: "same: as it should be",
    Drift.NOT_SEEN: "not seen: no page of it was read",
}
"""How each drift is told, the most urgent first."""


def deliver_drift(
    workspace: Workspace, profile: Profile, wanted: Sequence[str], output: Path | None, *, as_json: bool
) -> None:
    """Tell how every platform stands by the latest audit, with the text to paste where one differs."""
    from reputation.dissemination.bio import drifts

    with open_audits(workspace) as store:
        audit = chosen_audit(store, None)
        handed_out = remembered_exports(store)
    stand = [
        one
        for one in drifts(profile, audit.mentions, datetime.now(UTC), exports=handed_out)
        if not wanted or one.platform in wanted
    ]
    if as_json:
        document = {"schema_version": 1, "audit": audit.id, "drift": to_plain(stand)}
        deliver(json.dumps(document, ensure_ascii=False, indent=2) + "\n", output)
    else:
        deliver("\n".join(drift_lines(stand)) + "\n", output)
    say("next: paste the texts, then `repaudit run` looks again")


def drift_lines(stand: Sequence[PlatformDrift]) -> Iterator[str]:
    """Yield the platforms that differ, the most urgent first, then those that do not and those nobody read."""
    from reputation.dissemination.platforms import platform

    for state in (Drift.STALE, Drift.EDITED, Drift.MISSING, Drift.SAME):
        for one in (each for each in stand if each.state is state):
            yield f"{platform(one.platform).title}: {DRIFTS[state]}{_when(one)}"
            yield from (f"  {line}" for line in map(_claim, one.claims) if line)
            if one.shown and state is not Drift.SAME:
                yield f"  it shows: {clean(one.shown, 300)}"
            if one.replacement:
                yield f"  to paste into {one.field.replace('_', ' ')}:"
                yield from (f"    {line}" for line in one.replacement.splitlines())
            yield ""
    unread = [platform(one.platform).title for one in stand if one.state is Drift.NOT_SEEN]
    if unread:
        yield f"Not seen ({len(unread)}): {', '.join(unread)}"


def _when(one: PlatformDrift) -> str:
    if one.shows_export_of and one.state is not Drift.SAME:
        return f" (the text exported on {one.shows_export_of}; the profile has changed since)"
    return f" (last exported on {one.exported_on})" if one.exported_on else " (never exported from here)"


def _claim(one: ClaimDrift) -> str:
    if one.state is Drift.SAME:
        return ""
    if one.state is Drift.MISSING:
        return f"{one.claim}: not told; it should be {clean(one.should, 200)}"
    instead = f"; it should be {clean(one.should, 200)}" if one.should else ""
    return f"{one.claim}: shows “{clean(one.shown, 120)}”{instead}"
