from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.discovery.explaining import missing, waterfall
from reputation.discovery.namesakes import namesakes, questions
from reputation.discovery.resolve import match, resolve
from reputation.model import (
    Affiliation,
    Claim,
    Control,
    Education,
    Evidence,
    Ids,
    Judgement,
    Kind,
    License,
    Location,
    MatchDecision,
    Mention,
    OwnProfile,
    PersonName,
    Profile,
    Rank,
    Right,
    Specialty,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)

ADA = Profile(
    right=Right(is_self=True),
    name=PersonName(given="Jane", middle="Q", family="Roe", credentials=("MD",), former=("Whitlock",)),
    ids=Ids(npi="1234567893", orcid="0000-0002-1825-0097"),
    specialties=(Specialty(label="Cardiovascular Disease", taxonomy_code="207RC0000X"),),
    locations=(
        Location(
            name="Harborview General Hospital",
            street="12 Harbor Street",
            suite="Suite 400",
            city="Boston",
            state="MA",
            postal_code="02114",
            phone="617-555-0134",
        ),
    ),
    affiliations=(Affiliation(name="Harborview General Hospital", short_names=("HGH",)),),
    licenses=(License(state="MA", number="12345"),),
    websites=("https://www.drroe.example.com/",),
    profiles=(OwnProfile(url="https://www.linkedin.com/in/jane-roe-demo"),),
)


def listing(
    name: str = "Dr. Jane Roe, MD",
    url: str = "https://www.healthgrades.com/physician/dr-jane-roe-x1",
    **claims: str,
) -> Mention:
    facts = (Claim("name", name), *(Claim(field, value) for field, value in claims.items()))
    return Mention(source="healthgrades", kind=Kind.LISTING, url=url, title=name, claims=facts)


def result(
    url: str, title: str, text: str | None = None, engine: str = "google", position: int = 1
) -> Mention:
    rank = Rank(engine=engine, query="Jane Roe", position=position)
    return Mention(source=engine, kind=Kind.RESULT, url=url, title=title, text=text, ranks=(rank,))


HERS = listing(
    specialty="Cardiologist", address_locality="Boston", address_region="MA", telephone="(617) 555-0134"
)
OTHERS = listing(
    "Jane Roe, DDS",
    "https://www.healthgrades.com/dentist/jane-roe-x9",
    specialty="Dentist",
    address_locality="Duluth",
    address_region="MN",
)


def test_time_grows_with_the_number_of_mentions_and_no_faster() -> None:
    def made(n: int) -> list[Mention]:
        return [
            listing(
                f"Dr. {'Jane' if i % 3 else 'Mary'} {chr(65 + i % 26)}. Roe, MD",
                f"https://site{i % 50}.example.com/p/{i}?utm_source=x",
                specialty="Cardiology",
                street_address=f"{i} Main Street Suite {i % 40}",
                address_region="MA",
            )
            for i in range(n)
        ]

    def spent(n: int) -> float:
        mentions = made(n)
        start = time.process_time()
        assert len(resolve(ADA, mentions)) == n
        return time.process_time() - start

    spent(100)
    small, large = spent(1000), spent(4000)
    assert large < 4.0
    assert large < 10 * small + 0.5


# ---------------------------------------------------------------------------- one judgement


def test_a_listing_that_agrees_is_hers_and_says_why() -> None:
    found = match(ADA, HERS)
    assert found.decision is MatchDecision.MATCH
    assert found.because[0].startswith("the name agrees")
    assert any("telephone number is the same" in one for one in found.because)
    assert abs(sum(one.bits for one in found.weights)) > 5


def test_another_npi_rules_out_whatever_else_agrees() -> None:
    found = match(ADA, replace(HERS, claims=(*HERS.claims, Claim("npi", "1999999992"))))
    assert found.decision is MatchDecision.NON_MATCH
    assert "another NPI" in found.because[0]


