"""The audit as one self-contained HTML page; the clinician's edition, and the administrator's."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reputation import resources
from reputation.defense.remedies import route_of
from reputation.definition.ratings import ENOUGH
from reputation.discovery.namesakes import namesakes, questions
from reputation.dissemination.freshness import age_note
from reputation.dissemination.length import UNIT_WORDS
from reputation.errors import UsageError
from reputation.model import HEARD, CoverageStatus, Kind, MatchDecision, Outcome
from reputation.render import render
from reputation.report import absence, bars, charts, wording
from reputation.report.beside import beside
from reputation.report.digest import digest
from reputation.resources import source_title

if TYPE_CHECKING:
    from reputation.defense.calls import Call
    from reputation.defense.journal import Entry
    from reputation.model import Audit, Bio, Change, Finding, Mention, PageOne

EDITIONS = ("clinician", "admin")
UNASKED = frozenset({CoverageStatus.SKIPPED, CoverageStatus.MANUAL, CoverageStatus.RETIRED})
SHOWN_AT_ONCE = 3
"""How many pieces of evidence a statement opens itself; the others are linked."""


def render_html(
    audit: Audit,
    edition: str = "clinician",
    dialled: Mapping[str, Call] = MappingProxyType({}),
    logo: str | None = None,
    *,
    done: Sequence[Entry] | None = None,
) -> str:
    """Return the report as one HTML file that asks nothing of the network.

    `edition` is clinician (everything) or admin (the worklist and what changed: no review text, no
    reviewer, no Open Payments, nobody else's news; with the call sheet, and what was `dialled` last).
    `logo` is the practice's, as a data URI; `done` is the journal of `beside.KINDS`, for requests under way,
    texts handed out and policies read.  Raises UsageError for another edition.
    """
    if edition == "clinician":
        return render("report/report.html.j2", logo=logo, **_clinician(audit, done))
    if edition == "admin":
        from reputation.report.admin import worklist  # noqa: PLC0415 - half of the reports need none of it

        return render("report/admin.html.j2", logo=logo, **worklist(audit, dialled, done))
    raise UsageError(f"there is no edition {edition!r}; take one of {', '.join(EDITIONS)}")


def script_source() -> str:
    """Return the CSP source of the report's one script: only these bytes may run."""
    digest_of = hashlib.sha256(resources.text("templates/report/script.js").encode()).digest()
    return f"'sha256-{base64.b64encode(digest_of).decode()}'"


@dataclass(frozen=True, slots=True)
class Index:
    """Finds mentions by the keys that statements carry."""

    mentions: Mapping[str, Mention]
    findings: Mapping[str, Finding]

    @classmethod
    def of(cls, audit: Audit) -> Index:
        """Return the index of one audit."""
        return cls({one.key: one for one in audit.mentions}, {one.key: one for one in audit.findings})

    def mention(self, key: str | None) -> Mention | None:
        """Return the mention that `key` names: its own key, or that of a finding about it."""
        if key is None or key in self.mentions:
            return self.mentions.get(key or "")
        finding = self.findings.get(key)
        if finding:
            return self.mentions.get(finding.mention_key or "")
        inner = key.partition(":")[2].rpartition(":")[0]
        return self.mentions.get(inner)

    def evidence(self, keys: Iterable[str | None]) -> list[Mention]:
        """Return the mentions behind `keys`, each once, in order."""
        found = (self.mention(key) for key in keys)
        return list({one.key: one for one in found if one}.values())


def anchor(key: str) -> str:
    """Return a mention's id inside the page."""
    return f"m-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:12]}"


def host(url: str | None) -> str:
    """Return the host of a URL, for people to read; empty where there is none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def quote_length(n: int) -> int:
    """Return how many characters of each of `n` texts to quote: the file must stay one that opens."""
    return max(160, min(1200, 500_000 // max(1, n)))


class Words:
    """The functions that the shared pieces of templates call; one for each page that is made."""

    shown_at_once = SHOWN_AT_ONCE
    source_title = staticmethod(source_title)
    in_words = staticmethod(wording.in_words)
    anchor = staticmethod(anchor)
    host = staticmethod(host)
    label_by = staticmethod(lambda method: wording.LABEL_BY.get(method, method))

    def __init__(self, n_texts: int = 0) -> None:
        self.quote_length = quote_length(n_texts)
        self.excerpt_length = self.quote_length // 3


FACTS = {
    "the forms and routes by which pages are mended": "data/remedies.toml",
    "who copies from whom": "data/upstream.toml",
    "professional chats": "data/engagement.toml",
}
"""What is shipped and grows old, and where it stands with its date."""


def facts_of_ours(today: date) -> list[str]:
    """Return for each table of shipped facts its date, and a warning where it has grown old."""
    dated = {what: resources.table(name)["as_of"] for what, name in FACTS.items()}
    return [
        f"What is known of {what} was gathered on {as_of.isoformat()}. {age_note(as_of, today) or ''}".strip()
        for what, as_of in dated.items()
    ]


def words(n_texts: int = 0) -> dict[str, Any]:
    """Return what every template may call or look up; `n_texts` is how many texts it will quote."""
    return {
        "w": Words(n_texts),
        "source_title": source_title,
        "in_words": wording.in_words,
        "plural": wording.plural,
        "anchor": anchor,
        "host": host,
        "script_source": script_source(),
        "coverage_words": wording.COVERAGE,
        "trust_words": wording.TRUST,
        "route_of": route_of,
        "view_words": wording.VIEW,
        "unit_words": UNIT_WORDS,
        "place_title": wording.place_title,
        "dispute_words": wording.dispute_words,
        "drift_words": wording.DRIFT,
    }


def _clinician(audit: Audit, done: Sequence[Entry] | None) -> dict[str, Any]:
    index = Index.of(audit)
    who = wording.whose(audit)
    known = {one.key for one in audit.mentions if one.match and one.match.decision is MatchDecision.MATCH}
    return {
        **words(sum(one.text is not None for one in audit.mentions)),
        "audit": audit,
        "who": who,
        "right": wording.by_what_right(audit.audit.right, who),
        "practice": audit.profile.practice if audit.profile else None,
        "digest": digest(audit),
        "evidence_of": index.evidence,
        "mention_of": index.mention,
        "is_hers": known.__contains__,
        "beside": beside(audit, done),
        "today": audit.audit.as_of.date(),
        "absence": absence,
        **_of_changes(audit, index),
        **_of_findings(audit),
        **_of_mentions(audit),
        **_of_story(audit),
        "pages": [
            (alike[0], bars.in_order(alike[0]), [one.query for one in alike[1:]]) for alike in _pages(audit)
        ],
        "ownership": bars.draw_ownership(audit.page_one),
        "curve_words": wording.curve_words,
        "control_words": wording.CONTROL,
        "enough_ratings": ENOUGH,
        "ratings": [(one, bars.gauge(one), bars.percentile_gauge(one)) for one in audit.ratings],
        "bios": [(name, list(fields)) for name, fields in groupby(_bios(audit.bios), _platform)],
        **_of_coverage(audit),
        "facts_of_ours": facts_of_ours(audit.audit.as_of.date()),
    }


def _of_changes(audit: Audit, index: Index) -> dict[str, Any]:
    changes = _changes(audit, index)
    return {
        "changes": [one for one in changes if not wording.is_move(one.change)],
        "moves": [one for one in changes if wording.is_move(one.change)],
    }


def _of_findings(audit: Audit) -> dict[str, Any]:
    by_outcome = defaultdict(list)
    for finding in sorted(audit.findings, key=lambda one: (-one.severity.rank, one.key)):
        by_outcome[finding.outcome].append(finding)
    return {
        "state_finding": wording.state_finding,
        "finding_title": wording.finding_title,
        "differs": by_outcome[Outcome.DIFFERS],
        "cannot_tell": by_outcome[Outcome.CANNOT_TELL],
        "conforms": by_outcome[Outcome.CONFORMS],
    }


def _of_mentions(audit: Audit) -> dict[str, Any]:
    decided = defaultdict(list)
    for mention in sorted(audit.mentions, key=lambda one: one.key):
        decided[mention.match.decision if mention.match else MatchDecision.POSSIBLE].append(mention)
    hers = decided[MatchDecision.MATCH]
    return {
        "reviews": sorted(
            (one for one in hers if one.kind is Kind.REVIEW),
            key=lambda one: one.date_published or "",
            reverse=True,
        ),
        "possible": _asked(audit, decided[MatchDecision.POSSIBLE]),
        "namesakes": namesakes(audit.mentions),
        "others": decided[MatchDecision.NON_MATCH],
        "mine": [one for one in hers if one.kind is not Kind.REVIEW],
    }


ONLOOKERS = {
    "patient": "What a patient would conclude in a minute",
    "colleague": "What a colleague would find",
}
"""Topics of statements that are told first, each under its own heading."""


def _of_story(audit: Audit) -> dict[str, Any]:
    story = audit.narrative
    return {
        "arc": charts.draw_arc(story.arc, story.changes),
        "onlookers": [
            (title, [one for one in story.statements if one.topic == topic])
            for topic, title in ONLOOKERS.items()
        ],
        "statements": [one for one in story.statements if one.topic not in ONLOOKERS],
        "novelty_words": wording.NOVELTY,
    }


def _of_coverage(audit: Audit) -> dict[str, Any]:
    ledger = sorted(audit.coverage, key=lambda one: (one.status not in HEARD, one.source))
    return {
        "asked": [one for one in ledger if one.status not in UNASKED],
        "unasked": [one for one in ledger if one.status in UNASKED],
        "is_heard": lambda status: status in HEARD,
        "heard_chart": bars.draw_coverage(audit.coverage),
    }


def _asked(audit: Audit, possible: list[Mention]) -> list[Mention]:
    """Return what waits for a decision, the most telling first; what another decision settles comes last."""
    first = questions(audit.mentions)
    keys = {one.key for one in first}
    return [*first, *(one for one in possible if one.key not in keys)]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change in words, with what it stands on."""

    label: str
    sentence: str
    change: Change
    mentions: list[Mention]


def _changes(audit: Audit, index: Index) -> list[ToldChange]:
    """The changes that concern the clinician; other people's are left out."""
    told = []
    for change in wording.worth_telling(audit.comparison.changes) if audit.comparison else ():
        mention = index.mention(change.key)
        if mention and mention.match and mention.match.decision is MatchDecision.NON_MATCH:
            continue
        sentence = wording.state_change(change, mention)
        told.append(ToldChange(wording.CHANGE[change.kind], sentence, change, [mention] if mention else []))
    return told


def _pages(audit: Audit) -> list[list[PageOne]]:
    """The first pages, those of one engine that show the same together; the shortest query speaks for them."""
    alike: dict[tuple[object, ...], list[PageOne]] = defaultdict(list)
    for page in sorted(audit.page_one, key=lambda one: (one.engine, len(one.query), one.query)):
        held = (page.owned, page.controlled, page.influenced, page.uncontrolled, page.not_about_me)
        alike[
            (page.engine, *held, page.neg_exposure, page.first_negative_rank, page.panel, page.keys)
        ].append(page)
    return list(alike.values())


def _bios(bios: Iterable[Bio]) -> list[Bio]:
    """The fields that hold a text, by platform."""
    return sorted((one for one in bios if one.text), key=lambda one: (one.platform, one.field))


def _platform(bio: Bio) -> str:
    return bio.platform
