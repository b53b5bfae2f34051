"""What a patient would conclude in a minute, and what a colleague would find.

A patient is shown the rating that most others gave, whether the words lean one way, and the first result of page one that
speaks against her; a colleague the dated papers, trials, grants and news.  Rules over counts, no more; each is written below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reputation.definition.arc import (
    event_kind,
    is_event,
    is_favourable,
    is_unfavourable,
    marks_of,
)
from reputation.definition.exposure import PAGE_LENGTH
from reputation.definition.page_one import is_negative
from reputation.definition.ratings import ENOUGH
from reputation.definition.telling import FEW, counted, keys_of, statement
from reputation.definition.theme_shares import OPINIONS, is_about_office
from reputation.definition.wording import count, listed, page_name
from reputation.model import HEARD, Category, ChangePoint, Coverage, Figure, Kind, Mention, Statement
from reputation.render import number
from reputation.resources import source_title

MOST = 0.75
"""Share of opinions from which they are called mostly favourable, or mostly not."""

GOOD_RATING = 0.75
"""Share of its scale from which a rating is called good: 4 of 5."""

PROMINENT = 3
"""Places at the top of the results that are read whatever stands below."""

_PROFESSIONAL = frozenset({Category.LITERATURE, Category.NEWS})
_TRIALS = frozenset({"clinicaltrials", "nih-reporter"})
_KINDS = ("paper", "trial", "grant", "news", "podcast", "video", "page")
_NAMES = {"news": ("news item", "news items"), "page": ("public page", "public pages")}
_UNHEARD = "no library, trial register or news source answered"
_LONGEST_TITLE = 120


def patient(
    mine: Sequence[Mention],
    opinions: Sequence[Mention],
    grave: Sequence[Mention],
    changes: Sequence[ChangePoint] = (),
) -> Iterator[Statement]:
    """Yield what a patient who looks for a minute would see, and what that one would make of it.

    Sites show the newest opinions first: where opinion has changed, those since the change are what is seen.
    """
    if not mine:
        return
    if changes:
        newest = frozenset(changes[-1].keys_after)
        opinions = [item for item in opinions if item.key in newest]
    rated = _most_rated(mine)
    seen = [*_sanction(grave), *_harm(mine, grave), *_rating(rated), *_words(opinions, of_late=bool(changes))]
    if not seen:
        listing = next((item for item in mine if item.kind is Kind.LISTING), None)
        what = "a listing, but no rating and no opinion" if listing else "neither a rating nor an opinion"
        keys = (listing.key,) if listing else ()
        yield statement("patient", f"In a minute a patient would find {what}.", keys=keys)
        return
    figures = [figure for _, some in seen for figure in some]
    text = f"In a minute a patient would see {listed([what for what, _ in seen])}, and {_then(mine, opinions, grave)}."
    yield statement("patient", text, *figures)


_Seen = tuple[str, list[Figure]]


def _sanction(grave: Sequence[Mention]) -> Iterator[_Seen]:
    if grave:
        yield "the report of a sanction or a claim", [Figure(keys=keys_of(grave))]


def _rating(rated: Mention | None) -> Iterator[_Seen]:
    if rated is None:
        return
    value, best, n = number(rated.rating_value), number(rated.best_rating or 5.0), _ratings(rated)
    only = "only " if n < ENOUGH else ""
    figures = [Figure(text=text, keys=(rated.key,)) for text in (value, best, f"{n:,}")]
    yield f"{value} of {best} on {page_name(rated)} from {only}{n:,} rating{'' if n == 1 else 's'}", figures


def _harm(mine: Sequence[Mention], grave: Sequence[Mention]) -> Iterator[_Seen]:
    """Yield the highest place of a first page that holds something against her; a sanction is told already."""
    places = _harmful_places(mine, grave)
    if places:
        place, key, engine = min(places)
        where = f"an unfavourable page at place {place} on {engine.capitalize()}"
        yield where, [Figure(text=str(place), keys=(key,))]


def _harmful_places(mine: Sequence[Mention], told: Sequence[Mention]) -> list[tuple[int, str, str]]:
    known = {item.key for item in told}
    return [
        (rank.position, item.key, rank.engine)
        for item in mine
        if item.ranks and item.key not in known and is_negative(item)
        for rank in item.ranks
        if 1 <= rank.position <= PAGE_LENGTH
    ]


def _words(opinions: Sequence[Mention], *, of_late: bool) -> Iterator[_Seen]:
    if opinions:
        yield _lean(opinions) + (" of late" if of_late else ""), [Figure(keys=keys_of(opinions))]


def _lean(opinions: Sequence[Mention]) -> str:
    n, good, bad = len(opinions), sum(map(is_favourable, opinions)), sum(map(is_unfavourable, opinions))
    if n == 1:
        return "one favourable opinion" if good else "one complaint" if bad else "one opinion"
    how = "a few" if n < FEW else "mostly" if max(good, bad) < n else "only"
    if good >= MOST * n:
        return f"{how} favourable words"
    if bad >= MOST * n:
        return f"{how} complaints" if how != "mostly" else "mostly complaints"
    return "a few opinions that differ" if n < FEW else "divided opinions"


def _then(mine: Sequence[Mention], opinions: Sequence[Mention], grave: Sequence[Mention]) -> str:
    """Return what that patient would make of it: a sanction weighs most, then what is many, then nothing."""
    if grave:
        return "would want to know what became of it before anything else"
    if any(place <= PROMINENT for place, _, _ in _harmful_places(mine, ())):
        return "would read that page first"
    rated = _most_rated(mine)
    enough = [rated] if rated and _ratings(rated) >= ENOUGH else []
    if not enough and len(opinions) < FEW:
        return "could conclude little from so few voices"
    bad = [item for item in opinions if is_unfavourable(item)]
    if len(opinions) >= FEW and bad and all(map(is_about_office, bad)):
        return "would expect a good clinician and trouble with the office"
    good = [_is_good(item) for item in enough]
    if len(opinions) >= FEW:
        share = sum(map(is_favourable, opinions)) / len(opinions)
        good.append(share >= MOST)
        if share <= 1 - MOST or (bad and len(bad) >= MOST * len(opinions)):
            return "would probably look further"
    return "would find no reason to hesitate" if all(good) else "would read on before deciding"


def _most_rated(mine: Sequence[Mention]) -> Mention | None:
    rated = [
        item
        for item in mine
        if item.kind is Kind.LISTING
        and item.rating_value is not None
        and _ratings(item) > 0
        and 0 <= item.rating_value <= (item.best_rating or 5.0)
    ]
    return max(rated, key=lambda item: (_ratings(item), item.key), default=None)


def _ratings(item: Mention) -> int:
    return (item.rating_count if item.rating_count is not None else item.review_count) or 0


def _is_good(item: Mention) -> bool:
    best = item.best_rating or 5.0
    worst = item.worst_rating if item.worst_rating is not None else (1.0 if best > 1 else 0.0)
    return best > worst and ((item.rating_value or 0.0) - worst) / (best - worst) >= GOOD_RATING


def colleague(
    name: str, mine: Sequence[Mention], coverage: Sequence[Coverage], grave: Sequence[Mention]
) -> Iterator[Statement]:
    """Yield the dated papers, trials, grants and news that a colleague would find, and the latest by its title."""
    if not mine:
        return
    told = {item.key for item in grave}
    works = [
        item
        for item in mine
        if is_event(item)
        and item.kind not in OPINIONS
        and item.key not in told
        and event_kind(item) in _KINDS
    ]
    heard = [row for row in coverage if row.status in HEARD]
    asked = tuple(r.source for r in heard if r.category in _PROFESSIONAL or r.source in _TRIALS)
    if not works:
        text = f"What a colleague would find is not known: {_UNHEARD}."
        if asked:
            where = listed([source_title(source) for source in asked], 3)
            text = f"A colleague would find nothing in {where} that is surely by or about {name}."
        more = [Figure(text=str(len(asked) - 3), sources=asked[3:])] if len(asked) > 3 else []
        yield statement("colleague", text, *more)
        return
    groups = [(kind, [item for item in works if event_kind(item) == kind]) for kind in _KINDS]
    names = [(count(len(items), *_NAMES.get(kind, (kind,))), items) for kind, items in groups if items]
    figures = [counted(items) for _, items in names]
    text = f"A colleague would find {listed([name for name, _ in names])}"
    dated = sorted(
        (item for item in works if item.date_published),
        key=lambda item: (item.date_published or "", item.key),
    )
    if dated:
        first, last = ((item.date_published or "")[:4] for item in (dated[0], dated[-1]))
        text += f" dated {first}" + (f" to {last}" if last != first else "")
        figures += [
            Figure(text=year, keys=(item.key,)) for year, item in ((first, dated[0]), (last, dated[-1]))
        ]
        title = dated[-1].title.strip().rstrip(".")
        if 0 < len(title) <= _LONGEST_TITLE:
            text += f", the latest “{title}”" if len(works) > 1 else f", “{title}”"
            figures.append(Figure(text=title, keys=(dated[-1].key,)))
    yield statement("colleague", text + ("." if asked else f"; {_UNHEARD}."), *figures)
    yield from _marks(works)


def _marks(works: Sequence[Mention]) -> Iterator[Statement]:
    """Yield which of the papers a library marks as retracted, or so."""
    by_mark: dict[str, list[Mention]] = {}
    for item in works:
        for mark in marks_of(item):
            by_mark.setdefault(mark, []).append(item)
    for mark, items in sorted(by_mark.items()):
        where = listed(sorted({source_title(item.source) for item in items}), 3)
        text = f"{len(items)} of them {'is' if len(items) == 1 else 'are'} marked “{mark}” by {where}."
        yield statement("mark", text, counted(items))
