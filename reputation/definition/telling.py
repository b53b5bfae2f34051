"""The sentences of the story: each is made of counts, and each number knows what was counted.

Small numbers are hedged, and silence is told as silence.  The same mentions give the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from reputation.definition.arc import CHANGE_FLOOR, is_favourable, is_unfavourable
from reputation.definition.theme_shares import by_theme, is_about_office
from reputation.definition.wording import count, listed, page_name
from reputation.model import (
    HEARD,
    ChangePoint,
    Coverage,
    CoverageStatus,
    Figure,
    Kind,
    MatchDecision,
    Mention,
    SentimentLabel,
    Statement,
    ThemeName,
)
from reputation.render import in_words

OLD_YEARS = 2
"""Years after which the newest opinion is called old, by saying of what day it is."""

FEW = 5
"""Opinions below which a summary is called a handful of voices."""

_KIND_WORDS = (
    (Kind.REVIEW, "review", "reviews"),
    (Kind.POST, "post", "posts"),
    (Kind.ARTICLE, "article", "articles"),
    (Kind.RECORD, "record", "records"),
    (Kind.LISTING, "listing", "listings"),
    (Kind.PROFILE, "profile", "profiles"),
    (Kind.RESULT, "search result", "search results"),
    (Kind.ANSWER, "assistant's answer", "assistants' answers"),
)

_LABEL_WORDS = {
    SentimentLabel.POSITIVE: "favourable",
    SentimentLabel.NEGATIVE: "unfavourable",
    SentimentLabel.MIXED: "mixed",
    SentimentLabel.NEUTRAL: "neutral",
}

_THEME_WORDS = {
    ThemeName.OUTCOME: "how it turned out",
    ThemeName.WAIT: "the wait",
    ThemeName.SCHEDULING: "appointments",
    ThemeName.STAFF: "the staff",
    ThemeName.COST: "bills and cost",
    ThemeName.FACILITY: "the rooms",
    ThemeName.FOLLOW_UP: "follow-up",
}

_FAILED = frozenset(
    {CoverageStatus.BLOCKED, CoverageStatus.FAILED, CoverageStatus.QUOTA, CoverageStatus.AUTH}
)


def keys_of(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Return the keys of mentions, in the order given."""
    return tuple(item.key for item in mentions)


def counted(mentions: Sequence[Mention]) -> Figure:
    """Return the number of mentions, with the mentions."""
    return Figure(text=str(len(mentions)), keys=keys_of(mentions))


def statement(topic: str, text: str, *figures: Figure, keys: Iterable[str] = ()) -> Statement:
    """Return a sentence that stands on all that its figures count, and on `keys`."""
    everything = (*(key for figure in figures for key in figure.keys), *keys)
    return Statement(topic=topic, text=text, keys=tuple(dict.fromkeys(everything)), figures=figures)


def opening(name: str, mine: Sequence[Mention], coverage: Sequence[Coverage]) -> Statement:
    """Return what the sources that answered hold about her, by kind."""
    heard = tuple(row.source for row in coverage if row.status in HEARD)
    asked = Figure(text=str(len(heard)), sources=heard)
    sources = f"The {len(heard)} sources that answered hold"
    if len(heard) < 2:
        sources, asked = "The only source that answered holds", Figure(sources=heard)
    if not mine and not heard:
        return statement("opening", f"No source answered, so nothing can be said about {name}.")
    if not mine:
        text = f"{sources} nothing that is surely about {name}. That does not prove that nothing is there."
        return statement("opening", text, asked)
    kinds = [(one, many, [m for m in mine if m.kind is kind]) for kind, one, many in _KIND_WORDS]
    told = [(count(len(items), one, many), items) for one, many, items in kinds if items]
    figures = [asked, *(counted(items) for _, items in told)]
    what = f"{told[0][0]} about {name}"
    if len(told) > 1:
        what = f"{count(len(mine), 'item')} about {name}: {listed([text for text, _ in told])}"
        figures.append(counted(mine))
    return statement("opening", f"{sources if heard else 'What was read holds'} {what}.", *figures)