def test_an_npi_that_is_none_says_nothing() -> None:
    found = match(ADA, replace(HERS, claims=(*HERS.claims, Claim("npi", "0000000000"))))
    assert found.decision is MatchDecision.MATCH


def test_a_name_alone_is_never_a_match() -> None:
    rare = replace(ADA, name=PersonName(given="Xanthe", family="Quillfeather"))
    assert match(rare, listing("Xanthe Quillfeather")).decision is MatchDecision.POSSIBLE


def test_missing_evidence_is_no_evidence_against() -> None:
    thin = Profile(right=Right(is_self=True), name=ADA.name)
    assert match(thin, HERS).decision is MatchDecision.POSSIBLE
    assert {one.feature for one in match(thin, HERS).weights} <= {"prior", "name", "middle", "credential"}


def test_her_name_in_another_trade_and_place_is_someone_else() -> None:
    assert match(ADA, OTHERS).decision is MatchDecision.NON_MATCH


def test_a_colleague_with_the_same_telephone_is_someone_else() -> None:
    colleague = listing("Dr. Tobias Fairweather, MD", specialty="Cardiology", telephone="617-555-0134")
    assert match(ADA, colleague).decision is MatchDecision.NON_MATCH


def test_a_degree_is_no_state() -> None:
    found = match(ADA, result("https://example.org/1", "Jane Q Roe, MD | Harborview General Hospital"))
    assert found.decision is MatchDecision.MATCH
    assert "place" not in {one.feature for one in found.weights}


@pytest.mark.parametrize(
    ("kind", "claims", "expected"),
    [
        (
            "article",
            {"co_author": "Roe JQ", "affiliation": "Harborview General Hospital, Boston, MA, USA"},
            "match",
        ),
        ("article", {"co_author": "Jane Q Roe", "orcid": "0000-0002-1825-0097"}, "match"),
        ("article", {"co_author": "Quince B"}, "non_match"),
        ("record", {"name": "ROE, JANE Q", "license_number": "12345", "license_state": "MA"}, "match"),
        ("record", {"name": "ROE, JANE", "npi": "1234567893"}, "match"),
    ],
)
def test_other_kinds_are_matched_by_what_they_have(kind: str, claims: dict[str, str], expected: str) -> None:
    facts = tuple(Claim(field, value) for field, value in claims.items())
    one = Mention(
        source="x",
        kind=Kind(kind),
        url="https://example.org/1",
        title="Cardiovascular outcomes",
        claims=facts,
    )
    assert match(ADA, one).decision == expected


def test_an_orcid_of_a_co_author_is_not_hers() -> None:
    claims = (
        Claim("co_author", "Quince B"),
        Claim("orcid", "0000-0001-5109-3700"),
        Claim("co_author", "Jane Q Roe"),
    )
    one = Mention(source="pubmed", kind=Kind.ARTICLE, url="https://example.org/1", title="X", claims=claims)
    assert "orcid" not in {weight.feature for weight in match(ADA, one).weights}


def test_a_sanction_is_never_hers_by_name_field_and_state_alone() -> None:
    claims = (Claim("name", "ROE, JANE"), Claim("specialty", "CARDIOLOGY"), Claim("address_region", "MA"))
    sanction = Mention(
        source="leie", kind=Kind.RECORD, url="https://example.org/leie", title="ROE, JANE", claims=claims
    )
    assert match(ADA, sanction).decision is MatchDecision.POSSIBLE
    proved = replace(sanction, claims=(*claims, Claim("npi", "1234567893")))
    assert match(ADA, proved).decision is MatchDecision.MATCH


def test_a_handle_of_hers_is_as_good_as_her_page() -> None:
    known = replace(ADA, profiles=(OwnProfile(url="https://x.com/janeroemd"),))
    post = Mention(
        source="bluesky",
        kind=Kind.POST,
        url="https://example.org/p",
        title="Talk by @JaneRoeMD",
        text="Dr. Roe spoke",
    )
    assert match(known, post).decision is MatchDecision.MATCH
    assert match(ADA, post).decision is not MatchDecision.MATCH


