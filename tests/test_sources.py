"""Every source of sources.toml: it can be read, it has its recordings, and it claims no more proof than it has."""

from __future__ import annotations

import csv
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reputation import config
from reputation.discovery.adapters import adapter_of
from reputation.model import Access, Capture, Proved, Request, Source
from reputation.normalize import npi_is_valid
from tests.discovery.sources.captures import SOURCES, cases, expected, load, said, source_of

ANSWERS = Path(__file__).parent / "answers"
ASKED = [source for source in SOURCES.values() if source.access in (Access.API, Access.PAGE, Access.FEED)]
FIXED = frozenset(
    """
    nppes cms-clinicians open-payments leie pubmed europepmc orcid openalex crossref clinicaltrials nih-reporter wikidata bluesky
    podcasts payer-directories serpapi-google serpapi-bing serpapi-yahoo serper dataforseo google-cse brave mojeek kagi tavily you
    searxng google-alerts google-news ask google-places yelp youtube healthgrades vitals webmd ratemds zocdoc own-pages
""".split()  # noqa: SIM905 - as the contract lists them
)


def answers(name: str) -> list[dict[str, str]]:
    with (ANSWERS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


# ---------------------------------------------------------------------------- the table


def test_every_fixed_id_is_there() -> None:
    assert set(FIXED) <= set(SOURCES)


def test_every_row_of_the_catalogue_has_a_source_of_its_category() -> None:
    for row in answers("catalogue.tsv"):
        source = SOURCES[row["source"]]
        assert source.category == row["category"], row
        if row["site"] not in source.title:
            assert row["why"], row


@pytest.mark.recordings
def test_the_catalogue_is_whole(recordings: Path) -> None:
    table = recordings.parent / "facts" / "site_catalogue.tsv"
    with table.open(encoding="utf-8", newline="") as file:
        wanted = {(row["category"], row["site"]) for row in csv.DictReader(file, delimiter="\t")}
    assert {(row["catalogue_category"], row["site"]) for row in answers("catalogue.tsv")} == wanted


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.id)
def test_a_source_is_told_in_full(source: Source) -> None:
    if source.access is Access.MANUAL:
        assert source.options["tier"] in ("essential", "useful", "rest")
        assert source.options["look_for"]
    if source.access is Access.RETIRED:
        assert source.retired_on or source.replaced_by
    if source.access is Access.API:
        assert source.terms
        assert source.base_url or source.id in ("searxng", "payer-directories")
    if source.key_env:
        assert re.fullmatch(r"[A-Z_]+_KEY", source.key_env)
    assert source.replaced_by is None or source.replaced_by in SOURCES


def test_terms_that_forbid_keeping_are_marked() -> None:
    assert {source.id for source in SOURCES.values() if source.retention == "id_only"} == {
        "google-places",
        "yelp",
    }


def test_what_needs_a_decision_of_hers_is_off() -> None:
    off = {source.id for source in SOURCES.values() if not source.enabled}
    assert {"tavily", "you", "google-news", "gdelt"} <= off


# ---------------------------------------------------------------------------- adapters and recordings


@pytest.mark.parametrize("source", ASKED, ids=lambda source: source.id)
def test_a_source_names_an_adapter_that_can_be_asked(source: Source) -> None:
    adapter = adapter_of(source)
    assert callable(adapter.plan)
    assert callable(adapter.parse)


