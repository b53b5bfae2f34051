"""Profiles and posts on social sites, as a visitor or a signed-in reader saves them.

Counts stand in the page's language; a page that was saved signed in also holds the reader's own data, which is
never read.
"""

from __future__ import annotations

import re

from reputation.discovery.numbers import count_of
from reputation.discovery.reading import Page, squeeze
from reputation.discovery.sites.schema_org import Place
from reputation.model import Claim, Kind, Mention

_TAIL = re.compile(
    r"\s*(?:\||[-–—•·])\s*(?:(?:Home|Startseite|Accueil|Inicio|Posts|About|Info)\s*(?:\||[-–—])\s*)?"
    r"(?:Facebook|LinkedIn|Instagram(?: photos and videos)?|X|Twitter|YouTube|nitter|Threads|TikTok|ResearchGate|Doximity)\s*$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^\(\d+\+?\)\s*|^(?:Experience|Education|About|Activity)\s*\|\s*", re.IGNORECASE)
HANDLE = re.compile(r"\(?(@[\w.]{2,30})\)?")


def profile(
    place: Place, *, name: str, claims: list[tuple[str, str | None]], text: str | None = None
) -> Mention:
    """Return a social profile; a claim without a value is left out."""
    told = [("name", name), *claims]
    return Mention(
        source=place.source,
        kind=Kind.PROFILE,
        url=place.url,
        title=name,
        key=place.key,
        text=text,
        claims=tuple(dict.fromkeys(Claim(field, squeeze(value)) for field, value in told if value)),
    )


def name_in_title(page: Page) -> str | None:
    """Return the name that the page's title gives, without the site's name and what stands round it."""
    title = page.meta("og:title") or page.title
    if not title:
        return None
    for _ in range(3):
        title = _HEAD.sub("", _TAIL.sub("", title)).strip()
    return title.split(" | ")[0].strip() or None


FOLLOWERS = re.compile(
    r"(?P<n>\d[\d.,\u00a0\u202f ]*\s?(?:[KM]\b|Mio\.?|Tsd\.?)?)\s*(?:Personen haben (?:das|dies|Visit)?|people follow|followers?\b|Abonnenten|abonnés|seguidores|personas siguen)",
    re.IGNORECASE,
)
"""A count of followers, in the languages seen."""


def count_in(pattern: re.Pattern[str], lines: list[str]) -> str | None:
    """Return the count in the first line that `pattern` matches, as digits; None where there is none."""
    for line in lines:
        found = pattern.search(line)
        if found:
            count = count_of(next(filter(None, found.groups()), None))
            return str(count) if count is not None else None
    return None


def without_site(title: str) -> str:
    """Return a title without the site's name at its end."""
    return _TAIL.sub("", title)
