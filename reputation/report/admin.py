"""The administrator's edition: a worklist, the calls to make, what changed, and nothing private."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reputation.defense.calls import call_sheet
from reputation.model import CoverageStatus, Outcome
from reputation.report import wording
from reputation.report.beside import beside
from reputation.report.digest import digest, elsewhere
from reputation.report.discretion import Discretion, discreet, is_private
from reputation.resources import source_title

if TYPE_CHECKING:
    from reputation.defense.calls import Call
    from reputation.defense.disputes import Dispute
    from reputation.defense.journal import Entry
    from reputation.model import Action, Audit


def worklist(
    audit: Audit, dialled: Mapping[str, Call] = MappingProxyType({}), done: Sequence[Entry] | None = None
) -> dict[str, Any]:
    """Return what `templates/report/admin.html.j2` is filled with; `dialled` and `done` are of the journal.

    Everything in it has passed `discreet`, and no mention, so no text of a page, is handed over.
    """
    from reputation.report.html import Index, host, words  # noqa: PLC0415 - html imports this module

    whole, audit = audit, discreet(audit)
    index = Index.of(audit)
    by_owner: dict[str, list[Action]] = defaultdict(list)
    for action in sorted(audit.actions, key=lambda one: (one.priority, one.key)):
        by_owner[action.owner.value].append(action)
    differs = (one for one in audit.findings if one.outcome is Outcome.DIFFERS)
    changes = wording.worth_telling(audit.comparison.changes) if audit.comparison else []
    changes = [one for one in changes if not wording.is_move(one)]
    kept = beside(replace(whole, mentions=tuple(one for one in whole.mentions if not is_private(one))), done)
    see = Discretion.of(whole)
    who = wording.whose(audit)
    return {
        **words(),
        "audit_id": audit.id,
        "quarter": audit.quarter,
        "as_of": audit.audit.as_of,
        "status": audit.verdict.status,
        "who": who,
        "right": wording.by_what_right(audit.audit.right, who),
        "practice": audit.profile.practice if audit.profile else None,
        "digest": digest(audit, "admin"),
        "by_owner": dict(by_owner),
        "elsewhere": elsewhere(whole, audit),
        "requests": [one for one in (*kept.requests, *kept.settled) if not _is_private(see, one)],
        "to_correct": [
            (one, host(one.url), wording.finding_title(one), wording.state_finding(one))
            for one in sorted(differs, key=lambda one: (-one.severity.rank, one.key))
        ],
        "facts": _facts_to_give(audit),
        "call_sheet": [
            (one, last.told if (last := dialled.get(one.telephone)) else None)
            for one in call_sheet(audit.profile, audit.mentions)
        ],
        "changes": [
            (one, wording.CHANGE[one.kind], wording.state_change(one, index.mention(one.key), quote=False))
            for one in changes
        ],
        "compared": audit.comparison is not None,
        "by_hand": [
            (source_title(one.source), one.detail)
            for one in audit.coverage
            if one.status is CoverageStatus.MANUAL
        ],
        "drifted": [one for one in kept.drifted if one.replacement],
    }


def _is_private(see: Discretion, request: Dispute) -> bool:
    """Whether a request is about what only the clinician may read."""
    keys = (request.subject, *request.finding_keys, *request.mention_keys)
    return see.concerns_private(keys) or any(map(see.quotes, (request.what, request.site, request.route)))


def _facts_to_give(audit: Audit) -> list[tuple[str, str]]:
    """The right facts, to have at hand while calling a directory; confirmed ones only."""
    profile = audit.profile
    if profile is None:
        return []
    rows = [("Name", wording.whose(audit))]
    if profile.ids.npi:
        rows.append(("NPI", profile.ids.npi))
    rows += [("Specialty", one.label) for one in profile.specialties]
    for n, place in enumerate(profile.locations):
        address = ", ".join(
            part for part in (place.street, place.suite, place.city, place.state, place.postal_code) if part
        )
        sure = "" if profile.is_confirmed(f"locations.{n}") else " (not confirmed yet)"
        for label, value in (
            ("Practice", place.name),
            ("Address", address),
            ("Telephone", place.phone),
            ("Fax", place.fax),
        ):
            if value:
                rows.append((label, f"{value}{sure}" if label != "Practice" else value))
    return rows
