"""After the linter: one word of advice, what to ask oneself, and how one's own posts so far would fare."""

from __future__ import annotations

from pathlib import Path

import pytest

from reputation.defense.post import check_post
from reputation.defense.posting import Advice, advise, own_posts, prompts
from reputation.defense.violation import register
from reputation.model import Control, Kind
from tests.defense.audits import ADA, mention


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Our clinic closes early on Friday.", Advice.OK),
        ("You should stop your metformin tonight and call me.", Advice.PRIVATE),
        ("That surgeon is an idiot.", Advice.REWRITE),
        ("Mrs. Anna Smith, 46, came to our ER yesterday with a nail in her eye.", Advice.DO_NOT_POST),
    ],
)
def test_the_linter_ends_in_one_word_of_advice(text: str, advice: Advice) -> None:
    assert advise(check_post(text)) is advice


def test_the_questions_before_posting_warn_of_what_the_articles_warn_of() -> None:
    said = " ".join(prompts())
    for warning in (
        "waiting room",
        "tired, angry",
        "may not be retractable",
        "privacy setting",
        "institution",
    ):
        assert warning in said


def test_ones_own_posts_are_counted_by_rule_and_other_peoples_are_left_alone() -> None:
    said = "That surgeon is an idiot."
    mine = mention(1, kind=Kind.POST, control=Control.CONTROLLED, text=said)
    private = mention(2, kind=Kind.POST, control=Control.OWNED, text="My garden in June.", context="personal")
    theirs = mention(3, kind=Kind.POST, control=Control.UNCONTROLLED, text=said)
    posts = own_posts(ADA, (private, theirs, mine))
    assert posts.n == 2
    assert [key for key, _ in posts.flagged] == [mine.key]
    assert ("insult", 1) in posts.counts
    assert posts.personal == 1


def test_what_a_breach_can_cost_is_written_down() -> None:
    page = (Path(__file__).parents[2] / "docs" / "posting.md").read_text(encoding="utf-8")
    for cost in ("loss of hospital privileges", "**employment**", "board", "45 CFR 164.502", "16 CFR 465"):
        assert cost in page
    amounts = [f"${row['amount_usd']:,}" for row in register()["case"] if row["trust"] != "unverified"]
    assert min(amounts) in page
    assert max(amounts) in page
