"""`sources check`: two controls a source, on a server of this machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from tests.programs import one_line, repaudit
from tests.servers import Reply, serve

SMITH = {
    "title": "John Smith, MD",
    "url": "https://www.example.org/smith",
    "content": "",
    "engines": ["google"],
}
SHOP = {
    "title": "Garden chairs",
    "url": "https://www.example.com/chairs",
    "content": "",
    "engines": ["google"],
}
WALL = b"<html><head><title>Just a moment...</title></head><body><script src='/cdn-cgi/challenge-platform/x'></script></body></html>"


def results(*rows: Mapping[str, object]) -> bytes:
    return json.dumps({"query": "x", "results": list(rows), "unresponsive_engines": []}).encode()


@pytest.mark.parametrize(
    ("known", "unknown", "verdict", "code"),
    [
        (results(SMITH), results(), "works", 0),
        (results(SHOP), results(), "answers about something else", 4),
        (results(SMITH), results(SHOP), "answers about something else", 4),
        (results(), results(), "changed", 4),
        (b'{"answer": 42}', b'{"answer": 42}', "changed", 4),
        (WALL, WALL, "blocked", 4),
    ],
)
def test_a_source_is_judged_by_what_it_says_of_a_known_and_an_unknown_name(
    tmp_path: Path, known: bytes, unknown: bytes, verdict: str, code: int
) -> None:
    with serve(lambda path: Reply(body=known if "Smith" in unquote_plus(path) else unknown)) as site:
        table(tmp_path, f'[searxng]\nbase_url = "{site.url}"\npause_s = 0\n')
        done = repaudit("sources", "check", "searxng", cwd=tmp_path)
    assert done.stdout.startswith(f"searxng: {verdict} ("), done.stdout + done.stderr
    assert done.returncode == code
    assert 1 <= len(site.asked) <= 2
    assert not any("Halloran" in path for path in site.asked)


def test_a_check_keeps_to_its_budget_and_says_what_it_left_out(tmp_path: Path) -> None:
    with serve(lambda path: Reply(body=results(SMITH) if "Smith" in path else results())) as site:
        table(tmp_path, f'[searxng]\nbase_url = "{site.url}"\npause_s = 0\n')
        done = repaudit("sources", "check", "searxng", "--budget", "1", cwd=tmp_path)
    assert len(site.asked) == 1
    assert "the budget of requests is used up" in done.stdout
    assert "1 request sent" in done.stderr


def test_a_source_that_nobody_asks_by_program_or_without_its_key_is_said_so(tmp_path: Path) -> None:
    assert "cannot be asked by program" in one_line(
        repaudit("sources", "check", "healthgrades", cwd=tmp_path)
    )
    assert "did you mean" in one_line(repaudit("sources", "check", "nppess", cwd=tmp_path))
    unready = repaudit("sources", "check", "brave", cwd=tmp_path, BRAVE_API_KEY="")
    assert unready.stdout == "brave: not checked (needs BRAVE_API_KEY)\n"
    assert unready.returncode == 0


def table(folder: Path, sources: str) -> None:
    """Make `folder` a workspace with these sources."""
    from reputation import resources

    (folder / "profile.toml").write_text(resources.text("data/demo/profile.toml"), encoding="utf-8")
    (folder / "sources.toml").write_text(sources, encoding="utf-8")
