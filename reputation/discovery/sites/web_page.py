"""Any page of no known site: its structured data, an article's text, or what a practice's own page shows."""

from __future__ import annotations

import re

from reputation.discovery.reading import Page, address_of, host_of
from reputation.discovery.sites import article, directory, reviews, schema_org, shown
from reputation.discovery.sites.beside_name import rating_beside
from reputation.discovery.sites.own_part import own_lines
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.discovery.sites.told import hours, status
from reputation.discovery.structured import Item
from reputation.model import Claim, Kind, Mention
from reputation.normalize import fold

_LEAST = 120
"""Characters of visible text below which a page without markup says nothing, unless it is a person's card."""


def read(page: Page, place: Place, site: Site | None = None) -> tuple[Mention, ...]:
    """Return what the page says; nothing where it says nothing of anybody."""
    cards = directory.read_cards(page, site)
    if cards:
        return cards
    posts = article.posts(page, place)
    if len(posts) > 1:
        return posts
    subject = schema_org.subject_of(page)
    is_business = subject is not None and schema_org.rank_of(subject) < 2 and _says_much(subject)
    if article.article_of(page) is not None or (article.is_article(page) and not is_business):
        return article.read(page, place)
    if subject is not None and (schema_org.rank_of(subject) < 3 or _says_much(subject)):
        listed = schema_org.listing(subject, place)
        listed = directory.complete(listed, page) if schema_org.rank_of(subject) < 3 else listed
        return (listed, *reviews.reviews(reviews.review_items(page, subject), listed))
    alone = reviews.review_items(page, None)
    if subject is None and alone:
        return _reviews_alone(alone, place)
    return _shown(page, place)


def _says_much(subject: Item) -> bool:
    """Whether an organisation or product is more than the name of the site that publishes the page."""
    told = {claim.field for claim in schema_org.claims_of(subject)}
    return (
        bool(told & {"telephone", "street_address"}) or schema_org.rating_of(subject).rating_value is not None
    )


def _reviews_alone(items: list[Item], place: Place) -> tuple[Mention, ...]:
    """A page of reviews names what they are of inside each."""
    first = schema_org.texts(items[0], "itemReviewed") or schema_org.texts(items[0], "item")
    name = first[0] if first else place.url
    listed = Mention(
        source=place.source,
        kind=Kind.LISTING,
        url=place.url,
        title=name,
        key=place.key,
        claims=(Claim("name", name),),
    )
    return (listed, *reviews.reviews(items, listed))


# ---------------------------------------------------------------------------- a page with no markup


def _shown(page: Page, place: Place) -> tuple[Mention, ...]:
    """What a practice's own page shows; a page without any way to reach somebody is read as prose."""
    name = name_of(page)
    heading = directory.heading_of(page)
    person = heading if heading and directory.is_persons(heading) else None
    lines = own_lines(page, person) if person else list(page.lines)
    numbers = (
        _numbers_in(shown.phones_of(page), lines) if len(lines) < len(page.lines) else shown.phones_of(page)
    )
    addresses = shown.addresses_in(lines)
    emails = shown.emails_of(page)
    is_card = person is not None and bool(numbers.voice or addresses)
    if len(page.text) < _LEAST and not is_card and not page.meta("og:title"):
        return ()
    if not (numbers.voice or addresses or emails):
        return article.read(page, place) if article.prose_of(page) else ()
    claims = [Claim("name", person)] if person else []
    claims += [Claim("affiliation" if person else "name", name)] if name and name != person else []
    claims += [Claim("telephone", number) for number in numbers.voice]
    claims += [Claim("fax_number", number) for number in numbers.fax]
    claims += shown.address_claims(addresses) or shown.city_claims(page.lines)
    claims += [Claim("email", address) for address in emails]
    claims += shown.npi_claims(page.lines)
    claims += [*status(lines), *hours(lines)]
    listed = Mention(
        source=place.source,
        kind=Kind.LISTING,
        url=place.url,
        title=person or name or page.title or place.url,
        key=place.key,
        text=page.meta("description", "og:description") or article.prose_of(page),
        claims=tuple(claims),
    )
    return (directory.with_rating(listed, rating_beside(page, person, lines)) if person else listed,)


def _numbers_in(numbers: shown.Phones, lines: list[str]) -> shown.Phones:
    """Return those numbers that stand in `lines`: other doctors' are not hers."""
    own = "\n".join(lines)
    return shown.Phones(*(tuple(number for number in group if number in own) for group in numbers))


_SEPARATOR = re.compile(r"\s+[|–—»:•·]\s+|\s+-\s+")


def name_of(page: Page) -> str | None:
    """Return whose page it is: the site's own name, else the part of the title that names it, else the heading.

    A title tells the page and the site, "Dental Care | Example Health", in either order: the part that the
    page's copyright line, logo or address repeats is the site's.
    """
    site_name = page.meta("og:site_name")
    if site_name:
        return site_name
    parts = [part.strip() for part in _SEPARATOR.split(page.title or "") if part.strip()]
    text = fold(page.text)
    for n in range(len(parts) - 1):
        # "Example University - School of Medicine - Contact" of the Example University School of Medicine.
        if not _OF_ANY_SITE.match(parts[n]) and fold(joined := f"{parts[n]} {parts[n + 1]}") in text:
            return joined
    if len(parts) > 1:
        return max(parts, key=lambda part: (_repeated(page, part), parts.index(part)))
    return (parts[0] if parts else None) or page.read("h1")


_OF_ANY_SITE = re.compile(
    r"^(?:contact(?: us)?|about(?: us)?|home(?: ?page)?|welcome(?: to)?|our (?:team|doctors|providers|services|staff|locations?)|locations?|services"
    r"|meet (?:the|our) \w+|team|staff|appointments?|directions|blog|news|reviews|testimonials|faqs?|careers|insurance)$",
    re.IGNORECASE,
)
"""Titles of pages that any site has, and that are no part of its name."""


def _repeated(page: Page, part: str) -> int:
    """How often the page's marks of ownership repeat `part`."""
    own = [line for line in page.lines if "©" in line or "copyright" in line.lower()]
    own += [node.attributes.get("alt") or "" for node in page.css("img[alt]")[:40]]
    host = re.sub(r"[^a-z]", "", place_host(page))
    plain = re.sub(r"[^a-z]", "", fold(part))
    return sum(fold(part) in fold(line) for line in own) + 3 * (plain[:8] in host and len(plain) > 3)


def place_host(page: Page) -> str:
    """Return the page's host, "" where none is known."""
    return host_of(address_of(page))
