"""Writes the parts of the documentation that come from the program itself; `make docs` runs it through cog."""

from __future__ import annotations

import contextlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

WIDTH = "100"


def help_text() -> str:
    """Return `repaudit --help` as a Markdown block."""
    with _plain_terminal():
        from typer.testing import CliRunner

        from reputation.cli import app

        shown = CliRunner().invoke(app, ["--help"], prog_name="repaudit", env=dict(os.environ)).output
    lines = [line.rstrip() for line in shown.strip("\n").splitlines()]
    return "```text\n" + "\n".join(lines) + "\n```\n"


def demo_session() -> str:
    """Return what `repaudit demo` prints on standard output, with the folder's name made plain."""
    from reputation.cli.demonstration import demonstrate

    with tempfile.TemporaryDirectory() as folder, _plain_terminal():
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            demonstrate(Path(folder) / "repaudit-demo")
    text = re.sub(re.escape(folder) + r"[/\\]", "", out.getvalue())
    return "```text\n" + text.strip() + "\n```\n"


@contextlib.contextmanager
def _plain_terminal() -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(COLUMNS=WIDTH, TERM="dumb", NO_COLOR="1", TERMINAL_WIDTH=WIDTH)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
