"""Any page with JSON-LD, microdata, RDFa or microformats: whom it is about, what it claims, which reviews it shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reputation.discovery.numbers import count_of, number_of
from reputation.discovery.reading import Page, squeeze, words
from reputation.discovery.structured import Item, every_item, kinds, nested, values, word
from reputation.model import Claim, Kind, Mention
from reputation.normalize import canonical_url, fold, mention_key

CLINICIANS = words(
    "Physician IndividualPhysician PhysiciansOffice Dentist Optician MedicalTherapist Psychologist"
)
PRACTICES = words(
    "MedicalBusiness MedicalClinic MedicalOrganization Hospital DiagnosticLab Pharmacy LocalBusiness ProfessionalService"
    " HealthAndBeautyBusiness HealthClub Restaurant FoodEstablishment Store CommunityHealth Dermatology Gynecologic Nursing"
    " Obstetric Oncologic Optometric Otolaryngologic Pediatric Physiotherapy PlasticSurgery Podiatric PrimaryCare Psychiatric"
    " PublicHealth Emergency Geriatric Midwifery DietNutrition EmergencyService"
)
PEOPLE = words("Person")
OTHERS = words(
    "Organization Corporation CollegeOrUniversity EducationalOrganization NGO Place Product Service Brand Book"
)
ARTICLES = words(
    "Article NewsArticle BlogPosting MedicalScholarlyArticle ScholarlyArticle Report TechArticle OpinionNewsArticle"
    " ReportageNewsArticle AnalysisNewsArticle MedicalWebPage"
)
REVIEWS = words("Review UserReview CriticReview EmployerReview")
POSTS = words("DiscussionForumPosting SocialMediaPosting")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a page was found, and by which source's name its mentions go."""

    source: str
    url: str
    site_id: str | None = None
    saved_as: str | None = None
    """By what a page without an address is known."""

    @property
    def key(self) -> str:
        """The key of the page's subject."""
        return mention_key(self.source, self.site_id or self.saved_as, self.url)


def id_without_address(page: Page) -> str:
    """Return by what a page is known again that was saved without its address: its title and heading."""
    said = fold(f"{page.title or ''}|{page.read('h1') or ''}")
    said = said if said != "|" else fold(page.text[:500])
    return f"saved-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def part_key(source: str, url: str, what: str) -> str:
    """Return the key of one of several things on a page, known by `what` it is called there."""
    said = f"{canonical_url(url)}|{fold(what)}"
    return mention_key(source, hashlib.sha256(said.encode()).hexdigest()[:16], "")


# ---------------------------------------------------------------------------- whom the page is about


def rank_of(item: Item) -> int:
    """Return how likely an item of its type is a page's subject: 0 clinician, 1 practice, 2 person, 3 other, 9 none."""
    types = kinds(item)
    for rank, group in enumerate((CLINICIANS, PRACTICES, PEOPLE, OTHERS)):
        if types & group:
            return rank
    return 8 if nested(item, "aggregateRating") and word(item, "name") else 9


def name_of(item: Item) -> str | None:
    """Return the item's name: `name`, else given and family name, else the legal name."""
    whole = word(item, "name")
    parts = [part for part in (word(item, "givenName"), word(item, "familyName")) if part]
    return whole or " ".join(parts) or word(item, "legalName", "alternateName")


def subject_of(page: Page) -> Item | None:
    """Return the item that the page is about, its parts in several notations merged; None where none is.

    A suggested doctor stands inside another item or is not named in the page's title and heading.
    """
    named = [
        item for item in every_item(_not_by_the_way(page.structured)) if rank_of(item) < 9 and name_of(item)
    ]
    ratings = [item for item in page.structured if "AggregateRating" in kinds(item)]
    if not named:
        return _of_rating(ratings[0]) if ratings else None
    headline = fold(" ".join(filter(None, (page.read("h1"), page.title, page.meta("og:title")))))

    def worth(pair: tuple[int, Item]) -> tuple[int, int, int, int]:
        n, item = pair
        is_named = fold(name_of(item) or "") in headline
        rated = bool(nested(item, "aggregateRating"))
        return (not is_named if rank_of(item) < 3 else 1, rank_of(item), not rated, n)

    best = min(enumerate(named), key=worth)[1]
    whole = _merged(best, [item for item in named if item is not best])
    if (
        ratings
        and "aggregateRating" not in whole["properties"]
        and is_of(ratings[0], fold(name_of(best) or ""))
    ):
        whole["properties"]["aggregateRating"] = ratings[:1]
    return whole


