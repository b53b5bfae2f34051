"""Traps of single sources that a recording alone would not make plain."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from reputation.discovery.adapters import adapter_of
from reputation.errors import AuthRefused, Blocked, Quota, SourceError, Unreadable
from reputation.model import Cell, CoverageStatus, Kind, Mention, Request
from tests.discovery.sources.captures import FOLDER, SOURCES, load, said
from tests.discovery.sources.making import capture, mentions


def parse(source_id: str, body: Any, **more: Any) -> list[Any]:
    source = SOURCES[source_id]
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return list(adapter_of(source).parse(source, capture(text, **more)))


# ---------------------------------------------------------------------------- engines


def test_the_stars_of_nobody_are_no_rating() -> None:
    told = said(SOURCES["serpapi-google"], load(FOLDER / "serpapi-google" / "found"))
    (unrated,) = [one["mention"] for one in told if one["mention"]["title"] == "New Clinic"]
    assert "rating_value" not in unrated


def test_a_panel_stands_beside_the_links_and_never_among_them() -> None:
    found = mentions(SOURCES["serper"], (FOLDER / "serper" / "found" / "body.json").read_bytes(), query="x")
    panel, *_ = found
    assert panel.claimed("result_type") == ("knowledge_panel",)
    assert [rank.position for rank in panel.ranks] == [0]
    assert [rank.position for one in found if one.kind is Kind.RESULT for rank in one.ranks] == [1, 2]


@pytest.mark.parametrize(
    ("said_", "error"),
    [
        ("Your account has run out of searches.", Quota),
        ("Your account credit is too low", Quota),
        ("Invalid API key.", AuthRefused),
        ("We couldn't get valid results.", Unreadable),
    ],
)
def test_an_error_inside_a_success_is_what_it_says(said_: str, error: type[SourceError]) -> None:
    with pytest.raises(error):
        parse("serpapi-google", {"search_metadata": {"status": "Success"}, "error": said_})


def test_a_metasearch_names_each_engine_and_keeps_all_positions() -> None:
    source = SOURCES["searxng"]
    found = list(adapter_of(source).parse(source, load(FOLDER / "searxng" / "found")))
    ranks = {(rank.engine, rank.position) for one in found if isinstance(one, Mention) for rank in one.ranks}
    assert ranks == {("google", 1), ("bing", 3), ("bing", 1)}
    cells = {one.engine: one.status for one in found if isinstance(one, Cell)}
    assert cells["yahoo"] is CoverageStatus.BLOCKED
    assert cells["brave"] is CoverageStatus.QUOTA
    assert cells["google"] is CoverageStatus.OK


def test_no_result_and_silent_engines_is_blocked_with_a_cell_for_each() -> None:
    source = SOURCES["searxng"]
    heard: list[Any] = []
    with pytest.raises(Blocked):
        heard.extend(adapter_of(source).parse(source, load(FOLDER / "searxng" / "all-silent")))
    body = {"query": "x", "results": [], "unresponsive_engines": [["google", "timeout"]]}
    steps = adapter_of(source).parse(source, capture(json.dumps(body), query="x"))
    first = next(steps)
    assert isinstance(first, Cell)
    assert (first.engine, first.status) == ("google", CoverageStatus.FAILED)


def test_an_instance_that_chose_other_engines_says_nothing_of_ours() -> None:
    body = {
        "results": [
            {"url": "https://example.org/", "title": "x", "engines": ["karmasearch"], "positions": [1]}
        ]
    }
    cells = {one.engine for one in parse("searxng", body, query="x") if isinstance(one, Cell)}
    assert cells == {"karmasearch"}


def test_positions_that_do_not_go_in_step_give_each_engine_the_best() -> None:
    row = {"url": "https://example.org/", "title": "x", "engines": ["google", "bing"], "positions": [4, 2, 7]}
    (found,) = [one for one in parse("searxng", {"results": [row]}, query="x") if isinstance(one, Mention)]
    assert {(rank.engine, rank.position) for rank in found.ranks} == {("google", 2), ("bing", 2)}


def test_a_feed_binds_its_prefix_to_anything_and_its_links_are_unwrapped() -> None:
    feed = """<?xml version="1.0"?><rss version="2.0" xmlns:News="https://www.bing.com/news/search?q=x&amp;format=rss"><channel><item>
    <title>Prize</title><link>http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;url=https%3a%2f%2fnews.example.com%2fprize&amp;c=1</link>
    <pubDate>Sat, 02 Aug 2025 06:07:00 GMT</pubDate><News:Source>Example News</News:Source></item></channel></rss>"""
    (story,) = mentions(SOURCES["google-news"], feed)
    assert (story.url, story.date_published) == ("https://news.example.com/prize", "2025-08-02")
    assert story.claimed("publisher") == ("Example News",)


# ---------------------------------------------------------------------------- records


@pytest.mark.parametrize(
    ("kinds", "marks", "status"),
    [
        (["Retracted Publication"], [], "retracted"),
        ([], ["RetractionIn"], "retracted"),
        ([], ["RetractedandRepublishedIn"], "retracted and republished"),
        ([], ["ExpressionOfConcernIn"], "expression of concern"),
        ([], ["ErratumIn"], "erratum"),
        (["Retraction of Publication"], ["RetractionOf"], None),
        (["Published Erratum"], ["ErratumFor"], None),
        ([], ["CommentIn"], None),
    ],
)
def test_a_mark_counts_on_the_paper_and_not_on_the_notice(
    kinds: list[str], marks: list[str], status: str | None
) -> None:
    types = "".join(f"<PublicationType>{kind}</PublicationType>" for kind in kinds)
    notes = "".join(f'<CommentsCorrections RefType="{mark}"/>' for mark in marks)
    body = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>x</ArticleTitle>"
        f"<PublicationTypeList>{types}</PublicationTypeList></Article>"
        f"<CommentsCorrectionsList>{notes}</CommentsCorrectionsList></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    (paper,) = mentions(SOURCES["pubmed"], body)
    assert paper.claimed("publication_status") == ((status,) if status else ())


def test_an_address_behind_an_affiliation_is_not_kept() -> None:
    told = said(SOURCES["pubmed"], load(FOLDER / "pubmed" / "articles"))
    assert "@" not in json.dumps(told)


def test_the_list_of_exclusions_is_searched_by_npi_and_never_by_name() -> None:
    body = (FOLDER / "leie" / "found" / "body.csv").read_bytes()
    assert len(mentions(SOURCES["leie"], body, context="1234567893")) == 1
    assert mentions(SOURCES["leie"], body, context="2000000010") == []
    told = said(SOURCES["leie"], load(FOLDER / "leie" / "found"))
    assert "19700101" not in json.dumps(told)
    assert "EXAMPLE RD" not in json.dumps(told)


@pytest.mark.parametrize(
    "identifier",
    [
        {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"},
        {"system": "http://terminology.hl7.org/NamingSystem/npi", "value": "1234567893"},
        {"type": {"coding": [{"code": "NPI"}]}, "value": "1234567893"},
        {"assigner": {"display": "CMS"}, "value": "1234567893"},
    ],
)
def test_an_npi_is_found_in_all_four_markings(identifier: dict[str, Any]) -> None:
    from reputation.discovery.sources.payer_directories import npi_in

    assert npi_in({"identifier": [identifier]}) == "1234567893"
    assert npi_in({"identifier": [{**identifier, "value": "1234567890"}]}) is None


def test_a_namesake_in_a_plan_directory_is_left_out_when_the_npi_differs() -> None:
    person = {"resourceType": "Practitioner", "id": "p9", "name": [{"family": "ROE", "given": ["JANE"]}],
              "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "2000000010"}]}  # fmt: skip
    assert (
        parse(
            "payer-directories",
            {"resourceType": "Bundle", "entry": [{"resource": person}]},
            context="1234567893",
        )
        == []
    )


def test_the_next_page_of_a_directory_is_followed_on_the_same_host_only() -> None:
    person = {"resourceType": "Practitioner", "id": "p9", "name": [{"family": "ROE"}]}
    for host, count in (("directory.example.org", 1), ("elsewhere.example.org", 0)):
        links = [{"relation": "Next", "url": f"https://{host}/fhir?page=2"}]
        body = {"resourceType": "Bundle", "entry": [{"resource": person}], "link": links}
        steps = [one for one in parse("payer-directories", body) if isinstance(one, Request)]
        assert len(steps) == count


def test_a_place_of_another_name_is_not_asked_for_its_reviews() -> None:
    found = list(
        adapter_of(SOURCES["google-places"]).parse(
            SOURCES["google-places"], load(FOLDER / "google-places" / "found")
        )
    )
    steps = [one.url for one in found if isinstance(one, Request)]
    assert steps == ["https://places.googleapis.com/v1/places/ChIJinvented1"]


def test_the_old_places_api_says_its_errors_inside_a_200() -> None:
    assert parse("google-places", {"status": "ZERO_RESULTS", "results": []}) == []
    with pytest.raises(Quota):
        parse("google-places", {"status": "OVER_QUERY_LIMIT"})
    with pytest.raises(AuthRefused):
        parse("google-places", {"status": "REQUEST_DENIED"})


def test_many_payments_say_or_more() -> None:
    row = json.loads((FOLDER / "open-payments" / "found" / "body.json").read_text(encoding="utf-8"))[
        "results"
    ][0]
    (record,) = parse("open-payments", {"results": [row] * 500})
    assert record.title == "Open Payments 2023: 500 or more payments, $10,390.00 or more"


def test_a_review_is_tied_to_its_listing() -> None:
    source = replace(SOURCES["yelp"])
    (review,) = [
        one
        for one in adapter_of(source).parse(source, load(FOLDER / "yelp" / "reviews"))
        if isinstance(one, Mention)
    ]
    assert (review.listing_key, review.author_initials) == ("yelp:jane-roe-md-boston", "E. A.")
