"""The post linter on invented posts, and on labelled ones where they lie beside the checkout.

`posts.tsv`: the rules were written on these, and the models trained.  `posts_unseen.tsv`: by an author whom neither
ever saw; the rules alone blocked .60 of its violations and .10 of its safe posts, with the models it is .76 and .03.
A story can be told in more ways than any rule foresees: an empty answer says that nothing was found.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation import resources
from reputation.defense.post import check_post, hint_for
from reputation.model import BioFacts, Disclosure
from tests.conftest import LABELLED
from tests.defense.audits import ADA

ROWS = list(
    csv.DictReader(
        Path(__file__).with_name("posts.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
UNSEEN = list(
    csv.DictReader(
        Path(__file__).with_name("posts_unseen.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)


def blocked(text: str) -> bool:
    return any(one.level == "block" for one in check_post(text))


def test_violations_are_blocked() -> None:
    bad = [row["text"] for row in ROWS if row["label"] == "violation"]
    assert sum(map(blocked, bad)) / len(bad) >= 0.97


def test_safe_posts_pass() -> None:
    good = [row["text"] for row in ROWS if row["label"] == "safe"]
    assert sum(map(blocked, good)) / len(good) <= 0.03


def test_posts_of_an_author_never_seen_are_told_apart() -> None:
    said = {
        label: [blocked(row["text"]) for row in UNSEEN if row["label"] == label]
        for label in ("violation", "safe")
    }
    assert sum(said["violation"]) / len(said["violation"]) >= 0.72
    assert sum(said["safe"]) / len(said["safe"]) <= 0.05


def test_a_block_that_only_the_odds_call_for_says_where_and_why() -> None:
    alone = [one for row in UNSEEN for one in check_post(row["text"]) if one.rule == "reads_harmful"]
    assert alone
    for one in alone:
        assert one.span[0] < one.span[1]
        assert one.why
        assert one.cite


def test_people_of_the_past_are_nobodys_patients() -> None:
    assert not blocked("Phineas Gage was 25 when an iron bar passed through his skull in Vermont in 1848.")


def test_what_only_jars_is_warned_of() -> None:
    for row in ROWS:
        if row["label"] == "warn":
            assert {one.level for one in check_post(row["text"])} == {"warn"}, row["text"]


def test_the_rhode_island_case_is_caught_without_a_name() -> None:
    assert blocked("Saw a man in our ER last night whose hand met a table saw while his wife filmed.")


def test_a_consented_story_and_a_composite_pass() -> None:
    assert not blocked("With signed authorization on file: Pat tells of life after a transplant.")
    assert not blocked("A fictional composite: a 50-year-old came in with chest pain last night.")


def test_consent_does_not_free_a_record_number() -> None:
    assert blocked("With written permission: the chart of a patient, MRN 4482913.")


def test_a_tie_must_be_said_where_the_product_is_named() -> None:
    tie = Disclosure(what="Consultant for Cardiovia")
    profile = replace(ADA, bio=BioFacts(disclosures=(tie,)))
    text = "Cardiovia has a new blood pressure cuff that reads by itself."
    assert [one.rule for one in check_post(text, profile)] == ["disclosure"]
    assert check_post(text) == ()
    assert check_post(f"{text} Disclosure: I consult for them.", profile) == ()


def test_views_said_to_be_ones_own_need_no_second_saying() -> None:
    text = "I think the new bill is a mistake."
    assert [one.rule for one in check_post(text)] == ["disclaimer"]
    assert check_post(f"{text} Views are my own.") == ()
    assert check_post(text, replace(ADA, bio=BioFacts(views_are_my_own=True))) == ()


def test_the_late_hour_is_the_writers_own() -> None:
    text = "A quiet thought on handwashing."
    assert [one.rule for one in check_post(text, at=datetime(2026, 11, 21, 23, 30, tzinfo=UTC))] == [
        "late_hour"
    ]
    assert check_post(text, at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC)) == ()


def test_every_rule_has_a_rewrite_hint() -> None:
    for row in resources.table("data/post.toml")["rule"]:
        assert hint_for(row["id"]) == row["hint"]


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=100)
def test_any_text_is_read_and_spans_lie_in_it(text: str) -> None:
    for one in check_post(text):
        assert 0 <= one.span[0] <= one.span[1] <= len(text)


@pytest.mark.recordings
def test_the_labelled_posts_are_told_apart() -> None:
    path = LABELLED / "phi_posts_synthetic.tsv"
    if not path.exists():
        pytest.skip("the labelled texts do not lie beside this checkout")
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    wrong = [
        row["text"]
        for row in rows
        if row["kind"] == "post" and blocked(row["text"]) != (row["label"] != "safe")
    ]
    assert wrong == []


@pytest.mark.recordings
def test_identifiers_in_clinical_questions_are_found() -> None:
    path = LABELLED / "phi_clinical_queries.jsonl"
    if not path.exists():
        pytest.skip("the labelled texts do not lie beside this checkout")
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    alarms: list[bool] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = [one.span for one in check_post(row["text"]) if one.level == "block"]
        if not row["phi"]:
            alarms.append(bool(spans))
        for item in row["phi"]:
            kind = {"NAME": "names", "GEOGRAPHIC_LOCATION": "places", "DATE": "dates"}.get(
                item["type"], "ids"
            )
            total[kind] += 1
            found[kind] += any(start < item["end"] and item["start"] < end for start, end in spans)
    shares = {kind: found[kind] / total[kind] for kind in total}
    assert shares["ids"] >= 0.99
    assert shares["names"] >= 0.97
    assert shares["places"] >= 0.85
    assert sum(alarms) / len(alarms) <= 0.03
