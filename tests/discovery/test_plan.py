"""What would be asked, before anything is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from reputation.discovery.adapters import adapter_names, adapter_of
from reputation.discovery.plan import Narrowing, beyond_budget, plan_requests
from reputation.errors import ConfigError
from reputation.model import Access, Category, CoverageStatus, PersonName, Profile, Request, Right, Source

from .conftest import source_at

JANE = Profile(right=Right(is_self=True), name=PersonName(given="Jane", family="Roe"))


def plan(source: Source, profile: Profile, variants: Any) -> Iterator[Request]:
    n = 0
    while True:
        yield Request(url=f"{source.base_url}/{n // 2}", query=f"q{n}")
        n += 1


@pytest.fixture(autouse=True)
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """An adapter that plans without end, each question twice."""
    module = ModuleType("plug_in.endless")
    module.plan, module.parse = plan, lambda *_: iter(())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "plug_in", ModuleType("plug_in"))
    monkeypatch.setitem(sys.modules, "plug_in.endless", module)


def planned(**changes: Any) -> Any:
    source = source_at("https://api.example.org", adapter="plug_in.endless", **changes)
    (one,) = plan_requests(JANE, [source], ())
    return one


def test_a_plan_stops_at_the_budget_and_asks_nothing_twice() -> None:
    one = planned(max_requests=4)
    assert [request.url[-1] for request in one.requests] == ["0", "1", "2", "3"]
    assert 0 < len(one.unasked) < 3000
    assert one.status is None


def test_an_engines_queries_beyond_the_budget_are_drawn_up_for_the_ledger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def as_many_as_the_budget(source: Source, profile: Profile, variants: Any) -> Iterator[Request]:
        for n in range(min(source.max_requests, 9)):
            yield Request(url=f"{source.base_url}/{n}", query=f"q{n}")

    monkeypatch.setattr(sys.modules["plug_in.endless"], "plan", as_many_as_the_budget)
    engine = planned(max_requests=2, category=Category.SEARCH)
    assert [request.query for request in engine.requests] == ["q0", "q1"]
    assert [request.query for request in beyond_budget(engine, JANE, ())] == [f"q{n}" for n in range(2, 9)]
    broke = planned(max_requests=0, category=Category.SEARCH)
    assert (broke.requests, broke.reason) == ((), "its budget is max_requests = 0")
    assert beyond_budget(planned(max_requests=2), JANE, ()) == ()


@pytest.mark.parametrize(
    ("narrowing", "is_asked"),
    [
        (Narrowing(), True),
        (Narrowing(source_ids=frozenset({"here"})), True),
        (Narrowing(source_ids=frozenset({"there"})), False),
        (Narrowing(categories=frozenset({Category.REGISTRY})), True),
        (Narrowing(categories=frozenset({Category.SEARCH})), False),
    ],
)
def test_a_narrower_question_leaves_sources_out_and_enables_none(
    narrowing: Narrowing, is_asked: bool
) -> None:
    here = source_at("https://api.example.org", adapter="plug_in.endless")
    off = source_at("https://off.example.org", "off", adapter="plug_in.endless", enabled=False)
    one, other = plan_requests(JANE, [here, off], (), narrowing=narrowing)
    assert bool(one.requests) is is_asked
    assert (other.status, other.requests) == (CoverageStatus.SKIPPED, ())


def test_an_optional_key_may_be_missing() -> None:
    source = source_at(
        "https://api.example.org", adapter="plug_in.endless", key_env="K", options={"key_optional": True}
    )
    (one,) = plan_requests(JANE, [source], (), has_key=lambda _: False)
    assert one.requests


def test_an_unknown_adapter_is_the_users_mistake_and_the_likely_one_is_named() -> None:
    names = adapter_names()
    assert names
    for name, told in (
        (names[0] + "x", f"did you mean '{names[0]}'"),
        ("no.such.thing", "no adapter"),
        ("", "adapter"),
    ):
        with pytest.raises(ConfigError, match=told) as caught:
            plan_requests(JANE, [source_at("https://x.example.org", adapter=name)], ())
        assert caught.value.problems[0].key == "here.adapter"


def test_an_adapter_without_plan_serves_manual_sources_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("plug_in.reader")
    module.parse = lambda *_: iter(())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "plug_in.reader", module)
    manual = source_at("https://x.example.org", adapter="plug_in.reader", access=Access.MANUAL)
    assert adapter_of(manual) is not None
    with pytest.raises(ConfigError, match=r"no function plan\(\)"):
        adapter_of(source_at("https://x.example.org", adapter="plug_in.reader"))


def test_every_shipped_adapter_can_be_loaded() -> None:
    for name in adapter_names():
        assert name == name.lower()
