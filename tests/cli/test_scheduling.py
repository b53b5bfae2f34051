"""The calendar and the schedules: the schedules say exactly one thing, quarterly, whatever stands in the path; nothing is installed."""

from __future__ import annotations

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from reputation.cli.scheduling import schedule_for
from reputation.defense.store import open_store
from reputation.errors import UsageError
from tests.defense.audits import NOW, audit
from tests.programs import one_line, repaudit

ODD = 'my $HOME "audit" 100% of\'it & <more>'
PROFILE = '[right]\nself = true\n[name]\ngiven = "Jane"\nfamily = "Roe"\n'
NAMESPACE = {"task": "http://schemas.microsoft.com/windows/2004/02/mit/task"}


def words(workspace: Path, program: str = sys.executable) -> list[str]:
    return [program, "-m", "reputation", "--workspace", str(workspace.resolve()), "run"]


@pytest.mark.parametrize("name", ["audit", "two words", ODD])
def test_cron_runs_the_audit_on_the_first_of_each_quarter(tmp_path: Path, name: str) -> None:
    line = schedule_for("cron", tmp_path / name).text
    assert line.count("\n") == 1
    when, command = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    assert when == ["0", "9", "1", "1,4,7,10", "*"]
    assert "%" not in command.replace(r"\%", "")  # a bare one would end the command
    assert shlex.split(command.replace(r"\%", "%")) == [*words(tmp_path / name), ">/dev/null"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no cron")
@pytest.mark.parametrize("name", ["audit", "two words", ODD])
def test_the_command_of_cron_reaches_the_program_as_it_is(tmp_path: Path, name: str) -> None:
    show = tmp_path / "show me"
    show.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >&2\n', encoding="utf-8")
    show.chmod(0o700)
    command = schedule_for("cron", tmp_path / name, str(show)).text.split(" ", 5)[5].replace(r"\%", "%")
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines() == words(tmp_path / name)[1:]
    assert done.stdout == ""


def test_launchd_gets_a_property_list_of_four_days(tmp_path: Path) -> None:
    plain = plistlib.loads(schedule_for("launchd", tmp_path / ODD).text.encode())
    assert plain["ProgramArguments"] == words(tmp_path / ODD)
    assert [(one["Month"], one["Day"]) for one in plain["StartCalendarInterval"]] == [
        (1, 1), (4, 1), (7, 1), (10, 1),
    ]  # fmt: skip
    assert "RunAtLoad" not in plain


def test_windows_gets_a_task_of_four_months(tmp_path: Path) -> None:
    program = r"C:\Program Files\Python & Co\python.exe"
    task = ET.fromstring(schedule_for("windows", tmp_path / "two words", program).text)
    assert task.findtext(".//task:Command", namespaces=NAMESPACE) == program
    said = task.findtext(".//task:Arguments", namespaces=NAMESPACE)
    assert said == f'-m reputation --workspace "{(tmp_path / "two words").resolve()}" run'
    months = task.find(".//task:Months", NAMESPACE)
    assert months is not None
    assert [one.tag.rpartition("}")[2] for one in months] == ["January", "April", "July", "October"]
    assert task.findtext(".//task:Day", namespaces=NAMESPACE) == "1"


def test_systemd_makes_up_for_what_was_missed_and_takes_the_path_literally(tmp_path: Path) -> None:
    made = schedule_for("systemd", tmp_path / ODD)
    (service, service_text), (timer, timer_text) = made.files
    assert service.removesuffix(".service") == timer.removesuffix(".timer")
    assert "OnCalendar=*-01,04,07,10-01 09:00:00\nPersistent=true\n" in timer_text
    assert r"my $$HOME \"audit\" 100%% of" in service_text
    assert service in made.text
    assert timer in made.text


def test_systemd_itself_finds_no_fault(tmp_path: Path) -> None:
    if not (checker := shutil.which("systemd-analyze")):
        pytest.skip("there is no systemd here")
    for name, text in schedule_for("systemd", tmp_path / ODD).files:
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [checker, "--user", "verify", *map(str, tmp_path.glob("*.timer"))],
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        check=False,
    )
    about_ours = [line for line in done.stderr.splitlines() if "repaudit-" in line]
    assert about_ours == []


def test_two_workspaces_of_one_name_have_schedules_of_their_own(tmp_path: Path) -> None:
    one, other = (schedule_for("systemd", tmp_path / way / "audit").files for way in "ab")
    assert one[0][0] != other[0][0]


def test_a_line_break_in_the_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="control character"):
        schedule_for("cron", tmp_path / "a\nb")


def test_the_command_prints_writes_on_request_and_installs_nothing(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    shown = repaudit("calendar", "--schedule", "cron", cwd=tmp_path)
    assert shown.returncode == 0
    assert shown.stdout == schedule_for("cron", tmp_path).text
    assert "nothing is installed" in shown.stderr
    written = repaudit("calendar", "--schedule", "systemd", "-o", "units", cwd=tmp_path)
    assert written.returncode == 0
    assert {path.suffix for path in (tmp_path / "units").iterdir()} == {".service", ".timer"}
    assert not (tmp_path / "audits.db").exists()


def test_a_calendar_without_an_audit_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    asked = repaudit("calendar", "-o", "audit.ics", cwd=tmp_path)
    assert asked.returncode == 2
    assert "repaudit run" in one_line(asked)
    assert not (tmp_path / "audit.ics").exists()


def test_the_calendar_of_the_latest_audit_is_written_whole(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    with open_store(tmp_path / "audits.db") as store:
        draft = store.begin(
            quarter="2026-Q4", as_of=NOW, now=NOW, profile_digest="p", sources_digest="s", options_digest="o"
        ).draft
        made = audit((), as_of=NOW)
        draft.seal(replace(made, audit=replace(made.audit, id=draft.id)))
    written = repaudit("calendar", "-o", "audit.ics", cwd=tmp_path)
    assert written.returncode == 0, written.stderr
    body = (tmp_path / "audit.ics").read_bytes()
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"DTSTART;VALUE=DATE:20270221\r\n" in body
    assert body.endswith(b"END:VCALENDAR\r\n")
