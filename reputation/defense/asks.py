"""The actions that ask something of a person: to look, to fetch evidence, to judge, to leave alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote_plus

from reputation.defense.grounds import grounds_at, in_words, route_of_review
from reputation.defense.letters import full_name
from reputation.defense.remedies import kind_of, remedy_for
from reputation.model import (
    HEARD,
    Category,
    Coverage,
    CoverageStatus,
    Finding,
    Kind,
    MatchDecision,
    Mention,
    Outcome,
    Owner,
    Profile,
    Reason,
    SentimentLabel,
    Severity,
    Trust,
    Verdict,
    VerdictStatus,
)
from reputation.resources import source_title, table

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
    is_back: bool = False
    """Whether it was mended once: of equal severity it comes first."""
    is_last: bool = False
    """Whether it makes no sense before what is graver is done."""
    checks: tuple[str, ...] = ()
    """The checks whose findings it mends: of equal severity what harms most comes first."""
    due_on: date | None = None
    """Where it is not the severity that decides by when."""
    text: str | None = None
    finding_keys: tuple[str, ...] = ()


def to_look_at(findings: Sequence[Finding], verdict: Verdict, done: Collection[str]) -> list[Draft]:
    """Return one action for each grave finding that stands in a verdict's reason and no route mends yet."""
    wanted = {key for reason in verdict.reasons for key in reason.keys} - set(done)
    return [_look(one) for one in sorted(findings, key=lambda one: one.key) if one.key in wanted]


def _look(one: Finding) -> Draft:
    kind = kind_of(one.check, one.field)
    look = Draft(
        about=f"look {one.key}",
        what=f"Look at {one.url or 'the page'} and say whether it is true: "
        f"repaudit decide {one.key} resolved, or waived",
        why=one.remedy
        or f"It makes a grave claim that nothing here can check ({one.check.replace('_', ' ')}).",
        where_url=one.url,
        severity=one.severity,
        checks=(one.check,),
        finding_keys=(one.key,),
    )
    if kind not in {"impersonation", "endorsement"}:
        return look
    route = remedy_for("", one.url, kind)
    lent = kind == "endorsement"
    return replace(
        look,
        what=f"Look at {one.url or 'the page'}: {'did you ever say this' if lent else 'is it yours'}? "
        f"If not: {route.path} ({route.begins_at(one.url) or 'from its own menu'}); "
        f"either way: repaudit decide {one.key} resolved, or waived",
        trust=route.trust,
        owner=Owner.COUNSEL if lent else Owner.CLINICIAN,
        effort=route.effort,
    )


def to_dial(findings: Sequence[Finding], verdict: Verdict) -> list[Draft]:
    """Return one action for all the numbers beside hers of which only a call can tell whom they reach."""
    unsure = sorted(
        (
            one
            for one in findings
            if one.check == "phone_wrong" and one.outcome is Outcome.CANNOT_TELL and one.expected
        ),
        key=lambda one: one.key,
    )
    if not unsure or verdict.status is VerdictStatus.SATISFIED:
        return []
    pages = f"{len(unsure)} pages print" if len(unsure) > 1 else "One page prints"
    return [
        Draft(
            about="dial",
            what="Dial the numbers on the call sheet that are not yours: repaudit report --format csv --list calls -o calls.csv, "
            "write down whom each reaches, then repaudit import calls.csv",
            why=f"{pages} a number beside yours; only a call can tell an old number from the site's own forwarding.",
            severity=Severity.MEDIUM,
            owner=Owner.ADMINISTRATOR,
            text="\n".join(f"{one.observed}   {one.url or ''}".rstrip() for one in unsure[:_SHOWN]),
        )
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
            is_last=True,
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
    links = {title: link for title in missing if (link := _search_link(_NAMED_SITES[title][0], profile))}
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
        where_url=next(iter(links.values()), None),
        text="\n".join(
            f"{title}: {links.get(title) or 'search for ' + full_name(profile.name)}" for title in missing
        ),
    )


