"""The forms of the biography, each read back by a reader that is not ours where there is one."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import fastjsonschema
import pytest
import vobject
from hypothesis import given, settings

from reputation.dissemination.bio import tell_all, tell_bio
from reputation.dissemination.candour import NETWORKING, warnings_about
from reputation.dissemination.facts import gather
from reputation.dissemination.formats import FORMATS, bio_files, format_bio
from reputation.dissemination.platforms import platform
from reputation.dissemination.practice import practice_page
from reputation.dissemination.qr import LARGEST_VERSION, QUIET_ZONE, card_code
from reputation.errors import UsageError
from reputation.model import Bio, Disclosure, Ids, OwnProfile, Personal, PersonName, Profile
from tests.dissemination.people import profiles
from tests.dissemination.test_bio import NOW, ROE

JANE = replace(
    ROE,
    ids=Ids(npi="1234567893", orcid="0000-0002-1825-0097"),
    profiles=(
        OwnProfile(url="https://www.linkedin.com/in/jane-roe-example", platform="linkedin"),
        OwnProfile(url="https://www.instagram.com/roe.garden.example", purpose="personal"),
        OwnProfile(url="javascript:alert(1)"),
    ),
)
TESTS = Path(__file__).parents[1]
with (TESTS / "answers/schema_org.tsv").open(encoding="utf-8", newline="") as _file:
    SCHEMA_ORG = {
        row["type"]: set(row["properties"].split()) for row in csv.DictReader(_file, delimiter="\t")
    }
RESUME = json.loads((TESTS / "schemas/jsonresume-1.3.1.json").read_text(encoding="utf-8"))


def bios(*names: str, profile: Profile = JANE) -> list[Bio]:
    return [tell_bio(profile, name) for name in names]


def nodes(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for item in value for node in nodes(item)]
    if isinstance(value, dict):
        return [value, *(node for item in value.values() for node in nodes(item))]
    return []


def check_json_ld(text: str) -> list[dict[str, Any]]:
    """Fail where a type or a property is not schema.org's, or where praise of oneself is dressed as a rating."""
    graph: list[dict[str, Any]] = json.loads(text)["@graph"]
    for node in nodes(graph):
        assert set(node) - {"@type", "@id"} <= SCHEMA_ORG[node["@type"]], node
        assert not {"aggregateRating", "review", "reviews", "award", "awards"} & set(node)
        assert node.get("isAcceptingNewPatients") in (None, True)
    return graph


def test_json_ld_uses_published_types_and_gives_itself_no_stars() -> None:
    person, physician = check_json_ld(format_bio(JANE, [], "jsonld"))
    assert physician["usNPI"] == "1234567893"
    assert {"@type": "PropertyValue", "propertyID": "NPI", "value": "1234567893"} in person["identifier"]
    assert "https://www.linkedin.com/in/jane-roe-example" in person["sameAs"]
    assert not [url for url in person["sameAs"] if "instagram" in url or "javascript" in url]


@settings(max_examples=30)
@given(profiles)
def test_every_profile_is_json_ld_and_json_resume_by_their_own_schemas(profile: Profile) -> None:
    check_json_ld(format_bio(profile, [], "jsonld"))
    fastjsonschema.validate(RESUME, json.loads(format_bio(profile, [], "jsonresume")))


def test_a_personal_account_is_linked_only_by_who_chose_to_be_one_person() -> None:
    for strategy, linked in ((None, False), ("separate", False), ("integrated", True)):
        chosen = replace(JANE, bio=replace(JANE.bio, identity_strategy=strategy))
        for form in ("jsonld", "vcard", "jsonresume"):
            assert ("roe.garden.example" in format_bio(chosen, [], form).replace("\r\n ", "")) is linked


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


def test_json_resume_is_valid_and_a_wrong_one_would_not_be() -> None:
    resume = json.loads(format_bio(JANE, [], "jsonresume"))
    fastjsonschema.validate(RESUME, resume)
    assert set(resume) <= set(RESUME["properties"])
    for name, published in RESUME["properties"].items():
        value = resume.get(name, [])
        for item in value if isinstance(value, list) else [value] if isinstance(value, dict) else []:
            assert set(item) <= set(published.get("items", published)["properties"])
    assert resume["basics"]["name"] == "Jane Q. Roe, MD, PhD"
    assert resume["work"] == [{"name": "Example University", "position": "Associate Professor of Medicine"}]
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        fastjsonschema.validate(RESUME, {**resume, "education": [{"endDate": "soon"}]})


