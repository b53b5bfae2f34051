"""What others than the clinician get holds no review, reviewer, payment or item about somebody else."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_string
from email.policy import default

import pytest

from reputation.model import Owner, Reason
from reputation.report import told
from reputation.report.discretion import WITHHELD, discreet
from tests.report.hostile import planted_in
from tests.report.sample import (
    ACTIONS,
    FINDINGS,
    KIND_TEXT,
    NAMESAKE_NEWS,
    NARRATIVE,
    PAYMENTS,
    REVIEW_TEXT,
    sample,
)

PRIVATE = (
    REVIEW_TEXT, KIND_TEXT, NAMESAKE_NEWS, PAYMENTS, "returned two calls about", "drew me a picture", "K. B.",
    "chiropractor", "pleads guilty", "1,240.50", "1240.50", "Open Payments", "open-payments", "half marathon",
    "Harbor half", "run.example.org", "news.example.net",
)  # fmt: skip
FORMS = [("html", ""), ("markdown", ""), ("json", "")] + [
    ("csv", name) for name in ("actions", "findings", "mentions", "ratings", "coverage")
]


def planted() -> object:
    """The sample, with private things put where our own sentences stand."""
    audit = sample()
    verdict = replace(
        audit.verdict, reasons=(*audit.verdict.reasons, Reason(text=f"A review says: {REVIEW_TEXT}"))
    )
    leaky = replace(
        ACTIONS[0],
        key="act:leak",
        why=f"Because she {REVIEW_TEXT.lower()}",
        text=KIND_TEXT,
        finding_keys=(FINDINGS[0].key, "healthgrades:x1234-r7"),
    )
    narrative = replace(NARRATIVE, summary=f"Somebody wrote that {REVIEW_TEXT}")
    return replace(audit, verdict=verdict, actions=(*audit.actions, leaky), narrative=narrative)


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_nothing_private_is_in_the_administrators_edition(form: str, name: str) -> None:
    for audit in (sample(), planted()):
        text = told(audit, form, "admin", name or "actions").casefold()  # type: ignore[arg-type]
        plain = re.sub(r"\\(.)", r"\1", text)
        for secret in PRIVATE:
            assert secret.casefold() not in plain, secret


def test_the_clinicians_edition_holds_what_the_administrators_does_not() -> None:
    text = told(sample(), "html", "clinician")
    for secret in (REVIEW_TEXT, KIND_TEXT, PAYMENTS):
        assert secret in text


def test_the_worklist_itself_stays() -> None:
    text = told(sample(), "html", "admin")
    for said in (
        "Correct the telephone number on Healthgrades",
        "617-555-0199",
        "Open Vitals by hand",
        "For the administrator",
    ):
        assert said in text
    assert "3 more things wait in the clinician’s own report only." in text


def test_a_sentence_that_quotes_is_replaced_and_not_cut() -> None:
    seen = discreet(planted())  # type: ignore[arg-type]
    assert WITHHELD in {reason.text for reason in seen.verdict.reasons}
    assert seen.narrative.summary == WITHHELD


def test_a_fact_that_a_review_repeats_is_no_quotation() -> None:
    audit = sample()
    review = replace(
        audit.mentions[1], text="The number 617-555-0199 is wrong and Dr. Jane Roe MD Boston MA never knew."
    )
    seen = discreet(sample(mentions=(audit.mentions[0], review, *audit.mentions[2:])))
    assert FINDINGS[0] in seen.findings
    assert ACTIONS[0].key in {one.key for one in seen.actions}


def test_an_action_about_a_review_stays_with_its_owner_only_when_it_speaks_of_more() -> None:
    mixed = replace(ACTIONS[0], key="act:mixed", owner=Owner.PRIVACY_OFFICER, text="Paste this",
                    finding_keys=(FINDINGS[0].key, "healthgrades:x1234-r7"))  # fmt: skip
    seen = {one.key: one for one in discreet(sample(actions=(mixed, ACTIONS[1]))).actions}
    assert set(seen) == {"act:mixed"}
    assert seen["act:mixed"].text is None
    assert seen["act:mixed"].finding_keys == (FINDINGS[0].key,)


def test_it_takes_no_longer_for_twice_the_reviews_than_twice_as_long() -> None:
    audit = sample()
    many = tuple(replace(audit.mentions[1], key=f"r{n}", text=f"{REVIEW_TEXT} {n}") for n in range(4000))
    seen = discreet(sample(mentions=(*audit.mentions, *many)))
    assert len(seen.mentions) == len(discreet(audit).mentions)


PARTS = (
    "verdict", "coverage", "cells", "findings", "page_one", "ratings", "narrative", "actions", "comparison",
    "completeness",
)  # fmt: skip
"""All parts but the mentions, which are private or not, and the biographies, which are told from the profile alone."""


@pytest.mark.parametrize("part", PARTS)
def test_a_review_put_into_any_text_of_the_record_gets_no_further(part: str) -> None:
    """By construction: every text field of every type, those of tomorrow too."""
    audit = sample()
    leaky = replace(audit, **{part: planted_in(getattr(audit, part), f"{REVIEW_TEXT} ")})
    assert REVIEW_TEXT in told(leaky, "json")
    for form, name in (*FORMS, ("email", "")):
        text = told(leaky, form, "admin", name or "actions")
        if form == "email":
            text = "".join(
                str(part.get_content())
                for part in message_from_string(text, policy=default).walk()
                if part.get_content_maintype() == "text"
            )
        plain = re.sub(r"\\(.)", r"\1", text)
        assert REVIEW_TEXT not in plain, form
        assert "returned two calls about" not in plain, form
