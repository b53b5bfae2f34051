"""What a platform shows against what it should: judged only on pages that are surely hers and were read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reputation.dissemination.bio import tell_all, tell_bio
from reputation.model import Claim, Drift, Kind, Match, MatchDecision, Mention, OwnProfile
from tests.dissemination.test_bio import NOW, ROE

SURE = Match(decision=MatchDecision.MATCH, probability=0.99)


def page(source: str, *claims: Claim, **more: object) -> Mention:
    fields: dict[str, object] = {
        "source": source, "kind": Kind.LISTING, "url": f"https://www.{source}.com/roe", "title": "Jane Roe",
        "claims": claims, "match": SURE, **more,
    }  # fmt: skip
    return Mention(**fields)  # type: ignore[arg-type]  # a bag of fields for a test


def drift(platform: str, *mentions: Mention) -> Drift:
    bios = [bio for bio in tell_all(ROE, mentions, NOW) if bio.platform == platform]
    judged = {bio.drift for bio in bios if bio.field == tell_bio(ROE, platform).field}
    assert all(bio.drift is Drift.NOT_SEEN for bio in bios if bio.field != tell_bio(ROE, platform).field)
    (found,) = judged
    return found


def test_a_platform_that_nobody_read_was_not_seen() -> None:
    assert drift("vitals") is Drift.NOT_SEEN
    assert drift("vitals", page("healthgrades")) is Drift.NOT_SEEN


def test_a_page_without_a_biography_misses_one() -> None:
    assert drift("vitals", page("vitals")) is Drift.MISSING


def test_the_text_told_is_the_same_however_it_is_set() -> None:
    told = tell_bio(ROE, "vitals", on=NOW.date()).text
    assert drift("vitals", page("vitals", Claim("description", told))) is Drift.SAME
    assert (
        drift("vitals", page("vitals", Claim("description", told.upper().replace(" ", "\n")))) is Drift.SAME
    )
    assert drift("vitals", page("vitals", Claim("description", told[:150] + "…"))) is Drift.SAME


def test_another_text_was_edited() -> None:
    assert drift("vitals", page("vitals", Claim("description", "Jane Roe is a doctor."))) is Drift.EDITED


@pytest.mark.parametrize(
    "claim",
    [
        Claim("description", "Jane Roe is at Old Mill Hospital."),
        Claim("job_title", "Attending Physician"),
        Claim("affiliation", "OLD MILL HOSPITAL"),
        Claim("description", "Jane Roe is Assistant Professor of Medicine at Example University."),
    ],
)
def test_an_old_tie_or_title_is_stale(claim: Claim) -> None:
    assert drift("vitals", page("vitals", claim)) is Drift.STALE


def test_somebody_elses_page_says_nothing() -> None:
    other = replace(SURE, decision=MatchDecision.NON_MATCH)
    assert drift("vitals", page("vitals", match=other)) is Drift.NOT_SEEN
    assert drift("vitals", page("vitals", match=None)) is Drift.NOT_SEEN


def test_a_platform_is_known_by_its_source_its_host_or_her_own_word() -> None:
    assert drift("webmd_care", page("webmd")) is Drift.MISSING
    assert drift("doximity", page("own-pages", url="https://www.doximity.com/pub/jane-roe")) is Drift.MISSING
    own = replace(
        ROE, profiles=(OwnProfile(url="https://hospital.example.org/roe", platform="hospital_find_a_doctor"),)
    )
    mention = page("own-pages", url="https://hospital.example.org/roe/")
    seen = {bio.platform for bio in tell_all(own, (mention,), NOW) if bio.drift is Drift.MISSING}
    assert seen == {"hospital_find_a_doctor"}
