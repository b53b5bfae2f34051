"""The command line: quick to ask for help, one line for each mistake, the exit codes of the contract."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reputation.cli.comparing import comparison_lines
from reputation.model import Change, ChangeKind, Comparison, Severity
from tests.defense.audits import audit
from tests.programs import one_line, repaudit

ROOT = Path(__file__).parents[2]
PROFILE = '[right]\nself = true\n[name]\ngiven = "Jane"\nfamily = "Roe"\n'


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; import reputation.cli; "
        "print([m for m in ('httpx','pydantic','sqlalchemy','jinja2','selectolax','vaderSentiment','nameparser',"
        "'phonenumbers','usaddress','tomlkit','reputation.model') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def commands(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every command and group of commands by its words, however deep."""
    for name, command in group.commands.items():
        yield f"{above}{name}", command
        if hasattr(command, "commands"):
            yield from commands(command, f"{above}{name} ")


def test_every_command_explains_itself_with_an_example() -> None:
    from typer.main import get_command

    from reputation.cli import app

    found = dict(commands(get_command(app)))
    assert {"init", "run", "policy", "policy sign", "disputes add", "presence", "evidence restore"} <= set(
        found
    )
    assert [name for name, one in found.items() if f"Example: repaudit {name}" not in str(one.help)] == []


@pytest.mark.parametrize("command", ["run", "evidence export"])
def test_help_is_shown_with_its_example(command: str, tmp_path: Path) -> None:
    shown = repaudit(*command.split(), "--help", cwd=tmp_path)
    assert shown.returncode == 0
    assert "Example: repaudit" in re.sub(r"\s+", " ", shown.stdout)


def test_the_words_written_out_for_speed_are_those_of_the_model() -> None:
    from typing import get_args

    from reputation.cli.discovery import Severity as Written

    assert list(get_args(Written)) == [word.value for word in Severity]


def test_a_wrong_option_is_2(tmp_path: Path) -> None:
    result = repaudit("run", "--bogus", cwd=tmp_path)
    assert result.returncode == 2
    assert "--bogus" in one_line(result)


def test_no_workspace_is_3_and_says_how_to_make_one(tmp_path: Path) -> None:
    result = repaudit("run", cwd=tmp_path)
    assert result.returncode == 3
    assert "repaudit init" in one_line(result)


def test_every_problem_of_a_profile_has_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(PROFILE + 'suffx = "Jr."\n[ids]\nnpi = "1"\n', encoding="utf-8")
    result = repaudit("run", cwd=tmp_path)
    assert result.returncode == 3
    assert len(result.stderr.splitlines()) == 2
    assert all(line.startswith("repaudit: ") for line in result.stderr.splitlines())


def test_a_year_that_cannot_be_meant_is_2(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text('[right]\nself = true\n[name]\ngiven = "A"\nfamily = "Roe"\n')
    for day in ("9999-12-31", "0001-01-01", "0202-11-15"):
        done = repaudit("run", "--offline", "--as-of", day, cwd=tmp_path)
        assert done.returncode == 2
        assert day in one_line(done)


def test_a_quarter_that_disagrees_with_the_date_is_2(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    result = repaudit("run", "--quarter", "2026-Q1", "--as-of", "2026-11-21", cwd=tmp_path)
    assert result.returncode == 2
    assert "2026-Q4" in one_line(result)


@pytest.mark.parametrize(
    "words", [["--source", "healthgrade"], ["--category", "rating"], ["--as-of", "soon"]]
)
def test_a_word_that_is_not_known_is_2(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    result = repaudit("run", *words, cwd=tmp_path)
    assert result.returncode == 2
    assert words[1] in one_line(result)


def test_init_needs_to_know_whose_audit_it_is(tmp_path: Path) -> None:
    result = repaudit("init", "here", cwd=tmp_path)
    assert result.returncode == 2
    assert "--npi" in one_line(result)
    assert not (tmp_path / "here").exists()


def test_init_refuses_a_wrong_check_digit(tmp_path: Path) -> None:
    result = repaudit("init", "here", "--npi", "1234567890", cwd=tmp_path)
    assert result.returncode == 2
    assert "check digit" in one_line(result)


def test_init_with_a_name_makes_a_private_workspace_that_is_not_overwritten(tmp_path: Path) -> None:
    first = repaudit("init", "here", "--given", "Jane", "--family", "Roe", cwd=tmp_path)
    assert first.returncode == 0
    assert (tmp_path / "here").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "here" / "profile.toml").stat().st_mode & 0o777 == 0o600
    again = repaudit("init", "here", "--given", "Ann", "--family", "Poe", cwd=tmp_path)
    assert again.returncode == 2
    assert 'given = "Jane"' in (tmp_path / "here" / "profile.toml").read_text(encoding="utf-8")


def test_init_fills_the_profile_from_a_saved_reply_and_confirms_nothing(tmp_path: Path) -> None:
    saved = ROOT / "data" / "demo" / "both" / "nppes-number.json"
    result = repaudit("init", "here", "--npi", "1234567893", "--from", str(saved), cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "here" / "profile.toml").read_text(encoding="utf-8")
    for fact in (
        'given = "Miriam"',
        'family = "Halloran"',
        "207RX0202X",
        "508-555-0117",
        '"900412"',
        'source = "nppes"',
    ):
        assert fact in text
    listed = repaudit("--workspace", "here", "confirm", cwd=tmp_path)
    assert "ids.npi: not confirmed (from nppes, 2014-03-07)" in listed.stdout
    repaudit("--workspace", "here", "confirm", "--all", cwd=tmp_path)
    assert "not confirmed" not in repaudit("--workspace", "here", "confirm", cwd=tmp_path).stdout


def test_a_saved_reply_of_several_people_asks_which(tmp_path: Path) -> None:
    saved = ROOT / "data" / "demo" / "both" / "nppes-name.json"
    result = repaudit("init", "here", "--from", str(saved), cwd=tmp_path)
    assert result.returncode == 2
    assert "2000000010" in one_line(result)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body>Service Unavailable</body></html>",
        '{"Errors": [{"description": "No valid search criteria"}]}',
        "{}",
    ],
)
def test_a_reply_that_is_none_of_the_registrys_is_told(tmp_path: Path, body: str) -> None:
    (tmp_path / "saved.json").write_text(body, encoding="utf-8")
    result = repaudit("init", "here", "--from", "saved.json", cwd=tmp_path)
    assert result.returncode == 4
    one_line(result)
    assert not (tmp_path / "here" / "profile.toml").exists()


