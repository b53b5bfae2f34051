"""The actions that ask something of a person: to look, to fetch evidence, to judge, to leave alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from reputation.defense.letters import full_name
from reputation.defense.remedies import remedy_for
from reputation.model import (
    HEARD,
    Category,
    Coverage,
    CoverageStatus,
    Finding,
    Kind,
    MatchDecision,
    Mention,
    Owner,
    Profile,
    Reason,
    SentimentLabel,
    Severity,
    Trust,
    Verdict,
    VerdictStatus,
)
from reputation.resources import source_title

_NAMED_SITES = {
    "Google Maps": ("google-maps", "google-places"),
    "Healthgrades": ("healthgrades",),
    "Vitals": ("vitals",),
    "WebMD": ("webmd",),
    "RateMDs": ("ratemds",),
}
"""The rating sites that a verdict asks for, and the sources by which each is heard."""
_NO_SOLICITING = ("psycholog", "social work", "counsel", "therapist")
"""Professions whose codes forbid to ask clients for testimonials (APA 5.05, NASW 4.07)."""

_SHOWN = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """An action before it has its place in the list; `about` is what its key is made of."""

    about: str
    what: str
    why: str
    severity: Severity
    where_url: str | None = None
    trust: Trust = Trust.VERIFIED
    owner: Owner = Owner.CLINICIAN
    effort: int = 1
    late: bool = False
    """Whether it waits behind upstream records of equal harm."""
    text: str | None = None
    finding_keys: tuple[str, ...] = ()


def to_look_at(findings: Sequence[Finding], verdict: Verdict, done: Collection[str]) -> list[Draft]:
    """Return one action for each grave finding that stands in a verdict's reason and no route mends yet."""
    wanted = {key for reason in verdict.reasons for key in reason.keys} - set(done)
    return [
        Draft(
            about=f"look {one.key}",
            what=f"Look at {one.url or 'the page'} and say whether it is true: "
            f"repaudit decide {one.key} resolved, or waived",
            why=one.remedy
            or f"It makes a grave claim that nothing here can check ({one.check.replace('_', ' ')}).",
            where_url=one.url,
            severity=one.severity,
            finding_keys=(one.key,),
        )
        for one in sorted(findings, key=lambda one: one.key)
        if one.key in wanted
    ]


def for_evidence(profile: Profile, verdict: Verdict, coverage: Sequence[Coverage]) -> list[Draft]:
    """Return what must be fetched by hand or repaired before the verdict can stand."""
    drafts = []
    if verdict.status is not VerdictStatus.SATISFIED:
        drafts += [one for reason in verdict.reasons if (one := _fetch(profile, reason, coverage))]
    refused = [row.source for row in coverage if row.status is CoverageStatus.AUTH]
    if refused:
        drafts.append(
            Draft(
                about="keys " + " ".join(sorted(refused)),
                what=f"Renew the key of {', '.join(sorted(refused))}: repaudit key test",
                why="The key was refused, so nothing was heard there.",
                severity=Severity.MEDIUM,
                owner=Owner.ADMINISTRATOR,
            )
        )
    return drafts


def _fetch(profile: Profile, reason: Reason, coverage: Sequence[Coverage]) -> Draft | None:
    text = reason.text.lower()
    if "first page" in text:
        return _page_one(profile, reason)
    if "rating sites" in text:
        return _rating_sites(profile, reason, coverage)
    if "confirmed" in text:
        return Draft(
            about="confirm",
            what="Confirm your facts of record: repaudit confirm (or correct them in profile.toml)",
            why=f"{reason.text} No page can be checked against a fact that nobody has confirmed.",
            severity=Severity.HIGH,
        )
    if "whole story" in text:
        return Draft(
            about="signoff",
            what="Read the report, then say of the whole story: repaudit signoff accurate fair, "
            "or inaccurate, or unfair",
            why=reason.text,
            severity=Severity.MEDIUM,
            effort=2,
            late=True,
        )
    if reason.keys:
        return None  # findings and unfair items have actions of their own
    return Draft(about=f"reason {reason.text}", what=reason.text, why=reason.text, severity=Severity.MEDIUM)


def _page_one(profile: Profile, reason: Reason) -> Draft:
    query = quote_plus(f'"{profile.name.given} {profile.name.family}"')
    return Draft(
        about="page one",
        what="Search your name on Google or Bing, signed out, save the page, and run: repaudit import FILE",
        why=f"{reason.text} It is what patients see first, and no program may ask it without a key.",
        where_url=f"https://www.google.com/search?q={query}",
        owner=Owner.ADMINISTRATOR,
        severity=Severity.HIGH,
        text=f"https://www.google.com/search?q={query}\nhttps://www.bing.com/search?q={query}",
    )


