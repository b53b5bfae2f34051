from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reputation.discovery.page import read_page
from reputation.discovery.sites.directory import source_at
from reputation.discovery.sites.registry import SITES
from reputation.discovery.sources import saved_page
from reputation.model import (
    Access,
    By,
    Capture,
    Category,
    Kind,
    Mention,
    PersonName,
    Profile,
    Request,
    Right,
    Source,
)

CAPTURES = Path(__file__).parents[2] / "captures" / "pages"


def read(name: str, url: str | None = None) -> tuple[Mention, ...]:
    return read_page((CAPTURES / name).read_bytes(), name if url is None else url)


def html(body: str, url: str) -> tuple[Mention, ...]:
    return read_page(f"<!DOCTYPE html><meta charset=utf-8>{body}".encode(), url)


def figures(mention: Mention) -> tuple[float | None, float | None, int | None, int | None]:
    return mention.rating_value, mention.best_rating, mention.rating_count, mention.review_count


# ---------------------------------------------------------------------------- directories


def test_ratemds_gives_the_aggregate_the_state_and_reviews_but_no_answers() -> None:
    listed, *reviews = read("ratemds/rated.html")
    assert (listed.key, listed.title) == ("ratemds:99001", "Dr. Jane Q. Roe")
    assert figures(listed) == (3.33, 5, 3, None)
    assert listed.claimed("address_region") == ("MA",)
    assert listed.claimed("telephone") == ("617-555-0134",)
    assert listed.claimed("affiliation") == ("Harbor Oncology",)
    assert listed.claimed("specialty") == ("Oncologist / Hematologist",)
    assert [(one.rating_value, one.date_published) for one in reviews] == [
        (5, "2014-05-26"),
        (1, "2018-06-01"),
        (4, "2016-01-02"),
    ]
    assert [one.key for one in reviews] == [
        "ratemds:review-90001",
        "ratemds:review-90003",
        "ratemds:review-90002",
    ]
    assert {one.author_initials for one in reviews} == {None}
    assert {one.listing_key for one in reviews} == {listed.key}


def test_ratemds_unrated_is_none_not_zero() -> None:
    (listed,) = read("ratemds/unrated.html")
    assert (listed.rating_value, listed.best_rating, listed.rating_count) == (None, None, None)


def test_ratemds_without_its_microdata_is_read_from_its_state() -> None:
    page = (CAPTURES / "ratemds" / "rated.html").read_text(encoding="utf-8").replace("itemscope", "data-x")
    listed, *reviews = read_page(page.encode(), "")
    assert figures(listed) == (3.33, 5, 3, None)
    assert [one.rating_value for one in reviews] == [5, 1, 4]


def test_a_healthgrades_search_page_gives_one_listing_a_card() -> None:
    cards = read("healthgrades/search.html")
    assert [(one.title, one.rating_value, one.rating_count) for one in cards] == [
        ("Dr. Jane Roe, MD", 4.7, 70),
        ("Dr. John Doe, DO", 5.0, 1),
        ("Dr. Max Sample, MD", None, None),
    ]
    jane = cards[0]
    assert jane.key == "healthgrades:dr-jane-roe-x1234"
    assert jane.url == "https://www.healthgrades.com/physician/dr-jane-roe-x1234"
    assert (jane.claimed("street_address"), jane.claimed("npi")) == (
        ("12 Invented St Ste 4",),
        ("2345678904",),
    )
    assert cards[1].claimed("npi") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("healthgrades/profile-stars.md", (4.3, 5, 38, 17)),
        ("healthgrades/profile-likelihood.md", (4.3, 5, None, None)),
        ("healthgrades/state-2017.html", (4.9, 5, 64, 18)),
        ("webmd/rated.md", (4.5, 5, 31, None)),
        ("webmd/unrated.md", (None, None, 0, None)),
        ("vitals/rated.md", (4.5, 5, 26, None)),
    ],
)
def test_a_directory_page_gives_the_subjects_own_figures(
    name: str, expected: tuple[float | None, ...]
) -> None:
    listed = read(name)[0]
    assert listed.title == "Dr. Jane Roe, MD"
    assert figures(listed) == expected
    assert listed.source == name.split("/", maxsplit=1)[0]


