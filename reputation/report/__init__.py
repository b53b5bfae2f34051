"""The report: a sealed audit told as HTML, Markdown, JSON, CSV or mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from reputation.errors import UsageError

if TYPE_CHECKING:
    from reputation.defense.calls import Call
    from reputation.defense.journal import Entry
    from reputation.model import Audit

FORMATS = ("html", "email", "markdown", "json", "csv")


def told(
    audit: Audit,
    form: str = "html",
    edition: str = "clinician",
    what: str = "actions",
    dialled: Mapping[str, Call] = MappingProxyType({}),
    *,
    logo: str | None = None,
    done: Sequence[Entry] | None = None,
) -> str:
    """Return `audit` in one of `FORMATS` for an edition, clinician or admin; `what` is the list for csv.

    `logo` is the practice's, as a data URI; `dialled` are the calls that the journal keeps, by number, for the call sheet;
    `done` is the journal of `beside.KINDS`, None where it is not at hand.

    The admin's edition of every form holds no review, reviewer, payment or item about others; the mail
    is always that one.
    Raises UsageError for a form, edition or list that does not exist.
    """
    # Each form is imported when it is asked for: `--help` must not pay for templates.
    if form == "html":
        from reputation.report.html import render_html  # noqa: PLC0415

        return render_html(audit, edition, dialled, logo, done=done)
    seen = _for_edition(audit, edition)
    if form == "email":
        from reputation.report.mail import drafts, to_eml  # noqa: PLC0415

        recipients = audit.profile.practice.recipients[:1] if audit.profile else ()
        at = audit.audit.finished_at
        return to_eml(drafts(audit, recipients, None, at, logo, dialled, done=done)[0]).decode("ascii")
    if form == "markdown":
        from reputation.report.markdown import render_markdown  # noqa: PLC0415

        return render_markdown(seen)
    if form == "json":
        from reputation.report.json import dumps, to_document  # noqa: PLC0415

        return dumps(to_document(seen))
    if form == "csv":
        from reputation.report.csv import to_csv  # noqa: PLC0415

        return to_csv(seen, what, dialled)
    raise UsageError(f"there is no form {form!r}; take one of {', '.join(FORMATS)}")


def _for_edition(audit: Audit, edition: str) -> Audit:
    if edition == "clinician":
        return audit
    if edition == "admin":
        from reputation.report.discretion import discreet  # noqa: PLC0415

        return discreet(audit)
    raise UsageError(f"there is no edition {edition!r}; take clinician or admin")
