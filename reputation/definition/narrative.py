"""The story that the web tells, from counted facts.

Every sentence is made of counts, and every count leads to the mentions it counted.  Dates are the sources'
own, never the day of fetching.  Small numbers are hedged; nothing found is said as such, beside what was not
heard.  The same mentions give the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import fmean

from reputation.definition import adverse
from reputation.definition.themes import themes as themes_of
from reputation.definition.themes import tone
from reputation.model import (
    HEARD,
    About,
    ArcPoint,
    Coverage,
    CoverageStatus,
    Event,
    Kind,
    MatchDecision,
    Mention,
    Narrative,
    Profile,
    SentimentLabel,
    ThemeName,
    ThemeShare,
)
from reputation.resources import source_title

FEW = 5
"""Opinions below which a summary is called a handful of voices."""

OPINIONS = frozenset({Kind.REVIEW, Kind.POST})
_OFFICE = frozenset({About.STAFF, About.BILLING, About.FACILITY})
DATED = frozenset({Kind.ARTICLE, Kind.RECORD, Kind.POST})
PUBLIC_LIFE = frozenset({ThemeName.RESEARCH, ThemeName.TEACHING, ThemeName.LEADERSHIP, ThemeName.ADVOCACY})
"""Themes of articles and news; the others are themes of opinions."""

_MARKED = frozenset({"retracted", "retracted and republished", "expression of concern"})
"""Marks on a paper that a reader should know; an erratum is ordinary."""

EVENTS_SHOWN = 12
"""Events kept for one half-year; the rest is counted in the last line of it."""

_FAILED = frozenset(
    {CoverageStatus.BLOCKED, CoverageStatus.FAILED, CoverageStatus.QUOTA, CoverageStatus.AUTH}
)


def narrate(
    profile: Profile, mentions: Sequence[Mention], coverage: Sequence[Coverage], now: datetime
) -> Narrative:
    """Return the narrative of the matched mentions."""
    mine = sorted(
        (item for item in mentions if item.match and item.match.decision is MatchDecision.MATCH),
        key=lambda item: item.key,
    )
    opinions = [item for item in mine if item.kind in OPINIONS and item.sentiment is not None]
    sentences = [
        _opening(profile, mine, coverage),
        *_grave(mine),
        *_opinions(opinions, mine),
        *_theme_sentences(opinions),
        *_public_life(mine),
        _hearing(coverage, mentions),
    ]
    return Narrative(
        summary=" ".join(sentence for sentence in sentences if sentence),
        tone=tone(_texts(mine)),
        themes=_shares(mine),
        arc=_arc(mine, opinions, now),
        keys=tuple(item.key for item in mine),
    )


def half_year(date_published: str) -> str | None:
    """Return the half-year of an ISO date, such as 2026-H1; a bare year gives the year, no date None."""
    year, _, rest = date_published.partition("-")
    if not (len(year) == 4 and year.isdigit()):
        return None
    month = rest[:2]
    return f"{year}-H{1 if int(month) <= 6 else 2}" if month.isdigit() else year


def _texts(mentions: Iterable[Mention]) -> list[str]:
    return [f"{item.title}\n{item.text or ''}" for item in mentions if item.kind in OPINIONS | {Kind.ARTICLE}]


def _opening(profile: Profile, mine: Sequence[Mention], coverage: Sequence[Coverage]) -> str:
    name = f"{profile.name.given} {profile.name.family}"
    heard = sum(1 for row in coverage if row.status in HEARD)
    if not mine:
        if not heard:
            return f"No source could be heard, so nothing can be said about {name}."
        return (
            f"Nothing was found that is surely about {name} in the {_count(heard, 'source')} that answered. "
            "That is no proof that nothing is there."
        )
    parts = [
        _count(n, one, many)
        for kind, one, many in _KIND_WORDS
        if (n := sum(1 for item in mine if item.kind is kind))
    ]
    return f"In the {_count(heard, 'source')} that answered, {_listed(parts)} {'is' if len(mine) == 1 else 'are'} about {name}."


def _opinions(opinions: Sequence[Mention], mine: Sequence[Mention]) -> list[str]:
    n = len(opinions)
    if not n:
        return ["No patient's opinion in words was found."] if mine else []
    counts = [(label, sum(1 for item in opinions if _label(item) is label)) for label in SentimentLabel]
    told = [f"{count} {label.value}" for label, count in counts if count]
    if n < FEW:
        sentences = [
            f"Only {_count(n, 'opinion')} could be read ({_listed(told)}): too few to call it a trend."
        ]
    else:
        alike = len(told) == 1
        sentences = [
            f"All {n} opinions are {told[0].split()[1]}." if alike else f"Of {n} opinions, {_listed(told)}."
        ]
    blamed = [item.sentiment.about for item in opinions if item.sentiment and _is_bad(item)]
    office = sum(1 for about in blamed if about in _OFFICE)
    if office:
        whose = f"{office} of the {len(blamed)} unfavourable ones {'is' if office == 1 else 'are'}"
        if office == len(blamed):
            whose = "The unfavourable one is" if office == 1 else f"All {office} unfavourable ones are"
        sentences.append(f"{whose} about the office, not the clinician.")
    return sentences


def _theme_sentences(opinions: Sequence[Mention]) -> list[str]:
    sentences = []
    for wanted, verb in (
        (SentimentLabel.POSITIVE, "Those who praise speak most of"),
        (SentimentLabel.NEGATIVE, "Those who complain speak most of"),
    ):
        chosen = [item for item in opinions if _label(item) is wanted]
        counted = _by_theme(chosen)
        best = sorted(counted.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:2]
        if best and len(chosen) >= 2:
            told = _listed(
                [f"{name.replace('_', ' ')} ({len(keys)} of {len(chosen)})" for name, keys in best]
            )
            sentences.append(f"{verb} {told}.")
    return sentences


def _public_life(mine: Sequence[Mention]) -> list[str]:
    articles = [item for item in mine if item.kind is Kind.ARTICLE and not adverse.is_adverse(_said(item))]
    years = sorted(item.date_published[:4] for item in articles if item.date_published)
    if not articles:
        return []
    if not years:
        return []
    span = years[0] if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
    return [f"A colleague would find {_count(len(articles), 'article')} dated {span}."]


def _grave(mine: Sequence[Mention]) -> list[str]:
    grave = [item for item in mine if item.kind not in OPINIONS and adverse.is_adverse(_said(item))]
    if not grave:
        return []
    where = _listed(sorted({item.source for item in grave}))
    verb, them = ("speaks", "it") if len(grave) == 1 else ("speak", "them")
    return [f"{_count(len(grave), 'item')} ({where}) {verb} of a sanction or a claim: look at {them} first."]


def _hearing(coverage: Sequence[Coverage], mentions: Sequence[Mention]) -> str:
    possible = sum(1 for item in mentions if item.match and item.match.decision is MatchDecision.POSSIBLE)
    failed = sum(1 for row in coverage if row.status in _FAILED)
    waiting = sum(1 for row in coverage if row.status is CoverageStatus.MANUAL)
    unasked = sum(1 for row in coverage if row.status is CoverageStatus.SKIPPED)
    others = sum(1 for item in mentions if item.match and item.match.decision is MatchDecision.NON_MATCH)
    parts = []
    if others:
        verb = "is" if others == 1 else "are"
        parts.append(f"{_count(others, 'item')} under that name {verb} about somebody else and left out.")
    if possible:
        verb = "waits" if possible == 1 else "wait"
        parts.append(
            f"{_count(possible, 'more item')} may be about the same person and {verb} for your word."
        )
    silent = [
        f"{n} {verb}"
        for n, verb in (
            (failed, "could not be heard"),
            (waiting, "only a person may open"),
            (unasked, "were not asked"),
        )
        if n
    ]
    if silent:
        parts.append(f"Of the other sources {_listed(silent)}; nothing is concluded from their silence.")
    return " ".join(parts)


def _by_theme(mentions: Iterable[Mention]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for item in mentions:
        for name in item.themes or themes_of(_said(item)):
            found[name].append(item.key)
    return found


def _shares(mine: Sequence[Mention]) -> tuple[ThemeShare, ...]:
    """Return the themes by share: of opinions for what patients speak of, of articles for public life."""
    opinions = [item for item in mine if item.kind in OPINIONS]
    articles = [item for item in mine if item.kind is Kind.ARTICLE]
    by_key = {item.key: item for item in mine}
    shares = []
    for group, public in ((opinions, False), (articles, True)):
        for name, keys in _by_theme(group).items():
            if (ThemeName(name) in PUBLIC_LIFE) is not public:
                continue
            shares.append(
                ThemeShare(
                    name=name,
                    share=round(len(keys) / len(group), 4),
                    valence=_mean(by_key[key] for key in keys),
                    keys=tuple(keys),
                )
            )
    return tuple(sorted(shares, key=lambda item: (-item.share, item.name)))


def _arc(mine: Sequence[Mention], opinions: Sequence[Mention], now: datetime) -> tuple[ArcPoint, ...]:
    """Return one point a half-year that has an opinion or an event; dates in the future are not believed."""
    voices: dict[str, list[Mention]] = defaultdict(list)
    events: dict[str, list[Event]] = defaultdict(list)
    today = now.date().isoformat()
    for item in mine:
        when = item.date_published
        period = half_year(when) if when and when <= today[: len(when)] else None
        if when is None or period is None:
            continue
        if item.kind in DATED:
            events[period].append(Event(date=when, text=_told(item), keys=(item.key,)))
    for item in opinions:
        when = item.date_published
        period = half_year(when) if when and when <= today[: len(when)] else None
        if period is not None:
            voices[period].append(item)
    return tuple(
        ArcPoint(
            period=period,
            n=len(voices[period]),
            valence=_mean(voices[period]),
            events=_shown(events[period]),
        )
        for period in sorted({*voices, *events})
    )


def _told(item: Mention) -> str:
    """Return an event's title, with the mark that a library of papers sets on it ("retracted"), in whose words."""
    marks = [mark for mark in item.claimed("publication_status") if mark.casefold() in _MARKED]
    return f"{item.title} ({source_title(item.source)} marks it: {', '.join(marks)})" if marks else item.title


