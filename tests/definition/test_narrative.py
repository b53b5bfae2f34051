from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reputation.definition.assess import assess_mentions
from reputation.definition.narrative import half_year, narrate
from reputation.model import Claim, CoverageStatus, Kind, Match, MatchDecision, Mention, Narrative
from tests.definition.clinician import NOW, heard, mention, profile

COVERAGE = (heard("vitals"), heard("healthgrades", CoverageStatus.BLOCKED))
PRAISE = "She listened to me and took her time. Wonderful doctor."
BLAME = "Rude. I waited two hours and he never called back."


def _tell(*mentions: Mention) -> Narrative:
    of = profile()
    return narrate(of, assess_mentions(of, mentions, ()), COVERAGE, NOW)


def _review(n: int, text: str, day: str = "2026-03-02") -> Mention:
    return mention(f"vitals:r{n}", Kind.REVIEW, text=text, title="", date_published=day)


def test_nothing_found_is_said_and_is_no_proof_of_absence() -> None:
    told = _tell()
    assert "hold nothing" in told.summary or "holds nothing" in told.summary
    assert "does not prove" in told.summary
    assert "could not be heard" in told.summary
    assert told.arc == ()


def test_nothing_heard_is_told_apart_from_nothing_found() -> None:
    told = narrate(profile(), (), (heard("vitals", CoverageStatus.FAILED),), NOW)
    assert told.summary.startswith("No source answered")


def test_a_handful_of_voices_is_hedged() -> None:
    assert "too few to call it a trend" in _tell(_review(1, PRAISE)).summary
    many = _tell(*(_review(n, PRAISE) for n in range(6)))
    assert "All 6 opinions in words are favourable." in many.summary


def test_the_arc_goes_by_the_sources_own_dates() -> None:
    told = _tell(_review(1, PRAISE), _review(2, BLAME, "2026-09-01"), _review(3, PRAISE, ""))
    assert [(point.period, point.n) for point in told.arc] == [("2026-H1", 1), ("2026-H2", 1)]
    first, second = told.arc
    assert (first.valence or 0) > 0 > (second.valence or 0)


def test_the_arc_exists_without_a_single_review() -> None:
    article = mention("pubmed:1", Kind.ARTICLE, title="A trial of rest", date_published="2024-05")
    (point,) = _tell(article).arc
    assert (point.period, point.n, point.valence) == ("2024-H1", 0, None)
    assert point.events[0].keys == ("pubmed:1",)


def test_a_date_in_the_future_is_not_believed() -> None:
    later = (NOW.date() + timedelta(days=40)).isoformat()
    assert _tell(_review(1, PRAISE, later)).arc == ()


def test_a_namesake_is_not_in_the_story() -> None:
    other = Match(decision=MatchDecision.NON_MATCH, probability=0.01)
    stranger = mention("vitals:r9", Kind.REVIEW, text=BLAME, match=other)
    assert _tell(stranger).keys == ()


def test_every_number_leads_to_mentions() -> None:
    told = _tell(_review(1, PRAISE), _review(2, BLAME))
    assert told.keys == ("vitals:r1", "vitals:r2")
    assert all(theme.keys and set(theme.keys) <= set(told.keys) for theme in told.themes)
    assert all(0 < theme.share <= 1 for theme in told.themes)


def test_a_sanction_is_said_first_to_be_looked_at() -> None:
    news = mention("google-news:1", Kind.ARTICLE, title="Board suspends license of Ada Roe", text="")
    assert "sanction" in _tell(news).summary


@given(st.permutations([_review(1, PRAISE), _review(2, BLAME), _review(3, PRAISE, "2025-01-01")]))
def test_the_same_mentions_give_the_same_words(mentions: list[Mention]) -> None:
    assert _tell(*mentions) == _tell(_review(1, PRAISE), _review(2, BLAME), _review(3, PRAISE, "2025-01-01"))


def test_half_years() -> None:
    assert half_year("2026-06-30") == "2026-H1"
    assert half_year("2026-07") == "2026-H2"
    assert half_year("2026") == "2026"
    assert half_year("soon") is None
    assert half_year(date(2026, 1, 1).isoformat()) == "2026-H1"


def test_a_retraction_is_told_with_the_paper_in_the_librarys_name() -> None:
    marks = ("retracted", "erratum")
    papers = [
        mention(
            f"pubmed:{mark}",
            Kind.ARTICLE,
            title="A trial of rest",
            date_published="2020",
            claims=(Claim("publication_status", mark),),
        )
        for mark in marks
    ]
    (point,) = narrate(profile(), papers, (heard("pubmed"),), NOW).arc
    assert sorted(event.text for event in point.events) == [
        "A trial of rest",
        "A trial of rest (PubMed marks it: retracted)",
    ]
