"""Invented audits and the story told of each; every one was read and judged before it was kept."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from reputation.definition.narrative import narrate, since
from reputation.model import (
    About,
    Affiliation,
    Change,
    ChangeKind,
    Claim,
    Comparison,
    Control,
    Coverage,
    CoverageStatus,
    Kind,
    Match,
    MatchDecision,
    Mention,
    Rank,
    Sentiment,
    SentimentLabel,
)
from reputation.resources import table
from tests.definition.clinician import NOW, mention, profile
from tests.definition.derivable import unborne

STORIES = tomllib.loads((Path(__file__).parent / "stories.toml").read_text(encoding="utf-8"))

GOOD, BAD = SentimentLabel.POSITIVE, SentimentLabel.NEGATIVE

JUDGED: dict[str, tuple[SentimentLabel, About, str]] = {
    "She listened to me and took her time.": (GOOD, About.CLINICIAN, "bedside_manner communication"),
    "Kind, thorough and honest. I trust her completely.": (GOOD, About.CLINICIAN, "bedside_manner"),
    "Explained every option and answered all my questions.": (GOOD, About.CLINICIAN, "communication"),
    "Wonderful doctor who really cares.": (GOOD, About.CLINICIAN, "bedside_manner"),
    "She caught my cancer early and I am grateful.": (GOOD, About.CLINICIAN, "diagnosis outcome"),
    "Never rushed. The best oncologist I have met.": (GOOD, About.CLINICIAN, "communication competence"),
    "Rude and dismissive. She never called back with my results.": (
        BAD,
        About.CLINICIAN,
        "bedside_manner follow_up",
    ),
    "The front desk is rude and nobody picks up the phone.": (BAD, About.STAFF, "bedside_manner staff"),
    "They billed my insurance twice and refuse a refund.": (BAD, About.BILLING, "cost"),
    "I waited two hours. The receptionist was rude.": (BAD, About.STAFF, "bedside_manner staff wait"),
    "She was late again and did not listen.": (BAD, About.CLINICIAN, "communication wait"),
    "Dismissive and cold at every visit.": (BAD, About.CLINICIAN, "bedside_manner"),
    "Nobody told me what the test showed.": (BAD, About.CLINICIAN, "communication"),
    "I felt rushed and ignored.": (BAD, About.CLINICIAN, "communication"),
    "She never called me back.": (BAD, About.CLINICIAN, "follow_up"),
    "Rude to my husband and to me.": (BAD, About.CLINICIAN, "bedside_manner"),
    "I left without an answer. Awful visit.": (BAD, About.CLINICIAN, "communication"),
    "She does not care any more.": (BAD, About.CLINICIAN, "bedside_manner"),
    "Waited two hours, seen for three minutes.": (BAD, About.FACILITY, "wait"),
}
"""What is said in the stories, as a careful reader judges it: how it is scored is proved elsewhere."""

SAID = tuple(JUDGED)
PRAISE, BLAME, OFFICE, LATER = SAID[:6], SAID[6:7], SAID[7:10], SAID[10:]

Story = tuple[tuple[Mention, ...], tuple[Coverage, ...]]


def _heard(*sources: str, status: CoverageStatus = CoverageStatus.OK) -> tuple[Coverage, ...]:
    known = table("sources.toml")
    return tuple(
        Coverage(source=source, category=known.get(source, {}).get("category", "ratings"), status=status)
        for source in sources
    )


USUAL = _heard("healthgrades", "vitals", "pubmed", "serpapi-google")


def _judged(text: str) -> dict[str, Any]:
    label, about, themes = JUDGED.get(text, (GOOD, About.CLINICIAN, "competence outcome"))
    valence = 0.9 if label is GOOD else -0.9
    return {
        "sentiment": Sentiment(valence=valence, label=label, about=about),
        "themes": tuple(themes.split()),
    }


def _reviews(
    texts: tuple[str, ...], first: str = "2023-02-14", site: str = "vitals", step_days: int = 100
) -> tuple[Mention, ...]:
    day = date.fromisoformat(first)
    return tuple(
        mention(
            f"{site}:r{n}-{first}", Kind.REVIEW, title="", text=text, listing_key=f"{site}:ada", **_judged(text),
            date_published=(day + timedelta(days=step_days * n)).isoformat(),
        )
        for n, text in enumerate(texts)
    )  # fmt: skip


def _listing(site: str = "vitals", rating: float | None = None, ratings: int | None = None) -> Mention:
    return mention(f"{site}:ada", Kind.LISTING, rating_value=rating, best_rating=5.0, rating_count=ratings)


def _others(match: MatchDecision, n: int) -> tuple[Mention, ...]:
    unsure = Match(decision=match, probability=0.5)
    return tuple(mention(f"google:{match}{i}", Kind.RESULT, match=unsure) for i in range(n))


def _ranked(
    place: int, title: str, text: str = "", url: str = "https://forum.example.com/t/1", **fields: str
) -> Mention:
    rank = Rank(engine="google", query="Ada Roe", position=place)
    return mention(f"google:p{place}", Kind.RESULT, title=title, text=text, url=url, ranks=(rank,), **fields)


def none_found() -> Story:
    return (), USUAL


def nothing_heard() -> Story:
    return (), (
        *_heard("vitals", status=CoverageStatus.BLOCKED),
        *_heard("webmd", status=CoverageStatus.MANUAL),
    )


def all_praise() -> Story:
    return (_listing("healthgrades", 4.8, 41), *_reviews(PRAISE)), USUAL


def one_viral_complaint() -> Story:
    post = mention(
        "reddit:1", Kind.POST, title="", text=BLAME[0], date_published="2026-10-03", **_judged(BLAME[0])
    )
    results = (
        replace(_ranked(1, "Ada Roe complaint thread"), sentiment=Sentiment(valence=-0.8, label=BAD)),
        _ranked(4, "Ada Roe, MD - Oncologist in Boston", url="https://listings.example.com/ada"),
    )
    return (post, _listing("vitals", 4.5, 6), *results), USUAL


def namesake_storm() -> Story:
    return (
        (_listing(), *_others(MatchDecision.NON_MATCH, 40), *_others(MatchDecision.POSSIBLE, 3)),
        USUAL,
    )


def board_action() -> Story:
    news = mention(
        "google-news:1", Kind.ARTICLE, title="Board suspends license of Ada Roe", text="",
        url="https://news.example.com/1", date_published="2026-05-04",
    )  # fmt: skip
    return (news, _listing("healthgrades", 4.6, 28), *_reviews(PRAISE[:2])), USUAL


def new_in_town() -> Story:
    return (mention("nppes:1", Kind.RECORD), _listing()), _heard("nppes", "vitals", "healthgrades")


def many_silent_sources() -> Story:
    walls = _heard("ratemds", "yelp", "webmd", "zocdoc", status=CoverageStatus.BLOCKED)
    silent = _heard(*(f"site{n}" for n in range(30)), status=CoverageStatus.SKIPPED)
    return (_listing(),), (*_heard("vitals"), *walls, *silent)


def researcher_without_reviews() -> Story:
    papers = tuple(
        mention(
            f"pubmed:{year}", Kind.ARTICLE, title=f"A trial of rest, part {year - 2014}.", date_published=str(year),
            claims=(Claim("publication_status", "retracted"),) if year == 2018 else (),
        )
        for year in range(2015, 2026)
    )  # fmt: skip
    trial = mention(
        "clinicaltrials:1", Kind.RECORD, title="Rest after chemotherapy", date_published="2024-03"
    )
    return (*papers, trial), _heard("pubmed", "clinicaltrials")


def good_doctor_bad_office() -> Story:
    return (*_reviews(PRAISE[:4]), *_reviews(OFFICE, "2023-04-01")), USUAL


def changed_for_the_worse() -> Story:
    before, after = (
        _reviews(PRAISE * 2, "2021-01-05", step_days=90),
        _reviews(LATER, "2024-08-01", step_days=80),
    )
    return (_listing("vitals", 3.1, 44), *before, *after), USUAL


def copied_reviews_in_one_week() -> Story:
    words = (
        "The best doctor in the whole city, she fixed my problem in a single visit and I tell all my friends."
    )
    wave = _reviews((words,) * 5, "2026-08-03", step_days=1)
    return (*_reviews(PRAISE[:4], "2023-02-14", step_days=250), *wave), USUAL


def half_forgotten() -> Story:
    papers = tuple(
        mention(f"pubmed:{year}", Kind.ARTICLE, title=f"Notes on rest, {year}", date_published=str(year))
        for year in (1998, 2003)
    )
    bio = _ranked(
        1, "Ada Roe - Associate Professor - Example Medical School", url="https://www.example.edu/roe"
    )
    return (*papers, replace(bio, control=Control.INFLUENCED), *_reviews((PRAISE[3],), "2016-05-05")), USUAL


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
    changed_for_the_worse,
    copied_reviews_in_one_week,
    half_forgotten,
)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_the_story_is_told_as_it_was_judged_and_every_number_in_it_has_a_source(
    scene: Callable[[], Story],
) -> None:
    mentions, coverage = scene()
    told = narrate(profile(), mentions, coverage, NOW)
    assert told.summary == STORIES[scene.__name__]
    assert unborne(told, mentions, coverage) == []


def test_what_is_new_is_told_apart_from_what_is_newly_found() -> None:
    mentions, coverage = researcher_without_reviews()
    opinions = _reviews(PRAISE[:3], "2019-04-04")
    told = narrate(profile(), (*mentions, *opinions), coverage, NOW)
    changes = [
        Change(kind=ChangeKind.APPEARED, subject="mention", key="clinicaltrials:1"),
        *(Change(kind=ChangeKind.NEWLY_INDEXED, subject="mention", key=item.key) for item in opinions),
        Change(kind=ChangeKind.APPEARED, subject="mention", key="vitals:somebody-else"),
        Change(kind=ChangeKind.CHANGED, subject="mention", key="pubmed:2015", field="title"),
    ]
    marked = since(told, Comparison(base="a", head="b", changes=tuple(changes)))
    assert marked.summary.endswith("Since the last audit 1 item is new and 3 older ones were found only now.")
    assert sum(point.newly_indexed for point in marked.arc) == 3
    assert {e.text for point in marked.arc for e in point.events if e.novelty is ChangeKind.APPEARED} == {
        "Rest after chemotherapy"
    }
    assert since(told, Comparison(base="a", head="b")) == told


def test_a_position_that_pages_name_is_an_event_on_its_own_date() -> None:
    tie = Affiliation(name="Example Medical School", title="Associate Professor", since=date(2019, 7, 1))
    mentions, coverage = half_forgotten()
    told = narrate(profile(affiliations=(tie,)), mentions, coverage, NOW)
    (event,) = [e for point in told.arc if point.period == "2019-H2" for e in point.events]
    assert (event.kind, event.keys) == ("title", ("google:p1",))
    assert not any(
        e.kind == "title" for p in narrate(profile(), mentions, coverage, NOW).arc for e in p.events
    )
