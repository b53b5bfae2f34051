"""How a run shows that it is alive: a moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reputation.cli.session import say

if TYPE_CHECKING:
    from reputation.discovery.collect import Event


@contextmanager
def progress(
    only: frozenset[str] | None = None,
) -> Iterator[tuple[Callable[[Event], None], Callable[[str], None]]]:
    """Give a function that is told each event, and one that prints a line without breaking the display.

    With `only`, events of other sources are not shown.
    """
    if not sys.stderr.isatty():
        yield lambda event: _plain(event) if only is None or event.source in only else None, say
        return
    from rich.console import Console

    console = Console(stderr=True, highlight=False, markup=False)
    with console.status("asking the first sources") as status:

        def show(event: Event) -> None:
            if only is not None and event.source not in only:
                return
            if event.what == "ended":
                console.print(_ended(event))
            else:
                status.update(f"{event.source}: {event.what} {event.host or ''}")

        yield show, console.print


def _plain(event: Event) -> None:
    if event.what == "ended":
        say(_ended(event))


def _ended(event: Event) -> str:
    mentions = f", {event.mentions} mention{'s' if event.mentions != 1 else ''}" if event.mentions else ""
    detail = f" ({event.detail})" if event.detail else ""
    return f"{event.source}: {event.status}{mentions}{detail}"
