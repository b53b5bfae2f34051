"""What must not leave the clinician's own report: reviews, reviewers, payments, other people's news.

The administrator's edition and everything mailed pass through here.  It works by default-deny on what
an item is, and then by reading: a text that repeats four words in a row of a private one is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from reputation.model import Kind, MatchDecision

if TYPE_CHECKING:
    from reputation.model import (
        Action,
        Audit,
        Change,
        Coverage,
        Figure,
        Finding,
        Mention,
        Narrative,
        PageOne,
        Profile,
        RatingSummary,
        Sign,
        Statement,
        Verdict,
    )

T = TypeVar("T")
SHINGLE = 4
"""How many words in a row count as a quotation."""
WITHHELD = "See the clinician’s own report."
_PRIVATE_KINDS = frozenset({Kind.REVIEW, Kind.ANSWER, Kind.POST})
_PRIVATE_SOURCES = frozenset({"open-payments"})
_PAYMENTS = re.compile(r"open[\s_-]*payments|sunshine act", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Discretion:
    """Knows what of one audit is private."""

    private_keys: frozenset[str]
    private_findings: frozenset[str]
    shingles: frozenset[tuple[str, ...]]
    common: frozenset[tuple[str, ...]]
    """Runs of words of open pages' titles and claims, which quote nobody: a name, a street, a hospital."""
    own_words: frozenset[str]
    """Words of the profile's facts: what is made of nothing else quotes nobody, whoever else writes it."""

    @classmethod
    def of(cls, audit: Audit) -> Discretion:
        """Return what is private in `audit`."""
        private = [one for one in audit.mentions if is_private(one)]
        keys = frozenset(one.key for one in private)
        findings = frozenset(
            one.key for one in audit.findings if one.mention_key in keys or _names_payments(one)
        )
        said = (
            text for one in private for text in (one.text, one.title, *(claim.value for claim in one.claims))
        )
        open_texts = [
            text
            for one in audit.mentions
            if not is_private(one)
            for text in (one.title, *(claim.value for claim in one.claims))
        ]
        return cls(
            private_keys=keys,
            private_findings=findings,
            shingles=frozenset(run for text in said if text for run in _runs(text)),
            common=frozenset(run for text in open_texts for run in _runs(text)),
            own_words=frozenset(word for text in _facts(audit.profile) for word in _words(text)),
        )

    def quotes(self, text: str | None) -> bool:
        """Whether `text` repeats a private text, or speaks of payments."""
        if not text:
            return False
        return bool(_PAYMENTS.search(text)) or any(
            run in self.shingles and run not in self.common and not self.own_words.issuperset(run)
            for run in _runs(text)
        )

    def swept(self, value: T) -> T:
        """Return a part of the record in which no text of any field quotes: what is added to the model passes here too."""
        told: Any = value
        if isinstance(value, str):
            told = value if isinstance(value, Enum) else self.guarded(value)
        elif isinstance(value, tuple):
            told = tuple(map(self.swept, value))
        elif isinstance(value, Mapping):
            told = {name: self.swept(item) for name, item in value.items()}
        elif is_dataclass(value) and not isinstance(value, type):
            told = replace(value, **{f.name: self.swept(getattr(value, f.name)) for f in fields(value)})
        return told  # type: ignore[no-any-return]  # the same kind of thing as before

    def guarded(self, text: str | None) -> str | None:
        """Return `text`, or a pointer to the clinician's report where it would tell something private."""
        return WITHHELD if self.quotes(text) else text

    def concerns_private(self, keys: Iterable[str]) -> bool:
        """Whether any of `keys` names a private mention, or a finding about one."""
        return any(key in self.private_keys or key in self.private_findings for key in keys)

    def action(self, action: Action) -> Action | None:
        """Return an action as the administrator may read it; None where it is not for other eyes."""
        about = [key for key in action.finding_keys if self.concerns_private([key])]
        if (about and len(about) == len(action.finding_keys)) or self.quotes(action.what):
            return None
        return replace(
            action,
            why=self.guarded(action.why) or "",
            text=None if about else self.guarded(action.text),
            where_url=None if self.quotes(action.where_url) else action.where_url,
            finding_keys=self._open(action.finding_keys),
        )

    def finding(self, finding: Finding) -> Finding | None:
        """Return a finding whose page is public business, else None."""
        if finding.key in self.private_findings or finding.mention_key in self.private_keys:
            return None
        told = (finding.observed, finding.expected, finding.remedy)
        return None if any(map(self.quotes, told)) else finding

    def change(self, change: Change) -> Change | None:
        """Return a change that names no private item, else None."""
        if self.concerns_private([change.key, change.key.partition(":")[2].rpartition(":")[0]]):
            return None
        if any(self.quotes(str(value)) for value in (change.key, change.before, change.after)):
            return None
        if change.subject == "mention":
            return replace(change, before=None, after=None)
        return change

    def mention(self, mention: Mention) -> Mention:
        """Return a public mention without its running text."""
        return replace(mention, text=None, author_initials=None)

    def narrative(self, narrative: Narrative) -> Narrative:
        """Return the story without its quotes and without pointers to reviews."""
        arc = tuple(
            replace(
                point,
                keys=self._open(point.keys),
                events=tuple(
                    replace(event, keys=self._open(event.keys))
                    for event in point.events
                    if not self.quotes(event.text) and not (event.keys and self.concerns_private(event.keys))
                ),
            )
            for point in narrative.arc
        )
        themes = tuple(replace(theme, keys=self._open(theme.keys), quotes=()) for theme in narrative.themes)
        return replace(
            narrative,
            summary=self.guarded(narrative.summary) or "",
            themes=themes,
            arc=arc,
            keys=self._open(narrative.keys),
            statements=tuple(map(self._statement, narrative.statements)),
            changes=tuple(
                replace(one, keys_before=self._open(one.keys_before), keys_after=self._open(one.keys_after))
                for one in narrative.changes
            ),
            signs=tuple(map(self._sign, narrative.signs)),
        )

    def _statement(self, statement: Statement) -> Statement:
        return replace(
            statement,
            text=self.guarded(statement.text) or "",
            keys=self._open(statement.keys),
            figures=self._figures(statement.figures),
        )

    def _sign(self, sign: Sign) -> Sign:
        return replace(
            sign,
            text=self.guarded(sign.text) or "",
            keys=self._open(sign.keys),
            figures=self._figures(sign.figures),
        )

    def _figures(self, figures: Iterable[Figure]) -> tuple[Figure, ...]:
        return tuple(
            replace(
                one,
                text=self.guarded(one.text),
                keys=self._open(one.keys),
                sources=tuple(source for source in one.sources if source not in _PRIVATE_SOURCES),
            )
            for one in figures
        )

    def verdict(self, verdict: Verdict) -> Verdict:
        """Return the verdict with the reasons that anybody in the practice may read."""
        reasons = (
            replace(reason, text=self.guarded(reason.text) or "", keys=self._open(reason.keys))
            for reason in verdict.reasons
        )
        flips = (self.guarded(one) or "" for one in verdict.flips_if)
        return replace(verdict, reasons=tuple(dict.fromkeys(reasons)), flips_if=tuple(dict.fromkeys(flips)))

    def page(self, page: PageOne) -> PageOne:
        """Return a first page without pointers to private items."""
        results = tuple(one for one in page.results if one.key not in self.private_keys)
        displaces = page.displaces if page.displaces in results else None
        return replace(
            page,
            panel=self.guarded(page.panel),
            keys=self._open(page.keys),
            results=results,
            displaces=displaces,
        )

    def rating(self, rating: RatingSummary) -> RatingSummary:
        """Return a rating without pointers to reviews."""
        return replace(rating, note=self.guarded(rating.note), signs=tuple(map(self._sign, rating.signs)))

    def coverage(self, coverage: Coverage) -> Coverage | None:
        """Return how a source answered; nothing of a source that is nobody else's business."""
        if coverage.source in _PRIVATE_SOURCES:
            return None
        return replace(coverage, detail=self.guarded(coverage.detail))

    def _open(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in keys if not self.concerns_private([key]))


