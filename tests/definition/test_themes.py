from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reputation import resources
from reputation.definition.themes import themes, tone
from reputation.model import ThemeName


def test_a_review_shows_what_it_speaks_of() -> None:
    assert themes("I waited two hours and the bill was wrong.") == ("wait", "cost")


def test_nothing_said_has_no_theme() -> None:
    assert themes("") == ()
    assert themes("Hm.") == ()


def test_every_theme_has_its_words() -> None:
    assert set(resources.table("data/lexicon.toml")["themes"]) == {name.value for name in ThemeName}


@given(st.text(max_size=200))
def test_themes_are_of_the_vocabulary_and_in_its_order(text: str) -> None:
    order = [name.value for name in ThemeName]
    found = themes(text)
    assert list(found) == sorted(found, key=order.index)


def test_tone_is_told_apart_from_sentiment() -> None:
    assert tone(["Thank you for caring for my family.", "We love her."]) == "warm"
    assert tone(["What a quack. Avoid.", "The worst."]) == "hostile"
    assert tone([]) == "neutral"
    assert tone(["Office hours are nine to five."]) == "neutral"
