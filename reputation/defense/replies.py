"""A reply from draft to export: it waits, a second person approves it, and only the approved text goes out.

The steps stand in the journal under the mention's key; a changed text begins anew.  A public reply in anger is
what the article warns of first, and what the Office for Civil Rights has fined.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from reputation.defense.drafting import ReplyDraft, after_cooling_off
from reputation.defense.journal import Entry
from reputation.model import Profile
from reputation.names import compare_names

JOURNAL = "reply"
"""The kind of this room's entries in the journal."""
DRAFTED, APPROVED, EXPORTED = "drafted", "approved", "exported"


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingDraft:
    """The text that stands for one mention: `template` None where it is in the user's own words."""

    key: str
    text: str
    template: str | None
    drafted_at: datetime
    not_before: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    exported_at: datetime | None = None


def standing(entries: Iterable[Entry]) -> StandingDraft | None:
    """Return the draft that the entries of one mention leave standing, oldest first; None where there is none."""
    draft: StandingDraft | None = None
    for entry in entries:
        data = entry.data
        if data["what"] == DRAFTED:
            wait = data.get("not_before")
            draft = StandingDraft(
                key=entry.key,
                text=data["text"],
                template=data.get("template"),
                drafted_at=entry.at,
                not_before=datetime.fromisoformat(wait) if wait else None,
            )
        elif draft is not None and data["digest"] == digest_of(draft.text):
            draft = _stepped(draft, entry)
    return draft


def _stepped(draft: StandingDraft, entry: Entry) -> StandingDraft:
    is_approval = entry.data["what"] == APPROVED
    return StandingDraft(
        key=draft.key,
        text=draft.text,
        template=draft.template,
        drafted_at=draft.drafted_at,
        not_before=draft.not_before,
        approved_by=entry.data["by"] if is_approval else draft.approved_by,
        approved_at=entry.at if is_approval else draft.approved_at,
        exported_at=draft.exported_at if is_approval else entry.at,
    )


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, hex: an approval holds for the words that were approved."""
    return hashlib.sha256(text.encode()).hexdigest()


def drafted(draft: ReplyDraft, now: datetime) -> Entry:
    """Return the entry that begins a draft and its cooling-off."""
    assert draft.text is not None
    data = {
        "what": DRAFTED,
        "text": draft.text,
        "template": draft.template,
        "digest": digest_of(draft.text),
        "not_before": draft.not_before.isoformat() if draft.not_before else None,
    }
    return Entry(kind=JOURNAL, key=draft.key, at=now, data=data)


def approved(draft: StandingDraft, by: str, now: datetime) -> Entry:
    """Return the entry of an approval."""
    return Entry(
        kind=JOURNAL,
        key=draft.key,
        at=now,
        data={"what": APPROVED, "by": by, "digest": digest_of(draft.text)},
    )


def exported(draft: StandingDraft, now: datetime) -> Entry:
    """Return the entry of an export."""
    return Entry(
        kind=JOURNAL, key=draft.key, at=now, data={"what": EXPORTED, "digest": digest_of(draft.text)}
    )


def in_own_words(text: str, advised: ReplyDraft, now: datetime) -> ReplyDraft:
    """Return the user's own text in place of a template's; it waits as a template would, and a day at least to a review."""
    wait = advised.not_before or (after_cooling_off(now) if advised.template == "general_concern" else None)
    return ReplyDraft(
        key=advised.key,
        advice=advised.advice,
        triage=advised.triage,
        text=text,
        not_before=wait,
        approver=advised.approver,
    )


def is_second_person(profile: Profile, by: str) -> bool:
    """Whether somebody else than the clinician approves: nobody is her own second person."""
    own = f"{profile.name.given} {profile.name.family}"
    return bool(by.strip()) and compare_names(own, by.split(",", maxsplit=1)[0]) == "different"


def hindrances(profile: Profile, draft: StandingDraft, now: datetime) -> Iterator[str]:
    """Yield, a sentence each, what keeps a draft from being exported."""
    if draft.not_before and now < draft.not_before:
        yield f"it cools off until {draft.not_before:%Y-%m-%d %H:%M}; nights do not count"
    if draft.approved_by is None and (draft.template is None or profile.policy.second_person):
        who = "the privacy officer" if draft.template is None else "a second person"
        yield f"{who} has not approved it: repaudit reply {draft.key} --approve NAME"
