"""Two small linear models over hashed words and word pairs, read from `data/sentiment.bin`.

`scripts/train_sentiment.py` makes the file: logistic regression, one signed byte a bucket.  Inference is the
standard library's alone.  Buckets are found by CRC-32, which is the same on every machine.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from math import sqrt
from operator import mul
from typing import NamedTuple
from zlib import crc32

FILE = "data/sentiment.bin"
MAGIC = b"RSM1"

BUCKETS = 1 << 18
"""How many buckets either model has, a power of two."""

_LAST = BUCKETS - 1

HEAD = struct.Struct("<4sIffI")
"""Magic, number of buckets, scale, bias, number of dense weights (float32, which follow)."""


class Linear(NamedTuple):
    """A linear model: one byte a bucket, times `scale`; dense weights beside them."""

    weights: array[int]
    scale: float
    bias: float
    dense: tuple[float, ...]

    def logit(self, buckets: set[int], dense: Sequence[float] = ()) -> float:
        """Return the log odds: the weights of the buckets over the root of how many there are, and the dense ones."""
        total: float = self.bias + sum(map(mul, self.dense, dense))
        if buckets:
            total += self.scale * sum(map(self.weights.__getitem__, buckets)) / sqrt(len(buckets))
        return total


def buckets_of(words: Sequence[str]) -> set[int]:
    """Return the buckets of each word, and of each word after its neighbour: the last bits of its CRC-32."""
    encoded = " ".join(words).encode().split(b" ") if words else []
    single = list(map(crc32, encoded))
    return {value & _LAST for value in (*single, *map(crc32, encoded[1:], single))}


@cache
def models() -> dict[str, Linear]:
    """Return the shipped models by name: `polarity` and `opinion`."""
    from reputation import resources  # noqa: PLC0415 - importing the scorer must be quick

    return read(resources.data(FILE))


def read(body: bytes) -> dict[str, Linear]:
    """Return the models in the file's bytes, in the order polarity, opinion."""
    found, at = [], 0
    for _ in range(2):
        magic, size, scale, bias, n_dense = HEAD.unpack_from(body, at)
        if magic != MAGIC:
            raise ValueError("data/sentiment.bin is damaged; install repaudit again")
        at += HEAD.size
        dense = struct.unpack_from(f"<{n_dense}f", body, at)
        at += 4 * n_dense
        found.append(Linear(array("b", body[at : at + size]), scale, bias, dense))
        at += size
    return dict(zip(("polarity", "opinion"), found, strict=True))


def write(parts: Iterable[tuple[Sequence[int], float, float, Sequence[float]]]) -> bytes:
    """Return the file's bytes from weights (-127..127), scale, bias and dense weights of each model."""
    body = b""
    for weights, scale, bias, dense in parts:
        head = HEAD.pack(MAGIC, len(weights), scale, bias, len(dense))
        body += head + struct.pack(f"<{len(dense)}f", *dense) + struct.pack(f"<{len(weights)}b", *weights)
    return body
