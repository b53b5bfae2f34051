"""Every text of every field of the record, filled from the types alone, stays text in every form."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reputation.defense.calls import Call
from reputation.defense.journal import Entry
from reputation.model import Audit, Kind, MatchDecision
from reputation.report import told
from reputation.report.csv import COLUMNS
from reputation.report.html import render_html
from reputation.report.mail import digest_parts, drafts, to_eml
from tests.report.hostile import PAYLOADS, filled, poisoned, texts
from tests.report.pages import Page, dangers
from tests.report.sample import NOW, PROFILE, sample

HIDDEN = {"Profile", "Match.weights", "Sentiment.sentences", "Weight"}
"""What the JSON keeps inside: the criteria, and the arithmetic that `explain` tells."""
TURNS = range(0, len(Kind), 4)
"""Each enumeration at two of its members."""
MARKS = re.compile("[\u202a-\u202e\u2066-\u2069\x00\x07\x1b]")
IMAGE = re.compile(r'<img src="cid:[0-9a-f]{20}@repaudit\.invalid"[^>]*>')


def journal(payload: str) -> list[Entry]:
    """Return entries of every kind that a report reads, with hostile words."""
    words = dict.fromkeys(
        ("subject", "what", "site", "route", "where_url", "url", "note", "confirmation"), payload
    )
    at = datetime(2026, 10, 1, tzinfo=UTC)
    back = {"state": "back", "by": "audit"}
    text = dict.fromkeys(("platform", "field", "text", "digest"), payload)
    return [
        Entry(
            kind="dispute", key=f"dsp:{payload}", at=at, data={**words, "state": "mended", "on": "2026-10-01"}
        ),
        Entry(kind="dispute", key=f"dsp:{payload}", at=at, data=back),
        Entry(kind="dispute", key="dsp:2", at=at, data={**words, "state": "sent", "deadline": "2026-10-09"}),
        Entry(kind="export", key=payload, at=at, data={**text, "length": 3}),
        Entry(
            kind="policy",
            key="institution",
            at=at,
            data={"what": "read", "on": "2026-10-01", "contact": payload},
        ),
    ]


def audits(payload: str) -> list[Audit]:
    """Return audits with the payload in every field, of each kind of mention and each decision about it."""
    made = [filled(payload, turn) for turn in TURNS]
    decided = [
        replace(
            one,
            mentions=tuple(
                replace(each, match=replace(each.match, decision=decision))
                for each in one.mentions
                if each.match
            ),
        )
        for one in made
        for decision in MatchDecision
    ]
    return [poisoned(sample(), payload), *decided]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(("edition", "scripts"), [("clinician", 1), ("admin", 0)])
def test_the_page_shows_it_as_text(edition: str, scripts: int, payload: str) -> None:
    call = Call(telephone=payload, on=NOW.date(), result="right", answered_by=payload, note=payload)
    for audit in audits(payload):
        source = render_html(audit, edition, {payload: call}, done=journal(payload))
        assert dangers(source, scripts) == []
        assert not MARKS.search(source)
        source.encode()


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("edition", ["clinician", "admin"])
def test_other_forms_show_it_as_text(edition: str, payload: str) -> None:
    for audit in audits(payload)[:4]:
        markdown = told(audit, "markdown", edition)
        assert not re.search(r"(?<!\\)<(?!https?://|mailto:|tel:)", markdown)
        assert not re.search(r"(?<!\\)\]\((?!<)", markdown)
        assert not MARKS.search(markdown)
        json.loads(told(audit, "json", edition)).keys()
        for name in (*COLUMNS, "calls"):
            for row in csv.reader(io.StringIO(told(audit, "csv", edition, name), newline="")):
                for cell in row:
                    assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n"))
                    assert not cell.startswith("-") or float(cell) < 0


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_mail_shows_it_as_text(payload: str) -> None:
    for audit in audits(payload)[:4]:
        safe = replace(audit, profile=replace(audit.profile or PROFILE, practice=PROFILE.practice))
        (message,) = drafts(safe, ["office@example.org"], None, NOW, done=journal(payload))
        assert b"\nBcc:" not in to_eml(message).partition(b"\r\n\r\n")[0]
        parts = digest_parts(safe)
        assert not [one for one in dangers(IMAGE.sub("", parts.html), 0) if " style=" not in one]
        assert not MARKS.search(parts.html + parts.text + parts.subject)


def test_the_filling_reaches_every_field_that_the_json_exports() -> None:
    """By construction, and proved: each text field of the record comes out with the words put in."""
    document = json.dumps(json.loads(told(filled("planted words"), "json")))
    exported = {(kind, name) for kind, name in texts(Audit)}
    for kind, name in exported:
        if kind in HIDDEN or f"{kind}.{name}" in HIDDEN or (kind, name) == ("Right", "is_self"):
            continue
        inside = re.search(rf'"{name}": (\[)?("planted words"|\[\["planted words|\["planted)', document)
        assert inside or kind in PROFILE_ONLY, (kind, name)


PROFILE_ONLY = frozenset(kind for kind, _ in texts(type(PROFILE))) | {"Profile"}


def test_a_page_of_nothing_but_hostile_text_is_still_a_page() -> None:
    page = Page(render_html(filled("<b>"), done=journal("<b>")))
    assert page.tags["h1"] == page.tags["main"] == 1
    assert page.unbalanced == []