def test_a_sites_own_id_makes_the_key() -> None:
    for name, url, key in (
        (
            "healthgrades/profile-stars.md",
            "https://www.healthgrades.com/physician/dr-jane-roe-x1234?x=1",
            "healthgrades:dr-jane-roe-x1234",
        ),
        (
            "webmd/rated.md",
            "https://doctor.webmd.com/doctor/jane-roe-8e7ce811-4d70-df11-ae8e-001f29e3eb42-overview",
            "webmd:jane-roe-8e7ce811-4d70-df11-ae8e-001f29e3eb42",
        ),
        (
            "vitals/rated.md",
            "https://www.vitals.com/doctors/jane-roe-hwx9t9/reviews",
            "vitals:jane-roe-hwx9t9",
        ),
    ):
        assert read(name, url)[0].key == key


def test_doctoralia_finds_title_offices_phones_and_licences() -> None:
    listed, pinned, newest = read("doctoralia/profile.html")
    assert (listed.key, listed.title) == ("doctoralia:juana-muestra-prueba", "Dra. Juana Muestra Prueba")
    assert listed.url == "https://www.doctoralia.com.mx/juana-muestra-prueba/oftalmologo/puebla"
    assert figures(listed) == (5, 5, None, 75)
    assert listed.worst_rating == 0
    assert listed.claimed("telephone") == ("55 5550 0134",)
    assert listed.claimed("license") == ("1000001", "1000002")
    assert listed.claimed("postal_code") == ("72000",)
    assert (pinned.author_initials, newest.author_initials) == ("E. F. G.", "V.")
    assert (newest.rating_value, newest.best_rating, newest.date_published) == (1, 5, "2026-02-27")


def test_a_doctoralia_list_gives_one_listing_a_doctor() -> None:
    assert [(one.key, one.review_count) for one in read("doctoralia/list.html")] == [
        ("doctoralia:pedro-muestra", 134),
        ("doctoralia:ana-prueba", 22),
        ("doctoralia:team-inventado", 56),
    ]


def test_a_scale_of_a_hundred_stays_as_printed() -> None:
    listed, review = read("prodoctorov/profile.html")
    assert figures(listed) == (100, 100, None, 148)
    assert (review.rating_value, review.best_rating, review.author_initials) == (40, 100, None)


def test_psychology_today_gives_each_office_once_with_its_suite() -> None:
    (listed,) = read("psychology-today/profile.html")
    assert (listed.key, listed.title, listed.rating_value) == (
        "psychology-today:900480",
        "Jane Quill Roe",
        None,
    )
    assert listed.claimed("street_address") == ("76 Sample Street, Suite 34",) * 2
    assert listed.claimed("postal_code") == ("02421", "02420")
    assert listed.claimed("affiliation") == ("Invented Center 1", "Invented Center 2")
    assert listed.claimed("credential") == ("MD", "PhD")
    assert listed.claimed("specialty") == ("Psychiatrist",)
    assert listed.claimed("license") == ("57000 Massachusetts",)


@pytest.mark.parametrize(
    ("name", "rating", "count", "date"),
    [("microdata", 3.5, 19, "2016-05-03"), ("labels", 3.6, 41, "2025-05-03")],
)
def test_yelp_is_read_in_its_old_and_its_new_dress(name: str, rating: float, count: int, date: str) -> None:
    listed, review = read(f"yelp/{name}.html")
    assert (listed.title, listed.rating_value, listed.review_count) == ("Harbor Oncology", rating, count)
    assert listed.key == "yelp:harbor-oncology-boston"
    assert listed.claimed("telephone") == ("(617) 555-0134",)
    assert (review.rating_value, review.date_published, review.author_initials) == (2, date, "R. J.")


