"""How complete was the search?  A lower bound on the pages about her that no search engine showed.

Each independent index is a trap set for the same pages: what several caught tells how much all missed.
Pages differ in how easily they are caught, and indexes in how much they catch, so that of the pages found by
exactly one index (f_j by index j alone) and by exactly two (f_jk),

    unseen >= sum of f_j * f_k over all pairs / (sum of f_jk + 1)

This is Chao's lower bound (A. Chao 1987, Biometrics 43:783-791) in its form for traps of unequal strength
(L.-P. Rivest and S. Baillargeon 2007, Biometrics 63:999-1006), bias-corrected by the 1 as by D. G. Chapman (1951); for two
indexes it is Chapman's estimate.  The textbook form for equal traps, f1(f1-1)/(2(f2+1)), was measured and left: with indexes
of very different size it overstated 100 pages by 69.  What is told is the lower end of its one-sided 95 % interval (log-normal,
after Chao 1987), so that "at least" may be taken at its word.

It is a bound only as long as indexes find rather the same pages than each avoids the other's; engines that lean on one index
are therefore counted as that index, and indexes are compared for the questions that all of them were asked.  There is no
percentage: a bound on what is missing is no measure of what is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import combinations
from math import exp, floor, log, sqrt
from typing import NamedTuple

from reputation import resources
from reputation.model import HEARD, Cell, Completeness, Kind, MatchDecision, Mention, Source
from reputation.normalize import canonical_url, fold

LEAST_PAGES = 10
"""Pages found below which nothing is said."""
LEAST_SHARED = 5
"""Pages that exactly two indexes found, below which nothing is said."""
_ONE_SIDED_95 = 1.645

_PAGES = frozenset({Kind.RESULT, Kind.ARTICLE, Kind.POST, Kind.PROFILE})
"""What is a page of the web; panels, places and answers are the engine's own."""

_NAMES = {"duckduckgo": "DuckDuckGo", "aol": "AOL"}


def estimate(
    mentions: Iterable[Mention], cells: Iterable[Cell] = (), sources: Iterable[Source] = ()
) -> Completeness:
    """Return how many more pages about her there are at least than the search engines showed.

    `cells` tell which engines answered, `sources` on whose index an engine leans that `data/indexes.toml` does not know.

    Only pages that match are counted, and compared are only indexes that were asked the same.  Where fewer than two
    independent indexes showed any, or too few pages, or too few that two of them share, `at_least_more` is None and
    `text` says why.
    """
    named = named_indexes(sources)
    asked = independent((cell.engine for cell in cells if cell.status in HEARD), named)
    told = _estimated(_sightings(mentions, named))
    text = " ".join(filter(None, (indexes_in_words(asked), told.text)))
    return replace(told, asked=tuple(asked), text=text)


def _estimated(seen: list[_Sight]) -> Completeness:
    found = len({sight.page for sight in seen if sight.is_hers})
    everyone = tuple(sorted({sight.by for sight in seen if sight.is_hers}))
    compared, why = everyone, None
    while len(compared) > 1:
        caught = _caught(seen, compared)
        too_little = _too_little(caught, compared)
        if too_little is None:
            # What other questions found is part of what these did not.
            more = max(0, floor(lower_limit(Counter(caught.values()))) - (found - len(caught)))
            text = _told(found, more, compared)
            return Completeness(found=found, at_least_more=more, indexes=compared, text=text)
        why = why or too_little
        compared = _without_least_asked(seen, compared)
    heard = f"only the index of {_list(everyone)}" if everyone else "no search index"
    why = why or f"{heard} showed pages about you, and it takes two that search independently"
    return Completeness(
        found=found, indexes=everyone, text=f"How many pages were missed cannot be said: {why}."
    )


def index_of(engine: str, named: Mapping[str, str] | None = None) -> str | None:
    """Return the index on which an engine leans; None where it mixes several, does not say, or is not known.

    `named` are those of the user's own sources, for engines that the table does not know.
    """
    row = _table().get(engine)
    if row is None:
        return (named or {}).get(engine)
    return str(row["index"]) if "index" in row else None


def named_indexes(sources: Iterable[Source]) -> dict[str, str]:
    """Return on whose index each engine leans by its source's `options.index`."""
    return {one.engine: str(one.options["index"]) for one in sources if one.engine and "index" in one.options}


def independent(engines: Iterable[str], named: Mapping[str, str] | None = None) -> dict[str, tuple[str, ...]]:
    """Return the independent indexes behind `engines`, sorted, each with the engines that lean on it."""
    found: dict[str, set[str]] = {}
    for engine in engines:
        if index := index_of(engine, named):
            found.setdefault(index, set()).add(engine)
    return {index: tuple(sorted(found[index])) for index in sorted(found)}


