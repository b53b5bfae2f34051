"""How favourable a text is to the clinician, and whom it is about.  The only door to vaderSentiment.

The kind of a mention comes first: registries, directories, abstracts and self-written pages carry no
sentiment (None, not 0).  What is left is masked (names and titles praise nobody) and read three times:

* by VADER (Hutto and Gilbert, 2014), sentence by sentence, with `data/lexicon.toml` laid over it, because
  "pain" and "cancer" name what a clinic treats, not what a patient thinks of it;
* by a linear model over hashed words and word pairs, trained on labelled reviews (`data/README.md`);
* by a second such model that tells opinion from neutral text, where the kind does not.

Where the doctor's clauses and the office's disagree, the doctor's count.  Time grows with length, not its
square.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from math import tanh
from string import punctuation
from typing import TYPE_CHECKING, NamedTuple

import vaderSentiment.vaderSentiment as vader  # noqa: N813 - it is what the module is

from reputation.definition import adverse, ngrams
from reputation.definition.aspects import Units, about_of, units_of
from reputation.definition.clauses import clauses_of, mask, sentences_of, words_of
from reputation.definition.phrases import phrase_score, statement_score

# The model's many types are imported in the functions: importing the scorer must be quick.
if TYPE_CHECKING:
    from reputation.model import Sentiment, SentimentLabel

SILENT_KINDS = frozenset({"record", "listing", "article", "profile"})
"""The kinds that carry no sentiment of their own."""

POSITIVE_FROM = 0.05
NEGATIVE_TO = -0.05

FACT_VALENCE = {"cleared": 0.0, "adverse": -0.6, "honour": 0.25}
"""The valence of a stated fact: a sanction, suit or conviction; one that was dismissed; an award, which is
favourable, but every biography lists some."""

OVERRULES_A_FACT = 2.0
"""Log odds of an opinion from which it stands against a fact: praise that names another's malpractice."""

CLEAR_ODDS = 4.0
"""Log odds from which a text as a whole is so clear that its clauses are not weighed against each other."""

BENEFIT_OF_DOUBT = 0.5
"""Log odds for the clinician where both she and her office are judged: blame spreads further than praise."""

LEAN = 0.3
"""Log odds taken from every text: patients of the training sites praise more readily than those of others."""

LEAN_OF_WORDS = 0.5
"""The same for the word lists alone: dictionaries know more words of praise than patients' words of blame."""

MIXED_WITHIN = 0.5
"""A text with a clearly good and a clearly bad part is mixed where the whole lies within this of nothing."""

_CLEAR = 0.35
"""A sentence's valence from which it is clearly good or bad."""


class Reading(NamedTuple):
    """A text, masked, cut and scored: what the models see."""

    masked: str
    sentences: tuple[str, ...]
    compounds: tuple[float, ...]
    clauses: tuple[list[str], ...]
    hashes: list[int]
    plain: frozenset[str]
    """The words in lower case, without the mark of a negation."""

    @property
    def dense(self) -> tuple[float, float, float, float]:
        """VADER's mean, lowest, highest and last compound over the sentences that say anything."""
        told = [score for score in self.compounds if score]
        if not told:
            return (0.0, 0.0, 0.0, 0.0)
        return (sum(told) / len(told), min(0.0, *told), max(0.0, *told), told[-1])


