"""The report: one inert file, in the order in which it is read, each statement on its evidence."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date

import pytest

from reputation.errors import UsageError
from reputation.model import Claim, Kind, Match, MatchDecision, Mention, VerdictStatus, Weight
from reputation.report.html import anchor, facts_of_ours, quote_length, render_html
from tests.report.pages import Page, dangers
from tests.report.sample import CHANGES, FINDINGS, NAMESAKE_NEWS, NARRATIVE, REVIEW_TEXT, sample

SCRIPTS = {"clinician": 1, "admin": 0}


def words_of(source: str) -> str:
    return " ".join(" ".join(Page(source).text).split())


@pytest.mark.parametrize("edition", SCRIPTS)
def test_the_page_acts_on_nothing_and_asks_for_nothing(edition: str) -> None:
    source = render_html(sample(), edition)
    assert dangers(source, SCRIPTS[edition]) == []
    policy = Page(source).values("content")[0]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert "unsafe-eval" not in policy
    assert not re.search(r"url\(|@import", source)


def test_the_sections_stand_in_the_order_in_which_they_are_needed() -> None:
    page = Page(render_html(sample()))
    sections = [value for tag, name, value in page.attributes if (tag, name) == ("section", "id")]
    assert sections == [
        "verdict", "todo", "changes", "page-one", "ratings", "story", "accuracy", "bios", "others", "searched",
        "everything", "method",
    ]  # fmt: skip


def test_the_head_says_whose_audit_it_is_by_what_right_and_that_it_was_made_locally() -> None:
    head = words_of(render_html(sample())).partition("Contents")[0][:600]
    for said in ("Jane Q. Roe, MD, PhD", "2026 Q4", "consent given on 1 September 2026", "Made locally"):
        assert said in head


def test_basics_of_a_page_that_everybody_can_read() -> None:
    for edition in SCRIPTS:
        page = Page(render_html(sample(), edition))
        assert page.values("lang")[0] == "en"
        assert page.tags["title"] >= 1
        assert page.tags["h1"] == page.tags["main"] == page.tags["header"] == page.tags["footer"] == 1
        assert "skip" in page.values("class")
        assert len(page.values("id")) == len(set(page.values("id")))
        inner = [value[1:] for value in page.values("href") if value.startswith("#")]
        assert set(inner) <= set(page.values("id"))
        labels = {one for value in page.values("aria-labelledby") for one in value.split()}
        assert labels <= set(page.values("id"))


def test_a_statement_opens_its_quote_source_time_link_and_digest() -> None:
    text = words_of(render_html(sample()))
    opened = text[text.index("One review since July is negative") :][:700]
    for said in (REVIEW_TEXT, "Healthgrades", "21 November 2026", "on a page you saved", f"{12:064x}"):
        assert said in opened


def test_somebody_elses_bad_news_is_not_repeated() -> None:
    source = render_html(sample())
    assert NAMESAKE_NEWS not in source
    assert "A Tampa court heard" not in source
    assert "About somebody else, and not repeated here" in source
    assert "another profession: chiropractor" in source


def test_a_namesake_is_told_by_field_place_and_link_and_the_practice_hears_nothing_of_it() -> None:
    claims = (Claim("name", "Jane Roe"), Claim("specialty", "Dentist"), Claim("address_region", "MN"))
    dentist = Mention(
        key="healthgrades:x9",
        source="healthgrades",
        kind=Kind.LISTING,
        url="https://www.healthgrades.com/dentist/jane-roe-x9",
        title="Jane Roe, DDS, was fined in May",
        claims=claims,
        match=Match(
            decision=MatchDecision.NON_MATCH,
            probability=0.01,
            weights=(Weight(feature="name", level="same", bits=20.0, text="the name agrees"),),
        ),
    )
    plain = sample()
    audit = replace(plain, mentions=(*plain.mentions, dentist))
    assert "Dentist in MN: healthgrades.com" in words_of(render_html(audit))
    assert "was fined" not in render_html(audit)
    assert "Dentist in MN" not in render_html(audit, "admin")


def test_a_source_that_was_not_heard_shows_no_count() -> None:
    text = words_of(render_html(sample()))
    row = text[text.index("Vitals ratings waits for you") :][:60]
    assert "Items 3" in text[text.index("Healthgrades ratings read by you") :][:60]
    assert "Items –" in row


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (VerdictStatus.SATISFIED, "Satisfied:"),
        (VerdictStatus.ACTION_NEEDED, "Action needed:"),
        (VerdictStatus.INSUFFICIENT_EVIDENCE, "Not enough evidence"),
    ],
)
def test_each_verdict_has_its_headline(status: VerdictStatus, said: str) -> None:
    verdict = replace(sample().verdict, status=status)
    for edition in SCRIPTS:
        assert said in words_of(render_html(sample(verdict=verdict), edition))


@pytest.mark.parametrize("edition", SCRIPTS)
def test_an_audit_that_found_nothing_is_told_without_a_blank(edition: str) -> None:
    bare = sample(
        coverage=(), cells=(), mentions=(), findings=(), page_one=(), ratings=(), actions=(), comparison=None,
        bios=(), profile=None, narrative=replace(NARRATIVE, arc=(), themes=()),
    )  # fmt: skip
    source = render_html(bare, edition)
    assert dangers(source, SCRIPTS[edition]) == []
    assert "None" not in words_of(source)


def test_two_thousand_mentions_take_less_than_two_seconds_and_three_megabytes() -> None:
    audit = sample()
    review, result = audit.mentions[1], audit.mentions[4]
    result = replace(
        result,
        ranks=result.ranks * 3,
        evidence=result.evidence * 2,
        character=("expertise", "access"),
        context="professional",
    )
    long = f"{REVIEW_TEXT} The staff were kind, and the wait was long, and nobody told me why. " * 8
    many: list[Mention] = [
        replace(review, key=f"healthgrades:r{n}", text=f"{n}. {long}")
        if n % 2
        else replace(
            result, key=f"google:{n}", url=f"https://roe.example.com/{n}", text="Office of Jane Roe. " * 8
        )
        for n in range(2000)
    ]
    findings = tuple(
        replace(FINDINGS[0], key=f"phone_wrong:{one.key}:telephone", mention_key=one.key)
        for one in many[:300]
    )
    changes = tuple(replace(CHANGES[0], key=one.key) for one in many[:300])
    assert audit.comparison
    keys = tuple(one.key for one in many)
    arc = tuple(
        replace(
            NARRATIVE.arc[1], period=f"{2000 + n // 2}-H{n % 2 + 1}", keys=keys[n * 50 : n * 50 + 50], n=50
        )
        for n in range(40)
    )
    statements = tuple(replace(one, keys=keys) for one in NARRATIVE.statements * 3)
    big = sample(
        mentions=tuple(many), findings=findings, comparison=replace(audit.comparison, changes=changes),
        narrative=replace(NARRATIVE, keys=keys, arc=arc, statements=statements),
    )  # fmt: skip
    render_html(audit)
    began = time.perf_counter()
    source = render_html(big)
    assert time.perf_counter() - began < 2
    assert len(source.encode()) < 3_000_000
    assert anchor("google:0") in source


def test_the_more_texts_the_less_of_each_is_quoted() -> None:
    assert quote_length(0) == quote_length(10) == 1200
    assert quote_length(2000) == 250
    assert quote_length(10**6) == 160


def test_an_unknown_edition_is_named_with_those_that_exist() -> None:
    with pytest.raises(UsageError, match="clinician, admin"):
        render_html(sample(), "public")


def test_shipped_facts_say_their_date_and_when_they_have_grown_old() -> None:
    """A form's address is no older than its report lets the reader believe."""
    fresh, old = facts_of_ours(date(2026, 12, 1)), facts_of_ours(date(2029, 1, 1))
    assert all("2026-11-21" in line for line in fresh)
    assert not any("older than" in line for line in fresh)
    assert all("older than eighteen months" in line for line in old)