def test_google_maps_gives_the_place_and_not_what_people_also_search_for() -> None:
    listed, review = read("google-maps/place.html")
    assert (listed.title, listed.rating_value, listed.rating_count) == ("Harbor Oncology", 4.7, 20)
    assert listed.claimed("telephone") == ("(617) 555-0134",)
    assert listed.claimed("street_address") == ("12 Invented St",)
    assert (review.rating_value, review.author_initials) == (2, "R. J.")
    assert review.text == "Nobody answers the phone, and the bill was wrong twice."


@pytest.mark.parametrize(
    ("shown", "rating", "count"),
    [("4,4 (2\u00a0130)", 4.4, 2130), ("4.7</p><p>(1,024)", 4.7, 1024), ("No reviews", None, None)],
)
def test_google_maps_speaks_many_languages(shown: str, rating: float | None, count: int | None) -> None:
    listed = html(
        f"<title>Harbor Oncology – Google Maps</title><h1>Harbor Oncology</h1><p>{shown}</p>",
        "https://www.google.com/maps/place/x",
    )[0]
    assert (listed.rating_value, listed.rating_count) == (rating, count)


def test_other_directories_need_no_reader_of_their_own() -> None:
    body = "<h1>Jane Roe, MD</h1><p>4.9 out of 5</p><p>(123 reviews)</p><p>12 Invented St, Boston, MA 02115</p><p>617-555-0134</p>"
    (listed,) = html(body, "https://www.zocdoc.com/doctor/jane-roe-md-900258")
    assert listed.key == "zocdoc:jane-roe-md-900258"
    assert figures(listed) == (4.9, 5, None, 123)
    assert listed.claimed("telephone") == ("617-555-0134",)


def test_the_stars_of_suggested_doctors_are_not_the_subjects() -> None:
    body = (
        "<h1>Jane Roe, MD</h1><p>Oncologist</p>"
        + "<p>About her</p>" * 20
        + "<h2>Similar doctors</h2><p>Dr. Otto Other</p><p>617-555-0199</p><p>9 Else St, Salem, MA 01970</p>"
    )
    (listed,) = html(body, "https://www.zocdoc.com/doctor/jane-roe-md-900258")
    assert listed.rating_value is None
    assert listed.claimed("telephone") == ()
    assert listed.claimed("street_address") == ()


# ---------------------------------------------------------------------------- social sites


def test_a_facebook_page_gives_its_counts_in_any_language() -> None:
    body = '<title>Harbor Oncology - Startseite | Facebook</title><script type="application/ld+json">{"\\u0040type":"LocalBusiness","name":"Harbor Oncology"}</script><p>54.624 Personen gefällt das</p><p>53.887 Personen haben das abonniert</p>'
    (page,) = html(body, "https://www.facebook.com/harboroncology/")
    assert (page.kind, page.title, page.key) == (Kind.PROFILE, "Harbor Oncology", "facebook:harboroncology")
    assert (page.claimed("likes"), page.claimed("followers")) == (("54624",), ("53887",))


def test_linkedin_gives_name_headline_and_positions_but_not_the_readers_own_data() -> None:
    body = '<title>(3) Experience | Jane Roe | LinkedIn</title><code style="display: none">{"secret":"data"}</code><ul><li><span>Attending Oncologist</span><br><span>Harbor Oncology · Full-time</span></li></ul>'
    (page,) = html(body, "https://www.linkedin.com/in/jane-roe/details/experience/")
    assert (page.kind, page.title, page.key) == (Kind.PROFILE, "Jane Roe", "linkedin:jane-roe")
    assert page.claimed("job_title") == ("Attending Oncologist",)
    assert page.claimed("affiliation") == ("Harbor Oncology",)
    public = html(
        '<title>Jane Roe - Oncologist - Harbor Oncology | LinkedIn</title><meta property="og:title" content="Jane Roe - Oncologist | LinkedIn"><h1 id="name">Jane Roe</h1><p class="headline">Oncologist at Harbor</p>',
        "x",
    )
    assert (public[0].title, public[0].text) == ("Jane Roe", "Oncologist at Harbor")