def test_what_was_published_before_her_training_speaks_against() -> None:
    taught = replace(ADA, education=(Education(institution="Example Medical School", year=2010),))
    old = replace(HERS, date_published="1975", claims=HERS.claims[:2])
    assert "dates" in {one.feature for one in match(taught, old).weights}
    assert match(taught, old).probability < match(ADA, old).probability


def test_an_article_from_before_she_was_born_is_no_match() -> None:
    taught = replace(ADA, education=(Education(institution="Example Medical School", year=2004),))
    claims = (Claim("author", "Jane Roe"), Claim("affiliation", "Harborview General Hospital, Boston"))
    article = Mention(
        source="pubmed",
        kind=Kind.ARTICLE,
        url="https://doi.org/10.5555/1",
        title="Hearts",
        claims=claims,
        date_published="2015",
    )
    assert match(taught, article).decision is MatchDecision.MATCH
    assert match(taught, replace(article, date_published="1962")).decision is not MatchDecision.MATCH


def test_the_address_of_an_orcid_record_is_the_persons() -> None:
    url = "https://orcid.org/{}"
    hers = Mention(
        source="google", kind=Kind.RESULT, url=url.format("0000-0002-1825-0097"), title="J Roe - ORCID"
    )
    assert match(ADA, hers).decision is MatchDecision.MATCH
    other = replace(hers, url=url.format("0000-0001-5109-3700"), title="Jane Roe, Boston, Cardiology - ORCID")
    assert match(ADA, other).decision is not MatchDecision.MATCH


def test_a_waterfall_tells_each_weight_and_what_was_missing() -> None:
    lines = waterfall(match(ADA, OTHERS))
    assert "another specialty, Dentist" in "\n".join(lines)
    assert lines[-1].endswith("so: non-match, probability 0.00")
    assert missing(ADA, OTHERS) == ("NPI", "telephone", "street", "institution", "licence number")


# ---------------------------------------------------------------------------- many mentions


def test_one_page_found_many_ways_is_one_mention() -> None:
    page = "https://www.example.org/dr-roe"
    found = resolve(
        ADA,
        [
            result(page, "Dr. Jane Roe", position=3),
            result(
                "http://m.example.org/dr-roe/?utm_source=x#top",
                "Dr. Jane Roe, cardiologist in Boston",
                engine="bing",
            ),
            result(page, "Dr. Jane Roe", position=5),
        ],
    )
    assert len(found) == 1
    assert found[0].sources == ("bing", "google")
    assert [(rank.engine, rank.position) for rank in found[0].ranks] == [
        ("bing", 1),
        ("google", 3),
        ("google", 5),
    ]
    assert "cardiologist" in found[0].title


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_in_which_mentions_come_never_matters(random: Random) -> None:
    mentions = [
        HERS,
        OTHERS,
        *(result(f"https://example.org/{i % 3}", f"Jane Roe {i}", engine=f"e{i}") for i in range(6)),
    ]
    mixed = list(mentions)
    random.shuffle(mixed)
    assert resolve(ADA, mixed) == resolve(ADA, mentions)


def test_resolving_twice_changes_nothing() -> None:
    once = resolve(ADA, [HERS, OTHERS, result("https://example.org/x", "Jane Roe")])
    assert resolve(ADA, once) == once


def test_two_listings_of_one_page_stay_two() -> None:
    page = "https://directory.example.org/boston"
    two = [
        replace(listing(name, page), key=f"d:{number}")
        for number, name in enumerate(("Jane Roe", "Tobias Vale"))
    ]
    assert len(resolve(ADA, two)) == 2


