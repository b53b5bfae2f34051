"""Facebook: pages and profiles, with counts in the language of the page."""

from __future__ import annotations

import re

from reputation.discovery.reading import Page
from reputation.discovery.sites import reviews, schema_org
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.discovery.sites.social import (
    FOLLOWERS,
    count_in,
    name_in_title,
    profile,
)
from reputation.model import Mention

_LIKES = re.compile(
    r"(?P<n>\d[\d.,\u00a0\u202f ]*\s?(?:[KM]\b|Mio\.?|Tsd\.?)?)\s*(?:Personen gefällt|people like|likes?\b|Mal\b|J.aime|personas les gusta|Me gusta)"
    r"|Gefällt (?P<m>\d[\d.,\u00a0\u202f ]*)",
    re.IGNORECASE,
)


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return a page or profile; one with a rating is a listing."""
    name = name_in_title(page)
    if name is None:
        return None
    subject = schema_org.subject_of(page)
    if subject is not None and schema_org.rating_of(subject).rating_value is not None:
        listed = schema_org.listing(subject, place)
        return (listed, *reviews.reviews(reviews.review_items(page, subject), listed))
    said = [*page.lines, page.meta("og:description", "description") or ""]
    claims = [("likes", count_in(_LIKES, said)), ("followers", count_in(FOLLOWERS, said))]
    if subject is not None:
        claims += [
            (claim.field, claim.value) for claim in schema_org.claims_of(subject) if claim.field != "name"
        ]
    return (profile(place, name=name, claims=claims, text=page.meta("og:description", "description")),)


SITE = Site(
    source="facebook",
    hosts=("facebook.com",),
    site_id=re.compile(r"facebook\.com/(?!pages/|profile\.php)([\w.-]+)/?(?:[?#]|$)"),
    mark=lambda page: (page.title or "").endswith("| Facebook"),
    read=read,
)
