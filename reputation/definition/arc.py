"""The arc: what she is known for and how she is spoken of, by the sources' own dates, in half-years.

Events exist without a single review.  The valence of opinions is smoothed: each half-year is drawn towards its neighbours
(weight 1/2 at one half-year's distance, 1/4 at two) and towards the mean of all dated opinions, which counts for two.
The number behind each point stands beside it.  A date that names only a year has a point of its own, outside the curve.

Nothing is called a change but what chance does not explain: Fisher's exact test on unfavourable against other opinions
before and after a half-year, two-sided, times the number of half-years at which a change was looked for, below .05, with
eight opinions on either side.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import exp, lgamma, log
from statistics import fmean

from reputation import resources
from reputation.definition.character import LEGAL
from reputation.model import (
    ArcPoint,
    ChangePoint,
    Event,
    Kind,
    Mention,
    Profile,
    SentimentLabel,
)
from reputation.resources import source_title

DATED = frozenset({Kind.ARTICLE, Kind.RECORD, Kind.POST})
"""Kinds that are events of their own; a dated search result is one where it tells of research, law or advice."""

_TELLING = frozenset({"research", "advice", LEGAL})

_MARKED = frozenset({"retracted", "retracted and republished", "expression of concern"})
"""Marks on a paper that a reader should know; an erratum is ordinary."""

_EVENT_KINDS = {
    "clinicaltrials": "trial",
    "nih-reporter": "grant",
    "open-payments": "payment",
    "podcasts": "podcast",
    "youtube": "video",
}

EVENTS_SHOWN = 12
"""Events kept for one half-year; the rest is counted in the last line of it."""

REACH = 2
"""Half-years to either side that a point is drawn towards, each at half the weight of the one before."""

PRIOR_OPINIONS = 2
"""Opinions that the mean of all counts for."""

CHANGE_FLOOR = 8
"""Opinions that must stand on either side of a change."""

CHANGE_P = 0.05


def half_year(date_published: str) -> str | None:
    """Return the half-year of an ISO date, such as 2026-H1; a bare year gives the year, no date None."""
    year, _, rest = date_published.partition("-")
    if not (len(year) == 4 and year.isdigit()):
        return None
    month = rest[:2]
    return f"{year}-H{1 if int(month) <= 6 else 2}" if month.isdigit() else year


def arc_of(
    profile: Profile, mine: Sequence[Mention], opinions: Sequence[Mention], today: date
) -> tuple[ArcPoint, ...]:
    """Return one point a period that has an opinion or an event; dates in the future are not believed."""
    voices = voices_by_period(opinions, today)
    events: dict[str, list[Event]] = defaultdict(list)
    for event in (*_events(mine), *_titles(profile, mine)):
        period = _period(event.date, today)
        if period:
            events[period].append(event)
    curve = smoothed({period: [_valence(item) for item in said] for period, said in voices.items()})
    return tuple(
        ArcPoint(
            period=period,
            n=len(said := voices.get(period, ())),
            valence=round(fmean(map(_valence, said)), 4) if said else None,
            events=_shown(events.get(period, ())),
            smoothed=curve.get(period, (None, 0.0))[0],
            weight=curve.get(period, (None, 0.0))[1],
            favourable=sum(map(is_favourable, said)),
            unfavourable=sum(map(is_unfavourable, said)),
            keys=tuple(item.key for item in said),
        )
        for period in sorted({*voices, *events})
    )


def voices_by_period(opinions: Iterable[Mention], today: date) -> dict[str, list[Mention]]:
    """Return the dated opinions by half-year, or by year where the source says no more."""
    voices: dict[str, list[Mention]] = defaultdict(list)
    for item in opinions:
        period = _period(item.date_published, today)
        if period:
            voices[period].append(item)
    return dict(voices)


def is_favourable(item: Mention) -> bool:
    """Whether an opinion is labelled positive."""
    return item.sentiment is not None and item.sentiment.label is SentimentLabel.POSITIVE


def is_unfavourable(item: Mention) -> bool:
    """Whether an opinion is labelled negative."""
    return item.sentiment is not None and item.sentiment.label is SentimentLabel.NEGATIVE


def _valence(item: Mention) -> float:
    return item.sentiment.valence or 0.0 if item.sentiment else 0.0


def _period(when: str | None, today: date) -> str | None:
    """Return the period of an ISO date that is not in the future."""
    return half_year(when) if when and when <= today.isoformat()[: len(when)] else None


# ---------------------------------------------------------------------------- the curve


def smoothed(valences: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, float]]:
    """Return for each half-year with an opinion its smoothed valence, and the weight of opinions behind it."""
    sums = {_index(period): (sum(said), len(said)) for period, said in valences.items() if "H" in period}
    n = sum(size for _, size in sums.values())
    if not n:
        return {}
    mean = sum(total for total, _ in sums.values()) / n
    curve = {}
    for period in valences:
        if "H" not in period:
            continue
        near = [
            (sums.get(_index(period) + step, (0.0, 0)), 0.5 ** abs(step)) for step in range(-REACH, REACH + 1)
        ]
        weight = sum(size * share for (_, size), share in near)
        total = sum(said * share for (said, _), share in near)
        value = (total + PRIOR_OPINIONS * mean) / (weight + PRIOR_OPINIONS)
        curve[period] = (round(value, 4), round(weight, 2))
    return curve


def _index(period: str) -> int:
    year, _, half = period.partition("-H")
    return 2 * int(year) + int(half) - 1


# ---------------------------------------------------------------------------- changes


def changes_in(opinions: Iterable[Mention], today: date) -> tuple[ChangePoint, ...]:
    """Return the changes of opinion that chance does not explain, the earliest first."""
    voices = voices_by_period(opinions, today)
    periods = sorted(period for period in voices if "H" in period)
    return tuple(_changes([(period, voices[period]) for period in periods], max(1, len(periods) - 1)))


def _changes(series: Sequence[tuple[str, list[Mention]]], tried: int) -> Iterator[ChangePoint]:
    """Yield the clearest change of a stretch, and those of the stretches before and after it."""
    sizes = [len(said) for _, said in series]
    bad = [sum(map(is_unfavourable, said)) for _, said in series]
    n, n_bad = sum(sizes), sum(bad)
    best: tuple[float, int] | None = None
    before = bad_before = 0
    for place in range(1, len(series)):
        before, bad_before = before + sizes[place - 1], bad_before + bad[place - 1]
        if min(before, n - before) < CHANGE_FLOOR:
            continue
        p_value = fisher_exact(bad_before, before, n_bad - bad_before, n - before) * tried
        if p_value < CHANGE_P and (best is None or p_value < best[0]):
            best = (p_value, place)
    if best is None:
        return
    p_value, place = best
    first, last = series[:place], series[place:]
    yield from _changes(first, tried)
    yield ChangePoint(
        period=series[place][0],
        n_before=sum(sizes[:place]),
        unfavourable_before=sum(bad[:place]),
        n_after=sum(sizes[place:]),
        unfavourable_after=sum(bad[place:]),
        p_value=float(f"{p_value:.2g}"),
        keys_before=_keys(first),
        keys_after=_keys(last),
    )
    yield from _changes(last, tried)


def _keys(series: Iterable[tuple[str, list[Mention]]]) -> tuple[str, ...]:
    return tuple(item.key for _, said in series for item in said)


def fisher_exact(hits_a: int, n_a: int, hits_b: int, n_b: int) -> float:
    """Return the two-sided p-value of Fisher's exact test that two shares are one.

    The sum of the probabilities of all tables, with these margins, that are no likelier than the one seen.
    """
    hits, total = hits_a + hits_b, n_a + n_b
    low, high = max(0, hits - n_b), min(hits, n_a)
    logs = [_log_ways(n_a, low) + _log_ways(n_b, hits - low) - _log_ways(total, hits)]
    for k in range(low, high):
        odds = (hits - k) * (n_a - k) / ((k + 1) * (n_b - hits + k + 1))
        logs.append(logs[-1] + log(odds))
    seen = logs[hits_a - low] + 1e-7
    return min(1.0, sum(exp(one) for one in logs if one <= seen))


def _log_ways(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


# ---------------------------------------------------------------------------- events


def event_kind(item: Mention) -> str:
    """Return what a dated item is: paper, trial, grant, news, post, payment, record and so on."""
    if item.source in _EVENT_KINDS:
        return _EVENT_KINDS[item.source]
    category = resources.table("sources.toml").get(item.source, {}).get("category")
    if item.kind is Kind.ARTICLE:
        return "news" if category == "news" else "paper"
    return {Kind.RECORD: "record", Kind.POST: "post"}.get(item.kind, "page")


def is_event(item: Mention) -> bool:
    """Whether an item tells of something that happened on its day."""
    if item.kind is Kind.RESULT:
        return not _TELLING.isdisjoint(item.character) and "standing" not in item.character
    return item.kind in DATED


def _events(mine: Iterable[Mention]) -> Iterator[Event]:
    """Yield the dated events; the same title of the same year at several sources is one, at one source two."""
    found: dict[tuple[str, str, int], list[Mention]] = defaultdict(list)
    at_source: Counter[tuple[str, str, str]] = Counter()
    for item in mine:
        if item.date_published and is_event(item):
            title, year = item.title.casefold().strip(" .") or item.key, item.date_published[:4]
            found[title, year, at_source[title, year, item.source]].append(item)
            at_source[title, year, item.source] += 1
    for items in found.values():
        first = max(items, key=lambda item: (_fullness(item), item.key))
        yield Event(
            date=first.date_published or "",
            text=_told(first),
            keys=tuple(item.key for item in items),
            kind=event_kind(first),
        )


def marks_of(item: Mention) -> tuple[str, ...]:
    """Return the marks on a paper that a reader should know, as the library prints them."""
    return tuple(mark for mark in item.claimed("publication_status") if mark.casefold() in _MARKED)


def _fullness(item: Mention) -> tuple[int, int]:
    return len(item.claimed("publication_status")), len(item.date_published or "")


def _told(first: Mention) -> str:
    """Return an event's title, with the mark that a library of papers sets on it ("retracted"), in whose words.

    A post without a title is named by where it stands.
    """
    marks = marks_of(first)
    title = first.title or f"{event_kind(first).capitalize()} on {source_title(first.source)}"
    return f"{title} ({source_title(first.source)} marks it: {', '.join(marks)})" if marks else title


def _titles(profile: Profile, mine: Sequence[Mention]) -> Iterator[Event]:
    """Yield the positions of her profile whose institution some page names beside her."""
    held = [tie for tie in profile.affiliations if tie.since]
    if not held:
        return
    said = [(item.key, _all_words(item)) for item in mine]
    for tie in held:
        names = "|".join(re.escape(name) for name in (tie.name, *tie.short_names))
        named = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)
        keys = tuple(key for key, words in said if named.search(words))
        if keys and tie.since:
            what = f"{tie.title}, {tie.name}" if tie.title else tie.name
            yield Event(
                date=tie.since.isoformat(),
                text=f"{what} (since then, by your profile)",
                keys=keys,
                kind="title",
            )


def _all_words(item: Mention) -> str:
    claimed = (
        claim.value
        for claim in item.claims
        if claim.field in {"affiliation", "works_for", "hospital_affiliation"}
    )
    return "\n".join((item.title, item.text or "", *claimed))


def _shown(events: Sequence[Event]) -> tuple[Event, ...]:
    ordered = sorted(events, key=lambda event: (event.date, event.text, event.keys))
    if len(ordered) <= EVENTS_SHOWN:
        return tuple(ordered)
    rest = ordered[EVENTS_SHOWN - 1 :]
    keys = tuple(dict.fromkeys(key for event in rest for key in event.keys))
    kinds = Counter(event.kind for event in rest)
    kind = next(iter(kinds)) if len(kinds) == 1 else None
    return (
        *ordered[: EVENTS_SHOWN - 1],
        Event(date=rest[0].date, text=f"and {len(rest)} more", keys=keys, kind=kind),
    )
