"""The actions that ask something of a person: to look, to dial, to fetch evidence, to say whose a page is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote_plus

from reputation.defense.letters import full_name
from reputation.defense.remedies import kind_of, remedy_for
from reputation.model import (
    HEARD,
    Category,
    Coverage,
    CoverageStatus,
    Finding,
    MatchDecision,
    Mention,
    Outcome,
    Owner,
    Profile,
    Reason,
    Severity,
    Trust,
    Verdict,
    VerdictStatus,
)
from reputation.resources import table

_NAMED_SITES = {
    "Google Maps": ("google-maps", "google-places"),
    "Healthgrades": ("healthgrades",),
    "Vitals": ("vitals",),
    "WebMD": ("webmd",),
    "RateMDs": ("ratemds",),
}
"""The rating sites that a verdict asks for, and the sources by which each is heard."""

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
    """Return what mends a reason of the verdict, by the rule that it names; None where findings do."""
    if reason.rule == "page_one":
        return _page_one(profile, reason)
    if reason.rule == "rating_sites":
        return _rating_sites(profile, reason, coverage)
    if reason.rule == "unconfirmed":
        return Draft(
            about="confirm",
            what="Confirm your facts of record: repaudit confirm (or correct them in profile.toml)",
            why=f"{reason.text} No page can be checked against a fact that nobody has confirmed.",
            severity=Severity.HIGH,
        )
    if reason.rule == "signoff":
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


def to_decide(mentions: Sequence[Mention]) -> list[Draft]:
    """Return one question for all the pages that are only possibly about her."""
    possible = sorted(
        (m for m in mentions if m.match and m.match.decision is MatchDecision.POSSIBLE), key=lambda m: m.key
    )
    return [_whose(possible)] if possible else []


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
