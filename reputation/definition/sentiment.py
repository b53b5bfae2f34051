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
from math import sqrt, tanh
from string import punctuation
from typing import TYPE_CHECKING, NamedTuple

import vaderSentiment.vaderSentiment as vader  # noqa: N813 - it is what the module is

from reputation.definition import adverse, ngrams
from reputation.definition.aspects import Units, about_of, units_of
from reputation.definition.clauses import clauses_of, is_foreign, mask, sentences_of, words_of
from reputation.definition.phrases import mixed_score, phrase_score, statement_score
from reputation.errors import UsageError

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

OWN_CLAUSES, OFFICE_CLAUSES = 1.3, 0.6
"""What the clinician's own clauses count above the whole text, and what the office's count below it."""

OWN_FROM = 1.0
"""Log odds of the clinician's own clauses from which they are weighed against the office's: a text that says
little of her means what it says as a whole."""

HALF_TOLD = 15
"""Words of which somebody's clauses count for the root of a half: a few words are no judgement."""

CLEAR_ODDS = 4.0
"""Log odds from which a text as a whole is so clear that its clauses are not weighed against each other."""

PHRASES = 0.6
"""What a phrase of `data/lexicon.toml` counts beside the trained model, which has seen its words too."""

SHORT = 30
"""Words up to which a phrase counts in full: a short text is too little for the trained model alone."""

LEAN_OF_WORDS = 0.5
"""Log odds taken from a text by the word lists alone: dictionaries know more words of praise than patients' words of blame."""

MIXED_WITHIN = 0.7
"""A text with a clearly good and a clearly bad part is mixed where the whole lies within this of nothing."""

PLAINLY_MIXED = 2.0
"""The score of a phrase that makes a text mixed whatever else it says: "three stars", "hard to rate"."""

HARDLY = 0.29
"""The most that a text says where it is hardly an opinion: within what neutral text may say."""

HARDLY_ODDS = 1.6
"""Log odds of being an opinion up to which a text hardly is one."""

_CLEAR = 0.35
"""A sentence's valence from which it is clearly good or bad."""


class Reading(NamedTuple):
    """A text, masked, cut and scored: what the models see."""

    masked: str
    sentences: tuple[str, ...]
    compounds: tuple[float, ...]
    clauses: tuple[list[str], ...]
    buckets: set[int]
    plain: frozenset[str]
    """The words in lower case, without the mark of a negation."""
    phrases: float
    """What the phrases of `data/lexicon.toml` add to the log odds of praise."""

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

    A text in another language than English cannot be judged here and is told as neutral, 0.

    Raises:
        UsageError: There is no such kind.
    """
    from reputation.model import About, Sentiment, SentimentLabel  # noqa: PLC0415 - as at the top

    kind = _known(kind)
    if not text.strip() or kind in SILENT_KINDS:
        return Sentiment(valence=None)
    reading = read_text(text, names)
    if is_foreign(reading.plain):
        return Sentiment(valence=0.0, label=SentimentLabel.NEUTRAL, about=About.UNCLEAR)
    units = units_of(reading.clauses)
    odds = _log_odds(reading, units, model=model)
    about = About(about_of(units))
    most = 1.0
    if kind != "review":
        fact = fact_of(text, reading.plain)
        told = opinion_odds(reading, model=model)
        if fact is not None and not (fact and told > 0 and odds * fact < 0 and abs(odds) > OVERRULES_A_FACT):
            return Sentiment(valence=fact, label=label_of(fact), about=About.CLINICIAN, method="facts")
        if told <= 0:
            return Sentiment(valence=0.0, label=SentimentLabel.NEUTRAL, about=about)
        most = HARDLY if told < HARDLY_ODDS else 1.0
    valence = round(max(-most, min(most, tanh(odds / 2))), 4)
    sentences = tuple(zip(reading.sentences, reading.compounds, strict=True))
    return Sentiment(valence=valence, label=_label(valence, reading), about=about, sentences=sentences)


def _known(kind: str | None) -> str | None:
    """Return a mention's kind as plain text; a UsageError where there is no such kind."""
    from reputation.model import Kind  # noqa: PLC0415 - as at the top

    try:
        return None if kind is None else Kind(kind).value
    except ValueError:
        kinds = ", ".join(known.value for known in Kind)
        raise UsageError(f"there is no kind {str(kind)!r}; name one of {kinds}, or none") from None


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
    clauses = tuple([words_of(clause) for sentence in sentences for clause in clauses_of(sentence)])
    words = list(chain.from_iterable(clauses))
    plain = frozenset([word[:-1] if word[-1] == "~" else word for word in words])
    return Reading(
        masked=masked,
        sentences=sentences,
        compounds=tuple(map(_analyzer().compound, sentences)),
        clauses=clauses,
        buckets=ngrams.buckets_of(words),
        plain=plain,
        phrases=phrase_score(masked, plain),
    )


