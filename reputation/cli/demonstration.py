"""The demonstration: two quarterly audits of an invented clinician, through the same code as a real one."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from reputation import resources
from reputation.cli.session import put_lines, say
from reputation.errors import Unreachable
from reputation.model import Capture, Request, Source
from reputation.workspace import PROFILE

if TYPE_CHECKING:
    from datetime import datetime

    from reputation.cli.auditing import Made
    from reputation.workspace import Workspace

FOLDER = "data/demo"


class DemonstrationWeb:
    """A `Fetch` that answers from embedded replies and opens no connection."""

    def __init__(self, replies: list[Mapping[str, Any]], as_of: datetime) -> None:
        self._replies = replies
        self._as_of = as_of

    def __call__(self, source: Source, request: Request) -> Capture:
        """Return the embedded reply; `Unreachable` where there is none."""
        asked = unquote_plus(request.url)
        for reply in self._replies:
            if reply["source"] == source.id and all(text in asked for text in reply["holds"]):
                body = resources.data(f"{FOLDER}/{reply['file']}")
                return Capture(
                    source=source.id,
                    request=request,
                    url=request.url,
                    status=reply.get("status", 200),
                    body=body,
                    sha256=hashlib.sha256(body).hexdigest(),
                    fetched_at=self._as_of,
                    media_type=reply["media_type"],
                )
        raise Unreachable("not in the demonstration web")


def demonstrate(path: Path) -> None:
    """Make the demonstration's workspace at `path`, run its two quarters and print where the report lies."""
    from reputation.workspace import make_workspace

    table = resources.table(f"{FOLDER}/demo.toml")
    profile = resources.text(f"{FOLDER}/profile.toml")
    _clear_earlier(path, profile)
    workspace = make_workspace(path, profile)
    workspace.sources.write_text(resources.text(f"{FOLDER}/sources.toml"), encoding="utf-8")
    workspace.sources.chmod(0o600)
    say("An invented clinician, two quarters, no connection opened.")
    made = [_audit(workspace, quarter, frozenset(table["only"])) for quarter in table["quarters"]][-1]
    _tell(made, path)


def _clear_earlier(path: Path, profile: str) -> None:
    """Remove an earlier demonstration at `path`, and nothing that is anybody's own."""
    earlier = path / PROFILE
    if not earlier.is_file() or earlier.read_text(encoding="utf-8") != profile:
        return
    earlier.unlink()
    for file in path.glob("audits.db*"):
        file.unlink()
    for folder in (path / "inbox", path / "reports"):
        shutil.rmtree(folder, ignore_errors=True)


def _audit(workspace: Workspace, quarter: Mapping[str, Any], only: frozenset[str]) -> Made:
    from reputation.cli.auditing import Order, audit_workspace
    from reputation.cli.progress import progress
    from reputation.discovery.collect import Narrowing
    from reputation.files import write_private

    for name in quarter["inbox"]:
        write_private(workspace.inbox / Path(name).name, resources.data(f"{FOLDER}/{name}"))
    say(f"\nAudit as of {quarter['as_of']:%Y-%m-%d}")
    with progress(only) as (on_event, tell):
        order = Order(
            now=quarter["as_of"],
            narrowing=Narrowing(source_ids=only),
            on_event=on_event,
            say=tell,
            fetch=DemonstrationWeb(quarter["replies"], quarter["as_of"]),
            has_key=lambda _source: True,
        )
        made = audit_workspace(workspace, order)
    if "exported" in quarter:
        _take_biographies(workspace, quarter["exported"], quarter["as_of"])
    return made


def _take_biographies(workspace: Workspace, platforms: list[str], at: datetime) -> None:
    from reputation.cli.auditing import remember_exports
    from reputation.cli.session import open_audits
    from reputation.dissemination.bio import tell_bio

    profile = workspace.load_profile()
    bios = [tell_bio(profile, name, on=at.date()) for name in platforms]
    with open_audits(workspace) as store:
        remember_exports(store, profile, bios, at)


def _tell(made: Made, path: Path) -> None:
    from reputation.cli.telling import audit_lines

    say("")
    put_lines(audit_lines(made.audit, made.report))
    say(
        f"next: open the report, or try `repaudit --workspace {path} show`; then `repaudit init DIR` for yourself"
    )
