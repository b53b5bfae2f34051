"""Time to say of 10,000 mentions whether they are about one clinician: under 5 s, and linear.

    python benchmarks/bench_identity.py

A quarter each are directory listings, search results, articles with seven authors and reviews, all under names
and addresses of their own.  Processor time, since the machine may be shared.  Ends with 1 where it misses its mark.
"""

from __future__ import annotations

import sys
import time

from reputation.discovery.resolve import resolve
from reputation.model import (
    Affiliation,
    BioFacts,
    Claim,
    Ids,
    Kind,
    Location,
    Mention,
    PersonName,
    Profile,
    Rank,
    Right,
    Specialty,
)

MENTIONS, LIMIT_S, MOST_GROWTH = 10_000, 5.0, 6.0
GIVEN = "Jane Mary Susan Anne Joan Janet Jean Laura Ruth Helen Carol Alice Emma Clara Nora".split()  # noqa: SIM905 - a table of one line
FAMILIES = "Roe Rowe Roy Poe Doe Smith Whitlock Abernathy Okafor Tolliver Brandt".split()  # noqa: SIM905 - likewise
WORDS = "The visit was on time and the staff explained what would happen next. "

PROFILE = Profile(
    right=Right(is_self=True),
    name=PersonName(given="Jane", middle="Q", family="Roe", credentials=("MD",)),
    ids=Ids(npi="1234567893"),
    specialties=(Specialty(label="Cardiovascular Disease", taxonomy_code="207RC0000X"),),
    locations=(Location(street="12 Harbor Street", city="Boston", state="MA", phone="617-555-0134"),),
    affiliations=(Affiliation(name="Harborview General Hospital", short_names=("HGH",)),),
    bio=BioFacts(interests=("heart failure", "echocardiography")),
)


def name(number: int) -> str:
    """Return one of 4,290 names, a fifteenth of them hers."""
    letter = chr(65 + number % 26)
    return f"{GIVEN[number % len(GIVEN)]} {letter}. {FAMILIES[number % 7 * number % len(FAMILIES)]}"


def listing(number: int) -> Mention:
    """Return a directory's entry."""
    facts = {
        "name": f"Dr. {name(number)}, MD",
        "specialty": ("Cardiology", "Dermatology", "Dentist")[number % 3],
        "street_address": f"{number} Main Street Suite {number % 40}",
        "address_region": "MA",
        "telephone": f"(617) 555-{100 + number % 100:04d}",
    }
    claims = tuple(Claim(field, value) for field, value in facts.items())
    url = f"https://site{number % 50}.example.com/p/{number}?utm_source=x"
    return Mention(source="healthgrades", kind=Kind.LISTING, url=url, title=facts["name"], claims=claims)


def result(number: int) -> Mention:
    """Return a hit of a search engine."""
    who = name(number)
    return Mention(
        source="google",
        kind=Kind.RESULT,
        url=f"https://site{number % 50}.example.com/r/{number}",
        title=f"{who}, MD - Cardiologist in Boston, MA - page {number}",
        text=f"{who} sees patients at Harborview General Hospital. Call 617-555-0134. {WORDS * 2}",
        ranks=(Rank(engine="google", query="Jane Roe", position=1 + number % 10),),
    )


def article(number: int) -> Mention:
    """Return an article of seven authors."""
    authors = [Claim("co_author", f"{name(number * 7 + one)}") for one in range(6)]
    place = f"Department {number % 300} of Cardiology, Harborview General Hospital, Boston, MA"
    return Mention(
        source="pubmed",
        kind=Kind.ARTICLE,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{number}/",
        title=f"Outcome {number} of heart failure after ward {number % 900}",
        date_published=str(1990 + number % 30),
        claims=(Claim("name", name(number)), Claim("affiliation", place), *authors),
    )


def review(number: int) -> Mention:
    """Return a review on one of 100 listings."""
    return Mention(
        source="healthgrades",
        kind=Kind.REVIEW,
        url=f"https://www.healthgrades.com/physician/x{number % 100}#r{number}",
        title="",
        text=f"{number}: {WORDS * 5}",
        listing_key=f"healthgrades:x{number % 100}",
    )


def spent(count: int) -> float:
    """Return the processor time for `count` mentions, in seconds."""
    makers = (listing, result, article, review)
    mentions = [makers[number % 4](number) for number in range(count)]
    start = time.process_time()
    resolve(PROFILE, mentions)
    return time.process_time() - start


def main() -> int:
    """Print the times of a quarter of the mentions, of all, and of four times as many."""
    spent(100)
    small, whole, large = spent(MENTIONS // 4), spent(MENTIONS), spent(MENTIONS * 4)
    print(
        f"identity: {MENTIONS // 4:,} mentions {small:.1f} s, {MENTIONS:,} {whole:.1f} s, {MENTIONS * 4:,} {large:.1f} s of processor time"
    )
    print(
        f"          {MENTIONS:,} in under {LIMIT_S:.0f} s, and four times as many in at most {MOST_GROWTH:.0f} times that"
    )
    return int(whole > LIMIT_S or large > MOST_GROWTH * whole)


if __name__ == "__main__":
    sys.exit(main())