def opinion_odds(reading: Reading, *, model: bool = True) -> float:
    """Return the log odds that a text judges somebody, rather than states, asks or describes."""
    if not model:
        return CERTAIN if any(reading.compounds) else -CERTAIN
    odds = ngrams.models()["opinion"].logit(reading.buckets)
    odds += statement_score(reading.masked, reading.plain)
    is_short = len(reading.plain) <= _FEW_WORDS
    if odds > HARDLY_ODDS or (odds < _MAYBE and not is_short):
        return odds
    if abs(reading.phrases) >= _TELLING:
        return CERTAIN
    return CERTAIN if is_short and odds > _MAYBE and abs(reading.dense[0]) >= _CLEAR else odds


CERTAIN = 5.0
"""Log odds of an opinion that a rule finds, whatever the model says."""

_MAYBE = -2.0
"""Log odds of being an opinion from which a phrase of practice life, or a clear word in a short text, decides."""

_FEW_WORDS = 6

_TELLING = 2.0
"""Log odds of a phrase from which it is an opinion by itself."""


def _log_odds(reading: Reading, units: Units, *, model: bool) -> float:
    """Return the log odds of praise against blame for the clinician."""
    if not model or not any(map(str.isalpha, reading.plain)):
        odds = 6 * reading.dense[0] + reading.phrases
        return odds - LEAN_OF_WORDS if odds else 0.0
    polarity = ngrams.models()["polarity"]
    share = 1.0 if sum(map(len, reading.clauses)) <= SHORT else PHRASES
    whole = polarity.logit(reading.buckets, reading.dense) + share * reading.phrases
    if abs(whole) >= CLEAR_ODDS or not (units.clinician and units.office):
        return whole
    clinician, office = _part_odds(polarity, units.clinician), _part_odds(polarity, units.office)
    if abs(clinician) < OWN_FROM:
        return whole
    return whole + OWN_CLAUSES * clinician - OFFICE_CLAUSES * office


def _part_odds(polarity: ngrams.Linear, words: list[str]) -> float:
    """Return the log odds of some clauses, the less the fewer their words."""
    n = len(words)
    return (polarity.logit(ngrams.buckets_of(words)) - polarity.bias) * sqrt(n / (n + HALF_TOLD))


def _label(valence: float, reading: Reading) -> SentimentLabel:
    """Return the label; mixed where good and bad stand side by side, or are said to, and neither prevails."""
    from reputation.model import SentimentLabel  # noqa: PLC0415 - as at the top

    told = mixed_score(reading.masked, reading.plain)
    if told >= PLAINLY_MIXED or (abs(valence) < MIXED_WITHIN and (told or _is_split(reading.compounds))):
        return SentimentLabel.MIXED
    return label_of(valence)


def _is_split(compounds: Sequence[float]) -> bool:
    return any(score > _CLEAR for score in compounds) and any(score < -_CLEAR for score in compounds)


class _Analyzer(vader.SentimentIntensityAnalyzer):  # type: ignore[misc] # it ships no types
    """VADER with the same scores in a third of the time: only words of the lexicon are looked at twice."""

    def compound(self, sentence: str) -> float:
        """Return VADER's compound score of one sentence, -1..1."""
        if not sentence.isascii():
            return float(self.polarity_scores(sentence)["compound"])
        text = _Words(sentence)
        lower = [word.lower() for word in text.words_and_emoticons]
        known = [i for i, word in enumerate(lower) if word in self.lexicon]
        if not known:
            return 0.0
        scores = [0.0] * len(lower)
        for i in known:
            if lower[i] not in vader.BOOSTER_DICT and lower[i : i + 2] != _KIND_OF:
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

    __slots__ = ("words_and_emoticons",)

    def __init__(self, sentence: str) -> None:
        self.words_and_emoticons = [
            word if word.isalnum() or len(bare := word.strip(punctuation)) < _BARE else bare
            for word in sentence.split()
        ]

    @property
    def is_cap_diff(self) -> bool:
        """Whether some words, but not all, are in capitals."""
        words = self.words_and_emoticons
        return 0 < sum(map(str.isupper, words)) < len(words)


_BARE = 3
"""Letters from which VADER takes the marks off a word; what is shorter may be an emoticon."""

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
