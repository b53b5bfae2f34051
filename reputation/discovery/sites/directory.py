"""Profiles of doctors' directories: structured data where there is some, else heading and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urldefrag, urlsplit

from reputation import resources
from reputation.discovery.numbers import count_of, number_of
from reputation.discovery.reading import Page, address_of, host_of, is_web, lines_of, text_of, words
from reputation.discovery.sites import page_state, reviews, schema_org, shown
from reputation.discovery.sites.beside_name import rating_beside, without_nothing
from reputation.discovery.sites.cards import shown_cards
from reputation.discovery.sites.own_part import first_others, own_lines
from reputation.discovery.sites.schema_org import Place, Rating
from reputation.discovery.sites.site import Site
from reputation.discovery.sites.told import told as told_of
from reputation.discovery.structured import Item, every_item, kinds, nested, word
from reputation.model import Claim, Kind, Mention
from reputation.normalize import fold
from reputation.taxonomy import phrases_in

_SPECIALTY = re.compile(
    r"^(?P<what>[A-Z][A-Za-z&,/ -]{2,60}?)\s*\|\s*\d+\+? years? (?:of )?experience", re.IGNORECASE
)
_HONORIFIC = re.compile(r"^(?:dr|dra|prof|mr|mrs|ms|med|doctor)\b", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"\d|reviews?\b|ratings?\b|doctors?\b(?! )|search|results|log in|sign in|^(?:home|about|welcome)$",
    re.IGNORECASE,
)


def heading_of(page: Page) -> str | None:
    """Return the page's heading where it can be somebody's name."""
    for node in page.css("h1")[:10]:
        text = " ".join(lines_of(node)[:1])
        if text and len(text) < 100 and not _NOT_A_NAME.search(text) and not is_brand(page, text):
            return text
    title = page.meta("og:title") or page.title or ""
    first = re.split(r"\s+[|–—•·-]\s+|\s*\|\s*|,\s+(?=[A-Z][a-z]+\s)", title)[0].strip()
    return first if _NAME_IN_TITLE.search(first) and not _NOT_A_NAME.search(first) else None


def is_brand(page: Page, heading: str) -> bool:
    """Whether a heading is the site's own name: it begins with what the page's title ends with, or is its host's."""
    plain = _plain(heading)
    own = [re.split(r"\s+[|–—•·-]\s+|\s*\|\s*", page.title or "")[1:][-1:], [page.meta("og:site_name") or ""]]
    labels = [host_of(page.url).split(".")[-2]] if "." in host_of(page.url) else []
    brands = {_plain(one) for one in (*own[0], *own[1], *labels) if len(_plain(one)) > 3}
    return any(plain == brand or (len(brand) > 9 and plain.startswith(brand)) for brand in brands)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def is_persons(name: str) -> bool:
    """Whether a heading is somebody's name: with "Dr." before it or a degree behind it."""
    return _NAME_IN_TITLE.search(name) is not None


_NAME_IN_TITLE = re.compile(
    r"^(?:dr|dra|prof)\b\.?\s+\w|,\s*(?:M\.?D|D\.?O|Ph\.?D|NP|PA-C|DDS|DMD|DPM|PsyD|LCSW)\b", re.IGNORECASE
)


