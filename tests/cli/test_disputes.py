"""Disputes, letters, the call sheet and the marks of trust, as a user meets them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from reputation.cli.telling import audit_lines
from reputation.model import Trust
from reputation.report import told
from tests.programs import Say
from tests.report.sample import sample

NPPES = "phone_wrong:nppes"


def one_line(done: CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("repaudit: ")]
    return line


def listed(say: Say) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(say("disputes", "list", "--json").stdout)
    return document


def test_the_demonstrations_list_is_five_things_an_administrator_can_do_alone(say: Say) -> None:
    *actions, last = json.loads(say("report", "--format", "json").stdout)["actions"]
    assert [one["owner"] for one in actions] == ["administrator"] * 5
    subjects = [
        "NPPES NPI Registry: practice location, practice phone (should mend Healthgrades too)",
        "Healthgrades: new patients",
        "Open your page on Google Maps, Vitals, WebMD",
        "example.org: suite",
        "Leave genuine negative reviews standing (RateMDs: 1)",
    ]
    for one, subject in zip(actions, subjects, strict=True):
        assert subject in one["what"]
    assert all(one["text"] and one["due_on"] and one["where_url"] for one in actions)
    due = [one["due_on"] for one in actions]
    assert due == sorted(due)
    # What only the clinician can say comes after all of it.
    assert (last["owner"], "repaudit signoff" in last["what"]) == ("clinician", True)


def test_a_request_is_kept_from_draft_to_answer(say: Say, workspace: Path) -> None:
    begun = say("disputes")
    assert "no dispute yet" in begun.stdout
    assert "act:" in begun.stdout
    made = say(
        "disputes", "add", NPPES, "--letter", "nppes.eml", "--to", "npi@example.org", "--on", "2026-01-05"
    )
    assert made.returncode == 0, made.stderr
    assert "route [secondary]" in made.stdout
    assert "next: send it" in made.stderr
    letter = message_from_bytes((workspace / "nppes.eml").read_bytes(), policy=policy.default)
    assert (letter["X-Unsent"], letter["To"]) == ("1", "npi@example.org")
    assert "508-555-0117" in letter.get_content()
    say("disputes", "update", NPPES, "--state", "sent", "--confirmation", "C-17", "--on", "2026-01-06")
    (one,) = listed(say)["disputes"]
    assert (one["state"], one["confirmation"], one["sent_on"], one["deadline"]) == (
        "sent",
        "C-17",
        "2026-01-06",
        "2026-02-05",
    )
    assert one["evidence"][0]["sha256"]
    assert one["overdue"]
    assert one["trust"] == "secondary"
    (workspace / "shot.png").write_bytes(b"picture")
    done = say(
        "disputes", "update", one["key"][:7], "refused", "--evidence", "shot.png", "--on", "2026-01-20"
    )
    assert done.returncode == 0, done.stderr
    document = listed(say)
    assert document["disputes"][0]["state"] == "refused"
    assert document["sites"][0]["refused"] == 1
    text = say("disputes", "list").stdout
    assert "0 of 1 mended; 1 refused" in text
    assert "[secondary]" in text


def test_what_was_mended_and_is_wrong_again_is_told_by_run_list_and_report(say: Say) -> None:
    say("disputes", "add", NPPES, "--state", "sent", "--on", "2026-01-05")
    say("disputes", "update", NPPES, "mended", "--on", "2026-02-05")
    ran = say("run", "--offline", "--as-of", "2026-11-20")
    assert ran.returncode == 0, ran.stderr
    assert "WRONG AGAIN since 2026-11-20: NPPES NPI Registry" in ran.stdout
    assert "Wrong again: Correct NPPES" in ran.stdout
    assert say("disputes").stdout.startswith("WRONG AGAIN")
    assert "Wrong again: Correct NPPES" in say("report", "--for", "admin").stdout
    assert listed(say)["alarms"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "nobody"), "nothing has a key"),
        (("add", "phone_wrong"), "keys begin with phone_wrong"),
        (("add", NPPES, "--deadline", "soon"), "is no day"),
        (("add", NPPES, "--on", "2100-01-01"), "has not come yet"),
        (("add", NPPES, "--evidence", "no-such-file"), "is no file, no link"),
        (("add", NPPES, "--letter", "letter.doc"), ".eml"),
        (("add", NPPES, "--letter", "l.eml", "--to", "a@b\nBcc: c@d.org"), "is not an e-mail address"),
        (("add", "ratemds:review-71002", "--letter", "l.eml"), "nothing to correct by letter"),
        (("update", NPPES, "--state", "sent"), "there is no dispute yet"),
        (("update", NPPES), "say what happened"),
        (("add", NPPES, "--state", "won"), "won"),
    ],
)
def test_bad_input_is_one_line_and_keeps_nothing(say: Say, words: tuple[str, ...], why: str) -> None:
    done = say("disputes", *words)
    assert done.returncode == 2
    assert why in one_line(done)
    assert listed(say)["disputes"] == []


def test_the_same_thing_is_not_disputed_twice_at_once(say: Say) -> None:
    say("disputes", "add", NPPES)
    assert "is about the same" in one_line(say("disputes", "add", NPPES))


@pytest.mark.parametrize(
    "words",
    [
        ("--route", "pay the site to remove it"),
        ("--note", "have staff post five-star reviews"),
        ("--route", "threaten the reviewer with a lawsuit"),
        ("--note", "ask only happy patients for reviews"),
    ],
)
def test_what_harms_is_refused_and_said_why(say: Say, words: tuple[str, ...]) -> None:
    done = say("disputes", "add", NPPES, *words)
    assert done.returncode == 10
    line = one_line(done)
    assert "refused, and nothing was kept" in line
    assert "16 CFR" in line or "Google" in line
    assert listed(say)["disputes"] == []


def test_a_note_that_tells_of_a_patient_is_not_kept(say: Say) -> None:
    done = say("disputes", "add", NPPES, "--note", "Mrs. Poe came in on 3 March with a rash, MRN 12345")
    assert done.returncode == 10
    assert listed(say)["disputes"] == []


def test_a_genuine_opinion_is_told_to_have_no_removal_route(say: Say) -> None:
    done = say("disputes", "add", "ratemds:review-71002")
    assert "A genuine negative opinion has no removal route" in done.stderr


def test_the_call_sheet_goes_out_comes_back_and_is_told(say: Say, workspace: Path) -> None:
    out = say("report", "--for", "admin", "--format", "csv", "--list", "calls", "-o", "calls.csv")
    assert out.returncode == 0, out.stderr
    with (workspace / "calls.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["telephone"]: row["yours"] for row in rows} == {"508-555-0117": "no", "617-555-0134": "yes"}
    for row in rows:
        row["result"] = "right" if row["yours"] == "yes" else "disconnected"
        row["dialled_on"] = "2026-11-10"
    with (workspace / "calls.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    taken = say("import", "calls.csv")
    assert taken.returncode == 0, taken.stderr
    assert "2 calls kept; 1 did not reach you" in taken.stdout
    assert "0 calls kept, 2 known already" in say("import", "calls.csv").stdout
    page = say("report", "--for", "admin").stdout
    assert "dialled 2026-11-10: disconnected" in page
    say("run", "--offline", "--as-of", "2026-11-20")
    findings = json.loads(say("report", "--format", "json").stdout)["findings"]
    authorities = {
        one["authority"] for one in findings if one["check"] == "phone_wrong" and one["outcome"] == "differs"
    }
    assert authorities == {"dialled 2026-11-10: disconnected"}


def test_a_wrong_row_of_a_call_sheet_is_one_line(say: Say, workspace: Path) -> None:
    say("report", "--format", "csv", "--list", "calls", "-o", "calls.csv")
    text = (workspace / "calls.csv").read_text(encoding="utf-8")
    (workspace / "calls.csv").write_text(
        text.replace(",,,,\r\n", ",perhaps,,,\r\n").replace(",,,,\n", ",perhaps,,,\n"), encoding="utf-8"
    )
    done = say("import", "calls.csv")
    assert done.returncode == 2
    assert "“perhaps” is no result" in one_line(done)


FORMS = [
    ("html", "clinician", ""),
    ("html", "admin", ""),
    ("markdown", "clinician", ""),
    ("json", "clinician", ""),
]
FORMS += [
    ("csv", "clinician", "actions"),
    ("csv", "admin", "findings"),
    ("markdown", "admin", ""),
    ("email", "admin", ""),
]


@pytest.mark.parametrize(("form", "edition", "what"), FORMS)
@pytest.mark.parametrize("mark", list(Trust))
def test_every_form_shows_how_far_each_route_was_checked(
    form: str, edition: str, what: str, mark: Trust
) -> None:
    audit = sample()
    audit = replace(audit, actions=tuple(replace(one, trust=mark) for one in audit.actions))
    text = told(audit, form, edition, what or "actions")
    shown = {
        "html": f'Route: <span class="tag {mark.value}">{mark.value}</span>',
        "markdown": f"Route: {mark.value}.",
        "json": f'"trust": "{mark.value}"',
        "email": f"Route: {mark.value}",
        "csv": f",{mark.value},",
    }[form]
    if what == "findings":
        assert ",trust," in text
        assert any(f",{one.value}," in text for one in Trust)
    else:
        assert text.count(shown) >= (1 if edition == "admin" else len(audit.actions))


def test_the_terminal_shows_how_far_each_route_was_checked() -> None:
    lines = "\n".join(audit_lines(sample(), Path("report.html")))
    assert lines.count("[route: ") == min(3, len(sample().actions))
