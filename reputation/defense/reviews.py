"""Reviews, routed by the site's own policy: which ground may apply, or that no removal route exists and what helps instead.

The words of a review are in no action, and nobody is told to write to its author.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reputation.defense.asks import Draft
from reputation.defense.grounds import grounds_at, in_words, route_of_review
from reputation.defense.remedies import remedy_for
from reputation.model import (
    Kind,
    MatchDecision,
    Mention,
    Owner,
    Profile,
    SentimentLabel,
    Severity,
    Trust,
    Verdict,
    VerdictStatus,
)
from reputation.resources import source_title

_NO_SOLICITING = ("psycholog", "social work", "counsel", "therapist")
"""Professions whose codes forbid to ask clients for testimonials (APA 5.05, NASW 4.07)."""

_SHOWN = 10


def for_reviews(
    profile: Profile, verdict: Verdict, mentions: Sequence[Mention], words: set[tuple[str, str]]
) -> list[Draft]:
    """Return the advice on what is surely about her: what she called unfair, what may break a rule, genuine opinion."""
    mine = [m for m in mentions if m.match and m.match.decision is MatchDecision.MATCH]
    closed = {key for key, word in words if word in {"waived", "resolved"}}
    unfair = [m for m in mine if (m.key, "unfair") in words and m.key not in closed]
    drafts = [_report_unfair(m) for m in sorted(unfair, key=lambda m: m.key)]
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
