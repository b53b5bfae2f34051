"""Answers given in a report come back as judgements; a stranger's file changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.errors import UsageError
from reputation.model import Signoff
from reputation.report.answers import read_answers
from tests.report.sample import NOW, sample

AUDIT = sample()


def saved(*answers: Any, **more: Any) -> bytes:
    return json.dumps({"schema_version": 1, "audit": AUDIT.id, "answers": list(answers), **more}).encode()


def test_answers_become_judgements() -> None:
    read = read_answers(
        saved(
            {"key": "serpapi-google:maybe", "word": "not-mine", "note": " I do not\u202e run \x00"},
            {"key": "healthgrades:x1234-r7", "word": "fair", "note": None},
            {"key": "act:000000000001", "word": "resolved"},
        ),
        AUDIT,
        NOW,
    )
    first, second, third = read.judgements
    assert (first.key, first.word, first.note) == ("serpapi-google:maybe", "not-mine", "I do not run")
    assert (first.url, first.source) == ("https://run.example.org/results/2025", "serpapi-google")
    assert (second.word, second.note, second.decided_at) == ("fair", None, NOW)
    assert (third.key, third.url) == ("act:000000000001", None)
    assert read.signoff is None


def test_the_whole_story_is_signed_only_when_both_questions_were_answered() -> None:
    accurate = {"key": "signoff:accuracy", "word": "inaccurate"}
    fair = {"key": "signoff:fairness", "word": "fair"}
    assert read_answers(saved(accurate), AUDIT, NOW).signoff is None
    assert read_answers(saved(accurate, fair), AUDIT, NOW).signoff == Signoff(
        accurate=False, fair=True, signed_at=NOW
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (saved(audit="another"), "belong to another audit"),
        (saved(schema_version=2), "newer report"),
        (b"not json", "no answers.json"),
        (b"[" * 100_000, "no answers.json"),
        (b"[]", "no answers.json"),
        (saved() + b" " * 2_000_000, "no answers.json"),
        (saved("x"), "without a key"),
        (saved({"key": "serpapi-google:maybe"}), "without a key and a word"),
        (saved({"key": "serpapi-google:maybe", "word": "guilty"}), "was not offered"),
        (saved({"key": "somebody:else", "word": "mine"}), "was not offered"),
        (saved({"key": "signoff:accuracy", "word": "mine"}), "no answer to signoff:accuracy"),
    ],
)
def test_a_file_that_this_report_cannot_have_saved_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        read_answers(data, AUDIT, NOW)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    with pytest.raises(UsageError):
        read_answers(data, AUDIT, NOW)