def read_profile(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return the profile and its reviews; None where the page names nobody."""
    subject = schema_org.subject_of(page)
    heading = heading_of(page)
    if subject is not None and schema_org.rank_of(subject) > 2 and heading:
        subject = None
    if subject is None and heading is None:
        return None
    if subject is not None:
        listed = schema_org.listing(subject, place)
        listed = _titled(listed, heading)
    else:
        listed = Mention(
            source=place.source,
            kind=Kind.LISTING,
            url=place.url,
            title=heading or "",
            key=place.key,
            claims=(Claim("name", heading or ""),),
        )
    listed = complete(listed, page)
    return (listed, *reviews.reviews(reviews.review_items(page, subject), listed))


def _titled(listed: Mention, heading: str | None) -> Mention:
    """Give the name its title back where the markup leaves it outside: "Dra. …"."""
    if heading and heading != listed.title and heading.endswith(listed.title) and _HONORIFIC.match(heading):
        claims = tuple(
            Claim("name", heading) if c == Claim("name", listed.title) else c for c in listed.claims
        )
        return replace(listed, title=heading, claims=claims)
    return listed


def complete(listed: Mention, page: Page) -> Mention:
    """Add what the page only shows: rating, counts, specialty, address, phone; never over what its markup says."""
    lines = own_lines(page, listed.title)
    state = page_state.state_of(page, listed.title)
    if state is not None:
        listed = with_rating(with_claims(listed, page_state.claims_in(state)), page_state.rating_in(state))
    told = {claim.field for claim in listed.claims}
    more: list[Claim] = []
    start = next((n for n, line in enumerate(lines) if fold(line) == fold(listed.title)), 0)
    if "specialty" not in told:
        more += [Claim("specialty", text) for text in _specialties(page, lines, start)[:1]]
    if "street_address" not in told and "address_locality" not in told:
        more += shown.address_claims(shown.addresses_in(lines))
    near = shown.degrees_and_languages(lines[start : start + 12])
    more += [claim for claim in near if claim.field not in told]
    if "npi" not in told:
        more += shown.npi_claims(lines)
    if "telephone" not in told:
        more += [Claim("telephone", number) for number in phones_near(page, lines)]
    listed = replace(listed, claims=(*listed.claims, *more))
    listed = with_claims(listed, dict.fromkeys(told_of(page, listed.title, lines)))
    # Answers to frequent questions may stand in the markup alone.
    answers = [word(item, "text") or "" for item in every_item(page.structured) if "Answer" in kinds(item)]
    own = shown.rating_in([*lines, *answers])
    if own.rating_value is None:
        # Answers to frequent questions stand below the others, and name the one they speak of.
        below = [line for line in page.lines if _speaks_of(line, listed.title)]
        own = without_nothing(shown.rating_in(below), own)
    beside = rating_beside(page, listed.title, lines)
    if own.rating_value is None and beside.rating_value is not None:
        own = beside
    elif own.rating_count is None and own.review_count is None and beside.rating_value == own.rating_value:
        own = replace(own, rating_count=beside.rating_count, review_count=beside.review_count)
    return with_rating(listed, own)


def _speaks_of(line: str, name: str) -> bool:
    """Whether a sentence names the subject by more than the first name."""
    said = set(re.findall(r"[^\W\d_]{3,}", fold(line)))
    own = re.findall(r"[^\W\d_]{3,}", fold(name.split(",", maxsplit=1)[0]))
    return bool(own) and own[-1] in said


def with_claims(listed: Mention, claims: Iterable[Claim]) -> Mention:
    """Return `listed` with those claims of whose fields it has none; an address is taken whole or not at all."""
    told = {claim.field for claim in listed.claims}
    told |= _ADDRESS if told & _ADDRESS else set()
    return replace(listed, claims=(*listed.claims, *(claim for claim in claims if claim.field not in told)))


_ADDRESS = words("street_address address_locality address_region postal_code")


_SPECIALTY_BY_NAME = (
    "[data-qa-target*=pecialit], [data-qa-target*=pecialt], [data-test*=pecialt], [data-testid*=pecialt], [class*=pecialty], [class*=-spec],"
    " [class*=_spec], [data-test-id*=pecializ]"
)
_SPECIALTY_LABEL = re.compile(r"^(?:primary )?special(?:ty|ties|ity|ities)\s*:?\s*", re.IGNORECASE)


def _specialties(page: Page, lines: list[str], start: int) -> list[str]:
    """Return the specialties by their sentence, by the name of their element, or as a line of its own below the name."""
    said = [hit["what"].strip() for line in lines[:40] if (hit := _SPECIALTY.match(line))]
    below = [
        line for line in lines[start + 1 : start + 5] if [fold(line)] == [one[0] for one in phrases_in(line)]
    ]
    return said or _specialties_labelled(page) or below


def _specialties_labelled(page: Page) -> list[str]:
    """Return what elements say that are named after the specialty, between the heading and the first others."""
    heading, others = page.first("h1"), first_others(page)
    if heading is None:
        return []
    start, end = page.position(heading), page.position(others) if others is not None else None
    found = []
    for node in page.css(_SPECIALTY_BY_NAME)[:60]:
        if page.position(node) < start or (end is not None and page.position(node) > end):
            continue
        text = _SPECIALTY_LABEL.sub("", text_of(node)).split(" | ")[0].strip(" ,|•")
        if 3 < len(text) < 60 and not re.search(r"\d|[.:?!]$", text):
            found.append(text)
    return found


def phones_near(page: Page, lines: list[str]) -> list[str]:
    """Return the phones in the subject's own lines; a directory's hotline in the foot of the page is none."""
    own = "\n".join(lines)
    return [number for number in shown.phones_of(page).voice if number in own][:3]


def with_rating(listed: Mention, rating: Rating) -> Mention:
    """Return `listed` with `rating` where it has none of its own; counts are filled in one by one."""
    rating = schema_org.without_zero(rating)
    own = listed.rating_value is not None
    return replace(
        listed,
        rating_value=listed.rating_value if own else rating.rating_value,
        best_rating=listed.best_rating if own else rating.best_rating,
        worst_rating=listed.worst_rating if own else rating.worst_rating,
        rating_count=listed.rating_count if listed.rating_count is not None else rating.rating_count,
        review_count=listed.review_count if listed.review_count is not None else rating.review_count,
    )


def rating_in_comparison(page: Page, name: str) -> Rating:
    """Return the rating in the first column of a "compare with similar doctors" table, whose head is `name`."""
    lines = page.lines
    start = next(
        (n for n, line in enumerate(lines) if re.match(r"compare with similar", line, re.IGNORECASE)), None
    )
    if start is None or not any(line.startswith(name) for line in lines[start + 1 : start + 4]):
        return Rating()
    for line in lines[start:]:
        both = shown.BOTH.match(line)
        if both:
            count = count_of(both["count"])
            is_reviews = (both["what"] or "").lower().startswith("review")
            return Rating(
                rating_value=number_of(both["value"]),
                best_rating=5.0,
                rating_count=None if is_reviews else count,
                review_count=count if is_reviews else None,
            )
    return Rating()


def read_any_profile(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return a profile, or the cards of a list: for sites that need no reader of their own."""
    return read_cards(page, None) or read_profile(page, place)


def read_list(page: Page, site: Site) -> tuple[Mention, ...]:
    """Return the cards of a list of `site` that tells them by no markup; () where the page is no list.

    A page with a subject of its own is none, nor one on which few of the doctors have facts beside their names.
    """
    if schema_org.subject_of(page) is not None:
        return ()
    cards = shown_cards(page, site)
    with_facts = [card for card in cards if card.rating_value is not None or len(card.claims) > 2]
    heading = page.read("h1")
    is_hers = heading is not None and is_persons(heading)
    return cards if len(with_facts) > len(cards) / 2 and not is_hers else ()


def read_cards(page: Page, site: Site | None) -> tuple[Mention, ...]:
    """Return one listing for each doctor of a list, () where the page is no list.

    A list names several clinicians or practices, none of whom the page's heading names.
    """
    listed = [item for item in _listed_items(page) if schema_org.name_of(item)]
    headline = fold(" ".join(filter(None, (page.read("h1"), page.title))))
    if len(listed) < 2 or any(fold(schema_org.name_of(item) or "") in headline for item in listed):
        return ()
    cards: dict[str, Mention] = {}
    for item in listed:
        url = page.link(word(item, "url")) or ""
        source = site.source if site else place_of(page).source
        site_id = site.id_in(url) if site else None
        at = Place(source=source, url=url or (address_of(page) or page.url), site_id=site_id)
        card = schema_org.listing(item, at)
        key = card.key if url else schema_org.part_key(source, at.url, card.title)
        cards.setdefault(key, replace(card, key=key))
    return tuple(cards.values())


def _listed_items(page: Page) -> list[Item]:
    for block in page.structured:
        if kinds(block) & words("ItemList SearchResultsPage CollectionPage MedicalWebPage"):
            lists = [block, *nested(block, "mainEntity", "about")]
            entries = [entry for one in lists for entry in nested(one, "itemListElement")]
            items = [(nested(entry, "item") or [entry])[0] for entry in entries]
            found = [item for item in items if schema_org.rank_of(item) < 2]
            if len(found) > 1:
                return found
    top = [item for item in page.structured if schema_org.rank_of(item) < 2 and word(item, "url")]
    if len({word(item, "url") for item in top}) > 2:
        return top
    clinicians = {
        fold(schema_org.name_of(item) or ""): item
        for item in page.structured
        if schema_org.rank_of(item) == 0
    }
    clinicians.pop("", None)
    others = [
        fold(schema_org.name_of(item) or "") for item in page.structured if schema_org.rank_of(item) < 3
    ]
    return list(clinicians.values()) if not any(_is_named(name, page) for name in others) else []


def _is_named(name: str, page: Page) -> bool:
    """Whether the page's heading or title shares two words with a clinician's name."""
    headline = set(re.findall(r"[^\W\d_]{2,}", fold(" ".join(filter(None, (page.read("h1"), page.title))))))
    own = [
        part
        for part in re.findall(r"[^\W\d_]{2,}", name)
        if part not in ("dr", "md", "do", "dds", "dmd", "np", "pa")
    ]
    return len(headline.intersection(own)) > 1


def place_of(page: Page) -> Place:
    """Return where a page of no known site was found: the source that owns its host, else the host itself."""
    url = address_of(page) or page.url
    if not is_web(url):
        return Place(source=source_at(url), url=url, saved_as=schema_org.id_without_address(page))
    return Place(source=source_at(url), url=urldefrag(url)[0])


def source_at(url: str) -> str:
    """Return the id of the shipped source at whose hosts `url` lies, else an id made of the host."""
    host, path = host_of(url), urlsplit(url).path
    for source_id, entry in resources.table("sources.toml").items():
        for own in (entry.get("options") or {}).get("hosts") or ():
            own_host, _, own_path = str(own).partition("/")
            if (host == own_host or host.endswith(f".{own_host}")) and path.startswith(f"/{own_path}"):
                return source_id
    return re.sub(r"[^a-z0-9]+", "-", host).strip("-") or "page"
