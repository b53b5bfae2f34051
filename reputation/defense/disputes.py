"""Correction and removal requests across quarters: computed from the journal, never stored as such.

One dispute is one request about one thing: a finding, an action or a page.  Its entries are folded in the order of writing:
what was added, what the user noted since, and what later audits saw.  A thing that was mended and is wrong again is a
regression; only an audit that looked at it can say so, since silence is no sign of either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from reputation.defense.journal import Entry
from reputation.model import Finding, Mention, Outcome, Trust

KIND = "dispute"
STATES = ("drafted", "sent", "acknowledged", "mended", "refused", "withdrawn")
OPEN = frozenset({"drafted", "sent", "acknowledged"})
_ASKED = frozenset({"sent", "acknowledged", "mended", "refused"})
_ANSWER_DAYS = {"plan": 4, "site": 30, "registry": 30, "employer": 14}
"""Days after which an answer may be asked for; a plan has two business days (No Surprises Act s.116), a weekend beside."""

_LAST_WORDS = frozenset({"state", "confirmation", "deadline", "note", "route"})
_BACK = "back"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """A piece of evidence: a page's address, a file's name, or both, with the SHA-256 of the bytes where they are known."""

    url: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing that happened to a dispute; `by` is you, or audit."""

    on: date
    state: str
    by: str
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute:
    """One request and where it stands."""

    key: str
    subject: str
    """The key of the finding, action or mention that it is about."""
    what: str
    site: str
    """The name of who is asked, for people."""
    route: str
    where_url: str | None = None
    trust: Trust = Trust.UNVERIFIED
    finding_keys: tuple[str, ...] = ()
    mention_keys: tuple[str, ...] = ()
    url: str | None = None
    """The page that is wrong."""
    evidence: tuple[Proof, ...] = ()
    confirmation: str | None = None
    deadline: date | None = None
    state: str = "drafted"
    note: str | None = None
    opened_on: date
    sent_on: date | None = None
    closed_on: date | None = None
    """When it was mended, refused or withdrawn."""
    came_back_on: date | None = None
    """When an audit saw wrong again what had been mended."""
    regressions: int = 0
    steps: tuple[Step, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something: it waits for an answer, or what was mended is wrong again."""
        return self.state in OPEN or self.came_back_on is not None

    def is_overdue(self, today: date) -> bool:
        """Whether an answer should have come."""
        return self.state in OPEN and self.deadline is not None and self.deadline < today

    @property
    def days(self) -> int | None:
        """Days from sending to mending; None where it is not mended, or was never sent."""
        if self.state != "mended" or self.sent_on is None or self.closed_on is None:
            return None
        return max(0, (self.closed_on - self.sent_on).days)


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteRecord:
    """How one site has answered: requests made, mended, refused and waiting; median days from asking to mending."""

    site: str
    asked: int
    mended: int
    refused: int
    waiting: int
    came_back: int
    median_days: float | None


# ---------------------------------------------------------------------------- writing


def opened(subject: str, told: Mapping[str, Any], *, on: datetime, earlier: Iterable[Dispute] = ()) -> Entry:
    """Return the entry that opens a dispute about `subject`; `told` are the fields of `Dispute` that are known."""
    n = sum(one.subject == subject for one in earlier)
    digest = hashlib.sha256(f"{subject}\n{n}".encode()).hexdigest()
    return Entry(kind=KIND, key=f"dsp:{digest[:10]}", at=on, data={"subject": subject, **_plain(told)})


def updated(dispute: Dispute, told: Mapping[str, Any], *, on: datetime) -> Entry:
    """Return the entry that notes something about a dispute."""
    return Entry(kind=KIND, key=dispute.key, at=on, data=_plain(told))


def as_seen(
    entries: Sequence[Entry], findings: Iterable[Finding], mentions: Iterable[Mention], as_of: datetime
) -> tuple[Dispute, ...]:
    """Return every dispute as an audit leaves it."""
    known = disputes(entries)
    return disputes((*entries, *seen(known, findings, mentions, as_of))) if known else ()


def seen(
    known: Iterable[Dispute], findings: Iterable[Finding], mentions: Iterable[Mention], as_of: datetime
) -> Iterator[Entry]:
    """Yield an entry for each dispute that an audit saw mended, or wrong again.

    A page that the audit did not see says nothing; nor does a look from before what it would refute.
    """
    outcomes = {one.key: one.outcome for one in findings}
    looked = {one.key: _looked_on(one, as_of) for one in mentions}
    for one in known:
        state = _state_seen(one, outcomes, looked)
        if state and state != (_BACK if one.came_back_on else one.state):
            yield Entry(kind=KIND, key=one.key, at=as_of, data={"state": state, "by": "audit"})


def _state_seen(one: Dispute, outcomes: Mapping[str, Outcome], looked: Mapping[str, date]) -> str | None:
    """Return `mended`, `back`, or None where the audit shows neither."""
    days = [looked.get(_mention_of(key)) for key in one.finding_keys]
    wrong = [
        day for key, day in zip(one.finding_keys, days, strict=True) if outcomes.get(key) is Outcome.DIFFERS
    ]
    if wrong:
        is_later = any(day and one.closed_on and day > one.closed_on for day in wrong)
        return _BACK if one.state == "mended" and is_later else None
    since = one.came_back_on or one.sent_on or one.opened_on
    is_seen = bool(days) and all(day is not None and day >= since for day in days)
    unsure = any(outcomes.get(key) is Outcome.CANNOT_TELL for key in one.finding_keys)
    return "mended" if is_seen and not unsure and one.state != "withdrawn" else None


def _looked_on(mention: Mention, as_of: datetime) -> date:
    """Return the day of the latest look at a page: a replay of old captures is no new look."""
    return max((one.fetched_at for one in mention.evidence), default=as_of).astimezone(UTC).date()


def _mention_of(finding_key: str) -> str:
    """Return the mention's key inside a finding's, check:mention_key:field."""
    return finding_key.partition(":")[2].rpartition(":")[0]


# ---------------------------------------------------------------------------- folding


def disputes(entries: Iterable[Entry]) -> tuple[Dispute, ...]:
    """Return every dispute as its entries leave it, in the order of opening."""
    found: dict[str, Dispute] = {}
    for entry in entries:
        if entry.kind != KIND:
            continue
        known = found.get(entry.key)
        if known is None and "subject" in entry.data:
            found[entry.key] = _from(entry)
        elif known is not None:
            found[entry.key] = _after(known, entry)
    return tuple(found.values())


def _from(entry: Entry) -> Dispute:
    data, day = entry.data, _day(entry)
    bare = Dispute(
        key=entry.key,
        subject=str(data["subject"]),
        what=str(data.get("what") or data["subject"]),
        site=str(data.get("site") or "unknown"),
        route=str(data.get("route") or ""),
        where_url=data.get("where_url"),
        trust=Trust(data.get("trust", Trust.UNVERIFIED)),
        finding_keys=tuple(data.get("finding_keys", ())),
        mention_keys=tuple(data.get("mention_keys", ())),
        url=data.get("url"),
        opened_on=day,
    )
    return _after(bare, entry)


def _after(one: Dispute, entry: Entry) -> Dispute:
    """Return a dispute after one more entry."""
    data, day = entry.data, _day(entry)
    state = str(data.get("state") or one.state)
    changes: dict[str, Any] = {
        name: data[name] for name in _LAST_WORDS - {"state"} if data.get(name) is not None
    }
    if "deadline" in changes:
        changes["deadline"] = date.fromisoformat(str(changes["deadline"]))
    proofs = (Proof(url=item.get("url"), sha256=item.get("sha256")) for item in data.get("evidence", ()))
    changes["evidence"] = tuple(dict.fromkeys((*one.evidence, *proofs)))
    if state == _BACK:
        changes |= {"came_back_on": day, "regressions": one.regressions + 1}
    else:
        changes |= {"state": state, "came_back_on": None if "state" in data else one.came_back_on}
        if state in _ASKED and (one.sent_on is None or (state == "sent" and one.came_back_on)):
            changes["sent_on"] = day if state in {"sent", "acknowledged"} else one.sent_on
        if "state" in data:
            changes["closed_on"] = None if state in OPEN else day
    step = Step(on=day, state=state, by=str(data.get("by", "you")), note=data.get("note"))
    return replace(one, steps=(*one.steps, step), **changes)


def _day(entry: Entry) -> date:
    on = entry.data.get("on")
    return date.fromisoformat(str(on)) if on else entry.at.astimezone(UTC).date()


def _plain(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, (), [])}


# ---------------------------------------------------------------------------- what follows from them


def regressed(known: Iterable[Dispute]) -> tuple[Dispute, ...]:
    """Return the disputes of which something mended is wrong again."""
    return tuple(one for one in known if one.came_back_on is not None)


def answer_due(recipient: str, sent_on: date) -> date:
    """Return by when an answer to a request may be expected."""
    return sent_on + timedelta(days=_ANSWER_DAYS.get(recipient, _ANSWER_DAYS["site"]))


def by_site(known: Sequence[Dispute]) -> tuple[SiteRecord, ...]:
    """Return how each site that was asked has answered, by name."""
    asked: dict[str, list[Dispute]] = {}
    for one in known:
        if one.state in _ASKED:
            asked.setdefault(one.site, []).append(one)
    return tuple(
        SiteRecord(
            site=site,
            asked=len(group),
            mended=sum(one.state == "mended" and one.came_back_on is None for one in group),
            refused=sum(one.state == "refused" for one in group),
            waiting=sum(one.state in OPEN for one in group),
            came_back=sum(one.regressions > 0 for one in group),
            median_days=median(days)
            if (days := [one.days for one in group if one.days is not None])
            else None,
        )
        for site, group in sorted(asked.items())
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The disputes about findings, found by the finding's key; the latest of each."""

    by_finding: Mapping[str, Dispute] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Iterable[Dispute]) -> Standing:
        """Return the standing of every finding that was ever disputed."""
        return cls(by_finding={key: one for one in known for key in one.finding_keys})

    def of_findings(self, findings: Iterable[Finding]) -> tuple[Dispute, ...]:
        """Return the latest disputes about some findings, each once."""
        known = (self.by_finding.get(one.key) for one in findings)
        return tuple({one.key: one for one in known if one}.values())
