"""LinkedIn: public profiles and articles, and pages saved signed in, whose own data are the reader's and not read."""

from __future__ import annotations

import re

from reputation.discovery.reading import Page
from reputation.discovery.sites import article, schema_org
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.discovery.sites.social import (
    name_in_title,
    profile,
    without_site,
)
from reputation.model import Mention

_POSITION = re.compile(
    r"^(?P<company>.{2,80}?)\s+·\s+(?:Full-time|Part-time|Self-employed|Contract|Internship|Freelance|Apprenticeship|Seasonal)$"
)


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return an article or a profile: its name, headline and positions."""
    if article.is_article(page):
        return article.read(page, place)
    subject = schema_org.subject_of(page)
    printed = page.read("#name, .top-card-layout__title") or (subject and schema_org.name_of(subject))
    name = printed or (name_in_title(page) or "").split(" - ")[0].strip() or None
    if name is None or "linkedin" in name.lower():
        return None
    headline = page.read(".headline, .top-card-layout__headline, .top-card__subline-item")
    if headline is None and " - " in (page.title or ""):
        headline = without_site(page.title or "").split(" - ", 1)[1]
    claims: list[tuple[str, str | None]] = [("job_title", headline)]
    lines = page.lines
    for n, line in enumerate(lines):
        found = _POSITION.match(line)
        if found and n > 0:
            title = next((one for one in reversed(lines[max(0, n - 3) : n]) if one != line), None)
            claims += [("job_title", title), ("affiliation", found["company"])]
    if subject is not None:
        claims += [
            (claim.field, claim.value) for claim in schema_org.claims_of(subject) if claim.field != "name"
        ]
    return (profile(place, name=name, claims=claims, text=headline),)


SITE = Site(
    source="linkedin",
    hosts=("linkedin.com",),
    site_id=re.compile(r"/in/([\w%-]+)"),
    mark=lambda page: (page.title or "").endswith("| LinkedIn"),
    read=read,
)
