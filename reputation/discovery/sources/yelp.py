"""Yelp's Places API: stars, number of reviews, phone, address, and up to three excerpts.

Source: https://docs.developer.yelp.com/reference/v3_business_search.  Content may be kept for a day only (`retention = "id_only"`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from reputation import normalize
from reputation.discovery.adapters import Skip
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import plain_name, shares_name, town_of
from reputation.discovery.sources.replies import (
    Row,
    at,
    count,
    distinct,
    items,
    must_rows,
    number,
    plain,
    read_object,
    text,
    web,
    words_of,
)
from reputation.errors import AuthRefused, Quota, Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

KEY = "header:Authorization:Bearer"
STARS = 5.0


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Search for her, and for each practice, in the town of the first location."""
    town = town_of(profile)
    if town is None:
        raise Skip("no locations.0.city in the profile")
    names = [plain_name(profile), profile.practice.name, *(place.name for place in profile.locations)]
    for name in distinct(names):
        yield get(
            source,
            "/businesses/search",
            {"term": name, "location": town, "limit": 10},
            key_in=KEY,
            variant=name,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention | Request]:
    """Yield a listing a business, a review an excerpt; businesses found by name are asked for theirs."""
    reply = read_object(capture)
    if error := reply.get("error"):
        code, said = str(at(error, "code")), words_of(reply) or "an error"
        if "LIMIT" in code or "TOO_MANY" in code:
            raise Quota(f'Yelp says "{said}" ({code}); wait, or see your plan')
        if "TOKEN" in code or "AUTH" in code:
            raise AuthRefused(f'Yelp says "{said}" ({code}); check the key with `repaudit key test`')
        raise Unreadable(f'Yelp says "{said}" ({code}); try again later')
    if "businesses" in reply:
        for row in must_rows(reply, "businesses"):
            yield _listing(source, row)
            if shares_name(capture.request.variant or "", text(row.get("name")) or "") and count(
                row.get("review_count")
            ):
                ident = row.get("id")
                yield get(
                    source,
                    f"/businesses/{ident}/reviews",
                    {"limit": 20},
                    key_in=KEY,
                    for_mention=f"{source.id}:{ident}",
                )
    elif "reviews" in reply:
        yield from (_review(source, capture, row) for row in must_rows(reply, "reviews"))
    elif "id" in reply and "name" in reply:
        yield _listing(source, reply)
    else:
        raise Unreadable("the reply is neither businesses nor reviews; Yelp may have changed its form")


def _bare(url: str) -> str:
    """Return a listing's address without Yelp's marks of who asked."""
    return url.split("?", 1)[0]


def _listing(source: Source, row: Row) -> Mention:
    ident, name, url = text(row.get("id")), text(row.get("name")), web(row.get("url"))
    if ident is None or name is None:
        raise Unreadable("a business of the reply has no id; Yelp may have changed its form")
    votes = count(row.get("review_count"))
    lines = (text(at(row, f"location.address{n}")) for n in (1, 2, 3))
    phone = text(row.get("display_phone")) or text(row.get("phone"))
    facts: list[Fact] = [
        ("name", name),
        ("street_address", ", ".join(filter(None, lines))),
        ("address_locality", text(at(row, "location.city"))),
        ("address_region", text(at(row, "location.state"))),
        ("postal_code", text(at(row, "location.zip_code"))),
        ("telephone", phone),
        ("permanently_closed", "true" if row.get("is_closed") is True else None),
    ]
    facts += [("specialty", text(at(one, "title"))) for one in items(row, "categories")]
    rating = number(row.get("rating")) if votes else None
    return mention(
        source,
        Kind.LISTING,
        _bare(url) if url else f"https://www.yelp.com/biz/{ident}",
        name,
        site_id=ident,
        facts=facts,
        rating_value=rating,
        best_rating=STARS if rating else None,
        review_count=votes,
    )


def _review(source: Source, capture: Capture, row: Row) -> Mention:
    url = web(row.get("url")) or capture.url
    code = text(row.get("id")) or next(iter(parse_qs(urlsplit(url).query).get("hrid", [])), None)
    return mention(
        source,
        Kind.REVIEW,
        f"{_bare(url)}?hrid={code}" if code else _bare(url),
        "Yelp review (excerpt)",
        site_id=code,
        listing_key=capture.request.for_mention,
        text=plain(row.get("text")),
        rating_value=number(row.get("rating")),
        best_rating=STARS,
        worst_rating=1.0,
        date_published=(text(row.get("time_created")) or "")[:10] or None,
        author_initials=normalize.initials(text(at(row, "user.name")) or "") or None,
    )
