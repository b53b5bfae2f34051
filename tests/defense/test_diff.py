"""The comparison speaks only of what both audits heard, and says exactly what was edited."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.defense.diff import compare, rating_moved
from reputation.defense.wording import changed_words
from reputation.model import (
    Audit,
    Cell,
    Change,
    ChangeKind,
    Claim,
    CoverageStatus,
    Kind,
    Match,
    MatchDecision,
    Mention,
    Outcome,
    Rank,
)
from tests.defense.audits import EARLIER, audit, coverage, finding, mention

SOURCES = ("healthgrades", "vitals", "ratemds")


def pair(before: tuple[Mention, ...], after: tuple[Mention, ...], **fields: Any) -> tuple[Audit, Audit]:
    both = tuple(coverage(source) for source in SOURCES)
    return (
        audit(before, id="b" * 32, as_of=EARLIER, coverage=fields.get("old", both)),
        audit(after, id="c" * 32, coverage=fields.get("new", both)),
    )


def told(changes: tuple[Change, ...]) -> set[tuple[str, str, str | None]]:
    return {(one.kind.value, one.key, one.field) for one in changes}


EDITS = ("none", "rating", "count", "text", "claim", "rank", "remove", "add")
PLACES = st.lists(st.tuples(st.sampled_from(SOURCES), st.sampled_from(EDITS)), max_size=25)


def edited(
    plan: list[tuple[str, str]],
) -> tuple[list[Mention], list[Mention], set[tuple[str, str, str | None]]]:
    """Return two lists of mentions and the changes that make the second of the first."""
    before: list[Mention] = []
    after: list[Mention] = []
    wanted: set[tuple[str, str, str | None]] = set()
    rank = Rank(engine="google", query="ada quill", position=3)
    for number, (source, edit) in enumerate(plan):
        one = mention(number, source=source, text=f"kind and calm {number}", ranks=(rank,))
        new = {
            "rating": replace(one, rating_value=3.9),
            "count": replace(one, rating_count=11),
            "text": replace(one, text=f"kind but late {number}"),
            "claim": replace(one, claims=(Claim("telephone", "617-555-0199"),)),
            "rank": replace(one, ranks=(replace(rank, position=1),)),
        }.get(edit, one)
        field = {"rating": "rating_value", "count": "rating_count", "claim": "telephone"}.get(edit, edit)
        if edit != "add":
            before.append(one)
        if edit != "remove":
            after.append(new)
        if edit in {"add", "remove"}:
            wanted.add(("appeared" if edit == "add" else "vanished", one.key, None))
        elif edit != "none":
            wanted.add(("changed", one.key, field))
    return before, after, wanted


@given(PLACES)
@settings(deadline=None, max_examples=60)
def test_an_audit_against_itself_yields_nothing(plan: list[tuple[str, str]]) -> None:
    before, _, _ = edited(plan)
    one, _ = pair(tuple(before), ())
    found = compare(one, one)
    assert found.changes == ()
    assert found.incomparable == ()


@given(PLACES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=80)
def test_edits_in_any_order_are_recovered_exactly(
    plan: list[tuple[str, str]], shuffled: random.Random
) -> None:
    before, after, wanted = edited(plan)
    shuffled.shuffle(before)
    shuffled.shuffle(after)
    assert told(compare(*pair(tuple(before), tuple(after))).changes) == wanted


@given(PLACES)
@settings(deadline=None, max_examples=60)
def test_swapped_audits_swap_the_changes(plan: list[tuple[str, str]]) -> None:
    before, after, _ = edited(plan)
    one, other = pair(tuple(before), tuple(after))
    there, back = compare(one, other).changes, compare(other, one).changes
    swap = {"appeared": "vanished", "vanished": "appeared", "changed": "changed"}
    assert {(swap[kind], key, field) for kind, key, field in told(there)} == told(back)
    values = {(c.key, c.field): (c.before, c.after) for c in there}
    assert {(c.key, c.field): (c.after, c.before) for c in back} == values


@given(
    PLACES,
    st.sampled_from(SOURCES),
    st.sampled_from(["blocked", "failed", "quota", "auth", "skipped", "manual", "retired", None]),
    st.booleans(),
)
@settings(deadline=None, max_examples=80)
def test_a_source_silent_in_either_audit_yields_no_change(
    plan: list[tuple[str, str]], silent: str, status: str | None, in_base: bool
) -> None:
    before, after, wanted = edited(plan)
    heard = tuple(coverage(source) for source in SOURCES)
    rest = tuple(row for row in heard if row.source != silent)
    short = rest if status is None else (*rest, coverage(silent, status))
    kept_before = tuple(m for m in before if not (in_base and m.source == silent))
    kept_after = tuple(m for m in after if in_base or m.source != silent)
    old, new = pair(kept_before, kept_after, old=short if in_base else heard, new=heard if in_base else short)
    found = compare(old, new)
    assert told(found.changes) == {one for one in wanted if not one[1].startswith(silent)}
    assert found.incomparable == (silent,)


def test_a_source_that_was_asked_in_neither_audit_is_not_listed() -> None:
    rows = (coverage("healthgrades"), coverage("yelp", "skipped"), coverage("ask", "retired"))
    failing = (*rows, coverage("vitals", "blocked"))
    found = compare(*pair((), (), old=failing, new=failing))
    assert found.incomparable == ("vitals",)


def test_a_source_heard_in_part_never_vanishes() -> None:
    old, new = pair((mention(1),), (mention(2),), new=(coverage("healthgrades", "partial"),))
    assert told(compare(old, new).changes) == {("appeared", "healthgrades:2", None)}


def test_what_was_published_before_is_newly_indexed_and_not_new() -> None:
    pages = tuple(
        mention(n, kind=Kind.ARTICLE, date_published=when)
        for n, when in enumerate(
            ["2019", "2026", "2026-07", "2026-08", "2026-08-20", "2026-08-21", "2026-10-01", None]
        )
    )
    found = {c.key[-1]: c.kind for c in compare(*pair((), pages)).changes}
    older = [ChangeKind.NEWLY_INDEXED if n in {0, 2, 4} else ChangeKind.APPEARED for n in range(8)]
    assert list(found.values()) == older


def test_a_changed_profile_is_not_a_changed_web() -> None:
    listing = mention(1)
    possible = replace(listing, match=Match(decision=MatchDecision.POSSIBLE, probability=0.5))
    old = audit((listing,), as_of=EARLIER, findings=(finding(),))
    new = audit((possible,), profile_digest="p2")
    found = compare(old, new)
    assert found.criteria_changed
    assert found.changes == ()


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (Outcome.DIFFERS, Outcome.CONFORMS, {ChangeKind.RESOLVED}),
        (Outcome.DIFFERS, None, {ChangeKind.RESOLVED}),
        (Outcome.CONFORMS, Outcome.DIFFERS, {ChangeKind.REGRESSED}),
        (None, Outcome.DIFFERS, {ChangeKind.REGRESSED}),
        (Outcome.DIFFERS, Outcome.CANNOT_TELL, set()),
        (Outcome.CANNOT_TELL, Outcome.DIFFERS, set()),
        (Outcome.CONFORMS, None, set()),
    ],
)
def test_a_finding_is_mended_or_comes_up(
    before: Outcome | None, after: Outcome | None, wanted: set[ChangeKind]
) -> None:
    was = (finding(outcome=before),) if before else ()
    now = (finding(outcome=after),) if after else ()
    old, new = audit((mention(1),), as_of=EARLIER, findings=was), audit((mention(1),), findings=now)
    assert {c.kind for c in compare(old, new).changes} == wanted


def test_a_finding_on_a_page_that_was_not_heard_is_not_called_mended() -> None:
    old = audit((mention(1),), as_of=EARLIER, findings=(finding(),))
    new = audit((), silent=("healthgrades",))
    assert compare(old, new).changes == ()


def test_a_namesakes_page_may_come_and_go() -> None:
    other = replace(mention(1), match=Match(decision=MatchDecision.NON_MATCH, probability=0.01))
    assert compare(*pair((other,), ())).changes == ()
    assert told(compare(*pair((other,), (mention(1),))).changes) == {("changed", "healthgrades:1", "match")}


def test_a_query_that_failed_says_nothing_about_ranks() -> None:
    rank = Rank(engine="google", query="ada quill", position=3)
    old, new = pair((mention(1, ranks=(rank,)),), ())
    failed = Cell(source="healthgrades", engine="google", query="ada quill", status=CoverageStatus.BLOCKED)
    assert compare(old, replace(new, cells=(failed,))).changes == ()
    fine = replace(failed, status=CoverageStatus.OK)
    assert told(compare(old, replace(new, cells=(fine,))).changes) == {("vanished", "healthgrades:1", None)}


def test_a_page_that_another_source_found_is_the_same_page() -> None:
    one = mention(1, key="vitals:9", source="vitals", url="https://example.com/a", kind=Kind.RESULT)
    other = replace(one, key="ratemds:9", source="ratemds", sources=("ratemds",))
    assert compare(*pair((one,), (other,))).changes == ()


def review(number: int, **fields: Any) -> Mention:
    return mention(number, kind=Kind.REVIEW, listing_key="healthgrades:0", review_count=None, **fields)


def test_a_review_that_only_moved_off_the_page_has_not_vanished() -> None:
    page = mention(0, review_count=38)
    before = (page, review(1), review(2))
    pushed = (replace(page, review_count=39), review(2), review(3))
    found = told(compare(*pair(before, pushed)).changes)
    assert ("vanished", "healthgrades:1", None) not in found
    assert ("appeared", "healthgrades:3", None) in found
    removed = (page, review(2), review(3))
    assert ("vanished", "healthgrades:1", None) in told(compare(*pair(before, removed)).changes)


def test_a_change_of_a_review_shows_no_reviewer_and_no_text_of_one_that_went() -> None:
    gone = review(1, text="She was rude to my mother", author_initials="J. D.")
    (change,) = compare(*pair((gone,), ())).changes
    assert "rude" not in repr(change)
    assert "J. D." not in repr(change)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("3 days ago — Dr. Quill opened a clinic", "2 weeks ago — Dr. Quill opened a clinic"),
        ("Nov 3, 2025 — Opened a clinic", "3 Nov 2026 · Opened  a\nclinic"),
        ("“Kind” and calm", '"Kind" and calm'),
        ("Kind, and calm.", "kind and calm"),
        (None, ""),
    ],
)
def test_dates_spaces_and_quotes_are_no_change(before: str | None, after: str | None) -> None:
    assert changed_words(before, after) is None


def test_a_long_text_is_told_by_the_stretch_that_changed() -> None:
    words = [f"w{n}" for n in range(50_000)]
    other = [*words[:25_000], "new", *words[25_001:]]
    assert changed_words(" ".join(words), " ".join(other)) == (
        "… w24997 w24998 w24999 w25000 w25001 w25002 w25003 …",
        "… w24997 w24998 w24999 new w25001 w25002 w25003 …",
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_change_of_words_reads_the_same_both_ways(one: str, other: str) -> None:
    there, back = changed_words(one, other), changed_words(other, one)
    assert (there is None) == (back is None)
    assert there is None or back == (there[1], there[0])
    assert changed_words(one, one) is None


def test_a_rating_moves_by_its_count_and_not_by_hundredths() -> None:
    assert not rating_moved((4.5, 5, 5), (4.0, 5, 5))
    assert rating_moved((4.5, 5, 400), (4.0, 5, 400))
    assert not rating_moved((4.5, 5, 400), (4.49, 5, 400))
    assert not rating_moved((4.5, 5, None), (1.0, 5, 400))


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (5, "no more than chance explains with 5 and 5"),
        (400, "more than chance explains with 400"),
        (None, None),
    ],
)
def test_a_change_of_rating_says_whether_chance_explains_it(count: int | None, says: str | None) -> None:
    before, after = (
        mention(rating_value=4.5, rating_count=count),
        mention(rating_value=4.0, rating_count=count),
    )
    (change,) = compare(audit((before,), as_of=EARLIER), audit((after,))).changes
    assert change.field == "rating_value"
    assert (change.note or "").startswith(says) if says else change.note is None
