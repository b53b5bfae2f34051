"""How a run shows that it is alive: a moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reputation.cli.session import say

if TYPE_CHECKING:
    from reputation.discovery.collect import Event


QUIET = {"manual": "waiting for you to open them", "skipped": "not asked", "retired": "retired"}
"""Endings that are only counted: what stands behind each is in the report."""


@contextmanager
def progress(
    only: frozenset[str] | None = None,
) -> Iterator[tuple[Callable[[Event], None], Callable[[str], None]]]:
    """Give a function that is told each event, and one that prints a line without breaking the display.

    With `only`, events of other sources are not shown.
    """
    quiet: Counter[str] = Counter()
    with _display() as (tell, move):

        def show(event: Event) -> None:
            if only is not None and event.source not in only:
                return
            if event.what != "ended":
                move(f"{event.source}: {event.what} {event.host or ''}")
            elif str(event.status) in QUIET:
                quiet[str(event.status)] += 1
            else:
                tell(_ended(event))

        yield show, tell
    if quiet:
        say(
            "other sources: "
            + "; ".join(f"{count} {QUIET[status]}" for status, count in sorted(quiet.items()))
        )


@contextmanager
def _display() -> Iterator[tuple[Callable[[str], None], Callable[[str], None]]]:
    """Give a function that prints a line, and one that says what is going on."""
    if not sys.stderr.isatty():
        yield say, lambda _text: None
        return
    from rich.console import Console

    console = Console(stderr=True, highlight=False, markup=False)
    with console.status("asking the first sources") as status:
        yield console.print, status.update


def _ended(event: Event) -> str:
    mentions = f", {event.mentions} mention{'s' if event.mentions != 1 else ''}" if event.mentions else ""
    detail = f" ({event.detail})" if event.detail else ""
    return f"{event.source}: {event.status}{mentions}{detail}"
