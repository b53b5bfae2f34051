"""The reviews of a listing: their stars, days and texts, their writers as initials, and keys that last."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from reputation.discovery.numbers import number_of
from reputation.discovery.printed_dates import printed
from reputation.discovery.reading import Page
from reputation.discovery.sites.reviewers import known_as, without_name
from reputation.discovery.sites.schema_org import REVIEWS, is_of, name_of
from reputation.discovery.structured import Item, kinds, nested, word
from reputation.model import Kind, Mention
from reputation.normalize import fold, iso_date, mention_key


def review_items(page: Page, subject: Item | None) -> list[Item]:
    """Return the reviews of the page's subject in page order: those inside it, and those that stand alone."""
    inside = nested(subject, "review", "reviews")
    alone = [
        item for item in page.structured if kinds(item) & REVIEWS and not any(item is one for one in inside)
    ]
    name = fold(name_of(subject) or "") if subject else ""
    return [
        # What stands under "review" is one, though the page does not say its type.
        *(item for item in inside if kinds(item) & REVIEWS or not item["type"]),
        *(item for item in alone if is_of(item, name)),
    ]


def reviews(items: Iterable[Item], listed: Mention) -> list[Mention]:
    """Return the reviews of `listed`, each once; their writers as initials."""
    return keyed(listed, (review(item, listed) for item in items))


def review(item: Item, listed: Mention) -> Mention | None:
    """Return one review, without its key; None where it says nothing."""
    rating = nested(item, "reviewRating") or nested(item, "ratingValue") or [item]
    text = word(item, "reviewBody", "description", "text", "articleBody")
    value = number_of(word(rating[0], "ratingValue"))
    if text is None and value is None:
        return None
    return review_of(
        listed,
        text=text,
        title=word(item, "headline", "name"),
        author=word(item, "author", "creator"),
        rating_value=value,
        best_rating=number_of(word(rating[0], "bestRating")),
        worst_rating=number_of(word(rating[0], "worstRating")),
        published=word(item, "datePublished", "dateCreated", "reviewed"),
        site_id=_review_id(item),
    )


def _review_id(item: Item) -> str | None:
    if item.get("review_id"):
        return str(item["review_id"])
    # A permalink may carry the writer's name, which is not kept.
    said = without_name(str(item.get("id") or word(item, "url") or ""), word(item, "author", "creator") or "")
    found = _REVIEW_ID.search(said)
    return found[1] if found else None


_REVIEW_ID = re.compile(
    r"(?:hrid=|(?:^|[#/?&_-])(?:reviews?|rating|opinion|comment|o)[/=:_-]?)(?=[\w-]*\d)([\w-]{4,40})$"
)


def review_of(
    listed: Mention,
    *,
    text: str | None,
    title: str | None = None,
    author: str | None = None,
    rating_value: float | None = None,
    best_rating: float | None = None,
    worst_rating: float | None = None,
    published: str | None = None,
    site_id: str | None = None,
) -> Mention:
    """Return a review of `listed`; its key is the site's own id or "", for `keyed` to fill in."""
    return Mention(
        source=listed.source,
        kind=Kind.REVIEW,
        url=listed.url,
        title=title or f"Review of {listed.title}",
        key=mention_key(listed.source, f"review-{site_id}", "") if site_id else "",
        listing_key=listed.key,
        text=text,
        author_initials=known_as(author),
        rating_value=rating_value,
        best_rating=_best(listed, rating_value, best_rating),
        worst_rating=worst_rating if rating_value is not None else None,
        date_published=iso_date(published) if published else None,
        claims=printed(published),
    )


def _best(listed: Mention, value: float | None, best: float | None) -> float | None:
    """A review that does not print its scale is on its listing's, where it fits there."""
    if value is None or best is not None:
        return best if value is not None else None
    return listed.best_rating if listed.best_rating is not None and value <= listed.best_rating else None


def keyed(listed: Mention, found: Iterable[Mention | None]) -> list[Mention]:
    """Return the reviews each once, with keys that outlive a change of their text or stars.

    Without an id of the site's own a review is known by its listing, its day and its writer's initials, and
    by its order among those of one day; without a day by its text.  Markup in two notations says it twice.
    """
    once: dict[tuple[object, ...], Mention] = {}
    for one in found:
        if one is not None:
            once.setdefault((one.date_published, one.rating_value, fold(one.text or "")[:200]), one)
    taken: dict[str, int] = {}
    made = []
    for one in once.values():
        who = (
            f"{one.date_published}|{one.author_initials}"
            if one.date_published
            else fold(one.text or one.title)
        )
        taken[who] = taken.get(who, 0) + 1
        said = f"{listed.key}|{who}|{taken[who]}"
        site_id = f"review-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
        made.append(one if one.key else replace(one, key=mention_key(one.source, site_id, "")))
    return made
