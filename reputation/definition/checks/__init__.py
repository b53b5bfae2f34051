"""Accuracy checks: one a file.  Add a check here.

A check is a module with `CHECK`, what it is, and either or both of

    check(profile, mention)           yields at most one finding a field on one mention: differs, conforms or cannot tell
    compare(profile, mentions, now)   yields findings that take several mentions, or the date, to see

Any module put into this folder is found by `check_all`.  Only mentions that are surely hers are shown to it; `check` sees
those of the kinds that it names.  Identity comes first: a page that mixes her up with another yields that one finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from reputation.definition.authority import Check, is_own_origin, is_surely_hers, with_its_copies
from reputation.model import Finding, Mention, Outcome, Profile, Source


@dataclass(frozen=True, slots=True)
class CheckModule:
    """What a module in this folder offers."""

    CHECK: Check
    check: Callable[[Profile, Mention], Iterator[Finding]] | None
    compare: Callable[[Profile, Sequence[Mention], datetime], Iterator[Finding]] | None


def check_all(
    profile: Profile,
    mentions: Sequence[Mention],
    sources: Sequence[Source],  # noqa: ARG001 - the authorities among them; one signature for audit.py
    now: datetime,
) -> tuple[Finding, ...]:
    """Return every finding of every check on the matched mentions, and every mix-up, sorted by key."""
    from reputation.definition.checks import identity  # noqa: PLC0415 - it asks the other checks

    mixed = {
        mention.key: finding
        for mention in mentions
        if mention.kind in identity.CHECK.kinds
        for finding in identity.check(profile, mention)
        if identity.is_mixup(finding)
    }
    hers = [one for one in mentions if is_surely_hers(one) and not mixed.keys() & {one.key, one.listing_key}]
    findings = {finding.key: finding for finding in mixed.values()}
    for module in check_modules():
        findings |= {finding.key: finding for finding in _found_by(module, profile, hers, now)}
    return tuple(findings[key] for key in sorted(findings))


def _found_by(
    module: CheckModule, profile: Profile, mentions: Sequence[Mention], now: datetime
) -> Iterator[Finding]:
    """Yield what a check finds; `compare` comes last, since what several pages say outweighs what one does."""
    for mention in mentions if module.check else ():
        if mention.kind in module.CHECK.kinds and module.check:
            copied = is_own_origin(profile, module.CHECK.about, mention)
            yield from (
                with_its_copies(finding, mention)
                for finding in module.check(profile, mention)
                if not copied or finding.outcome is Outcome.DIFFERS
            )
    if module.compare:
        yield from module.compare(profile, mentions, now)


@cache
def check_modules() -> tuple[CheckModule, ...]:
    """Return the checks of this folder, by the name of their file."""
    names = sorted(info.name for info in iter_modules(__path__))
    modules: list[Any] = [import_module(f"{__name__}.{name}") for name in names]
    return tuple(
        CheckModule(one.CHECK, getattr(one, "check", None), getattr(one, "compare", None)) for one in modules
    )