@pytest.mark.parametrize("source", ASKED, ids=lambda source: source.id)
def test_a_source_has_a_recording_with_a_mention_and_one_without(source: Source) -> None:
    found = [expected(case) for case in cases(source.id)]
    assert any("mention" in one for told in found for one in told), (
        f"tests/captures/{source.id}: none with a mention"
    )
    assert any(not any("mention" in one for one in told) for told in found), f"{source.id}: none without"


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_recording_says_what_is_expected_of_it(case: Path) -> None:
    assert said(source_of(case), load(case)) == expected(case)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_every_mention_has_a_key_of_its_source_and_no_empty_claim(case: Path) -> None:
    mentions = [one["mention"] for one in expected(case) if "mention" in one]
    assert all(mention["key"].startswith(f"{case.parent.name}:") for mention in mentions)
    assert len({mention["key"] for mention in mentions}) == len(mentions)
    assert not [claim for mention in mentions for claim in mention.get("claims", []) if claim.endswith(": ")]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_recordings_hold_invented_people_only(case: Path) -> None:
    (body,) = case.glob("body.*")
    text = body.read_text(encoding="utf-8")
    numbers = re.findall(r"(?<!\d)\(?(\d{3})\)?[ -]?(\d{3})-?(\d{4})(?!\d)", text)
    phones = [number for number in numbers if number[1] == "555"]
    assert all(number[2].startswith("01") for number in phones)
    npis = re.findall(r"(?<!\d)[12]\d{9}(?!\d)", text)
    assert {npi for npi in npis if npi_is_valid(npi)} <= {"1234567893", "2000000010"}


# ---------------------------------------------------------------------------- proof


RECORDED = {source.id for source in SOURCES.values() if source.proved is Proved.RECORDED}
MEASURED = {
    row["source"] for row in answers("api.tsv") if row["mentions"] != "0" and "SYNTHETIC" not in row["path"]
}
READ = {row["source"] for row in answers("pages_read.tsv")}


def test_recorded_is_claimed_only_for_what_was_measured_on_a_real_recording() -> None:
    assert RECORDED <= MEASURED | READ


@pytest.mark.recordings
@pytest.mark.parametrize("row", answers("api.tsv"), ids=lambda row: row["path"])
def test_a_real_reply_says_as_much_as_was_counted_by_reading_it(
    row: dict[str, str], recordings: Path
) -> None:
    source = SOURCES[row["source"]]
    body = (recordings / "api" / row["path"]).read_bytes()
    request = Request(
        url=f"{source.base_url or 'https://fhir.example.org'}/x", query="x", engine=source.engine
    )
    capture = Capture(
        source=source.id,
        request=request,
        url=request.url,
        status=int(row["http"]),
        body=body,
        sha256="",
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    told = said(source, capture)
    counts = {kind: sum(kind in one for one in told) for kind in ("mention", "request")}
    raised = next((one["raises"] for one in told if "raises" in one), "")
    assert (counts["mention"], counts["request"], raised) == (
        int(row["mentions"]),
        int(row["requests"]),
        row["raises"],
    )


def test_every_recorded_reply_of_a_source_of_ours_has_an_answer(recordings: Path) -> None:
    known = {row["path"] for row in answers("api.tsv")}
    folders = {path.split("/")[0] for path in known}
    files = [path for folder in folders for path in (recordings / "api" / folder).iterdir()]
    wanted = {
        f"{path.parent.name}/{path.name}"
        for path in files
        if not path.name.endswith((".headers.json", ".md"))
    }
    assert wanted == known


# ---------------------------------------------------------------------------- docs


def test_the_page_on_sources_is_fresh() -> None:
    from docs.generate_sources import page

    text = (Path(__file__).parents[1] / "docs" / "sources.md").read_text(encoding="utf-8")
    assert text == page(config.load_sources()), "run `python docs/generate_sources.py`"


def test_the_table_is_the_shipped_one() -> None:
    table: dict[str, Any] = tomllib.loads(
        (Path(__file__).parents[1] / "sources.toml").read_text(encoding="utf-8")
    )
    assert list(table) == list(SOURCES)


@pytest.mark.recordings
@pytest.mark.parametrize("row", answers("pages_read.tsv"), ids=lambda row: row["source"])
def test_a_real_page_of_a_site_is_read_as_that_sites(row: dict[str, str], recordings: Path) -> None:
    from reputation.discovery.page import read_page

    mentions = read_page((recordings / "pages" / row["path"]).read_bytes(), "")
    assert mentions
    assert row["source"] in ("own-pages", mentions[0].source)