def _rating_sites(profile: Profile, reason: Reason, coverage: Sequence[Coverage]) -> Draft:
    heard = {row.source for row in coverage if row.status in HEARD}
    missing = [title for title, sources in _NAMED_SITES.items() if not heard & set(sources)]
    named = {source for sources in _NAMED_SITES.values() for source in sources}
    others = sorted(
        row.source
        for row in coverage
        if row.category is Category.RATINGS
        and row.status in {CoverageStatus.BLOCKED, CoverageStatus.FAILED, CoverageStatus.PARTIAL}
        and row.source not in named
    )
    also = f" (blocked or failed as well: {', '.join(others)})" if others else ""
    return Draft(
        about="rating sites",
        what=f"Open your page on {', '.join(missing)}, save it, and run: repaudit import FILE, "
        "or type what you saw: repaudit observe SITE",
        why=reason.text + also,
        owner=Owner.ADMINISTRATOR,
        severity=Severity.HIGH,
        effort=2,
        text="\n".join(f"{title}: search for {full_name(profile.name)}" for title in missing),
    )


def for_judgement(
    profile: Profile, verdict: Verdict, mentions: Sequence[Mention], words: set[tuple[str, str]]
) -> list[Draft]:
    """Return the questions and advice on mentions: possible ones, unfair ones, genuine negative opinion."""
    drafts = []
    possible = sorted(
        (m for m in mentions if m.match and m.match.decision is MatchDecision.POSSIBLE), key=lambda m: m.key
    )
    if possible:
        drafts.append(_whose(possible))
    mine = [m for m in mentions if m.match and m.match.decision is MatchDecision.MATCH]
    closed = {key for key, word in words if word in {"waived", "resolved"}}
    unfair = [m for m in mine if (m.key, "unfair") in words and m.key not in closed]
    drafts += [_report_unfair(m) for m in sorted(unfair, key=lambda m: m.key)]
    negative = [
        m
        for m in mine
        if m.kind is Kind.REVIEW
        and m.sentiment is not None
        and m.sentiment.label is SentimentLabel.NEGATIVE
        and m not in unfair
        and m.key not in closed
    ]
    if negative and verdict.status is not VerdictStatus.SATISFIED:
        drafts.append(_leave_standing(profile, negative))
    return drafts


def _whose(possible: list[Mention]) -> Draft:
    count = len(possible)
    lines = [f"repaudit decide {m.key} mine|not-mine   {m.url}" for m in possible[:_SHOWN]]
    if count > _SHOWN:
        lines.append(f"and {count - _SHOWN} more: repaudit show")
    return Draft(
        about="possible",
        what=f"Say of {count} page{'s' if count > 1 else ''} whether {'they are' if count > 1 else 'it is'} "
        "about you: repaudit decide KEY mine, or not-mine",
        why="The name fits and nothing else decides; until you say so they count neither for nor against you.",
        severity=Severity.MEDIUM,
        text="\n".join(lines),
    )


def _report_unfair(mention: Mention) -> Draft:
    remedy = remedy_for(mention.source, mention.url, "review" if mention.kind is Kind.REVIEW else "facts")
    grounds = remedy.ground or "what the site's own rules name"
    return Draft(
        about=f"unfair {mention.key}",
        what=f"Read the site's rules and report the item you called unfair only where it breaks them: "
        f"{remedy.path}",
        why=f"The site removes for: {grounds}. That it is unfair alone is no ground. Never pay for a removal, "
        "threaten, or answer in public with facts of care.",
        where_url=remedy.url or mention.url,
        trust=remedy.trust,
        owner=Owner.PRIVACY_OFFICER,
        severity=Severity.HIGH,
        effort=remedy.effort,
        text=f"I report the item at {mention.url}"
        + (f" of {mention.date_published}" if mention.date_published else "")
        + " under your content policy. Ground: [name the rule that it breaks].",
    )


def _leave_standing(profile: Profile, negative: list[Mention]) -> Draft:
    where = ", ".join(
        f"{source_title(source)}: {n}" for source, n in sorted(Counter(m.source for m in negative).items())
    )
    specialties = " ".join(one.label.lower() for one in profile.specialties)
    feedback = (
        "Do not ask clients for reviews: your profession's code forbids it."
        if any(word in specialties for word in _NO_SOLICITING)
        else "Ask all patients alike for feedback, never only the pleased ones, and give nothing for it."
    )
    return Draft(
        about="negative reviews",
        what=f"Leave genuine negative reviews standing ({where}); look for what they share, mend that, "
        "and offer one private office channel",
        why="A genuine negative opinion has no removal route, and most readers weigh a few beside many others. "
        f"The default is no public reply. {feedback} Never pay for removal.",
        owner=Owner.ADMINISTRATOR,
        severity=Severity.LOW,
        effort=3,
        late=True,
    )
