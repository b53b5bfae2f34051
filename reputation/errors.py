"""The errors that repaudit raises on purpose.

    ReputationError                 exit 1, the root: one `except` in the command line catches all
    ├── UsageError                  exit 2, the command line asks for something that cannot be
    ├── ConfigError                 exit 3, profile.toml, sources.toml or mail settings; every problem at once
    │   └── NoWorkspace             exit 3, there is no folder to work in
    ├── Unwritable                  exit 3, a file or folder cannot be written
    ├── NothingHeard                exit 4, no source ended ok, empty or partial
    ├── StoreError                  exit 5, the database
    ├── MailError                   exit 6, the mail was not accepted
    └── SourceError                 one source or page; never ends an audit, becomes its coverage
        ├── Blocked                 a bot wall, robots.txt, an HTML 403
        ├── Unreadable              a page or reply that cannot be understood
        ├── Quota                   429, or credit used up
        ├── AuthRefused             a key that was refused
        └── Unreachable             no reply at all: name, connection, time

A message is one line: what is wrong; what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class ReputationError(Exception):
    """The root of all errors raised on purpose; its text is shown to the user as it is."""

    exit_code: ClassVar[int] = 1


class UsageError(ReputationError):
    """The command line asks for something that cannot be."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One mistake in a settings file: where it stands and what to write instead."""

    file: Path | str
    key: str
    what: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else f"{self.file}"
        return f"{place}: {self.key}: {self.what}" if self.key else f"{place}: {self.what}"


class ConfigError(ReputationError):
    """The user's settings are wrong; `problems` holds every mistake, not the first alone."""

    exit_code: ClassVar[int] = 3

    def __init__(self, problems: Sequence[Problem] | str) -> None:
        self.problems: tuple[Problem, ...] = () if isinstance(problems, str) else tuple(problems)
        super().__init__(problems if isinstance(problems, str) else "\n".join(map(str, problems)))


class NoWorkspace(ConfigError):
    """There is no folder with a profile.toml to work in."""


class Unwritable(ReputationError):
    """A file or folder cannot be written; what was there is untouched."""

    exit_code: ClassVar[int] = 3


class NothingHeard(ReputationError):
    """Nothing ended ok, empty or partial."""

    exit_code: ClassVar[int] = 4


class StoreError(ReputationError):
    """The database cannot be read or written, or is locked, full, damaged or newer."""

    exit_code: ClassVar[int] = 5


class MailError(ReputationError):
    """The mail was not accepted."""

    exit_code: ClassVar[int] = 6


class SourceError(ReputationError):
    """One source or page could not be read; `status` is the coverage status it becomes."""

    status: ClassVar[str] = "failed"


class Blocked(SourceError):
    """A bot wall, robots.txt or an HTML 403 stands in the way."""

    status: ClassVar[str] = "blocked"


class Unreadable(SourceError):
    """A reply that cannot be understood: changed markup, a script shell, a cut-off page."""


class Quota(SourceError):
    """The source says 429 or that its credit is used up."""

    status: ClassVar[str] = "quota"


class AuthRefused(SourceError):
    """The source refused the key."""

    status: ClassVar[str] = "auth"


class Unreachable(SourceError):
    """No reply at all: the name, the connection or the deadline failed."""