def grave(items: Sequence[Mention]) -> Iterator[Statement]:
    """Yield where a sanction or a claim is spoken of; what exactly is left to the page."""
    if not items:
        return
    where = listed(sorted({page_name(item) for item in items}), 3)
    text = f"A page of {where} speaks of a sanction or a claim: read it first."
    if len(items) > 1:
        text = f"{len(items)} pages ({where}) speak of a sanction or a claim: read them first."
    yield statement("sanction", text, counted(items), *_more(items))


def _more(items: Sequence[Mention]) -> Iterator[Figure]:
    """Yield the number of sites that a list of three does not name, by a page of each."""
    page_of = {page_name(item): item for item in items}
    rest = [page_of[name] for name in sorted(page_of)[3:]]
    if rest:
        yield Figure(text=str(len(rest)), keys=keys_of(rest))


def opinions_told(opinions: Sequence[Mention]) -> Iterator[Statement]:
    """Yield how many opinions there are and how they lean; of the unfavourable ones, how many are about the office."""
    if not opinions:
        yield statement("opinions", "No opinion in words was found.")
        return
    by_label = [
        (word, [item for item in opinions if item.sentiment and item.sentiment.label is label])
        for label, word in _LABEL_WORDS.items()
    ]
    told = [(word, items) for word, items in by_label if items]
    figures = [counted(opinions), *(counted(items) for _, items in told)]
    yield statement("opinions", _leaning(len(opinions), told), *figures)
    bad = [item for item in opinions if is_unfavourable(item)]
    office = [item for item in bad if is_about_office(item)]
    if office:
        whose = f"{len(office)} of the {len(bad)} unfavourable ones {'is' if len(office) == 1 else 'are'}"
        if len(office) == len(bad):
            whose = "The unfavourable one is" if len(bad) == 1 else f"All {len(bad)} unfavourable ones are"
        text = f"{whose} about the office rather than the clinician."
        yield statement("office", text, counted(office), counted(bad))


def _leaning(n: int, told: Sequence[tuple[str, Sequence[Mention]]]) -> str:
    words = [word for word, _ in told]
    counts = listed([f"{len(items)} {word}" for word, items in told])
    if n == 1:
        article = "an" if words[0][0] in "aeiou" else "a"
        return f"Only 1 opinion in words could be read, {article} {words[0]} one: too few to call it a trend."
    if n < FEW:
        how = f"{'both' if n == 2 else 'all'} {words[0]}" if len(told) == 1 else counts
        return f"Only {n} opinions in words could be read ({how}): too few to call it a trend."
    return (
        f"All {n} opinions in words are {words[0]}."
        if len(told) == 1
        else f"Of {n} opinions in words, {_are(told)}."
    )


def _are(told: Sequence[tuple[str, Sequence[Mention]]]) -> str:
    (word, items), *rest = told
    verb = "is" if len(items) == 1 else "are"
    return listed([f"{len(items)} {verb} {word}", *(f"{len(more)} {name}" for name, more in rest)])


def themes_told(opinions: Sequence[Mention]) -> Iterator[Statement]:
    """Yield what those who praise and those who complain speak of most; a theme of one voice is not told."""
    if len(opinions) < FEW:
        return
    for chosen, who in (
        ([item for item in opinions if is_favourable(item)], "Those who praise"),
        ([item for item in opinions if is_unfavourable(item)], "Those who complain"),
    ):
        found = by_theme(chosen)
        if all(map(is_about_office, chosen)):
            found.pop(ThemeName.BEDSIDE_MANNER, None)  # whose manners they are has just been said
        best = sorted(
            ((name, items) for name, items in found.items() if len(items) > 1),
            key=lambda pair: (-len(pair[1]), pair[0]),
        )[:2]
        if best:
            told = listed([f"{_theme(name)} ({len(items)} of {len(chosen)})" for name, items in best])
            figures = [counted(chosen), *(counted(items) for _, items in best)]
            yield statement("themes", f"{who} speak most of {told}.", *figures)


def _theme(name: str) -> str:
    return _THEME_WORDS.get(ThemeName(name), name.replace("_", " "))


