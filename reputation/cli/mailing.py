"""The mail: a draft for each recipient, or sent by SMTP on the user's word."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.cli.session import practice_logo, put, say
from reputation.errors import UsageError

if TYPE_CHECKING:
    from email.message import EmailMessage

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
    recipients = to or list(workspace.load_profile().practice.recipients)
    if send:
        _send(workspace, audit, recipients)
        return
    sender = os.environ.get("REPAUDIT_SMTP_FROM") or None
    made = _made(workspace, audit, recipients, sender)
    for number, message in enumerate(made, 1):
        path = _write_draft(workspace, audit, message, number)
        put(f"draft for {message['To'] or 'whom you choose'}: {path}")
    say("next: open the draft in your mail program, read it, and send it; or `repaudit email --send`")


def _made(
    workspace: Workspace, audit: Audit, recipients: Sequence[str], sender: str | None
) -> tuple[EmailMessage, ...]:
    """Return the messages, with what the journal keeps of calls and requests in the report attached."""
    from reputation.cli.auditing import journal_of
    from reputation.cli.session import open_audits
    from reputation.defense.calls import calls
    from reputation.report.mail import drafts

    with open_audits(workspace) as store:
        dialled, done = calls(store.entries("call")), journal_of(store)
    logo = practice_logo(workspace)
    return drafts(audit, recipients, sender, datetime.now(UTC), logo, dialled, done=done)


def _write_draft(workspace: Workspace, audit: Audit, message: EmailMessage, number: int) -> Path:
    from reputation.files import write_private
    from reputation.report.mail import to_eml

    path = workspace.report(audit.quarter).with_name(f"mail-{number}.eml")
    write_private(path, to_eml(message))
    return path


def _send(workspace: Workspace, audit: Audit, recipients: list[str]) -> None:
    from reputation.report.smtp import send, settings_from

    if not recipients:
        raise UsageError(
            "there is nobody to send to; name one with --to, or `recipients` under [practice] in profile.toml"
        )
    ca_file = workspace.load_network().ca_file
    settings = settings_from(os.environ, str(ca_file) if ca_file else None)
    made = _made(workspace, audit, recipients, settings.sender)
    served = send(made, settings)
    put(f"sent to {', '.join(served)}")
