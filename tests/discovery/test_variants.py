"""The forms of a name, and the queries made of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.discovery.variants import (
    contexts,
    family_parts,
    handles,
    misspelled,
    name_variants,
    queries,
    sites_of,
    unaccented,
)
from reputation.model import (
    Affiliation,
    Ids,
    License,
    Location,
    OwnProfile,
    Personal,
    PersonName,
    Practice,
    Profile,
    Right,
    Specialty,
)

JANE = Profile(
    right=Right(is_self=True),
    name=PersonName(
        given="Jane",
        family="Roe",
        middle="Quinn",
        credentials=("MD",),
        former=("Jane Doe",),
        nicknames=("Janie",),
    ),
    ids=Ids(npi="1234567893"),
    personal=Personal(email="jane@example.org"),
    specialties=(Specialty(label="Internal Medicine, Medical Oncology Physician"),),
    locations=(Location(name="Harbor Oncology", city="Boston", state="MA", phone="617-555-0134"),),
    affiliations=(Affiliation(name="Harbor General Hospital", short_names=("HGH",)),),
    licenses=(License(state="NH"),),
    profiles=(OwnProfile(url="https://bsky.app/profile/drjaneroe"),),
    practice=Practice(name="Harbor Oncology"),
)


def texts(profile: Profile, *, misspellings: bool = False) -> list[str]:
    return [variant.text for variant in name_variants(profile, misspellings=misspellings)]


def named(**name: object) -> Profile:
    return replace(JANE, name=PersonName(**({"given": "Jane", "family": "Roe"} | name)))  # type: ignore[arg-type]  # built from words


def test_the_plain_name_comes_first() -> None:
    assert texts(JANE)[0] == "Jane Roe"


@pytest.mark.parametrize(
    "form",
    [
        "Jane Quinn Roe", "Jane Q. Roe", "J. Q. Roe", "JQ Roe", "Roe JQ", "J. Roe", "Roe, Jane", "Jane Doe", "Janie Roe",
        "Dr. Jane Roe", "Jane Roe MD", "Quinn Roe",
    ],
)  # fmt: skip
def test_every_form_of_the_article_is_there(form: str) -> None:
    assert form in texts(JANE)


def test_a_former_family_name_alone_takes_the_given_name() -> None:
    assert "Jane Doe" in texts(named(former=("Doe",)))


def test_nicknames_go_both_ways() -> None:
    assert "Bill Roe" in texts(named(given="William"))
    assert "William Roe" in texts(named(given="Bill"))


@pytest.mark.parametrize(
    ("family", "parts"),
    [
        ("Roe-Smith", {"Roe Smith", "Roe", "Smith"}),
        ("García López", {"García-López", "García", "López"}),
        ("van der Berg", {"Vanderberg", "Berg"}),
        ("Roe", set()),
    ],
)
def test_a_compound_family_name_is_shortened_and_joined(family: str, parts: set[str]) -> None:
    assert set(family_parts(family)) == parts


def test_diacritics_are_kept_and_dropped() -> None:
    found = texts(named(given="José", family="Muñoz"))
    assert {"José Muñoz", "Jose Munoz"} <= set(found)
    assert unaccented("Søren Łukasz Weiß") == "Soren Lukasz Weiss"


def test_a_generational_suffix_is_printed_with_and_without() -> None:
    assert {"Jane Roe", "Jane Roe Jr."} <= set(texts(named(suffix="Jr.")))


def test_misspellings_come_only_when_asked_for() -> None:
    assert "Philips" in misspelled("Phillips")
    assert "misspelling" not in {variant.kind for variant in name_variants(named(family="Phillips"))}
    asked = name_variants(named(family="Phillips"), misspellings=True)
    assert "Jane Philips" in {variant.text for variant in asked if variant.kind == "misspelling"}


WORDS = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll"]), min_size=1, max_size=12)
NAMES = st.builds(
    PersonName,
    given=WORDS,
    family=st.lists(WORDS, min_size=1, max_size=3).map("-".join)
    | st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    middle=st.none() | WORDS,
    suffix=st.none() | st.sampled_from(["Jr.", "III"]),
    credentials=st.lists(WORDS, max_size=2).map(tuple),
    former=st.lists(WORDS, max_size=2).map(tuple),
    nicknames=st.lists(WORDS, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(NAMES, st.booleans())
def test_no_form_is_given_twice_and_the_plain_name_is_always_among_them(
    name: PersonName, slips: bool
) -> None:
    found = texts(replace(JANE, name=name), misspellings=slips)
    assert len({text.casefold() for text in found}) == len(found)
    assert found[0] == f"{name.given} {name.family}"
    assert all(text == " ".join(text.split()) for text in found)


@settings(max_examples=40, deadline=None)
@given(NAMES, st.integers(min_value=0, max_value=60))
def test_queries_keep_to_the_budget_and_never_repeat(name: PersonName, budget: int) -> None:
    profile = replace(JANE, name=name)
    found = [query.text for query in queries(profile, name_variants(profile), budget)]
    assert len(found) <= budget
    assert len(set(found)) == len(found)


def test_the_first_query_is_the_plain_name_and_a_small_budget_asks_what_patients_and_colleagues_ask() -> None:
    found = list(queries(JANE, name_variants(JANE), 7))
    assert found[0] == ('"Jane Roe"', "Jane Roe", "none")
    assert [query.context for query in found] == [
        "none",
        "city",
        "specialty",
        "reviews",
        "practice",
        "institution",
        "publications",
    ]
    assert '"Jane Roe" Medical Oncology' in {query.text for query in found}


def test_every_context_of_the_article_is_asked_within_a_large_budget() -> None:
    found = {query.context for query in queries(JANE, name_variants(JANE), 500)}
    wanted = "none city specialty reviews practice institution publications credentials state malpractice endorsement npi phone email handle site"
    assert found == set(wanted.split())
    assert ("institution", '"HGH"') in set(contexts(JANE))


def test_sites_that_cannot_be_asked_are_asked_for_through_an_engine() -> None:
    found = [query.text for query in queries(JANE, name_variants(JANE), 100)]
    assert 'site:healthgrades.com "Jane Roe"' in found
    assert "yelp.com" in sites_of("useful")


def test_every_variant_is_asked_for_by_itself() -> None:
    variants = name_variants(JANE)
    found = {query.variant for query in queries(JANE, variants, 300) if query.context == "none"}
    assert found == {variant.text for variant in variants}


def test_a_handle_is_the_last_part_of_an_own_address() -> None:
    urls = [
        "https://x.com/drjaneroe/",
        "https://www.tiktok.com/@jane.roe",
        "https://janeroe.example.org",
        "https://a.example.org/x.html",
    ]
    profile = replace(JANE, profiles=tuple(OwnProfile(url=url) for url in urls))
    assert list(handles(profile)) == ["drjaneroe"]


def test_a_profile_of_a_name_alone_still_yields_queries() -> None:
    bare = Profile(right=Right(is_self=True), name=PersonName(given="Jane", family="Roe"))
    assert [query.text for query in queries(bare, (), 4)] == [
        '"Jane Roe"',
        '"Jane Roe" reviews',
        '"Jane Roe" publications',
        'site:healthgrades.com "Jane Roe"',
    ]
