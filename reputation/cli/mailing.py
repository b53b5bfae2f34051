"""The mail: a draft for each recipient, or sent by SMTP on the user's word."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.cli.session import practice_logo, put, say
from reputation.errors import UsageError

if TYPE_CHECKING:
    from email.message import EmailMessage

    from reputation.defense.calls import Call
    from reputation.model import Audit
    from reputation.workspace import Workspace


def mail_audit(workspace: Workspace, audit: Audit, to: list[str], *, send: bool) -> None:
    """Write the digest and the administrator's report as drafts, or send them.

    Without `to` the practice's recipients in profile.toml are taken.

    Raises:
        UsageError: where an address is wrong, or there is nobody to send to.
        ConfigError: where the mail settings are wrong; every problem at once.
        MailError: where a server did not accept the mail.
    """
    from reputation.report.mail import drafts

    recipients = to or list(workspace.load_profile().practice.recipients)
    if send:
        _send(workspace, audit, recipients)
        return
    sender = os.environ.get("REPAUDIT_SMTP_FROM") or None
    made = drafts(
        audit, recipients, sender, datetime.now(UTC), practice_logo(workspace), dialled=_dialled(workspace)
    )
    for number, message in enumerate(made, 1):
        path = _write_draft(workspace, audit, message, number)
        put(f"draft for {message['To'] or 'whom you choose'}: {path}")
    say("next: open the draft in your mail program, read it, and send it; or `repaudit email --send`")


def _dialled(workspace: Workspace) -> dict[str, Call]:
    """Return the last call of each number, for the call sheet in the administrator's report."""
    from reputation.cli.session import open_audits
    from reputation.defense.calls import calls

    with open_audits(workspace) as store:
        return calls(store.entries("call"))


def _write_draft(workspace: Workspace, audit: Audit, message: EmailMessage, number: int) -> Path:
    from reputation.files import write_private
    from reputation.report.mail import to_eml

    path = workspace.report(audit.quarter).with_name(f"mail-{number}.eml")
    write_private(path, to_eml(message))
    return path


def _send(workspace: Workspace, audit: Audit, recipients: list[str]) -> None:
    from reputation.report.mail import drafts
    from reputation.report.smtp import send, settings_from

    if not recipients:
        raise UsageError(
            "there is nobody to send to; name one with --to, or `recipients` under [practice] in profile.toml"
        )
    ca_file = workspace.load_network().ca_file
    settings = settings_from(os.environ, str(ca_file) if ca_file else None)
    logo = practice_logo(workspace)
    made = drafts(audit, recipients, settings.sender, datetime.now(UTC), logo, dialled=_dialled(workspace))
    served = send(made, settings)
    put(f"sent to {', '.join(served)}")
