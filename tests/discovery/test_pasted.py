"""Reviewers in pasted text: the shapes in which sites print them, and what must stay."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.page import read_page
from reputation.model import Capture
from tests.discovery.test_redact import capture, redacted


def veiled(text: str) -> str:
    return redacted(text, "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("— Sam Other, Boston", "— S. O., Boston"),
        ("“He listened.”\n  – Sam O., Boston MA", "“He listened.”\n  – S. O., Boston MA"),
        ("- Sam O.", "- S. O."),
        ("Sam O. wrote on May 3, 2025:", "S. O. wrote on May 3, 2025:"),
        ("Sam Other wrote a review", "S. O. wrote a review"),
        ("Reviewed by Sam Other on May 3", "Reviewed by S. O. on May 3"),
        ("Review by: Sam Other", "Review by: S. O."),
        (
            "Sam Other\nLocal Guide · 12 reviews · 3 photos\nGreat",
            "S. O.\nLocal Guide · 12 reviews · 3 photos\nGreat",
        ),
        ("Sam de Other\n\n8 reviews\n", "S. D. O.\n\n8 reviews\n"),
        ("Sam O.\nBoston, MA\n0 friends\n12 reviews", "S. O.\nBoston, MA\n0 friends\n12 reviews"),
        ("Samantha\n3 reviews", "S.\n3 reviews"),
        (
            "Sam Other\n2 reviews\nGood.\nResponse from the owner\nThank you, Sam Other.",
            "S. O.\n2 reviews\nGood.\nResponse from the owner\nThank you, S. O..",
        ),
    ],
)
def test_a_reviewer_in_a_shape_that_sites_print_is_known_by_initials(said: str, kept: str) -> None:
    heading = "Example Clinic\n4.6\n38 reviews\nOverview\n"
    assert veiled(heading + said) == heading + kept
    assert veiled(kept) == kept


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Jane Roe\n38 reviews",
        "https://maps.example.com/x\nJane Roe\n38 reviews\nOverview\nJane Roe\n38 reviews",
        "Maps\nJane Roe\n38 reviews",
        "Maps\nElm Street Oncology\n38 reviews",
        "Maps\nJane Roe\n4.6\n38 reviews",
        "Jane Roe, MD\n38 reviews",
        "Jane Roe, MD\nReviews\nJane Roe\n38 reviews",
        "Medically reviewed by Jane Roe, MD",
        "Doctor Roe wrote a letter",
        "— Jane Roe, MD, Boston",
        "Google Reviews\n38 reviews",
        "Most relevant\n38 reviews",
        "- Boston Medical Center\n- Cambridge Hospital",
        "My wife Ann and I were seen at once.",
        "Reviewed by patients",
        "617-555-0134\n1 Elm St",
    ],
)
def test_clinicians_places_and_sentences_stay_as_they_are(said: str) -> None:
    assert veiled(said) == said


def test_text_that_no_person_pasted_is_left_alone() -> None:
    given = capture(b"Sam Other\n2 reviews\n", "text/csv")
    assert given.body == redacted_capture(given).body


def redacted_capture(given: Capture) -> Capture:
    from reputation.discovery.redact import redact

    return redact(given)


@given(st.text(alphabet="SaO .,—-\nreviwsby12·", max_size=300))
def test_doing_it_twice_is_doing_it_once(text: str) -> None:
    once = veiled(text)
    assert veiled(once) == once


def test_a_long_text_takes_no_longer_than_its_length_allows() -> None:
    begun = time.process_time()
    veiled("A" * 200_000)
    veiled("Sam Other\nLocal Guide\n" * 10_000)
    veiled("reviewed by " * 20_000)
    assert time.process_time() - begun < 4.0


@pytest.mark.parametrize("name", ["Dr. Jane Roe", "Jane Q. Roe, M.D.", "Jane van der Roe, MD, PhD"])
def test_a_clinicians_name_at_the_top_of_pasted_text_is_its_heading(name: str) -> None:
    text = f"Healthgrades\n{name}\nMedical Oncology\n4.6 out of 5\n38 ratings\nPhone: 617-555-0134\n"
    listing, *_ = read_page(
        text.encode(), "https://www.healthgrades.com/physician/dr-jane-roe-x7abc", "text/plain"
    )
    assert (listing.kind, listing.title, listing.rating_value, listing.rating_count) == (
        "listing",
        name,
        4.6,
        38,
    )


def test_a_sentence_that_names_a_clinician_is_no_heading() -> None:
    text = (
        "Local news\nJane Roe\nDr. Sam Other said on Monday that it works.\nDr. Sam Other, MD, won.\n"
        + "word " * 80
    )
    assert {
        one.kind.value for one in read_page(text.encode(), "https://news.example.com/a", "text/plain")
    } == {"article"}
