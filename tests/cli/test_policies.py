"""The register of policies, the staff's one page, and who read and signed what, as a practice meets them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.programs import one_line, repaudit

PROFILE = """\
[right]
self = true
[name]
given = "Ada"
family = "Quill"
[[specialties]]
label = "Medical Oncology"
[[licenses]]
state = "MA"
number = "55501"
[[locations]]
name = "Elm Street Oncology"
state = "NH"
phone = "617-555-0134"
[[profiles]]
url = "https://www.linkedin.com/in/ada-quill"
platform = "linkedin"
[policy]
institution_url = "https://policies.example.org/social"
date_read = 2024-01-05
contact = "Compliance <b>desk</b>"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


def register(workspace: Path) -> dict[str, dict[str, object]]:
    done = repaudit("policy", "--json", cwd=workspace)
    assert done.returncode == 0, done.stderr
    return {one["id"]: one for one in json.loads(done.stdout)["policies"]}


def test_the_register_holds_institution_profession_law_states_and_platforms(workspace: Path) -> None:
    found = register(workspace)
    kinds = {"institution", "insurer", "profession", "federal", "state", "platform"}
    assert {one["kind"] for one in found.values()} == kinds
    assert {"ama", "fsmb", "asco", "asco-2012", "hipaa", "ftc", "crfa"} <= set(found)
    assert {"state-ma", "state-nh", "platform-linkedin"} <= set(found)
    assert "behavioural" not in found
    assert found["state-ma"]["trust"] == "unverified"


def test_a_policy_read_more_than_a_year_ago_is_open_until_it_is_read_again(workspace: Path) -> None:
    assert register(workspace)["institution"]["open"] is True
    done = repaudit("policy", "read", "inst", "--contact", "Pat Lee", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert "next: " in done.stderr
    found = register(workspace)["institution"]
    assert (found["open"], found["contact"]) == (False, "Pat Lee")
    old = date.today() - timedelta(days=366)  # noqa: DTZ011  the reader's own day
    assert repaudit("policy", "read", "ftc", "--on", str(old), cwd=workspace).returncode == 0
    assert register(workspace)["ftc"]["open"] is True


def test_the_staffs_page_is_made_of_facts_already_held(workspace: Path) -> None:
    printed = repaudit("policy", cwd=workspace).stdout
    for held in ("Elm Street Oncology", "617-555-0134", "Compliance <b>desk</b>", "$50,000", "linkedin"):
        assert held in printed
    assert "What everyone is taught" in printed
    done = repaudit("policy", "-o", "staff.html", cwd=workspace)
    assert done.returncode == 0, done.stderr
    page = (workspace / "staff.html").read_text(encoding="utf-8")
    assert "Compliance &lt;b&gt;desk&lt;/b&gt;" in page
    assert (workspace / "staff.html").stat().st_mode & 0o077 == 0


def test_a_signature_holds_for_the_text_that_was_signed(workspace: Path) -> None:
    done = repaudit("policy", "sign", "Pat Lee", "--role", "front desk", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert "Pat Lee, front desk" in repaudit("policy", cwd=workspace).stdout
    assert "to sign again" not in repaudit("policy", cwd=workspace).stdout
    profile = workspace / "profile.toml"
    profile.write_text(profile.read_text().replace("617-555-0134", "617-555-0135"), encoding="utf-8")
    assert "to sign again" in repaudit("policy", cwd=workspace).stdout


def test_a_signature_is_taken_back_as_easily(workspace: Path) -> None:
    repaudit("policy", "sign", "Pat Lee", cwd=workspace)
    assert repaudit("policy", "sign", "Pat Lee", "--withdraw", cwd=workspace).returncode == 0
    assert json.loads(repaudit("policy", "--json", cwd=workspace).stdout)["signatures"] == []
    again = repaudit("policy", "sign", "Pat Lee", "--withdraw", cwd=workspace)
    assert "has not signed" in one_line(again)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("read", "nonsense"), "see `repaudit policy`"),
        (("read", "as"), "give more of it"),
        (("read", "ftc", "--on", "2999-01-01"), "future"),
        (("sign", " "), "needs a name"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(workspace: Path, words: tuple[str, ...], says: str) -> None:
    done = repaudit("policy", *words, cwd=workspace)
    assert done.returncode == 2
    assert says in one_line(done)
