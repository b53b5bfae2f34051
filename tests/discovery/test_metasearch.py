"""The library ddgs, behind its one door: an invented one in its place, and the real one where it is installed."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import pytest

from reputation.config import load_sources
from reputation.discovery.collect import collect
from reputation.discovery.fetch import web_fetch
from reputation.discovery.metasearch import Metasearch
from reputation.discovery.plan import plan_requests
from reputation.discovery.variants import name_variants
from reputation.errors import Blocked, Unreachable, Unreadable
from reputation.model import CoverageStatus, PersonName, Profile, Request, Right
from tests.servers import Reply, serve

JANE = Profile(right=Right(is_self=True), name=PersonName(given="Jane", family="Roe"))
TABLE = replace(next(one for one in load_sources() if one.id == "ddgs"), pause_s=0.0, max_requests=2)
ENABLED = replace(TABLE, enabled=True)
QUESTION = Request(url="https://html.duckduckgo.com/html/?q=x", engine="duckduckgo", query='"Jane Roe"')


@dataclass
class Row:
    """A result as the library has it."""

    title: str
    href: str
    body: str


FOUND = [Row("Dr. Jane Roe", "https://www.example.org/jane-roe", "An oncologist")]
Install = Callable[[dict[str, Any]], None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a library of these engines in place of the real one."""

    def put(answers: dict[str, Any]) -> None:
        package, engines = ModuleType("ddgs"), ModuleType("ddgs.engines")
        package.__spec__ = ModuleSpec("ddgs", None)

        def engine(answer: Any) -> Any:
            class Engine:
                def __init__(self, **settings: Any) -> None:
                    assert set(settings) == {"proxy", "timeout", "verify"}

                def search(self, query: str, region: str) -> Any:
                    assert query
                    assert region == "us-en"
                    if isinstance(answer, Exception):
                        raise answer
                    return answer

            return Engine

        vars(engines)["ENGINES"] = {"text": {name: engine(answer) for name, answer in answers.items()}}
        monkeypatch.setitem(sys.modules, "ddgs", package)
        monkeypatch.setitem(sys.modules, "ddgs.engines", engines)

    return put


def door() -> Metasearch:
    return Metasearch(proxy=None, ca_file=None, deadline_s=5.0, stop=threading.Event())


def test_it_is_shipped_off_and_behind_every_other_engine_that_is_asked() -> None:
    assert not TABLE.enabled
    engines = [one.id for one in load_sources() if one.category == "search" and one.access == "api"]
    assert engines[-1] == "ddgs"


def test_without_the_extra_one_line_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ddgs", None)
    (planned,) = plan_requests(JANE, [ENABLED], name_variants(JANE))
    assert planned.status is CoverageStatus.SKIPPED
    assert "pip install 'repaudit[ddgs]'" in (planned.reason or "")
    with pytest.raises(Unreachable, match="not installed"):
        door()(ENABLED, QUESTION)


def test_an_audit_asks_the_engine_that_is_named_and_keeps_what_it_said(install: Install) -> None:
    install({"duckduckgo": FOUND, "yahoo": [Row("wrong", "https://wrong.example.org/", "")]})
    with web_fetch([ENABLED], keys=lambda _: None) as fetch:
        heard = collect(JANE, [ENABLED], name_variants(JANE), fetch, now=datetime(2026, 11, 21, tzinfo=UTC))
    (line,) = heard.coverage
    assert (line.status, line.engine, line.requests) == (CoverageStatus.OK, "duckduckgo", 2)
    assert {one.url for one in heard.mentions} == {"https://www.example.org/jane-roe"}
    assert {cell.engine for cell in heard.cells} == {"duckduckgo"}


@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        ([], Unreadable, "a wall looks like too"),
        (None, Blocked, "refused the query"),
        (OSError("no route"), Unreachable, "no route"),
    ],
)
def test_nothing_read_is_never_told_as_nothing_there(
    install: Install, answer: Any, error: type[Exception], says: str
) -> None:
    install({"duckduckgo": answer})
    with pytest.raises(error, match=says):
        door()(ENABLED, QUESTION)


def test_no_engine_is_put_in_the_place_of_one_that_the_library_does_not_know(install: Install) -> None:
    install({"yahoo": FOUND})
    with pytest.raises(Unreadable, match="no other is asked in its place"):
        door()(ENABLED, QUESTION)


@pytest.mark.skipif(
    find_spec("ddgs") is None, reason="the extra ddgs is not installed; the tests above stand in for it"
)
def test_the_real_library_reads_a_page_of_its_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    from ddgs.engines.duckduckgo import Duckduckgo

    page = b"""<html><body><div class="result results_links"><div class="links_main links_deep result__body">
    <h2><a href="https://www.example.org/jane-roe">Dr. Jane Roe</a></h2><a href="https://www.example.org/jane-roe">An oncologist</a>
    </div></div></body></html>"""
    with serve(lambda _: Reply(body=page, media_type="text/html")) as site:
        monkeypatch.setattr(Duckduckgo, "search_url", f"{site.url}/html/")
        told = json.loads(door()(ENABLED, QUESTION).body)
    assert [row["href"] for row in told["results"]] == ["https://www.example.org/jane-roe"]