def indexes_in_words(asked: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return "2 independent indexes answered: Bing and Google. Yahoo leans on Bing's.", None where none did."""
    if not asked:
        return None
    count = "1 independent index" if len(asked) == 1 else f"{len(asked)} independent indexes"
    leaning = [
        f"{_list(others)} lean{'s' if len(others) == 1 else ''} on {_list((index,))}'s"
        for index, engines in asked.items()
        if (others := tuple(one for one in engines if one != index))
    ]
    more = f" {'; '.join(leaning)}." if leaning else ""
    return f"{count} answered: {_list(tuple(asked))}.{more}"


def bound(histories: Mapping[frozenset[str], int]) -> float:
    """Return Chao's lower bound on the pages that no index found; `histories` counts pages by who found them."""
    alone, shared = _frequencies(histories)
    return sum(a * b for a, b in combinations(alone.values(), 2)) / (shared + 1)


def lower_limit(histories: Mapping[frozenset[str], int]) -> float:
    """Return the lower end of the one-sided 95 % interval of `bound`."""
    unseen = bound(histories)
    if unseen <= 0:
        return 0.0
    alone, shared = _frequencies(histories)
    total = sum(alone.values())
    # The delta method on counts that vary as Poisson's do.
    variance = sum(n * ((total - n) / (shared + 1)) ** 2 for n in alone.values()) + unseen**2 / (shared + 1)
    return unseen / exp(_ONE_SIDED_95 * sqrt(log(1 + variance / unseen**2)))


def _frequencies(histories: Mapping[frozenset[str], int]) -> tuple[Counter[str], int]:
    """Return how many pages each index alone found, and how many exactly two found."""
    alone: Counter[str] = Counter()
    shared = 0
    for who, count in histories.items():
        if len(who) == 1:
            alone[next(iter(who))] += count
        elif len(who) == 2:
            shared += count
    return alone, shared


class _Sight(NamedTuple):
    """One page among the links that an index showed for a question, and whether it is about her."""

    page: str
    by: str
    question: str
    is_hers: bool


def _sightings(mentions: Iterable[Mention], named: Mapping[str, str]) -> list[_Sight]:
    """Return what engines with a known index showed among their links."""
    seen = []
    for one in mentions:
        is_hers = one.match is not None and one.match.decision is MatchDecision.MATCH
        for rank in one.ranks if one.kind in _PAGES else ():
            index = index_of(rank.engine, named)
            if index and rank.position > 0:
                seen.append(_Sight(canonical_url(one.url), index, fold(rank.query), is_hers))
    return seen


def _caught(seen: Iterable[_Sight], compared: Collection[str]) -> dict[str, frozenset[str]]:
    """Return for each page about her which of `compared` showed it, for questions that all of them were asked.

    A page that only one could show, because only one was asked, would be taken for one that the others missed.
    """
    asked = _questions(seen)
    common = frozenset[str].intersection(*(frozenset(asked[index]) for index in compared))
    caught: dict[str, frozenset[str]] = {}
    for sight in seen:
        if sight.is_hers and sight.by in compared and sight.question in common:
            caught[sight.page] = caught.get(sight.page, frozenset()) | {sight.by}
    return caught


def _questions(seen: Iterable[_Sight]) -> dict[str, set[str]]:
    asked: dict[str, set[str]] = {}
    for sight in seen:
        asked.setdefault(sight.by, set()).add(sight.question)
    return asked


def _without_least_asked(seen: Iterable[_Sight], compared: tuple[str, ...]) -> tuple[str, ...]:
    asked = _questions(seen)
    least = min(compared, key=lambda index: (len(asked[index]), index))
    return tuple(index for index in compared if index != least)


def _too_little(caught: Mapping[str, frozenset[str]], indexes: tuple[str, ...]) -> str | None:
    if len(frozenset[str]().union(*caught.values())) < 2:
        return f"{_list(indexes)} were not asked the same"
    if len(caught) < LEAST_PAGES:
        return f"{len(caught)} pages are too few"
    shared = sum(len(who) == 2 for who in caught.values())
    if shared < LEAST_SHARED:
        return (
            f"of the {len(caught)} pages that the indexes of {_list(indexes)} showed, {shared or 'none'} "
            f"came from {'both' if len(indexes) == 2 else 'two of them'}"
        )
    return None


def _told(found: int, more: int, indexes: tuple[str, ...]) -> str:
    of_them = f"the indexes of {_list(indexes)}, which search independently and were asked the same, share"
    if more < 1:
        return (
            f"Search engines showed {found} pages about you. What {of_them} gives no sign of more; "
            "that is no proof that there are none."
        )
    return (
        f"Search engines showed {found} pages about you. By what {of_them}, there are at least {more} more "
        "that none of them showed."
    )


def _list(indexes: tuple[str, ...]) -> str:
    names = [_NAMES.get(one, one.capitalize()) for one in indexes]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


@cache
def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = resources.table("data/indexes.toml")["engine"]
    return table
