"""Whether a mention should be answered in public, and a draft from the templates that pass the linter.

The default for a review is no public reply.  A draft to a negative item waits for a day of waking hours, and
every draft needs a second person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from reputation.defense.reply import check_reply
from reputation.defense.violation import register
from reputation.model import Kind, Mention, Owner, Profile, SentimentLabel

COOLING_OFF_H = 24
NIGHT = (22, 6)
"""From ten at night to six in the morning the clock of the cooling-off stands still."""

_QUESTION = re.compile(
    r"\b(?:should i|can i|is it (?:safe|normal|ok)|what (?:should|can) i|do i need|how (?:much|long|often) (?:should|can|do) i|my (?:symptoms?|dose|rash|pain|results?|labs?))\b",
    re.IGNORECASE,
)

_COLLEAGUE = re.compile(
    r"\b(?:as a fellow|fellow (?:oncologist|physician|surgeon|nurse|clinician|researcher)|colleague|our tumou?r board|your (?:paper|talk|lecture|abstract"
    r"|study|trial|article|poster|session|keynote)|co-?author|collaborat\w+|journal club|grand rounds|peer review|cite[ds]?\b|preprint)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplyDraft:
    """What to do about one mention: `text` None where nothing should be said in public."""

    key: str
    advice: str
    triage: str = "none"
    """review, comment, medical_question, colleague, or none where it is no conversation."""
    text: str | None = None
    template: str | None = None
    not_before: datetime | None = None
    """When the draft may go out at the earliest; None where it need not wait."""
    approver: Owner = Owner.PRIVACY_OFFICER


def draft_reply(profile: Profile, mention: Mention, now: datetime) -> ReplyDraft:
    """Return the advice and, where a reply is fitting at all, a draft that gives the linter no hit.

    `now` is in the writer's own time: nights do not count towards the cooling-off.
    """
    triage = triaged(mention)
    if triage == "medical_question":
        advice = "This asks for medical advice: give none in public, and point to the right door."
        return _filled(profile, mention, "medical_question", advice, None)
    if triage == "review":
        return _to_review(profile, mention, now)
    if triage == "colleague":
        advice = "A colleague: answer in your own words, courteous also where you disagree, and name no patient; check it: repaudit check-post."
        return ReplyDraft(key=mention.key, advice=advice, triage=triage, approver=Owner.CLINICIAN)
    if triage == "comment":
        advice = "A comment on your own post may and should be answered; write it, and check it: repaudit check-post."
        return ReplyDraft(key=mention.key, advice=advice, triage=triage, approver=Owner.CLINICIAN)
    return ReplyDraft(key=mention.key, advice="This is no place for a reply; see the actions for its route.")


def triaged(mention: Mention) -> str:
    """Return what sort of conversation a mention is: the sort decides whether and how to answer."""
    text = mention.text or ""
    if mention.kind not in {Kind.POST, Kind.REVIEW}:
        return "none"
    if _QUESTION.search(text):
        return "medical_question"
    if mention.kind is Kind.REVIEW:
        return "review"
    return "colleague" if _COLLEAGUE.search(text) else "comment"


def _to_review(profile: Profile, mention: Mention, now: datetime) -> ReplyDraft:
    negative = mention.sentiment is not None and mention.sentiment.label in {
        SentimentLabel.NEGATIVE,
        SentimentLabel.MIXED,
    }
    wait = after_cooling_off(now, profile.policy.cooling_off_h) if negative else None
    advice = (
        "The default is no public reply: look for what can be mended, and offer a private channel. If one is "
        "wanted, only this general text, after the cooling-off, read again and approved by a second person."
        if negative
        else "No reply is needed. If one is wanted, only this general text, approved by a second person."
    )
    return _filled(profile, mention, "general_concern" if negative else "general_thanks", advice, wait)


def _filled(
    profile: Profile, mention: Mention, template: str, advice: str, not_before: datetime | None
) -> ReplyDraft:
    triage = triaged(mention)
    (row,) = (one for one in register()["template"] if one["id"] == template)
    phone = next((place.phone for place in profile.locations if place.phone), None)
    if phone is None and "{office_phone}" in row["text"]:
        advice = f"{advice} Add the office's phone to profile.toml first."
        return ReplyDraft(key=mention.key, advice=advice, triage=triage)
    text = str(row["text"]).format(office_phone=phone)
    assert not [one for one in check_reply(text) if one.level == "block"]
    return ReplyDraft(
        key=mention.key, advice=advice, triage=triage, text=text, template=template, not_before=not_before
    )


def after_cooling_off(begun: datetime, hours: int = COOLING_OFF_H) -> datetime:
    """Return when `hours` waking hours have passed since `begun`."""
    moment, left = begun, hours
    while left:
        moment += timedelta(hours=1)
        if not (moment.hour >= NIGHT[0] or moment.hour < NIGHT[1]):
            left -= 1
    return moment
