"""The user's own word on mentions: mine, not mine; proof for the one, a hint for those that resemble it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from reputation.discovery.decision import reweighed
from reputation.discovery.weighing import weight
from reputation.model import Judgement, Kind, Match, MatchDecision, Mention, Weight
from reputation.normalize import canonical_url, fold, phone

_WORDS = {"mine": MatchDecision.MATCH, "not-mine": MatchDecision.NON_MATCH}
_FIRST = datetime.min.replace(tzinfo=UTC)
_HINTS = ("npi", "telephone", "street_address", "affiliation")


class Spoken:
    """The judgements that say whose a mention is, and the mentions they are about.

    A judgement is found again by its key, by its page where a site has changed the key, or by name and facts
    where a listing of `earlier` has moved to another page of its site; the latest counts.
    """

    def __init__(
        self,
        judgements: Iterable[Judgement],
        mentions: Sequence[Mention],
        earlier: Iterable[Mention] = (),
    ) -> None:
        self._mentions = mentions
        self._by_key: dict[str, Judgement] = {}
        self._by_page: dict[tuple[str, str], Judgement] = {}
        for one in sorted(judgements, key=lambda one: one.decided_at or _FIRST):
            if one.word in _WORDS:
                self._by_key[one.key] = self._by_key[_page_part(one.key)] = one
                if one.url:
                    self._by_page[one.source or one.key.partition(":")[0], canonical_url(one.url)] = one
        self._keys = {one.key for one in mentions}
        self._moved = self._followed(tuple(earlier))

    def _followed(self, earlier: Sequence[Mention]) -> dict[tuple[str, ...], Judgement]:
        """Return the judgements of entries that have left their page, by what they are known by again.

        What had moved before already bears the word in `earlier` without a judgement of its own key: it goes on
        while a judgement stands that nothing else answers to, so that taking it back takes it from both.
        """
        before = {one.key for one in earlier}
        lost = {
            (word.source or word.key.partition(":")[0], word.word): word
            for word in self._by_key.values()
            if word.key not in before and word.key not in self._keys
        }
        found: dict[tuple[str, ...], Judgement] = {}
        for one in earlier:
            own = self._by_key.get(one.key)
            said = own if one.key not in self._keys else None
            if own is None:
                said = lost.get((one.source, one.decision or ""))
            if said is not None:
                found |= dict.fromkeys(_marks(one), said)
        return found

    def word_on(self, mention: Mention) -> Judgement | None:
        """Return the user's word on a mention; None where she has said nothing."""
        if direct := self._by_key.get(mention.key) or self._by_key.get(_page_part(mention.key)):
            return direct
        page = canonical_url(mention.url)
        found = (self._by_page.get((source, page)) for source in mention.sources)
        moved = next((one for one in found if one), None)
        moved = moved or next((self._moved[mark] for mark in _marks(mention) if mark in self._moved), None)
        return moved if moved and moved.key not in self._keys else None

    def applied(self) -> list[Mention]:
        """Return the mentions, judged by the user's word where there is one, and nudged where one resembles."""
        if not self._by_key:
            return list(self._mentions)
        words = {one.key: word for one in self._mentions if (word := self.word_on(one))}
        hints = self._hints(words)
        return [
            _judged(one, words[one.key]) if one.key in words else _nudged(one, hints)
            for one in self._mentions
        ]

    def _hints(self, words: dict[str, Judgement]) -> dict[tuple[str, str], str]:
        """Return what judged mentions claim; a fact that stands on both sides says nothing."""
        found: dict[tuple[str, str], set[str]] = {}
        for one in self._mentions:
            if one.key in words:
                for fact in _facts(one):
                    found.setdefault(fact, set()).add(words[one.key].word)
        return {fact: min(said) for fact, said in found.items() if len(said) == 1}


_MOVING = frozenset({Kind.LISTING, Kind.PROFILE})


def _marks(mention: Mention) -> Iterator[tuple[str, ...]]:
    """Yield by what an entry that has moved within its site is known again: its name with one fact of its own."""
    if mention.kind in _MOVING and (name := fold(next(iter(mention.claimed("name")), ""))):
        yield from (
            (mention.source, mention.kind, name, field, value)
            for field, value in _facts(mention)
            if field in ("npi", "telephone")
        )


def _page_part(key: str) -> str:
    """Return the page of a key without its source, where the key is made of a page: any engine may find it."""
    page = key.partition(":")[2]
    return f"*:{page}" if re.fullmatch(r"[0-9a-f]{16}", page) else key


def _facts(mention: Mention) -> Iterator[tuple[str, str]]:
    for field in _HINTS:
        for value in mention.claimed(field):
            yield field, (phone(value) if field == "telephone" else None) or fold(value)


def _judged(mention: Mention, word: Judgement) -> Mention:
    is_mine = word.word == "mine"
    told = "you said that it is about you" if is_mine else "you said that it is about someone else"
    note = f"{told}: {word.note}" if word.note else told
    before = mention.match.because if mention.match else ()
    said = Weight(feature="your_word", level=word.word, bits=60.0 if is_mine else -60.0, text=told)
    weights = (*(mention.match.weights if mention.match else ()), said)
    judged = Match(
        decision=_WORDS[word.word],
        probability=1.0 if is_mine else 0.0,
        because=(note, *before),
        weights=weights,
    )
    return replace(mention, match=judged, decision=word.word)


def _nudged(mention: Mention, hints: dict[tuple[str, str], str]) -> Mention:
    said = {(hints[fact], fact[0]) for fact in _facts(mention) if fact in hints}
    if not said or mention.match is None:
        return mention
    word, field = min(said)
    name = field.replace("_", " ")
    if word == "mine":
        return reweighed(
            mention,
            weight("across", "judged_mine", f"its {name} is on a page that you said is yours", "judged"),
        )
    text = f"its {name} is on a page that you said is not yours"
    return reweighed(mention, weight("across", "judged_not_mine", text, "judged"))
