"""Reads any page of the web: search results, profiles with their reviews, articles, a practice's own page.

A site is told by its host, else by its markup; what no site's reader knows is read by its structured data, and
without such data by what it shows.  A page that says nothing is `Unreadable`: silence is not absence.
"""

from __future__ import annotations

import contextlib
import json
import re
from urllib.parse import unquote, urlsplit

from reputation.discovery import serp
from reputation.discovery.printed_dates import dated, saved_on
from reputation.discovery.reading import (
    Page,
    address_of,
    decode,
    has_markup,
    host_of,
    is_splittable,
    is_web,
    open_page,
    page_of_text,
)
from reputation.discovery.sites.directory import is_persons, place_of, read_list
from reputation.discovery.sites.registry import SITES
from reputation.discovery.sites.site import Site
from reputation.discovery.sites.web_page import read as read_any
from reputation.discovery.walls import fault_of, wall_of
from reputation.errors import Blocked, Unreadable
from reputation.model import Kind, Mention
from reputation.normalize import fold


def read_page(body: bytes, url: str, media_type: str | None = None) -> tuple[Mention, ...]:
    """Return what a page of results, a profile, its reviews or an article says, in page order.

    The first listing of a profile page is its subject.  An engine's real "no results" is an empty tuple.

    Raises:
        Blocked: the page is a bot wall.
        Unreadable: the page cannot be read, or says nothing: a script shell, a cut-off page, an error page.
    """
    found = read(page_of(body, url, media_type))
    day = saved_on(body)
    return tuple(dated(mention, day) for mention in found) if day else found


def page_of(body: bytes, url: str, media_type: str | None = None) -> Page:
    """Return what was saved as a page: HTML, text, Markdown, or a page's state as JSON; raises `Unreadable`."""
    url = url if is_splittable(url) else ""
    if _ARCHIVE.match(body[:4096]):
        from reputation.discovery.archives import open_saved  # noqa: PLC0415  (the parsers of archives are wanted here alone)

        saved = open_saved(body, "page.mhtml")[0]
        body, media_type, url = saved.body, saved.media_type, url if is_web(url) else saved.url or url
    text = decode(body, media_type)
    if text.lstrip()[:1] in ("{", "["):
        with contextlib.suppress(ValueError, RecursionError):
            state = json.dumps(json.loads(text, strict=False), ensure_ascii=False).replace("</", "<\\/")
            return open_page(f'<script type="application/json">{state}</script>', url)
    return open_page(text, url) if has_markup(text) else page_of_text(_with_heading(text), url)


def _with_heading(text: str) -> str:
    """Return pasted text with the name of the clinician at its top as the heading that it was on the page.

    Only a line that is a name with a title or a degree is one: a name alone may be a reviewer's or a reporter's.
    """
    lines = text.splitlines()
    if any(line.startswith("#") for line in lines):
        return text
    for number, line in enumerate(lines[:_TOP]):
        name = line.strip()
        if len(name) <= _LONGEST_NAME and is_persons(name) and _NAME_ALONE.fullmatch(name):
            return "\n".join([*lines[:number], f"# {name}", *lines[number + 1 :]])
    return text


_TOP = 12
"""Lines of pasted text among which its heading stands."""
_LONGEST_NAME = 80
_NAME_ALONE = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*|de|da|del|van|von|der|la|bin|al)(?: +(?:[^\W\d_a-z][\w.'’-]*|de|da|del|van|von|der|la|bin|al)){1,6}"
    r"(?:, *[A-Z][A-Za-z]{0,4}(?:[.-][A-Z][A-Za-z]{0,2}){0,3}\.?){0,5}"
)
"""A name and degrees, and no word of a sentence."""

_ARCHIVE = re.compile(
    rb"\s*(?:bplist00|(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,12}?content-type:\s*multipart/related\b)",
    re.IGNORECASE,
)
"""Chrome's MHTML and Safari's web archive begin so."""


def read(page: Page) -> tuple[Mention, ...]:
    """Return what an open page says; raises as `read_page` does."""
    wall = wall_of(page.html)
    if wall:
        raise Blocked(
            f"{_where(page)} asks for proof of a human ({wall}); open it yourself and save the page"
        )
    results = serp.read_results(page, page.url)
    if results is not None:
        return results
    site = site_of(page)
    place = site.place(page) if site else None
    found = site.read(page, place) if site and site.read and place else None
    if site and place and place.site_id is None and (found is None or _is_single(found)):
        found = read_list(page, site) or found
    if found and not _is_bare(found):
        return found
    fault = fault_of(page.html)
    if fault:
        raise Unreadable(f"{_where(page)} is {fault}; try again later, or save the page anew")
    if found and _names_somebody(page, found[0]):
        return found
    found = read_any(page, place or place_of(page), site)
    if not found:
        raise Unreadable(
            f"{_where(page)} says nothing without its scripts; save it from the browser once it is shown"
        )
    return found


def _is_single(found: tuple[Mention, ...]) -> bool:
    return sum(one.kind in (Kind.LISTING, Kind.PROFILE) for one in found) < 2


def _is_bare(found: tuple[Mention, ...]) -> bool:
    """Whether a profile holds nothing but its heading: it may be an error's, "Page not found"."""
    first = found[0]
    told = {claim.field for claim in first.claims}
    return (
        len(found) == 1
        and first.kind in (Kind.LISTING, Kind.PROFILE)
        and first.rating_value is None
        and told <= _HEADING_FIELDS
    )


_HEADING_FIELDS = frozenset({"name", "job_title", "handle", "address_region"})
_LEAST = 300
"""Characters of visible text below which a heading alone is no profile, unless it is a person's or the address's."""


def _names_somebody(page: Page, mention: Mention) -> bool:
    """Whether the heading of a bare profile is a name: printed as a person's, in the address, or with text below it.

    Without an address there is nothing to compare it with, and it is believed; a place on Google Maps may have
    an address of digits, and its reader knows its title.
    """
    if not is_web(mention.url) or mention.source == "google-maps":
        return True
    name = (mention.claimed("name") or (mention.title,))[0]
    path = fold(unquote(urlsplit(mention.url).path))
    words = re.findall(r"[^\W\d_]{3,}", fold(name))
    return len(page.text) >= _LEAST or is_persons(name) or any(word in path for word in words)


def site_of(page: Page) -> Site | None:
    """Return the site that the page belongs to: by its host, else by its markup; None where none is known."""
    address = address_of(page)
    for site in SITES:
        if site.has(address):
            return site
    return next((site for site in SITES if site.mark and site.mark(page)), None)


def _where(page: Page) -> str:
    return host_of(address_of(page)) or page.title or "the page"
