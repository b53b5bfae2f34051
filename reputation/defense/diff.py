"""What changed between two audits, said only of sources that were heard in both.

Silence is not absence: a source that was blocked, skipped or failed in either audit is listed as incomparable;
a source that was heard in part says what appeared and never what vanished.  Every step is one pass over
dictionaries, so that the time grows with the number of mentions.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from reputation.defense.wording import changed_words, fold_fact
from reputation.model import (
    HEARD,
    Audit,
    Change,
    ChangeKind,
    Comparison,
    CoverageStatus,
    Finding,
    Kind,
    MatchDecision,
    Mention,
    Outcome,
    Rank,
)

_NEVER_ASKED = frozenset({CoverageStatus.SKIPPED, CoverageStatus.MANUAL, CoverageStatus.RETIRED})
_HEADLINES = frozenset({Kind.ARTICLE, Kind.POST, Kind.RECORD})
_SHARED_PAGE = frozenset({Kind.REVIEW, Kind.ANSWER})
"""Kinds of which one page holds many: their URL does not tell them apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    """One audit, indexed."""

    audit: Audit
    status: Mapping[str, CoverageStatus]
    mentions: Mapping[str, Mention]
    unheard: frozenset[tuple[str, str]]
    """Pairs of engine and query that were asked in vain."""
    asked: frozenset[tuple[str, str]]
    engines: frozenset[str]
    """Engines of which the audit kept a matrix of queries."""

    def hears(self, source: str) -> bool:
        return self.status.get(source) in HEARD

    def hears_whole(self, source: str) -> bool:
        return self.hears(source) and self.status[source] is not CoverageStatus.PARTIAL

    def answered(self, rank: Rank) -> bool:
        """Whether this audit has an answer for the query under which a rank was seen."""
        if rank.engine not in self.engines:
            return True
        pair = (rank.engine, rank.query)
        return pair in self.asked and pair not in self.unheard


def compare(base: Audit, head: Audit) -> Comparison:
    """Return what changed from `base` to `head`.

    Changes of the web alone: where the profile has changed in between, `criteria_changed` says so and nothing
    is said of findings and matches, which hang on the profile.  Changes are sorted by subject, key and field.
    """
    old, new = _side(base), _side(head)
    pairs, gone, come = _pair_up(old, new)
    criteria_changed = base.audit.profile_digest != head.audit.profile_digest
    changes = [
        *_appeared(old, new, gone, come),
        *_vanished(old, new, gone, come),
        *_changed(old, new, pairs, criteria_changed=criteria_changed),
    ]
    if not criteria_changed:
        changes += _findings(old, new, pairs)
    return Comparison(
        base=base.id,
        head=head.id,
        changes=tuple(sorted(changes, key=_order)),
        incomparable=_incomparable(old.status, new.status),
        criteria_changed=criteria_changed,
    )


def _order(change: Change) -> tuple[str, ...]:
    return (change.subject, change.key, change.field or "", change.kind.value, repr(change.before))


def _side(audit: Audit) -> _Side:
    cells = {(cell.engine, cell.query): cell.status for cell in audit.cells}
    return _Side(
        audit=audit,
        status={row.source: row.status for row in audit.coverage},
        mentions={mention.key: mention for mention in audit.mentions},
        unheard=frozenset(pair for pair, status in cells.items() if status not in HEARD),
        asked=frozenset(cells),
        engines=frozenset(engine for engine, _ in cells),
    )


def _incomparable(old: Mapping[str, CoverageStatus], new: Mapping[str, CoverageStatus]) -> tuple[str, ...]:
    """Return the sources not heard in both, but for those that were asked in neither."""
    found = []
    for source in {*old, *new}:
        before, after = old.get(source), new.get(source)
        heard = before in HEARD and after in HEARD
        idle = all(status is None or status in _NEVER_ASKED for status in (before, after))
        if not heard and not idle:
            found.append(source)
    return tuple(sorted(found))


# ---------------------------------------------------------------------------- which is which

Pair = tuple[Mention, Mention]


def _pair_up(old: _Side, new: _Side) -> tuple[list[Pair], list[Mention], list[Mention]]:
    """Return the mentions of both audits, those of the base alone, and those of the head alone.

    The key decides; a page that another source found this time is still the same page.
    """
    pairs = [(one, new.mentions[key]) for key, one in old.mentions.items() if key in new.mentions]
    gone = {key: one for key, one in old.mentions.items() if key not in new.mentions}
    come = {key: one for key, one in new.mentions.items() if key not in old.mentions}
    before, after = _by_page(gone.values()), _by_page(come.values())
    shared = before.keys() & after.keys()
    pairs += [(gone.pop(before[page].key), come.pop(after[page].key)) for page in shared]
    return pairs, list(gone.values()), list(come.values())


def _by_page(mentions: Iterable[Mention]) -> dict[tuple[Kind, str], Mention]:
    """Return the mentions that have their page to themselves, by kind and URL."""
    pages: dict[tuple[Kind, str], list[Mention]] = {}
    for one in mentions:
        if one.kind not in _SHARED_PAGE:
            pages.setdefault((one.kind, one.url), []).append(one)
    return {page: found[0] for page, found in pages.items() if len(found) == 1}


