from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.reading import open_page
from reputation.discovery.structured import Item, every_item, loads_leniently, word

STRUCTURED = Path(__file__).parents[2] / ".." / "shared" / "recordings" / "pages" / "structured"


def items(html: str, url: str = "https://a.example.com/x/") -> tuple[Item, ...]:
    return open_page(html, url).structured


def ld(text: str) -> tuple[Item, ...]:
    return items(f'<script type="application/ld+json">{text}</script>')


JANE = {"name": ["Jane Roe"]}


@pytest.mark.parametrize(
    "text",
    [
        '{"@context":"http://schema.org","@type":"Physician","name":"Jane Roe"}',
        '{"@context":"https://www.schema.org","@type":["Physician"],"name":"Jane Roe"}',
        '{"@type":"https://schema.org/Physician","name":"Jane Roe"}',
        '{"@type":"schema:Physician","schema:name":"Jane Roe"}',
        r'{"\u0040type":"Physician","name":"Jane Roe"}',
        '{"@type":"Physician","Name":"Jane Roe","telephone":"","faxNumber":null,"sameAs":[]}',
        '{"@graph":[{"@type":"Physician","name":"Jane Roe"}]}',
        '[{"@type":"Physician","name":"Jane Roe"}]',
        '<!-- {"@type":"Physician","name":"Jane Roe"} -->',
        '//<![CDATA[\n{"@type":"Physician","name":"Jane Roe"}\n//]]>',
        '/* <![CDATA[ */{"@type":"Physician","name":"Jane Roe"}/* ]]> */',
        '// a comment\n{"@type":"Physician","name":"Jane Roe",}',
        '{"@type":"Physician","name":"Jane\nRoe"}',
        "{&quot;@type&quot;:&quot;Physician&quot;,&quot;name&quot;:&quot;Jane Roe&quot;}",
        '{"@type":"Physician","name":"Jane Roe"};',
        '{"@type":"Physician","name":{"@value":"Jane Roe","@language":"en"}}',
    ],
)
def test_json_ld_is_read_as_leniently_as_it_is_written(text: str) -> None:
    (item,) = ld(text)
    assert item["type"] == ["Physician"]
    assert word(item, "name") == "Jane Roe"
    assert set(item["properties"]) == set(JANE)


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", "{", "not json", '"text"', "[" * 100_000, '{"a":' * 50_000]
)
def test_a_block_that_says_nothing_gives_nothing(text: str) -> None:
    assert ld(text) == ()


def test_blocks_one_after_another_are_read_until_one_is_broken() -> None:
    assert loads_leniently('{"a":1},{"b":2}{broken') == [{"a": 1}, {"b": 2}]


def test_a_reference_leads_to_the_item_itself_and_a_circle_ends() -> None:
    found = ld(
        '{"@graph":[{"@id":"#a","@type":"Physician","name":"Jane Roe","worksFor":{"@id":"#b"}},{"@id":"#b","@type":"Hospital","name":"General","employee":{"@id":"#a"}}]}'
    )
    assert word(found[0], "worksFor") == "General"
    assert len(list(every_item(found))) == 2


def test_a_name_that_refers_to_itself_ends() -> None:
    (item,) = ld('{"@id":"#a","@type":"Physician","url":"x","name":{"@id":"#a"}}')
    assert word(item, "name") is None


def test_microdata_follows_scopes_itemref_and_lists_of_names() -> None:
    (jane, other) = items(
        """<div itemscope itemtype="http://schema.org/Physician" itemref=far><h1 itemprop=name>Jane <b>Roe</b></h1>
        <a itemprop="url sameAs" href=/jane>home</a><a itemprop=telephone href="tel:+16175550134">617-555-0134</a>
        <img itemprop=image src=p.jpg><time itemprop="dateCreated datePublished" datetime=2026-01-02>2 Jan</time>
        <div itemprop=address itemscope itemtype=http://schema.org/PostalAddress><span itemprop=postalcode>02115</span></div></div>
        <p id=far><span itemprop=email>desk@example.com</span></p><div itemscope itemtype=http://schema.org/Person><i itemprop=name>Otto</i></div>"""
    )
    assert jane["properties"] == {
        "name": ["Jane Roe"],
        "url": ["https://a.example.com/jane"],
        "sameAs": ["https://a.example.com/jane"],
        "telephone": ["617-555-0134"],
        "image": ["https://a.example.com/x/p.jpg"],
        "dateCreated": ["2026-01-02"],
        "datePublished": ["2026-01-02"],
        "address": [
            {"type": ["PostalAddress"], "properties": {"postalCode": ["02115"]}, "id": "", "review_id": ""}
        ],
        "email": ["desk@example.com"],
    }
    assert word(other, "name") == "Otto"


def test_rdfa_lite_is_read() -> None:
    (item,) = items(
        '<p vocab="https://schema.org/" typeof=Person><span property=name>Jane Roe</span> <b property=address typeof=PostalAddress><i property=addressLocality>Boston</i></b>'
    )
    assert word(item, "name") == "Jane Roe"
    assert word(item["properties"]["address"][0], "addressLocality") == "Boston"


def test_microformats_speak_in_the_words_of_schema_org() -> None:
    card, review = items(
        """<div class="vcard"><span class="fn">Jane Roe</span><span class="org">Harbor Oncology</span><span class="adr"><span class="street-address">12 Invented St</span>
        <span class="locality">Boston</span></span><span class="tel"><span class="value">617-555-0134</span></span></div>
        <div class="h-review"><span class="p-item">Jane Roe</span><span class="p-rating">4</span><span class="p-reviewer h-card">Ann</span><time class="dt-reviewed" datetime="2026-01-02">x</time></div>"""
    )
    assert card["type"] == ["Person"]
    assert (word(card, "name"), word(card, "telephone"), word(card, "worksFor")) == (
        "Jane Roe",
        "617-555-0134",
        "Harbor Oncology",
    )
    assert word(card["properties"]["address"][0], "addressLocality") == "Boston"
    assert (review["type"], word(review, "ratingValue"), word(review, "author")) == (["Review"], "4", "Ann")


def test_the_older_vocabulary_is_understood() -> None:
    (item,) = items(
        '<div itemscope itemtype="http://data-vocabulary.org/Review-aggregate"><b itemprop=itemreviewed>Jane Roe</b><i itemprop=average>4.2</i><i itemprop=votes>9</i></div>'
    )
    assert item["type"] == ["AggregateRating"]
    assert (word(item, "itemReviewed"), word(item, "ratingValue"), word(item, "ratingCount")) == (
        "Jane Roe",
        "4.2",
        "9",
    )


@pytest.mark.parametrize(
    "html",
    [
        "".join("<div itemscope itemref='a b c' id=a><div id=b><div id=c>" for _ in range(300)),
        "<div itemscope>" + "<div itemprop=description>word " * 900 + "x" * 500_000,
        "<div itemscope itemprop=x>" * 900,
        "<div class=h-card>" * 900,
        "<div class=h-card>x</div>" * 20_000,
    ],
)
def test_hostile_markup_is_read_in_linear_time(html: str) -> None:
    start = time.perf_counter()
    items(html)
    assert time.perf_counter() - start < 5


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["@type", "@id", "@graph", "@value", "name", "review"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_crashes_the_reader(value: Any) -> None:
    for item in every_item(ld(json.dumps(value).replace("</", "<\\/"))):
        assert isinstance(item["type"], list)


# ---------------------------------------------------------------------------- against the recorded expectations


def values_of(item: Any, path: str = "") -> list[tuple[str, str]]:
    if not isinstance(item, dict):
        return [(path, " ".join(str(item).split()))]
    found = []
    for name, inner in item["properties"].items():
        for one in inner if isinstance(inner, list) else [inner]:
            found += values_of(one, f"{path}/{name.lower()}")
    return found


@pytest.mark.recordings
@pytest.mark.skipif(not STRUCTURED.exists(), reason="no recordings beside the checkout")
@pytest.mark.parametrize(
    "name", ["schema.org__LocalBusiness.002", "schema.org__product", "websites__microdata-with-description"]
)
def test_microdata_agrees_with_the_recorded_expectation(name: str) -> None:
    folder = STRUCTURED / "extruct"
    page = open_page((folder / f"{name}.html").read_bytes(), "")
    said = {pair for item in page.structured for pair in values_of(item)}
    expected = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    wanted = {pair for item in expected for pair in values_of(item)}
    assert wanted - said <= {pair for pair in wanted if pair[0].endswith("/image")}
