"""One whole audit on real replies and pages; measured where the recordings lie beside the checkout."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.programs import repaudit, report_of
from tests.servers import Reply, serve

ANSWERS = tomllib.loads((Path(__file__).parent / "answers" / "main_job.toml").read_text(encoding="utf-8"))
PROFILE = """\
[right]
self = true
[name]
given = "Jane"
family = "Roe"
credentials = ["MD"]
[ids]
npi = "1234567893"
[[locations]]
city = "Boston"
state = "MA"
"""
KEYS = {"SERPAPI_API_KEY": "not-a-key"}
FLOOR = 0.95

pytestmark = pytest.mark.recordings


def make_workspace(path: Path, sources: str = "") -> Path:
    path.mkdir()
    (path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    (path / "sources.toml").write_text(sources, encoding="utf-8")
    return path


def audit_served(path: Path, recordings: Path, table: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """Run an audit whose sources are served the recorded replies that `table` names."""

    def answer(asked: str) -> Reply:
        entry = table[asked.split("/")[1]]
        file = next((file for mark, file in entry["served"].items() if mark in asked), None)
        assert file, asked
        body = (recordings / "api" / file).read_bytes()
        return Reply(
            body=body,
            status=entry.get("http", 200),
            media_type="text/xml" if file.endswith("xml") else "application/json",
        )

    with serve(answer) as site:
        bases = "".join(
            f'[{name}]\nbase_url = "{site.url}/{name}"\npause_s = 0\nmax_requests = 4\n' for name in table
        )
        workspace = make_workspace(path, bases)
        run = ["run", *(word for name in table for word in ("--source", name))]
        done = repaudit(*run, cwd=workspace, **KEYS)
    assert "Traceback" not in done.stderr
    return done.returncode, report_of(workspace)


def test_real_replies_of_every_kind_of_api_are_read(tmp_path: Path, recordings: Path) -> None:
    code, report = audit_served(tmp_path / "w", recordings, ANSWERS["replies"])
    assert code == 0
    coverage = {line["source"]: line for line in report["coverage"]}
    for name, expected in ANSWERS["replies"].items():
        assert coverage[name]["status"] == expected["status"], coverage[name]
        if "mentions" in expected:
            assert coverage[name]["mentions"] == expected["mentions"]
    organic = json.loads((recordings / "api/serpapi/google_coffee_2026-01-03.json").read_bytes())[
        "organic_results"
    ]
    ranked = {m["url"] for m in report["mentions"] if any(r["engine"] == "google" for r in m["ranks"])}
    assert len(ranked) >= len(organic) - 1
    engines = {rank["engine"] for m in report["mentions"] for rank in m["ranks"] if "searxng" in m["sources"]}
    assert len(engines) >= 2


def test_a_refusal_is_never_read_as_nothing_found(tmp_path: Path, recordings: Path) -> None:
    code, report = audit_served(tmp_path / "w", recordings, ANSWERS["refusals"])
    assert code == 4
    statuses = {
        line["source"]: line["status"] for line in report["coverage"] if line["source"] in ANSWERS["refusals"]
    }
    assert statuses == {name: entry["status"] for name, entry in ANSWERS["refusals"].items()}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of an audit into whose inbox every recorded profile page was imported."""
    from tests.conftest import RECORDINGS

    if not RECORDINGS.is_dir():
        pytest.skip("the recordings are not beside this checkout")
    workspace = make_workspace(tmp_path_factory.mktemp("imported") / "w")
    taken = repaudit("import", str(RECORDINGS / "pages" / "profiles"), cwd=workspace)
    assert "Traceback" not in taken.stderr
    done = repaudit("run", "--offline", cwd=workspace)
    assert "Traceback" not in done.stderr
    return report_of(workspace)


def read_from(report: dict[str, Any], page: Path) -> list[dict[str, Any]]:
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    return [m for m in report["mentions"] if any(proof["sha256"] == digest for proof in m["evidence"])]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def stated(listing: dict[str, Any], field: str) -> Any:
    claims = {c["field"]: c["value"] for c in reversed(listing["claims"])}
    if field == "name":
        return claims.get("name")
    if field in ("phone", "phones"):
        return {digits(c["value"])[-10:] for c in listing["claims"] if c["field"] == "telephone"}
    column = {"rating": "rating_value", "best": "best_rating"}.get(field, field)
    return listing[column]


def agrees(field: str, expected: Any, found: Any) -> bool:
    if field == "name":
        return found is not None and " ".join(expected.split()) in " ".join(found.split())
    if field in ("phone", "phones"):
        wanted = {digits(one)[-10:] for one in ([expected] if isinstance(expected, str) else expected or [])}
        return bool(wanted <= found)
    if expected is None or found is None:
        return expected is found
    return abs(float(expected) - float(found)) < 0.005


def test_names_ratings_counts_and_phones_of_saved_pages_are_in_the_report(
    imported: dict[str, Any], recordings: Path
) -> None:
    facts = json.loads((recordings / "pages" / "facts.json").read_bytes())
    wrong, total = [], 0
    for page, fields in ANSWERS["pages"].items():
        listings = [
            m for m in read_from(imported, recordings / "pages" / page) if m["kind"] in ("listing", "profile")
        ]
        for field in fields:
            total += 1
            expected = facts[page][field]
            counted = ["rating_count", "review_count"] if field.endswith("_count") else [field]
            if not any(agrees(field, expected, stated(one, name)) for one in listings for name in counted):
                wrong.append((page, field, expected))
    assert total >= 40
    assert 1 - len(wrong) / total >= FLOOR, wrong


def test_no_wall_shell_or_error_page_is_read_as_a_page(imported: dict[str, Any], recordings: Path) -> None:
    for page in ANSWERS["unread"]["pages"]:
        assert read_from(imported, recordings / "pages" / page) == []
