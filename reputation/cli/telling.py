"""What the terminal prints of an audit: plain lines, hostile text made harmless."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reputation.model import Audit, Finding, MatchDecision, Mention, Profile

_GAP = re.compile(r"(?<=\S) {3,}")
FORMAT_MARKS = {"Cc", "Cf", "Co", "Cs"}


def clean(text: str | None, limit_chars: int = 100) -> str:
    """Return `text` on one line without control or direction marks, cut at a word."""
    bare = "".join(
        " " if c.isspace() else c
        for c in text or ""
        if c.isspace() or unicodedata.category(c) not in FORMAT_MARKS
    )
    line = " ".join(bare.split())
    if len(line) <= limit_chars:
        return line
    return line[:limit_chars].rsplit(" ", 1)[0][: limit_chars - 1] + "…"


def clean_columns(line: str) -> str:
    """Return a line of a table without control or direction marks, its spacing kept."""
    return "".join(c for c in line if unicodedata.category(c) not in FORMAT_MARKS)


def fitted(line: str, width: int) -> str:
    """Return a line that fits `width` columns: its columns moved together, else broken at spaces and indented below.

    A word that is longer, such as an address or a key, stays whole: it is there to be copied.
    """
    if len(line) <= width:
        return line
    close = _GAP.sub("  ", line.rstrip())
    if len(close) <= width:
        return close
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    broken = textwrap.wrap(
        line.rstrip(),
        max(width, 2 * len(indent)),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )
    return "\n".join(broken)


def audit_lines(audit: Audit, report: Path) -> Iterator[str]:
    """Yield the verdict, the first three actions and where the report lies."""
    yield f"{audit.quarter}: {audit.verdict.status.value.replace('_', ' ')}"
    for reason in audit.verdict.reasons:
        yield f"  - {clean(reason.text, 200)}"
    actions = audit.actions[:3]
    if actions:
        yield "First to do:"
    for number, action in enumerate(actions, 1):
        where = f" ({clean(action.where_url, 120)})" if action.where_url else ""
        where += f" [route: {action.trust.value}]"
        yield f"  {number}. {clean(action.what, 200)}{where}"
    if audit.comparison is not None:
        count = len(audit.comparison.changes)
        yield f"Since the audit before: {count} change{'s' if count != 1 else ''}"
    yield f"Next audit: {audit.verdict.next_audit_on}"
    yield f"Report: {report}"


def found_lines(audit: Audit, *, everything: bool) -> Iterator[str]:
    """Yield what was found, a line an item: about her, then the questions to her, the most telling first."""
    from reputation.discovery.namesakes import namesakes, questions

    by_decision = {
        decision: [m for m in audit.mentions if m.match and m.match.decision is decision]
        for decision in MatchDecision
    }
    hers, others = by_decision[MatchDecision.MATCH], by_decision[MatchDecision.NON_MATCH]
    asked = questions(audit.mentions)
    yield f"About you ({len(hers)}):"
    yield from map(_line, hers)
    yield f"Possibly about you: decide each with `repaudit decide KEY mine` or `not-mine` ({len(asked)}):"
    yield from map(_line, asked)
    if everything:
        yield f"About other people, or about nobody ({len(others)}):"
        yield from (f"  {clean(one.key, 60)}  {one.kind.value}  {clean(one.url, 70)}" for one in others)
    elif others:
        yield f"{len(others)} more are about other people or nobody; see them with --all"
    for other in namesakes(audit.mentions):
        yield f"Somebody of your name: {clean(other.label)}"


def _line(mention: Mention) -> str:
    rating = (
        f" {mention.rating_value:g}/{mention.best_rating:g}"
        if mention.rating_value is not None and mention.best_rating
        else ""
    )
    label = f" {mention.sentiment.label.value}" if mention.sentiment and mention.sentiment.label else ""
    word = f" [{mention.decision}]" if mention.decision else ""
    return (
        f"  {clean(mention.key, 60)}  {mention.kind.value}{rating}{label}{word}  {clean(mention.title, 70)}"
    )


def explained(audit: Audit, key: str) -> dict[str, Any]:
    """Return all that the audit holds on one mention or finding as a JSON object."""
    from reputation.codec import to_plain

    mention = next((m for m in audit.mentions if m.key == key), None)
    findings = [f for f in audit.findings if key in (f.key, f.mention_key)]
    return {"schema_version": 1, "mention": to_plain(mention), "findings": to_plain(findings)}


def explain_lines(audit: Audit, key: str) -> Iterator[str]:
    """Yield why an item was judged as it was."""
    mention = next((m for m in audit.mentions if m.key == key), None)
    findings = [f for f in audit.findings if key in (f.key, f.mention_key)]
    if mention is not None:
        yield from _mention_lines(mention, audit.profile)
    for finding in findings:
        yield from _finding_lines(finding)


def _mention_lines(mention: Mention, profile: Profile | None) -> Iterator[str]:
    from reputation.discovery.explaining import missing, waterfall

    yield f"{clean(mention.title, 120)}"
    yield f"{mention.kind.value} from {', '.join(mention.sources)}: {clean(mention.url, 200)}"
    if mention.match is not None:
        match = mention.match
        yield f"Is it about you? {match.decision.value.replace('_', '-')}, probability {match.probability:.2f}"
        for reason in match.because:
            yield f"  - {clean(reason, 200)}"
        if match.weights:
            yield "What spoke for it (+) and against it (-); each bit doubles or halves the odds:"
            yield from (f"  {clean_columns(line)}" for line in waterfall(match))
        if profile is not None and (unsaid := missing(profile, mention)):
            yield f"Not said there, so it weighed nothing: {', '.join(unsaid)}"
    if mention.sentiment is not None and mention.sentiment.valence is not None:
        feeling = mention.sentiment
        yield f"Tone: {feeling.label.value if feeling.label else 'unknown'} ({feeling.valence:+.2f} of -1..1), about the {feeling.about.value}"
        for sentence, valence in feeling.sentences:
            yield f"  {valence:+.2f}  {clean(sentence, 160)}"
    if mention.decision:
        yield f"Your word: {mention.decision}"
    for proof in mention.evidence:
        yield f"Evidence: {proof.by.value.replace('_', ' ')}, {proof.fetched_at:%Y-%m-%d %H:%M} UTC, SHA-256 {proof.sha256[:16]}…, {clean(proof.url, 160)}"


def _finding_lines(finding: Finding) -> Iterator[str]:
    from reputation.defense.remedies import route_of

    yield f"Finding {finding.key}: {finding.check}, {finding.outcome.value.replace('_', ' ')}, {finding.severity.value}"
    yield f"  the page says: {clean(finding.observed, 160) or 'nothing'}"
    yield f"  it should say: {clean(finding.expected, 160) or 'unknown'}"
    yield f"  compared with: {clean(finding.authority, 160) or 'no authority'}"
    if finding.remedy:
        yield f"  remedy [route: {route_of(finding).trust.value}]: {clean(finding.remedy, 200)}"