def test_a_linter_that_blocks_leaves_with_10(tmp_path: Path) -> None:
    result = repaudit(
        "reply", "--check", "-", "--json", cwd=tmp_path, said="We treated you for diabetes last week."
    )
    assert result.returncode == 10
    assert json.loads(result.stdout)["blocked"] is True


def test_sources_can_be_listed_without_a_workspace(tmp_path: Path) -> None:
    result = repaudit("sources", "list", cwd=tmp_path)
    assert result.returncode == 0
    assert any(line.startswith("ask ") and "retired" in line for line in result.stdout.splitlines())


def test_a_difference_says_nothing_where_nothing_was_stated() -> None:
    change = Change(kind=ChangeKind.CHANGED, subject="mention", key="k", field="text", after="New words")
    lines = comparison_lines(Comparison(base="a", head="b", changes=(change,)), audit(), audit())
    told = [line for line in lines if "New words" in line]
    assert len(told) == 1
    assert "None" not in told[0]


def test_what_is_wrong_again_comes_first_and_moves_are_counted_together() -> None:
    moves = tuple(
        Change(kind=ChangeKind.CHANGED, subject="mention", key=f"google:{n}", field="rank",
               before={"engine": "google", "query": "q", "position": n}, after=None)
        for n in range(1, 30)
    )  # fmt: skip
    new = Change(kind=ChangeKind.APPEARED, subject="mention", key="vitals:x", after={"title": "T"})
    again = Change(
        kind=ChangeKind.REGRESSED, subject="finding", key="phone_wrong:vitals:x:telephone", after="1"
    )
    lines = list(
        comparison_lines(Comparison(base="a", head="b", changes=(*moves, new, again)), audit(), audit())
    )
    assert "[phone_wrong:vitals:x:telephone]" in lines[1]
    assert lines[2].startswith("  New: ")
    assert lines[-1] == "  and 24 more new places on pages of results: repaudit diff --json"


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="a disk that is full at will is Linux's")
def test_a_full_disk_behind_standard_output_is_one_line(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        words = [sys.executable, "-m", "reputation", "report", "--schema"]
        done = subprocess.run(
            words, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "cannot write the result: No space left on device" in done.stderr


def test_a_hostile_file_name_does_nothing_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text('[right]\nself = true\n[name]\ngiven = "A"\nfamily = "Roe"\n')
    (tmp_path / "in").mkdir()
    for name in ("a\x1b[31m\x07\u202e\nb.html", "c\x9b31m.html"):
        (tmp_path / "in" / name).write_bytes(b"")
    done = repaudit("import", "in", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", done.stderr)
    assert "\x1b" not in one_line(repaudit("import", "\x1b[31m", cwd=tmp_path))
