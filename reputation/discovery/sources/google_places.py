"""Google Places (New): stars, number of ratings, phone and the few reviews that Google shows.

Source: https://developers.google.com/maps/documentation/places/web-service/text-search.  Nothing but the place id may be kept
(`retention = "id_only"`).  A reply of the old API is read too, since some keys still get it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation import normalize
from reputation.discovery.sources.asking import get, post
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import plain_name, shares_name, town_of
from reputation.discovery.sources.replies import (
    Row,
    at,
    count,
    day,
    distinct,
    must_rows,
    number,
    plain,
    read_object,
    rows,
    text,
    web,
    words_of,
)
from reputation.errors import AuthRefused, Quota, Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

KEY = "header:X-Goog-Api-Key"
STARS = 5.0
_FIELDS = [
    "id",
    "displayName",
    "formattedAddress",
    "nationalPhoneNumber",
    "websiteUri",
    "googleMapsUri",
    "rating",
    "userRatingCount",
    "businessStatus",
]
_OLD_ERRORS = {"OVER_QUERY_LIMIT": Quota, "REQUEST_DENIED": AuthRefused}


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Search for her, and for each practice, in the town of the first location."""
    town = town_of(profile)
    degree = next(iter(profile.name.credentials), None)
    names = [" ".join(filter(None, (plain_name(profile), degree)))]
    names += [name for name in (profile.practice.name, *(place.name for place in profile.locations)) if name]
    mask = ",".join(f"places.{field}" for field in _FIELDS)
    for name in distinct(names):
        query = " ".join(filter(None, (name, town)))
        payload = {"textQuery": query, "pageSize": 10, "languageCode": "en"}
        # What was asked is kept as the variant, for the second step to tell her entry from its neighbours.
        yield post(
            source,
            "/places:searchText",
            payload,
            headers=(("X-Goog-FieldMask", mask),),
            key_in=KEY,
            variant=name,
        )


def parse(source: Source, capture: Capture) -> Iterator[Mention | Request]:
    """Yield a listing a place and a review each; the places found by name are asked for their reviews."""
    reply = read_object(capture)
    if "error" in reply:
        raise Unreadable(f'Google says "{words_of(reply)}"; try again later')
    if "status" in reply:
        yield from _old(source, reply)
    elif "places" in reply:
        for place in must_rows(reply, "places"):
            yield _listing(source, place)
            if shares_name(capture.request.variant or "", _title(place)) and count(
                place.get("userRatingCount")
            ):
                mask = (("Accept", "application/json"), ("X-Goog-FieldMask", ",".join([*_FIELDS, "reviews"])))
                yield get(source, f"/places/{place['id']}", headers=mask, key_in=KEY)
    elif "id" in reply or "reviews" in reply:
        if "id" in reply:
            yield _listing(source, reply)
        yield from (_review(source, row) for row in rows(reply, "reviews"))
    elif reply:
        raise Unreadable("the reply is neither places nor a place; Google may have changed its form")


def _title(place: Row) -> str:
    return text(at(place, "displayName.text")) or "without a name"


def _listing(source: Source, place: Row) -> Mention:
    ident = text(place.get("id"))
    if ident is None:
        raise Unreadable("a place of the reply has no id; Google may have changed its form")
    votes = count(place.get("userRatingCount"))
    facts: list[Fact] = [
        ("name", _title(place)),
        ("street_address", text(place.get("formattedAddress"))),
        ("telephone", text(place.get("nationalPhoneNumber"))),
        ("url", web(place.get("websiteUri"))),
        ("business_status", text(place.get("businessStatus"))),
    ]
    url = web(place.get("googleMapsUri")) or f"https://www.google.com/maps/place/?q=place_id:{ident}"
    rating = number(place.get("rating")) if votes else None
    return mention(
        source,
        Kind.LISTING,
        url,
        _title(place),
        site_id=ident,
        facts=facts,
        rating_value=rating,
        best_rating=STARS if rating else None,
        rating_count=votes,
    )


def _review(source: Source, row: Row) -> Mention:
    name = text(row.get("name")) or ""
    parts = name.split("/")
    place = parts[1] if len(parts) > 3 else None
    url = web(row.get("googleMapsUri")) or f"https://www.google.com/maps/place/?q=place_id:{place}"
    return mention(
        source,
        Kind.REVIEW,
        url,
        "Google review",
        site_id=parts[-1] or None,
        listing_key=normalize.mention_key(source.id, place, url) if place else None,
        text=plain(at(row, "originalText.text")) or plain(at(row, "text.text")),
        rating_value=number(row.get("rating")),
        best_rating=STARS,
        worst_rating=1.0,
        date_published=day(row.get("publishTime")),
        author_initials=normalize.initials(text(at(row, "authorAttribution.displayName")) or "") or None,
    )


def _old(source: Source, reply: Row) -> Iterator[Mention]:
    """Read the old API, whose status stands inside a 200."""
    status, said = str(reply["status"]), text(reply.get("error_message")) or ""
    if status not in ("OK", "ZERO_RESULTS"):
        raise _OLD_ERRORS.get(status, Unreadable)(f'Google says "{status}: {said}"; see the plan of your key')
    single = reply.get("result")
    for row in [single] if isinstance(single, dict) else rows(reply, "results"):
        ident = text(row.get("place_id"))
        place = {
            "id": ident or text(row.get("url")) or "unnamed",
            "displayName": {"text": row.get("name")},
            "formattedAddress": row.get("formatted_address"),
            "nationalPhoneNumber": row.get("formatted_phone_number"),
            "websiteUri": row.get("website"),
            "googleMapsUri": row.get("url"),
            "rating": row.get("rating"),
            "userRatingCount": row.get("user_ratings_total"),
            "businessStatus": row.get("business_status"),
        }
        listing = _listing(source, place)
        yield listing
        for review in rows(row, "reviews"):
            yield mention(
                source,
                Kind.REVIEW,
                listing.url,
                "Google review",
                site_id=f"{place['id']}-{review.get('time')}",
                listing_key=listing.key,
                text=plain(review.get("text")),
                rating_value=number(review.get("rating")),
                best_rating=STARS,
                worst_rating=1.0,
                date_published=_from_epoch(review.get("time")),
                author_initials=normalize.initials(text(review.get("author_name")) or "") or None,
            )


def _from_epoch(value: object) -> str | None:
    from datetime import UTC, datetime  # noqa: PLC0415 - the old API alone counts seconds

    seconds = number(value)
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds and 0 < seconds < 1e10 else None
