"""Every statement of the report opens what it stands on, or says that no page stands behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from reputation.model import Change, ChangeKind, Finding, MatchDecision, Outcome, Reason, Severity
from reputation.report import wording
from reputation.report.html import Index, render_html
from tests.report.sample import FINDINGS, sample

if TYPE_CHECKING:
    from reputation.model import Audit

Telling = Callable[["Audit"], list[str]]
"""Gives the sentences of one part of a report."""
DIGEST = re.compile(r"[0-9a-f]{64}")
TIME = re.compile(r"\d{1,2} [A-Z][a-z]+ 20\d\d, \d\d:\d\d UTC")


def folded(text: str) -> str:
    return " ".join(text.split())


def first(node: LexborNode | LexborHTMLParser, selector: str) -> LexborNode:
    """Return the first element that a selector finds; there must be one."""
    found = node.css_first(selector)
    assert found is not None, selector
    return found


def reasons(audit: Audit) -> list[str]:
    return [one.text for one in audit.verdict.reasons]


def statements(audit: Audit) -> list[str]:
    story = audit.narrative
    return [
        *(one.text for one in story.statements),
        *(one.text for one in story.signs),
        *(f"From {one.period} on" for one in story.changes),
    ]


def findings(audit: Audit) -> list[str]:
    return [wording.state_finding(one) for one in audit.findings]


def changes(audit: Audit) -> list[str]:
    assert audit.comparison
    index = Index.of(audit)
    told: list[str] = []
    for one in wording.worth_telling(audit.comparison.changes):
        mention = index.mention(one.key)
        if not (mention and mention.match and mention.match.decision is MatchDecision.NON_MATCH):
            told.append(wording.state_change(one, mention))
    return told


def bare() -> Audit:
    """The sample with statements behind which no page stands."""
    audit = sample()
    assert audit.comparison
    lost = replace(
        FINDINGS[0], key="phone_wrong:gone:telephone", mention_key="gone", field="fax", check="hours_wrong"
    )
    nowhere = Finding(
        key="photo_missing::photo",
        check="photo_missing",
        outcome=Outcome.DIFFERS,
        severity=Severity.LOW,
        field="photo",
    )
    asked = Change(kind=ChangeKind.CHANGED, subject="coverage", key="pubmed", before="ok", after="failed")
    return replace(
        audit,
        verdict=replace(
            audit.verdict,
            reasons=(*audit.verdict.reasons, Reason(text="You have not yet said.", rule="signoff")),
        ),
        findings=(*audit.findings, lost, nowhere),
        comparison=replace(audit.comparison, changes=(*audit.comparison.changes, asked)),
    )


def opens(said: LexborNode) -> bool:
    """Whether a statement opens a quote, a source, a time, a link and a digest; of a namesake no quote and no link."""
    exhibit = said.css_first("details.evidence .exhibit")
    if exhibit is None:
        return False
    text = exhibit.text()
    proved = bool(DIGEST.search(text) and TIME.search(text))
    if "About somebody else" in text:
        return proved
    labels = {one.text() for one in exhibit.css("dt")}
    return (
        proved
        and bool(exhibit.css("blockquote"))
        and bool(exhibit.css("a[href^=http]"))
        and "Source" in labels
    )


def check(audit: Audit, telling: Telling) -> None:
    """Fail where a statement neither opens its evidence nor says that there is none."""
    said = LexborHTMLParser(render_html(audit)).css(".said")
    for sentence in telling(audit):
        holding = [one for one in said if folded(sentence) in folded(one.text())]
        assert holding, sentence
        absent = [one.text() for one in holding[-1].css(".absent")]
        explained = bool(absent) and absent[0].startswith("No page stands behind this: ")
        assert opens(holding[-1]) or explained, sentence


@pytest.mark.parametrize("telling", [reasons, statements, findings, changes])
@pytest.mark.parametrize("make", [sample, bare])
def test_each_statement_opens_its_evidence_or_says_that_there_is_none(
    make: Callable[[], Audit], telling: Telling
) -> None:
    check(make(), telling)


def test_what_has_pages_does_not_say_that_it_has_none() -> None:
    page = LexborHTMLParser(render_html(sample()))
    for one in page.css(".said"):
        assert len(one.css("details.evidence")) + len(one.css(".absent")) >= 1, one.text()[:200]
        assert not (one.css("details.evidence") and one.css(".absent")), one.text()[:200]


def test_every_chart_has_a_title_a_description_and_its_data_as_a_table() -> None:
    page = LexborHTMLParser(render_html(sample()))
    charts = page.css("svg[role=img]")
    assert len(charts) >= 5
    for chart in charts:
        assert first(chart, "title").text()
        assert first(chart, "desc").text()
        section = chart
        while section.tag != "section":
            assert section.parent
            section = section.parent
        assert section.css("table caption")
    for name in ("arc", "ownership", "heard"):
        assert page.css(f"#{name}-title")


def test_the_arc_shows_the_smoothed_curve_the_raw_points_and_where_opinion_changed() -> None:
    source = render_html(sample())
    page = LexborHTMLParser(source)
    svg = first(page, "svg[aria-labelledby='arc-title arc-desc']")
    points = first(svg, "polyline").attributes["points"] or ""
    assert len(points.split()) == sum(one.smoothed is not None for one in sample().narrative.arc)
    assert len(svg.css("line.turn")) == 1
    assert len(svg.css("rect.event")) == 2
    assert "−0.20" in svg.text()
    assert "3 opinions" in svg.text()
    assert "5 of 8 since" in source
    assert "newly found" in first(page, "#story table").text()
