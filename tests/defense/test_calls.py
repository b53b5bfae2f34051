"""The call sheet: which numbers, what came back from the front desk, and what a call says of a page."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.defense.calls import (
    COLUMNS,
    RESULTS,
    Call,
    call_sheet,
    calls,
    entry_of,
    is_sheet,
    read_sheet,
    with_calls,
)
from reputation.errors import UsageError
from reputation.model import Claim, Finding, Kind, Match, MatchDecision, Mention, Outcome, Severity
from reputation.report.csv import to_csv
from tests.defense.audits import ADA, NOW, audit, finding, mention

TODAY = NOW.date()
HEAD = ",".join(COLUMNS)


def prints(number: int, *phones: str, **fields: object) -> Mention:
    return mention(number, claims=tuple(Claim("telephone", text) for text in phones), **fields)


def sheet(*rows: str) -> bytes:
    return "\r\n".join([HEAD, *rows]).encode()


def dialled(result: str, telephone: str = "+16175550199", days: int = 1) -> dict[str, Call]:
    return {telephone: Call(telephone=telephone, on=TODAY - timedelta(days=days), result=result)}


def test_a_number_stands_once_with_all_its_sites_and_those_that_are_not_hers_first() -> None:
    namesake = Match(decision=MatchDecision.NON_MATCH, probability=0.01)
    unsure = Match(decision=MatchDecision.POSSIBLE, probability=0.5)
    mentions = (
        prints(1, "617-555-0134"),
        prints(2, "(617) 555-0199", source="vitals"),
        prints(3, "+1 617.555.0199", source="webmd"),
        prints(4, "617-555-0111", match=namesake),
        prints(5, "617-555-0112", match=unsure),
        prints(6, "617-555-0113", kind=Kind.REVIEW),
        prints(7, "call us"),
    )
    numbers = call_sheet(ADA, mentions)
    assert [(one.shown, one.yours, one.sites) for one in numbers] == [
        ("617-555-0199", "no", ("Vitals", "WebMD Care")),
        ("617-555-0134", "yes", ("Healthgrades",)),
    ]


def test_the_sheet_comes_back_as_it_went_out_whatever_the_spreadsheet_did_to_it() -> None:
    out = to_csv(audit((prints(1, "617-555-0199", "+44 20 7946 0958"),)), "calls")
    head, *rows = out.splitlines()
    assert not any(row.startswith(("+", "=", "-", "@")) for row in rows), "no cell begins as a formula does"
    filled = "\r\n".join([head, *(row.removesuffix(",,,,") + ",Wrong,11/20/2026,," for row in rows)])
    expected = {"+16175550199", "+442079460958"}
    bodies = (
        filled.encode(),
        filled.encode("utf-16"),
        ("\ufeff" + filled).encode(),
        filled.replace(",", ";").encode(),
    )
    for body in bodies:
        assert is_sheet(body)
        told = read_sheet(body, TODAY)
        assert {one.telephone for one in told} == expected
        assert {(one.on, one.result) for one in told} == {(date(2026, 11, 20), "wrong number")}


def test_a_row_without_a_result_was_not_dialled() -> None:
    assert read_sheet(sheet("617-555-0199,no,,,,,,,,"), TODAY) == ()


@pytest.mark.parametrize("word", [*RESULTS, "OK", "Wrong", "not in service", "Busy"])
def test_usual_words_for_a_result_are_understood(word: str) -> None:
    (told,) = read_sheet(sheet(f"617-555-0199,,,,,,{word},20.11.2026,desk,"), TODAY)
    assert told.result in RESULTS
    assert (told.on, told.answered_by) == (date(2026, 11, 20), "desk")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("617-555-0199,,,,,,maybe,,,", "row 2: “maybe” is no result"),
        ("none,,,,,,right,,,", "“none” is no telephone number"),
        ("617-555-0199,,,,,,right,2031-01-01,,", "is no day on which it can have been dialled"),
        ("617-555-0199,,,,,,right,soon,,", "is no day on which it can have been dialled"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_taken(row: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read_sheet(sheet(row), TODAY)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    assert not is_sheet(body)
    with suppress(UsageError):
        read_sheet(sheet() + b"\r\n" + body, TODAY)


def test_the_latest_call_of_a_number_holds() -> None:
    first, second = (
        Call(telephone="+16175550199", on=date(2026, 11, day), result=word)
        for day, word in ((2, "right"), (9, "fax"))
    )
    entries = [entry_of(one, NOW) for one in (second, first)]
    assert calls(entries) == {"+16175550199": second}


def judged(
    known: tuple[Finding, ...], mentions: tuple[Mention, ...], told: dict[str, Call]
) -> dict[str, Finding]:
    return {one.key: one for one in with_calls(ADA, known, mentions, told, NOW)}


def test_a_dialled_number_that_is_not_hers_makes_a_finding_with_the_day_as_its_authority() -> None:
    (made,) = judged((), (prints(1, "617-555-0199"),), dialled("wrong number")).values()
    assert (made.outcome, made.severity) == (Outcome.DIFFERS, Severity.CRITICAL)
    assert made.authority == "dialled 2026-11-20: wrong number"
    assert (made.expected, made.observed) == ("617-555-0134", "617-555-0199")


def test_a_number_that_reached_her_is_right_though_the_profile_does_not_know_it() -> None:
    (made,) = judged((finding(),), (prints(1, "617-555-0199"),), dialled("right")).values()
    assert made.outcome is Outcome.CONFORMS
    assert made.authority == "dialled 2026-11-20: right"


def test_her_own_number_that_is_dead_is_no_right_answer_any_more() -> None:
    own = "+16175550134"
    (made,) = judged((), (prints(1, "617-555-0134"),), dialled("disconnected", own)).values()
    assert made.outcome is Outcome.DIFFERS
    assert made.expected is None
    assert made.remedy is not None
    assert made.remedy.startswith("Your own number")


def test_no_answer_an_old_call_and_a_mix_up_change_nothing() -> None:
    known, mentions = (finding(),), (prints(1, "617-555-0199"),)
    for told in (dialled("no answer"), dialled("right", days=200), {}):
        assert judged(known, mentions, told) == {one.key: one for one in known}
    mixed = (finding(check="identity_mixup", field="npi"),)
    assert judged(mixed, mentions, dialled("wrong number")) == {mixed[0].key: mixed[0]}
    sound = finding(check="identity_mixup", field="npi", outcome=Outcome.CONFORMS)
    assert len(judged((sound,), mentions, dialled("wrong number"))) == 2, (
        "that her NPI is right shields no number"
    )
    unsure = replace(mentions[0], match=Match(decision=MatchDecision.POSSIBLE, probability=0.5))
    assert judged((), (unsure,), dialled("wrong number")) == {}


@pytest.mark.parametrize("payload", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_sheet_runs_in_a_spreadsheet(payload: str) -> None:
    text = to_csv(audit((prints(1, "617-555-0199", url=payload, source=payload),)), "calls")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell[:1] in {"=", "+", "-", "@", "\t"} for cell in row)
