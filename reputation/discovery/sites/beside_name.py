"""Reads the stars that a page shows beside its subject's name, where no markup and no sentence tells them.

A bare number is no rating: it is one only with its count ("4.6" above "(38 ratings)"), and only between the name and
the first other doctor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reputation.discovery.numbers import count_of, number_of
from reputation.discovery.reading import Node, Page, attribute, pieces_of, text_of
from reputation.discovery.sites.own_part import OTHERS
from reputation.discovery.sites.schema_org import Rating
from reputation.normalize import fold

_NEAR = 16
"""Lines below the name in which a directory prints its stars."""
_HIGHEST = 12
_BETWEEN = 3
"""Lines between the stars and their count."""
_WHAT = (
    r"(?P<what>(?:patient |verified |google |total )?(?:ratings?|reviews?|votes?)|отзыв\w*|оцен\w*|голос\w*|opini\w+|rese[nñ]as|valoraciones"
    r"|avalia\w+|avis|bewertung\w*|rezension\w*|recensioni|beoordeling\w*)"
)
_COUNT = rf"(?P<count>\d[\d.,\u00a0\u202f]*)\+?\s*{_WHAT}"
_VALUE = r"(?P<value>[0-5](?:[.,]\d{1,2})?)(?:\s*(?:/|out of|of|из)\s*(?P<best>5|10)(?:[.,]0)?)?(?:\s*(?:stars?|★+|звезд\w*))?"
_TOGETHER = re.compile(rf"^{_VALUE}(?:\s*[·•|,(–-]\s*|\s)\s*\(?\s*{_COUNT}", re.IGNORECASE)
_BRACKETED = re.compile(rf"^{_VALUE}\s*\((?P<count>\d[\d.,\u00a0\u202f]*)\)", re.IGNORECASE)
_ALONE = re.compile(rf"^{_VALUE}$", re.IGNORECASE)
_COUNT_ALONE = re.compile(
    rf"^\(?\s*(?:based on )?{_COUNT}\s*\)?$|^\((?P<bare>\d[\d.,\u00a0\u202f]*)\)$", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?P<value>[0-5](?:[.,]\d{1,2})?)\s*(?:(?:out of|of|/)\s*5\s*)?(?:-?\s*stars?\b|star rating|étoiles?|Sterne?|estrellas?|звезд\w*)"
    r"|(?:rated|rating:?)\s*(?P<rated>[0-5](?:[.,]\d{1,2})?)\s*(?:out of|of|/)\s*5",
    re.IGNORECASE,
)


def rating_beside(page: Page | None, name: str, lines: Sequence[str]) -> Rating:
    """Return the rating that stands beside `name` in the subject's own `lines`; all None where none does.

    Stars that are drawn, and told in a label alone, are looked for on `page` where one is given.
    """
    wanted = fold(name)
    start = next((n for n, line in enumerate(lines) if fold(line) == wanted), None)
    near = lines[start + 1 : start + 1 + _NEAR] if start is not None else []
    found = _rating_near(near)
    if found.rating_value is None and page is not None:
        found = without_nothing(_rating_near(_pieces_below(page, name)), found)
    if found.rating_value is None and found != Rating() and page is not None and (drawn := drawn_stars(page)):
        found = replace(found, rating_value=drawn, best_rating=5.0)
    return found


def without_nothing(rating: Rating, other: Rating) -> Rating:
    """Return `rating`, or `other` where it says nothing at all."""
    return rating if rating != Rating() else other


def _pieces_below(page: Page, name: str) -> list[str]:
    """Return the runs of text after the heading that is `name`; stars and count may be printed on one line."""
    wanted = fold(name)
    heading = next((node for node in page.css("h1, h2")[:20] if fold(text_of(node)) == wanted), None)
    around = heading
    for _ in range(_HIGHEST):
        if around is None or around.parent is None or around.parent.tag in ("html", None):
            break
        around = around.parent
        pieces = pieces_of(around, 400)
        start = next((n for n, text in enumerate(pieces) if fold(text) == wanted), None)
        if start is not None and len(pieces) > start + 2:
            near = pieces[start + 1 : start + 1 + _NEAR]
            cut = next((n for n, text in enumerate(near) if OTHERS.search(text)), len(near))
            if len(near) >= _NEAR or around.tag == "body":
                return near[:cut]
    return []


def _rating_near(near: Sequence[str]) -> Rating:
    """Return the first rating with its count in `near`, or the count alone."""
    for n, line in enumerate(near):
        if both := _TOGETHER.match(line) or _BRACKETED.match(line):
            return _rating(both["value"], both["best"], both["count"], both.groupdict().get("what"))
        if alone := _ALONE.match(line):
            for after in near[n + 1 : n + 2 + _BETWEEN]:
                if count := _COUNT_ALONE.match(after):
                    return _rating(
                        alone["value"], alone["best"], count["count"] or count["bare"], count["what"]
                    )
                if _ALONE.match(after):
                    break
    counted = next((hit for line in near if (hit := _COUNT_ALONE.match(line)) and hit["count"]), None)
    return _rating(None, None, counted["count"], counted["what"]) if counted is not None else Rating()


def drawn_stars(page: Page, before: Node | None = None) -> float | None:
    """Return how many stars the first label after the heading says, as long as it stands before the element `before`."""
    heading = page.first("h1")
    start = page.position(heading) if heading is not None else 0
    end = page.position(before) if before is not None else None
    for node in page.css("[aria-label], [aria-valuenow][aria-valuemax], [title*=star i], img[alt*=star i]")[
        :400
    ]:
        at = page.position(node)
        if at < start or (end is not None and at > end):
            continue
        if (stars := _stars_of(node)) is not None:
            return stars or None
    return None


def drawn_in(box: Node) -> float | None:
    """Return how many stars the first label in `box` says."""
    labels = (_stars_of(node) for node in box.css(_DRAWN)[:40])
    return next((stars for stars in labels if stars), None)


_DRAWN = (
    "[aria-label], [aria-valuenow][aria-valuemax], [title*=star i], [class*=star i][title], img[alt*=star i]"
)
_BARE = re.compile(r"[0-5](?:[.,]\d{1,2})?")
_STARS_CLASS = re.compile(r"star|rating", re.IGNORECASE)


def _stars_of(node: Node) -> float | None:
    """Return the stars that an element draws, by its ARIA value or its label; None where it draws none."""
    if attribute(node, "aria-valuemax") in ("5", "5.0") and (
        now := number_of(attribute(node, "aria-valuenow"))
    ):
        return now
    said = attribute(node, "aria-label") or attribute(node, "title") or attribute(node, "alt") or ""
    if _BARE.fullmatch(said) and _STARS_CLASS.search(attribute(node, "class") or ""):
        return number_of(said)
    found = _LABEL.search(said)
    return number_of(found["value"] or found["rated"]) if found else None


def _rating(value: str | None, best: str | None, count: str | None, what: str | None) -> Rating:
    counted = count_of(count) if count else None
    is_reviews = bool(what) and not re.search("rating|vote|оцен|голос|valorac", what or "", re.IGNORECASE)
    scale = float(best or 5)
    number = number_of(value)
    if number is not None and number > scale:
        return Rating()
    return Rating(
        rating_value=number,
        best_rating=scale if number is not None else None,
        rating_count=None if is_reviews else counted,
        review_count=counted if is_reviews else None,
    )