def _of_rating(rating: Item) -> Item | None:
    """A rating that stands alone names what it is of."""
    name = word(rating, "itemReviewed", "item", "name")
    inside = nested(rating, "itemReviewed", "item")
    if name is None:
        return None
    properties = {"name": [name], **(inside[0]["properties"] if inside else {}), "aggregateRating": [rating]}
    return {"type": ["Thing"], "properties": properties}


def _not_by_the_way(items: Sequence[Item]) -> list[Item]:
    """Leave out what names the site or the writer, not the subject: breadcrumbs, reviews, publishers."""
    return [
        item
        for item in items
        if not kinds(item) & words("BreadcrumbList Review WebSite SearchAction ImageObject")
    ]


def _merged(best: Item, others: Iterable[Item]) -> Item:
    """Complete `best` by what items of the same name say, never adding one rating to another."""
    whole: Item = {"type": list(best["type"]), "properties": dict(best["properties"])}
    name = fold(name_of(best) or "")
    for other in others:
        if fold(name_of(other) or "") == name and rank_of(other) <= 8:
            for key, found in other["properties"].items():
                whole["properties"].setdefault(key, found)
    return whole


# ---------------------------------------------------------------------------- what it claims


def claims_of(item: Item) -> tuple[Claim, ...]:
    """Return what the item says of itself, in the order of schema.org's own pages, each once."""
    found: list[tuple[str, str | None]] = [("name", name_of(item))]
    found += [("telephone", text) for text in texts(item, "telephone")]
    for contact in nested(item, "contactPoint"):
        found += [("telephone", text) for text in texts(contact, "telephone")]
    found += [("fax_number", text) for text in texts(item, "faxNumber")]
    addresses = address_claims(item)
    for name, field in _FIELDS:
        found += [(field, text) for text in texts(item, name)]
    found += _identifiers(item)
    found += _hours(item)
    own = dict.fromkeys(Claim(field, text) for field, text in found if text)
    # An address's parts stay together, though two addresses share a city.
    return (*own, *(Claim(field, text) for field, text in addresses if text))


_FIELDS = (
    ("medicalSpecialty", "specialty"),
    ("jobTitle", "job_title"),
    ("honorificSuffix", "credential"),
    ("hasCredential", "credential"),
    ("email", "email"),
    ("url", "url"),
    ("sameAs", "same_as"),
    ("image", "image"),
    ("photo", "image"),
    ("description", "description"),
    ("worksFor", "affiliation"),
    ("affiliation", "affiliation"),
    ("hospitalAffiliation", "affiliation"),
    ("practicesAt", "affiliation"),
    ("alumniOf", "alumni_of"),
    ("memberOf", "member_of"),
    ("gender", "gender"),
    ("knowsLanguage", "language"),
    ("availableLanguage", "language"),
    ("openingHours", "opening_hours"),
    ("isAcceptingNewPatients", "accepting_new_patients"),
    ("priceRange", "price_range"),
)


def texts(item: Item, name: str) -> list[str]:
    """Return the property's values as texts: a nested item stands for its name, or for the address of its picture."""
    found = []
    for value in values(item, name):
        said = (
            word(value, "name", "url", "contentUrl", "@id")
            if isinstance(value, dict)
            else squeeze(str(value))
        )
        said = said or (value.get("id") if isinstance(value, dict) else None)
        if said:
            found.append(_without_vocabulary(said))
    return found


def _without_vocabulary(text: str) -> str:
    return re.sub(r"^https?://(?:www\.)?schema\.org/", "", text).removeprefix("mailto:").removeprefix("tel:")


def address_claims(item: Item) -> list[tuple[str, str | None]]:
    """Return the item's addresses part by part, each address once, in page order."""
    found: list[tuple[str, str | None]] = []
    seen: set[tuple[str | None, ...]] = set()
    for address in _addresses(item):
        street = ", ".join(dict.fromkeys(text for name in _STREET for text in texts(address, name)))
        parts = (street or None, *(word(address, name) for name, _ in _ADDRESS))
        if any(parts) and parts not in seen:
            seen.add(parts)
            told = zip(("street_address", *(field for _, field in _ADDRESS)), parts, strict=True)
            # A region in digits is a site's internal id.
            found += [
                (field, part)
                for field, part in told
                if not (field == "address_region" and (part or "").isdigit())
            ]
    return found


