"""Google Maps: the place's panel as shown, its details by `data-item-id`, its reviews by `data-review-id`.

All class names change within months.  "People also search for" shows other places with their own stars.
"""

from __future__ import annotations

import re

from reputation.discovery.numbers import count_of, number_of
from reputation.discovery.printed_dates import is_relative
from reputation.discovery.reading import Node, Page, attribute, pieces_of, squeeze, text_of
from reputation.discovery.sites import reviews, shown
from reputation.discovery.sites.beside_name import rating_beside
from reputation.discovery.sites.schema_org import Place, Rating
from reputation.discovery.sites.site import Site
from reputation.discovery.sites.told import hours, status
from reputation.model import Claim, Kind, Mention

_PANEL = re.compile(r"(?<![\d.,])(?P<value>[1-5][.,]\d)\s*\(?\s*(?P<count>\d[\d.,\u00a0\u202f ]*)?\)?")
_STARS = re.compile(
    r"(?P<value>[0-5](?:[.,]\d)?)\s*(?:stars?\b|/\s*5|étoiles?|Sterne?|estrellas?|estrelas?|звезд)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\([\d.,\s\u00a0\u202f]+\)")
_LABEL = re.compile(r"^[^:]{2,20}:\s*")


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return the place and the reviews that the page shows; None where it shows no place."""
    name = _name(page)
    if name is None:
        return None
    rating = rating_beside(page, name, page.lines) if (rating := _rating(page, name)) == Rating() else rating
    listed = Mention(
        source=place.source,
        kind=Kind.LISTING,
        url=place.url,
        title=name,
        key=place.key,
        rating_value=rating.rating_value,
        best_rating=rating.best_rating,
        rating_count=rating.rating_count if rating.rating_count is not None else rating.review_count,
        claims=(Claim("name", name), *_details(page)),
    )
    return (listed, *reviews.keyed(listed, (_review(node, listed) for node in _blocks(page))))


def _name(page: Page) -> str | None:
    told = page.meta("og:title") or attribute(page.first("meta[itemprop=name][content]"), "content")
    meta = (told or "").split(" · ")[0]
    title = re.sub(r"\s+[-–]\s+Google (?:Maps|Карты).*$", "", page.title or "")
    headings = [text_of(node) for node in page.css("h1")[:10]]
    known = next((text for text in headings if text and text in (title, meta)), None)
    name = known or next(filter(None, headings), None) or meta or title
    return name if name and not name.startswith("Google") else None


def _rating(page: Page, name: str) -> Rating:
    """The first rating after the name; its count follows it, in brackets or on the next line."""
    lines = list(page.lines)
    start = next((n for n, line in enumerate(lines) if line == name), 0)
    near = lines[start + 1 : start + 8]
    for n, line in enumerate(near):
        found = _PANEL.match(line)
        if found:
            after = found["count"] or next(
                (one for one in near[n + 1 : n + 3] if _COUNT.fullmatch(one)), None
            )
            return Rating(
                rating_value=number_of(found["value"]),
                best_rating=5.0,
                rating_count=count_of(after) if after else None,
            )
    return Rating()


def _details(page: Page) -> list[Claim]:
    phone = page.css("[data-item-id^='phone:tel:']") or page.css("[aria-label^='Phone:']")
    found = [Claim("telephone", _told(node)) for node in phone[:1]]
    for node in (page.css("[data-item-id=address]") or page.css("[aria-label^='Address:']"))[:1]:
        found += shown.address_claims(shown.addresses_in([_told(node)])) or [
            Claim("street_address", _told(node))
        ]
    website = page.first("a[data-item-id=authority]")
    if website is not None and (url := page.link(attribute(website, "href"))):
        found.append(Claim("url", url))
    category = page.first("button[jsaction*=category]")
    if category is not None and text_of(category):
        found.append(Claim("specialty", text_of(category)))
    return [*found, *status(page.lines), *(hours(page.lines) or _hours(page))]


def _hours(page: Page) -> list[Claim]:
    """The week in one label: "Monday, 9 AM to 5 PM; Tuesday, Closed"."""
    for node in page.css("[aria-label*='Monday']")[:20]:
        days = re.split(r"\s*[;.]\s+", attribute(node, "aria-label") or "")
        if found := hours([squeeze(day.replace(",", " ", 1)) for day in days]):
            return found
    return []


def _told(node: Node) -> str:
    label = attribute(node, "aria-label")
    return squeeze(_LABEL.sub("", label)) if label else text_of(node)


def _blocks(page: Page) -> list[Node]:
    """The outermost element of each review id."""
    blocks: dict[str, Node] = {}
    for node in page.css("[data-review-id]"):
        blocks.setdefault(attribute(node, "data-review-id") or "", node)
    return list(blocks.values())


def _review(block: Node, listed: Mention) -> Mention | None:
    labels = [attribute(node, "aria-label") or "" for node in block.css("[aria-label]")]
    stars = next((hit for label in labels if (hit := _STARS.search(label))), None)
    author = attribute(block, "aria-label")
    text = _longest(block)
    if stars is None and len(text) < 20:
        return None
    return reviews.review_of(
        listed,
        text=squeeze(text) if len(text) > 25 else None,
        author=author,
        rating_value=number_of(stars["value"]) if stars else None,
        best_rating=5.0,
        published=next((line for line in pieces_of(block) if is_relative(line)), None),
        site_id=attribute(block, "data-review-id"),
    )


def _longest(block: Node) -> str:
    """Return the text of the element that holds the block's longest run of words."""
    pieces = [one for one in block.traverse(include_text=True) if one.is_text_node and one.parent is not None]
    longest = max(pieces, key=lambda one: len(one.text_content or ""), default=None)
    return text_of(longest.parent) if longest is not None else ""


def _is_here(page: Page) -> bool:
    return (page.title or "").endswith("Google Maps") or bool(
        page.css("[data-item-id=address], [data-item-id^='phone:tel:']")
    )


SITE = Site(
    source="google-maps",
    hosts=("maps.google.", "google.com/maps"),
    site_id=re.compile(r"!1s(0x[0-9a-f]+(?::|%3A)0x[0-9a-f]+)", re.IGNORECASE),
    mark=_is_here,
    read=read,
)
