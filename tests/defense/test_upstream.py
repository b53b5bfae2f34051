"""A wrong fact that was copied is mended where it was copied from, and told by its value."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reputation import resources
from reputation.defense.upstream import copied, feeds, origins
from reputation.model import Finding, Mention, Trust
from tests.defense.audits import finding, mention
from tests.defense.test_actions import routed

WRONG = "508-555-0117"


def wrong(source: str, observed: str = WRONG, number: int = 1, **fields: Any) -> tuple[Finding, Mention]:
    key = f"{source}:{number}"
    return finding(key, observed=observed, url=None, **fields), mention(number, source=source)


def parted(pairs: list[tuple[Finding, Mention]]) -> tuple[tuple[Finding, ...], tuple[Mention, ...]]:
    return tuple(one for one, _ in pairs), tuple(one for _, one in pairs)


def test_seven_listings_with_the_registrys_wrong_number_are_one_action() -> None:
    copies = ("healthgrades", "vitals", "webmd", "ratemds", "doximity", "cms-clinicians", "payer-directories")
    findings, mentions = parted([wrong("nppes"), *(wrong(source, "(508) 555-0117") for source in copies)])
    (action,) = routed(findings, mentions)
    assert set(action.finding_keys) == {one.key for one in findings}
    assert action.what.startswith("Correct NPPES NPI Registry: practice phone (should mend ")
    assert action.where_url == "https://nppes.cms.hhs.gov/"
    assert "7 other pages" in action.why
    assert "2027-02-21" in action.why, "it says when each is looked at again"
    assert action.text is not None
    assert "RateMDs, practice phone" in action.text
    assert "that it copies the record: verified" in action.text
    assert "that it copies the record: unverified" in action.text


def test_another_wrong_number_has_another_cause() -> None:
    findings, mentions = parted([wrong("nppes"), wrong("healthgrades", "617-555-0199")])
    assert len(routed(findings, mentions)) == 2


def test_a_copy_is_mended_by_itself_once_the_record_upstream_is_right() -> None:
    findings, mentions = parted([wrong("healthgrades"), wrong("vitals")])
    assert len(routed(findings, mentions)) == 2


def test_a_page_with_a_second_wrong_number_is_no_mere_copy() -> None:
    findings, mentions = parted([wrong("nppes"), wrong("ratemds", f"{WRONG}, 617-555-0199")])
    assert copied(findings, {one.key: one for one in mentions}) == {}


def test_an_address_is_the_same_with_and_without_its_suite() -> None:
    told: dict[str, Any] = {"check": "not_at_location", "field": "address_locality"}
    findings, mentions = parted(
        [
            wrong("nppes", "25 OLD MILL RD, WORCESTER, MA, 016080000", **told),
            wrong(
                "webmd",
                "25 Old Mill Road, Suite 3, Worcester, MA 01608",
                check="address_wrong",
                field="street_address",
            ),
        ]
    )
    found = copied(findings, {one.key: one for one in mentions})
    assert [one.origin.key for one in found.values()] == [findings[0].key]


def test_a_chain_is_followed_to_its_beginning() -> None:
    findings, mentions = parted([wrong("us-news"), wrong("doximity"), wrong("nppes")])
    (action,) = routed(findings, mentions)
    assert action.where_url == "https://nppes.cms.hhs.gov/"
    assert len(action.finding_keys) == 3


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["nppes", "doximity", "us-news", "healthgrades", "ratemds", "own-pages", "unheard-of"]
            ),
            st.integers(1, 2),
            st.sampled_from([WRONG, "(508) 555-0117", "617-555-0199", f"{WRONG}, 617-555-0199", None]),
        ),
        max_size=14,
        unique_by=lambda item: item[:2],
    )
)
@settings(deadline=None, max_examples=60)
def test_every_finding_is_in_one_action_however_it_was_copied(items: list[Any]) -> None:
    findings, mentions = parted([wrong(source, observed, n) for source, n, observed in items])
    actions = routed(findings, mentions)
    told = sorted(key for action in actions for key in action.finding_keys)
    assert told == sorted(one.key for one in findings)


def test_the_table_knows_its_sites_and_says_how_far_each_feed_is_known() -> None:
    sites = {row["site"] for row in resources.table("data/remedies.toml")["remedy"]}
    assert all({one.origin, one.copy} <= sites for one in feeds())
    assert {one.trust for one in feeds()} <= set(Trust)
    assert all(one.source and one.subjects for one in feeds())
    assert not {one.copy for one in feeds() if one.origin in origins()} & {"nppes"}, "no circle"