def _shown(events: Sequence[Event]) -> tuple[Event, ...]:
    ordered = sorted(events, key=lambda event: (event.date, event.text, event.keys))
    if len(ordered) <= EVENTS_SHOWN:
        return tuple(ordered)
    rest = ordered[EVENTS_SHOWN - 1 :]
    keys = tuple(key for event in rest for key in event.keys)
    return (*ordered[: EVENTS_SHOWN - 1], Event(date=rest[0].date, text=f"and {len(rest)} more", keys=keys))


def _mean(mentions: Iterable[Mention]) -> float | None:
    told = [
        item.sentiment.valence for item in mentions if item.sentiment and item.sentiment.valence is not None
    ]
    return round(fmean(told), 4) if told else None


def _label(item: Mention) -> SentimentLabel | None:
    return item.sentiment.label if item.sentiment else None


def _is_bad(item: Mention) -> bool:
    return _label(item) in {SentimentLabel.NEGATIVE, SentimentLabel.MIXED}


def _said(item: Mention) -> str:
    return f"{item.title}. {item.text or ''}"


def _count(n: int, one: str, many: str | None = None) -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"


def _listed(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


_KIND_WORDS = (
    (Kind.RESULT, "search result", "search results"),
    (Kind.LISTING, "listing", "listings"),
    (Kind.REVIEW, "review", "reviews"),
    (Kind.ARTICLE, "article", "articles"),
    (Kind.RECORD, "record", "records"),
    (Kind.POST, "post", "posts"),
    (Kind.PROFILE, "profile", "profiles"),
    (Kind.ANSWER, "assistant's answer", "assistants' answers"),
)