def test_a_reddit_thread_gives_its_attributes_and_initials() -> None:
    body = '<title>Reddit - The heart of the internet</title><shreddit-post permalink="/r/boston/comments/1abcde/any_good_oncologist/" post-title="Any good oncologist?" score="0" comment-count="16" author="SomeBody" created-timestamp="2026-03-03T09:47:05+0000" subreddit-prefixed-name="r/boston"><div slot="text-body">Looking for one.</div></shreddit-post>'
    (post,) = html(body, "saved.html")
    assert (post.kind, post.key, post.title) == (Kind.POST, "reddit:1abcde", "Any good oncologist?")
    assert (post.author_initials, post.date_published, post.text) == ("S.", "2026-03-03", "Looking for one.")
    assert (post.claimed("score"), post.claimed("comment_count")) == (("0",), ("16",))


def test_a_scholar_profile_gives_its_index_and_publications() -> None:
    row = '<tr class="gsc_a_tr"><td><a class="gsc_a_at" href="/citations?view_op=view_citation&user=AbC&citation_for_view=AbC:x1">A study</a><div class="gs_gray">J Roe, O Other</div><div class="gs_gray">Invented Journal 1, 2020</div></td><td class="gsc_a_c"><a>1\u00a0204</a>*</td><td class="gsc_a_y"><span>2020</span></td></tr>'
    cells = "".join(f'<td class="gsc_rsb_std">{n}</td>' for n in ("1\u202f014", 500, 18, 12, 52, 37))
    body = f'<title>\u202aJane Roe\u202c - Google Scholar</title><div id="gsc_prf_in">Jane Roe</div><div class="gsc_prf_il">Invented University</div><table id="gsc_rsb_st"><tr>{cells}</tr></table><table>{row}</table>'
    author, paper = html(body, "https://scholar.google.com/citations?user=AbC&hl=en")
    assert (author.key, author.claimed("citations"), author.claimed("h_index")) == (
        "google-scholar:AbC",
        ("1014",),
        ("18",),
    )
    assert (paper.kind, paper.title, paper.date_published) == (Kind.ARTICLE, "A study", "2020")
    assert paper.claimed("co_author") == ("J Roe", "O Other")
    assert paper.claimed("citations") == ("1204",)


def test_a_forum_gives_its_messages_with_initials() -> None:
    message = '<article class="message" data-author="boo{0}" data-content="post-{0}"><time datetime="2024-07-18T04:33:53+00:00">x</time><div class="bbWrapper">Message {0}</div></article>'
    first, second = html(
        "<h1>A thread</h1>" + message.format(1) + message.format(2),
        "https://forums.studentdoctor.net/threads/a-thread.1/",
    )
    assert (first.kind, first.title, first.text, first.author_initials) == (
        Kind.POST,
        "A thread",
        "Message 1",
        "B.",
    )
    assert (first.date_published, second.key) == ("2024-07-18", "student-doctor:post-2")


def test_an_account_on_x_and_its_posts_are_read_from_the_mirror() -> None:
    body = '<title>Jane Roe (@janeroe) | nitter</title><a class="profile-card-fullname">Jane Roe</a><a class="profile-card-username">@janeroe</a><div class="profile-bio">Oncologist</div><ul class="profile-statlist"><li class="followers"><span class="profile-stat-num">1,204</span></li></ul><div class="timeline-item"><a class="tweet-link" href="/janeroe/status/99#m"></a><a class="username">@janeroe</a><span class="tweet-date"><a title="x">27 Apr 2019</a></span><div class="tweet-content">Hello</div></div>'
    account, post = html(body, "https://nitter.net/janeroe")
    assert (account.key, account.text, account.claimed("followers")) == (
        "x:janeroe",
        "Oncologist",
        ("1,204",),
    )
    assert (post.kind, post.key, post.text, post.date_published) == (
        Kind.POST,
        "x:status-99",
        "Hello",
        "2019-04-27",
    )


