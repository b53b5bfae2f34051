"""Exports are remembered once, and tell an outdated text from an edited one; claim by claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from reputation.dissemination.bio import drifts, tell_all, tell_bio, tell_ladder
from reputation.dissemination.drift import PlatformDrift
from reputation.dissemination.exports import (
    Export,
    export_data,
    export_key,
    exports_from,
    fingerprint,
    not_yet_exported,
)
from reputation.model import Affiliation, Certification, Claim, Drift, Kind, Mention, Profile
from tests.dissemination.people import profiles
from tests.dissemination.test_bio import NOW, ROE
from tests.dissemination.test_drift import page

DAY = datetime(2026, 8, 20, tzinfo=UTC)
CERTIFIED = replace(
    ROE,
    certifications=(
        Certification(board="American Board of Internal Medicine", specialty="Medical Oncology"),
    ),
)


def exported(profile: Profile, platform: str, at: datetime = DAY) -> tuple[Export, ...]:
    return exports_from([(at, export_data(tell_bio(profile, platform, on=at.date())))])


def stand(
    profile: Profile, platform: str, *shown: Mention, exports: tuple[Export, ...] = ()
) -> PlatformDrift:
    (found,) = [one for one in drifts(profile, shown, NOW, exports=exports) if one.platform == platform]
    return found


def shows(text: str) -> Mention:
    return page("vitals", Claim("description", text))


def test_the_fingerprint_is_of_the_words_and_not_of_how_a_site_sets_them() -> None:
    assert fingerprint("Jane  Roe,\nMD “listens”.") == fingerprint('JANE ROE, MD "listens"')
    assert fingerprint("Jane Roe listens.") != fingerprint("Jane Roe leaves.")


def test_an_export_comes_back_from_the_journal_as_it_went_in() -> None:
    bio = tell_bio(ROE, "vitals")
    (export,) = exports_from([(DAY, export_data(bio)), (DAY, {"platform": "vitals"})])
    assert (export.platform, export.field, export.text, export.at) == ("vitals", "about", bio.text, DAY)
    assert export_key(bio) == "vitals.about"


@settings(max_examples=30)
@given(profiles)
def test_nothing_is_remembered_twice(profile: Profile) -> None:
    bios = tell_all(profile, (), NOW)
    known = exports_from((DAY, export_data(bio)) for bio in not_yet_exported((*bios, *bios), ()))
    assert len({(one.platform, one.field, one.digest) for one in known}) == len(known)
    assert not_yet_exported(bios, known) == ()


def test_a_platform_that_shows_what_was_exported_and_is_no_longer_canonical_is_stale() -> None:
    then = replace(ROE, bio=replace(ROE.bio, interests=("Lung cancer",)))
    told = tell_bio(then, "vitals", on=DAY.date()).text
    found = stand(ROE, "vitals", shows(told), exports=exported(then, "vitals"))
    assert (found.state, found.shows_export_of, found.exported_on) == (Drift.STALE, DAY.date(), DAY.date())
    assert found.replacement == tell_bio(ROE, "vitals", on=NOW.date()).text
    assert stand(ROE, "vitals", shows(told)).state is Drift.EDITED


def test_a_text_that_the_platform_changed_is_edited_and_one_that_stayed_is_the_same() -> None:
    exports = exported(ROE, "vitals")
    edited = stand(ROE, "vitals", shows("Jane Roe is a doctor."), exports=exports)
    assert (edited.state, edited.exported_on, edited.shows_export_of) == (Drift.EDITED, DAY.date(), None)
    same = stand(ROE, "vitals", shows(exports[0].text), exports=exports)
    assert (same.state, same.replacement) == (Drift.SAME, "")


def test_any_rung_of_a_ladder_that_was_pasted_is_the_same() -> None:
    for rung in tell_ladder(ROE, "vitals", on=NOW.date()):
        assert stand(ROE, "vitals", shows(rung.text)).state is Drift.SAME


def test_what_an_account_says_under_its_name_is_its_biography() -> None:
    told = tell_bio(ROE, "bluesky", on=NOW.date()).text
    account = page("bluesky", kind=Kind.PROFILE, url="https://bsky.app/profile/janeroe.example", text=told)
    assert stand(ROE, "bluesky", account).state is Drift.SAME
    assert stand(ROE, "bluesky", replace(account, text=None)).state is Drift.MISSING


@pytest.mark.parametrize(
    ("text", "claim", "state", "shown"),
    [
        ("Jane Roe is Assistant Professor of Medicine at Example University.", "title", Drift.STALE, "assistant professor"),
        ("Jane Roe is at Old Mill Hospital.", "affiliation", Drift.STALE, "Old Mill Hospital"),
        ("Jane Roe is board certified in cardiology.", "certification", Drift.EDITED, "cardiology"),
        ("Jane Roe is board certified in medical oncology.", "certification", Drift.SAME, "medical oncology"),
        ("Jane Roe is at Example University.", "affiliation", Drift.SAME, "Example University"),
        ("Jane Roe is a doctor.", "title", Drift.MISSING, None),
        ("Jane Roe is a doctor.", "certification", Drift.MISSING, None),
    ],
)  # fmt: skip
def test_each_claim_is_judged_by_itself(text: str, claim: str, state: Drift, shown: str | None) -> None:
    found = {one.claim: one for one in stand(CERTIFIED, "vitals", shows(text)).claims}
    assert (found[claim].state, found[claim].shown) == (state, shown)
    assert found[claim].should


def test_a_platform_is_stale_by_any_stale_claim_whatever_its_text() -> None:
    promoted = replace(
        ROE,
        affiliations=(
            Affiliation(name="Example University", title="Professor of Medicine"),
            ROE.affiliations[1],
        ),
    )
    told = tell_bio(ROE, "vitals", on=NOW.date()).text
    found = stand(promoted, "vitals", shows(told), exports=exported(ROE, "vitals"))
    assert found.state is Drift.STALE
    assert found.claims[0].shown == "associate professor"
    assert found.claims[0].should == "Professor of Medicine at Example University"


def test_the_audits_bios_carry_the_same_drift() -> None:
    exports = exported(ROE, "vitals", NOW - timedelta(days=90))
    told = {bio.platform: bio.drift for bio in tell_all(ROE, (shows("Another text altogether."),), NOW, exports=exports)
            if bio.field == "about"}  # fmt: skip
    assert told["vitals"] is Drift.EDITED
    assert told["ratemds"] is Drift.NOT_SEEN
