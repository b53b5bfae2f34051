"""What an assistant answers is read as an answer: whom it cites, and what it plainly states, claim by claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.belonging import belongs_to
from reputation.discovery.saved import Saved
from reputation.discovery.sources import assistant_answer
from reputation.discovery.stated import facts, plain_lines
from reputation.errors import Blocked, Unreadable
from reputation.model import By, Capture, Kind, Mention, Request
from tests.discovery.sources.captures import SOURCES, expected, load, said

FOLDER = Path(__file__).parents[2] / "captures" / "assistants"
SOURCE = replace(SOURCES["assistants"], adapter="assistant_answer")


def capture(
    text: str, *, media_type: str = "text/plain", query: str | None = None, url: str = "file:///a.txt"
) -> Capture:
    return Capture(
        source="assistants",
        request=Request(url=url, query=query),
        url=url,
        status=200,
        body=text.encode(),
        sha256="0" * 64,
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        media_type=media_type,
        by=By.SAVED_PAGE,
    )


def read(text: str, **fields: str) -> list[Mention]:
    return list(assistant_answer.parse(SOURCE, capture(text, **fields)))


def told(text: str) -> list[tuple[str, str]]:
    return [(claim.field, claim.value) for claim in facts(plain_lines(text))]


@pytest.mark.parametrize("case", sorted(FOLDER.iterdir()), ids=lambda case: case.name)
def test_a_recorded_answer_says_what_is_expected_of_it(case: Path) -> None:
    assert said(SOURCE, load(case)) == expected(case)


def test_nothing_is_asked_by_program() -> None:
    assert list(assistant_answer.plan(SOURCE, None, ())) == []  # type: ignore[arg-type]  # the profile is not read


ANSWER = "Dr. Jane Roe is a cardiologist at Example Heart Institute in Boston, Massachusetts."


def test_the_same_question_has_the_same_key_next_quarter_whatever_the_answer() -> None:
    (first,) = read(f"Who is Jane Roe?\n{ANSWER}")
    (second,) = read("Who is  JANE ROE?\nI could not find anything reliable about this person.")
    (of_another,) = read(f"You said:\nWho is Jane Roe?\nGemini said\n{ANSWER}")
    assert first.key == second.key
    assert of_another.key != first.key
    assert of_another.claimed("assistant") == ("Gemini",)


def test_the_question_may_come_with_the_import() -> None:
    (one,) = read(ANSWER, query="Who is Jane Roe?")
    assert one.title == "Who is Jane Roe?"
    assert one.url == "https://chatgpt.com/?q=Who+is+Jane+Roe%3F"
    assert one.kind is Kind.ANSWER


def test_a_later_question_speaks_of_whom_the_first_named() -> None:
    first, later = read(
        f"You said:\nWho is Jane Roe?\nChatGPT said:\n{ANSWER}\nYou said:\nHow is she rated?\nChatGPT said:\nNo ratings of hers are known to me."
    )
    assert first.title == "Who is Jane Roe?"
    assert later.title == "How is she rated? (after: Who is Jane Roe?)"


@pytest.mark.parametrize("name", ["one-person/body.md", "conversation/body.html"])
def test_an_answer_of_unknown_origin_is_known_by_its_marks(name: str) -> None:
    saved = Saved(
        body=(FOLDER / name).read_bytes(), name=name, media_type="text/plain" if "md" in name else "text/html"
    )
    assert belongs_to(saved, list(SOURCES.values())).id == "assistants"


def test_a_page_that_merely_speaks_of_assistants_is_none() -> None:
    assert not assistant_answer.is_answer(
        "In the lecture ChatGPT said that it could not tell. Perplexity said nothing."
    )


def test_a_sentence_tells_name_specialty_affiliation_and_place() -> None:
    assert told(ANSWER) == [
        ("name", "Dr. Jane Roe"),
        ("specialty", "cardiologist"),
        ("affiliation", "Example Heart Institute"),
        ("address_locality", "Boston"),
        ("address_region", "Massachusetts"),
    ]


def test_whose_the_facts_are_is_not_guessed_where_several_bear_the_name() -> None:
    assert told(f"There are several doctors named Jane Roe.\n{ANSWER}\nPhone: 617-555-0134") == []


@pytest.mark.parametrize(
    "text",
    [
        "I could not find any reliable information about this person.",
        "A good cardiologist listens. Ask at Example Hospital whether they take new patients.",
        "Patients value kindness above all, and it is 5 minutes from the station.",
        "As of my last update, no ratings were known to me.",
    ],
)
def test_what_is_not_plainly_stated_is_no_claim(text: str) -> None:
    assert told(text) == []


def test_a_rating_is_a_sentence_of_the_assistants_and_no_rating_of_the_mention() -> None:
    (one,) = read(f"{ANSWER} She has 4.6 out of 5 stars on a rating site. She is kind.")
    assert one.claimed("aggregate_rating") == ("She has 4.6 out of 5 stars on a rating site.",)
    assert one.rating_value is None


def test_what_holds_no_answer_says_so() -> None:
    with pytest.raises(Unreadable, match="paste it into"):
        read("Who is Jane Roe?")
    with pytest.raises(Unreadable, match="paste it into"):
        read("<html><body><script>app()</script></body></html>", media_type="text/html")


def test_a_wall_is_a_wall() -> None:
    wall = "<html><head><title>Just a moment...</title></head><body><div id='challenge-form'>Checking your browser</div></body></html>"
    with pytest.raises(Blocked):
        read(wall, media_type="text/html")


@given(st.text(max_size=600))
def test_no_text_ends_in_a_crash(text: str) -> None:
    try:
        found = read(text)
    except (Unreadable, Blocked):
        return
    assert all(one.kind is Kind.ANSWER and one.key and (one.text or one.claims) for one in found)


def test_a_long_answer_is_read_in_time_that_its_length_allows() -> None:
    import time

    text = "Jane Roe, " * 20_000 + "\n" + f"{ANSWER}\n" * 4_000 + "[x](" * 20_000 + "**" * 50_000
    begun = time.perf_counter()
    read(text)
    assert time.perf_counter() - begun < 3