def changes_told(dated: Sequence[Mention], changes: Sequence[ChangePoint]) -> Iterator[Statement]:
    """Yield each change that chance does not explain; where none is, whether one could have been seen."""
    for change in changes:
        before, after = change.keys_before, change.keys_after
        bad = {item.key for item in dated if is_unfavourable(item)}
        figures = (
            Figure(text=change.period, keys=after),
            Figure(text=str(change.n_before), keys=before),
            Figure(text=str(change.n_after), keys=after),
            Figure(text=str(change.unfavourable_before), keys=tuple(key for key in before if key in bad)),
            Figure(text=str(change.unfavourable_after), keys=tuple(key for key in after if key in bad)),
        )
        yield statement(
            "change",
            f"From {_half_in_words(change.period)} on, {_of(change.unfavourable_after, change.n_after)} dated opinions "
            f"{_be(change.unfavourable_after, 'is', 'are')} unfavourable; before, "
            f"{_of(change.unfavourable_before, change.n_before)} {_be(change.unfavourable_before, 'was', 'were')}. "
            "Chance alone hardly explains that.",
            *figures,
        )
    if changes or len(dated) < FEW:
        return
    if len(dated) < 2 * CHANGE_FLOOR:
        text = f"With {len(dated)} dated opinions no change over time can be shown."
        yield statement("change", text, counted(dated))
    else:
        yield statement("change", "No change over the years stands out from chance.", keys=keys_of(dated))


def _of(part: int, whole: int) -> str:
    """Return `none of the 12`, `3 of 12` or `all 12`."""
    return f"all {whole}" if part == whole else f"{part} of {whole}" if part else f"none of the {whole}"


def _be(n: int, one: str, many: str) -> str:
    return one if n == 1 else many


def age_told(opinions: Sequence[Mention], today: date) -> Iterator[Statement]:
    """Yield of what day the newest opinion is, where that is years ago."""
    newest = max(opinions, key=lambda item: (item.date_published or "", item.key), default=None)
    when = newest.date_published if newest else None
    if newest and when and when[:4].isdigit() and today.year - int(when[:4]) > OLD_YEARS:
        day = in_words(when)
        text = f"It is of {day}." if len(opinions) == 1 else f"The newest opinion is of {day}."
        yield statement("age", text, Figure(text=day, keys=(newest.key,)))


def _half_in_words(period: str) -> str:
    year, _, half = period.partition("-H")
    return f"the {'first' if half == '1' else 'second'} half of {year}"


def hearing(name: str, coverage: Sequence[Coverage], mentions: Sequence[Mention]) -> Iterator[Statement]:
    """Yield what was left out, what waits for her word, and what was not heard."""
    decided = {
        decision: [item for item in mentions if item.match and item.match.decision is decision]
        for decision in MatchDecision
    }
    others, possible = decided[MatchDecision.NON_MATCH], decided[MatchDecision.POSSIBLE]
    if others:
        verb = "is" if len(others) == 1 else "are"
        was = "was" if len(others) == 1 else "were"
        text = f"{count(len(others), 'item')} under that name {verb} about somebody else and {was} left out."
        yield statement("namesakes", text, counted(others))
    if possible:
        one = len(possible) == 1
        what = f"{len(possible)} more" if decided[MatchDecision.MATCH] else count(len(possible), "item")
        text = (
            f"{what} may be about {name}: {'it waits' if one else 'they wait'} for a word from "
            f"the clinician and {'counts' if one else 'count'} neither for nor against."
        )
        yield statement("possible", text, counted(possible))
    silent = [
        (rows, f"{len(rows)} {one if len(rows) == 1 else many}")
        for rows, one, many in (
            (_with(coverage, _FAILED), "could not be heard", "could not be heard"),
            (
                _with(coverage, {CoverageStatus.MANUAL}),
                "waits to be opened by hand",
                "wait to be opened by hand",
            ),
            (_with(coverage, {CoverageStatus.SKIPPED}), "was not asked", "were not asked"),
        )
        if rows
    ]
    if silent:
        told = listed([words for _, words in silent])
        figures = [Figure(text=str(len(rows)), sources=rows) for rows, _ in silent]
        text = f"Of the other sources, {told}; nothing is concluded from their silence."
        yield statement("silence", text, *figures)


def _with(coverage: Iterable[Coverage], statuses: Iterable[CoverageStatus]) -> tuple[str, ...]:
    wanted = frozenset(statuses)
    return tuple(row.source for row in coverage if row.status in wanted)