def test_articles_with_one_doi_are_one() -> None:
    def paper(source: str) -> Mention:
        facts = (Claim("co_author", "Roe J"), Claim("doi", "10.1/ABC"))
        return Mention(
            source=source, kind=Kind.ARTICLE, url=f"https://{source}.example.org/1", title="T", claims=facts
        )

    assert [one.sources for one in resolve(ADA, [paper("pubmed"), paper("crossref")])] == [
        ("crossref", "pubmed")
    ]


def test_a_result_is_as_certain_as_the_page_behind_it() -> None:
    bare = result(HERS.url, "Jane Roe - Healthgrades")
    alone = resolve(ADA, [bare])[0]
    assert alone.match is not None
    assert alone.match.decision is MatchDecision.POSSIBLE
    both = {one.kind: one for one in resolve(ADA, [bare, HERS])}
    strengthened = both[Kind.RESULT].match
    assert strengthened is not None
    assert strengthened.decision is MatchDecision.MATCH
    assert strengthened.because[0].startswith(("the name agrees", "the page behind it"))
    other = {one.kind: one for one in resolve(ADA, [result(OTHERS.url, "Jane Roe - Healthgrades"), OTHERS])}
    weakened = other[Kind.RESULT].match
    assert weakened is not None
    assert weakened.decision is MatchDecision.NON_MATCH


def test_a_review_is_whose_its_listing_is() -> None:
    def review(key: str, of: Mention) -> Mention:
        return Mention(
            source="healthgrades", kind=Kind.REVIEW, url=of.url, title="Rude", key=key, listing_key=of.key
        )

    hers, others = replace(HERS, key="h:1"), replace(OTHERS, key="h:2")
    found = {
        one.key: one for one in resolve(ADA, [review("h:1-r", hers), review("h:2-r", others), hers, others])
    }
    decisions = [one.match.decision for key in ("h:1-r", "h:2-r") if (one := found[key]).match is not None]
    assert decisions == ["match", "non_match"]
    assert found["h:2-r"].control is Control.NOT_ABOUT_ME


def test_what_is_not_about_the_query_stays_with_the_reason() -> None:
    found = resolve(ADA, [result("https://shop.example.net/", "Hiking boots on sale", "Free delivery")])
    assert found[0].match is not None
    assert found[0].match.decision is MatchDecision.NON_MATCH
    assert found[0].match.because == ("the name does not appear in what is known of it",)


# ---------------------------------------------------------------------------- the user's word


def judged(key: str, word: str, day: int = 1, url: str | None = None) -> Judgement:
    return Judgement(
        key=key, word=word, decided_at=NOW.replace(day=day), url=url, source=key.partition(":")[0]
    )


def test_the_users_word_decides_and_can_be_taken_back() -> None:
    key = resolve(ADA, [OTHERS])[0].key
    mine = resolve(ADA, [OTHERS], (judged(key, "mine"),))[0]
    assert mine.match is not None
    assert (mine.match.decision, mine.decision) == (MatchDecision.MATCH, "mine")
    assert mine.match.because[0] == "you said that it is about you"
    back = resolve(ADA, [OTHERS], (judged(key, "not-mine", day=2), judged(key, "mine")))[0]
    assert back.match is not None
    assert back.match.decision is MatchDecision.NON_MATCH


def test_the_users_word_outlives_a_changed_key() -> None:
    word = judged("healthgrades:an-old-id", "not-mine", url=HERS.url + "?utm_source=mail")
    found = resolve(ADA, [replace(HERS, key="healthgrades:a-new-id")], (word,))[0]
    assert found.match is not None
    assert found.match.decision is MatchDecision.NON_MATCH


def test_the_users_word_follows_a_listing_to_another_page_of_its_site_until_it_is_taken_back() -> None:
    old = resolve(ADA, [listing(url="https://site.example.com/a", telephone="312-555-0177")])
    moved = listing(url="https://site.example.com/doctors/b", telephone="(312) 555-0177")
    word = judged(old[0].key, "not-mine", url=old[0].url)
    (second,) = resolve(ADA, [moved], (word,), old)
    assert second.decision == "not-mine"
    (third,) = resolve(ADA, [moved], (word,), (second,))
    assert third.decision == "not-mine"
    assert resolve(ADA, [moved], (), (second,))[0].decision is None
    other = listing(url="https://site.example.com/doctors/c", telephone="312-555-0178")
    assert resolve(ADA, [other], (word,), old)[0].decision is None


