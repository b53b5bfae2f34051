"""Whose view a query gives, and that both are seen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.config import load_sources
from reputation.discovery.collect import collect
from reputation.discovery.inbox import import_paths, read_inbox
from reputation.discovery.plan import Narrowing
from reputation.discovery.variants import contexts, name_variants, queries
from reputation.discovery.views import view_of
from reputation.errors import Unreachable
from reputation.model import Capture, Location, PersonName, Profile, Request, Right, Source, View

JANE = Profile(
    right=Right(is_self=True),
    name=PersonName(given="Jane", family="Roe"),
    locations=(Location(city="Boston", state="MA", phone="617-555-0134"),),
)
MOMENT = datetime(2026, 11, 21, tzinfo=UTC)
RESULTS = b"""<html><head><title>"Jane Roe" Boston - Google Search</title></head><body>
<div id="search"><div class="g"><a href="https://www.example.org/jane-roe"><h3>Dr. Jane Roe</h3></a></div></div>
</body></html>"""


@pytest.mark.parametrize(
    ("context", "query", "view"),
    [
        ("none", '"Jane Roe"', View.BOTH),
        ("city", '"Jane Roe" Boston', View.PATIENT),
        ("reviews", '"Jane Roe" reviews', View.PATIENT),
        ("institution", '"Jane Roe" "Example Clinic"', View.COLLEAGUE),
        ("credentials", '"Jane Roe" board certified', View.COLLEAGUE),
        ("publications", '"Jane Roe" publications', View.COLLEAGUE),
        ("site", 'site:healthgrades.com "Jane Roe"', View.PATIENT),
        ("site", 'site:asco.org "Jane Roe"', View.COLLEAGUE),
        ("site", 'site:youtube.com "Jane Roe"', View.BOTH),
        ("1234567893", "1234567893", None),
        (None, None, None),
    ],
)
def test_a_query_gives_the_view_of_whoever_would_ask_so(
    context: str | None, query: str | None, view: View | None
) -> None:
    assert view_of(context, query) is view


def test_every_context_of_the_matrix_has_a_view() -> None:
    assert all(view_of(label) for label, _ in contexts(JANE))


@given(st.integers(min_value=5, max_value=80))
def test_a_budget_however_small_sees_with_both_views(budget: int) -> None:
    seen = {view_of(one.context, one.text) for one in queries(JANE, name_variants(JANE), budget)}
    assert {View.PATIENT, View.COLLEAGUE, View.BOTH} <= seen


def silent(source: Source, request: Request) -> Capture:
    raise Unreachable("nobody answers")


def test_a_saved_result_page_is_a_cell_of_the_matrix_with_its_query_and_view(tmp_path: Path) -> None:
    page = tmp_path / "google.html"
    page.write_bytes(
        b"<!-- saved from url=(0060)https://www.google.com/search?q=%22Jane+Roe%22+Boston -->" + RESULTS
    )
    sources = [one for one in load_sources() if one.id in ("google", "serpapi-google")]
    import_paths([page], tmp_path / "inbox", sources=sources)
    saved = read_inbox(tmp_path / "inbox", sources, MOMENT)
    heard = collect(
        JANE,
        sources,
        name_variants(JANE),
        silent,
        now=MOMENT,
        inbox=saved,
        narrowing=Narrowing(source_ids=frozenset({"google"})),
    )
    cell = next(one for one in heard.cells if one.source == "google")
    assert (cell.engine, cell.query, cell.status) == ("google", '"Jane Roe" Boston', "observed")
    assert (cell.variant, cell.context, cell.view) == ("Jane Roe", "city", View.PATIENT)
    assert {rank.query for one in heard.mentions for rank in one.ranks} == {cell.query}
