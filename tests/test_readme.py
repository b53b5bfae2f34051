"""Every command of the README works as it stands there, in the order in which it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from reputation import resources
from tests import registries
from tests.programs import repaudit
from tests.servers import serve

README = Path(__file__).parents[1] / "README.md"
FAREWELL = {0, 4, 10}
"""Done; nothing answered a program; a linter blocks or something stands."""


def commands() -> list[list[str]]:
    """The lines of the README that begin with a prompt, split as a shell would split them."""
    blocks = re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    return [shlex.split(line) for line in lines]


def prepare(folder: Path, url: str) -> None:
    """What the reader has by then: saved pages, drafts, and here a web of its own for the registries."""
    workspace = folder / "my-audit"
    (workspace / "inbox").mkdir(parents=True)
    shut = "".join(
        f"[{name}]\nenabled = false\n"
        for name in ("bluesky", "podcasts", "wikidata", "crossref", "nih-reporter")
    )
    keyless = [name for name in registries.CASES if f"[{name}]" not in shut]
    open_ = "".join(f'[{name}]\nbase_url = "{url}/{name}"\npause_s = 0\n' for name in keyless)
    (workspace / "sources.toml").write_text(open_ + shut, encoding="utf-8")
    (folder / "Downloads").mkdir()
    (folder / "Downloads" / "healthgrades.html").write_bytes(
        resources.data("data/demo/2026-Q4/healthgrades.html")
    )
    for name in ("2026-Q4/ratemds.html", "both/ratemds-namesake.html"):
        (workspace / "inbox" / Path(name).name).write_bytes(resources.data(f"data/demo/{name}"))
    (workspace / "draft.txt").write_text("Thank you for taking the time to write to us.", encoding="utf-8")


def test_every_command_of_the_readme_runs_in_its_order(tmp_path: Path) -> None:
    ran = 0
    with serve(registries.answer) as web:
        prepare(tmp_path, web.url)
        where = tmp_path
        for words in commands():
            if words[0] == "make":
                continue  # what CI itself calls
            if words[0] == "cd":
                where = where / words[1]
                continue
            assert words[0] == "repaudit", words
            if words[1] == "start":
                continue  # asks questions: tests/cli/test_start.py walks it at a keyboard
            home = [word.replace("~", str(tmp_path)) for word in words[1:]]
            if words[1] == "forget":
                home.append("--yes")
            if words[1:] == ["diff"] or "2026-Q3" in words:
                continue  # needs an earlier quarter: see below
            done = repaudit(*home, cwd=where, HOME=str(tmp_path))
            assert done.returncode in FAREWELL, (words, done.stderr)
            assert "Traceback" not in done.stderr
            ran += 1
    assert ran >= 20


def test_the_commands_that_need_an_earlier_quarter_run_on_the_demonstration(tmp_path: Path) -> None:
    assert repaudit("demo", str(tmp_path / "demo"), cwd=tmp_path).returncode == 0
    for words in (["diff"], ["diff", "2026-Q3", "2026-Q4"], ["forget", "--audit", "2026-Q3", "--yes"]):
        done = repaudit("--workspace", str(tmp_path / "demo"), *words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
