"""What a report tells beside the sealed record: drift claim by claim, being found, requests made, policies to read.

The record keeps the criteria, the mentions and the first pages; the journal keeps what the user did.  All here is computed
from the two, so that an old audit's report can be made again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reputation.defense.disputes import Dispute, disputes
from reputation.defense.policies import JOURNAL as POLICY
from reputation.defense.policies import Policy, policies
from reputation.dissemination.bio import drifts
from reputation.dissemination.exports import exports_from
from reputation.dissemination.presence import Presence, presence
from reputation.model import Drift

if TYPE_CHECKING:
    from reputation.defense.journal import Entry
    from reputation.dissemination.drift import PlatformDrift
    from reputation.model import Audit

DISPUTE, EXPORT = "dispute", "export"
KINDS = (DISPUTE, EXPORT, POLICY)
"""The kinds of the journal's entries that a report reads."""
_DRIFTED = (Drift.STALE, Drift.EDITED, Drift.MISSING)
MOST_TOLD = 5
"""Chances told of, the likeliest effect first; `repaudit presence` tells all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """What stands beside one audit; `policies` None where the journal was not at hand."""

    drifted: tuple[PlatformDrift, ...] = ()
    found: Presence | None = None
    requests: tuple[Dispute, ...] = ()
    """Those that somebody still has to do something about, wrong again first."""
    settled: tuple[Dispute, ...] = ()
    policies: tuple[Policy, ...] | None = None

    @property
    def open_policies(self) -> int:
        """How many policies were never read; whether one is due again depends on the day, and is told by `policy`."""
        return sum(one.read_on is None for one in self.policies or ())


def beside(audit: Audit, done: Iterable[Entry] | None) -> Beside:
    """Return what stands beside `audit`; `done` is the journal of `KINDS`, None where it is not at hand."""
    if audit.profile is None:
        return Beside()
    by_kind: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for entry in done or ():
        if entry.kind in by_kind:
            by_kind[entry.kind].append(entry)
    exports = exports_from((entry.at, entry.data) for entry in by_kind[EXPORT])
    stand = drifts(audit.profile, audit.mentions, audit.audit.as_of, exports=exports)
    asked = disputes(by_kind[DISPUTE])
    return Beside(
        drifted=tuple(one for state in _DRIFTED for one in stand if one.state is state),
        found=presence(audit.profile, audit.mentions, audit.page_one),
        requests=tuple(
            sorted(
                (one for one in asked if one.is_open),
                key=lambda one: (one.came_back_on is None, one.opened_on, one.key),
            )
        ),
        settled=tuple(one for one in asked if not one.is_open),
        policies=None if done is None else policies(audit.profile, by_kind[POLICY]),
    )
