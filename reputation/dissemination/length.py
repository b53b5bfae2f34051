"""How long a text is, as each platform counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from reputation.model import BioUnit

if TYPE_CHECKING:
    from reputation.dissemination.platforms import Field

_URL = re.compile(r"\bhttps?://[^\s<>\"]+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w/])@(\w+)@[\w.-]+\w")
UNIT_WORDS: Mapping[BioUnit, str] = {
    BioUnit.CODEPOINTS: "characters",
    BioUnit.UTF16: "characters",
    BioUnit.GRAPHEMES: "characters",
    BioUnit.BYTES: "bytes",
    BioUnit.WORDS: "words",
    BioUnit.X_WEIGHTED: "characters as X weighs them",
    BioUnit.MASTODON: "characters, a link counting 23",
}
"""How to call a length for people who do not count in code units."""

SHORTENED_URL = 23
"""X and Mastodon count any URL as 23 characters."""

_SINGLE_WEIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that X counts once; twitter-text configs.js, version 3."""


@cache
def _patterns() -> tuple[Any, Any]:
    import regex  # type: ignore[import-untyped]  # noqa: PLC0415 - ships no types; 20 ms that `--help` need not pay

    return regex.compile(r"\X"), regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{RI}\p{RI}")


def graphemes(text: str) -> list[str]:
    """Return the extended grapheme clusters of `text` (UAX 29)."""
    found: list[str] = _patterns()[0].findall(text)
    return found


def measure(text: str, unit: BioUnit) -> int:
    """Return the length of `text` in `unit`."""
    if unit is BioUnit.WORDS:
        return len(text.split())
    if unit is BioUnit.UTF16:
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    if unit is BioUnit.BYTES:
        return len(text.encode("utf-8", "surrogatepass"))
    if unit is BioUnit.GRAPHEMES:
        return len(graphemes(text))
    if unit is BioUnit.MASTODON:
        shortened = _HANDLE.sub(r"@\1", _URL.sub("x" * SHORTENED_URL, text))
        return len(graphemes(shortened))
    if unit is BioUnit.X_WEIGHTED:
        return weigh(text)
    return len(unicodedata.normalize("NFC", text))


def weigh(text: str, *, shorten_urls: bool = True) -> int:
    """Return the weighted length of a post on X (docs.x.com, counting characters).

    NFC first; an emoji, however long its sequence, is 2; a URL is 23; Latin and the like 1, all else 2.
    """
    text = unicodedata.normalize("NFC", text)
    if shorten_urls:
        text = _URL.sub("x" * SHORTENED_URL, text)
    if text.isascii():
        return len(text)
    emoji = _patterns()[1]
    return sum(2 if emoji.search(cluster) else _weight(cluster) for cluster in graphemes(text))


def _weight(cluster: str) -> int:
    return sum(
        1 if any(low <= ord(character) <= high for low, high in _SINGLE_WEIGHT) else 2
        for character in cluster
    )


_AT_MOST_TWO = frozenset({BioUnit.CODEPOINTS, BioUnit.UTF16, BioUnit.GRAPHEMES, BioUnit.X_WEIGHTED})


def length_in(text: str, field: Field) -> int:
    """Return the length of `text` as `field` counts it.

    X documents its weights for posts only: its other fields take the larger of the weighted length
    with URLs in full and the number of code points.
    """
    unit = field.unit or BioUnit.CODEPOINTS
    if unit is BioUnit.X_WEIGHTED and field.name != "post":
        return max(weigh(text, shorten_urls=False), measure(text, BioUnit.CODEPOINTS))
    return measure(text, unit)


def fits(text: str, field: Field, limit: int | None) -> bool:
    """Whether `text` keeps `limit` in the field's own counting, and the field's limit in bytes."""
    surely_short = limit is not None and len(text) <= limit // 2  # no unit counts a code point above 2
    if (
        limit is not None
        and not (surely_short and field.unit in _AT_MOST_TWO)
        and length_in(text, field) > limit
    ):
        return False
    return field.limit_bytes is None or measure(text, BioUnit.BYTES) <= field.limit_bytes
