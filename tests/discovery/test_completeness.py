"""How complete the search was: never more missing pages than there are, and silence where little is known."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation import config, resources
from reputation.config import load_sources
from reputation.discovery.completeness import bound, estimate, index_of, lower_limit, named_indexes
from reputation.model import Cell, CoverageStatus, Kind, Match, MatchDecision, Mention, Rank, Trust

ENGINES = ("google", "bing", "brave", "mojeek")
MATCH = Match(decision=MatchDecision.MATCH, probability=0.99)


def page(number: int, engines: Iterable[str], **changes: object) -> Mention:
    fields: dict[str, object] = {
        "source": "searxng",
        "kind": Kind.RESULT,
        "url": f"https://example.org/{number}",
        "title": "Jane Roe",
        "match": MATCH,
        "ranks": tuple(Rank(engine=one, query="Jane Roe", position=1) for one in engines),
    }
    return Mention(**(fields | changes))  # type: ignore[arg-type]  # fields of many types


def web(seed: int, pages: int, odds: tuple[float, ...], spread: float) -> list[Mention]:
    """Return what indexes of these odds show of a web whose pages differ in how easily they are caught."""
    chance = random.Random(seed)
    found = []
    for number in range(pages):
        ease = math.exp(chance.gauss(0, spread))
        chances = [one * ease / (1 + one * ease) for one in odds]
        caught = [engine for engine, p in zip(ENGINES, chances, strict=False) if chance.random() < p]
        if caught:
            found.append(page(number, caught))
    return found


WEBS = [
    (pages, odds, spread)
    for pages in (40, 120)
    for odds in ((1.0, 1.0), (3.0, 0.2), (1.0, 0.5, 0.2), (0.4, 0.3, 0.3, 0.1))
    for spread in (0.0, 0.8, 1.6)
]


@pytest.mark.parametrize(("pages", "odds", "spread"), WEBS)
def test_it_is_not_above_the_truth_on_average_and_seldom_at_all(
    pages: int, odds: tuple[float, ...], spread: float
) -> None:
    """Tolerance: on average no page too many, and in at most one web of eight (it is a 95 % limit of small counts)."""
    over = []
    for seed in range(50):
        mentions = web(seed, pages, odds, spread)
        told = estimate(mentions)
        assert told.found == len(mentions)
        if told.at_least_more is not None:
            over.append(told.at_least_more - (pages - len(mentions)))
    if over:
        assert sum(over) / len(over) <= 0
        assert sum(one > 0 for one in over) <= max(2, len(over) / 8)


def test_it_is_of_use_where_much_is_missing() -> None:
    told = [estimate(web(seed, 300, (0.5, 0.5, 0.3), 0.0)) for seed in range(12)]
    missing = [300 - one.found for one in told]
    assert all(one.at_least_more for one in told)
    share = sum((one.at_least_more or 0) / n for one, n in zip(told, missing, strict=True)) / len(told)
    assert share > 0.5


def test_the_textbook_form_would_overstate_where_indexes_differ_in_size() -> None:
    histories = {frozenset({"google"}): 66, frozenset({"brave"}): 5, frozenset({"google", "brave"}): 14}
    alone, shared = 71, 14
    textbook = 0.5 * alone * (alone - 1) / (2 * (shared + 1))
    assert bound(histories) == pytest.approx(66 * 5 / 15)
    assert textbook > 3 * bound(histories)
    assert 0 < lower_limit(histories) < bound(histories)


counts = st.integers(0, 200)


@given(a=counts, b=counts, c=counts, ab=counts, bc=counts)
def test_the_limit_lies_below_the_bound_whatever_is_counted(a: int, b: int, c: int, ab: int, bc: int) -> None:
    one, two, three = frozenset("a"), frozenset("b"), frozenset("c")
    histories = {one: a, two: b, three: c, one | two: ab, two | three: bc}
    assert 0 <= lower_limit(histories) <= bound(histories)


@given(st.lists(st.sets(st.sampled_from(ENGINES), min_size=1), max_size=60), st.randoms())
def test_the_order_of_mentions_changes_nothing(who: list[set[str]], chance: random.Random) -> None:
    mentions = [page(n, sorted(engines)) for n, engines in enumerate(who)]
    told = estimate(mentions)
    mixed = mentions[:]
    chance.shuffle(mixed)
    assert estimate(mixed) == told


@given(st.lists(st.sets(st.sampled_from(ENGINES), min_size=1), max_size=60))
def test_nothing_is_said_where_there_is_too_little(who: list[set[str]]) -> None:
    told = estimate([page(n, sorted(engines)) for n, engines in enumerate(who)])
    shared = sum(len(one) > 1 for one in who)
    if len(told.indexes) < 2 or len(who) < 10 or shared < 5:
        assert told.at_least_more is None
    assert told.text
    assert "%" not in told.text


def test_what_only_one_was_asked_is_not_held_against_the_others() -> None:
    """Site searches go to one engine: their pages are found, and compared with nobody."""
    chance = random.Random(5)
    both = [
        page(n, [one for one in ("google", "brave") if chance.random() < 0.6] or ["google"])
        for n in range(60)
    ]
    alone = [
        page(n, (), ranks=[Rank(engine="google", query="site:example.org Roe", position=1)])
        for n in range(100, 140)
    ]
    without, told = estimate(both), estimate([*both, *alone])
    assert without.at_least_more
    assert told.found == without.found + 40
    assert told.at_least_more == 0


def test_an_index_that_was_asked_little_does_not_silence_the_others() -> None:
    questions = [f"Jane Roe {n}" for n in range(12)]
    chance = random.Random(7)
    mentions = []
    for n in range(80):
        who = [one for one in ("google", "brave") if chance.random() < 0.5]
        ranks = [Rank(engine=one, query=questions[n % 12], position=1) for one in who]
        mentions.append(page(n, (), ranks=ranks))
    saved = page(1, (), ranks=[Rank(engine="mojeek", query=questions[0], position=1)])
    told = estimate([*mentions, saved])
    assert told.indexes == ("brave", "google")
    assert told.at_least_more


def test_indexes_that_were_asked_different_things_are_not_compared() -> None:
    mentions = [
        page(n, (), ranks=[Rank(engine=one, query=f"Roe {one}", position=1)])
        for n in range(20)
        for one in ("google", "brave")
    ]
    told = estimate(mentions)
    assert told.at_least_more is None
    assert "not asked the same" in (told.text or "")


# ---------------------------------------------------------------------------- what counts


def test_engines_on_one_index_are_one() -> None:
    many = [page(n, ["bing", "yahoo", "duckduckgo"]) for n in range(30)]
    told = estimate(many)
    assert told.indexes == ("bing",)
    assert told.at_least_more is None
    assert "only the index of Bing" in (told.text or "")


def test_an_engine_that_blends_indexes_is_counted_for_nobody() -> None:
    assert index_of("ecosia") is None
    assert index_of("an engine of tomorrow") is None
    assert estimate([page(n, ["ecosia", "kagi", "you"]) for n in range(30)]).found == 0


def test_only_matched_pages_among_the_links_count() -> None:
    possible = Match(decision=MatchDecision.POSSIBLE, probability=0.6)
    panel = (Rank(engine="google", query="Jane Roe", position=0),)
    mentions = [
        page(1, ["google"], match=possible),
        page(2, ["google"], match=None),
        page(3, ["google"], ranks=panel),
        page(4, ["google"], kind=Kind.ANSWER),
        page(5, ["google"], kind=Kind.LISTING),
    ]
    assert estimate(mentions).found == 0


def test_one_page_found_as_a_result_and_as_a_profile_is_one() -> None:
    url = "https://www.example.org/roe?utm_source=x"
    twice = [
        page(1, ["google"], url=url),
        page(1, ["brave"], url="https://www.example.org/roe", kind=Kind.PROFILE),
    ]
    told = estimate(twice)
    assert (told.found, told.indexes) == (1, ("brave", "google"))


def test_agreement_is_no_proof_of_completeness() -> None:
    told = estimate([page(n, ["google", "brave"]) for n in range(20)])
    assert told.at_least_more == 0
    assert "no proof" in (told.text or "")


# ---------------------------------------------------------------------------- the table


def test_every_engine_that_can_be_heard_is_in_the_table() -> None:
    table = resources.table("data/indexes.toml")["engine"]
    asked = {
        source.engine for source in config.load_sources() if source.category == "search" and source.engine
    }
    assert asked <= set(table)
    for row in table.values():
        assert Trust(row["trust"])
        assert row["source"]
        assert row.get("index") is None or table[row["index"]]["index"] == row["index"]


def test_the_table_agrees_with_what_sources_say_of_themselves() -> None:
    for source in config.load_sources():
        if source.category == "search" and source.options.get("index"):
            assert index_of(source.engine or "") == source.options["index"], source.id


def test_how_many_independent_indexes_answered_is_said_and_who_leans_on_whom() -> None:
    cells = [
        Cell(source=engine, engine=engine, query="q", status=CoverageStatus(status))
        for engine, status in (
            ("google", "ok"),
            ("bing", "empty"),
            ("yahoo", "ok"),
            ("duckduckgo", "observed"),
            ("brave", "blocked"),
            ("kagi", "ok"),
        )
    ]
    told = estimate([], cells)
    assert told.asked == ("bing", "google")
    assert (told.text or "").startswith(
        "2 independent indexes answered: Bing and Google. DuckDuckGo and Yahoo lean on Bing's."
    )


def test_the_users_own_source_may_say_on_whose_index_it_leans() -> None:
    own = replace(load_sources()[0], id="mine", engine="mine", options={"index": "brave"})
    cell = Cell(source="mine", engine="mine", query="q", status=CoverageStatus.OK)
    assert estimate([], [cell], [own]).asked == ("brave",)
    assert estimate([], [cell]).asked == ()


def test_the_registry_and_the_table_of_indexes_agree() -> None:
    for engine, index in named_indexes(load_sources()).items():
        assert index_of(engine) == index, engine
