"""How like a harmful draft a text reads: two small linear models over words, word pairs and pieces of words.

`scripts/train_drafts.py` makes `data/drafts.bin` from invented drafts: logistic regression, one signed byte a
bucket.  Rules name what they find; the models know the shape of what nobody wrote a rule for.  Inference is the
standard library's alone, and its time grows with the text: each word is looked up once.
"""

from __future__ import annotations

import re
import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import sqrt
from typing import NamedTuple
from zlib import crc32

from reputation import resources
from reputation.defense.people import first_names
from reputation.defense.violation import Sentence

FILE = "data/drafts.bin"
MAGIC = b"RDM1"
BUCKETS = 1 << 16
"""Buckets of either half of a model (words and pairs; pieces of words), a power of two."""

HEAD = struct.Struct("<4sIfff")
"""Magic, buckets of a half, scale of the words, scale of the pieces, bias."""

NAMES = ("reply", "post")

_LAST = BUCKETS - 1
_WINDOW = 4
"""Sentences that are read together: a longer text is as bad as its worst four in a row."""

_TOKEN = re.compile(r"\w+(?:’\w+)?|[^\w\s]")
_LONGEST = 20
"""Letters of a word that are cut to pieces; longer ones are no words."""


class Odds(NamedTuple):
    """The log odds that a draft must not stand, and the sentence that weighs most."""

    logit: float
    worst: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """One model: a byte for each bucket of words and of pieces, their scales, and the bias."""

    words: array[int]
    pieces: array[int]
    word_scale: float
    piece_scale: float
    bias: float
    seen: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False)
    """What the pieces of a word add up to, and how many they are; kept within one text."""

    def read(self, sentences: Sequence[Sentence], alone: float) -> Odds:
        """Return the odds of the worst stretch of a text, and its worst sentence.

        A sentence by itself counts `alone` less than one read with its neighbours: cut short, much sounds worse.
        """
        if not sentences:
            return Odds(self.bias, (0, 0))
        self.seen.clear()
        sums = [self._sums(one.text) for one in sentences]
        single = [self._logit([one]) for one in sums]
        starts = range(max(1, len(sums) - _WINDOW + 1))
        together, at = max((self._logit(sums[at : at + _WINDOW]), -at) for at in starts)
        worst = max(range(len(sums)), key=single.__getitem__)
        if single[worst] - alone <= together:
            worst = max(range(-at, min(_WINDOW - at, len(sums))), key=single.__getitem__)
        one = sentences[worst]
        return Odds(max(together, single[worst] - alone), (one.start, one.start + len(one.text)))

    def _logit(self, parts: Sequence[tuple[int, int, int, int]]) -> float:
        total = self.bias
        for half, scale in ((0, self.word_scale), (2, self.piece_scale)):
            number = sum(part[half + 1] for part in parts)
            total += scale * sum(part[half] for part in parts) / sqrt(number or 1)
        return total

    def _sums(self, text: str) -> tuple[int, int, int, int]:
        tokens = tokens_of(text)
        grams = grams_of(tokens)
        piece_sum = n_pieces = 0
        for token in tokens:
            known = self.seen.get(token)
            if known is None:
                pieces = list(pieces_of(token))
                known = self.seen[token] = sum(map(self.pieces.__getitem__, pieces)), len(pieces)
            piece_sum += known[0]
            n_pieces += known[1]
        return sum(map(self.words.__getitem__, grams)), len(grams), piece_sum, n_pieces


def tokens_of(text: str) -> list[str]:
    """Return words and marks, lower case; digits as 0, given names inside a sentence as one word."""
    found = []
    for place, one in enumerate(_TOKEN.findall(text)):
        lower = one.lower()
        if one[0].isdigit():
            found.append(re.sub(r"\d", "0", lower))
        elif place and one[0].isupper() and lower.removesuffix("’s") in first_names():
            found.append("@name")
        elif place and one[0].isupper() and len(one) > 1:
            found += ["@capital", lower]
        else:
            found.append(lower)
    return found


def grams_of(tokens: Sequence[str]) -> set[int]:
    """Return the buckets of the words of a sentence, and of each pair of neighbours."""
    single = [(token, token.encode()) for token in ("^", *tokens, "$")]
    found = {crc32(body) & _LAST for _, body in single}
    for (_, first), (_, second) in pairwise(single):
        found.add(crc32(first + b" " + second) & _LAST)
    return found


def pieces_of(token: str) -> Iterator[int]:
    """Yield the buckets of every stretch of two to five letters of a word, its edges marked."""
    body = f" {token[:_LONGEST]} ".encode()
    for size in range(2, 6):
        for start in range(len(body) - size + 1):
            yield crc32(body[start : start + size]) & _LAST


@cache
def models() -> dict[str, Draft]:
    """Return the shipped models by name: `reply` and `post`."""
    return unpack(resources.data(FILE))


def unpack(body: bytes) -> dict[str, Draft]:
    """Return the models in the file's bytes."""
    found, at = {}, 0
    for name in NAMES:
        magic, size, word_scale, piece_scale, bias = HEAD.unpack_from(body, at)
        if magic != MAGIC or size != BUCKETS:
            raise ValueError(f"{FILE} is damaged; install repaudit again")
        at += HEAD.size
        words, pieces = array("b", body[at : at + size]), array("b", body[at + size : at + 2 * size])
        found[name] = Draft(words, pieces, word_scale, piece_scale, bias)
        at += 2 * size
    return found


def pack(words: Sequence[int], pieces: Sequence[int], scales: tuple[float, float], bias: float) -> bytes:
    """Return one model's bytes from weights of -127 to 127, the two scales and the bias."""
    head = HEAD.pack(MAGIC, BUCKETS, *scales, bias)
    return head + struct.pack(f"<{BUCKETS}b", *words) + struct.pack(f"<{BUCKETS}b", *pieces)
