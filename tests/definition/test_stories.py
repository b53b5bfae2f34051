"""Ten invented audits and the story told of each; every one was read and judged before it was kept."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from reputation.definition.assess import assess_mentions
from reputation.definition.narrative import narrate
from reputation.model import Coverage, CoverageStatus, Kind, Match, MatchDecision, Mention
from tests.definition.clinician import NOW, heard, mention, profile

STORIES = tomllib.loads((Path(__file__).parent / "stories.toml").read_text(encoding="utf-8"))

PRAISE = (
    "She listened to me and took her time.",
    "Kind, thorough and honest. I trust her completely.",
    "Explained every option and answered all my questions.",
    "Wonderful doctor who really cares.",
    "She caught my cancer early and I am grateful.",
    "Never rushed. The best oncologist I have met.",
)
HEARD = (heard("vitals"), heard("healthgrades"), heard("pubmed"))

Story = tuple[tuple[Mention, ...], tuple[Coverage, ...]]


def _reviews(texts: tuple[str, ...], day: str = "2026-03-02") -> tuple[Mention, ...]:
    return tuple(
        mention(f"vitals:r{n}", Kind.REVIEW, title="", text=text, date_published=day)
        for n, text in enumerate(texts)
    )


def _with(match: MatchDecision, n: int) -> tuple[Mention, ...]:
    unsure = Match(decision=match, probability=0.5)
    return tuple(mention(f"google:n{i}", Kind.RESULT, match=unsure) for i in range(n))


def none_found() -> Story:
    return (), HEARD


def nothing_heard() -> Story:
    return (), (heard("vitals", CoverageStatus.BLOCKED), heard("webmd", CoverageStatus.MANUAL))


def all_praise() -> Story:
    return (mention("vitals:ada", Kind.LISTING), *_reviews(PRAISE)), HEARD


def one_viral_complaint() -> Story:
    text = "Rude and dismissive. I waited three hours and she never called back with my results."
    results = tuple(mention(f"google:v{n}", Kind.RESULT, title="Ada Roe review", text="") for n in range(4))
    return (*results, *_reviews((text,))), HEARD


def namesake_storm() -> Story:
    one = mention("vitals:ada", Kind.LISTING)
    return (one, *_with(MatchDecision.NON_MATCH, 40), *_with(MatchDecision.POSSIBLE, 3)), HEARD


def board_action() -> Story:
    news = mention(
        "google-news:1",
        Kind.ARTICLE,
        title="Board suspends license of Ada Roe",
        text="",
        date_published="2026-05-04",
    )
    return (news, *_reviews(PRAISE[:2])), HEARD


def new_in_town() -> Story:
    return (mention("nppes:1", Kind.RECORD), mention("vitals:ada", Kind.LISTING)), HEARD


def many_silent_sources() -> Story:
    silent = tuple(heard(f"site{n}", CoverageStatus.SKIPPED) for n in range(30))
    walls = tuple(heard(f"wall{n}", CoverageStatus.BLOCKED) for n in range(4))
    return (mention("vitals:ada", Kind.LISTING),), (heard("vitals"), *silent, *walls)


def researcher_without_reviews() -> Story:
    papers = tuple(
        mention(
            f"pubmed:{year}", Kind.ARTICLE, title=f"A trial of rest, part {year}", date_published=str(year)
        )
        for year in range(2015, 2026)
    )
    return papers, HEARD


def good_doctor_bad_office() -> Story:
    complaints = (
        "The front desk is rude and nobody picks up the phone.",
        "They billed my insurance twice and refuse a refund.",
        "I waited two hours. The receptionist was rude.",
    )
    return _reviews((*PRAISE[:4], *complaints)), HEARD


SCENES: tuple[Callable[[], Story], ...] = (
    none_found,
    nothing_heard,
    all_praise,
    one_viral_complaint,
    namesake_storm,
    board_action,
    new_in_town,
    many_silent_sources,
    researcher_without_reviews,
    good_doctor_bad_office,
)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_the_story_is_told_as_it_was_judged(scene: Callable[[], Story]) -> None:
    mentions, coverage = scene()
    told = narrate(profile(), assess_mentions(profile(), mentions, ()), coverage, NOW)
    assert told.summary == STORIES[scene.__name__]["summary"]
    assert told.tone == STORIES[scene.__name__]["tone"]
