"""`bio`, `bio --drift`, `presence` and `calendar` as their user meets them, on the demonstration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import vobject

from tests.programs import one_line, repaudit


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    done = repaudit("demo", "audit", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "audit"


def test_the_second_quarter_names_the_stale_title_and_the_edited_biography(demo: Path) -> None:
    told = repaudit("bio", "--drift", cwd=demo).stdout
    stale, edited = told.split("\n\n")[:2]
    assert stale.startswith("Healthgrades: stale")
    assert (
        "title: shows “assistant professor”; it should be Associate Professor of Medicine at Example University Hospital"
        in stale
    )
    assert edited.startswith("RateMDs: edited: it shows another text (last exported on 2026-08-15)")
    assert "to paste into about:\n    Miriam Tess Halloran, MD, is a medical oncologist" in edited
    document = json.loads(
        repaudit("bio", "--drift", "--format", "json", "--platform", "vitals", cwd=demo).stdout
    )
    assert [(one["platform"], one["state"]) for one in document["drift"]] == [("vitals", "not_seen")]


def test_the_sealed_record_says_the_same(demo: Path) -> None:
    report = json.loads(repaudit("report", "--format", "json", cwd=demo).stdout)
    drifts = {bio["platform"]: bio["drift"] for bio in report["bios"] if bio["drift"] != "not_seen"}
    assert drifts == {"healthgrades": "stale", "ratemds": "edited"}


def test_what_is_handed_out_is_remembered_and_what_is_only_read_is_not(demo: Path) -> None:
    repaudit("bio", cwd=demo)
    done = repaudit("bio", "--platform", "vitals", cwd=demo)
    assert "repaudit bio --drift" in done.stderr
    document = json.loads(repaudit("bio", "--drift", "--format", "json", cwd=demo).stdout)
    exported = {one["platform"] for one in document["drift"] if one["exported_on"]}
    assert exported == {"healthgrades", "ratemds", "vitals"}


def test_a_folder_holds_every_field_and_the_person_whole(demo: Path) -> None:
    done = repaudit("bio", "-o", "bio", cwd=demo)
    assert done.returncode == 0, done.stderr
    names = {file.name for file in (demo / "bio").iterdir()}
    assert {
        "index.html",
        "card.vcf",
        "card.svg",
        "card.png",
        "practice.html",
        "resume.json",
        "person.jsonld",
    } <= names
    assert {
        "speaker_bio.short.txt",
        "speaker_bio.medium.txt",
        "speaker_bio.long.txt",
        "orcid.biography.txt",
    } <= names
    assert (demo / "bio/card.png").read_bytes().startswith(b"\x89PNG")
    assert vobject.readOne((demo / "bio/card.vcf").read_text(encoding="utf-8")).tel.value == "617-555-0134"


def test_presence_tells_what_to_claim_first_and_which_tips_are_open(demo: Path) -> None:
    told = repaudit("presence", cwd=demo).stdout
    assert "  1. claim Dr. Miriam Halloran, MD: it is about you and stands on page one" in told
    assert "could rise: https://listings.example.net/dr-miriam-halloran stands at 6" in told
    assert "@DrMHalloran fits X, Instagram; whether it is free must be looked up by hand" in told
    assert "professional, owned: https://www.example.org/miriam-halloran" in told
    plan = repaudit("presence", "--engage", cwd=demo).stdout
    assert "[ ] 1. Get involved: no professional account" in plan
    assert " + Breast cancer #bcsm (hashtag): in use" in plan


def test_a_frequency_is_kept_until_she_chooses_another_and_a_wrong_one_is_one_line(demo: Path) -> None:
    profile = demo / "profile.toml"
    page = '\n[[profiles]]\nurl = "https://bsky.app/profile/halloran.example"\nplatform = "bluesky"\n'
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("\n[bio]", f"{page}\n[bio]"), encoding="utf-8"
    )
    assert (
        "bluesky: 3 posts a month; no posts were read"
        in repaudit("presence", "--keep", "bluesky=3", cwd=demo).stdout
    )
    document = json.loads(repaudit("presence", "--json", cwd=demo).stdout)
    assert document["engagement"]["plan"][0]["planned_per_month"] == 3
    assert set(document) == {"schema_version", "audit", "presence", "engagement"}
    done = repaudit("presence", "--keep", "bluesky=often", cwd=demo)
    assert done.returncode == 2
    assert "PLATFORM=N" in one_line(done)


def test_before_any_audit_there_is_a_biography_and_one_line_for_the_rest(tmp_path: Path) -> None:
    text = '[right]\nself = true\n[name]\ngiven = "Jane"\nfamily = "Roe"\n'
    (tmp_path / "profile.toml").write_text(text, encoding="utf-8")
    assert repaudit("bio", "--platform", "orcid", "--length", "50", cwd=tmp_path).stdout == "Jane Roe\n"
    for words in (("bio", "--drift"), ("presence",)):
        done = repaudit(*words, cwd=tmp_path)
        assert done.returncode == 2
        assert "repaudit run" in one_line(done)
