"""The forms of the biography, each read back by a reader that is not ours where there is one."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import vobject
from hypothesis import given, settings

from reputation.dissemination.bio import tell_bio
from reputation.dissemination.formats import FORMATS, bio_files, format_bio
from reputation.errors import UsageError
from reputation.model import Bio, Ids, OwnProfile, PersonName, Profile
from tests.dissemination.people import profiles
from tests.dissemination.test_bio import ROE

JANE = replace(
    ROE,
    ids=Ids(npi="1234567893", orcid="0000-0002-1825-0097"),
    profiles=(
        OwnProfile(url="https://www.linkedin.com/in/jane-roe-example", platform="linkedin"),
        OwnProfile(url="https://www.instagram.com/roe.garden.example", purpose="personal"),
        OwnProfile(url="javascript:alert(1)"),
    ),
)
SCHEMA_ORG = {
    "Person": "name givenName additionalName familyName honorificPrefix honorificSuffix jobTitle worksFor alumniOf "
    "knowsAbout knowsLanguage memberOf identifier url image sameAs",
    "IndividualPhysician": "name usNPI medicalSpecialty telephone address practicesAt isAcceptingNewPatients url sameAs",
    "MedicalOrganization": "name telephone address",
    "Organization": "name",
    "EducationalOrganization": "name",
    "PropertyValue": "propertyID value",
    "PostalAddress": "streetAddress addressLocality addressRegion postalCode",
}
"""Types and properties published at schema.org (29.0) that may be used; none of them is a rating."""
RESUME = {
    "basics": "name label image email phone url summary location profiles",
    "work": "name location description position url startDate endDate summary highlights",
    "education": "institution url area studyType startDate endDate score courses",
    "certificates": "name date url issuer",
    "languages": "language fluency",
    "interests": "name keywords",
}
"""The properties of JSON Resume, schema 1.0.0."""


def bios(*names: str, profile: Profile = JANE) -> list[Bio]:
    return [tell_bio(profile, name) for name in names]


def nodes(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for item in value for node in nodes(item)]
    if isinstance(value, dict):
        return [value, *(node for item in value.values() for node in nodes(item))]
    return []


def test_json_ld_uses_published_types_and_gives_itself_no_stars() -> None:
    document = json.loads(format_bio(JANE, [], "jsonld"))
    for node in nodes(document["@graph"]):
        assert set(node) - {"@type", "@id"} <= set(SCHEMA_ORG[node["@type"]].split())
    person, physician = document["@graph"]
    assert physician["usNPI"] == "1234567893"
    assert "https://www.linkedin.com/in/jane-roe-example" in person["sameAs"]
    assert not [url for url in person["sameAs"] if "instagram" in url or "javascript" in url]


def test_json_ld_is_safe_in_a_script_block() -> None:
    hostile = replace(
        JANE, name=PersonName(given="</script><script>alert(1)", family="Roe <!--", credentials=("MD",))
    )
    text = format_bio(hostile, [], "jsonld")
    assert not re.search("[<>&]", text)
    assert json.loads(text)["@graph"][0]["givenName"] == "</script><script>alert(1)"


def test_a_nurse_is_no_physician_in_json_ld() -> None:
    nurse = replace(JANE, name=PersonName(given="Jane", family="Roe", credentials=("NP",)))
    assert [node["@type"] for node in json.loads(format_bio(nurse, [], "jsonld"))["@graph"]] == ["Person"]


def test_json_resume_knows_its_schema() -> None:
    resume = json.loads(format_bio(JANE, [], "jsonresume"))
    for name, value in resume.items():
        if name == "$schema":
            continue
        for item in value if isinstance(value, list) else [value]:
            assert set(item) <= set(RESUME[name].split())
    assert resume["basics"]["name"] == "Jane Q. Roe, MD, PhD"
    assert resume["work"] == [{"name": "Example University", "position": "Associate Professor of Medicine"}]


def test_a_vcard_is_read_by_another_reader() -> None:
    card = vobject.readOne(format_bio(JANE, [], "vcard"))
    assert card.fn.value == "Jane Q. Roe, MD, PhD"
    assert card.n.value.family == "Roe"
    assert card.tel.value == "617-555-0134"
    assert card.url.value == "https://roe.example.com"


@settings(max_examples=40, deadline=None)
@given(profiles)
def test_every_vcard_can_be_read_and_keeps_to_75_bytes_a_line(profile: Profile) -> None:
    text = format_bio(profile, [], "vcard")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert vobject.readOne(text).n.value.family == profile.name.family


def test_one_field_is_its_text_and_nothing_else() -> None:
    assert format_bio(JANE, bios("x"), "text") == f"{tell_bio(JANE, 'x').text}\n"


def test_a_field_without_a_known_limit_comes_as_a_ladder() -> None:
    text = format_bio(JANE, bios("doximity"), "text")
    assert "nobody has published its limit" in text
    assert text.count("-- ") >= 4
    ladder = json.loads(format_bio(JANE, bios("doximity"), "json"))["bios"][0]["ladder"]
    lengths = [rung["length"] for rung in ladder]
    assert lengths == sorted(lengths)
    assert lengths[0] <= 160


def test_html_escapes_what_she_wrote() -> None:
    hostile = replace(JANE, bio=replace(JANE.bio, statement="I <b>listen</b> & <script>alert(1)</script>."))
    text = format_bio(hostile, bios("hospital_find_a_doctor", profile=hostile), "html")
    assert "<script>" not in text
    assert "I &lt;b&gt;listen&lt;/b&gt; &amp;" in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_makes_files(name: str) -> None:
    files = bio_files(JANE, bios("x", "us_news", "doximity"), name)
    assert files
    assert all(len(text) > 2 and "/" not in file for file, text in files.items())
    if name in {"text", "html", "markdown", "json"}:
        assert set(files) == {
            f"x.bio.{FORMATS[name]}", f"doximity.summary.{FORMATS[name]}", "index.html", "person.jsonld", "resume.json",
            "card.vcf", "card.svg", "card.png", "practice.html",
        }  # fmt: skip


def test_an_unknown_format_is_named_with_those_that_exist() -> None:
    with pytest.raises(UsageError, match="text, html, markdown"):
        format_bio(JANE, [], "pdf")
