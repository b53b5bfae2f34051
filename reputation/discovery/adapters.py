"""What a source is, and how an entry's `adapter` names its module.

No base class and no registry: `adapter = "json-api"` is `reputation.discovery.sources.json_api`, and a
dotted name is a plug-in from any installed package.
"""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import ClassVar, Protocol, cast

from reputation.errors import ConfigError, Problem, SourceError
from reputation.model import Access, Capture, Cell, Mention, NameVariant, Profile, Request, Source

PACKAGE = "reputation.discovery.sources"


class Skip(SourceError):
    """Raised by `plan` where the source has nothing to go on: its text says what is missing."""

    status: ClassVar[str] = "skipped"


class Adapter(Protocol):
    """A source: a module, or any object, with these two pure functions."""

    def plan(self, source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
        """Yield what to ask, best first; nothing, or `Skip`, where the profile lacks what it needs."""

    def parse(self, source: Source, capture: Capture) -> Iterator[Mention | Request | Cell]:
        """Yield what `capture` says, and further requests.

        A `Cell` tells how one engine of a metasearch answered.

        Raises:
            Unreadable: the reply is not understood; it is never taken for "no result".
            Blocked: the reply is a bot wall.
        """


def adapter_of(source: Source) -> Adapter:
    """Return the adapter that `source` names.

    Raises:
        ConfigError: there is no such module, or it lacks `parse`, or `plan` for a source that is asked.
    """
    name = source.adapter
    path = name if "." in name else f"{PACKAGE}.{name.replace('-', '_')}"
    try:
        module = import_module(path)
    except ModuleNotFoundError as error:
        if error.name and not (path == error.name or path.startswith(f"{error.name}.")):
            raise  # the adapter is there; it is one of its own imports that is missing
        raise _wrong(source, f"there is no adapter {name!r}{_did_you_mean(name)}") from error
    except (TypeError, ValueError) as error:
        raise _wrong(source, f"{name!r} is not the name of a module") from error
    needed = ("parse",) if source.access in (Access.MANUAL, Access.RETIRED) else ("plan", "parse")
    for function in needed:
        if not callable(getattr(module, function, None)):
            raise _wrong(source, f"the adapter {name!r} has no function {function}()")
    return cast("Adapter", module)


def fault_of(source: Source) -> str | None:
    """Return what is wrong with the adapter that `source` names, None where it can be used or is to be installed."""
    try:
        adapter_of(source)
    except ConfigError as error:
        return "; ".join(problem.what for problem in error.problems)
    except ModuleNotFoundError:
        return None  # the plan says what is not installed, and skips the source
    return None


def adapter_names() -> tuple[str, ...]:
    """Return the shipped adapters as sources.toml writes them, sorted."""
    package = import_module(PACKAGE)
    return tuple(sorted(entry.name.replace("_", "-") for entry in pkgutil.iter_modules(package.__path__)))


def _did_you_mean(name: str) -> str:
    close = difflib.get_close_matches(name.replace("_", "-"), adapter_names(), n=1)
    return f"; did you mean {close[0]!r}?" if close else "; a plug-in is named by its dotted module"


def _wrong(source: Source, what: str) -> ConfigError:
    return ConfigError([Problem(file="sources.toml", key=f"{source.id}.adapter", what=what)])
