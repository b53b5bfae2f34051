"""Which wrong facts were copied from a wrong record upstream: `data/upstream.toml`, read once.

A copy is told by its value: it shows the same wrong telephone number, address or specialty as the record that its site is
said to copy from.  What differs from the record upstream has another cause, and is mended where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from reputation import resources
from reputation.defense.remedies import site_of, site_title
from reputation.model import Finding, Mention, Trust
from reputation.normalize import address, fold, phone

_FILE = "data/upstream.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """One site that takes facts from another; `trust` says how far that is known."""

    origin: str
    copy: str
    subjects: frozenset[str]
    trust: Trust
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Copied:
    """A finding, the finding upstream that it repeats, and the feed by which it does."""

    finding: Finding
    origin: Finding
    feed: Feed
    title: str
    """The name for people of who keeps the copy."""


def copied(findings: Iterable[Finding], mentions: Mapping[str, Mention]) -> dict[str, Copied]:
    """Return by their keys the findings that repeat one upstream; `origin` is the first of the chain.

    A page that shows several wrong values is a copy where one record upstream shows them all.
    """
    wrong = [one for finding in findings if (one := _wrong(finding, mentions))]
    upstream: dict[tuple[str, str], list[_Wrong]] = {}
    for one in sorted(wrong, key=lambda one: one.finding.key):
        if one.site in origins():
            upstream.setdefault((one.site, one.subject), []).append(one)
    direct = {}
    for one in wrong:
        for feed in _feeds_to(one.site):
            above = upstream.get((feed.origin, one.subject), ()) if one.subject in feed.subjects else ()
            origin = next((other for other in above if one.values <= other.values), None)
            if origin is not None:
                direct[one.finding.key] = Copied(
                    finding=one.finding, origin=origin.finding, feed=feed, title=one.title
                )
                break
    return {key: _traced(one, direct) for key, one in direct.items()}


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A finding whose values can be held against others: the site it is on, what it is about, what it shows."""

    finding: Finding
    site: str
    title: str
    subject: str
    values: frozenset[str]


def _wrong(finding: Finding, mentions: Mapping[str, Mention]) -> _Wrong | None:
    subject = _subjects().get(finding.check)
    values = _values(subject, finding.observed) if subject and finding.observed else frozenset()
    if subject is None or not values:
        return None
    mention = mentions.get(finding.mention_key or "")
    source = mention.source if mention else (finding.mention_key or "").partition(":")[0]
    return _Wrong(
        finding, site_of(source, finding.url), site_title(source, finding.url, mention), subject, values
    )


def _traced(one: Copied, direct: Mapping[str, Copied]) -> Copied:
    """Return a copy with the first record of its chain; the feeds form no circle."""
    origin = one.origin
    while origin.key in direct:
        origin = direct[origin.key].origin
    return replace(one, origin=origin)


def origins() -> frozenset[str]:
    """Return the sites from which others copy."""
    return frozenset(feed.origin for feed in feeds())


@cache
def feeds() -> tuple[Feed, ...]:
    """Return every feed of the table."""
    return tuple(
        Feed(
            origin=row["from"],
            copy=row["to"],
            subjects=frozenset(row["subjects"]),
            trust=Trust(row["trust"]),
            source=row["source"],
        )
        for row in _table()["feed"]
    )


def _feeds_to(site: str) -> tuple[Feed, ...]:
    return tuple(feed for feed in feeds() if feed.copy == site)


def _values(subject: str, observed: str) -> frozenset[str]:
    """Return what a page shows, each value folded so that two spellings of one thing are one."""
    mark, fold_one = _PRINTED.get(subject, ("; ", fold))
    return frozenset(value for part in observed.split(mark) if (value := fold_one(part)))


def _folded_phone(text: str) -> str:
    return phone(text) or "".join(filter(str.isdigit, text))


def _folded_address(text: str) -> str:
    """Return the house of an address, or its town where it names none; suite and ZIP+4 are no part of it."""
    found = address(text)
    return found.street or found.po_box or " ".join(part for part in (found.city, found.state) if part)


_PRINTED: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "phone": (", ", _folded_phone),
    "address": ("; ", _folded_address),
}
"""By subject: what stands between two values where a page shows several, and how one is folded."""


@cache
def _table() -> dict[str, Any]:
    return resources.table(_FILE)


@cache
def _subjects() -> dict[str, str]:
    return {check: subject for subject, checks in _table()["subjects"].items() for check in checks}