# ---------------------------------------------------------------------------- the house


def test_every_site_has_an_id_and_hosts() -> None:
    assert len({site.source for site in SITES}) == len(SITES)
    assert all(site.hosts and site.read for site in SITES)


def test_the_shipped_sources_own_their_hosts() -> None:
    assert source_at("https://www.zocdoc.com/doctor/x") == "zocdoc"
    assert source_at("https://www.google.com/maps/place/x") == "google-maps"
    assert source_at("https://unknown.example.com/x") == "unknown-example-com"


def test_a_saved_page_is_read_as_the_source_that_it_was_saved_for() -> None:
    source = Source(
        id="vitals", title="Vitals", category=Category.RATINGS, access=Access.MANUAL, adapter="saved_page"
    )
    body = (CAPTURES / "practice" / "physician-json-ld.html").read_bytes()
    capture = Capture(
        source="vitals", request=Request(url="saved.html"), url="saved.html", status=200, body=body, sha256="0" * 64,
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC), by=By.SAVED_PAGE,
    )  # fmt: skip
    listed, review = saved_page.parse(source, capture)
    assert (listed.source, listed.sources, review.source) == ("vitals", ("vitals",), "vitals")
    assert listed.key.startswith("vitals:")
    assert review.listing_key == listed.key
    profile = Profile(right=Right(is_self=True), name=PersonName(given="Jane", family="Roe"))
    assert list(saved_page.plan(source, profile, ())) == []


# ---------------------------------------------------------------------------- what pages print in their own way

PROSE = "<p>" + "She sees patients in the practice on Elm Street. " * 6 + "</p>"


def test_two_pages_saved_without_their_address_are_two() -> None:
    keys = {
        html(f"<title>{name} - Roe Clinic</title><h1>{name}</h1><p>(617) 555-0134</p>{PROSE}", "")[0].key
        for name in ("Jane Roe, MD", "John Poe, MD")
    }
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("printed", "claimed"),
    [
        ("<p>NPI: 1234567893</p>", ("1234567893",)),
        ("<dl><dt>NPI Number</dt><dd>1234567893</dd></dl>", ("1234567893",)),
        ("<p>NPI# 1234567893</p><p>(NPI 1234567893)</p>", ("1234567893",)),
        ("<p>NPI 1234567893</p><p>John Poe, NPI 2123456781</p>", ()),
        ("<p>Call 1234567893</p>", ()),
    ],
)
def test_the_one_npi_that_a_page_prints_is_claimed(printed: str, claimed: tuple[str, ...]) -> None:
    body = f"<title>Jane Roe, MD</title><h1>Jane Roe, MD</h1><p>(617) 555-0134</p>{printed}{PROSE}"
    assert html(body, "https://www.example.org/jane")[0].claimed("npi") == claimed


def test_what_stands_under_review_is_one_without_a_type_too() -> None:
    body = """<title>Jane Roe, MD - Yelp</title><h1>Jane Roe, MD</h1><script type="application/ld+json">
    {"@type": "LocalBusiness", "name": "Jane Roe, MD", "review": [{"author": "Lee Q.", "datePublished": "2025-05-05",
    "reviewRating": {"ratingValue": 1}, "description": "A nightmare of bills."}]}</script>"""
    (_, review) = html(body, "https://www.yelp.com/biz/jane-roe-md-boston")
    assert (review.kind, review.author_initials, review.rating_value) == (Kind.REVIEW, "L. Q.", 1)


def test_linkedin_gives_the_name_without_the_headline() -> None:
    body = f"<title>Jane Roe, MD - Cardiologist - Roe Clinic | LinkedIn</title>{PROSE}"
    (profile,) = html(body, "https://www.linkedin.com/in/janeroe")
    assert profile.claimed("name") == ("Jane Roe, MD",)
