"""The audit as Markdown: for a wiki, an issue, or a reader of plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reputation.defense.remedies import route_of
from reputation.discovery.namesakes import namesakes, questions
from reputation.model import HEARD, MatchDecision, Outcome
from reputation.render import clean, render, safe_url
from reputation.report import wording
from reputation.report.digest import digest
from reputation.report.html import Index, host
from reputation.resources import source_title

if TYPE_CHECKING:
    from reputation.model import Audit

_ACTIVE = re.compile(r"([\\`*_{}\[\]()<>#+!|~&$=-])")


def escaped(value: Any) -> str:
    """Return `value` as Markdown that shows it letter by letter, on one line."""
    text = " ".join(clean("" if value is None else str(value)).split())
    return _ACTIVE.sub(r"\\\1", text)


def linked(url: str | None, text: str | None = None) -> str:
    """Return a Markdown link if `url` may be clicked, else the text alone."""
    safe = safe_url(url)
    label = escaped(text or host(url) or url)
    return f"[{label}](<{safe}>)" if safe and label else label


def render_markdown(audit: Audit) -> str:
    """Return the clinician's report as Markdown (CommonMark with tables)."""
    index = Index.of(audit)
    who = wording.whose(audit)
    told = []
    for change in wording.worth_telling(audit.comparison.changes) if audit.comparison else ():
        mention = index.mention(change.key)
        if not (mention and mention.match and mention.match.decision is MatchDecision.NON_MATCH):
            told.append((wording.CHANGE[change.kind], wording.state_change(change, mention)))
    return render(
        "report/report.md.j2",
        audit=audit,
        who=who,
        right=wording.by_what_right(audit.audit.right, who),
        digest=digest(audit),
        changes=told,
        differs=sorted(
            (one for one in audit.findings if one.outcome is Outcome.DIFFERS),
            key=lambda one: (-one.severity.rank, one.key),
        ),
        possible=questions(audit.mentions),
        namesakes=namesakes(audit.mentions),
        state_finding=wording.state_finding,
        source_title=source_title,
        in_words=wording.in_words,
        plural=wording.plural,
        coverage_words=wording.COVERAGE,
        route_of=route_of,
        is_heard=lambda status: status in HEARD,
        e=escaped,
        linked=linked,
    )
