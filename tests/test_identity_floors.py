"""What identity is held to: names, mentions and articles are judged no worse than their floors, and no floor sinks unseen."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reputation.codec import from_plain
from reputation.discovery.resolve import match
from reputation.model import Mention, Profile
from reputation.names import compare_names

ROOT = Path(__file__).parent.parent
LABELLED = ROOT / "tests" / "labelled"
MEDLINE = ROOT.parent / "shared" / "labelled"
FLOORS = tomllib.loads((LABELLED / "identity_floors.toml").read_text("utf-8"))
TOLD = re.compile(r"identity floors \((\w+)\): ((?:\w+ [\d.]*\d,? ?)+)", re.IGNORECASE)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (LABELLED / name).read_text("utf-8").splitlines()]


def test_every_floor_is_told_in_the_changelog_as_it_stands() -> None:
    text = " ".join((ROOT / "CHANGELOG.md").read_text("utf-8").split())
    told: dict[str, dict[str, float]] = {}
    for table, figures in TOLD.findall(text):
        pairs = (figure.rsplit(" ", 1) for figure in figures.strip().split(", "))
        told.setdefault(table, {name: float(value) for name, value in pairs})
    assert told == FLOORS, "a floor was moved: say so in CHANGELOG.md, with the reason where it sinks"


def test_names_are_told_apart_at_least_as_well_as_before() -> None:
    pairs, floors = _rows("name_pairs.jsonl"), FLOORS["names"]
    counts: Counter[str] = Counter()
    wrong = []
    for pair in pairs:
        found = compare_names(pair["a"], pair["b"])
        if found != pair["label"]:
            counts[f"false {found}"] += 1
            wrong.append(f"{pair['category']}: {pair['a']} | {pair['b']}: {found}, not {pair['label']}")
    assert len(pairs) >= floors["pairs"]
    assert counts["false same"] <= floors["false_same"] * len(pairs), wrong
    assert counts["false different"] <= floors["false_different"] * len(pairs), wrong
    assert len(wrong) <= (1 - floors["right"]) * len(pairs), wrong


def test_mentions_are_matched_at_least_as_well_as_before() -> None:
    pairs, floors = _rows("profile_mention_pairs.jsonl"), FLOORS["profiles"]
    counts: Counter[str] = Counter()
    wrong = []
    for pair in pairs:
        found = match(from_plain(Profile, pair["profile"]), Mention(**pair["mention"])).decision
        counts[f"{found}, {found in pair['label']}"] += 1
        counts["to be matched"] += pair["label"] == ["match"]
        counts["lost"] += found == "non_match" and "match" in pair["label"]
        if found not in pair["label"]:
            wrong.append(f"{pair['category']}: {found}, not {pair['label']}")
    right, false = counts["match, True"], counts["match, False"]
    assert len(pairs) >= floors["pairs"]
    assert right / (right + false) >= floors["match_precision"], wrong
    assert right / counts["to be matched"] >= floors["match_recall"], wrong
    assert counts["lost"] <= floors["false_non_match"] * len(pairs), wrong
    assert len(wrong) <= (1 - floors["right"]) * len(pairs), wrong


def estimation() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "estimate_linkage_weights", ROOT / "scripts" / "estimate_linkage_weights.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.recordings
def test_articles_are_matched_at_least_as_well_as_before() -> None:
    pairs, articles = MEDLINE / "medline_and_pairs.csv", MEDLINE / "medline_and_articles.jsonl"
    if not pairs.exists():
        pytest.skip("the labelled articles are not beside the checkout")
    script = estimation()
    found = []
    for first, second, pair, answer in script.read(pairs, articles)[::2]:
        one = script.person_of(first, pair["Last_name1"], pair["Initials1"])
        two = script.person_of(second, pair["Last_name2"], pair["Initials2"])
        judged = match(script.profile_from(first, one), script.mention_from(second, two))
        found.append((judged.decision == "match", judged.probability, answer))
    matched = [answer for is_match, _, answer in found if is_match]
    assert sum(matched) / len(matched) >= FLOORS["articles"]["match_precision"]
    assert (
        script.macro_f1([(float(one), answer) for one, _, answer in found], 1.0)
        >= FLOORS["articles"]["macro_f1"]
    )
