"""The sources that need no Python: any page with structured data, any list by selectors, any JSON by paths."""

from __future__ import annotations

import json

import pytest

from reputation.discovery.adapters import Skip, adapter_of
from reputation.discovery.variants import name_variants
from reputation.errors import Blocked, Unreadable
from reputation.model import Access, Kind, Source
from tests.discovery.sources.making import mentions, source
from tests.discovery.sources.test_planning import BARE, FULL

SHELL = "<html><body><div id='root'></div><script src='/a.js'></script></body></html>"
WALL = "<html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>"
LIST = """<!doctype html><html><body><h1>Doctors</h1><ul>
<li class="doc"><h3><a href="/d/1">Jane Roe, MD</a></h3><i class="stars">4.6 of 5</i><b class="n">1,234 ratings</b>
<span class="tel">617-555-0134</span><span class="tel">617-555-0140</span></li>
<li class="doc"><h3><a href="/d/2">Jane Roe, DO</a></h3><i class="stars">0</i><b class="n">0 ratings</b></li></ul></body></html>"""
LISTING = {
    "item": "li.doc", "title": "h3", "link": "h3 a", "rating": ".stars", "best": 5, "count": ".n",
    "none": ".nobody", "paths": ["/find?name={name}"], "claims": {"telephone": ".tel"},
}  # fmt: skip
PAGE = """<html><head><title>Jane Roe</title><script type="application/ld+json">{"@context":"https://schema.org",
"@type":"Physician","@id":"#roe","name":"Jane Roe, MD","telephone":"617-555-0134",
"aggregateRating":{"@type":"AggregateRating","ratingValue":"4.6","bestRating":"5","ratingCount":"38"},
"review":[{"@type":"Review","reviewBody":"She listened.","reviewRating":{"@type":"Rating","ratingValue":5}}]}</script></head>
<body><h1>Jane Roe, MD</h1><p>Medical oncologist in Boston, who sees patients and teaches at Example University.</p></body></html>"""
API = {
    "path": "/search?q={name}&state={state}", "items": "data.people", "id": "id", "title": "label", "url_of": "https://example.org/p/{id}",
    "text": "bio", "date": "seen", "rating": "stars", "best": 5, "count": "votes", "kind": "listing",
    "claims": {"telephone": "phones.0"}, "error": "problem.text", "key_in": "query:key",
}  # fmt: skip


def urls(of: Source) -> list[str]:
    return [request.url for request in adapter_of(of).plan(of, FULL, name_variants(FULL))]


def test_a_site_with_structured_data_takes_one_table_and_no_python() -> None:
    site = source("page", access=Access.PAGE, options={"paths": ["/doctors/{given}-{family}", "/npi/{npi}"]})
    assert urls(site) == [
        "https://directory.example.org/doctors/Jane-Roe",
        "https://directory.example.org/npi/1234567893",
    ]
    listing, review = mentions(site, PAGE)
    assert (listing.source, listing.kind, listing.rating_value, listing.rating_count) == (
        "here",
        Kind.LISTING,
        4.6,
        38,
    )
    assert listing.claimed("telephone") == ("617-555-0134",)
    assert review.listing_key == listing.key
    assert listing.key.startswith("here:")


def test_a_path_whose_fact_is_missing_is_left_out() -> None:
    site = source("page", access=Access.PAGE, options={"paths": ["/npi/{npi}"]})
    with pytest.raises(Skip, match="the profile lacks"):
        list(adapter_of(site).plan(site, BARE, ()))


def test_a_script_shell_and_a_wall_are_never_an_empty_list() -> None:
    for adapter, options in (("page", {}), ("html-listing", LISTING)):
        with pytest.raises(Unreadable):
            mentions(source(adapter, options=options), SHELL)
        with pytest.raises(Blocked):
            mentions(source(adapter, options=options), WALL)


def test_a_list_is_read_by_the_selectors_of_its_table() -> None:
    site = source("html-listing", access=Access.PAGE, options=LISTING)
    assert urls(site) == ["https://directory.example.org/find?name=Jane%20Roe"]
    first, second = mentions(site, LIST)
    assert (first.title, first.url) == ("Jane Roe, MD", "https://directory.example.org/d/1")
    assert (first.rating_value, first.best_rating, first.rating_count) == (4.6, 5.0, 1234)
    assert first.claimed("telephone") == ("617-555-0134", "617-555-0140")
    assert (second.rating_value, second.rating_count) == (None, 0)


def test_nobody_is_told_from_changed_markup() -> None:
    site = source("html-listing", options=LISTING)
    assert mentions(site, "<html><body><p class=nobody>No doctor of that name.</p></body></html>") == []
    with pytest.raises(Unreadable, match=r"correct options\.item"):
        mentions(site, "<html><body><p>Something else that the site now says to everybody.</p></body></html>")


def test_an_api_is_read_by_the_paths_of_its_table() -> None:
    site = source("json-api", options=API, key_env="HERE_API_KEY")
    (request,) = adapter_of(site).plan(site, FULL, ())
    assert (request.url, request.key_in) == (
        "https://directory.example.org/search?q=Jane%20Roe&state=MA",
        "query:key",
    )
    person = {
        "id": 7,
        "label": "Jane <b>Roe</b>",
        "bio": "Oncologist",
        "seen": "2025-08-02T10:00:00Z",
        "stars": "4.6",
        "votes": 38,
    }
    (mention,) = mentions(site, json.dumps({"data": {"people": [{**person, "phones": ["617-555-0134"]}]}}))
    assert (mention.key, mention.url, mention.title) == ("here:7", "https://example.org/p/7", "Jane Roe")
    assert (mention.date_published, mention.rating_value, mention.rating_count) == ("2025-08-02", 4.6, 38)
    assert mention.claimed("telephone") == ("617-555-0134",)


def test_an_api_that_changed_or_complains_is_never_empty() -> None:
    site = source("json-api", options=API)
    assert mentions(site, '{"data": {"people": []}}') == []
    with pytest.raises(Unreadable, match="holds no list"):
        mentions(site, '{"data": {}}')
    with pytest.raises(Unreadable, match="has no title"):
        mentions(site, '{"data": {"people": [{"id": 1}]}}')
    with pytest.raises(Unreadable, match="Out of order"):
        mentions(site, '{"problem": {"text": "Out of order"}}')
