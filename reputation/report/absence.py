"""What stands where evidence would stand, for a statement that no page can bear out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reputation.model import ChangeKind
from reputation.report.wording import listed
from reputation.resources import source_title

if TYPE_CHECKING:
    from reputation.model import Change, Event, Finding, Reason, Statement

MOST_NAMED = 4
"""Sources that a sentence names; the others are counted."""


def no_page(what: str) -> str:
    """Return what stands in the place of evidence where no page can bear a statement out."""
    return f"No page stands behind this: {what}."


def why_no_page(reason: Reason) -> str:
    """Return why nothing can be opened for one reason of the verdict."""
    if reason.rule in {"page_one", "rating_sites"}:
        heard = listed([source_title(one) for one in reason.grounds])
        return no_page(f"it counts what was searched, which stands below{heard and f'; heard were {heard}'}")
    if reason.rule == "signoff":
        return no_page("it waits for your own word")
    if reason.rule == "unconfirmed":
        return no_page("it is about facts of your own profile")
    return no_page("it says what was not found at the sources that were heard")


def why_nothing_counted(statement: Statement) -> str:
    """Return why nothing can be opened for one sentence of the story."""
    sources = list(dict.fromkeys(one for figure in statement.figures for one in figure.sources))
    if sources:
        named = listed([source_title(one) for one in sources], MOST_NAMED)
        return no_page(f"it is about what was searched ({named}), which stands below")
    return no_page("it says what was not found at the sources that were heard")


def why_no_finding(finding: Finding) -> str:
    """Return why nothing can be opened for a finding."""
    if finding.url:
        return no_page(f"it was read at {finding.url}, of which nothing was kept")
    return no_page("it is about what no page that was read shows")


def why_no_event(event: Event) -> str:
    """Return why nothing can be opened for an event."""
    return no_page(
        "it stands in your profile" if event.kind == "title" else "it sums up what stands around it"
    )


def why_unchanged_page(change: Change) -> str:
    """Return why nothing can be opened for a change."""
    if change.kind is ChangeKind.VANISHED:
        return no_page("what is gone cannot be shown; its capture stands in the audit before")
    return no_page("it is about the audit itself, or about a page that was not read again")
