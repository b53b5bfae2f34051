"""How the command line ends: one line for what the user can mend, and the exit codes of the contract."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from reputation.errors import ConfigError, ReputationError

INTERRUPTED = 130


def leave_with(command: Callable[[], Any]) -> int:
    """Run `command` and return its exit code; errors raised on purpose become one line on stderr."""
    from typer import Abort, exceptions

    try:
        result = command()
    except ReputationError as error:
        complain(error)
        return error.exit_code
    except exceptions.Exit as left:
        return left.exit_code
    except exceptions.TyperException as error:
        context = getattr(error, "ctx", None)
        hint = f"; see `{context.command_path} --help`" if context else ""
        said = _one_line(error.format_message()).replace("Value error, ", "").rstrip(".")
        if said:  # nothing is said where the help has just been shown
            print(f"repaudit: {said}{hint}", file=sys.stderr)
        return error.exit_code
    except (KeyboardInterrupt, Abort):
        _say_interrupted()
        return INTERRUPTED
    except UnicodeEncodeError as error:
        if error.reason != "surrogates not allowed":
            raise
        # Bytes that are no text come through Python as surrogates: from the command line alone.
        print(f"repaudit: {error.object[:40]!a} is not UTF-8 text; write it in UTF-8", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read us has closed, as `head` does; keep Python from complaining when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if result == INTERRUPTED:  # Typer has caught the KeyboardInterrupt before us
        _say_interrupted()
    return result if isinstance(result, int) else 0


def complain(error: ReputationError) -> None:
    """Print an error's line, or a line for each problem of a settings file."""
    problems = error.problems if isinstance(error, ConfigError) and error.problems else (error,)
    for problem in problems:
        print(f"repaudit: {_one_line(str(problem))}", file=sys.stderr)


def _say_interrupted() -> None:
    print("repaudit: interrupted; run the same command again to go on", file=sys.stderr)


def _one_line(text: str) -> str:
    """Return `text` on one line, without the control and direction marks that a name may carry."""
    from reputation.cli.telling import clean_columns

    return clean_columns(" ".join(text.split()))
