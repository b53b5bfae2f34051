"""Reasons read as a person would write them, and each keeps its keys."""

from __future__ import annotations

from typing import Any

import pytest

from reputation.definition.checks import check_all
from reputation.definition.reasons import sentence
from reputation.definition.verdict import decide
from reputation.model import Finding, Kind, Mention, Outcome, Profile, Severity, Verdict
from tests.definition.clinician import NOW, listing, mention, profile


def _verdict(*mentions: Mention, of: Profile | None = None) -> Verdict:
    of = of or profile()
    given: dict[str, Any] = {"coverage": (), "pages": (), "judgements": (), "signoff": None, "now": NOW}
    return decide(of, findings=check_all(of, mentions, (), NOW), mentions=mentions, **given)


def test_a_reason_names_the_pages_what_they_print_and_what_is_right() -> None:
    wrong = [
        listing("healthgrades:ada", telephone="(508) 555-0117"),
        listing("vitals:ada", telephone="508.555.0117"),
    ]
    reason = _verdict(*wrong).reasons[0]
    assert reason.text == "Healthgrades and Vitals print (508) 555-0117; your number is 617-555-0134."
    assert len(reason.keys) == 2


def test_one_page_prints_and_two_numbers_are_both_told() -> None:
    one = listing("webmd:ada", telephone="508-555-0117")
    assert _verdict(one).reasons[0].text == "WebMD Care prints 508-555-0117; your number is 617-555-0134."
    two = listing("vitals:ada", telephone="508-555-0118")
    assert _verdict(one, two).reasons[0].text == (
        "Vitals prints 508-555-0118 and WebMD Care prints 508-555-0117; your number is 617-555-0134."
    )


def test_an_address_is_told_in_ordinary_case() -> None:
    item = listing(
        street_address="21 ELM ST", address_locality="BOSTON", address_region="MA", postal_code="021150001"
    )
    assert "Healthgrades prints 21 Elm St, Boston, MA 02115;" in _verdict(item).reasons[0].text


def test_many_pages_are_counted() -> None:
    sites = ("healthgrades", "vitals", "webmd", "ratemds", "zocdoc")
    told = _verdict(*(listing(f"{site}:ada", telephone="508-555-0117") for site in sites)).reasons[0]
    assert told.text.startswith("Healthgrades, RateMDs, Vitals and 2 more print")
    assert len(told.keys) == 5


def test_a_sanction_is_not_quoted_and_its_host_is_named() -> None:
    url = "https://www.news.example.org/1"
    item = mention("google:1", Kind.RESULT, title="Board suspends the license of Ada Roe", url=url)
    (reason, *_) = _verdict(item).reasons
    assert reason.text == ("news.example.org speaks of a sanction or a claim that nobody has borne out yet.")


def test_records_that_contradict_one_another_are_a_reason_of_their_own() -> None:
    pair = (
        mention("nppes:1", Kind.RECORD, claims=listing(telephone="617-555-0134").claims),
        mention("cms-clinicians:1", Kind.RECORD, claims=listing(telephone="508-555-0117").claims),
    )
    found = [r for r in _verdict(*pair, of=profile(confirmed={})).reasons if r.keys]
    assert [r.keys for r in found] == [("phone_wrong:nppes:1:telephone", "cms-clinicians:1")]
    assert "508-555-0117" in found[0].text
    assert "617-555-0134" in found[0].text


@pytest.mark.parametrize("check", ["name_misspelt", "hours_wrong", "identity_mixup", "anything_else"])
@pytest.mark.parametrize("observed", ["Ada Rowe", None])
@pytest.mark.parametrize("expected", ["Ada Roe", None])
def test_any_finding_makes_a_sentence(check: str, observed: str | None, expected: str | None) -> None:
    finding = Finding(
        key=f"{check}:vitals:1:x",
        check=check,
        outcome=Outcome.DIFFERS,
        severity=Severity.HIGH,
        field="x",
        observed=observed,
        expected=expected,
        mention_key="vitals:1",
    )
    told = sentence((finding,), {})
    assert told.startswith("Vitals ")
    assert told.endswith(".")
    assert "None" not in told
