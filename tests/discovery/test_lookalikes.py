"""Look-alikes: what may pass for her is put to her, and nobody is called an impostor."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation import resources
from reputation.config.profile import load_profile
from reputation.discovery.endorsements import Lender
from reputation.discovery.lookalikes import account_of, lookalikes
from reputation.discovery.resolve import resolve
from reputation.model import (
    Claim,
    Finding,
    Judgement,
    Kind,
    Mention,
    Outcome,
    OwnProfile,
    PersonName,
    Profile,
    Right,
    Severity,
    Trust,
)

PROFILE = """
[right]
self = true
[name]
given = "Ottilie"
family = "Brandquist"
credentials = ["MD"]
[ids]
npi = "1234567893"
[[specialties]]
label = "Medical Oncology"
taxonomy_code = "207RX0202X"
[[locations]]
name = "Elm Street Oncology"
street = "12 Elm Street"
city = "Boston"
state = "MA"
postal_code = "02115"
phone = "617-555-0134"
[[affiliations]]
name = "Example Cancer Center"
[[profiles]]
url = "https://www.instagram.com/drbrandquist"
platform = "instagram"
"""


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    file = tmp_path / "profile.toml"
    file.write_text(PROFILE, encoding="utf-8")
    return load_profile(file)


def account(url: str, title: str, text: str = "", **changes: Any) -> Mention:
    fields: dict[str, Any] = {
        "source": "google",
        "kind": Kind.RESULT,
        "url": url,
        "title": title,
        "text": text or None,
    }
    return Mention(**(fields | changes))


def found(
    profile: Profile, *mentions: Mention, judgements: tuple[Judgement, ...] = ()
) -> tuple[Finding, ...]:
    return lookalikes(profile, resolve(profile, mentions, judgements))


COPY = account(
    "https://www.instagram.com/dr.brandquist.official",
    "Dr. Ottilie Brandquist (@dr.brandquist.official) • Instagram photos and videos",
    "Medical oncologist, Example Cancer Center, Boston. Message me for private consultations.",
)


# ---------------------------------------------------------------------------- accounts


def test_a_second_account_that_copies_her_is_a_possible_look_alike(profile: Profile) -> None:
    (one,) = found(profile, COPY)
    assert (one.check, one.outcome, one.severity) == (
        "identity_mixup",
        Outcome.CANNOT_TELL,
        Severity.CRITICAL,
    )
    assert one.key == f"identity_mixup:{one.mention_key}:account"
    assert one.expected == "your account there is drbrandquist"
    assert "possible" in (one.remedy or "")
    assert "https://help.instagram.com/446663175382270" in (one.remedy or "")
    assert f"repaudit decide {one.mention_key} mine" in (one.remedy or "")


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://www.tiktok.com/@dr.brandquist1", "Dr. Ottilie Brandquist (@dr.brandquist1) | TikTok"),
        ("https://www.facebook.com/profile.dr.brandquist", "Dr. Ottilie Brandquist | Boston MA | Facebook"),
        ("https://x.com/drbrandquist_md", "(20) Ottilie Brandquist, MD (@drbrandquist_md) / X"),
        ("https://www.youtube.com/@brandquistmd", "Dr Ottilie Brandquist - YouTube"),
        (
            "https://bsky.app/profile/brandquist.example.org",
            "Dr. Ottilie Brandquist (@brandquist.example.org) — Bluesky",
        ),
        (
            "https://www.threads.net/@dr_brandquist",
            "Ottilie Brandquist, MD (@dr_brandquist) • Threads, Say more",
        ),
        (
            "https://www.linkedin.com/in/ottilie-brandquist-md-2",
            "Ottilie Brandquist, MD - Example Cancer Center | LinkedIn",
        ),
    ],
)
def test_a_second_account_is_told_on_every_platform(profile: Profile, url: str, title: str) -> None:
    platform = account_of(url)
    assert platform
    first = OwnProfile(url=url.replace(platform[1], "ottiliebrandquist1"))
    listed = replace(profile, profiles=(first,))
    (one,) = found(listed, account(url, title, "Medical oncologist in Boston"))
    assert one.severity is Severity.CRITICAL
    assert platform[0].name in (one.remedy or "")


def test_a_result_and_the_profile_behind_it_are_one_look_alike(profile: Profile) -> None:
    behind = replace(
        COPY, source="instagram", kind=Kind.PROFILE, claims=(Claim("name", "Dr. Ottilie Brandquist"),)
    )
    assert len(found(profile, COPY, behind)) == 1


def test_nobody_is_called_an_impostor(profile: Profile) -> None:
    gummies = account(
        "https://shop.example.net/slim",
        "Slim gummies",
        "Weight-loss gummies recommended by Dr. Ottilie Brandquist.",
    )
    for one in found(profile, COPY, gummies):
        words = f"{one.observed} {one.remedy} {one.expected}".casefold().replace("reportfraud.ftc.gov", "")
        assert "possibl" in words
        assert not any(word in words for word in ("impostor", "imposter", "fake", "fraud", "scammer"))


def test_her_own_account_is_left_alone(profile: Profile) -> None:
    own = account(
        "https://www.instagram.com/drbrandquist/?hl=en",
        "Ottilie Brandquist, MD (@drbrandquist) • Instagram photos and videos",
        "Medical oncologist, Boston",
    )
    assert found(profile, own) == ()


def test_an_account_that_she_has_called_hers_is_left_alone(profile: Profile) -> None:
    (one,) = found(profile, COPY)
    assert found(profile, COPY, judgements=(Judgement(key=one.mention_key or "", word="mine"),)) == ()


def test_a_namesake_is_told_by_what_contradicts_and_left_alone(profile: Profile) -> None:
    dermatologist = account(
        "https://www.instagram.com/ottilieskin",
        "Dr. Ottilie Brandquist (@ottilieskin) • Instagram photos and videos",
        "Board-certified dermatologist in Denver, Colorado",
    )
    photographer = account(
        "https://www.instagram.com/ottiliephoto",
        "Ottilie Brandquist (@ottiliephoto) • Instagram photos and videos",
        "Wedding photographer",
    )
    assert found(profile, dermatologist, photographer) == ()


@pytest.mark.parametrize(
    "said",
    ["Fan page for our favourite oncologist", "Parody account.", "Unofficial, not affiliated with her"],
)
def test_an_account_that_says_what_it_is_is_left_alone(profile: Profile, said: str) -> None:
    fans = account(
        "https://www.instagram.com/brandquistfans",
        "Dr. Ottilie Brandquist (@brandquistfans) • Instagram photos and videos",
        f"{said} Boston, Example Cancer Center",
    )
    assert found(profile, fans) == ()


def test_an_account_of_an_institution_that_speaks_of_her_is_left_alone(profile: Profile) -> None:
    hospital = account(
        "https://www.instagram.com/examplecancercenter",
        "Example Cancer Center (@examplecancercenter) • Instagram photos and videos",
        "Meet Dr. Ottilie Brandquist, our medical oncologist in Boston",
    )
    assert found(profile, hospital) == ()


def test_posts_and_pages_elsewhere_are_no_accounts(profile: Profile) -> None:
    post = account("https://www.instagram.com/p/Cinvented1/", "Dr. Ottilie Brandquist on Instagram", "Boston")
    listing = account(
        "https://www.healthgrades.com/physician/dr-ottilie-brandquist", "Dr. Ottilie Brandquist, MD", "Boston"
    )
    assert found(profile, post, listing) == ()


def test_a_professional_network_is_no_place_of_look_alikes_where_she_lists_none(profile: Profile) -> None:
    linkedin = account(
        "https://www.linkedin.com/in/ottilie-brandquist-123",
        "Ottilie Brandquist - Physician - LinkedIn",
        "Oncology professional",
    )
    assert found(profile, linkedin) == ()


def test_what_is_surely_about_her_on_a_platform_where_she_lists_none_is_taken_for_hers(
    profile: Profile,
) -> None:
    bluesky = account(
        "https://bsky.app/profile/obrandquist.example.org",
        "Ottilie Brandquist MD",
        "Oncologist in Boston at Example Cancer Center",
        source="bluesky",
        kind=Kind.PROFILE,
        claims=(Claim("name", "Ottilie Brandquist MD"),),
    )
    assert found(profile, bluesky) == ()


def test_an_account_with_her_number_is_certain_once_she_has_disowned_it(profile: Profile) -> None:
    with_number = replace(COPY, text="Medical oncologist, Boston. Call 617-555-0134")
    assert found(profile, with_number) == ()
    (resolved,) = resolve(profile, [with_number])
    (one,) = found(profile, with_number, judgements=(Judgement(key=resolved.key, word="not-mine"),))
    assert (one.outcome, one.severity) == (Outcome.DIFFERS, Severity.CRITICAL)
    assert "617" in (one.observed or "")
    (selling,) = found(profile, replace(with_number, text=f"{with_number.text}. Keto pills: order now"))
    assert selling.outcome is Outcome.CANNOT_TELL


def test_a_namesake_whom_she_has_disowned_is_left_alone(profile: Profile) -> None:
    other = account(
        "https://www.instagram.com/ottiliemd",
        "Ottilie Brandquist, MD (@ottiliemd) • Instagram photos and videos",
        "Physician. Mother of two.",
    )
    (one,) = found(profile, other)
    assert one.severity is Severity.HIGH
    assert found(profile, other, judgements=(Judgement(key=one.mention_key or "", word="not-mine"),)) == ()


def test_a_common_name_needs_more_than_a_title(profile: Profile) -> None:
    common = replace(
        profile,
        name=replace(profile.name, given="Mary", family="Smith"),
        profiles=(OwnProfile(url="https://x.com/marysmithonc"),),
    )
    other = account("https://x.com/drmarysmith", "Dr. Mary Smith (@drmarysmith) / X", "Views my own")
    assert found(common, other) == ()
    assert len(found(common, replace(other, text="Medical oncologist"))) == 1


# ---------------------------------------------------------------------------- her name lent

LENT = [
    ("Doctor recommends weight-loss gummies", "Weight loss gummies recommended by Dr. Ottilie Brandquist. Order now, 50% off."),
    ("Dr. Ottilie Brandquist reveals miracle cure", "Dr. Ottilie Brandquist reveals a miracle cure that hospitals hide."),
    ("Slim tea", "Dr. Brandquist's secret weight-loss drops. Ottilie Brandquist, MD, is a Boston oncologist."),
    ("Blood sugar drops", "Blood sugar support formula by Dr. Ottilie Brandquist - official site, free bottle"),
    ("Try this", "Dr. Ottilie Brandquist recommends this keto gummy cure"),
    ("Vital Minus", "Oncologist Ottilie Brandquist of Boston, MA endorses the supplement. Order now."),
    ("Vital Plus", "Endorsed by Dr. Ottilie Brandquist, these supplements renew you. Buy now, limited stock."),
]  # fmt: skip

NOT_LENT = [
    ("Oncologist warns of weight-loss gummies", "Dr. Ottilie Brandquist warns that weight-loss gummies recommended by nobody are a scam."),
    ("Do supplements help?", "Dr. Ottilie Brandquist recommends vitamin D supplements to patients with low levels."),
    ("What oncologists think of miracle cures", '"There is no evidence for it", Dr. Ottilie Brandquist said of the miracle cure.'),
    ("Trial of CBD oil", "Dr. Ottilie Brandquist developed a trial of CBD oil for nausea, published in a journal."),
    ("A new smile", "Dr. Ottilie Brandquist recommends gummy smile correction."),
    ("Supplements", "Dr. Ottilie Brandquist of Boston treats cancer. The state recommends vitamins."),
    ("Faces of the centre", "Dr. Ottilie Brandquist uses music. The shop sells gummies and tea to visitors."),
    ("Detox tea", "Detox tea recommended by Dr. Jonas Brandquist. Order now."),
    ("Gummies", "Weight-loss gummies recommended by doctors. Buy now. Photograph: Ottilie Brandquist"),
    ("Supplements", "A deepfake shows Dr. Ottilie Brandquist. Keto gummies by Dr. Ottilie Brandquist are fake."),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text"), LENT)
def test_her_name_beside_a_product_that_it_is_lent_to_is_found(
    profile: Profile, title: str, text: str
) -> None:
    (one,) = found(profile, account("https://news.example.net/health", title, text))
    assert one.key.endswith(":endorsement")
    assert one.outcome is Outcome.CANNOT_TELL
    assert one.severity.rank >= Severity.HIGH.rank
    assert "brandquist" in (one.observed or "")


@pytest.mark.parametrize(("title", "text"), NOT_LENT)
def test_advice_research_warnings_and_others_are_not_mistaken_for_it(
    profile: Profile, title: str, text: str
) -> None:
    assert found(profile, account("https://news.example.net/health", title, text)) == ()
    article = account("https://news.example.net/health", title, text, kind=Kind.ARTICLE)
    assert found(profile, article) == ()


def test_a_cure_is_graver_than_a_product(profile: Profile) -> None:
    cure, tea = (account(f"https://example.net/{n}", *LENT[n]) for n in (1, 4))
    severities = {one.url: one.severity for one in found(profile, cure, tea)}
    assert severities[cure.url] is Severity.CRITICAL
    assert severities[tea.url] is Severity.HIGH


def test_what_she_sells_on_her_own_site_is_her_affair(profile: Profile) -> None:
    with_site = replace(profile, websites=("https://brandquist.example.org",))
    own = account("https://brandquist.example.org/shop", *LENT[4])
    assert found(with_site, own) == ()


def test_the_order_of_mentions_changes_nothing(profile: Profile) -> None:
    mentions = [COPY, *(account(f"https://example.net/{n}", *row) for n, row in enumerate(LENT))]
    assert found(profile, *mentions) == found(profile, *reversed(mentions))
    assert len(found(profile, *mentions)) == 1 + len(LENT)


@given(
    st.text(max_size=300), st.sampled_from([text for _, text in (*LENT, *NOT_LENT)]), st.text(max_size=300)
)
def test_no_text_ends_in_a_crash_and_what_is_found_names_her(before: str, text: str, after: str) -> None:
    lender = Lender(Profile(right=Right(is_self=True), name=PersonName(given="Ottilie", family="Brandquist")))
    lent = lender.find(before, f"{text} {after}")
    assert lent is None or "brandquist" in lent.phrase


# ---------------------------------------------------------------------------- the table


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        ("https://x.com/DrRoe?lang=en", "drroe"),
        ("https://twitter.com/drroe/", "drroe"),
        ("https://www.facebook.com/people/Jane-Roe/100012345678901/", "jane-roe"),
        ("https://www.tiktok.com/@jane.roe", "jane.roe"),
        ("https://www.youtube.com/@janeroe", "janeroe"),
        ("https://de.linkedin.com/in/jane-roe", "jane-roe"),
        ("https://x.com/drroe/status/1", None),
        ("https://www.youtube.com/watch?v=invented", None),
        ("https://www.facebook.com/groups/123", None),
        ("https://example.org/@janeroe", None),
    ],
)
def test_an_account_is_told_from_a_post(url: str, handle: str | None) -> None:
    at = account_of(url)
    assert (at[1] if at else None) == handle


WARES = """
weight-loss gummies, gummies, keto gummy, gummy cure, keto pills, diet pill, fat-burner, miracle cure, cure-all, cures cancer naturally, cbd oil, detox tea
male enhancement, testosterone booster, blood sugar drops, black seed oil, apricot kernels, laetrile, colloidal silver, miracle mineral
skin tag remover, anti-aging serum, supplements, vitamin, probiotics, herbal, collagen, serum, capsules, essential oil, superfood
"""


def test_every_ware_has_a_sample_and_no_sample_is_without_a_word_that_marks_it() -> None:
    table = tomllib.loads(resources.text("data/lookalikes.toml"))["endorsement"]
    samples = [one for one in re.split(r",\s|\n", WARES) if one]
    for ware in (*table["wares"], *table["mild"]):
        assert any(re.search(ware, sample) for sample in samples), ware
    for sample in samples:
        assert set(table["marks"].split()) & set(re.findall("[a-z]+", sample)), sample


def test_the_table_is_whole() -> None:
    table = tomllib.loads(resources.text("data/lookalikes.toml"))
    for row in table["platform"]:
        assert Trust(row["trust"])
        assert row.get("form", "https://").startswith("https://")
