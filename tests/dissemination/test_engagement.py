"""Taking part: what is alive and suits her, a plan held against what was seen, and the ten tips."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from reputation import resources
from reputation.defense.post import check_post
from reputation.dissemination.engagement import (
    ALIVE,
    Engagement,
    engagement,
    hashtags_for,
    trial_texts,
    venues_for,
)
from reputation.errors import UsageError
from reputation.model import (
    BioFacts,
    Claim,
    Control,
    Disclosure,
    Kind,
    Mention,
    OwnProfile,
    PolicyReference,
    Profile,
    Specialty,
)
from tests.dissemination.test_bio import ROE
from tests.dissemination.test_drift import page

TODAY = date(2026, 11, 22)
SKY = "https://bsky.app/profile/drjaneroe"
JANE = replace(
    ROE,
    profiles=(
        OwnProfile(url=SKY, platform="bluesky"),
        OwnProfile(url="https://x.com/drjaneroe", platform="x"),
    ),
)
SEED = {
    "#hcsm": "every Sunday", "#btsm": "first Sunday of each month", "#bcsm": "every Monday", "#treatdiarieschat": "every Tuesday",
    "#hcldr": "every Tuesday", "#EOLchat": "every Tuesday", "#hpm": "every Wednesday", "#lcsm": "every Thursday",
    "#meded": "every Thursday",
}  # fmt: skip
"""Table 3 of Dizon and Johnston (2014)."""


def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = resources.table("data/engagement.toml")["venue"]
    return found


def of(*labels: str, interests: tuple[str, ...] = ()) -> Profile:
    specialties = tuple(Specialty(label=label) for label in labels)
    return replace(ROE, specialties=specialties, bio=BioFacts(interests=interests))


def post(day: date, words: str = "A thought.", account: str = SKY, **more: object) -> Mention:
    url = f"{account}/post/{day.isoformat()}"
    return page(
        "bluesky", kind=Kind.POST, url=url, key=f"bluesky:{day}", text=words, date_published=day, **more
    )


def made(*mentions: Mention, profile: Profile = JANE, **more: Any) -> Engagement:
    return engagement(profile, mentions, TODAY, **more)


def tip(number: int, *mentions: Mention, profile: Profile = JANE) -> tuple[str, str]:
    found = next(one for one in made(*mentions, profile=profile).tips if one.id == number)
    return found.state, found.why


# ---------------------------------------------------------------------------- venues


@pytest.mark.parametrize(("hashtag", "met"), SEED.items())
def test_every_chat_of_the_table_has_its_day_and_its_state_today(hashtag: str, met: str) -> None:
    (row,) = [one for one in rows() if one.get("hashtag") == hashtag and one["kind"] == "tweet_chat"]
    assert row["met"] == met
    assert row["state"] in {"active", "ended", "unknown"}
    assert row["state"] != "ended" or row["state_as_of"]


@pytest.mark.parametrize("kind", ["blog", "facebook_page"])
def test_the_blogs_and_pages_of_the_table_are_there(kind: str) -> None:
    named = {"blog": ("ASCO Connection", "ASCO Cancer.Net blog", "What We Talk About", "Dr. Len's", "Cancerwise", "KevinMD", "33 Charts"),
             "facebook_page": ("Cancer Research UK", "National Cancer Institute", "American Cancer Society", "Breast Cancer Awareness", "Cancer Sucks")}  # fmt: skip
    told = [row["name"] for row in rows() if row["kind"] == kind]
    assert all(any(name.startswith(one) for name in told) for one in named[kind])
    (gone,) = [row for row in rows() if "Cancer.Net" in row["name"]]
    assert gone["state"] == "ended"


def test_nothing_that_ended_or_is_unknown_is_ever_recommended() -> None:
    everything = of(
        "Medical Oncology", "Radiation Oncology", interests=("breast", "lung", "brain", "palliative")
    )
    for venue in venues_for(everything):
        assert venue.recommended is (venue.state in ALIVE)
        assert not (venue.recommended and ("ended" in venue.said or "unknown" in venue.said))
    unknown = [venue for venue in venues_for(everything) if venue.state == "unknown"]
    assert unknown
    assert all("[unverified]" in venue.said for venue in unknown)
    ended = next(venue for venue in venues_for(everything) if venue.hashtag == "#hcldr")
    assert "2023-10-31" in ended.said


def test_venues_are_those_of_her_field_and_those_for_everybody() -> None:
    tags = {venue.hashtag for venue in venues_for(of("Medical Oncology", interests=("Breast cancer",)))}
    assert "#bcsm" in tags
    assert "#hcsm" in tags
    assert not tags & {"#lcsm", "#btsm", "#hpm", "#radonc"}
    assert "#btsm" in {venue.hashtag for venue in venues_for(of("Neuro-Oncology"))}
    names = {venue.name for venue in venues_for(of("Dermatology"))}
    assert "KevinMD" in names
    assert not names & {"ASCO Connection", "Cancer Sucks"}


def test_hashtags_are_those_that_people_use_whatever_became_of_a_chat() -> None:
    assert "#lcsm" in hashtags_for(of("Medical Oncology", interests=("Lung cancer",)))
    assert "#radonc" in hashtags_for(of("Radiation Oncology"))
    assert "#bcsm" in hashtags_for(of("Surgery", interests=("Breast cancer",)))
    assert "#hcldr" not in hashtags_for(of("Medical Oncology"))


def test_resources_to_learn_from_are_named() -> None:
    names = {venue.name for venue in venues_for(of("Radiation Oncology"))}
    assert {
        "ASTRO how-to videos",
        "Collaboration for Outcomes using Social Media in Oncology (COSMO)",
    } <= names


def test_of_a_trial_it_is_said_that_it_is_open_and_nothing_else() -> None:
    post, answer = trial_texts(" nct01234567 ")
    assert "NCT01234567 is open and enrolling" in post
    assert "https://clinicaltrials.gov/study/NCT01234567" in answer
    assert "press office" in answer
    for text in (post, answer):
        assert not [one for one in check_post(text) if one.level == "block"]
    with pytest.raises(UsageError, match="NCT01234567"):
        trial_texts("12345")


# ---------------------------------------------------------------------------- the plan


def test_a_plan_begins_small_and_can_be_chosen() -> None:
    assert [(one.platform, one.planned_per_month) for one in made().plan] == [("bluesky", 4), ("x", 2)]
    assert [one.planned_per_month for one in made(keep={"bluesky": 1}).plan] == [1, 2]
    assert all(one.etiquette for one in made().plan)


def test_a_plan_is_for_places_where_one_posts_whatever_the_server() -> None:
    pages = (
        "https://orcid.org/0000-0002-1825-0097",
        "https://www.doximity.com/pub/jane-roe-md",
        "https://roe.example.com",
    )
    quiet = replace(ROE, profiles=tuple(OwnProfile(url=url) for url in pages))
    assert made(profile=quiet).plan == ()
    own = OwnProfile(url="https://social.example.org/@janeroe", platform="mastodon")
    assert [one.platform for one in made(profile=replace(ROE, profiles=(own,))).plan] == ["mastodon"]


def test_posts_are_counted_against_the_plan_and_silence_is_not_called_idle() -> None:
    weekly = [post(TODAY - timedelta(days=7 * n + 1)) for n in range(12)]
    first, second = made(*weekly).plan
    assert (first.state, first.seen_per_month, first.last_on) == ("kept", 4.0, TODAY - timedelta(days=1))
    assert (second.state, second.seen_per_month) == ("not_seen", None)
    assert made(*weekly[:3]).plan[0].state == "behind"
    assert made(post(TODAY - timedelta(days=16))).plan[0].state == "dormant"


def test_an_answer_may_be_owed_to_what_others_posted_until_she_decided() -> None:
    theirs = post(TODAY - timedelta(days=9), account="https://bsky.app/profile/somebody.example")
    (owed,) = made(theirs, post(TODAY)).owed
    assert (owed.url, owed.age_days, owed.late) == (theirs.url, 9, True)
    assert made(replace(theirs, decision="resolved")).owed == ()
    assert made(replace(theirs, match=None)).owed == ()


def test_the_mix_of_her_posts_is_counted() -> None:
    texts = (
        "We are accepting new patients.",
        "What do you teach first?",
        "New data: https://doi.org/10.1/x",
        "Good morning.",
    )
    posts = [post(TODAY - timedelta(days=n), words) for n, words in enumerate(texts)]
    assert made(*posts).mix == {"question": 1, "educational": 1, "promotional": 1, "other": 1}


def test_lists_goals_and_a_checklist_are_there() -> None:
    plan = made()
    assert set(plan.follow) == {"colleagues", "institutions", "news", "patients and advocates"}
    assert "other specialties" in plan.follow["colleagues"]
    assert "meeting" in plan.follow["news"]
    assert any("trials" in goal for goal in plan.goals)
    told = " ".join(plan.checklist)
    assert all(
        words in told for words in ("source", "summary", "permission", "not agree", "tired", "yourself")
    )
    assert made().note is None
    assert "eighteen months" in (engagement(JANE, (), date(2029, 1, 1)).note or "")


# ---------------------------------------------------------------------------- ten tips


def account(name: str = "Jane Roe, MD", said: str | None = "Oncologist. Views are my own.") -> Mention:
    return page(
        "bluesky", Claim("name", name), kind=Kind.PROFILE, url=SKY, text=said, control=Control.CONTROLLED
    )


def test_there_are_ten_tips_and_what_nobody_read_is_never_called_done() -> None:
    bare = replace(ROE, profiles=(), bio=BioFacts())
    tips = made(profile=bare).tips
    assert [one.id for one in tips] == list(range(1, 11))
    assert not [one for one in tips if one.state == "done"]


def test_tip_one_asks_for_one_professional_account() -> None:
    assert tip(1)[0] == "done"
    assert tip(1, profile=ROE)[0] == "open"
    assert SKY in tip(1, account(), profile=ROE)[1]


def test_tip_two_is_the_plan_kept() -> None:
    assert tip(2)[0] == "cannot_tell"
    assert tip(2, post(TODAY - timedelta(days=80)))[0] == "open"
    weekly = [post(TODAY - timedelta(days=7 * n + 1)) for n in range(12)]
    assert tip(2, *weekly)[0] == "done"


def test_tip_three_is_her_name_with_degree_or_role() -> None:
    assert tip(3, account())[0] == "done"
    assert tip(3, account("Onco Jane of the Hills", None))[0] == "open"
    assert "without your degree" in tip(3, account("Jane Roe", "I garden."))[1]
    assert tip(3)[0] == "cannot_tell"


def test_tip_five_is_whose_views_it_tells() -> None:
    assert tip(5, account())[0] == "done"
    assert tip(5, account(said="Oncologist."))[0] == "open"
    assert tip(5)[0] == "cannot_tell"


def test_tips_six_nine_and_ten_read_the_profile() -> None:
    assert tip(6)[0] == "done"
    undated = replace(JANE, bio=replace(JANE.bio, disclosures=(Disclosure(what="Stock in Example Corp."),)))
    assert tip(6, profile=undated)[0] == "open"
    assert tip(9)[0] == "done"
    assert tip(10)[0] == "open"
    read = replace(JANE, policy=PolicyReference(date_read=date(2026, 1, 5), contact="press@example.org"))
    assert tip(10, profile=read) == ("done", "read on 2026-01-05; ask press@example.org")


def test_the_shipped_plan_holds_an_etiquette_for_every_network_with_an_account_page() -> None:
    from reputation.dissemination.platforms import platforms

    networks = {place.id for place in platforms() if any(field.tells == "handle" for field in place.fields)}
    assert networks <= set(resources.table("data/engagement.toml")["etiquette"])
