"""The house keeps its own rules: dependency rule, no unfinished work, nothing of a machine, no real person."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from reputation.normalize import npi_is_valid

ROOT = Path(__file__).parents[1]
LONGEST = 520
"""Lines; most modules are of about 100."""


def tracked() -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_nothing_unfinished_stands_in_the_code() -> None:
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")
    found = [str(path) for path in tracked() if path.suffix == ".py" and mark.search(read(path))]
    assert found == []


def test_no_fixture_holds_an_npi_that_could_be_somebodys() -> None:
    """Ten digits with a right check digit are an NPI; only the documented one and those that begin with 2 are free."""
    digits = re.compile(r"(?<!\d)[12]\d{9}(?!\d)")
    found = {
        (str(path.relative_to(ROOT)), number)
        for path in tracked()
        if {"captures", "demo"} & set(path.parts)
        for line in read(path).splitlines()
        if "epoch" not in line
        for number in digits.findall(line)
        if npi_is_valid(number) and number != "1234567893" and not number.startswith("2")
    }
    assert found == set()


def test_no_module_of_the_package_outgrows_its_screen_by_much() -> None:
    package = [
        path for path in tracked() if path.suffix == ".py" and path.is_relative_to(ROOT / "reputation")
    ]
    assert {path.name: n for path in package if (n := len(read(path).splitlines())) > LONGEST} == {}
