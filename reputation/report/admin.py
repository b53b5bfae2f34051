"""The administrator's edition: a worklist, the calls to make, what changed, and nothing private."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reputation.defense.calls import call_sheet
from reputation.model import CoverageStatus, Drift, Outcome
from reputation.report import wording
from reputation.report.digest import digest
from reputation.report.discretion import discreet
from reputation.resources import source_title

if TYPE_CHECKING:
    from reputation.defense.calls import Call
    from reputation.model import Action, Audit


def worklist(audit: Audit, dialled: Mapping[str, Call] = MappingProxyType({})) -> dict[str, Any]:
    """Return what `templates/report/admin.html.j2` is filled with.

    Everything in it has passed `discreet`, and no mention, so no text of a page, is handed over.
    """
    from reputation.report.html import Index, host, words  # noqa: PLC0415 - html imports this module

    whole, audit = audit, discreet(audit)
    index = Index.of(audit)
    by_owner: dict[str, list[Action]] = defaultdict(list)
    for action in sorted(audit.actions, key=lambda one: (one.priority, one.key)):
        by_owner[action.owner.value].append(action)
    differs = (one for one in audit.findings if one.outcome is Outcome.DIFFERS)
    changes = (
        [one for one in audit.comparison.changes if not wording.is_move(one)] if audit.comparison else []
    )
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
        "digest": digest(audit),
        "by_owner": dict(by_owner),
        "n_withheld": len(whole.actions) - len(audit.actions),
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
        "bios": [
            one for one in audit.bios if one.drift in {Drift.STALE, Drift.EDITED, Drift.MISSING} and one.text
        ],
    }


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
