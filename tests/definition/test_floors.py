"""The invented labelled texts must not be read worse than their floors."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from reputation.definition.sentiment import assess, label_of
from reputation.definition.themes import themes

LABELLED = Path(__file__).parents[1] / "labelled"
FLOORS = tomllib.loads((LABELLED / "floors.toml").read_text())


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (LABELLED / name).read_text(encoding="utf-8").splitlines()]


def _share_right(rows: list[dict[str, Any]]) -> float:
    said = [label_of(assess(row["text"]).valence or 0.0) for row in rows]
    right = sum(label.value == row["label"] for label, row in zip(said, rows, strict=True))
    return float(right / len(rows))


def test_invented_texts_are_read_at_or_above_their_floor() -> None:
    rows = [row for row in _rows("sentiment.jsonl") if row["label"] != "mixed"]
    assert _share_right(rows) >= FLOORS["sentiment"]["accuracy"]
    office = [row for row in rows if row["category"].startswith("office_")]
    assert _share_right(office) >= FLOORS["sentiment"]["office_versus_doctor"]
    board = [row for row in rows if row["category"] == "board_action"]
    assert _share_right(board) >= FLOORS["sentiment"]["board_actions"]


@pytest.mark.parametrize(
    ("floor", "categories"),
    [
        ("hard", {"hard_positive", "hard_negative", "sarcasm", "comparison"}),
        ("stars_and_signs", {"stars", "short", "emoji", "misspelt"}),
    ],
)
def test_each_kind_of_difficulty_has_its_floor(floor: str, categories: set[str]) -> None:
    rows = [row for row in _rows("sentiment.jsonl") if row["category"] in categories]
    assert _share_right(rows) >= FLOORS["sentiment"][floor]


def test_it_tells_whom_a_review_is_about_at_or_above_its_floor() -> None:
    rows = [row for row in _rows("sentiment.jsonl") if row.get("about", "unclear") != "unclear"]
    told = [(row["about"], assess(row["text"], "review").about) for row in rows if row["label"] != "neutral"]
    assert sum(about == said for about, said in told) / len(told) >= FLOORS["sentiment"]["about"]


def test_neutral_texts_stay_near_nothing() -> None:
    rows = [row for row in _rows("sentiment.jsonl") if row["category"] == "neutral"]
    strong = sum(abs(assess(row["text"]).valence or 0.0) >= 0.3 for row in rows) / len(rows)
    assert strong <= FLOORS["sentiment"]["neutral_strong"]


def test_themes_of_invented_texts_are_at_or_above_their_floor() -> None:
    pairs = [(set(row["themes"]), set(themes(row["text"]))) for row in _rows("themes.jsonl")]
    right = sum(len(true & told) for true, told in pairs)
    f1 = 2 * right / sum(len(true) + len(told) for true, told in pairs)
    assert f1 >= FLOORS["themes"]["micro_f1"]
