"""By law: nothing is said in a story or a verdict that the mentions do not bear out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reputation.definition.assess import assess_mentions
from reputation.definition.checks import check_all
from reputation.definition.narrative import narrate
from reputation.definition.verdict import decide
from reputation.model import (
    Category,
    Claim,
    Coverage,
    CoverageStatus,
    Figure,
    Kind,
    Match,
    MatchDecision,
    Mention,
    Rank,
)
from tests.definition.clinician import NOW, mention, profile
from tests.definition.derivable import unborne, unborne_reason

_TEXTS = (
    "She listened and explained everything. I trust her.",
    "Rude. I waited two hours and she never called back.",
    "The front desk billed me twice and the receptionist was rude.",
    "A trial of rest after chemotherapy in 120 patients.",
    "Board suspends license of Ada Roe",
    "Kind doctor but the diagnosis was wrong. Good staff.",
    "",
)
_SOURCES = (
    "vitals",
    "healthgrades",
    "google-news",
    "pubmed",
    "clinicaltrials",
    "reddit",
    "serpapi-google",
    "nppes",
)


@st.composite
def _mentions(draw: st.DrawFn) -> tuple[Mention, ...]:
    kinds = draw(st.lists(st.sampled_from(list(Kind)), max_size=25))
    return tuple(draw(_mention(n, kind)) for n, kind in enumerate(kinds))


@st.composite
def _mention(draw: st.DrawFn, n: int, kind: Kind) -> Mention:
    source = draw(st.sampled_from(_SOURCES))
    fields: dict[str, Any] = {
        "title": draw(
            st.sampled_from(
                ("Ada Roe, MD", "A trial of rest", "Board suspends license of Ada Roe", "Notes, 2nd part.")
            )
        ),
        "text": draw(st.sampled_from(_TEXTS)),
        "date_published": draw(
            st.one_of(
                st.none(), st.sampled_from(("2019", "2021-03", "2024-05-06", "2026-08-03", "2031-01-01"))
            )
        ),
        "match": Match(decision=draw(st.sampled_from(list(MatchDecision))), probability=0.5),
    }
    if kind is Kind.LISTING:
        fields["rating_value"] = draw(st.sampled_from((None, 0.0, 1.5, 3.67, 5.0)))
        fields["rating_count"] = draw(st.sampled_from((None, 0, 3, 1204)))
        fields["claims"] = tuple(
            Claim(name, draw(st.sampled_from(values)))
            for name, values in (
                ("telephone", ("508-555-0117", "617.555.0134", "(617) 555-0199")),
                ("street_address", ("12 Elm Street", "99 Oak Avenue")),
                ("address_locality", ("Boston", "Worcester")),
                ("address_region", ("MA",)),
                ("postal_code", ("02115", "016080000")),
            )
        )
    if kind is Kind.ARTICLE:
        fields["claims"] = tuple(
            Claim("publication_status", mark) for mark in draw(st.sampled_from(((), ("retracted",))))
        )
    if kind is Kind.RESULT:
        fields["ranks"] = (Rank(engine="google", query="Ada Roe", position=draw(st.integers(0, 12))),)
    return mention(f"{source}:m{n}", kind, **fields)


_COVERAGE = st.lists(
    st.builds(
        Coverage,
        source=st.sampled_from(_SOURCES),
        category=st.sampled_from(list(Category)),
        status=st.sampled_from(list(CoverageStatus)),
    ),
    unique_by=lambda row: row.source,
)


@given(_mentions(), _COVERAGE)
def test_every_number_and_quote_of_a_story_leads_to_mentions(
    mentions: tuple[Mention, ...], coverage: list[Coverage]
) -> None:
    assessed = assess_mentions(profile(), mentions, ())
    assert unborne(narrate(profile(), assessed, coverage, NOW), assessed, coverage) == []


@given(mentions=_mentions(), coverage=_COVERAGE, is_confirmed=st.booleans())
def test_every_number_of_a_reason_leads_to_its_findings_and_their_mentions(
    mentions: tuple[Mention, ...], coverage: list[Coverage], *, is_confirmed: bool
) -> None:
    of = profile() if is_confirmed else profile(confirmed={})
    assessed = assess_mentions(of, mentions, ())
    findings = check_all(of, assessed, (), NOW)
    verdict = decide(
        of,
        coverage=coverage,
        findings=findings,
        mentions=assessed,
        pages=(),
        judgements=(),
        signoff=None,
        now=NOW,
    )
    by_key, known = {one.key: one for one in findings}, {one.key: one for one in assessed}
    for reason in verdict.reasons:
        if reason.rule in {"open_finding", "conflict"}:
            assert reason.keys
            assert unborne_reason(reason, by_key, known) == []
        else:
            assert reason.rule in {"page_one", "rating_sites", "unconfirmed", "signoff"}
            assert not reason.keys
    paths = {path for reason in verdict.reasons if reason.rule == "unconfirmed" for path in reason.grounds}
    assert bool(paths) is not is_confirmed


def test_the_check_itself_can_fail() -> None:
    mentions = tuple(mention(f"vitals:r{n}", Kind.REVIEW, title="", text=_TEXTS[0]) for n in range(3))
    assessed = assess_mentions(profile(), mentions, ())
    told = narrate(profile(), assessed, (), NOW)
    opinions = next(one for one in told.statements if one.topic == "opinions")
    for wrong in (
        replace(opinions, text=opinions.text.replace("3", "4")),
        replace(opinions, keys=("vitals:r0", "somebody:else")),
        replace(opinions, text=f"{opinions.text} “Quite unlike her.”"),
        replace(opinions, figures=(Figure(text="3", keys=("vitals:r0",)),)),
    ):
        assert unborne(replace(told, statements=(wrong,), summary=wrong.text), assessed, ()), wrong.text
