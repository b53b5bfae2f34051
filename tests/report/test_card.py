"""The card of the facts of record: one inert page that says plainly what is confirmed and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reputation.model import Confirmation, Location, PersonName, Profile, Right, Specialty, fact_paths
from reputation.report.card import SETTINGS, render_card, rows_of
from tests.defense.audits import ADA
from tests.programs import repaudit
from tests.report.hostile import PAYLOADS
from tests.report.pages import Page, dangers
from tests.report.test_browser import Watched, browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]  # the fixture, used below

TODAY = date(2026, 11, 21)
RECORD = Confirmation(source="nppes", as_of=date(2019, 3, 14))
WITH_RECORD = replace(RECORD, confirmed_on=date(2026, 8, 14))
PROFILE = '[right]\nself = true\n[name]\ngiven = "Jane"\nfamily = "Roe"\n[ids]\nnpi = "1234567893"\n'


def confirmed_by(profile: Profile, entry: Confirmation, *open_paths: str) -> Profile:
    """Return `profile` with `entry` for every fact; those of `open_paths` are only recorded, not confirmed."""
    entries = {path: RECORD if path in open_paths else entry for path in fact_paths(profile)}
    return replace(profile, confirmed=entries)


def words_of(profile: Profile) -> str:
    return " ".join(" ".join(Page(render_card(profile, TODAY)).text).split())


def overfull() -> Profile:
    place = Location(
        name="Example University Hospital Center for Very Long Names and Cancer Care",
        street="12 Elm Street",
        city="Springfield",
        state="MA",
        phone="617-555-0134",
        fax="617-555-0135",
        hours="Monday to Friday 8:00 to 17:00, Saturday by appointment only",
    )
    plans = tuple(f"Example Health Plan {number}" for number in range(60))
    return confirmed_by(replace(ADA, locations=(place,) * 12, insurance=plans), WITH_RECORD, "ids.npi")


def test_each_fact_says_when_it_was_confirmed_and_from_which_record() -> None:
    said = words_of(confirmed_by(ADA, WITH_RECORD))
    assert "NPI 1234567893 ✓ 14 August 2026 NPPES NPI Registry, record of 14 March 2019" in said
    assert "12 Elm Street, Springfield, MA 01103 ✓ 14 August 2026" in said
    assert "facts are confirmed." in said
    assert "not confirmed" not in said
    assert "by the clinician in person" in said
    assert "Made on 21 November 2026" in said


def test_what_is_not_confirmed_is_marked_and_counted() -> None:
    profile = confirmed_by(ADA, WITH_RECORD, "ids.npi", "locations.0.postal_code")
    said = words_of(profile)
    assert "NPI 1234567893 ✗ not confirmed NPPES NPI Registry" in said
    assert "✗ not confirmed: postal code" in said
    assert f"2 of {len(list(rows_of(profile)))} facts are not confirmed." in said


def test_a_date_of_a_record_alone_confirms_nothing() -> None:
    rows = list(rows_of(confirmed_by(ADA, RECORD)))
    assert rows
    assert all(row.is_open and row.confirmed_on is None for row in rows)


def test_the_oldest_confirmation_of_an_address_counts() -> None:
    profile = confirmed_by(ADA, WITH_RECORD)
    newer = {**profile.confirmed, "locations.0.street": Confirmation(confirmed_on=TODAY)}
    (address,) = [row for row in rows_of(replace(profile, confirmed=newer)) if row.label == "Address"]
    assert address.confirmed_on == date(2026, 8, 14)
    assert address.origin == "own statement; NPPES NPI Registry, record of 14 March 2019"


def test_a_delegate_is_named_as_such() -> None:
    right = Right(delegate_of="Ada Quill, MD", consented_on=date(2026, 9, 1))
    bare = Profile(right=right, name=PersonName(given="Ada", family="Quill"))
    said = words_of(bare)
    assert "by a delegate of Ada Quill, MD, who consented on 1 September 2026" in said
    assert "1 of 1 facts is not confirmed." in said
    assert "None" not in said


def test_what_is_personal_is_left_out() -> None:
    private = replace(
        ADA.personal, email="private@example.org", gender="F", photo_url="https://example.org/p.jpg"
    )
    source = render_card(replace(ADA, personal=private), TODAY)
    assert "example.org" not in source


def test_what_does_not_fit_is_counted_on_the_page() -> None:
    profile = overfull()
    source = render_card(profile, TODAY)
    shown = source.count('<th scope="row">')
    assert f"{len(list(rows_of(profile))) - shown} more facts did not fit" in source
    assert f'<body class="{SETTINGS[-1].name}">' in source


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_facts_render_as_text(payload: str) -> None:
    name = PersonName(given=payload, family=payload, credentials=(payload,), former=(payload,))
    hostile = replace(
        ADA,
        name=name,
        specialties=(Specialty(label=payload),),
        practice=replace(ADA.practice, name=payload),
        right=Right(delegate_of=payload),
        confirmed={"name": Confirmation(source=payload, confirmed_on=TODAY)},
    )
    source = render_card(hostile, TODAY)
    assert dangers(source, 0) == []
    assert "default-src 'none'" in Page(source).values("content")[0]
    source.encode()


@pytest.mark.browser
@pytest.mark.parametrize("profile", [ADA, overfull()], ids=["plain", "overfull"])
def test_it_prints_on_one_page_asks_for_nothing_and_fits_a_phone(
    browser: Browser, profile: Profile, tmp_path: Path
) -> None:
    file = tmp_path / "card.html"
    file.write_text(render_card(profile, TODAY), encoding="utf-8")
    for size in ("Letter", "A4"):
        watched = Watched(browser, file, 320)
        printed = watched.page.pdf(
            format=size,
            prefer_css_page_size=False,
            margin={"top": "12mm", "bottom": "12mm", "left": "13mm", "right": "13mm"},
        )
        assert printed.count(b"/Type /Page\n") == 1
        watched.check(file, 320)


def test_the_command_writes_the_card_and_confirms_nothing_by_itself(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    done = repaudit("confirm", "--card", "card.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2 of 2 facts are not confirmed" in (tmp_path / "card.html").read_text(encoding="utf-8")
    assert (tmp_path / "profile.toml").read_text(encoding="utf-8") == PROFILE
    both = repaudit("confirm", "--all", "--card", "card.html", cwd=tmp_path)
    assert "confirmed: name" in both.stdout
    assert "All 2 facts are confirmed" in (tmp_path / "card.html").read_text(encoding="utf-8")
