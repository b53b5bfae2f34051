from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.page import read_page, site_of
from reputation.discovery.reading import open_page
from reputation.errors import Blocked, ReputationError, Unreadable
from reputation.model import Kind, Mention

CAPTURES = Path(__file__).parents[1] / "captures" / "pages"


def read(name: str, url: str | None = None) -> tuple[Mention, ...]:
    return read_page((CAPTURES / name).read_bytes(), name if url is None else url)


@pytest.mark.parametrize("name", ["cloudflare", "press-and-hold", "datadome", "no-vendor"])
def test_a_wall_is_never_read_as_empty(name: str) -> None:
    with pytest.raises(Blocked, match="open it yourself"):
        read(f"walls/{name}.html", "https://www.healthgrades.com/physician/dr-jane-roe-x1234")


@pytest.mark.parametrize(
    "name",
    [
        "walls/proxy.html",
        "walls/script-shell.html",
        "walls/cut-off.html",
        "healthgrades/shell.html",
        "psychology-today/maintenance.html",
    ],
)
def test_a_page_that_says_nothing_is_unreadable(name: str) -> None:
    with pytest.raises(Unreadable):
        read(name)


@pytest.mark.parametrize(
    "body", [b"", b"404 File Not Found", b"<html></html>", b"<p>x</p>", b"\x00" * 50, b"%PDF-1.7"]
)
def test_too_little_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_page(body, "https://a.example.com/")


def test_an_article_about_walls_is_an_article() -> None:
    (story,) = read("article/story.html")
    assert (story.kind, story.title, story.date_published) == (Kind.ARTICLE, "Clinic opens", "2026-03-02")
    assert story.claimed("author") == ("Rita Reporter",)
    assert story.claimed("publisher") == ("Invented Times",)
    assert "Dr. Jane Roe" in (story.text or "")


def test_the_subject_of_a_page_comes_first_and_is_not_the_better_known_other_doctor() -> None:
    listed, review = read("practice/physician-json-ld.html")
    assert (listed.title, listed.rating_value, listed.best_rating, listed.rating_count) == (
        "Jane Q. Roe, MD",
        4.9,
        5,
        12,
    )
    assert listed.claimed("npi") == ("1234567893",)
    assert listed.claimed("address_locality") == ("Boston",)
    assert listed.claimed("affiliation") == ("Invented General",)
    assert listed.claimed("fax_number") == ()
    assert (review.kind, review.listing_key, review.author_initials) == (Kind.REVIEW, listed.key, "E. S.")
    assert (review.rating_value, review.best_rating, review.worst_rating) == (5, 5, 5)
    assert review.date_published == "2025-08-21"


def test_a_page_without_markup_gives_name_phones_fax_address_and_mail() -> None:
    (listed,) = read("practice/no-markup.html")
    assert listed.title == "Harbor Oncology"
    assert listed.claimed("telephone") == ("617-555-0134", "617.555.0136", "+16175550137")
    assert listed.claimed("fax_number") == ("617-555-0135",)
    assert listed.claimed("street_address") == ("12 Invented Street, Suite 4",)
    assert (listed.claimed("address_locality"), listed.claimed("address_region")) == (("Boston",), ("MA",))
    assert listed.claimed("postal_code") == ("02115",)
    assert listed.claimed("email") == ("desk@harbor.example.com",)


def test_a_site_is_known_by_its_markup_where_the_address_does_not_tell() -> None:
    for folder, source in (
        ("ratemds", "ratemds"),
        ("webmd", "webmd"),
        ("vitals", "vitals"),
        ("healthgrades", "healthgrades"),
        ("google-maps", "google-maps"),
        ("yelp", "yelp"),
    ):
        for path in sorted((CAPTURES / folder).glob("*.*")):
            if path.name != "shell.html":
                assert read(f"{folder}/{path.name}", "saved.html")[0].source == source, path


