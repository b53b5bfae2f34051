"""The biography: within every limit, whole sentences, her own facts and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from reputation.dissemination.bio import LADDER, tell_all, tell_bio, tell_ladder
from reputation.dissemination.facts import may_be_told, statement_sentences
from reputation.dissemination.length import graphemes, length_in, measure
from reputation.dissemination.platforms import platforms
from reputation.dissemination.wording import name_ladder, role
from reputation.errors import UsageError
from reputation.model import (
    Affiliation,
    Bio,
    BioFacts,
    BioUnit,
    Confirmation,
    Disclosure,
    Location,
    PersonName,
    Profile,
    Right,
    Specialty,
)
from tests.dissemination.people import profiles

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ROE = Profile(
    right=Right(is_self=True),
    name=PersonName(given="Jane", middle="Q", family="Roe", credentials=("MD", "PhD")),
    specialties=(Specialty(label="Internal Medicine, Medical Oncology"),),
    locations=(
        Location(
            name="Harbor Cancer Center", street="10 Harbor Street", city="Boston", state="MA", phone="617-555-0134",
            accepting_new_patients=True,
        ),
    ),
    affiliations=(
        Affiliation(name="Example University", title="Associate Professor of Medicine"),
        Affiliation(name="Old Mill Hospital", title="Attending Physician", until=date(2024, 6, 30)),
    ),
    languages=("English", "Spanish"),
    memberships=("ASCO",),
    websites=("https://roe.example.com",),
    bio=BioFacts(
        statement="I explain every choice in plain words. I call back the same day.",
        interests=("Breast cancer", "Hodgkin lymphoma"),
        disclosures=(Disclosure(what="Advisory board, Sample Pharma", since=date(2025, 1, 1)),),
        views_are_my_own=True,
    ),
)  # fmt: skip
WHOLE = re.compile(r"[.!?…。！？][”\"')\]]*$")


def check(profile: Profile, bio: Bio) -> None:
    """Fail where `bio` breaks a law of every biography."""
    place = next(one for one in platforms() if one.id == bio.platform)
    field = place.field(bio.field)
    assert bio.length == length_in(bio.text, field)
    assert bio.limit is None or bio.length <= bio.limit
    if field.limit_bytes:
        assert measure(bio.text, BioUnit.BYTES) <= field.limit_bytes
    if field.tells == "jsonld":
        return
    assert "  " not in bio.text
    assert bio.text == bio.text.strip()
    assert not re.search(r"\bNone\b|\(\)|,,|\.\.|: \.| ,| \.", bio.text.replace("...", ""))
    if field.tells != "bio" or not bio.text:
        return
    for paragraph in bio.text.split("\n\n"):
        is_link = paragraph.rsplit(" ", 1)[-1].startswith("https://")
        assert WHOLE.search(paragraph) or is_link or bio.text in name_ladder(profile.name), paragraph


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles)
def test_no_biography_breaks_a_limit_or_a_sentence(profile: Profile) -> None:
    for bio in tell_all(profile, (), NOW):
        check(profile, bio)


@settings(max_examples=60, deadline=None)
@given(profiles)
def test_every_fact_is_told_or_said_to_be_left_out(profile: Profile) -> None:
    bio = tell_bio(profile, "linkedin", on=NOW.date())
    sentences = statement_sentences(profile.bio.statement)
    kept = [sentence for sentence in sentences if may_be_told(sentence)]
    left = {path.split(" ")[0] for path in bio.left_out}
    for n, sentence in enumerate(sentences):
        assert (f"bio.statement.{n}" in left) != (sentence in bio.text or not kept)
    for n, society in enumerate(profile.memberships):
        assert society in bio.text or f"memberships.{n}" in left


@settings(max_examples=40, deadline=None)
@given(profiles)
def test_the_same_profile_is_told_in_the_same_words(profile: Profile) -> None:
    assert tell_bio(profile, "speaker_bio") == tell_bio(profile, "speaker_bio")


@settings(max_examples=40, deadline=None)
@given(profiles)
def test_the_longer_the_rung_the_more_is_told(profile: Profile) -> None:
    rungs = tell_ladder(profile, "zocdoc")
    assert [len(graphemes(rung.text)) <= limit for rung, limit in zip(rungs, LADDER, strict=True)]
    assert all(rung.length <= limit for rung, limit in zip(rungs, LADDER, strict=True))
    assert len(rungs[-1].left_out) <= len(rungs[0].left_out)


def test_a_biography_reads_as_a_person_would_write_it() -> None:
    assert tell_bio(ROE, "x").text == (
        "Medical oncologist at Example University in Boston, MA. Breast cancer, Hodgkin lymphoma. "
        "Disclosure: Advisory board, Sample Pharma. Views are my own."
    )
    assert tell_bio(ROE, "speaker_bio", "short").text == (
        "Jane Q. Roe, MD, PhD, is a medical oncologist at Harbor Cancer Center in Boston, MA. Dr. Roe is Associate "
        "Professor of Medicine at Example University. Dr. Roe's professional interests are breast cancer and "
        "Hodgkin lymphoma.\n\nDr. Roe is a member of ASCO.\n\nDisclosure: Advisory board, Sample Pharma."
    )
    about = tell_bio(ROE, "linkedin").text
    assert about.startswith("I am a medical oncologist at Harbor Cancer Center in Boston, MA.")
    assert "\n\nI explain every choice in plain words. I call back the same day.\n\n" in about
    assert about.endswith("Views are my own; reposts are not endorsements.")


def test_her_own_words_are_hers_in_the_third_person() -> None:
    text = tell_bio(ROE, "orcid").text
    assert "In Dr. Roe's words: “I explain every choice in plain words. I call back the same day.”" in text


def test_a_tie_that_is_over_is_not_told_and_one_that_ends_later_is() -> None:
    assert "Old Mill" not in tell_bio(ROE, "linkedin").text
    assert "Old Mill" in tell_bio(ROE, "linkedin", on=date(2024, 1, 1)).text


def test_a_fact_that_nobody_confirmed_is_not_told() -> None:
    unsure = replace(
        ROE, confirmed={"locations.0.phone": Confirmation(source="nppes", as_of=date(2026, 1, 1))}
    )
    bio = tell_bio(unsure, "hospital_find_a_doctor")
    assert "617-555-0134" not in bio.text
    assert "locations.0.phone (not confirmed)" in bio.left_out
    sure = replace(
        ROE, confirmed={"locations.0.phone": Confirmation(source="nppes", confirmed_on=date(2026, 1, 2))}
    )
    assert "617-555-0134" in tell_bio(sure, "hospital_find_a_doctor").text


def test_praise_promises_and_patients_are_left_out_of_a_statement() -> None:
    for boast in (
        "I am the best surgeon in town.", "I guarantee results.", "She is a world-renowned expert.",
        "One of my patients ran a marathon.", "A 45-year-old woman came to me.", "We cure every patient.",
    ):  # fmt: skip
        profile = replace(ROE, bio=BioFacts(statement=f"{boast} I listen."))
        bio = tell_bio(profile, "linkedin")
        assert boast not in bio.text, boast
        assert any("praises" in path for path in bio.left_out)
    for modest in (
        "I do my best.",
        "I teach best practice.",
        "My patients teach me.",
        "I treat patients who have pain.",
    ):
        assert modest in tell_bio(replace(ROE, bio=BioFacts(statement=modest)), "linkedin").text


def test_google_gets_neither_a_number_nor_a_link() -> None:
    text = tell_bio(ROE, "google_business_profile").text
    assert "555" not in text
    assert "http" not in text


def test_links_stand_only_where_they_work() -> None:
    assert "https://roe.example.com" in tell_bio(ROE, "youtube").text
    for dead in ("instagram", "linkedin", "healthgrades"):
        assert "http" not in tell_bio(ROE, dead).text


def test_an_unknown_limit_is_said_to_be_unknown() -> None:
    assert tell_bio(ROE, "doximity").limit is None
    assert tell_bio(ROE, "doximity").length <= 500
    assert tell_bio(ROE, "hospital_find_a_doctor").length <= 1500


def test_a_platform_made_of_records_takes_no_text() -> None:
    bio = tell_bio(ROE, "us_news")
    assert (bio.text, bio.length, bio.limit) == ("", 0, None)


def test_names_that_do_not_exist_are_met_with_those_that_do() -> None:
    with pytest.raises(UsageError, match="did you mean linkedin"):
        tell_bio(ROE, "linkedn")
    with pytest.raises(UsageError, match="display_name, username, bio"):
        tell_bio(ROE, "x", "biography")


@pytest.mark.parametrize(
    ("label", "degrees", "told"),
    [
        ("Internal Medicine, Medical Oncology", ("MD",), "medical oncologist"),
        ("Hematology & Oncology", ("MD",), "hematologist and oncologist"),
        ("Family Medicine", ("DO",), "family physician"),
        ("Orthopaedic Surgery", ("M.D.",), "orthopaedic surgeon"),
        ("Child & Adolescent Psychiatry", ("MD",), "physician in child and adolescent psychiatry"),
        ("Obstetrics & Gynecology", ("MD",), "obstetrician and gynecologist"),
        ("HIV Medicine", ("MD",), "physician in HIV medicine"),
        ("Hematology & Oncology", ("NP",), "nurse practitioner in hematology and oncology"),
        ("Nurse Practitioner, Family", ("NP",), "family nurse practitioner"),
        ("Physician Assistant", ("PA-C",), "physician assistant"),
        ("Medical Oncology", (), "clinician in medical oncology"),
        ("Medical Oncology", ("PhD",), "clinician in medical oncology"),
        ("Clinical Psychologist", ("PsyD",), "clinical psychologist"),
    ],
)
def test_only_a_physician_is_called_an_ist_of_her_field(
    label: str, degrees: tuple[str, ...], told: str
) -> None:
    assert role(PersonName(given="Jane", family="Roe", credentials=degrees), label) == told


def test_a_nurse_with_a_doctorate_is_not_called_doctor() -> None:
    nurse = replace(ROE, name=PersonName(given="Jane", family="Roe", credentials=("DNP", "NP", "PhD")))
    assert "Dr." not in tell_bio(nurse, "orcid").text
    assert tell_bio(nurse, "x", "username").text == "JaneRoeDNP"


def test_a_name_is_never_cut_inside_a_word_or_a_credential() -> None:
    long = PersonName(
        given="Bartholomew", family="Featherstonehaugh-Cholmondeley", credentials=("MD", "FACP")
    )
    profile = replace(ROE, name=long)
    assert tell_bio(profile, "mastodon", "display_name").text == "Featherstonehaugh-Cholmondeley"
    assert tell_bio(profile, "x", "display_name").text == "Bartholomew Featherstonehaugh-Cholmondeley, MD"
    assert tell_bio(profile, "x", "display_name").left_out == ("name.credentials.1",)
    impossible = replace(ROE, name=PersonName(given="J", family="W" * 60))
    assert tell_bio(impossible, "x", "display_name").text == ""


def test_a_handle_is_plain_letters_and_fits() -> None:
    assert tell_bio(ROE, "x", "username").text == "DrJaneRoe"
    accented = replace(ROE, name=PersonName(given="Zoë", family="Müller-Łukasiewicz", credentials=("MD",)))
    assert tell_bio(accented, "x", "username").text == ""
    assert tell_bio(accented, "instagram", "username").text == "DrZoeMullerLukasiewicz"
