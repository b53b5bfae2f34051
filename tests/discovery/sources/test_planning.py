"""What sources ask: below base_url, the same every time, never with a key, and never without the fact they need."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from reputation.discovery.adapters import Skip, adapter_of
from reputation.discovery.plan import plan_requests
from reputation.discovery.variants import name_variants
from reputation.model import (
    Access,
    CoverageStatus,
    Ids,
    Location,
    PersonName,
    Profile,
    Request,
    Right,
    Source,
)
from tests.discovery.sources.captures import SOURCES, cases, load, source_of
from tests.discovery.test_variants import JANE

FULL = replace(
    JANE, ids=Ids(npi="1234567893", orcid="0000-0002-1825-0097"), websites=("https://janeroe.example.org/",)
)
BARE = Profile(right=Right(is_self=True), name=PersonName(given="Jane", family="Roe"))
ASKED = [source for source in SOURCES.values() if source.access not in (Access.MANUAL, Access.RETIRED)]
HERE = "http://127.0.0.1:8080/some/path"


def ready(source: Source) -> Source:
    """Return the source with what only she can name."""
    own: dict[str, dict[str, Any]] = {"google-cse": {"cx": "invented"}, "google-alerts": {"feeds": ["1/2"]}}
    extra = own.get(source.id, {})
    base = source.base_url or ("https://searx.example.org" if source.id == "searxng" else None)
    return replace(source, base_url=base, options={**source.options, **extra})


@pytest.fixture(autouse=True)
def _the_extra_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reputation.discovery.sources.ddgs.is_installed", lambda: True)


def plan(source: Source, profile: Profile = FULL) -> list[Request]:
    return list(adapter_of(source).plan(source, profile, name_variants(profile)))


@pytest.mark.parametrize("source", ASKED, ids=lambda source: source.id)
def test_every_request_lies_below_base_url_with_its_path_kept(source: Source) -> None:
    if source.id == "own-pages":
        pytest.skip("her own pages lie where they lie")
    moved = replace(ready(source), base_url=HERE, trusted_host=True)
    requests = plan(moved)
    assert requests
    assert all(request.url.startswith(HERE + "/") for request in requests), requests[0].url


@pytest.mark.parametrize("source", ASKED, ids=lambda source: source.id)
def test_the_same_question_has_the_same_bytes(source: Source) -> None:
    first, second = plan(ready(source)), plan(ready(source))
    assert [request.digest for request in first] == [request.digest for request in second]
    for request in first:
        names = [name for name, _ in parse_qsl(urlsplit(request.url).query)]
        assert names == sorted(names) or source.id == "own-pages"


@pytest.mark.parametrize("source", ASKED, ids=lambda source: source.id)
def test_the_key_has_a_place_and_never_stands_in_the_request(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    if source.key_env:
        monkeypatch.setenv(source.key_env, "a-very-secret-key")
    for request in plan(ready(source)):
        assert (request.key_in is not None) == (source.key_env is not None), request
        assert "a-very-secret-key" not in f"{request}"


@pytest.mark.parametrize("source", ASKED, ids=lambda source: source.id)
def test_a_shipped_plan_fits_its_budget(source: Source) -> None:
    requests = plan(ready(source))
    assert 0 < len(requests) <= source.max_requests


def test_a_keyless_first_run_asks_at_most_thirty_things() -> None:
    plans = plan_requests(
        FULL, tuple(SOURCES.values()), name_variants(FULL), has_key=lambda source: source.key_env is None
    )
    keyless = [planned for planned in plans if planned.status is None and planned.source.id != "own-pages"]
    assert sum(len(planned.requests) for planned in keyless) <= 30
    assert len(keyless) >= 14


def test_a_name_alone_still_asks_what_needs_no_more() -> None:
    plans = plan_requests(
        BARE, tuple(SOURCES.values()), name_variants(BARE), has_key=lambda source: source.key_env is None
    )
    asked = {planned.source.id for planned in plans if planned.status is None}
    assert asked >= {"nppes", "pubmed", "europepmc", "orcid", "openalex", "crossref", "clinicaltrials", "nih-reporter", "wikidata", "bluesky", "podcasts"}  # fmt: skip
    reasons = {
        planned.source.id: planned.reason for planned in plans if planned.status is CoverageStatus.SKIPPED
    }
    for source_id in ("cms-clinicians", "open-payments", "leie", "payer-directories"):
        assert reasons[source_id] == "no ids.npi in the profile"
    assert reasons["searxng"] == "no base_url; name your own instance in sources.toml under [searxng]"
    assert "no websites" in str(reasons["own-pages"])


@pytest.mark.parametrize(
    "source_id", ["cms-clinicians", "open-payments", "leie", "payer-directories", "yelp", "own-pages"]
)
def test_without_the_fact_that_it_needs_a_source_is_skipped(source_id: str) -> None:
    with pytest.raises(Skip, match=r"profile|locations"):
        plan(SOURCES[source_id], BARE)


def test_nppes_asks_for_the_npi_and_for_namesakes_in_her_state() -> None:
    first, second = plan(SOURCES["nppes"])
    assert parse_qs(urlsplit(first.url).query) == {"number": ["1234567893"], "version": ["2.1"]}
    asked = parse_qs(urlsplit(second.url).query)
    assert (asked["first_name"], asked["last_name"], asked["state"]) == (["Jane"], ["Roe"], ["MA"])


def test_pubmed_asks_for_initials_former_names_and_the_orcid() -> None:
    (request,) = plan(SOURCES["pubmed"])
    (term,) = parse_qs(urlsplit(request.url).query)["term"]
    assert term == '"Roe JQ"[au] OR "Doe J"[au] OR 0000-0002-1825-0097[auid]'


def test_a_search_says_which_engine_which_name_and_what_beside_it() -> None:
    request = plan(SOURCES["serpapi-yahoo"])[1]
    assert (request.engine, request.query, request.variant, request.context) == (
        "yahoo",
        '"Jane Roe" Boston',
        "Jane Roe",
        "city",
    )
    assert parse_qs(urlsplit(request.url).query)["p"] == ['"Jane Roe" Boston']


def test_dataforseo_shares_its_budget_among_the_engines() -> None:
    requests = plan(SOURCES["dataforseo"])
    assert {request.engine for request in requests} == {"google", "bing", "yahoo"}
    assert len(requests) == SOURCES["dataforseo"].max_requests


def test_tavily_is_asked_without_a_key_unless_she_names_one() -> None:
    keyless = plan(SOURCES["tavily"])[0]
    assert ("X-Tavily-Access-Mode", "keyless") in keyless.headers
    assert keyless.key_in is None
    keyed = plan(replace(SOURCES["tavily"], key_env="TAVILY_API_KEY"))[0]
    assert keyed.key_in == "header:Authorization:Bearer"
    site = next(one for one in plan(replace(SOURCES["tavily"], max_requests=40)) if one.context == "site")
    assert json.loads(site.body or b"")["include_domains"] == ["healthgrades.com"]


def test_each_plan_directory_is_asked_in_the_way_it_understands() -> None:
    requests = {urlsplit(one.url).netloc: one.url for one in plan(SOURCES["payer-directories"])}
    assert (
        "Practitioner?identifier=http%3A%2F%2Fhl7.org%2Ffhir%2Fsid%2Fus-npi%7C1234567893"
        in requests["fhir.humana.com"]
    )
    assert "PractitionerRole?_count=50&practitioner.identifier=" in requests["fhir.cigna.com"]
    assert (
        "providerdirectory-api.capbluecross.com" not in requests
    )  # hers are Massachusetts and New Hampshire
    in_pennsylvania = replace(FULL, locations=(Location(city="Erie", state="PA"),))
    urls = [one.url for one in plan(SOURCES["payer-directories"], in_pennsylvania)]
    assert "https://providerdirectory-api.capbluecross.com/r4/Practitioner?family=Roe&given=Jane" in urls


def test_no_sandbox_of_a_plan_is_asked() -> None:
    payers = [
        {"id": "x", "title": "X", "base_url": "https://sandbox.fhir.example.org/r4", "strategy": "npi-direct"}
    ]
    with pytest.raises(Skip, match=r"options\.payers"):
        plan(replace(SOURCES["payer-directories"], options={"payers": payers}))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_second_step_lies_below_base_url_too(case: object) -> None:
    from pathlib import Path

    assert isinstance(case, Path)
    source, capture = source_of(case), load(case)
    if capture.status >= 400 or source.id == "own-pages":
        return
    moved = replace(source, base_url=HERE, trusted_host=True)
    try:
        steps = [one for one in adapter_of(moved).parse(moved, capture) if isinstance(one, Request)]
    except Exception:
        return
    assert all(step.url.startswith((HERE + "/", "https://fhir.humana.com/")) for step in steps)


def test_own_pages_are_asked_once_each_and_obey_robots() -> None:
    profile = replace(FULL, websites=("https://janeroe.example.org/", "http://www.janeroe.example.org"))
    requests = plan(SOURCES["own-pages"], profile)
    assert [request.url for request in requests] == [
        "https://janeroe.example.org/",
        "https://bsky.app/profile/drjaneroe",
    ]
    assert all(request.is_page for request in requests)


def test_an_alert_may_be_named_by_its_whole_address() -> None:
    source = replace(
        SOURCES["google-alerts"], options={"feeds": ["https://www.google.com/alerts/feeds/123/456"]}
    )
    assert [request.url for request in plan(source)] == ["https://www.google.com/alerts/feeds/123/456"]


def test_what_only_she_can_name_is_asked_for_unless_her_own_base_url_says_it() -> None:
    for source_id, what in (("google-cse", "cx"), ("google-alerts", "feeds")):
        shipped = SOURCES[source_id]
        with pytest.raises(Skip, match=what):
            plan(shipped)
        own = replace(shipped, base_url=HERE, trusted_host=True)
        assert plan(own)[0].url.startswith(HERE)
