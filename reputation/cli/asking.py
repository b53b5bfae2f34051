"""Questions on a terminal; `q` or the end of input leaves."""

from __future__ import annotations

from collections.abc import Sequence


class Left(Exception):
    """The user chose to leave."""


def ask(question: str, *, empty: bool = False) -> str:
    """Return what the user types; asked again while empty, unless `empty` is allowed.

    Raises:
        Left: on `q`, or at the end of input.
    """
    while True:
        try:
            answer = input(f"{question}: ").strip()
        except (EOFError, KeyboardInterrupt):
            raise Left from None
        if answer.casefold() in ("q", "quit"):
            raise Left
        if answer or empty:
            return answer


def ask_choice(question: str, choices: Sequence[str], default: str | None = None) -> str:
    """Return one of `choices`, by its beginning; the default on an empty line."""
    while True:
        answer = ask(question, empty=default is not None).casefold()
        if not answer and default is not None:
            return default
        if answer in choices:
            return answer
        found = [choice for choice in choices if answer.startswith(choice) and not choice.isdigit()]
        if len(found) == 1:
            return found[0]