def test_a_vcard_is_read_by_another_reader() -> None:
    card = vobject.readOne(format_bio(JANE, [], "vcard"))
    assert card.fn.value == "Jane Q. Roe, MD, PhD"
    assert card.n.value.family == "Roe"
    assert card.tel.value == "617-555-0134"
    assert card.url.value == "https://roe.example.com"


@settings(max_examples=15, deadline=None)
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


# ---------------------------------------------------------------------------- the card's code and the practice's page


def test_the_code_holds_the_card_and_no_private_address() -> None:
    private = replace(JANE, personal=Personal(email="jane.at.home@example.com"))
    made = card_code(private, gather(private))
    assert made
    card = vobject.readOne(made.text)
    assert (card.fn.value, card.tel.value) == ("Jane Q. Roe, MD, PhD", "617-555-0134")
    assert "X-SOCIALPROFILE" not in made.text
    assert "example.com" not in made.text.replace("roe.example.com", "")
    assert made.png().startswith(b"\x89PNG\r\n\x1a\n")
    svg = ET.fromstring(made.svg())
    modules = len(list(made.code.matrix)) + 2 * QUIET_ZONE
    assert svg.attrib["width"] == str(4 * modules)


@settings(max_examples=25)
@given(profiles)
def test_every_profile_has_a_code_that_a_camera_can_read(profile: Profile) -> None:
    made = card_code(profile, gather(profile))
    assert made
    assert int(made.code.version) <= LARGEST_VERSION
    assert vobject.readOne(made.text).n.value.family == profile.name.family
    ET.fromstring(made.inline())


def test_facts_are_left_out_before_the_code_is_too_fine() -> None:
    wordy = replace(
        JANE, locations=(replace(JANE.locations[0], name="Harbor " * 60, street="Harbor Street " * 60),)
    )
    made = card_code(wordy, gather(wordy))
    assert made
    assert "ADR" not in made.text
    assert card_code(replace(JANE, name=PersonName(given="J", family="W" * 4000)), gather(JANE)) is None


def test_the_practice_page_stands_alone_and_carries_its_own_data() -> None:
    page = format_bio(JANE, bios("practice_website"), "html")
    assert page.count("<h1") == 1
    assert '<meta name="description" content="Jane Q. Roe, MD, PhD, is a medical oncologist' in page
    assert 'rel="me" href="https://www.linkedin.com/in/jane-roe-example"' in page
    assert 'href="tel:6175550134"' in page
    assert not re.search(r"""<(?:link rel="stylesheet|img|iframe|script src)""", page)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block
    check_json_ld(block[1])


def test_the_practice_page_runs_nothing_of_what_she_wrote() -> None:
    evil = "</script><script>alert(1)</script><b>"
    hostile = replace(
        JANE,
        name=PersonName(given=evil, family=evil, credentials=("MD",)),
        bio=replace(JANE.bio, statement=f"I {evil} listen."),
    )
    page = practice_page(hostile)
    assert page.count("<script") == page.count("</script>") == 1
    assert "<b>" not in page


@settings(max_examples=15)
@given(profiles)
def test_every_network_hears_whose_views_these_are_or_it_is_said_that_it_does_not(profile: Profile) -> None:
    told = tell_all(profile, (), NOW)
    warned = " ".join(warnings_about(profile, told))
    for bio in told:
        place = platform(bio.platform)
        if place.category in NETWORKING and place.field(bio.field).tells == "bio" and bio.text:
            said = re.search(r"\bViews (?:are )?\w", bio.text)
            assert said or place.title in warned or not profile.bio.views_are_my_own
            assert bool(said) <= profile.bio.views_are_my_own


def test_where_candour_does_not_fit_it_is_said() -> None:
    long = replace(
        JANE,
        bio=replace(JANE.bio, disclosures=(Disclosure(what="Advisory board, " + "Sample Pharma " * 12),)),
    )
    told = " ".join(warnings_about(long, bios("x", "linkedin", profile=long)))
    assert "not every disclosure fits on X (bio);" in told
    assert warnings_about(JANE, bios("x", "linkedin")) == ()
    silent = replace(JANE, bio=replace(JANE.bio, views_are_my_own=False, disclosures=()))
    assert "views_are_my_own" in warnings_about(silent, bios("x", profile=silent))[0]
    assert warnings_about(silent, bios("healthgrades", profile=silent)) == ()
    apart = replace(JANE, bio=replace(JANE.bio, identity_strategy="separate"))
    assert "roe.garden" in warnings_about(apart, bios("x", profile=apart))[0]