def test_a_host_that_is_like_a_sites_is_not_the_site() -> None:
    assert site_of(open_page("<p>x", "https://nothealthgrades.com/physician/dr-x-12345")) is None
    assert site_of(open_page("<p>x", "https://healthgrades.com.evil.example.com/")) is None
    found = site_of(open_page("<p>x", "https://www.healthgrades.com/physician/dr-x-12345"))
    assert found is not None
    assert found.source == "healthgrades"


def test_an_unknown_site_is_named_after_its_host() -> None:
    (listed,) = read("practice/no-markup.html")
    assert listed.source == "harbor-example-com"
    assert listed.key.startswith("harbor-example-com:")


def test_keys_do_not_depend_on_how_the_page_was_saved() -> None:
    first = read(
        "ratemds/rated.html",
        "https://www.ratemds.com/doctor-ratings/99001/Dr-Jane-Roe-Boston-MA.html?utm_source=x#reviews",
    )
    second = read("ratemds/rated.html", "C:\\Users\\jane\\Dr. Jane Roe.html")
    assert [one.key for one in first] == [one.key for one in second]


def test_a_review_keeps_its_key_when_its_stars_change() -> None:
    body = (CAPTURES / "practice" / "physician-json-ld.html").read_bytes()
    worse = body.replace(b"Listened to every question.", b"Changed my mind.").replace(
        b'"ratingValue":5,', b'"ratingValue":1,'
    )
    before, after = read_page(body, "")[1], read_page(worse, "")[1]
    assert before.key == after.key
    assert (before.rating_value, after.rating_value) == (5, 1)


def test_two_reviews_of_one_day_and_the_same_initials_are_two() -> None:
    review = '{{"@type":"Review","author":"Ann","datePublished":"2026-01-02","reviewBody":"{}"}}'
    html = (
        '<script type="application/ld+json">{"@type":"Physician","name":"Jane Roe","review":['
        + ",".join(map(review.format, ("Good.", "Bad.", "Good.")))
        + "]}</script>"
    )
    _, *reviews = read_page(html.encode(), "https://a.example.com/")
    assert [one.text for one in reviews] == ["Good.", "Bad."]
    assert len({one.key for one in reviews}) == 2


def test_json_ld_and_microdata_that_say_the_same_are_one_listing_and_one_rating() -> None:
    html = b"""<h1>Jane Roe</h1><script type="application/ld+json">{"@type":"Physician","name":"Jane Roe","aggregateRating":{"ratingValue":4,"reviewCount":9}}</script>
    <div itemscope itemtype="http://schema.org/Physician"><b itemprop=name>Jane Roe</b><i itemprop=telephone>617-555-0134</i><div itemprop=aggregateRating itemscope
    itemtype="http://schema.org/AggregateRating"><i itemprop=ratingValue>4</i><i itemprop=reviewCount>9</i></div></div>"""
    (listed,) = read_page(html, "https://a.example.com/")
    assert (listed.rating_value, listed.review_count, listed.rating_count) == (4, 9, None)
    assert listed.claimed("telephone") == ("617-555-0134",)


@pytest.mark.parametrize(
    ("rating", "value"),
    [
        ('"ratingValue":0,"ratingCount":0', None),
        ('"ratingValue":"0.0","reviewCount":"0"', None),
        ('"ratingValue":"","ratingCount":""', None),
        ('"ratingValue":"4,4"', 4.4),
        ('"ratingValue":7.9,"bestRating":10', 7.9),
        ('"ratingValue":5,"bestRating":5,"worstRating":5', 5),
        ('"ratingValue":"n/a"', None),
    ],
)
def test_unrated_is_none_and_scales_stay_as_printed(rating: str, value: float | None) -> None:
    html = (
        '<script type="application/ld+json">{"@type":"Physician","name":"Jane Roe","aggregateRating":{'
        + rating
        + "}}</script>"
    )
    (listed,) = read_page(html.encode(), "https://a.example.com/")
    assert listed.rating_value == value
    assert value is not None or listed.best_rating is None