# ---------------------------------------------------------------------------- came and went


def _appeared(old: _Side, new: _Side, gone: list[Mention], come: list[Mention]) -> Iterator[Change]:
    rotated = _rotated(new, old, come, gone)
    until = old.audit.audit.as_of.date()
    for one in come:
        heard = any(new.hears(source) and old.hears(source) for source in one.sources)
        if heard and _is_told(one) and _was_asked(one, old) and one.listing_key not in rotated:
            kind = ChangeKind.NEWLY_INDEXED if _is_older(one, until) else ChangeKind.APPEARED
            yield Change(kind=kind, subject="mention", key=one.key, after=_shown(one))


def _vanished(old: _Side, new: _Side, gone: list[Mention], come: list[Mention]) -> Iterator[Change]:
    rotated = _rotated(old, new, gone, come)
    for one in gone:
        silent = all(old.hears(source) and new.hears_whole(source) for source in one.sources)
        if silent and _is_told(one) and _was_asked(one, new) and one.listing_key not in rotated:
            yield Change(kind=ChangeKind.VANISHED, subject="mention", key=one.key, before=_shown(one))


def _rotated(here: _Side, there: _Side, only_here: list[Mention], only_there: list[Mention]) -> set[str]:
    """Return the listings whose missing reviews only moved off the page, by the site's own count.

    A page that shows some of its reviews drops old ones as new ones come.  Where the count of all reviews
    leaves no room for a removal, none is claimed.
    """
    lost = Counter(one.listing_key for one in only_here if one.kind is Kind.REVIEW and one.listing_key)
    added = Counter(one.listing_key for one in only_there if one.kind is Kind.REVIEW and one.listing_key)
    found = set()
    for key in lost.keys() & added.keys():
        before, after = here.mentions.get(key), there.mentions.get(key)
        if before is None or after is None or before.review_count is None or after.review_count is None:
            continue
        if before.review_count + added[key] - after.review_count <= 0:
            found.add(key)
    return found


def _is_told(one: Mention) -> bool:
    """Whether a mention concerns her at all: a namesake's page may come and go."""
    return one.match is None or one.match.decision is not MatchDecision.NON_MATCH


def _was_asked(one: Mention, side: _Side) -> bool:
    """Whether `side` has an answer to a query that would have shown the mention."""
    return not one.ranks or any(side.answered(rank) for rank in one.ranks)


def _is_older(one: Mention, until: date) -> bool:
    """Whether the page says that it was published before `until`; a year or month counts by its end."""
    text = (one.date_published or "")[:10]
    return bool(text) and text.ljust(10, "~") < until.isoformat()


def _shown(one: Mention) -> dict[str, Any]:
    """Return the little by which a reader knows a mention; of a review never its text."""
    if one.kind is Kind.REVIEW:
        return {"url": one.url, "date_published": one.date_published, "rating_value": one.rating_value}
    return {"url": one.url, "title": one.title[:160]}


# ---------------------------------------------------------------------------- the same, but otherwise


def _changed(old: _Side, new: _Side, pairs: list[Pair], *, criteria_changed: bool) -> Iterator[Change]:
    for before, after in pairs:
        if not any(old.hears(source) and new.hears(source) for source in {*before.sources, *after.sources}):
            continue
        if not criteria_changed and before.decision == after.decision and before.match and after.match:
            yield from _field(after, "match", before.match.decision.value, after.match.decision.value)
        if _is_told(before) and _is_told(after):
            yield from _numbers(before, after)
            yield from _texts(before, after)
            yield from _facts(before, after)
            yield from _ranks(old, new, before, after)


def _field(one: Mention, name: str, before: Any, after: Any, subject: str = "mention") -> Iterator[Change]:
    if before != after:
        yield Change(
            kind=ChangeKind.CHANGED, subject=subject, key=one.key, field=name, before=before, after=after
        )


def _numbers(before: Mention, after: Mention) -> Iterator[Change]:
    for change in _field(after, "rating_value", before.rating_value, after.rating_value, "rating"):
        yield replace(change, note=_weighed(before, after))
    for name in ("rating_count", "review_count"):
        was, now = getattr(before, name), getattr(after, name)
        if was is not None and now is not None:  # a page that does not say is not a page that says none
            yield from _field(after, name, was, now, "rating")


def _texts(before: Mention, after: Mention) -> Iterator[Change]:
    for name in ("text", "title") if after.kind in _HEADLINES else ("text",):
        words = changed_words(getattr(before, name), getattr(after, name))
        if words is not None:
            yield from _field(after, name, *words)


def _facts(before: Mention, after: Mention) -> Iterator[Change]:
    old, new = _claims(before), _claims(after)
    for name in old.keys() | new.keys():
        was, now = old.get(name, {}), new.get(name, {})
        if was.keys() != now.keys():
            yield from _field(after, name, "; ".join(was.values()) or None, "; ".join(now.values()) or None)