def _search_link(source: str, profile: Profile) -> str | None:
    """Return the address under which a person finds her on a site, as sources.toml prepares it; None without one."""
    link = table("sources.toml").get(source, {}).get("options", {}).get("link")
    place = profile.locations[0] if profile.locations else None
    facts = {
        "name": f"{profile.name.given} {profile.name.family}",
        "given": profile.name.given,
        "family": profile.name.family,
        "city": (place.city if place else None) or "",
        "state": (place.state if place else None) or "",
        "specialty": profile.specialties[0].label if profile.specialties else "",
        "npi": profile.ids.npi or "",
    }
    for name, fact in facts.items() if link else ():
        link = link.replace("{" + name + "}", quote_plus(fact))
    return str(link) if link else None


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
    if verdict.status is VerdictStatus.SATISFIED:
        return drafts
    closed |= {m.key for m in unfair}
    negative = [m for m in mine if _is_negative(m) and m.key not in closed]
    breaking: dict[tuple[str, str], list[Mention]] = {}
    for one in negative:
        if ground := route_of_review(one)[1]:
            breaking.setdefault((one.source, ground), []).append(one)
    drafts += [_report_breaking(ground, group) for (_, ground), group in sorted(breaking.items())]
    told = {one.key for group in breaking.values() for one in group}
    genuine = [one for one in negative if one.key not in told]
    if genuine:
        drafts.append(_leave_standing(profile, genuine))
    return drafts


def _is_negative(mention: Mention) -> bool:
    feeling = mention.sentiment
    return mention.kind is Kind.REVIEW and feeling is not None and feeling.label is SentimentLabel.NEGATIVE


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
    if mention.kind is Kind.REVIEW:
        remedy, ground = route_of_review(mention)
        named = grounds_at(mention)
        grounds = ", ".join(named) or "what its own rules name"
        may = f" “{in_words([ground])[0]}” may apply here: read that rule first." if ground else ""
    else:
        remedy, may = remedy_for(mention.source, mention.url, "facts"), ""
        grounds = remedy.ground or "what its own rules name"
    return Draft(
        about=f"unfair {mention.key}",
        what=f"Read the site's rules and report the item you called unfair only where it breaks them: "
        f"{remedy.path}",
        why=f"The site removes for: {grounds}.{may} That it is unfair alone is no ground: a genuine negative opinion has "
        "no removal route. Never pay for a removal, threaten, or answer in public with facts of care.",
        where_url=remedy.begins_at(mention.url),
        trust=remedy.trust,
        owner=Owner.PRIVACY_OFFICER,
        severity=Severity.HIGH,
        effort=remedy.effort,
        text=_report(mention, ground if mention.kind is Kind.REVIEW else None),
    )


def _report_breaking(ground: str, group: Sequence[Mention]) -> Draft:
    """Return one action for the reviews of a site that may break one of its rules."""
    ordered = sorted(group, key=lambda one: one.key)
    remedy, name = route_of_review(ordered[0])[0], in_words([ground])[0]
    count = f"{len(ordered)} reviews" if len(ordered) > 1 else "a review"
    return Draft(
        about=f"breaking {ordered[0].source} {ground}",
        what=f"Read {count} on {source_title(ordered[0].source)} beside the site's rule on {name}, and report what "
        f"breaks it: {remedy.path}",
        why=f"Its words suggest the ground “{name}”, which the site names; they do not prove it. Needed: "
        f"{remedy.evidence or 'the address of the review and the rule'}. No facts of care go into the report.",
        where_url=remedy.begins_at(ordered[0].url),
        trust=remedy.trust,
        owner=Owner.PRIVACY_OFFICER,
        severity=Severity.MEDIUM,
        effort=remedy.effort,
        text="\n".join(_report(one, ground) for one in ordered[:_SHOWN]),
    )


def _report(mention: Mention, ground: str | None) -> str:
    """Return the words of a report to a site: the item's address, its day and the rule; nothing of what it says."""
    day = f" of {mention.date_published}" if mention.date_published else ""
    rule = in_words([ground])[0] if ground else "[name the rule that it breaks]"
    return f"I report the item at {mention.url}{day} under your content policy. Ground: {rule}."


def _leave_standing(profile: Profile, negative: list[Mention]) -> Draft:
    where = ", ".join(
        f"{source_title(source)}: {n}" for source, n in sorted(Counter(m.source for m in negative).items())
    )
    about = {route.url: route for m in negative for route in [remedy_for(m.source, m.url, "opinion")]}
    known = [route for route in about.values() if route.url]
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
        where_url=known[0].url if known else min(m.url for m in negative),
        trust=known[0].trust if known else Trust.UNVERIFIED,
        owner=Owner.ADMINISTRATOR,
        severity=Severity.LOW,
        effort=3,
        late=True,
        text="Nothing to post. Where a reply is wanted all the same, this drafts one that names nobody:\n"
        + "\n".join(f"repaudit reply {m.key}" for m in sorted(negative, key=lambda m: m.key)[:_SHOWN]),
    )
