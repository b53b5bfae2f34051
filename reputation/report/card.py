"""The facts of record on one printed page, for the front desk and for credentialing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reputation.model import fact_paths
from reputation.render import in_words, render
from reputation.resources import source_title

if TYPE_CHECKING:
    from reputation.model import Confirmation, Location, Profile

VALUE_CHARS = 150
"""Characters of one fact that one page can afford."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How closely the page is set; measured in Chromium on US Letter with a wide font, in CSS pixels."""

    name: str
    line_px: float
    row_px: float
    """What a row takes beside its lines."""
    chars: tuple[int, int, int]
    """Characters on a line of the value, the confirmation and the record."""
    room_px: int
    """What the page leaves to rows."""


SETTINGS = (
    Setting("easy", 20.6, 9.3, (30, 17, 21), 710),
    Setting("snug", 16.5, 6.1, (35, 19, 25), 760),
    Setting("tight", 12.4, 2.8, (41, 22, 29), 800),
)
"""From the most readable to the closest; what even the last cannot hold is counted on the page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One fact of record: what it says, when it was confirmed, and from which record it came."""

    group: str
    label: str
    value: str
    is_open: bool
    """Whether nobody has confirmed it, or a part of it."""
    unconfirmed: tuple[str, ...]
    """The parts without confirmation, in words, where others have one."""
    confirmed_on: date | None
    """The oldest confirmation of its parts."""
    origin: str


def render_card(profile: Profile, on: date) -> str:
    """Return the card as one HTML file that asks nothing of the network and prints on one page.

    What is personal (gender, photo, e-mail) is left out: neither reader needs it.
    """
    rows = list(rows_of(profile))
    setting, n_shown = _fit(rows)
    shown = groupby(rows[:n_shown], key=lambda row: row.group)
    return render(
        "card/card.html.j2",
        who=_short(_whole_name(profile)),
        by=_short(_by_whom(profile)),
        on=on,
        practice=_short(profile.practice.name or ""),
        groups=[(title, list(group)) for title, group in shown],
        n_rows=len(rows),
        n_open=sum(row.is_open for row in rows),
        n_left_out=len(rows) - n_shown,
        density=setting.name,
    )


def _fit(rows: list[Row]) -> tuple[Setting, int]:
    """Return the most readable setting that holds all rows, else the closest and how many rows it holds."""
    for setting in SETTINGS:
        room, group = float(setting.room_px), None
        n_shown = 0
        for row in rows:
            room -= _height(row, setting) + (setting.line_px + setting.row_px) * (row.group != group)
            group = row.group
            if room < 0:
                break
            n_shown += 1
        if n_shown == len(rows):
            break
    return setting, n_shown


