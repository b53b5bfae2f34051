"""The call sheet: every telephone number that the web lists for her, and what happened when somebody dialled it.

No page can tell whether a number still rings at her office; a person who dials it can.  What was dialled is kept in the
journal, stands beside the number on the next sheet, and is the authority of the next audit's finding.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from reputation.defense.journal import Entry
from reputation.errors import UsageError
from reputation.model import Finding, Kind, MatchDecision, Mention, Outcome, Profile, Severity
from reputation.normalize import fold, iso_date, phone
from reputation.resources import source_title

KIND = "call"
CHECK = "phone_wrong"
COLUMNS: tuple[str, ...] = (
    "telephone", "yours", "sites", "pages", "last_dialled_on", "last_result",
    "result", "dialled_on", "answered_by", "note",
)  # fmt: skip
"""Of the sheet as CSV; the last four are for whoever dials."""

_RESULTS: Mapping[str, tuple[str, ...]] = {
    "right": ("right", "ok", "yes", "correct", "good", "reached", "reaches us", "reached us", "our office"),
    "wrong number": ("wrong number", "wrong", "no", "incorrect", "somebody else", "someone else"),
    "disconnected": ("disconnected", "not in service", "out of service", "dead", "no such number"),
    "fax": ("fax", "a fax", "fax machine"),
    "no answer": ("no answer", "busy", "voicemail", "nobody", "not reached", "rang out"),
}
RESULTS = tuple(_RESULTS)
"""What may have happened when a number was dialled."""

_WRONG = frozenset({"wrong number", "disconnected", "fax"})
_HOLDS_DAYS = 190
"""How long a call is an authority: two quarters and a week."""
_MOST_ROWS = 2_000
_SHORTEST = 7
_MIXED_UP = "identity_mixup"


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """One number of the sheet: E.164 (or bare digits from abroad), and where the web lists it."""

    telephone: str
    shown: str
    yours: str
    """yes, fax, or no: by the profile."""
    sites: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """What happened when a number was dialled; `result` is one of RESULTS."""

    telephone: str
    on: date
    result: str
    answered_by: str | None = None
    note: str | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether it did not reach her, for certain."""
        return self.result in _WRONG

    @property
    def told(self) -> str:
        """The call in words: "dialled 2026-11-20: wrong number"."""
        return f"dialled {self.on.isoformat()}: {self.result}"


def call_sheet(profile: Profile | None, mentions: Iterable[Mention]) -> tuple[Number, ...]:
    """Return every distinct number listed for her on pages that are surely hers, those that are not hers first."""
    places = profile.locations if profile else ()
    own = {number for place in places if place.phone and (number := folded(place.phone))}
    faxes = {number for place in places if place.fax and (number := folded(place.fax))}
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        for number in _numbers(mention) if _is_hers(mention) else ():
            found.setdefault(number, []).append(mention)
    numbers = [
        Number(
            telephone=number,
            shown=shown(number),
            yours="yes" if number in own else "fax" if number in faxes else "no",
            sites=tuple(dict.fromkeys(sorted(source_title(one.source) for one in listing))),
            pages=tuple(dict.fromkeys(sorted(one.url for one in listing))),
        )
        for number, listing in found.items()
    ]
    return tuple(sorted(numbers, key=lambda one: (one.yours == "yes", one.telephone)))


def shown(number: str) -> str:
    """Return a number as it is dialled at home: 617-555-0134 for +16175550134; one from abroad as it is."""
    found = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", number)
    return "-".join(found.groups()) if found else number


def folded(text: str) -> str | None:
    """Return a number in E.164, or the bare digits of one from abroad; None for less than seven digits."""
    digits = "".join(filter(str.isdigit, text))
    return phone(text) or (digits if len(digits) >= _SHORTEST else None)


def _is_hers(mention: Mention) -> bool:
    is_match = mention.match is not None and mention.match.decision is MatchDecision.MATCH
    return is_match and mention.kind is not Kind.REVIEW


def _numbers(mention: Mention) -> dict[str, str]:
    """Return the numbers that a mention claims, each with the text by which it is printed."""
    return {number: text for text in mention.claimed("telephone") if (number := folded(text))}


# ---------------------------------------------------------------------------- the sheet, taken back


def is_sheet(body: bytes) -> bool:
    """Whether a file is a call sheet: a table whose first row names a telephone, a result and a day of dialling."""
    header = _text(body[:4096]).partition("\n")[0]
    columns = {_column(cell) for cell in re.split("[,;\t]", header)}
    return {"telephone", "result", "dialled_on"} <= columns


def read_sheet(body: bytes, today: date) -> tuple[Call, ...]:
    """Return the calls that a filled-in sheet tells of; rows without a result were not dialled.

    A row without a day was dialled `today`.

    Raises:
        UsageError: with every row that cannot be read; nothing of the sheet holds then.
    """
    text = _text(body)
    mark = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise UsageError(f"the call sheet cannot be read: {error}; save it as CSV again") from error
    if len(rows) > _MOST_ROWS:
        raise UsageError(
            f"the call sheet has more than {_MOST_ROWS:,} rows; import the one that repaudit wrote"
        )
    columns = [_column(cell) for cell in rows[0]]
    calls, wrong = [], []
    for place, row in enumerate(rows[1:], start=2):
        told = {name: cell.strip().lstrip("'").strip() for name, cell in zip(columns, row, strict=False)}
        if told.get("result"):
            try:
                calls.append(_call(told, today))
            except UsageError as error:
                wrong.append(f"row {place}: {error}")
    if wrong:
        raise UsageError(
            f"the call sheet was not taken: {'; '.join(wrong[:3])}{' …' if len(wrong) > 3 else ''}"
        )
    return tuple(calls)


