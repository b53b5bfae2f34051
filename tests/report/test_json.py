"""The JSON document: the contract's fields, in order, and a schema that says what it is."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from reputation.model import Audit, Comparison
from reputation.report.json import dumps, schema, to_document
from tests.report.hostile import PAYLOADS, poisoned
from tests.report.sample import NARRATIVE, sample
from tests.report.schemas import problems

FIELDS = {
    "audit": "id quarter as_of started_at finished_at profile_digest sources_digest right",
    "verdict": "status reasons flips_if signoff next_audit_on",
    "coverage": "source category status engine proved requests mentions detail elapsed_s",
    "cells": "source engine query variant context status detail",
    "mentions": "key kind source sources listing_key url title text author_initials rating_value best_rating "
    "rating_count review_count date_published ranks claims match sentiment themes control decision evidence",
    "findings": "key check outcome severity field expected observed authority mention_key url remedy",
    "page_one": "engine query owned controlled influenced uncontrolled not_about_me neg_exposure "
    "first_negative_rank panel",
    "ratings": "source rating_value best_rating rating_count percentile interval note",
    "narrative": "summary tone themes arc",
    "actions": "key priority what why where_url trust owner due_on text finding_keys",
    "comparison": "base head changes incomparable criteria_changed",
    "bios": "platform field text length unit limit left_out drift",
}
"""Section 6 of the contract."""


def test_every_field_of_the_contract_is_there() -> None:
    document = to_document(sample())
    assert document["schema_version"] == 1
    assert set(document["generator"]) == {"name", "version"}
    for name, wanted in FIELDS.items():
        items = document[name] if isinstance(document[name], list) else [document[name]]
        assert items
        for item in items:
            assert set(wanted.split()) <= set(item), name


def test_inner_objects_hold_what_the_contract_says() -> None:
    document = to_document(sample())
    by_key = {one["key"]: one for one in document["mentions"]}
    review, result = by_key["healthgrades:x1234-r7"], by_key["serpapi-google:own"]
    assert set(review["match"]) == {"decision", "probability", "because"}
    assert set(review["sentiment"]) >= {"valence", "label", "about"}
    assert set(review["evidence"][0]) == {"sha256", "url", "fetched_at", "by"}
    assert set(result["ranks"][0]) == {"engine", "query", "position", "location", "device", "signed_in"}
    assert by_key["nppes:1234567893"]["claims"][0] == {"field": "telephone", "value": "617-555-0134"}
    assert document["audit"]["right"] == {
        "self": False, "delegate_of": "Dr. Jane Roe", "consented_on": "2026-09-01"
    }  # fmt: skip
    assert document["audit"]["as_of"] == "2026-11-21T09:30:00Z"
    assert {tuple(one["interval"]) for one in document["ratings"] if one["interval"]} == {(3.8, 4.4)}
    assert {one["rating_value"] for one in document["ratings"]} == {4.1, 4.8, None}
    assert set(document["comparison"]["changes"][0]) >= {"kind", "subject", "key", "field", "before", "after"}


def test_a_first_audit_has_no_comparison() -> None:
    assert to_document(sample(comparison=None))["comparison"] is None


def shuffled(audit: Audit, seed: int) -> Audit:
    turn = random.Random(seed)

    def mixed(name: str) -> list[object]:
        items = list(getattr(audit, name))
        turn.shuffle(items)
        return items

    names = ("coverage", "cells", "mentions", "findings", "page_one", "ratings", "actions", "bios")
    return replace(audit, **{name: tuple(mixed(name)) for name in names})  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_things_were_found_leaves_no_trace(seed: int) -> None:
    assert dumps(to_document(shuffled(sample(), seed))) == dumps(to_document(sample()))


def test_the_document_fits_its_schema() -> None:
    described = schema()
    assert described["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for audit in (
        sample(),
        sample(comparison=None, mentions=(), coverage=(), bios=()),
        poisoned(sample(), PAYLOADS[6]),
    ):
        document = json.loads(dumps(to_document(audit)))
        assert problems(document, described, described) == []


def test_the_schema_notices_what_is_wrong() -> None:
    described, document = schema(), to_document(sample())
    document["coverage"][0]["status"] = "silent"
    del document["findings"][0]["severity"]
    document["ratings"][0]["interval"] = [1.0]
    assert len(problems(document, described, described)) == 3


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_carried_as_text(payload: str) -> None:
    text = dumps(to_document(poisoned(sample(), payload)))
    text.encode()
    assert json.loads(text)["narrative"]["tone"].endswith(NARRATIVE.tone)


def test_a_number_that_is_none_is_refused_not_written() -> None:
    broken = replace(NARRATIVE.arc[1], valence=float("nan"))
    with pytest.raises(ValueError, match="JSON"):
        dumps(to_document(sample(narrative=replace(NARRATIVE, arc=(broken,)))))


def test_an_empty_comparison_is_no_null() -> None:
    document = to_document(sample(comparison=Comparison(base="a", head="b")))
    assert document["comparison"] == {
        "base": "a", "head": "b", "changes": [], "incomparable": [], "criteria_changed": False
    }  # fmt: skip
