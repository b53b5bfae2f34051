"""Accuracy checks: one a file.  Add a check here.

A check is a module with `CHECK`, what it is, and `check(profile, mention)`, which yields at most one finding
a field: differs, conforms or cannot_tell.  Any module put into this folder is found by `check_all`.
Only mentions that are surely hers, of the kinds that it names, are shown to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from reputation.definition.authority import Check, is_surely_hers
from reputation.model import Finding, Mention, Profile, Source


class CheckModule(Protocol):
    """What a module in this folder offers."""

    CHECK: Check

    def check(self, profile: Profile, mention: Mention) -> Iterator[Finding]:
        """Yield what was found when the mention's claims were compared with an authority."""


def check_all(
    profile: Profile,
    mentions: Sequence[Mention],
    sources: Sequence[Source],  # noqa: ARG001 - the authorities among them; asked by checks against registries
    now: datetime,  # noqa: ARG001 - asked by checks of age
) -> tuple[Finding, ...]:
    """Return every finding of every check on the matched mentions, sorted by key."""
    findings = {
        finding.key: finding
        for mention in mentions
        if is_surely_hers(mention)
        for module in check_modules()
        if mention.kind in module.CHECK.kinds
        for finding in module.check(profile, mention)
    }
    return tuple(findings[key] for key in sorted(findings))


@cache
def check_modules() -> tuple[CheckModule, ...]:
    """Return the checks of this folder, by the name of their file."""
    names = sorted(info.name for info in iter_modules(__path__))
    return tuple(cast("CheckModule", import_module(f"{__name__}.{name}")) for name in names)
