"""Text without the differences that mean nothing: case, width, diacritics, spacing."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´ʹʻʼʾʿˈ′＇", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"),
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ı": "i",
    }
)
"""Marks that print alike, signs without width, and letters that Unicode does not decompose."""

_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
_INITIAL = re.compile(r"[\s.,_]+")


def fold(text: str) -> str:
    """Return `text` for comparison: NFKC, case folded, diacritics off, spaces collapsed.

    Dashes and apostrophes become ASCII.  Only European diacritics go: the voicing marks of Japanese and
    the vowel signs of Indic scripts tell words apart.
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    for _ in range(4):
        once = _fold_once(text)
        if once == text:
            break
        text = once
    return text


def _fold_once(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).split())


def initials(name: str) -> str:
    """Return the initials of `name`: "Jane Q. Doe" gives "J. Q. D."; a text without letters gives "".

    A hyphenated part counts once.  At most four are kept, since a reviewer may write a sentence there.
    """
    letters = []
    for part in _INITIAL.split(unicodedata.normalize("NFKC", name)):
        first = next((char for char in part if char.isalpha()), "")
        if first:
            letters.append(first.upper()[0])
    return " ".join(f"{letter}." for letter in letters[:4])
