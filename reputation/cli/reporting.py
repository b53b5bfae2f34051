"""The report: any audit, again, in any form."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reputation.cli.session import chosen_audit, deliver, open_audits, open_workspace

if TYPE_CHECKING:
    from reputation.model import Audit

PANEL = "The report"


class Edition(StrEnum):
    """For whom the report is."""

    CLINICIAN = "clinician"
    ADMIN = "admin"


class Form(StrEnum):
    """The forms of the report."""

    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the program."""
    app.command(rich_help_panel=PANEL)(report)


def report(
    context: typer.Context,
    audit: Annotated[str | None, typer.Option(help="The audit's id or quarter; else the latest.")] = None,
    edition: Annotated[
        Edition, typer.Option("--for", help="The clinician's holds all; the administrator's no review text.")
    ] = Edition.CLINICIAN,
    form: Annotated[Form, typer.Option("--format", help="The form to give it in.")] = Form.HTML,
    what: Annotated[
        str, typer.Option("--list", help="With csv: actions, findings, mentions, ratings or coverage.")
    ] = "actions",
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of the JSON form and stop.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; else standard output.")
    ] = None,
) -> None:
    """Give any audit again, as one HTML file, Markdown, JSON or CSV.

    Example: repaudit report --format html -o report.html
    """
    from reputation.report.json import dumps

    if schema:
        from reputation.report.json import schema as json_schema

        deliver(dumps(json_schema()), output)
        return
    with open_audits(open_workspace(context)) as store:
        found = chosen_audit(store, audit)
    deliver(_told(found, form, edition.value, what), output)


def _told(audit: Audit, form: Form, edition: str, what: str) -> str:
    if form is Form.JSON:
        from reputation.report.json import dumps, to_document

        return dumps(to_document(audit))
    if form is Form.CSV:
        from reputation.report.csv import to_csv

        return to_csv(audit, what)
    if form is Form.MARKDOWN:
        from reputation.report.markdown import render_markdown

        return render_markdown(audit)
    from reputation.report.html import render_html

    return render_html(audit, edition)
