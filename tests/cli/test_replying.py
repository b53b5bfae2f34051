"""A reply from draft to export, as a practice meets it: it waits, a second person approves, only that text goes out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reputation.defense.drafting import ReplyDraft
from reputation.defense.replies import JOURNAL, drafted
from reputation.defense.store import open_store
from tests.programs import one_line, repaudit, report_of

SAFE = "We welcome feedback from everyone. Please call our office at 617-555-0134.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice")
    assert repaudit("demo", "practice", cwd=folder).returncode == 0
    return folder / "practice"


@pytest.fixture(scope="module")
def negative(made: Path) -> str:
    return next(
        str(one["key"])
        for one in report_of(made)["mentions"]
        if one["kind"] == "review" and one["sentiment"] and one["sentiment"]["label"] == "negative"
    )


def begin_days_ago(workspace: Path, key: str, days: int) -> None:
    """Put a draft into the journal as if it had been written some days ago."""
    then = datetime.now(UTC) - timedelta(days=days)
    draft = ReplyDraft(key=key, advice="", text=SAFE, template="general_concern", not_before=then)
    with open_store(workspace / "audits.db") as store:
        store.write_entry(drafted(draft, then))


def test_a_draft_waits_and_asking_again_does_not_begin_the_wait_anew(made: Path, negative: str) -> None:
    first = json.loads(repaudit("reply", negative, "--json", cwd=made).stdout)
    again = json.loads(repaudit("reply", negative, "--json", cwd=made).stdout)
    assert first["not_before"] == again["not_before"]
    assert first["drafted_at"] == again["drafted_at"]
    assert any("cools off until" in why for why in first["hindrances"])
    early = repaudit("reply", negative, "-o", "reply.txt", cwd=made)
    assert early.returncode == 2
    assert "not exported: it cools off" in one_line(early)
    assert not (made / "reply.txt").exists()


def test_the_clinician_is_not_her_own_second_person(made: Path, negative: str) -> None:
    own = repaudit("reply", negative, "--approve", "Dr. M. Halloran", cwd=made)
    assert own.returncode == 2
    assert "no second person" in one_line(own)


def test_after_the_wait_and_with_an_approval_the_draft_is_shown_again_and_exported(
    made: Path, negative: str
) -> None:
    begin_days_ago(made, negative, 3)
    unapproved = repaudit("reply", negative, "-o", "reply.txt", cwd=made)
    assert "a second person has not approved it" in one_line(unapproved)
    assert repaudit("reply", negative, "--approve", "Pat Lee, office manager", cwd=made).returncode == 0
    done = repaudit("reply", negative, "-o", "reply.txt", cwd=made)
    assert done.returncode == 0, done.stderr
    assert SAFE.strip() in done.stdout
    assert "trust, truthfulness, transparency, responsibility, kindness" in done.stdout
    assert (made / "reply.txt").read_text(encoding="utf-8").strip() == SAFE.strip()
    assert "Exported on" in repaudit("reply", negative, cwd=made).stdout


def test_where_copies_may_remain_is_said(made: Path, negative: str) -> None:
    assert "https://web.archive.org/web/*/https://" in repaudit("reply", negative, cwd=made).stdout


def test_own_words_are_checked_and_wait_for_the_privacy_officer(made: Path, negative: str) -> None:
    bad = repaudit("reply", negative, "--text", "-", cwd=made, said="You missed your appointment in May.")
    assert bad.returncode == 10
    assert "nothing was kept" in bad.stderr
    done = repaudit("reply", negative, "--text", "-", cwd=made, said=SAFE.replace("feedback", "comments"))
    assert done.returncode == 0, done.stderr
    assert "the privacy officer has not approved it" in done.stdout
    with open_store(made / "audits.db") as store:
        texts = [entry.data.get("text", "") for entry in store.entries(JOURNAL)]
    assert not [text for text in texts if "appointment" in text]


def test_an_approval_holds_for_the_words_that_were_approved(made: Path, negative: str) -> None:
    begin_days_ago(made, negative, 3)
    repaudit("reply", negative, "--approve", "Pat Lee", cwd=made)
    changed = repaudit("reply", negative, "--text", "-", cwd=made, said=SAFE.replace("everyone", "all"))
    assert "Approved by" not in changed.stdout


def test_the_practice_may_do_without_a_second_person_for_prepared_texts(made: Path, negative: str) -> None:
    begin_days_ago(made, negative, 3)
    profile = made / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text + "\n[policy]\nsecond_person = false\n", encoding="utf-8")
    try:
        done = repaudit("reply", negative, "-o", "plain.txt", cwd=made)
    finally:
        profile.write_text(text, encoding="utf-8")
    assert done.returncode == 0, done.stderr