def test_pages_with_contact_data_alone_do_not_lose_their_article() -> None:
    html = b"""<title>Clean teeth</title><script type="application/ld+json">[{"@type":"BlogPosting","headline":"Clean teeth","datePublished":"2026-01-02","publisher":{"@type":"Dentist","name":"City Smiles ",
    "telephone":"617-555-0134","address":{"streetAddress":"12 Invented St"}}}]</script><article><p>Brush twice a day, for two minutes, with a soft brush, says the clinic.</p></article>"""
    story, listed = read_page(html, "https://a.example.com/blog/1")
    assert (story.kind, listed.kind, listed.title) == (Kind.ARTICLE, Kind.LISTING, "City Smiles")
    assert story.key != listed.key


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 100_000,
        b"<a " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">",
        b"<!--" + b"x" * 5_000_000,
    ],
)
def test_hostile_pages_are_refused_within_two_seconds(body: bytes) -> None:
    start = time.perf_counter()
    with pytest.raises(Unreadable):
        read_page(body, "https://a.example.com/")
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "heading",
    [
        "Page not found",
        "Oops! Something went wrong",
        "Please update your browser",
        "Under construction",
        "Hmm...",
    ],
)
@pytest.mark.parametrize(
    "url",
    [
        "https://www.healthgrades.com/physician/dr-jane-roe-x1234",
        "https://www.zocdoc.com/doctor/jane-roe-md-12345",
        "https://www.yelp.com/biz/jane-roe-md-boston",
        "https://www.linkedin.com/in/janeroe",
    ],
)
def test_the_heading_of_an_error_page_is_no_profile(url: str, heading: str) -> None:
    html = f"<title>{heading}</title><nav><a href=/>Home</a></nav><h1>{heading}</h1><p>Go back to the home page.</p>"
    with pytest.raises(Unreadable):
        read_page(html.encode(), url)
    bare = html.replace(heading, "Jane Roe")
    assert read_page(bare.encode(), url)[0].title == "Jane Roe"


def test_a_short_card_of_a_person_is_read() -> None:
    html = "<title>Jane Roe, MD</title><h1>Jane Roe, MD</h1><p>(617) 555-0134</p><p>12 Elm Street, Boston, MA 02114</p>"
    (listed,) = read_page(html.encode(), "https://www.example.org/jane")
    assert listed.claimed("telephone") == ("(617) 555-0134",)


@pytest.mark.parametrize(
    "body",
    [
        bytes(range(256)) * 50,
        b"bplist00" + bytes(range(256)) * 20,
        b"\x7fELF" + bytes(range(256)) * 20,
        gzip.compress(b"<html><body><h1>Jane Roe, MD</h1>" + b"She cares. " * 500, mtime=0)[:90],
    ],
)
def test_what_is_no_text_or_was_cut_off_is_never_an_article(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_page(body, "https://a.example.com/")


@pytest.mark.parametrize("url", ["http://[::1", "https://a.example.com/"])
def test_an_address_of_which_nothing_can_be_made_is_none(url: str) -> None:
    html = f"""<title>Jane Roe, MD</title><link rel=canonical href="http://[::1"><base href="http://[">
    <h1>Jane Roe, MD</h1><p>(617) 555-0134</p>{"<p>She sees patients on Elm Street.</p>" * 6}"""
    (listed,) = read_page(html.encode(), url)
    assert listed.title == "Jane Roe, MD"


@given(st.text(alphabet="<>/=\"' abdivspanh1#|[]()4.5ratings&;\n", max_size=200))
def test_no_text_crashes_the_reader(text: str) -> None:
    try:
        mentions = read_page(text.encode(), "https://a.example.com/")
    except ReputationError:
        return
    assert all(mention.key and mention.source for mention in mentions)
