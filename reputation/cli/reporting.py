"""The report: any audit, again, in any form."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reputation.cli.session import chosen_audit, deliver, open_audits, open_workspace, practice_logo, say

PANEL = "The report"


class Edition(StrEnum):
    """For whom the report is."""

    CLINICIAN = "clinician"
    ADMIN = "admin"


class Form(StrEnum):
    """The forms of the report."""

    HTML = "html"
    EMAIL = "email"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the program."""
    app.command(rich_help_panel=PANEL)(report)
    app.command(rich_help_panel=PANEL)(email)


def report(
    context: typer.Context,
    audit: Annotated[str | None, typer.Option(help="The audit's id or quarter; else the latest.")] = None,
    edition: Annotated[
        Edition, typer.Option("--for", help="The clinician's holds all; the administrator's no review text.")
    ] = Edition.CLINICIAN,
    form: Annotated[Form, typer.Option("--format", help="The form to give it in.")] = Form.HTML,
    what: Annotated[
        str, typer.Option("--list", help="With csv: actions, findings, mentions, ratings, coverage or calls.")
    ] = "actions",
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of the JSON form and stop.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; else standard output.")
    ] = None,
) -> None:
    """Give any audit again, as one HTML file, Markdown, JSON or CSV.

    The call sheet for the front desk: repaudit report --format csv --list calls -o calls.csv

    Example: repaudit report --format html -o report.html
    """
    if schema:
        from reputation.report.json import dumps
        from reputation.report.json import schema as json_schema

        deliver(dumps(json_schema()), output)
        return
    from reputation.cli.auditing import journal_of
    from reputation.defense.calls import calls
    from reputation.report import told

    workspace = open_workspace(context)
    with open_audits(workspace) as store:
        found = chosen_audit(store, audit)
        dialled, done = calls(store.entries("call")), journal_of(store)
    logo = practice_logo(workspace) if form in {Form.HTML, Form.EMAIL} else None
    deliver(told(found, form.value, edition.value, what, dialled, logo=logo, done=done), output)
    if form is Form.CSV and what == "calls":
        say(
            "next: dial each number, fill in result and dialled_on, save as CSV, then repaudit import calls.csv"
        )


def email(
    context: typer.Context,
    to: Annotated[
        list[str] | None, typer.Option(help="A recipient; may be given again. Else those in profile.toml.")
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Send it by SMTP, as REPAUDIT_SMTP_* say; else write drafts.")
    ] = False,
    audit: Annotated[str | None, typer.Option(help="The audit's id or quarter; else the latest.")] = None,
) -> None:
    """Write a draft mail with the digest and the administrator's report: no review text, no reviewer.

    Example: repaudit email --to office@example.org
    """
    from reputation.cli.mailing import mail_audit

    workspace = open_workspace(context)
    with open_audits(workspace) as store:
        found = chosen_audit(store, audit)
    mail_audit(workspace, found, to or [], send=send)
