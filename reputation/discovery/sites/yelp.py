"""Yelp: microdata until about 2020; since then labels ("4.5 star rating") and links to reviewers.

What a reviewer's block says of friends and reviews is about the reviewer; highlights ("in 676 reviews") are no counts.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from reputation.discovery.numbers import count_of, number_of
from reputation.discovery.reading import Node, Page, attribute, lines_of, pieces_of, text_of
from reputation.discovery.sites import directory, reviews, schema_org
from reputation.discovery.sites.beside_name import drawn_stars
from reputation.discovery.sites.own_part import OTHERS
from reputation.discovery.sites.schema_org import Place, Rating
from reputation.discovery.sites.site import Site
from reputation.model import Mention
from reputation.normalize import iso_date

_STARS = re.compile(r"(\d(?:\.\d)?) star rating", re.IGNORECASE)
_REVIEWS = re.compile(r"^\(?(\d[\d,.]*)\s+reviews?\)?$", re.IGNORECASE)


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return the business and the reviews that the page shows; None where it names nobody."""
    found = directory.read_profile(page, place)
    if found is None:
        return None
    listed = found[0]
    subject = schema_org.subject_of(page)
    if subject is None or schema_org.rating_of(subject).rating_value is None:
        # Sentences on the page may be of one review: the business's own stars stand above the first reviewer.
        bare = replace(listed, rating_value=None, best_rating=None, rating_count=None, review_count=None)
        listed = directory.with_rating(bare, _rating(page))
    if found[1:]:
        return (listed, *found[1:])
    return (listed, *reviews.keyed(listed, (_review(page, node, listed) for node in _blocks(page))))


def _rating(page: Page) -> Rating:
    first = page.first("a[href*='/user_details'], a[href*='userid=']")
    value = drawn_stars(page, first)
    own = itertools.takewhile(lambda piece: not OTHERS.search(piece), pieces_of(page.tree.body))
    count = next((hit for piece in own if (hit := _REVIEWS.match(piece))), None)
    return Rating(
        rating_value=value,
        best_rating=5.0 if value is not None else None,
        review_count=count_of(count[1]) if count else None,
    )


def _blocks(page: Page) -> list[Node]:
    """The smallest element round each comment that also holds its writer's link and stars."""
    blocks: dict[int, Node] = {}
    for comment in page.css("p[class*=comment] span, p[lang], span[lang]")[:300]:
        node = comment.parent
        for _ in range(8):
            if node is None or node.css_first("[aria-label*='star rating']"):
                break
            node = node.parent
        if node is not None and node.css_first("a[href*='/user_details']"):
            blocks.setdefault(node.mem_id, node)
    return list(blocks.values())


def _review(page: Page, block: Node, listed: Mention) -> Mention | None:
    text = max(
        (text_of(node) for node in block.css("p[class*=comment], span[lang], p[lang]")), key=len, default=""
    )
    label = _STARS.search(attribute(page.first("[aria-label*='star rating']", block), "aria-label") or "")
    dates = (iso_date(line) for line in lines_of(block) if len(line) < 25)
    names = (text_of(link) for link in block.css("a[href*='/user_details']"))
    if not text:
        return None
    return reviews.review_of(
        listed,
        text=text,
        author=next(filter(None, names), None),
        rating_value=number_of(label[1]) if label else None,
        best_rating=5.0,
        published=next(filter(None, dates), None),
    )


SITE = Site(
    source="yelp",
    hosts=("yelp.",),
    site_id=re.compile(r"/biz/([\w%.-]+?)/?(?:[?#]|$)"),
    mark=lambda page: (
        (page.meta("og:site_name") or "") == "Yelp" or re.search(r"[|–-] Yelp$", page.title or "") is not None
    ),
    read=read,
)
