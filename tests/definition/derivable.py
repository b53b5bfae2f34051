"""Checks that nothing is said without a source: each number and quote of a story or a verdict, against what it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reputation.model import Coverage, Figure, Finding, Mention, Narrative, Reason, Statement
from reputation.render import in_words, number

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"“([^”]*)”")


def numbers_in(text: str) -> list[str]:
    """The numbers that a sentence prints, quotes aside."""
    return _NUMBER.findall(_QUOTED.sub("", text))


def unborne(told: Narrative, mentions: Iterable[Mention], coverage: Iterable[Coverage]) -> list[str]:
    """What a narrative says that its keys do not bear out; empty for an honest one."""
    by_key = {item.key: item for item in mentions}
    sources = {row.source for row in coverage}
    faults = [fault for one in told.statements for fault in _faults(one, by_key, sources)]
    if told.summary != " ".join(one.text for one in told.statements):
        faults.append("the summary is not its statements")
    for point in told.arc:
        if point.n != len(set(point.keys)) or not set(point.keys) <= by_key.keys():
            faults.append(f"{point.period}: n")
        faults += [f"{point.period}: {e.text}" for e in point.events if not _stands(e.text, e.keys, by_key)]
    for theme in told.themes:
        if theme.of * theme.share != 0 and round(theme.share * theme.of) != len(set(theme.keys)):
            faults.append(f"{theme.name}: share")
        faults += [q.text for q in theme.quotes if q.text not in (by_key[q.key].text or "")]
    for sign in told.signs:
        faults += [sign.text] if not set(sign.keys) <= by_key.keys() else []
    return faults


def _stands(text: str, keys: Sequence[str], by_key: Mapping[str, Mention]) -> bool:
    """Whether an event's words are those of a mention, a line that counts the rest, or a position of her profile."""
    titles = [by_key[key].title for key in keys]
    return bool(keys) and (
        any(title and text.startswith(title) for title in titles)
        or re.fullmatch(rf"and {len(keys)} more", text) is not None
        or text.endswith("by your profile)")
        or not any(titles)
    )


def _faults(one: Statement, by_key: Mapping[str, Mention], sources: set[str]) -> Iterator[str]:
    if not set(one.keys) <= by_key.keys() or any(not set(f.keys) <= set(one.keys) for f in one.figures):
        yield f"{one.text}: keys"
    told = {token for figure in one.figures for token in _NUMBER.findall(figure.text or "")}
    yield from (f"{one.text}: {token}" for token in numbers_in(one.text) if token not in told)
    yield from (f"{one.text}: figure {f.text}" for f in one.figures if not _is_true(f, by_key, sources))
    for quote in _QUOTED.findall(one.text):
        if not any(quote in _printed(by_key[key]) for key in one.keys):
            yield f"{one.text}: {quote}"


def _printed(item: Mention) -> str:
    return "\n".join((item.title, item.text or "", *(claim.value for claim in item.claims)))


def _is_true(figure: Figure, by_key: Mapping[str, Mention], sources: set[str]) -> bool:
    if figure.text is None:
        return set(figure.sources) <= sources
    if figure.sources:
        return set(figure.sources) <= sources and figure.text == str(len(figure.sources))
    if figure.text == str(len(set(figure.keys))):
        return True
    return any(
        figure.text in _values(by_key[key]) or figure.text == by_key[key].title.rstrip(".")
        for key in figure.keys
    )


def _values(item: Mention) -> set[str]:
    """The numbers that a mention itself prints: its rating, counts, places and dates."""
    date = item.date_published or ""
    half = f"{date[:4]}-H{1 if date[5:7] <= '06' else 2}"
    ranks = (str(rank.position) for rank in item.ranks)
    counts = (f"{n:,}" for n in (item.rating_count, item.review_count) if n is not None)
    ratings = (number(value) for value in (item.rating_value, item.best_rating or 5.0))
    return {date[:4], half, in_words(date), *ranks, *counts, *ratings}


def unborne_reason(
    reason: Reason, findings: Mapping[str, Finding], mentions: Mapping[str, Mention]
) -> list[str]:
    """The numbers of a reason on findings that neither its findings, nor their mentions, nor their count bear out."""
    mine = [findings[key] for key in reason.keys if key in findings]
    said = [text for one in mine for text in (one.observed, one.expected) if text]
    digits = {"".join(re.findall(r"\d", text)) for text in said}
    whole = "\n".join(said)
    faults = [
        token
        for token in numbers_in(reason.text)
        if token not in whole
        and not any("".join(re.findall(r"\d", token)) in one for one in digits)
        and not (token.isdigit() and int(token) <= len(mine))
    ]
    for one in mine:
        told = [mentions[key] for key in (one.mention_key or "", *reason.keys) if key in mentions]
        printed = " ".join("".join(re.findall(r"\d", _printed(mention))) for mention in told)
        tokens = ("".join(re.findall(r"\d", token)) for token in _NUMBER.findall(one.observed or ""))
        faults += [one.observed or "" for token in tokens if token not in printed]
    return faults