def test_the_users_word_on_a_result_holds_whichever_engine_finds_it() -> None:
    page = result("https://example.org/jane", "Jane Roe")
    key = resolve(ADA, [page])[0].key
    again = resolve(ADA, [result(page.url, page.title, engine="bing")], (judged(key, "mine"),))[0]
    assert again.match is not None
    assert again.match.decision is MatchDecision.MATCH


def test_the_users_word_is_evidence_for_what_resembles_it_and_never_proof() -> None:
    doubtful = listing(url="https://other.example.org/1", telephone="312-555-0177")
    judged_one = listing(url="https://third.example.org/1", telephone="312-555-0177")
    key = next(one.key for one in resolve(ADA, [judged_one]))
    plain = resolve(ADA, [doubtful])[0].match
    nudged = next(
        one for one in resolve(ADA, [doubtful, judged_one], (judged(key, "not-mine"),)) if one.key != key
    ).match
    assert plain is not None
    assert nudged is not None
    assert nudged.probability < plain.probability
    assert nudged.decision is not MatchDecision.MATCH


def test_other_words_than_mine_and_not_mine_say_nothing_here() -> None:
    key = resolve(ADA, [HERS])[0].key
    assert resolve(ADA, [HERS], (judged(key, "unfair"),)) == resolve(ADA, [HERS])


# ---------------------------------------------------------------------------- control, namesakes, questions


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        (result("https://drroe.example.com/about", "About | Dr. Roe"), Control.OWNED),
        (result("https://linkedin.com/in/jane-roe-demo/", "Jane Roe - Cardiologist"), Control.CONTROLLED),
        (HERS, Control.INFLUENCED),
        (
            result("https://www.vitals.com/doctors/jane-roe", "Dr. Jane Roe, Cardiologist in Boston, MA"),
            Control.INFLUENCED,
        ),
        (
            result("https://news.example.net/1", "Dr. Jane Roe, cardiologist in Boston, wins"),
            Control.UNCONTROLLED,
        ),
        (OTHERS, Control.NOT_ABOUT_ME),
    ],
)
def test_who_controls_a_page_is_told(mention: Mention, expected: Control) -> None:
    assert resolve(ADA, [mention])[0].control is expected


def test_a_namesake_is_one_person_with_a_label_and_no_news() -> None:
    five = [replace(OTHERS, key=f"h:{i}", url=f"https://site{i}.example.org/jane-roe") for i in range(5)]
    found = namesakes(resolve(ADA, [HERS, *five]))
    assert [(one.label, len(one.urls)) for one in found] == [("dentist in Duluth, MN", 5)]
    review = replace(OTHERS, key="h:r", kind=Kind.REVIEW, url="https://site9.example.org/awful")
    banned = replace(
        OTHERS, key="leie:1", source="leie", kind=Kind.RECORD, url="https://site8.example.org/banned"
    )
    assert namesakes(resolve(ADA, [HERS, *five, review, banned])) == found


def test_only_the_possible_are_asked_about_and_a_listing_before_its_reviews() -> None:
    doubt = replace(listing("Jane Roe"), key="h:1")
    review = Mention(
        source="healthgrades", kind=Kind.REVIEW, url=doubt.url, title="", key="h:1-r", listing_key="h:1"
    )
    asked = questions(
        resolve(ADA, [HERS, OTHERS, doubt, review, result("https://example.org/9", "Jane Roe")])
    )
    assert asked[0].key == "h:1"
    assert "h:1-r" not in {one.key for one in asked}


