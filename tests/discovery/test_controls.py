"""The two controls of a check: what each source of the registry is asked, and that it is nobody's real name."""

from __future__ import annotations

import pytest

from reputation.config import load_sources
from reputation.discovery.controls import REQUESTS, Verdict, absent, check
from reputation.errors import Blocked
from reputation.model import Access, Capture, Request, Source

ASKED = [one for one in load_sources() if one.access in (Access.API, Access.FEED)]


@pytest.mark.parametrize("source", ASKED, ids=lambda source: source.id)
def test_every_source_can_be_checked_within_its_budget(source: Source) -> None:
    asked: list[Request] = []

    def fetch(_source: Source, request: Request) -> Capture:
        asked.append(request)
        raise Blocked("a wall")

    checked = check(source, fetch, seed=1)
    assert checked.requests == len(asked) <= REQUESTS
    assert checked.verdict is (Verdict.BLOCKED if asked else Verdict.NOT_CHECKED)
    assert checked.detail


def test_nobody_bears_the_name_that_must_not_be_found() -> None:
    first, second = absent(), absent()
    assert first.name != second.name
    assert not set(f"{first.name.given}{first.name.family}".lower()) & set("aeiouy")