def assess(text: str, kind: str | None = None, *, names: Sequence[str] = (), model: bool = True) -> Sentiment:
    """Return how favourable `text` is: valence -1..1, label, whom it is about, and its sentences.

    Args:
        text: What was said; empty text carries no sentiment.
        kind: A mention's kind.  Records, listings, articles and profiles carry none.  A review is always
            an opinion; without a kind, and for the others, neutral text is told from opinion first.
        names: Names of people and organisations, which never carry sentiment.
        model: Whether the trained models have a say, or the lexicon alone.
    """
    from reputation.model import About, Kind, Sentiment, SentimentLabel  # noqa: PLC0415 - as at the top

    kind = None if kind is None else Kind(kind)
    if not text.strip() or kind in SILENT_KINDS:
        return Sentiment(valence=None)
    reading = read_text(text, names)
    units = units_of(reading.clauses)
    odds = _log_odds(reading, units, model=model)
    about = About(about_of(units))
    if kind is not Kind.REVIEW:
        fact = fact_of(text, reading.plain)
        is_told = is_opinion(reading, model=model)
        if fact is not None and not (fact and is_told and odds * fact < 0 and abs(odds) > OVERRULES_A_FACT):
            return Sentiment(valence=fact, label=label_of(fact), about=About.CLINICIAN, method="facts")
        if not is_told:
            return Sentiment(valence=0.0, label=SentimentLabel.NEUTRAL, about=about)
    valence = round(tanh(odds / 2), 4)
    sentences = tuple(zip(reading.sentences, reading.compounds, strict=True))
    return Sentiment(
        valence=valence, label=_label(valence, reading.compounds), about=about, sentences=sentences
    )


def label_of(valence: float) -> SentimentLabel:
    """Return positive from 0.05, negative to -0.05, neutral between."""
    from reputation.model import SentimentLabel  # noqa: PLC0415 - as at the top

    if valence >= POSITIVE_FROM:
        return SentimentLabel.POSITIVE
    return SentimentLabel.NEGATIVE if valence <= NEGATIVE_TO else SentimentLabel.NEUTRAL


def fact_of(text: str, words: frozenset[str] | None = None) -> float | None:
    """Return the valence of a fact that `text` states, None where it states none."""
    fact = adverse.fact_in(text, words)
    return None if fact is None else FACT_VALENCE[fact]


def read_text(text: str, names: Sequence[str] = ()) -> Reading:
    """Return `text` masked, cut into sentences, clauses and words, and scored by VADER."""
    masked = mask(text, names)
    sentences = tuple(sentences_of(masked))
    clauses = tuple(words_of(clause) for sentence in sentences for clause in clauses_of(sentence))
    words = list(chain.from_iterable(clauses))
    return Reading(
        masked=masked,
        sentences=sentences,
        compounds=tuple(map(_analyzer().compound, sentences)),
        clauses=clauses,
        hashes=ngrams.hashes_of(words),
        plain=frozenset({word[:-1] if word[-1] == "~" else word for word in words}),
    )


def is_opinion(reading: Reading, *, model: bool = True) -> bool:
    """Whether a text judges somebody, rather than states, asks or describes."""
    if not model:
        return any(reading.compounds)
    odds = ngrams.models()["opinion"].logit(reading.hashes)
    odds += statement_score(reading.masked, reading.plain)
    if odds > 0 or odds < _MAYBE:
        return odds > 0
    is_outcry = len(reading.plain) <= _FEW_WORDS and abs(reading.dense[0]) >= _CLEAR
    return is_outcry or phrase_score(reading.masked, reading.plain) != 0


_MAYBE = -2.0
"""Log odds of being an opinion from which a phrase of practice life, or a clear word in a short text, decides."""

_FEW_WORDS = 6


def _log_odds(reading: Reading, units: Units, *, model: bool) -> float:
    """Return the log odds of praise against blame for the clinician."""
    phrases = phrase_score(reading.masked, reading.plain)
    if not model or not any(map(str.isalpha, reading.plain)):
        odds = 6 * reading.dense[0] + phrases
        return odds - LEAN_OF_WORDS if odds else 0.0
    polarity = ngrams.models()["polarity"]
    whole = polarity.logit(reading.hashes, reading.dense) + phrases - LEAN
    if abs(whole) >= CLEAR_ODDS or not (units.clinician and units.office):
        return whole
    clinician, office = (
        polarity.logit(ngrams.hashes_of(words)) - polarity.bias for words in (units.clinician, units.office)
    )
    return whole + 1.5 * clinician - 0.75 * office + BENEFIT_OF_DOUBT