def test_evidence_of_all_sightings_is_kept() -> None:
    def seen(digest: str) -> Mention:
        proof = Evidence(sha256=digest, url="https://example.org/a", fetched_at=NOW)
        return replace(result("https://example.org/a", "Jane Roe"), evidence=(proof,))

    assert [one.sha256 for one in resolve(ADA, [seen("b"), seen("a")])[0].evidence] == ["a", "b"]


@given(
    st.sampled_from(list(Kind)),
    st.text(max_size=30),
    st.text(max_size=60),
    st.lists(
        st.tuples(
            st.sampled_from(
                "name telephone street_address address_region postal_code npi orcid co_author affiliation url specialty".split()  # noqa: SIM905 - one line
            ),
            st.text(max_size=30),
        ),
        max_size=5,
    ),
)
@settings(max_examples=150, deadline=None)
def test_whatever_a_page_says_it_is_judged_without_an_error(
    kind: Kind, url: str, text: str, claims: list[tuple[str, str]]
) -> None:
    one = Mention(
        source="x",
        kind=kind,
        url=url,
        title=text,
        text=text,
        date_published=text,
        claims=tuple(Claim(*c) for c in claims),
    )
    found = resolve(ADA, [one])
    assert len(found) == 1
    assert found[0].match is not None
    assert found[0].match.decision is not MatchDecision.MATCH
    assert resolve(ADA, found) == found


# ---------------------------------------------------------------------------- laws


_SPECIALTIES = st.sampled_from(["Cardiologist", "Dentist", "Dermatologist", "Chiropractor"])
_PLACES = st.sampled_from([("Boston", "MA"), ("Duluth", "MN"), ("Salem", "OR"), ("Akron", "OH")])


@st.composite
def namesake_pages(draw: st.DrawFn) -> list[Mention]:
    """Return pages of people of her name, on sites of their own."""
    pages = draw(st.lists(st.tuples(_SPECIALTIES, _PLACES), max_size=6))
    return [
        listing(
            "Jane Roe",
            f"https://namesake{number}.example.net/p",
            specialty=specialty,
            address_locality=city,
            address_region=state,
        )
        for number, (specialty, (city, state)) in enumerate(pages)
    ]


@given(namesake_pages())
@settings(max_examples=60, deadline=None)
def test_pages_of_namesakes_never_change_what_is_said_of_hers(others: list[Mention]) -> None:
    own = [HERS, result("https://news.example.net/1", "Jane Roe, cardiologist in Boston, wins"), OTHERS]
    alone = {one.key: (one.match, one.control) for one in resolve(ADA, own)}
    among = {one.key: (one.match, one.control) for one in resolve(ADA, [*own, *others])}
    assert {key: among[key] for key in alone} == alone


@given(
    st.sampled_from(["http://", "https://", "https://www.", "https://m.", "http://amp."]),
    st.sampled_from(["", "/", "/amp", "?utm_source=x&gclid=1", "?fbclid=2#reviews"]),
)
def test_a_page_is_one_however_it_is_reached(begin: str, end: str) -> None:
    plain = result("https://clinic.example.com/team/roe", "Jane Roe, cardiologist in Boston")
    twin = result(f"{begin}clinic.example.com/team/roe{end}", plain.title, engine="bing")
    (one,) = resolve(ADA, [plain, twin])
    assert {rank.engine for rank in one.ranks} == {"google", "bing"}


@given(st.sampled_from(["mine", "not-mine"]), st.sampled_from([HERS, OTHERS]))
def test_her_word_on_one_page_never_decides_another(word: str, said_of: Mention) -> None:
    other = listing("Jane Roe", "https://other.example.org/9", telephone="312-555-0177")
    key = resolve(ADA, [said_of])[0].key
    plain = resolve(ADA, [other])[0].match
    found = {one.key: one.match for one in resolve(ADA, [said_of, other], (judged(key, word),))}
    assert plain is not None
    assert found[resolve(ADA, [other])[0].key] == plain
