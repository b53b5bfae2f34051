"""Being found, and appearing the same: by what the audit saw, silence never told as absence."""

from __future__ import annotations

from dataclasses import replace

from reputation import load_sources
from reputation.definition.page_one import first_pages
from reputation.dissemination.accounts import BY_HAND, handle_of, handle_suggestions
from reputation.dissemination.platforms import platforms
from reputation.dissemination.presence import Presence, presence
from reputation.model import Claim, Control, Kind, Mention, OwnProfile, Profile, Rank
from tests.dissemination.test_bio import ROE
from tests.dissemination.test_drift import page

JANE = replace(
    ROE,
    profiles=(
        OwnProfile(url="https://bsky.app/profile/drjaneroe", platform="bluesky"),
        OwnProfile(url="https://www.instagram.com/drjaneroe", purpose="personal"),
        OwnProfile(url="https://www.linkedin.com/in/jane-roe-example", platform="linkedin"),
    ),
)


def result(url: str, control: Control, *positions: int, query: str = "Jane Roe", **more: object) -> Mention:
    ranks = tuple(Rank(engine="google", query=query, position=n) for n in positions)
    fields = {"kind": Kind.RESULT, "url": url, "ranks": ranks, "control": control, **more}
    return page("serpapi-google", **fields)


SITE = result("https://roe.example.com", Control.OWNED, 6)
LINKED = result("https://www.linkedin.com/in/jane-roe-example", Control.CONTROLLED, 14)
GRADES = result(
    "https://www.healthgrades.com/physician/dr-jane-roe-x1", Control.INFLUENCED, 2, title="Dr. Jane Roe"
)
OTHER = replace(result("https://www.doximity.com/pub/john-roe", Control.NOT_ABOUT_ME, 4), match=None)


def found(*mentions: Mention, profile: Profile = JANE) -> Presence:
    return presence(profile, mentions, first_pages(mentions, ()))


def test_what_stands_just_behind_page_one_may_rise_first() -> None:
    (query,) = found(SITE, LINKED, GRADES, OTHER).queries
    assert (query.hers, query.seen) == (1, 3)
    assert [(riser.url, riser.position) for riser in query.risers][:2] == [(LINKED.url, 14), (SITE.url, 6)]
    assert query.risers[2].position is None
    assert "not seen for this query" in query.risers[2].why


def test_a_page_that_stands_high_has_nothing_left_to_rise() -> None:
    (query,) = found(replace(SITE, ranks=(Rank(engine="google", query="Jane Roe", position=1),))).queries
    assert SITE.url not in [riser.url for riser in query.risers]


def test_a_page_on_page_one_that_she_may_claim_comes_before_what_she_lacks() -> None:
    chances = found(SITE, LINKED, GRADES, OTHER).chances
    assert [chance.rank for chance in chances] == list(range(1, len(chances) + 1))
    assert (chances[0].kind, chances[0].url) == ("claim", GRADES.url)
    assert chances[1].platform == "doximity"
    assert "stands on page one for 1 of your queries" in chances[1].why
    assert all("no page of yours was seen" in chance.why for chance in chances[1:])


def test_what_she_has_is_not_told_as_lacking_and_what_does_not_fit_her_is_not_advised() -> None:
    lacks = {chance.platform for chance in found(SITE, GRADES).chances}
    assert not lacks & {"practice_website", "linkedin", "bluesky", "healthgrades"}
    assert {"google_business_profile", "doximity", "webmd_care"} <= lacks
    assert "orcid" not in lacks
    assert "asco_profile" in lacks
    nurse = replace(JANE, name=replace(JANE.name, credentials=("NP",)), specialties=())
    assert not {"doximity", "asco_profile"} & {
        chance.platform for chance in found(SITE, profile=nurse).chances
    }


def test_names_that_differ_are_told_first_and_variants_are_no_fault() -> None:
    seen = found(
        page("healthgrades", Claim("name", "Dr. Jane Roe, MD")),
        page("vitals", Claim("name", "Janet Rowe")),
        page("webmd", Claim("name", "Jane Q. Roe")),
    ).names
    assert [one.agrees for one in seen] == ["different", "compatible", "same"]


def test_pages_of_hers_that_do_not_link_to_the_others_are_named() -> None:
    own = page(
        "own-pages", Claim("same_as", "https://www.linkedin.com/in/jane-roe-example"),
        url="https://roe.example.com", control=Control.OWNED,
    )  # fmt: skip
    (gap,) = found(own).link_gaps
    assert gap.missing == ("https://bsky.app/profile/drjaneroe",)
    assert found(replace(own, control=Control.UNCONTROLLED)).link_gaps == ()


def test_a_handle_is_the_same_everywhere_and_must_be_looked_up_by_hand() -> None:
    first = handle_suggestions(ROE)[0]
    assert (first.handle, first.fits, first.note) == ("@DrJaneRoe", ("X", "Instagram"), BY_HAND)
    assert "by hand" in first.note
    assert handle_of("https://bsky.app/profile/DrJaneRoe") == "drjaneroe"
    assert handle_of("https://roe.example.com/about") is None


def test_accounts_of_different_names_are_told_as_a_share() -> None:
    made = found()
    assert set(made.handles_in_use.values()) == {"drjaneroe", "jane-roe-example"}
    assert made.handle_share == 0.5
    assert found(profile=replace(JANE, profiles=JANE.profiles[:1])).handle_share is None


def test_every_platform_with_a_page_is_seen_by_some_source() -> None:
    ids = {source.id.replace("-", "_") for source in load_sources()}
    unseen = {place.id for place in platforms() if not ids & set(place.sources)}
    assert unseen == {"practice_website", "speaker_bio", "nih_biosketch"}


def test_a_page_without_an_image_says_nothing_about_a_photo() -> None:
    states = found(
        page("vitals", Claim("image", "https://img.example.com/jane.jpg"), Claim("description", "I listen.")),
        page("webmd", Claim("image", "https://img.example.com/no-photo.png")),
        page("healthgrades", Claim("telephone", "617-555-0134")),
    ).pages
    assert [one.photo for one in states] == ["shown", "placeholder", "cannot_tell"]
    assert "biography" in states[0].has
    assert "biography" in states[2].lacks
    assert "telephone" in states[2].has


def test_the_register_labels_every_account_and_names_what_mixes_them() -> None:
    own = page(
        "own-pages", Claim("same_as", "https://www.instagram.com/drjaneroe"),
        url="https://roe.example.com", control=Control.OWNED,
    )  # fmt: skip
    garden = page(
        "instagram", Claim("description", "Garden, dog, medical oncologist at Example University"), kind=Kind.PROFILE,
        url="https://www.instagram.com/drjaneroe", ranks=(Rank(engine="google", query="Jane Roe", position=7),),
    )  # fmt: skip
    stranger = page("x", kind=Kind.PROFILE, url="https://x.com/janeroe_old")
    accounts = {account.url: account for account in found(own, garden, stranger).accounts}
    assert accounts["https://bsky.app/profile/drjaneroe"].mixes == ()
    mixes = " / ".join(accounts["https://www.instagram.com/drjaneroe"].mixes)
    assert "your professional page https://roe.example.com links to it" in mixes
    assert "it names your work: Example University" in mixes
    assert "it stands on page one for Jane Roe" in mixes
    assert "same name (@drjaneroe)" in mixes
    assert accounts["https://x.com/janeroe_old"].purpose == "unlabelled"
