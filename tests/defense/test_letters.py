"""Letters: facts and authorities, never a patient; drafts that no mail program sends by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.defense.letters import RECIPIENTS, as_eml, as_text, write
from tests.defense.audits import ADA, NOW, finding

PAGE = "https://www.healthgrades.com/dr/1"


@pytest.mark.parametrize("recipient", [*RECIPIENTS, "entry"])
def test_every_letter_holds_the_facts(recipient: str) -> None:
    one = finding(authority="your profile, confirmed 2026-08-01")
    letter = write(ADA, (one,), PAGE, recipient=recipient, site="Healthgrades", on=date(2026, 11, 22))
    text = as_text(letter)
    for fact in (
        "617-555-0199",
        "617-555-0134",
        "Ada Quill, MD (NPI 1234567893)",
        "Healthgrades",
        "practice phone",
    ):
        assert fact in text
    assert "your profile" not in text, "whoever reads it is not whose profile it is"
    assert "{" not in text
    assert letter.subject


def test_a_plan_is_told_its_duty_and_the_day() -> None:
    letter = write(ADA, (finding(),), PAGE, recipient="plan", site="Example Health", on=date(2026, 11, 22))
    assert "Section 116 of the No Surprises Act" in letter.body
    assert "dated notice of 22 November 2026" in letter.body


def test_a_delegate_signs_with_consent() -> None:
    profile = replace(ADA, right=replace(ADA.right, is_self=False, delegate_of="Dr. Ada Quill"))
    assert "On behalf of Ada Quill, MD, with written consent" in write(profile, (finding(),), None).body


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=80)
def test_a_draft_opens_in_a_mail_program_and_smuggles_nothing(observed: str) -> None:
    letter = write(ADA, (finding(observed=observed),), PAGE, site=f"Site\r\nBcc: {observed}")
    message = message_from_bytes(as_eml(letter, "records@example.org", NOW), policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "records@example.org"
    assert message["Bcc"] is None
    assert set(message.keys()) == {
        "Subject",
        "To",
        "Date",
        "X-Unsent",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert "617-555-0134" in message.get_content()


def test_a_letter_quotes_no_more_than_a_line_of_a_page() -> None:
    letter = write(ADA, (finding(observed="word " * 500),), PAGE)
    assert len(letter.body) < 900
