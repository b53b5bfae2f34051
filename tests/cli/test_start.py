"""The first ten minutes, with and without a keyboard."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_plus

import pexpect
import pytest

from reputation import config, resources
from tests import registries
from tests.programs import one_line, repaudit, report_of
from tests.servers import Reply, Site, serve

KEYLESS = (
    "nppes",
    "pubmed",
    "cms-clinicians",
    "clinicaltrials",
    "orcid",
    "open-payments",
    "leie",
    "payer-directories",
    "openalex",
    "europepmc",
)


def answer(path: str) -> Reply:
    """NPPES and PubMed answer; the other sources are out of order."""
    asked = unquote_plus(path)
    files = {
        "number=": "both/nppes-number.json",
        "last_name=": "both/nppes-name.json",
        "esearch": "both/pubmed-search.json",
        "efetch": "both/pubmed-records.xml",
    }
    for mark, file in files.items():
        if mark in asked:
            kind = "text/xml" if file.endswith("xml") else "application/json"
            return Reply(body=resources.data(f"data/demo/{file}"), media_type=kind)
    return Reply(body=b'{"message": "out of order"}', status=500)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(answer) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, site: Site) -> Path:
    """A folder that knows nothing yet but where the registries are."""
    tables = [f'[{name}]\nbase_url = "{site.url}/{name}"\npause_s = 0\n' for name in KEYLESS]
    (tmp_path / "sources.toml").write_text("\n".join(tables), encoding="utf-8")
    return tmp_path


def test_without_a_terminal_it_asks_nothing_and_prints_the_steps(folder: Path, site: Site) -> None:
    begun = time.monotonic()
    done = repaudit("start", str(folder), "--npi", "1234567893", cwd=folder, said="")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - begun < 90
    assert len(site.asked) <= 30
    for step in (
        "Google",
        "Google Business Profile",
        "Healthgrades",
        "WebMD",
        "assistants",
        "What a key would add",
    ):
        assert step in done.stdout
    assert (folder / "reports").is_dir()
    statuses = {line["source"]: line["status"] for line in report_of(folder)["coverage"]}
    assert statuses["nppes"] == "ok"
    assert statuses["serpapi-google"] == "skipped"


def test_several_of_one_name_are_listed_and_none_is_taken(folder: Path) -> None:
    done = repaudit(
        "start",
        str(folder),
        "--given",
        "Miriam",
        "--family",
        "Halloran",
        "--state",
        "MA",
        cwd=folder,
        said="",
    )
    assert done.returncode == 2
    assert "2000000010" in one_line(done)
    assert not (folder / "profile.toml").exists()


def test_a_registry_record_proves_nothing_about_itself(folder: Path) -> None:
    repaudit("start", str(folder), "--npi", "1234567893", cwd=folder, said="")
    report = report_of(folder)
    assert not [f for f in report["findings"] if f["outcome"] == "differs"]
    assert any("onfirm" in action["what"] for action in report["actions"])


def talk(folder: Path, *words: str) -> pexpect.spawn[str]:
    return pexpect.spawn(
        sys.executable,
        ["-m", "reputation", "start", str(folder), *words],
        cwd=str(folder),
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "TERM": "dumb", "BROWSER": "true", "NO_COLOR": "1"},
        dimensions=(50, 200),
    )


def say(person: pexpect.spawn[str], *turns: tuple[str, str]) -> None:
    """Answer each question, in order, once it is asked."""
    for question, reply in turns:
        person.expect(question)
        person.sendline(reply)


def test_a_person_can_leave_at_a_fact_and_find_it_again(folder: Path) -> None:
    person = talk(folder)
    say(
        person,
        ("Your given name", "Miriam"),
        ("Your family name", "Halloran"),
        ("The state", "MA"),
        ("Number", "1"),
    )
    person.expect("Your facts of record")
    say(person, ("name: Miriam Tess Halloran", "r"), ("credentials: MD", "q"))
    person.expect("You can go on at any time")
    person.expect(pexpect.EOF)
    profile = config.load_profile(folder / "profile.toml")
    assert profile.is_confirmed("name.given")
    assert not profile.is_confirmed("name.credentials")

    person = talk(folder)
    say(person, ("credentials: MD", "q"))
    person.expect(pexpect.EOF)


def test_a_person_can_walk_the_five_pages_by_keyboard(folder: Path) -> None:
    repaudit("start", str(folder), "--npi", "1234567893", cwd=folder, said="")
    person = talk(folder)
    for fact in ("name:", "credentials:", "NPI:", "specialty:", "address:"):
        say(person, (fact, "n"))
    say(person, ("phone:", "f"), ("phone, now 508-555-0117", "617-555-0134"), ("licence:", "n"))
    person.expect("First to do")
    say(
        person,
        ("open it", "n"),
        ("open it", "n"),
        ("open it", "t"),
        ("stars", "4,6"),
        ("number of ratings", "38"),
    )
    say(person, ("open it", "l"), ("open it", "l"))
    for step in ("The report again", "What only you can open", "What a key would add"):
        person.expect(step)
    person.expect(pexpect.EOF)
    person.close()
    assert person.exitstatus == 0

    report = report_of(folder)
    observed = {line["source"] for line in report["coverage"] if line["status"] == "observed"}
    assert observed >= {"google", "google-maps", "healthgrades"}
    assert {"healthgrades": 4.6}.items() <= {
        r["source"]: r["rating_value"] for r in report["ratings"]
    }.items()
    assert config.load_profile(folder / "profile.toml").locations[0].phone == "617-555-0134"


def test_registries_that_answer_give_something_to_check_and_none_proves_itself(tmp_path: Path) -> None:
    with serve(registries.answer) as web:
        (tmp_path / "sources.toml").write_text(registries.sources_toml(web.url), encoding="utf-8")
        begun = time.monotonic()
        done = repaudit("start", str(tmp_path), "--npi", registries.NPI, cwd=tmp_path, said="")
        assert time.monotonic() - begun < 90
        assert len(web.asked) <= 30
    assert done.returncode == 0, done.stderr
    report = report_of(tmp_path)
    checkable = {(f["check"], f["mention_key"]) for f in report["findings"]}
    assert len(checkable) >= 3
    assert {"dormant", "affiliation_stale"} <= {check for check, _ in checkable}
    # Nothing was confirmed, and the profile came from NPPES: no listing may be called right or wrong by it.
    assert {f["outcome"] for f in report["findings"]} == {"cannot_tell"}


def test_what_she_saw_at_the_five_stops_makes_a_verdict_with_page_one_and_ratings(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(resources.text("data/demo/profile.toml"), encoding="utf-8")
    repaudit("run", "--offline", "--as-of", "2026-11-15", cwd=tmp_path)
    assert report_of(tmp_path)["verdict"]["status"] == "insufficient_evidence"
    for seen in (
        ["google", "--url", "https://news.example.com/story", "--rank", "3"],
        ["google-maps", "--rating", "4.2", "--count", "12"],
        ["healthgrades", "--rating", "4.7", "--count", "31", "--phone", "508-555-0117"],
        ["webmd", "--nothing"],
        ["assistants", "--nothing"],
    ):
        assert repaudit("observe", *seen, cwd=tmp_path).returncode == 0
    repaudit("run", "--offline", "--as-of", "2026-11-16", cwd=tmp_path)
    report = report_of(tmp_path)
    assert report["verdict"]["status"] == "action_needed"
    (page,) = report["page_one"]
    assert (page["engine"], page["query"], page["uncontrolled"]) == ("google", '"Miriam Halloran" Boston', 1)
    assert {rating["source"] for rating in report["ratings"]} == {"google-maps", "healthgrades"}
    assert any("Healthgrades" in action["what"] for action in report["actions"])
    observed = {line["source"] for line in report["coverage"] if line["status"] == "observed"}
    assert observed == {"google", "google-maps", "healthgrades", "webmd", "assistants"}
