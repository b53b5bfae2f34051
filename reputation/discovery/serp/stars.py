"""Ratings and dates as engines print them inside a result, in the languages of their pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reputation.normalize import iso_date


@dataclass(frozen=True, kw_only=True, slots=True)
class Stars:
    """A rating as a result prints it; all None where it prints none."""

    value: float | None = None
    best: float | None = None
    count: int | None = None


_WORD = (
    r"rating|rated|bewertung|note|calificaci[oó]n|puntuaci[oó]n|valoraci[oó]n|avalia[cç][aã]o|classifica[cç][aã]o"
    r"|valutazione|voto|beoordeling|waardering|ocena|betyg|vurdering|bedømmelse|рейтинг|оценка|hodnocení|értékelés"
)
_VOTES = (
    r"reviews?|ratings?|votes?|opinions?|rezension(?:en)?|bewertung(?:en)?|abstimmungsergebnisse?|stimmen|avis"
    r"|opiniones|rese[nñ]as|votos|avalia[cç](?:[aã]o|[oõ]es)|coment[aá]rios|recensioni|voti|beoordelingen|stemmen"
    r"|opinie|głos(?:y|ów)|recensioner|röster|anmeldelser|stemmer|отзыв(?:а|ов)?|голос(?:а|ов)?|оцен(?:ка|ки|ок)"
)
_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_MANY = r"\d{1,3}(?:[.,\s]\d{3})*|\d+"
_RATED = re.compile(
    rf"(?<!\w)(?:{_WORD})\s*:?\s*(?P<value>{_NUMBER})(?:\s*(?:/|of|out of|von|sur|de|su|van)\s*(?P<best>\d{{1,3}}))?"
    rf"\s*[·•|—–-]?\s*(?P<count>{_MANY})\s*(?:google\s)?(?:{_VOTES})\b",
    re.IGNORECASE,
)
_STARRED = re.compile(
    rf"(?<![\w.,])(?P<value>[0-5][.,]\d)(?:\s*/\s*(?P<best>5|10))?\s*(?:★+\s*)?\(\s*(?P<count>{_MANY})\s*(?:(?:google\s)?(?:{_VOTES}))?\s*\)",
    re.IGNORECASE,
)
_LONGEST = 2_000


def stars_in(text: str) -> Stars | None:
    """Return the rating that a result's text prints ("Rating: 4.6 · 38 reviews", "4,4 (2 130)"), or None.

    Engines bring ratings to a scale of 5 unless they print another one.  A rating with no vote is none.
    """
    head = text[:_LONGEST]
    found = _RATED.search(head) or _STARRED.search(head)
    if found is None:
        return None
    value, count = float(found["value"].replace(",", ".")), whole(found["count"])
    best = float(found["best"]) if found["best"] else 5.0
    if not count or value > best:
        return None
    return Stars(value=value, best=best, count=count)


def whole(text: str) -> int | None:
    """Return a whole number with any separators of thousands ("2 130", "54.624"), or None."""
    digits = re.sub(r"[^\d]", "", text)
    return int(digits) if digits and len(digits) < 12 else None


_DATE = re.compile(
    r"^\W{0,3}(?P<date>[^\W\d_]{3,12}\.?\s\d{1,2},\s\d{4}|\d{1,2}\.?\s[^\W\d_]{3,12}\.?\s\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})"
    r"(?:\s*$|\s*[—–·•|-]\s|\s*\.\.\.|(?=[^\W\d_]))"
)


def date_in(text: str) -> str | None:
    """Return the date that stands before a snippet, ISO 8601, or None; "3 days ago" is not dated."""
    found = _DATE.match(text[:60])
    return iso_date(found["date"]) if found else None
