"""The schedule of the quarterly audit, as text for cron, systemd, launchd and Windows.

Nothing is installed: she reads the text and puts it in place herself.  It runs `run` in her workspace at nine in the
morning of the first of January, April, July and October, and nothing else.
"""

from __future__ import annotations

import hashlib
import plistlib
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from reputation.errors import UsageError

MONTHS = {1: "January", 4: "April", 7: "July", 10: "October"}
HOUR = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """The files of one schedule by name, and how to put them in place."""

    files: tuple[tuple[str, str], ...]
    how: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it on one page; where there are several files each is headed by its name."""
        if len(self.files) == 1:
            return self.files[0][1]
        return "\n".join(f"# {name}\n{text}" for name, text in self.files)


def schedule_for(system: str, workspace: Path, program: str = sys.executable) -> Schedule:
    """Return the schedule of `workspace` for cron, systemd, launchd or windows; `program` is a Python.

    Raises:
        UsageError: where a path holds a line break, which none of these systems can quote.
    """
    path = workspace.resolve()
    command = (program, "-m", "reputation", "--workspace", str(path), "run")
    if any(re.search(r"[\x00-\x1f\x7f]", part) for part in command):
        raise UsageError(
            f"the path {str(path)!r} holds a control character and cannot be scheduled; rename the folder"
        )
    label = _label(path)
    made = {"cron": _cron, "systemd": _systemd, "launchd": _launchd, "windows": _windows}
    return made[system](command, label)


def _label(path: Path) -> str:
    """Return a name that is this workspace's alone, such as repaudit-my-audit-3f2a9c."""
    plain = re.sub(r"[^a-z0-9]+", "-", path.name.lower()).strip("-") or "audit"
    return f"repaudit-{plain[:40]}-{hashlib.sha256(str(path).encode()).hexdigest()[:6]}"


def _cron(command: tuple[str, ...], label: str) -> Schedule:
    """A line of crontab(5), in which cron ends a command at a bare per cent sign, quoted or not."""
    line = shlex.join(command).replace("%", r"\%")
    months = ",".join(map(str, MONTHS))
    return Schedule(
        files=((label, f"0 {HOUR} 1 {months} * {line} >/dev/null\n"),),
        how=(
            "put this line into your table with `crontab -e`; take it out there to end it",
            "cron leaves out what falls while the computer is off: `repaudit history` then says that an audit is overdue",
        ),
    )


def _systemd(command: tuple[str, ...], label: str) -> Schedule:
    """A user's timer; what was missed while the computer was off is made up: systemd.timer(5)."""
    months = ",".join(f"{month:02}" for month in MONTHS)
    service = (
        "[Unit]\nDescription=Quarterly reputation audit\n\n[Service]\nType=oneshot\n"
        f"ExecStart={' '.join(map(_unit_quoted, command))}\nStandardOutput=null\n"
    )
    timer = (
        "[Unit]\nDescription=Quarterly reputation audit\n\n[Timer]\n"
        f"OnCalendar=*-{months}-01 {HOUR:02}:00:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )
    folder = "~/.config/systemd/user"
    return Schedule(
        files=((f"{label}.service", service), (f"{label}.timer", timer)),
        how=(
            f"save both files in {folder} (-o {folder} does), then run:",
            f"systemctl --user daemon-reload && systemctl --user enable --now {label}.timer",
        ),
    )


def _unit_quoted(word: str) -> str:
    """Return a word of ExecStart=: quoted, with specifiers and variables taken literally, systemd.service(5)."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return plain if re.fullmatch(r"[\w./:@=+-]+", plain) else f'"{plain}"'


def _launchd(command: tuple[str, ...], label: str) -> Schedule:
    """A user's agent; what was missed while the computer slept is made up: launchd.plist(5)."""
    name = f"local.{label}"
    plain = {
        "Label": name,
        "ProgramArguments": list(command),
        "StartCalendarInterval": [{"Month": month, "Day": 1, "Hour": HOUR, "Minute": 0} for month in MONTHS],
    }
    file = f"~/Library/LaunchAgents/{name}.plist"
    return Schedule(
        files=((f"{name}.plist", plistlib.dumps(plain, sort_keys=False).decode()),),
        how=(f"save it as {file} (-o {file} does), then run:", f"launchctl bootstrap gui/$(id -u) {file}"),
    )


def _windows(command: tuple[str, ...], label: str) -> Schedule:
    """A task in the XML of the Task Scheduler 1.2; without a declared encoding any editor may save it."""
    months = "".join(f"<{name} />" for name in MONTHS.values())
    text = f"""<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Quarterly reputation audit</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{HOUR:02}:00:00</StartBoundary>
      <ScheduleByMonth>
        <DaysOfMonth><Day>1</Day></DaysOfMonth>
        <Months>{months}</Months>
      </ScheduleByMonth>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
  </Settings>
  <Actions>
    <Exec>
      <Command>{escape(command[0])}</Command>
      <Arguments>{escape(subprocess.list2cmdline(command[1:]))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""
    return Schedule(
        files=((f"{label}.xml", text),),
        how=(
            f"save it as {label}.xml (-o {label}.xml does), then run:",
            f"schtasks /create /tn {label} /xml {label}.xml",
        ),
    )