def _height(row: Row, setting: Setting) -> float:
    status = (
        f"x not confirmed: {', '.join(row.unconfirmed)}" if row.is_open else f"x {in_words(row.confirmed_on)}"
    )
    texts = (row.value, status, row.origin)
    lines = max(-(-_width(text) // width) for text, width in zip(texts, setting.chars, strict=True))
    return max(1, lines) * setting.line_px + setting.row_px


def _width(text: str) -> int:
    """Return a text's width in Latin letters; those of East Asia are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def rows_of(profile: Profile) -> Iterator[Row]:
    """Yield the facts that the profile states, in the order of the card."""
    stated = fact_paths(profile)
    for group, label, value, wanted in _facts(profile):
        if not value:
            continue
        paths = [path for path in stated if any(path == one or path.startswith(f"{one}.") for one in wanted)]
        entries = [_entry(profile, path) for path in paths]
        dates = [entry.confirmed_on for entry in entries if entry and entry.confirmed_on]
        missing = [path for path in paths if not profile.is_confirmed(path)]
        partly = missing if len(missing) < len(paths) else []
        yield Row(
            group=group,
            label=label,
            value=_short(value),
            is_open=bool(missing),
            unconfirmed=tuple(path.rpartition(".")[2].replace("_", " ") for path in partly),
            confirmed_on=min(dates, default=None),
            origin="; ".join(dict.fromkeys(map(_origin, entries))),
        )


def _entry(profile: Profile, path: str) -> Confirmation | None:
    """Return the entry of `[confirmed]` that is nearest to a fact."""
    parts = path.split(".")
    above = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((profile.confirmed[name] for name in above if name in profile.confirmed), None)


def _origin(entry: Confirmation | None) -> str:
    if entry is None or not entry.source:
        return "own statement"
    dated = f"record of {in_words(entry.as_of)}" if entry.as_of else "record of unknown date"
    return f"{source_title(entry.source)}, {dated}"


def _by_whom(profile: Profile) -> str:
    right = profile.right
    if right.delegate_of is None:
        return "by the clinician in person"
    consent = f", who consented on {in_words(right.consented_on)}" if right.consented_on else ""
    return f"by a delegate of {right.delegate_of}{consent}"


# ---------------------------------------------------------------------------- which facts, in which words


def _facts(profile: Profile) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield heading, label, words and paths of each fact; the words are empty where nothing is stated."""
    head, papers, also = "Name and numbers", "Licences, certification, education", "Also"
    former = f" (formerly {', '.join(profile.name.former)})" if profile.name.former else ""
    yield head, "Name", _whole_name(profile) + former, ("name",)
    yield head, "NPI", profile.ids.npi or "", ("ids.npi",)
    yield head, "ORCID iD", profile.ids.orcid or "", ("ids.orcid",)
    for n, one in enumerate(profile.specialties):
        yield head, "Specialty", _joined(one.label, one.taxonomy_code), (f"specialties.{n}",)
    for n, place in enumerate(profile.locations):
        title = f"Place of practice {n + 1}" if len(profile.locations) > 1 else "Place of practice"
        for label, value, fields in _place(place):
            yield title, label, value, tuple(f"locations.{n}.{field}" for field in fields)
    for n, tie in enumerate(profile.affiliations):
        words = _joined(tie.name, tie.title, _span(tie.since, tie.until))
        yield "Affiliations", "Affiliation", words, (f"affiliations.{n}",)
    for n, paper in enumerate(profile.licenses):
        yield papers, f"Licence, {paper.state}", paper.number or "number not stated", (f"licenses.{n}",)
    for n, board in enumerate(profile.certifications):
        words = _joined(board.board, board.specialty, _span(board.since, None))
        yield papers, "Certification", words, (f"certifications.{n}",)
    for n, school in enumerate(profile.education):
        words = _joined(school.degree, school.institution, school.year)
        yield papers, "Education", words, (f"education.{n}",)
    for label, name in (
        ("Memberships", "memberships"),
        ("Languages", "languages"),
        ("Plans taken", "insurance"),
        ("Web pages", "websites"),
    ):
        yield also, label, _joined(*getattr(profile, name)), (name,)


def _place(place: Location) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    town = " ".join(filter(None, (place.state, place.postal_code)))
    address = ("street", "suite", "city", "state", "postal_code")
    yield "Practice", place.name or "", ("name",)
    yield "Address", _joined(place.street, place.suite, place.city, town), address
    yield "Telephone", place.phone or "", ("phone",)
    yield "Fax", place.fax or "", ("fax",)
    yield "Hours", place.hours or "", ("hours",)
    takes = {True: "accepted", False: "not accepted", None: ""}
    yield "New patients", takes[place.accepting_new_patients], ("accepting_new_patients",)


def _whole_name(profile: Profile) -> str:
    name = profile.name
    bare = " ".join(filter(None, (name.given, name.middle, name.family, name.suffix)))
    return _joined(bare, *name.credentials)


def _short(text: str) -> str:
    """Return `text`, or as many of its words as one fact may take."""
    return (
        text
        if len(text) <= VALUE_CHARS
        else f"{text[:VALUE_CHARS].rpartition(' ')[0] or text[:VALUE_CHARS]} …"
    )


def _joined(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part)


def _span(since: date | None, until: date | None) -> str:
    told = (f"since {in_words(since)}" if since else "", f"until {in_words(until)}" if until else "")
    return " ".join(filter(None, told))