def _label(valence: float, compounds: Sequence[float]) -> SentimentLabel:
    """Return the label; mixed where good and bad sentences stand beside each other and neither prevails."""
    from reputation.model import SentimentLabel  # noqa: PLC0415 - as at the top

    is_split = any(score > _CLEAR for score in compounds) and any(score < -_CLEAR for score in compounds)
    if is_split and abs(valence) < MIXED_WITHIN:
        return SentimentLabel.MIXED
    return label_of(valence)


class _Analyzer(vader.SentimentIntensityAnalyzer):  # type: ignore[misc] # it ships no types
    """VADER with the same scores in a third of the time: only words of the lexicon are looked at twice."""

    def compound(self, sentence: str) -> float:
        """Return VADER's compound score of one sentence, -1..1."""
        if not sentence.isascii():
            return float(self.polarity_scores(sentence)["compound"])
        text = _Words(sentence)
        lower = [word.lower() for word in text.words_and_emoticons]
        if self.lexicon.keys().isdisjoint(lower):
            return 0.0
        scores = [0.0] * len(lower)
        for i, word in enumerate(lower):
            if word in self.lexicon and word not in vader.BOOSTER_DICT and lower[i : i + 2] != _KIND_OF:
                scores[i] = self.sentiment_valence(0, text, text.words_and_emoticons[i], i, [])[0]
        if "but" in lower:
            scores = self._but_check(lower, scores)
        total = float(sum(scores))
        if total and ("!" in sentence or "?" in sentence):
            emphasis = self._punctuation_emphasis(sentence)
            total += emphasis if total > 0 else -emphasis
        return float(vader.normalize(total))

    @staticmethod
    def _special_idioms_check(valence: float, words: list[str], i: int) -> float:
        """Return VADER's own answer, asked only where a word of an idiom is near."""
        if _IDIOM_WORDS.isdisjoint([word.lower() for word in words[i - 3 : i + 3]]):
            return valence
        check = vader.SentimentIntensityAnalyzer._special_idioms_check  # noqa: SLF001 - its own rule
        return float(check(valence, words, i))

    @staticmethod
    def _negation_check(valence: float, words: list[str], start_i: int, i: int) -> float:
        """Return the valence after the word `start_i` + 1 places before it; VADER's own rule, word by word."""
        before = words[i - start_i - 1].lower()
        if start_i:
            near = [word.lower() for word in words[i - start_i : i]]
            if (before == "never" and near[0] in _SO) or (start_i == 2 and near[-1] in _SO):
                return valence * 1.25
            if before == "without" and "doubt" in near:
                return valence
        return valence * vader.N_SCALAR if before in _NEGATE or "n't" in before else valence


class _Words:
    """VADER's SentiText: the words without the marks around them, and whether only some are in capitals."""

    __slots__ = ("is_cap_diff", "words_and_emoticons")

    def __init__(self, sentence: str) -> None:
        words = [bare if len(bare := word.strip(punctuation)) > 2 else word for word in sentence.split()]
        self.words_and_emoticons = words
        self.is_cap_diff = 0 < sum(map(str.isupper, words)) < len(words)


_KIND_OF = ["kind", "of"]
_SO = frozenset({"so", "this"})
_IDIOM_WORDS = frozenset(
    word
    for idiom in (*vader.SPECIAL_CASES, *vader.BOOSTER_DICT)
    if " " in idiom or idiom == "badass"
    for word in idiom.split()
)
_NEGATE = frozenset(vader.NEGATE)


@cache
def _analyzer() -> _Analyzer:
    from reputation import resources  # noqa: PLC0415 - importing the scorer must be quick

    analyzer = _Analyzer()
    table = resources.table("data/lexicon.toml")
    for word in table["neutral"]:
        analyzer.lexicon.pop(word, None)
    analyzer.lexicon.update(table["words"])
    return analyzer
