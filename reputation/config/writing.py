"""Writes profile.toml: a new one with comments, and the dates on which facts were confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, SingleKey, Table

from reputation.config.profile import load_profile, matching_paths
from reputation.config.toml import did_you_mean
from reputation.errors import ConfigError, UsageError
from reputation.files import write_private
from reputation.model import Confirmation, Profile, fact_paths

HEAD = """\
# profile.toml: the facts that the web is compared with.
#
# Text stands in "double quotes", dates as 2026-11-21, lists as ["one", "two"].  Leave out what you do not know.
# A fact counts only when you have confirmed it: read it, mend it here, then run `repaudit confirm --all`,
# or `repaudit confirm locations.0.phone` for one.  What came from a registry cannot be proved by that registry.
"""

RIGHT = """\
# By what right this audit is made: your own name, or as the delegate of someone who consented on a date.
# delegate_of = "Jane Roe, MD"    consented_on = 2026-11-21
"""

ABOUT = {
    "name": 'credentials as printed after the name; former = earlier names whole, such as "Jane Q. Public"',
    "ids": 'npi in quotes, ten digits; orcid as "0000-0002-1825-0097"',
    "personal": "gender, photo_url, email: only if sites print them",
    "specialties": "the first is the main one; taxonomy_code is NUCC's, as in NPPES",
    "locations": "one [[locations]] for each place of practice; suite apart from street",
    "affiliations": "employers, hospitals, universities: name, short_names, title, since, until",
    "licenses": "state and number",
    "certifications": "board, specialty, since",
    "education": "institution, degree, year",
    "profiles": 'pages that are yours: control = "owned" (your own site) or "controlled" (a listing you claimed)',
    "bio": "statement = your own words, used as they are; interests; disclosures; views_are_my_own",
    "practice": "name and recipients of the administrator's report",
}

EXAMPLES = """
# More that can stand here; take the # away from what you use.
#
# [personal]
# email = "jane.roe@example.org"
#
# [[affiliations]]
# name = "Example University Hospital"
# short_names = ["EUH"]
# title = "Associate Professor of Medicine"
# since = 2019-07-01
#
# [[certifications]]
# board = "American Board of Internal Medicine"
# specialty = "Medical Oncology"
#
# [[profiles]]
# url = "https://www.example.org/jane-roe"
# control = "owned"
#
# [bio]
# interests = ["breast cancer", "survivorship"]
#
# [practice]
# name = "Example Cancer Care"
# recipients = ["office@example.org"]
"""

LISTS = {
    "memberships": 'societies, such as ["American Society of Clinical Oncology"]',
    "websites": "web addresses that are yours",
    "languages": "languages in which you see patients",
    "insurance": "plans that you take",
}


def profile_text(profile: Profile) -> str:
    """Return `profile` as a commented profile.toml that `load_profile` reads back to the same."""
    document = tomlkit.document()
    for name, comment in LISTS.items():
        document.add(tomlkit.comment(comment))
        document.add(name, list(getattr(profile, name)))
    document.add("right", _table(_known(profile.right)))
    for name, comment in ABOUT.items():
        if (section := _section(getattr(profile, name))) is not None:
            document.add(tomlkit.nl())
            document.add(tomlkit.comment(comment))
            document.add(name, section)
    for name, choice in (
        ("sentiment", {"model": profile.sentiment_model}),
        ("page_one", {"exposure": profile.exposure_curve}),
    ):
        if None not in choice.values():
            document.add(tomlkit.nl())
            document.add(name, choice)
    if profile.confirmed:
        document.add(tomlkit.nl())
        document.add(tomlkit.comment("where each fact came from, of what date, and when you confirmed it"))
        entries = tomlkit.table()
        for path, entry in profile.confirmed.items():
            entries.add(SingleKey(path), _inline(entry))
        document.add("confirmed", entries)
    body = tomlkit.dumps(document).replace("[right]", RIGHT + "[right]", 1)
    body = re.sub(r"^(# .*)\n\n(?=\[)", r"\1\n", body, flags=re.MULTILINE)
    return f"{HEAD}\n{body}{EXAMPLES}"


def confirm(path: Path, named: Iterable[str], on: date) -> tuple[str, ...]:
    """Mark the facts that `named` means (all facts where it is empty) as confirmed on a day; return their paths.

    The rest of the file, its comments too, stays as it is.

    Raises:
        ConfigError: where profile.toml is wrong.
        UsageError: where a name means no fact of the profile.
    """
    profile = load_profile(path)
    paths = tuple(dict.fromkeys(_wanted(profile, tuple(named))))
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    table = tomlkit.table()
    for fact in fact_paths(profile):
        entry = profile.confirmed.get(fact, Confirmation())
        if fact in paths or fact in profile.confirmed:
            table.add(SingleKey(fact), _inline(entry, **({"confirmed_on": on} if fact in paths else {})))
    document.pop("confirmed", None)
    document.add("confirmed", table)
    write_private(path, tomlkit.dumps(document))
    return paths


def value_of(profile: Profile, path: str) -> str:
    """Return what the profile states at a fact's path, in words."""
    value: Any = profile
    for part in path.split("."):
        value = value[int(part)] if part.isdigit() else getattr(value, part)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def set_fact(path: Path, fact: str, words: str) -> None:
    """Write `words` as the fact at a path such as `locations.0.phone`; the rest of the file stays as it is.

    Raises:
        ConfigError: where the file, or the new value, is wrong; the file is then left as it was.
    """
    before = path.read_text(encoding="utf-8-sig")
    document = tomlkit.parse(before)
    place: Any = document
    *above, last = fact.split(".")
    for part in above:
        place = place[int(part)] if part.isdigit() else place[part]
    is_list = isinstance(place.get(last), list)
    place[last] = [word.strip() for word in words.split(",") if word.strip()] if is_list else words
    write_private(path, tomlkit.dumps(document))
    try:
        load_profile(path)
    except ConfigError:
        write_private(path, before)
        raise


def _wanted(profile: Profile, named: tuple[str, ...]) -> Iterator[str]:
    if not named:
        yield from fact_paths(profile)
    for name in named:
        found = matching_paths(profile, name)
        if not found:
            raise UsageError(f"the profile holds no fact `{name}`{did_you_mean(name, fact_paths(profile))}")
        yield from found


def _section(held: Any) -> Any:
    if isinstance(held, tuple):
        array = tomlkit.aot()
        for fact in held:
            array.append(_table(_known(fact)))
        return array if held else None
    known = _known(held)
    return _table(known) if known else None


def _table(values: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    table.update(values)
    return table


def _known(held: Any) -> dict[str, Any]:
    """Return what a fact's dataclass holds, as TOML values; what is unknown is left out."""
    pairs = ((field.name, _value(getattr(held, field.name))) for field in fields(held))
    return {
        "self" if name == "is_self" else name: value
        for name, value in pairs
        if value is not None and value != [] and (value is not False or name == "accepting_new_patients")
    }


def _value(held: Any) -> Any:
    if isinstance(held, tuple):
        return [_value(item) for item in held]
    if isinstance(held, Enum):
        return held.value
    return _known(held) if is_dataclass(held) else held


def _inline(entry: Confirmation, **more: Any) -> InlineTable:
    inline = tomlkit.inline_table()
    inline.update({**_known(entry), **more})
    return inline
