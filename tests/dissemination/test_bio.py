"""The biography: within every limit, whole sentences, her own facts and nothing else."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from reputation.dissemination.bio import LADDER, tell_all, tell_at, tell_bio, tell_ladder
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
    Certification,
    Confirmation,
    Disclosure,
    Education,
    Location,
    PersonName,
    Profile,
    Right,
    Specialty,
)
from tests.dissemination.counting import counted
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


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


FIXED = words_of(
    "a an and s is are am i my me dr in at of the for by to with member members speaks speak also affiliated interests interest "
    "include professional trained board certified practice accepts accepting new patients appointments call disclosure "
    "disclosures views own reposts not endorsements words works work training has"
)
"""The words that the program adds of its own: none of them states a fact."""


def borne_out(profile: Profile) -> set[str]:
    """Every word that the profile states, and what its specialties and credentials make her."""
    stated = words_of(repr(profile.name)) | words_of(repr(profile.bio)) | words_of(repr(profile.locations))
    for part in (profile.affiliations, profile.certifications, profile.education, profile.specialties):
        stated |= words_of(repr(part))
    stated |= words_of(" ".join((*profile.memberships, *profile.languages, *profile.websites)))
    return stated | {word for one in profile.specialties for word in words_of(role(profile.name, one.label))}


def check(profile: Profile, bio: Bio) -> None:
    """Fail where `bio` breaks a law of every biography."""
    place = next(one for one in platforms() if one.id == bio.platform)
    field = place.field(bio.field)
    assert bio.length == length_in(bio.text, field)
    assert bio.limit is None or bio.length <= bio.limit
    if field.unit is not None:
        assert bio.length == counted(bio.text, field)
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
        assert bio.text, bio.field
        check(profile, bio)


@settings(max_examples=30, deadline=None)
@given(profiles)
def test_every_word_of_a_biography_is_the_profiles_or_states_nothing(profile: Profile) -> None:
    known = borne_out(profile) | FIXED
    for platform, field in (
        ("linkedin", "about"),
        ("orcid", None),
        ("x", "bio"),
        ("hospital_find_a_doctor", None),
    ):
        text = tell_bio(profile, platform, field, on=NOW.date()).text
        assert not words_of(text) - known, text


@settings(max_examples=30, deadline=None)
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


@settings(max_examples=20, deadline=None)
@given(profiles)
def test_the_same_profile_is_told_in_the_same_words(profile: Profile) -> None:
    assert tell_bio(profile, "speaker_bio") == tell_bio(profile, "speaker_bio")


@settings(max_examples=20, deadline=None)
@given(profiles)
def test_the_longer_the_rung_the_more_is_told(profile: Profile) -> None:
    rungs = tell_ladder(profile, "zocdoc")
    assert [len(graphemes(rung.text)) <= limit for rung, limit in zip(rungs, LADDER, strict=True)]
    assert all(rung.length <= limit for rung, limit in zip(rungs, LADDER, strict=True))
    assert len(rungs[-1].left_out) <= len(rungs[0].left_out)


def test_a_biography_reads_as_a_person_would_write_it() -> None:
    assert tell_bio(ROE, "x").text == (
        "Medical oncologist at Example University in Boston, MA. Breast cancer. "
        "Disclosure: Advisory board, Sample Pharma. Views my own; reposts not endorsements."
    )
    assert tell_bio(ROE, "speaker_bio", "short").text == (
        "Jane Q. Roe, MD, PhD, is a medical oncologist at Harbor Cancer Center in Boston, MA, and Associate Professor of "
        "Medicine at Example University. Dr. Roe's professional interests are breast cancer and Hodgkin lymphoma.\n\n"
        "In Dr. Roe's words: “I explain every choice in plain words.”\n\nDisclosure: Advisory board, Sample Pharma."
    )
    about = tell_bio(ROE, "linkedin").text
    assert about.startswith(
        "I am a medical oncologist at Harbor Cancer Center in Boston, MA, and Associate Professor"
    )
    assert "\n\nI explain every choice in plain words. I call back the same day.\n\n" in about
    assert (
        "The practice is at 10 Harbor Street and accepts new patients. For appointments, call 617-555-0134."
        in about
    )
    assert about.endswith("Views are my own; reposts are not endorsements.")


def test_at_fifty_characters_it_says_what_she_is_and_where() -> None:
    assert tell_at(ROE, "x", 50).text == "Medical oncologist at Example University."
    assert tell_at(ROE, "vitals", 50).text == "Jane Q. Roe, MD, PhD, is a medical oncologist."
    assert tell_at(ROE, "x", 9999).length <= 160


def test_an_introduction_and_an_orcid_record_do_not_ask_for_appointments() -> None:
    for place in ("speaker_bio", "orcid", "researchgate", "nih_biosketch"):
        assert "555" not in tell_bio(ROE, place).text
        assert "New patients" not in tell_bio(ROE, place).text


def test_she_is_named_in_full_in_the_first_sentence_even_where_no_field_is_stated() -> None:
    bare = Profile(
        right=Right(is_self=True),
        name=PersonName(given="Li", family="Jones", credentials=("MD",)),
        affiliations=(Affiliation(name="Example Hospital", title="Chief, Division of Oncology"),),
    )
    assert tell_bio(bare, "orcid").text == "Li Jones, MD, is Chief, Division of Oncology at Example Hospital."
    only = replace(bare, affiliations=(), bio=BioFacts(interests=("Breast cancer",)))
    assert tell_bio(only, "orcid").text == "Li Jones, MD, has a professional interest in breast cancer."
    assert tell_bio(only, "linkedin").text == "My professional interest is breast cancer."
    assert tell_bio(replace(only, bio=BioFacts()), "orcid").text == "Li Jones, MD"


def test_several_fields_boards_and_scripts_read_as_a_person_would_write_them() -> None:
    double = replace(
        ROE,
        specialties=(Specialty(label="Hematology & Oncology"), Specialty(label="Pain Medicine")),
        certifications=tuple(
            Certification(board="American Board of Internal Medicine", specialty=one)
            for one in ("Hematology", "Oncology")
        ),
        memberships=("ASCO", "American College of Physicians"),
        bio=BioFacts(statement="私は患者の話を聞きます。それから説明します。"),
    )
    text = tell_bio(double, "orcid").text
    assert "is a hematologist and oncologist, and a physician in pain medicine at" in text
    assert "board certified in hematology and oncology by the American Board of Internal Medicine" in text
    assert "a member of ASCO and the American College of Physicians, and speaks English" in text
    assert "In Dr. Roe's words: “私は患者の話を聞きます。それから説明します。”" in text


def test_training_is_told_as_a_person_tells_it() -> None:
    trained = replace(
        ROE,
        education=(Education(institution="Example Medical School", degree="MD", year=2005),),
        certifications=(
            Certification(board="American Board of Internal Medicine", specialty="Medical Oncology"),
        ),
    )
    assert (
        "Board certified in medical oncology by the American Board of Internal Medicine, Dr. Roe trained at "
        "Example Medical School (MD 2005)." in tell_bio(trained, "orcid").text
    )


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
        "One of my patients ran a marathon.", "A 45-year-old woman came to me.", "We cure every patient.", "I am Boston's most trusted oncologist.",
        "Ours is a premier, award-winning practice.", "Treatment is painless.", "You will be cured.",
        "Last year a patient with lymphoma ran a marathon.", "My patient Ana taught me.",
    ):  # fmt: skip
        profile = replace(ROE, bio=BioFacts(statement=f"{boast} I listen."))
        bio = tell_bio(profile, "linkedin")
        assert boast not in bio.text, boast
        assert "I listen." in bio.text
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
