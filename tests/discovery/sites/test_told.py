"""What a profile says in labels, sections and fixed phrases."""

from __future__ import annotations

import pytest

from reputation.discovery.page import read_page
from reputation.discovery.sites.told import hours, status
from reputation.model import Claim, Mention

PROFILE = """<title>Dr. Jane Roe, MD</title><main><h1>Dr. Jane Roe, MD</h1><p>Oncology</p><p>Female | Age 52</p><p>4.6</p><p>(38 ratings)</p>
<p>Dr. Roe is accepting new patients</p><p>12 Elm St Ste 4</p><p>Boston, MA 02115</p><p>(617) 555-0134</p>
<a href="/redirect?url=https%3A%2F%2Froe.example.org%2F">Visit website</a><img alt="Dr. Jane Roe" src="/roe.jpg">
<h3>Hours</h3><p>Monday 9:00 AM - 5:00 PM</p><p>Tuesday</p><p>9:00 AM - 12:00 PM</p><p>1:00 PM - 5:00 PM</p><p>Wednesday Closed</p>
<h2>Languages Spoken</h2><p>English</p><p>Spanish</p><h2>Education &amp; Training</h2><p>Invented University School of Medicine</p><p>Medical School</p>
<h2>Board Certifications</h2><p>American Board of Internal Medicine</p>
<h2>Insurance Accepted</h2><ul><li>Example Care</li><li>Invented Health Plan</li></ul><p>See all plans</p><p>No plan of ours</p>
<p>Licensed by State of Massachusetts / 108910</p></main>
<h2>Similar Doctors</h2><p>Dr. Max Other</p><p>Male</p><h3>Languages Spoken</h3><p>Danish</p>"""
SITES = [
    "https://www.healthgrades.com/physician/dr-jane-roe-x1234",
    "https://doctor.webmd.com/doctor/jane-roe-346bb9a3-7039-467b-975e-d5e0976a3dc3-overview",
    "https://www.zocdoc.com/doctor/jane-roe-md-123456",
    "https://www.psychologytoday.com/us/therapists/jane-roe-boston-ma/123456",
    "https://health.usnews.com/doctors/jane-roe-123456",
]


def subject(url: str) -> Mention:
    return read_page(PROFILE.encode(), url)[0]


@pytest.mark.parametrize("url", SITES)
def test_a_profile_tells_what_stands_under_its_labels(url: str) -> None:
    listed = subject(url)
    assert listed.claimed("accepting_new_patients") == ("true",)
    assert (listed.claimed("gender"), listed.claimed("specialty")) == (("female",), ("Oncology",))
    assert listed.claimed("language") == ("English", "Spanish")
    assert listed.claimed("alumni_of") == ("Invented University School of Medicine", "Medical School")
    assert listed.claimed("board_certification") == ("American Board of Internal Medicine",)
    assert listed.claimed("insurance") == ("Example Care", "Invented Health Plan")
    assert listed.claimed("license") == ("108910 Massachusetts",)
    assert listed.claimed("url") == ("https://roe.example.org/",)
    assert len(listed.claimed("image")) == 1
    assert listed.claimed("opening_hours") == (
        "Monday 9:00 AM - 5:00 PM",
        "Tuesday 9:00 AM - 12:00 PM, 1:00 PM - 5:00 PM",
        "Wednesday Closed",
    )


def test_hours_that_name_a_day_twice_are_of_two_offices_and_are_left_out() -> None:
    assert hours(["Monday 9 AM - 5 PM", "Tuesday 9 AM - 5 PM", "Monday 1 PM - 3 PM"]) == []


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("Unclaimed", Claim("is_claimed", "false")),
        ("This profile has not been claimed.", Claim("is_claimed", "false")),
        ("Claimed", Claim("is_claimed", "true")),
        ("Permanently closed", Claim("permanently_closed", "true")),
        ("Temporarily closed", Claim("business_status", "temporarily closed")),
    ],
)
def test_a_page_says_whether_it_is_claimed_and_open(line: str, claim: Claim) -> None:
    assert list(status([line])) == [claim]


@pytest.mark.parametrize(
    "line", ["Claim your profile", "Claim this business", "The pharmacy next door has permanently closed."]
)
def test_an_invitation_to_claim_and_prose_say_nothing_of_status(line: str) -> None:
    assert list(status([line])) == []


def test_hours_in_schema_org_are_told_day_by_day() -> None:
    spec = '{"@type": "OpeningHoursSpecification", "dayOfWeek": ["Monday", "https://schema.org/Tuesday"], "opens": "09:00", "closes": "17:00"}'
    page = f'<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "Dentist", "name": "Roe Dental", "openingHoursSpecification": [{spec}]}}</script>'
    (listed,) = read_page(page.encode(), "https://roe.example.org/")
    assert listed.claimed("opening_hours") == ("Mo,Tu 09:00-17:00",)