_STREET = ("streetAddress", "extendedAddress")
_ADDRESS = (
    ("addressLocality", "address_locality"),
    ("addressRegion", "address_region"),
    ("postalCode", "postal_code"),
    ("addressCountry", "address_country"),
)


def _addresses(item: Item, depth: int = 0) -> list[Item]:
    own = [address for address in nested(item, "address") if address["properties"]]
    plain = [text for text in values(item, "address") if isinstance(text, str) and text]
    own += [{"type": ["PostalAddress"], "properties": {"streetAddress": [text]}} for text in plain]
    for name in (
        "workLocation",
        "location",
        "hasPOS",
        "practicesAt",
        "worksFor",
        "affiliation",
        "department",
    ):
        for place in nested(item, name):
            own += _addresses(place, depth + 1) if depth < 3 and len(own) < 50 else []
    return own


def _hours(item: Item) -> list[tuple[str, str | None]]:
    """The hours of `openingHoursSpecification` in the form of `openingHours`: "Mo,Tu 09:00-17:00"."""
    found: list[tuple[str, str | None]] = []
    for one in nested(item, "openingHoursSpecification"):
        days = ",".join(day[:2] for day in texts(one, "dayOfWeek") if day)
        opens, closes = word(one, "opens"), word(one, "closes")
        if days and opens and closes:
            span = f"{opens[:5]}-{closes[:5]}" if opens != closes else "closed"
            found.append(("opening_hours", f"{days} {span}"))
    return found


def _identifiers(item: Item) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = [("npi", text) for text in texts(item, "usNPI")]
    for value in nested(item, "identifier"):
        label = word(value, "propertyID", "name") or ""
        found += [("npi", word(value, "value"))] if "npi" in label.lower() else []
    return found


# ---------------------------------------------------------------------------- ratings


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """A rating as printed, on its own scale; None where nothing is said."""

    rating_value: float | None = None
    best_rating: float | None = None
    worst_rating: float | None = None
    rating_count: int | None = None
    review_count: int | None = None


def rating_of(item: Item) -> Rating:
    """Return the item's aggregate rating; 0 stars from 0 ratings is unrated, which is None."""
    for rating in nested(item, "aggregateRating") or ([item] if "AggregateRating" in kinds(item) else []):
        found = Rating(
            rating_value=number_of(word(rating, "ratingValue")),
            best_rating=number_of(word(rating, "bestRating")),
            worst_rating=number_of(word(rating, "worstRating")),
            rating_count=count_of(word(rating, "ratingCount")),
            review_count=count_of(word(rating, "reviewCount")),
        )
        return without_zero(found)
    return Rating()


def without_zero(rating: Rating) -> Rating:
    """Return `rating` with no value where nobody has rated."""
    counted = [count for count in (rating.rating_count, rating.review_count) if count is not None]
    if rating.rating_value == 0 and (not any(counted) or (rating.worst_rating or 1) > 0):
        return Rating(rating_count=rating.rating_count, review_count=rating.review_count)
    if rating.rating_value is None:
        return replace(rating, best_rating=None, worst_rating=None)
    return rating


# ---------------------------------------------------------------------------- mentions


def listing(item: Item, place: Place, *, title: str | None = None) -> Mention:
    """Return the listing that `item` describes."""
    rating = rating_of(item)
    return Mention(
        source=place.source,
        kind=Kind.LISTING,
        url=place.url,
        title=title or name_of(item) or place.url,
        key=place.key,
        text=word(item, "description"),
        rating_value=rating.rating_value,
        best_rating=rating.best_rating,
        worst_rating=rating.worst_rating,
        rating_count=rating.rating_count,
        review_count=rating.review_count,
        claims=claims_of(item),
    )


def is_of(review: Item, name: str) -> bool:
    """Whether a review that stands alone names no other person as its subject."""
    for reviewed in nested(review, "itemReviewed", "item"):
        other = fold(name_of(reviewed) or "")
        if (
            name
            and other
            and kinds(reviewed) & (CLINICIANS | PEOPLE)
            and other not in name
            and name not in other
        ):
            return False
    return True
