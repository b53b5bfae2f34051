"""Profiles and lists whose markup says nothing: the stars beside the name, the page's state, one card a doctor."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reputation.discovery.page import read_page
from reputation.discovery.sites.beside_name import rating_beside
from reputation.model import Kind, Mention

OTHERS = (
    "<section><h2>Similar Doctors Nearby</h2><div><a href='/physician/dr-max-other-y9999'>Dr. Max Other, MD</a><p>5.0</p>"
    "<p>(210 ratings)</p><p>99 Other Ave, Quincy, MA 02169</p><p>(617) 555-0199</p></div></section>"
)
URLS = {
    "healthgrades": "https://www.healthgrades.com/physician/dr-jane-roe-x1234",
    "webmd": "https://doctor.webmd.com/doctor/jane-roe-346bb9a3-7039-467b-975e-d5e0976a3dc3-overview",
    "vitals": "https://www.vitals.com/doctors/Dr_Jane_Roe.html",
    "zocdoc": "https://www.zocdoc.com/doctor/jane-roe-md-123456",
    "us-news": "https://health.usnews.com/doctors/jane-roe-123456",
    "ratemds": "https://www.ratemds.com/doctor-ratings/15807/Dr-Jane-Roe-Boston-MA.html/",
}


def page(body: str, title: str = "Dr. Jane Roe, MD - Oncologist in Boston, MA", head: str = "") -> bytes:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def listings(body: bytes, url: str) -> list[Mention]:
    return [one for one in read_page(body, url) if one.kind is Kind.LISTING]


@pytest.mark.parametrize("site", URLS)
@pytest.mark.parametrize(
    "stars",
    [
        "<span>4.6</span><span>(38 ratings)</span>",
        "<p>4.6</p><p>38 patient reviews</p>",
        "<p>4.6 · 38 reviews</p>",
        "<p>4.6 out of 5 (38 ratings)</p>",
        "<div role=slider aria-valuenow=4.6 aria-valuemax=5></div><a>(38 ratings)</a>",
        "<i title='4.6 star rating'></i><p>38 reviews</p>",
    ],
)
def test_the_stars_beside_the_name_are_hers_and_the_others_never(site: str, stars: str) -> None:
    own = f"{stars}<p>12 Elm St, Boston, MA 02115</p><p>(617) 555-0134</p>"
    (listed,) = listings(page(f"<h1>Dr. Jane Roe, MD</h1>{own}{OTHERS}"), URLS[site])
    assert (listed.title, listed.source) == ("Dr. Jane Roe, MD", site)
    assert (listed.rating_value, listed.best_rating) == (4.6, 5)
    assert 38 in (listed.rating_count, listed.review_count)
    assert listed.claimed("telephone") == ("(617) 555-0134",)
    assert listed.claimed("postal_code") == ("02115",)


@pytest.mark.parametrize(
    "lines",
    [
        ["4.6"],
        ["26 ratings & reviews"],
        ["4.6", "Oncologist", "Boston", "x", "y", "38 reviews"],
        ["7.5 (38 ratings)"],
    ],
)
def test_a_bare_number_beside_the_name_is_no_rating(lines: list[str]) -> None:
    assert rating_beside(None, "Jane Roe", ["Jane Roe", *lines]).rating_value is None


def zocdoc(name: str, **told: Any) -> dict[str, Any]:
    office = {
        "address1": "12 Elm St",
        "city": "Boston",
        "state": "MA",
        "zipCode": "02115",
        "phone": "617-555-0134",
    }
    video = {**office, "isVirtual": True, "phone": "617-555-0199"}
    return {"approvedFullName": name, "approvedLocations": [office, video], **told}


def test_the_pages_state_is_read_where_it_bears_the_headings_name() -> None:
    hers = zocdoc(
        "Dr. Jane Roe, MD",
        npi="1234567893",
        averageRating=4.86,
        reviewCount=73,
        acceptsNewPatients=True,
        relevantSpecialty={"name": "Oncologist"},
        gender="F",
        languages=["English", "Spanish"],
    )
    other = zocdoc("Dr. Max Other, MD", npi="2000000002", averageRating=5, reviewCount=999)
    state = json.dumps(json.dumps({"similar": [other], "profile": {"provider": hers}}))
    head = f"<script>window.__REDUX_STATE__ = JSON.parse({state});</script>"
    (listed,) = listings(page(f"<h1>Dr. Jane Roe, MD</h1>{OTHERS}", head=head), URLS["zocdoc"])
    assert (listed.rating_value, listed.review_count) == (4.86, 73)
    told = {claim.field: claim.value for claim in listed.claims}
    assert told["npi"] == "1234567893"
    assert told["telephone"] == "617-555-0134"
    assert (told["gender"], told["accepting_new_patients"], told["specialty"]) == (
        "female",
        "true",
        "Oncologist",
    )
    assert listed.claimed("language") == ("English", "Spanish")
    assert (told["street_address"], told["postal_code"]) == ("12 Elm St", "02115")


DOCTORS = (
    ("jane-roe", "Dr. Jane Roe, MD"),
    ("max-other", "Dr. Max Other, MD"),
    ("ann-third", "Dr. Ann Third, DO"),
)


@pytest.mark.parametrize(
    ("site", "path"),
    [
        ("https://www.healthgrades.com", "/physician/dr-{}-x1b{}"),
        ("https://doctor.webmd.com", "/doctor/{}-34{}bb9a3-overview"),
        ("https://www.zocdoc.com", "/doctor/{}-md-{}"),
    ],
)
def test_a_list_without_markup_gives_each_doctor_her_own_facts(site: str, path: str) -> None:
    cards = "".join(
        f"<li><a href='{path.format(slug, n)}'><h2>{name}</h2></a><span>4.{n}</span> <span>({20 + n} ratings)</span>"
        f"<p>{n + 1} Elm St, Boston, MA 02115</p><p>(617) 555-013{n}</p><a href='{path.format(slug, n)}'>View profile</a></li>"
        for n, (slug, name) in enumerate(DOCTORS)
    )
    found = listings(
        page(f"<h1>Doctors in Boston, MA</h1><ul>{cards}</ul>", "Best doctors"), f"{site}/search?q=roe"
    )
    assert [one.title for one in found] == [name for _, name in DOCTORS]
    assert [one.rating_value for one in found] == [4.0, 4.1, 4.2]
    assert [one.rating_count for one in found] == [20, 21, 22]
    assert [one.claimed("telephone") for one in found] == [(f"(617) 555-013{n}",) for n in range(3)]
    assert len({one.key for one in found}) == 3


def test_clinicians_side_by_side_on_a_practices_page_are_several_listings() -> None:
    team = "".join(
        f"<div itemscope itemtype='https://schema.org/Physician'><h2 itemprop=name>{name}</h2>"
        f"<b itemprop=telephone>617-555-013{n}</b></div>"
        for n, (_, name) in enumerate(DOCTORS)
    )
    found = listings(page(f"<h1>Our doctors</h1>{team}", "Our doctors"), "https://clinic.example.org/team")
    assert [(one.title, one.claimed("telephone")) for one in found] == [
        (name, (f"617-555-013{n}",)) for n, (_, name) in enumerate(DOCTORS)
    ]


def test_the_brand_above_the_name_is_nobodys_name() -> None:
    body = page("<h1>Psychology Today</h1><h1>Jane Roe</h1><p>12 Elm St</p><p>Boston, MA 02115</p><p>(617) 555-0134</p>",
                "Jane Roe, Therapist, Boston, MA | Psychology Today")  # fmt: skip
    url = "https://www.psychologytoday.com/us/therapists/jane-roe-boston-ma/123456"
    assert [one.title for one in listings(body, url)] == ["Jane Roe"]


def test_a_form_that_loads_a_captcha_is_no_wall() -> None:
    body = page(
        "<h1>Contact Roe Oncology</h1><p>12 Elm Street, Boston, MA 02115. Call 617-555-0134 to reach the front desk.</p><form>"
        "<div class=cf-turnstile></div><script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script></form>"
        "<p>This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply.</p>",
        "Contact | Roe Oncology",
    )
    (listed,) = listings(body, "https://roe.example.org/contact")
    assert (listed.title, listed.claimed("telephone")) == ("Roe Oncology", ("617-555-0134",))


def test_a_list_of_places_on_google_maps_gives_each_its_own_stars() -> None:
    cards = "".join(
        f"<div><a aria-label='{name}' href='https://www.google.com/maps/place/x/data=!4m7!3m6!1s0x89e{n}70:0xc5{n}a8!8m2'></a><div>{name}</div>"
        f"<span role=img aria-label='4.{n} stars {20 + n} Reviews'><b>4.{n}</b><b>({20 + n})</b></span><p>(617) 555-013{n}</p></div>"
        for n, (_, name) in enumerate(DOCTORS)
    )
    body = page(f"<h1>Results</h1>{cards}", "oncologist - Google Maps")
    found = listings(body, "https://www.google.com/maps/search/oncologist/")
    assert [(one.title, one.rating_value, one.rating_count) for one in found] == [
        (name, 4 + n / 10, 20 + n) for n, (_, name) in enumerate(DOCTORS)
    ]


def test_a_place_on_google_maps_tells_its_hours_and_that_it_is_closed() -> None:
    week = "Monday, 9 AM to 5 PM; Tuesday, 9 AM to 5 PM; Wednesday, Closed. Hide open hours for the week"
    body = page(
        f"<h1>Roe Oncology</h1><p>4.6</p><p>(38)</p><p>Permanently closed</p><div aria-label='{week}'></div>"
        "<button aria-label='Address: 12 Elm St, Boston, MA 02115'></button><button aria-label='Phone: (617) 555-0134'></button>",
        "Roe Oncology - Google Maps",
    )
    (listed,) = listings(body, "https://www.google.com/maps/place/Roe+Oncology/data=!1s0x89e370a5:0xc53a8e64")
    assert (listed.rating_value, listed.rating_count) == (4.6, 38)
    assert (listed.claimed("telephone"), listed.claimed("postal_code")) == (("(617) 555-0134",), ("02115",))
    assert listed.claimed("permanently_closed") == ("true",)
    assert listed.claimed("opening_hours") == (
        "Monday 9 AM to 5 PM",
        "Tuesday 9 AM to 5 PM",
        "Wednesday Closed",
    )


def test_a_profile_without_its_address_is_no_list_of_her_colleagues() -> None:
    colleagues = "".join(
        f"<li><a href='/physician/dr-{slug}-x9{n}k2'>{name}</a><p>5.0</p><p>(99 ratings)</p></li>"
        for n, (slug, name) in enumerate(DOCTORS[1:])
    )
    own = "<h1>Dr. Jane Roe, MD</h1><p>12 Elm St, Boston, MA 02115</p>"
    body = page(f"{own}<h2>Sponsored</h2><ul>{colleagues}</ul>", "Dr. Jane Roe, MD | Healthgrades")
    (listed,) = listings(body, "saved.html")
    assert (listed.title, listed.source, listed.rating_value) == ("Dr. Jane Roe, MD", "healthgrades", None)
