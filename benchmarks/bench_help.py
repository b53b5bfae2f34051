"""What `repaudit --help` costs beside a bare Typer program: at most 1.5 times, medians of several runs each."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

BARE = """
import typer
app = typer.Typer()
@app.command()
def one(number: int = 1): "One."
@app.command()
def two(number: int = 2): "Two."
app()
"""
RUNS = 15
LIMIT = 1.5


def seconds(*command: str) -> float:
    """Return how long one run of `command` takes."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *command, "--help"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def main() -> None:
    """Print both medians and fail where ours costs more than the limit."""
    pairs = [(seconds("-c", BARE), seconds("-m", "reputation")) for _ in range(RUNS)]
    bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"--help: bare Typer {bare * 1000:.0f} ms, repaudit {ours * 1000:.0f} ms, {ours / bare:.2f} times")
    if ours > LIMIT * bare:
        raise SystemExit(f"--help costs more than {LIMIT} times a bare Typer program")


if __name__ == "__main__":
    main()
