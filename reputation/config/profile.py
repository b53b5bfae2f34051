"""Reads profile.toml into the model's `Profile`; every mistake is reported at once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reputation import codec
from reputation.config.schema import ProfileTable, problems_in
from reputation.config.toml import did_you_mean, line_of, read_toml
from reputation.errors import ConfigError, Problem
from reputation.model import Confirmation, Profile, fact_paths

_CONFIRMATION_KEYS = {"as_of", "source", "confirmed_on"}


def load_profile(path: Path | str) -> Profile:
    """Return the profile that the file at `path` holds.

    Raises:
        ConfigError: with every mistake in the file, each with its line, key and what to write instead.
    """
    path = Path(path)
    tables, text = read_toml(path)
    confirmed, problems = _confirmations(tables.pop("confirmed", {}), path, text)
    try:
        checked = ProfileTable.model_validate(tables)
    except ValidationError as error:
        raise ConfigError([*problems_in(error, path, text, ProfileTable), *problems]) from None
    if problems:
        raise ConfigError(problems)
    plain = codec.to_plain(checked.model_dump())
    plain["sentiment_model"] = plain.pop("sentiment")["model"]
    plain["exposure_curve"] = plain.pop("page_one")["exposure"]
    profile = codec.from_plain(Profile, {**plain, "confirmed": {}})
    expanded, problems = _expanded(profile, confirmed, path, text)
    if problems:
        raise ConfigError(problems)
    return codec.from_plain(Profile, {**plain, "confirmed": codec.to_plain(expanded)})


def profile_digest(profile: Profile) -> str:
    """Return the SHA-256 (hex) of all that the profile says: an audit's criteria.

    How attention is counted is none: it changes no finding and no match.
    """
    criteria = {name: item for name, item in codec.to_plain(profile).items() if name != "exposure_curve"}
    return hashlib.sha256(json.dumps(criteria, sort_keys=True).encode()).hexdigest()


def matching_paths(profile: Profile, named: str) -> tuple[str, ...]:
    """Return the fact paths that the user means by `named`.

    `locations.0.phone` and `locations[0].phone` name one fact, `locations` all below it, `phone` or
    `locations.phone` the field in every table.
    """
    wanted = re.sub(r"\[(\d+)\]", r".\1", named.strip())
    paths = fact_paths(profile)
    exact = [path for path in paths if path == wanted or path.startswith(f"{wanted}.")]
    if exact:
        return tuple(exact)
    loose = [path for path in paths if f".{_without_index(path)}.".find(f".{wanted}.") >= 0]
    return tuple(loose)


def _without_index(path: str) -> str:
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _confirmations(table: Any, path: Path, text: str) -> tuple[dict[str, Mapping[str, Any]], list[Problem]]:
    """Flatten `[confirmed]`: quoted paths and nested tables say the same."""
    if not isinstance(table, Mapping):
        return {}, [
            Problem(file=path, line=line_of(text, ["confirmed"]), key="confirmed", what="must be a table")
        ]
    flat: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    for named, entry in _leaves("", table):
        unknown = set(entry) - _CONFIRMATION_KEYS
        if unknown or not entry:
            word = next(iter(unknown), named)
            what = f"`{word}` is not a key here{did_you_mean(str(word), _CONFIRMATION_KEYS)}"
            problems.append(
                Problem(file=path, line=line_of(text, ["confirmed"]), key=f"confirmed.{named}", what=what)
            )
        else:
            flat[named] = entry
    return flat, problems


def _leaves(above: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, value in table.items():
        named = f"{above}.{key}" if above else str(key)
        if isinstance(value, Mapping) and value and all(isinstance(item, Mapping) for item in value.values()):
            yield from _leaves(named, value)
        elif isinstance(value, Mapping):
            yield named, value
        else:
            yield above or named, {key: value}


def _expanded(
    profile: Profile, entries: Mapping[str, Mapping[str, Any]], path: Path, text: str
) -> tuple[dict[str, Confirmation], list[Problem]]:
    """Give each entry of `[confirmed]` the full paths of the facts that it speaks of."""
    confirmed: dict[str, Confirmation] = {}
    problems: list[Problem] = []
    for named, entry in entries.items():
        wanted = tuple(fact_paths(profile)) if named in ("all", "*") else matching_paths(profile, named)
        try:
            confirmation = codec.from_plain(Confirmation, codec.to_plain(entry))
        except (TypeError, ValueError):
            what = "dates stand without quotes, such as confirmed_on = 2026-11-21"
            problems.append(
                Problem(file=path, line=_entry_line(text, named), key=f"confirmed.{named}", what=what)
            )
            continue
        # A confirmation of a fact that has since been removed says nothing and harms nothing.
        confirmed |= dict.fromkeys(wanted, confirmation)
    return confirmed, problems


def _entry_line(text: str, named: str) -> int | None:
    return line_of(text, ["confirmed", named]) or line_of(text, ["confirmed", *named.split(".")])
