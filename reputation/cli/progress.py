"""How a run shows that it is alive: on a terminal the hosts that owe an answer, elsewhere plain lines."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reputation.cli.session import say
from reputation.cli.telling import clean_columns

if TYPE_CHECKING:
    from reputation.discovery.collect import Event


QUIET = {"manual": "waiting for you to open them", "skipped": "not asked", "retired": "retired"}
"""Endings that are only counted: what stands behind each is in the report."""


MOST_HOSTS = 12
"""How many hosts are shown at once; a terminal has 24 lines."""


@dataclass
class HostLine:
    """What is going on at one host."""

    asked: int = 0
    answered: int = 0
    source: str = ""

    @property
    def is_waited_for(self) -> bool:
        """Whether an answer is outstanding."""
        return self.asked > self.answered


@dataclass
class Board:
    """The hosts that are being asked, and how much is done."""

    hosts: dict[str, HostLine] = field(default_factory=dict)
    ended: int = 0
    mentions: int = 0

    def heed(self, event: Event) -> None:
        """Take notice of an event."""
        if event.what == "ended":
            self.ended += 1
            self.mentions += event.mentions
            return
        line = self.hosts.setdefault(event.host or "", HostLine())
        line.source = event.source
        if event.what == "asked":
            line.asked += 1
        else:
            line.answered = min(line.answered + 1, max(line.asked, line.answered))

    def lines(self) -> list[str]:
        """Return a line a host that owes an answer, and one for the whole."""
        waiting = [(host, line) for host, line in self.hosts.items() if host and line.is_waited_for]
        told = [
            f"  {host[:40]:<40} {line.source[:20]:<20} {line.answered} answered"
            for host, line in waiting[:MOST_HOSTS]
        ]
        if len(waiting) > MOST_HOSTS:
            told.append(f"  and {len(waiting) - MOST_HOSTS} other hosts")
        done = sum(line.answered for line in self.hosts.values())
        return [*told, f"{done} replies, {self.ended} sources done, {self.mentions} mentions so far"]


@contextmanager
def progress(
    only: frozenset[str] | None = None,
) -> Iterator[tuple[Callable[[Event], None], Callable[[str], None]]]:
    """Give a function that is told each event, and one that prints a line without breaking the display.

    With `only`, events of other sources are not shown.
    """
    quiet: Counter[str] = Counter()
    board = Board()
    with _display(board) as tell:

        def show(event: Event) -> None:
            if only is not None and event.source not in only:
                return
            board.heed(event)
            if event.what != "ended":
                return
            if str(event.status) in QUIET:
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
def _display(board: Board) -> Iterator[Callable[[str], None]]:
    """Give a function that prints a line; on a terminal the board is drawn below it, four times a second."""
    if not sys.stderr.isatty():
        yield say
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    console = Console(stderr=True, highlight=False, markup=False)

    def drawn() -> Text:
        return Text(
            "\n".join(clean_columns(line) for line in board.lines()), overflow="ellipsis", no_wrap=True
        )

    with Live(console=console, get_renderable=drawn, refresh_per_second=4, transient=True):
        yield console.print


def _ended(event: Event) -> str:
    mentions = f", {event.mentions} mention{'s' if event.mentions != 1 else ''}" if event.mentions else ""
    detail = f" ({event.detail})" if event.detail else ""
    return clean_columns(f"{event.source}: {event.status}{mentions}{detail}")
