"""Instagram: an account, or one photograph with its likes."""

from __future__ import annotations

import re

from reputation.discovery.reading import Page
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.discovery.sites.social import (
    FOLLOWERS,
    HANDLE,
    count_in,
    name_in_title,
    profile,
)
from reputation.model import Claim, Kind, Mention

_LIKED = re.compile(
    r"(?:and\s+)?(?P<n>\d[\d.,]*\s?[km]?)\s+(?:others?\s+like|likes?\b|others\b)", re.IGNORECASE
)


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return an account, or one photograph with its likes."""
    path = re.search(r"/(?:p|reel)/([\w-]+)", place.url)
    said = page.meta("og:title") or page.title or ""
    handle = next(iter(HANDLE.findall(said)), None) or next(iter(re.findall(r"^Photo by (\S+)", said)), None)
    if path or said.startswith("Photo by"):
        return (
            Mention(
                source=place.source,
                kind=Kind.POST,
                url=place.url,
                title=said,
                key=place.key,
                text=page.meta("og:description"),
                claims=tuple(
                    Claim(field, value)
                    for field, value in (("author", handle), ("likes", count_in(_LIKED, list(page.lines))))
                    if value
                ),
            ),
        )
    name = name_in_title(page)
    if name is None or name.lower() == "instagram":
        return None
    said_by = [page.meta("og:description", "description") or ""]
    claims = [
        ("alternate_name", handle),
        ("followers", count_in(FOLLOWERS, said_by)),
        ("description", said_by[0] or None),
    ]
    return (profile(place, name=HANDLE.sub("", name).strip() or name, claims=claims),)


SITE = Site(
    source="instagram",
    case_matters=True,
    hosts=("instagram.com",),
    site_id=re.compile(r"instagram\.com/(?!explore/)((?:p/|reel/)?[\w.-]+)"),
    mark=lambda page: (page.meta("og:site_name") or "") == "Instagram",
    read=read,
)
