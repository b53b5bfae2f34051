"""The platforms' ways of counting, written a second time from their documents, and not as the program does it."""

from __future__ import annotations

import re
import unicodedata

from reputation.dissemination.platforms import Field
from reputation.model import BioUnit

ZWJ = "\u200d"
EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u231a\u231b\u2328\u23cf-\u23f3\u2b50\u2b55\ufe0f]"
)


def clusters(text: str) -> list[str]:
    """User-perceived characters: marks, joiners, modifiers and paired flags belong to what they follow."""
    found: list[str] = []
    for letter in text:
        last = found[-1] if found else ""
        joins = unicodedata.category(letter) in {"Mn", "Me", "Mc"} or letter in {ZWJ, "\u200c", "\ufe0f"}
        joins = joins or "\U0001f3fb" <= letter <= "\U0001f3ff" or last.endswith(ZWJ)
        flags = (
            "\U0001f1e6" <= letter <= "\U0001f1ff" and len(last) == 1 and "\U0001f1e6" <= last <= "\U0001f1ff"
        )
        if found and (joins or flags) and last not in {"\n", " "}:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def weighted(text: str) -> int:
    """X: NFC; an emoji 2 however long; Latin to Georgian, general punctuation and dashes 1; all else 2."""
    total = 0
    for cluster in clusters(unicodedata.normalize("NFC", text)):
        if EMOJI.search(cluster):
            total += 2
            continue
        for letter in cluster:
            code = ord(letter)
            light = (
                code <= 0x10FF
                or 0x2000 <= code <= 0x200D
                or 0x2010 <= code <= 0x201F
                or 0x2032 <= code <= 0x2037
            )
            total += 1 if light else 2
    return total


def counted(text: str, field: Field) -> int:
    """The length of `text` as the platform of `field` counts it."""
    points = len(unicodedata.normalize("NFC", text))
    if field.unit is BioUnit.X_WEIGHTED:
        return weighted(text) if field.name == "post" else max(weighted(text), points)
    if field.unit is BioUnit.UTF16:
        return sum(2 if ord(letter) > 0xFFFF else 1 for letter in text)
    if field.unit is BioUnit.WORDS:
        return len(re.findall(r"\S+", text))
    if field.unit is BioUnit.GRAPHEMES:
        return len(clusters(text))
    if field.unit is BioUnit.MASTODON:
        return len(clusters(re.sub(r"https?://\S+", "x" * 23, text)))
    return points
