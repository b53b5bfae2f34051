"""The user's word on whose an item is, as she gives it: it decides, holds on another audit, and is taken back."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reputation.cli import app
from reputation.cli.leaving import leave_with


def page(name: str, city: str, phone: str) -> str:
    """Return a directory's page that says little: a name, a city, a telephone number."""
    person = {
        "@context": "https://schema.org",
        "@type": "Physician",
        "name": name,
        "telephone": phone,
        "address": {"@type": "PostalAddress", "addressLocality": city},
    }
    return f"<html><head><title>{name}</title><script type='application/ld+json'>{json.dumps(person)}</script></head><body><h1>{name}</h1><p>{name}, {city}. Telephone {phone}.</p></body></html>"


PROFILE = """
[right]
self = true

[name]
given = "Jane"
family = "Roe"
credentials = ["MD"]
"""


Say = Callable[..., str]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command in an audited workspace, in this process: a new one each time costs seconds.

    Two saved pages lie in it that share a telephone number, of which neither can be told.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    def run(*words: str) -> str:
        code = leave_with(lambda: app(list(words), standalone_mode=False))
        printed = capsys.readouterr()
        assert code in (0, 4), printed.err
        return printed.out

    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    for number in (1, 2):
        saved = tmp_path / f"page{number}.html"
        url = f"<!-- saved from url=(0042)https://directory{number}.example.com/jane-roe -->\n"
        saved.write_text(url + page("Dr. Jane Roe, MD", "Springfield", "617-555-0134"), encoding="utf-8")
        run("import", str(saved), "--source", "own-pages")
    run(*AGAIN)
    return run


AGAIN = ("run", "--offline", "--as-of", "2026-11-22")


def items(say: Say) -> dict[str, dict[str, Any]]:
    """Return the items of the latest audit by their page."""
    return {one["url"]: one for one in json.loads(say("report", "--format", "json"))["mentions"]}


def test_a_word_decides_moves_what_resembles_it_and_is_taken_back(say: Say) -> None:
    before = items(say)
    assert {one["match"]["decision"] for one in before.values()} == {"possible"}
    first, second = sorted(before)
    key = before[first]["key"]
    assert key in say("show")

    say("decide", key[:-2], "not-mine", "--note", "a namesake")
    say(*AGAIN)
    now = items(say)
    assert (now[first]["match"]["decision"], now[first]["decision"]) == ("non_match", "not-mine")
    assert now[second]["decision"] is None
    assert now[second]["match"]["probability"] < before[second]["match"]["probability"]
    assert now[second]["match"]["decision"] != "match"
    assert "you said that it is about someone else: a namesake" in say("explain", key)
    assert "a page that you said is not yours" in say("explain", now[second]["key"])

    say("decide", key, "--undo")
    say(*AGAIN)
    assert {url: one["match"] for url, one in items(say).items()} == {
        url: one["match"] for url, one in before.items()
    }
