"""The demonstration's report: what a newcomer opens first, in each edition and form."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reputation.defense.store import open_store
from reputation.model import Kind, Owner
from reputation.report import told
from reputation.report.html import render_html
from reputation.report.mail import digest_parts
from tests.programs import repaudit
from tests.report import test_evidence as evidence
from tests.report.pages import Page, dangers
from tests.report.schemas import problems

if TYPE_CHECKING:
    from reputation.model import Audit


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demo") / "demo"
    done = repaudit("demo", str(made), cwd=made.parent)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def audit(workspace: Path) -> Audit:
    with open_store(workspace / "audits.db") as store:
        latest = store.latest()
    assert latest
    return latest


@pytest.mark.parametrize("said", [evidence.reasons, evidence.statements, evidence.findings, evidence.changes])
def test_each_of_its_statements_opens_its_evidence(audit: Audit, said: evidence.Telling) -> None:
    evidence.check(audit, said)


def test_its_json_fits_the_schema_that_the_program_prints(workspace: Path) -> None:
    described = json.loads(repaudit("report", "--schema", cwd=workspace).stdout)
    document = json.loads(repaudit("report", "--format", "json", cwd=workspace).stdout)
    assert problems(document, described, described) == []


def test_the_administrators_edition_counts_what_is_the_administrators_and_tells_the_rest_apart(
    audit: Audit,
) -> None:
    source = render_html(audit, "admin")
    text = " ".join(" ".join(Page(source).text).split())
    assert "Action needed: 5 things to do; 5 facts are shown wrongly." in text
    assert "1 more thing waits for the clinician." in text
    assert "Action needed: 6 things to do" in " ".join(Page(render_html(audit)).text)
    assert digest_parts(audit).subject.startswith("Action needed: 5 things to do")
    assert dangers(source, 0) == []
    assert "<details" not in source
    for one in audit.actions:
        if one.owner is Owner.ADMINISTRATOR and one.text:
            for line in one.text.splitlines():
                assert " ".join(line.split()) in text


def test_nobody_but_the_clinician_reads_a_review(audit: Audit) -> None:
    sentences = [
        sentence
        for one in audit.mentions
        if one.kind is Kind.REVIEW and one.text
        for sentence in re.split(r"(?<=[.!?])\s+", one.text)
        if len(sentence) > 12
    ]
    quotes = [quote.text for theme in audit.narrative.themes for quote in theme.quotes]
    assert len(sentences) > 8
    assert quotes
    parts = digest_parts(audit)
    for form in (
        told(audit, "html", "admin"),
        told(audit, "markdown", "admin"),
        told(audit, "json", "admin"),
        parts.html + parts.text + parts.subject,
    ):
        assert not [one for one in (*sentences, *quotes) if one in form]


def test_the_report_stays_small(audit: Audit) -> None:
    assert len(render_html(audit).encode()) < 600_000
    assert len(digest_parts(audit).html.encode()) < 90_000