def _call(told: Mapping[str, str], today: date) -> Call:
    number = folded(told.get("telephone", ""))
    if number is None:
        raise UsageError(f"“{told.get('telephone', '')[:30]}” is no telephone number")
    word = " ".join(fold(told["result"]).split())
    result = next((name for name, words in _RESULTS.items() if word in words), None)
    if result is None:
        raise UsageError(
            f"“{told['result'][:30]}” is no result; write {', '.join(RESULTS[:-1])} or {RESULTS[-1]}"
        )
    day = told.get("dialled_on")
    on = iso_date(day) if day else today.isoformat()
    if on is None or len(on) != len("2026-11-20") or date.fromisoformat(on) > today:
        raise UsageError(
            f"“{(day or '')[:30]}” is no day on which it can have been dialled; write 2026-11-20"
        )
    return Call(
        telephone=number,
        on=date.fromisoformat(on),
        result=result,
        answered_by=told.get("answered_by") or None,
        note=told.get("note") or None,
    )


def _text(body: bytes) -> str:
    """Return the text of a table as spreadsheets save it: UTF-8, UTF-16, or the old code page of Windows."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace").replace("\0", "")
    try:
        return body.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace").replace("\0", "")


def _column(cell: str) -> str:
    return re.sub(r"[^a-z]+", "_", fold(cell.strip().strip('"'))).strip("_")


# ---------------------------------------------------------------------------- the journal


def entry_of(call: Call, at: datetime) -> Entry:
    """Return the journal's entry of a call."""
    data = {"on": call.on.isoformat(), "result": call.result}
    more = {"answered_by": call.answered_by, "note": call.note}
    return Entry(
        kind=KIND, key=call.telephone, at=at, data={**data, **{name: v for name, v in more.items() if v}}
    )


def calls(entries: Iterable[Entry]) -> dict[str, Call]:
    """Return the latest call of each number; of one day the one that was noted last."""
    latest: dict[str, Call] = {}
    for entry in entries:
        if entry.kind != KIND:
            continue
        told = Call(
            telephone=entry.key,
            on=date.fromisoformat(str(entry.data["on"])),
            result=str(entry.data["result"]),
            answered_by=entry.data.get("answered_by"),
            note=entry.data.get("note"),
        )
        known = latest.get(entry.key)
        if known is None or told.on >= known.on:
            latest[entry.key] = told
    return latest


# ---------------------------------------------------------------------------- what a call says about a page


def with_calls(
    profile: Profile,
    findings: Sequence[Finding],
    mentions: Iterable[Mention],
    dialled: Mapping[str, Call],
    now: datetime,
) -> tuple[Finding, ...]:
    """Return the findings, sorted by key, with what the calls say of the numbers that pages print.

    A number that did not reach her is wrong, whatever the profile says; one that did is right.  A page that mixes her up
    with another keeps that one finding.
    """
    today = now.astimezone(UTC).date() if now.tzinfo else now.date()
    holds = {key: one for key, one in dialled.items() if 0 <= (today - one.on).days <= _HOLDS_DAYS}
    by_key = {one.key: one for one in findings}
    mixed = {
        one.mention_key for one in findings if one.check == _MIXED_UP and one.outcome is not Outcome.CONFORMS
    }
    for mention in mentions if holds else ():
        if not _is_hers(mention) or mixed & {mention.key, mention.listing_key or mention.key}:
            continue
        key = f"{CHECK}:{mention.key}:telephone"
        if told := _judged(profile, mention, by_key.get(key), holds):
            by_key[key] = told
    return tuple(by_key[key] for key in sorted(by_key))


def _judged(
    profile: Profile, mention: Mention, known: Finding | None, holds: Mapping[str, Call]
) -> Finding | None:
    printed = _numbers(mention)
    wrong = [holds[number] for number in printed if number in holds and holds[number].is_wrong]
    if wrong:
        return _wrong(profile, mention, [printed[one.telephone] for one in wrong], wrong)
    reached = [holds[number] for number in printed if number in holds and holds[number].result == "right"]
    if known is None or known.outcome is Outcome.CONFORMS or len(reached) < len(printed):
        return None
    told = "; ".join(dict.fromkeys(one.told for one in reached))
    return replace(known, outcome=Outcome.CONFORMS, authority=told, remedy=None)


def _wrong(profile: Profile, mention: Mention, printed: Sequence[str], dialled: Sequence[Call]) -> Finding:
    own = [place.phone for place in profile.locations if place.phone]
    dead = {one.telephone for one in dialled}
    right = [text for text in own if folded(text) not in dead]
    told = "; ".join(dict.fromkeys(one.told for one in dialled))
    return Finding(
        key=f"{CHECK}:{mention.key}:telephone",
        check=CHECK,
        outcome=Outcome.DIFFERS,
        severity=Severity.CRITICAL,
        field="telephone",
        expected=", ".join(right) or None,
        observed=", ".join(printed),
        authority=told,
        mention_key=mention.key,
        url=mention.url,
        remedy=f"Have the page show {', '.join(right)}."
        if right
        else "Your own number does not answer: see to it first.",
    )