def _claims(one: Mention) -> dict[str, dict[str, str]]:
    """Return the claimed values by field, each by what it says without case, spaces and punctuation."""
    found: dict[str, dict[str, str]] = {}
    for claim in one.claims:
        found.setdefault(claim.field, {}).setdefault(fold_fact(claim.value), claim.value)
    return {name: dict(sorted(values.items())) for name, values in found.items()}


def _ranks(old: _Side, new: _Side, before: Mention, after: Mention) -> Iterator[Change]:
    was, now = _positions(before), _positions(after)
    for place in was.keys() | now.keys():
        rank = was.get(place) or now[place]
        if old.answered(rank) and new.answered(rank):
            yield from _field(after, "rank", _position(was.get(place)), _position(now.get(place)))


def _positions(one: Mention) -> dict[tuple[str, str, str, str], Rank]:
    found: dict[tuple[str, str, str, str], Rank] = {}
    for rank in one.ranks:
        place = (rank.engine, rank.query, rank.location or "", rank.device or "")
        if place not in found or rank.position < found[place].position:
            found[place] = rank
    return found


def _position(rank: Rank | None) -> dict[str, Any] | None:
    return None if rank is None else {"engine": rank.engine, "query": rank.query, "position": rank.position}


# ---------------------------------------------------------------------------- findings


def _findings(old: _Side, new: _Side, pairs: list[Pair]) -> Iterator[Change]:
    """Yield the findings that were mended or that came up, where the same mention is hers in both audits.

    A listing that is gone takes its findings with it, and a new one brings its own.
    """
    unsure = {one.key for pair in pairs if _differ_in_key_or_match(*pair) for one in pair}
    in_both = {one.key for pair in pairs for one in pair}
    was = {one.key: one for one in old.audit.findings}
    now = {one.key: one for one in new.audit.findings}
    for key in was.keys() | now.keys():
        before, after = was.get(key), now.get(key)
        one = after or before
        assert one is not None
        if one.mention_key and one.mention_key not in in_both:
            continue
        if one.mention_key in unsure or not _is_heard(one, old, new, both=bool(before and after)):
            continue
        if _differs(before) and not _differs(after) and _is_settled(after):
            yield Change(
                kind=ChangeKind.RESOLVED, subject="finding", key=key, field=one.field, before=_seen(before)
            )
        if _differs(after) and not _differs(before) and _is_settled(before):
            yield Change(
                kind=ChangeKind.REGRESSED, subject="finding", key=key, field=one.field, after=_seen(after)
            )


def _differ_in_key_or_match(before: Mention, after: Mention) -> bool:
    was = before.match and before.match.decision
    now = after.match and after.match.decision
    return before.key != after.key or was != now


def _is_heard(one: Finding, old: _Side, new: _Side, *, both: bool) -> bool:
    """Whether both audits can speak of a finding; one that hangs on no mention must stand in both."""
    if both and one.mention_key is None:
        return True
    mention = new.mentions.get(one.mention_key or "") or old.mentions.get(one.mention_key or "")
    if mention is None:
        return False
    if mention.key in old.mentions and mention.key in new.mentions:
        return any(old.hears(source) and new.hears(source) for source in mention.sources)
    return all(old.hears_whole(source) and new.hears_whole(source) for source in mention.sources)


def _differs(one: Finding | None) -> bool:
    return one is not None and one.outcome is Outcome.DIFFERS


def _is_settled(one: Finding | None) -> bool:
    """Whether the finding is absent or conforms; one that cannot tell settles nothing."""
    return one is None or one.outcome is Outcome.CONFORMS


def _seen(one: Finding | None) -> str | None:
    return one.observed if one else None


# ---------------------------------------------------------------------------- how much a rating moved


def _weighed(before: Mention, after: Mention) -> str | None:
    """Return in words whether a rating's move is more than chance; None where a count is unknown."""
    if not before.rating_count or not after.rating_count:
        return None
    counts = f"with {before.rating_count} and {after.rating_count} ratings"
    if rating_moved(_rated(before), _rated(after)):
        return f"more than chance explains {counts}"
    return f"no more than chance explains {counts}"


Rated = tuple[float | None, float | None, int | None]
"""A rating, the best that is possible, and the number of ratings."""


def _rated(one: Mention) -> Rated:
    return (one.rating_value, one.best_rating, one.rating_count)


def rating_moved(before: Rated, after: Rated) -> bool:
    """Whether a rating moved by more than its number of ratings explains by chance.

    Two means of so many ratings each, compared at about 95 %; the spread of single ratings is taken as
    1.3 of 5 stars, which errs towards silence.  False where a rating or its count is unknown.
    """
    was, best, n_before = before
    now, best_after, n_after = after
    if was is None or now is None or not n_before or not n_after or best != best_after:
        return False
    spread = 1.3 / 5 * (best or 5)
    error = spread * math.sqrt(1 / n_before + 1 / n_after)
    return abs(now - was) > 1.96 * error