def discreet(audit: Audit) -> Audit:
    """Return `audit` as others than the clinician may see it.

    Without reviews and reviewers, Open Payments, items about other people or undecided ones, and
    without any text of ours that repeats four words in a row of those.
    """
    see = Discretion.of(audit)
    comparison = audit.comparison
    if comparison:
        changes = tuple(one for one in map(see.change, comparison.changes) if one)
        silent = tuple(one for one in comparison.incomparable if one not in _PRIVATE_SOURCES)
        comparison = replace(comparison, changes=changes, incomparable=silent)
    parts: dict[str, Any] = {
        "verdict": see.verdict(audit.verdict),
        "coverage": tuple(one for one in map(see.coverage, audit.coverage) if one),
        "cells": tuple(one for one in audit.cells if one.source not in _PRIVATE_SOURCES),
        "findings": tuple(one for one in map(see.finding, audit.findings) if one),
        "page_one": tuple(map(see.page, audit.page_one)),
        "ratings": tuple(map(see.rating, audit.ratings)),
        "narrative": see.narrative(audit.narrative),
        "actions": tuple(one for one in map(see.action, audit.actions) if one),
        "comparison": comparison,
        "completeness": audit.completeness,
    }
    return replace(
        audit,
        mentions=tuple(see.mention(one) for one in audit.mentions if not is_private(one)),
        **{name: see.swept(part) for name, part in parts.items()},
    )


def is_private(mention: Mention) -> bool:
    """Whether a mention stays in the clinician's own report."""
    surely_hers = mention.match is not None and mention.match.decision is MatchDecision.MATCH
    return not surely_hers or mention.kind in _PRIVATE_KINDS or mention.source in _PRIVATE_SOURCES


def _names_payments(finding: Finding) -> bool:
    told = (finding.key, finding.check, finding.authority or "", finding.url or "")
    return any(_PAYMENTS.search(text) for text in told)


def _facts(profile: Profile | None) -> Iterator[str]:
    """Yield the texts of a profile's facts; her own prose is none, its words are everybody's."""
    if profile is not None:
        yield from _texts_in(
            [
                getattr(profile, f.name)
                for f in fields(profile)
                if f.name not in {"bio", "policy", "confirmed"}
            ]
        )


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts_in(item)
    elif is_dataclass(value):
        yield from _texts_in([getattr(value, f.name) for f in fields(value)])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs(text: str) -> list[tuple[str, ...]]:
    words = _words(text)
    if len(words) < SHINGLE:
        return [tuple(words)] if len(words) > 1 else []
    return [tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)]
