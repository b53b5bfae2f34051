from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from reputation.discovery.page import read_page
from reputation.errors import Blocked, Unreadable
from reputation.model import Kind

ROOT = Path(__file__).parents[3]
RECORDINGS = ROOT.parent / "shared" / "recordings"
ANSWERS = ROOT / "tests" / "answers" / "serp.tsv"

with ANSWERS.open(encoding="utf-8", newline="") as file:
    KEY = list(csv.DictReader(file, delimiter="\t"))

pytestmark = [
    pytest.mark.recordings,
    pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside the checkout"),
]


@pytest.mark.parametrize("row", KEY, ids=lambda row: str(row["path"]))
def test_a_recorded_result_page_is_read_as_its_answer_key_says(row: dict[str, str]) -> None:
    path = RECORDINGS / row["path"]
    if row["outcome"] in ("blocked", "unreadable"):
        with pytest.raises(Blocked if row["outcome"] == "blocked" else Unreadable):
            read_page(path.read_bytes(), path.name)
        return
    found = read_page(path.read_bytes(), path.name)
    organic = [mention for mention in found if mention.kind is Kind.RESULT]
    assert len(organic) == int(row["organic"])
    facts = json.loads((RECORDINGS / "pages" / "facts.json").read_text(encoding="utf-8"))
    first_three = facts.get(row["path"].removeprefix("pages/"), {}).get("first_3")
    if first_three is not None:
        assert [mention.url for mention in organic[:3]] == first_three


@pytest.mark.parametrize("name", ["brandon-motors-knowledge-panel-2019", "model-market-knowledge-panel-2019"])
def test_a_recorded_panel_is_read(name: str) -> None:
    path = RECORDINGS / "pages" / "serp" / "google" / f"{name}.html"
    facts = json.loads((RECORDINGS / "pages" / "facts.json").read_text(encoding="utf-8"))
    told = facts[f"serp/google/{name}.html"]["knowledge_panel"]
    panel = next(m for m in read_page(path.read_bytes(), path.name) if m.kind is Kind.LISTING)
    assert (panel.title, panel.rating_value, panel.rating_count) == (
        told["name"],
        told["rating"],
        told["reviews"],
    )
    assert panel.claimed("street_address")[0].startswith(told["address"])


def test_a_recorded_local_pack_is_read() -> None:
    path = RECORDINGS / "pages" / "serp" / "google" / "plumber-london-local-pack-2018.html"
    facts = json.loads((RECORDINGS / "pages" / "facts.json").read_text(encoding="utf-8"))
    places = [m for m in read_page(path.read_bytes(), path.name) if m.kind is Kind.LISTING]
    found = [[m.title, m.rating_value, m.rating_count, *m.claimed("telephone")] for m in places]
    assert found == facts["serp/google/plumber-london-local-pack-2018.html"]["local_pack"]
