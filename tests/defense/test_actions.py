"""Every open finding has one way out, and no action does harm."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation import resources
from reputation.defense.actions import route
from reputation.defense.refusals import refused
from reputation.defense.remedies import remedy_for
from reputation.model import (
    Action,
    Finding,
    Judgement,
    Kind,
    Match,
    MatchDecision,
    Mention,
    Outcome,
    Owner,
    Reason,
    Sentiment,
    SentimentLabel,
    Severity,
    Specialty,
    Trust,
    Verdict,
    VerdictStatus,
)
from tests.defense.audits import ADA, NOW, audit, coverage, finding, mention

NEEDED = Verdict(status=VerdictStatus.ACTION_NEEDED, reasons=(), flips_if=(), next_audit_on=date(2027, 2, 21))


def routed(
    findings: tuple[Finding, ...] = (), mentions: tuple[Mention, ...] = (), **fields: Any
) -> tuple[Action, ...]:
    given: dict[str, Any] = {
        "profile": ADA,
        "verdict": NEEDED,
        "coverage": (coverage("healthgrades"),),
        "judgements": (),
        "now": NOW,
    }
    given.update(fields)
    return route(findings=findings, mentions=mentions, **given)


SOURCES = ("nppes", "healthgrades", "vitals", "google-places", "serper", "own-pages", "unheard-of")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(SOURCES),
            st.integers(1, 3),
            st.sampled_from(["phone_wrong", "address_wrong", "unclaimed", "identity_mixup", "new_check"]),
            st.sampled_from(list(Severity)),
            st.sampled_from(list(Outcome)),
            st.booleans(),
        ),
        max_size=20,
        unique_by=lambda item: item[:3],
    )
)
@settings(deadline=None, max_examples=60)
def test_every_open_finding_is_in_exactly_one_action(items: list[Any]) -> None:
    mentions = {f"{source}:{n}": mention(n, source=source) for source, n, *_ in items}
    findings, waived = [], []
    for source, n, check, severity, outcome, closed in items:
        one = finding(f"{source}:{n}", check=check, severity=severity, outcome=outcome, url=None)
        findings.append(one)
        waived += [Judgement(key=one.key, word="waived")] if closed else []
    actions = routed(tuple(findings), tuple(mentions.values()), judgements=tuple(waived))
    open_keys = sorted(
        one.key
        for one in findings
        if one.outcome is Outcome.DIFFERS and one.key not in {word.key for word in waived}
    )
    assert sorted(key for action in actions for key in action.finding_keys) == open_keys
    assert [action.priority for action in actions] == list(range(1, len(actions) + 1))
    assert len({action.key for action in actions}) == len(actions)
    by_key = {one.key: one.severity.rank for one in findings}
    harms = [max(by_key[key] for key in action.finding_keys) for action in actions if action.finding_keys]
    assert harms == sorted(harms, reverse=True)


def test_one_step_mends_all_that_is_wrong_on_one_page() -> None:
    wrong = (finding(), finding(check="address_wrong", field="street_address", severity=Severity.HIGH))
    (action,) = routed(wrong, (mention(1),))
    assert action.where_url == "https://helpcenter.healthgrades.com/help/faqs"
    assert action.trust is Trust.VERIFIED
    assert action.owner is Owner.ADMINISTRATOR
    assert action.due_on == date(2026, 11, 28)
    assert action.text is not None
    assert "“617-555-0199”; correct is “617-555-0134”" in action.text
    assert "Ada Quill, MD (NPI 1234567893)" in action.text
    assert re.fullmatch(r"act:[0-9a-f]{12}", action.key)


def test_the_upstream_record_comes_before_its_copies() -> None:
    mentions = (mention(1), mention(2, source="nppes"))
    actions = routed((finding("healthgrades:1"), finding("nppes:2", url=None)), mentions)
    assert actions[0].where_url == "https://nppes.cms.hhs.gov/"


def test_a_delegate_signs_as_one() -> None:
    profile = replace(ADA, right=replace(ADA.right, is_self=False, delegate_of="Dr. Ada Quill"))
    (action,) = routed((finding(),), (mention(1),), profile=profile)
    assert action.text is not None
    assert "On behalf of Ada Quill, MD, with written consent" in action.text


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("page_one", "repaudit import"),
        ("rating_sites", "repaudit observe"),
        ("unconfirmed", "repaudit confirm"),
        ("signoff", "repaudit signoff"),
        ("unforeseen", "What nobody foresaw."),
    ],
)
def test_every_reason_against_satisfied_has_an_action(rule: str, wanted: str) -> None:
    (action,) = routed(verdict=replace(NEEDED, reasons=(Reason(text="What nobody foresaw.", rule=rule),)))
    assert wanted in action.what


def test_a_grave_claim_that_cannot_be_checked_is_looked_at() -> None:
    grave = finding(check="discipline_wrong", outcome=Outcome.CANNOT_TELL)
    verdict = replace(NEEDED, reasons=(Reason(text="1 page has a claim.", keys=(grave.key,)),))
    (action,) = routed((grave,), (mention(1),), verdict=verdict)
    assert action.finding_keys == (grave.key,)
    assert f"repaudit decide {grave.key}" in action.what


def test_possible_pages_are_one_question() -> None:
    unsure = Match(decision=MatchDecision.POSSIBLE, probability=0.5)
    mentions = tuple(mention(n, match=unsure) for n in range(30))
    (action,) = routed(mentions=mentions)
    assert "30 pages" in action.what
    assert action.text is not None
    assert "and 20 more" in action.text


BAD = Sentiment(valence=-0.8, label=SentimentLabel.NEGATIVE)
SECRET = "She left my mother waiting with a broken wrist"


def angry(number: int = 1, **fields: Any) -> Mention:
    return mention(number, kind=Kind.REVIEW, text=SECRET, title=SECRET, sentiment=BAD, **fields)


def test_genuine_negative_opinion_is_left_standing_and_never_quoted() -> None:
    (action,) = routed(mentions=(angry(1), angry(2, source="ratemds")))
    assert "no removal route" in action.why
    assert "Never pay for removal" in action.why
    assert "broken wrist" not in repr(action)
    assert "Healthgrades: 1, RateMDs: 1" in action.what


def test_who_may_not_solicit_is_not_told_to() -> None:
    profile = replace(ADA, specialties=(Specialty(label="Clinical Psychologist"),))
    (action,) = routed(mentions=(angry(),), profile=profile)
    assert "Do not ask clients" in action.why


def test_an_unfair_review_is_reported_by_the_sites_rules_alone() -> None:
    word = Judgement(key="healthgrades:1", word="unfair")
    (action,) = routed(mentions=(angry(),), judgements=(word,))
    assert action.owner is Owner.PRIVACY_OFFICER
    assert action.where_url == "https://helpcenter.healthgrades.com/help/profile-reviews"
    assert "broken wrist" not in repr(action)


def test_a_satisfied_audit_asks_for_nothing() -> None:
    satisfied = audit().verdict
    assert routed(mentions=(angry(), mention(2)), verdict=satisfied) == ()


def test_a_search_result_is_mended_on_the_page_it_leads_to() -> None:
    assert remedy_for("serper", "https://doctor.webmd.com/doctor/ada", "facts").site == "webmd_care_vitals"
    assert remedy_for("serper", "https://example.org/staff", "facts").site == "any_site"
    assert remedy_for("own-pages", "https://example.com", "facts").site == "own_site"


def test_every_route_names_its_trust_and_every_source_has_one() -> None:
    table = resources.table("data/remedies.toml")
    sites = {row["site"] for row in table["remedy"]}
    assert set(table["sources"].values()) | set(table["hosts"].values()) <= sites
    assert {row["trust"] for row in table["remedy"]} <= {"verified", "secondary", "unverified"}
    assert all(row.get("url", "https://").startswith("https://") for row in table["remedy"])


def test_of_equal_severity_what_harms_most_comes_first() -> None:
    checks = ["not_at_location", "discipline_wrong", "phone_wrong", "identity_mixup"]
    wrong = tuple(
        finding(f"healthgrades:{n}", check=check, field=check, url=None) for n, check in enumerate(checks)
    )
    actions = routed(wrong, tuple(mention(n) for n in range(len(checks))))
    assert [action.finding_keys[0].partition(":")[0] for action in actions] == checks[::-1]


@pytest.mark.parametrize(
    ("source", "said", "ground", "where"),
    [
        (
            "google-maps",
            "I used to work for her and it was bad",
            "conflict of interest",
            "support.google.com",
        ),
        ("yelp", "my neighbor told me she is awful", "not the writer's own experience", "yelp-support.com"),
        ("ratemds", "She is a thief and should be in jail", "accusation of a crime", "ratemds.com"),
        ("healthgrades", "What an asshole", "obscenity or profanity", "helpcenter.healthgrades.com"),
    ],
)
def test_a_review_that_breaks_the_sites_rule_is_routed_by_that_rule(
    source: str, said: str, ground: str, where: str
) -> None:
    (action,) = routed(mentions=(replace(angry(1, source=source), text=said),))
    assert ground in action.what
    assert where in (action.where_url or "")
    assert action.owner is Owner.PRIVACY_OFFICER
    assert said not in repr(action)


def test_words_that_the_site_does_not_name_as_a_ground_open_no_route() -> None:
    for said in ("She was rude and late", "the wait was criminally long, I felt ignored"):
        (action,) = routed(mentions=(replace(angry(1), text=said),))
        assert "no removal route" in action.why


def test_a_google_review_is_never_sent_to_the_form_for_the_practices_facts() -> None:
    route_of = remedy_for("google-maps", "https://www.google.com/maps/place/x", "review")
    assert (route_of.site, route_of.trust) == ("google_reviews", Trust.VERIFIED)
    assert remedy_for("google-maps", None, "opinion").path.startswith("No removal route")
    assert remedy_for("nowhere", "https://example.org", "review").path.endswith(
        "write to nobody who wrote one"
    )


def test_a_look_alike_goes_to_the_platforms_own_form_with_its_mark() -> None:
    copy = finding(
        "instagram:1",
        check="identity_mixup",
        field="account",
        url="https://www.instagram.com/dr.ada.quill.md/",
    )
    (action,) = routed((copy,))
    assert action.what.startswith("Report the account on Instagram")
    assert (action.where_url, action.trust) == ("https://help.instagram.com/446663175382270", Trust.SECONDARY)
    lent = finding("x:1", check="identity_mixup", field="endorsement", url="https://cures.example.com/ada")
    (action,) = routed((lent,))
    assert (action.where_url, action.trust) == ("https://reportfraud.ftc.gov/", Trust.UNVERIFIED)


def test_numbers_that_only_a_call_can_judge_are_one_errand() -> None:
    unsure = tuple(finding(f"healthgrades:{n}", outcome=Outcome.CANNOT_TELL) for n in range(3))
    (action,) = routed(unsure, tuple(mention(n) for n in range(3)))
    assert "call sheet" in action.what
    assert "3 pages print" in action.why
    assert action.finding_keys == ()


def test_no_action_offers_what_the_tool_refuses() -> None:
    everything = tuple(
        finding(f"{source}:{n}", check=check, field=check, url=None)
        for source in SOURCES
        for n, check in enumerate(resources.table("data/remedies.toml")["words"])
    )
    for action in routed(everything, (angry(1),)):
        assert refused(action.what) is None, action.what
        assert refused(action.text) is None, action.text
