"""What `reply` does and says: the advice, the standing draft, its approval and its export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reputation.cli.session import chosen_audit, chosen_key, deliver, open_audits, put, put_json, say
from reputation.errors import UsageError

if TYPE_CHECKING:
    from reputation.defense.drafting import ReplyDraft
    from reputation.defense.replies import StandingDraft
    from reputation.defense.store import Store
    from reputation.model import Mention, Profile
    from reputation.workspace import Workspace

FIVE_VALUES = ("trust", "truthfulness", "transparency", "responsibility", "kindness")
"""By which the articles would have every answer judged."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the user asked for beside the advice."""

    text: str | None = None
    """Her own words in place of a template's."""
    approver: str | None = None
    output: Path | None = None
    as_json: bool = False


def reply_and_tell(workspace: Workspace, key: str, wish: Wish) -> int:
    """Advise on one mention; keep, approve or export its draft as asked; 10 where the text may not stand."""
    from reputation.defense.drafting import draft_reply
    from reputation.defense.replies import JOURNAL, drafted, in_own_words, standing

    profile, now = workspace.load_profile(), datetime.now(UTC).astimezone()
    with open_audits(workspace) as store:
        mention = _chosen(store, key)
        advised = draft_reply(profile, mention, now)
        draft = standing(store.entries(JOURNAL, mention.key))
        wanted = in_own_words(wish.text, advised, now) if wish.text is not None else advised
        if wish.text is not None and _blocks(wish.text):
            return 10
        if wanted.text is not None and _is_new(wanted, draft, in_own_words=wish.text is not None):
            store.write_entry(drafted(wanted, now))
            draft = standing(store.entries(JOURNAL, mention.key))
        if wish.approver is not None:
            draft = _approve(store, profile, draft, wish.approver, now)
        if wish.as_json:
            put_json(_document(profile, wanted, draft, now))
            return 0
        put(advised.advice)
        if mention.url.startswith("http"):
            put(f"Copies may remain, whatever becomes of it: https://web.archive.org/web/*/{mention.url}")
        if draft is not None:
            _tell(profile, draft, now)
        if wish.output is not None:
            _export(store, profile, draft, wish.output, now)
    return 0


def _chosen(store: Store, key: str) -> Mention:
    mentions = {mention.key: mention for mention in chosen_audit(store, None).mentions}
    return mentions[chosen_key(list(mentions), key)]


def _blocks(text: str) -> bool:
    """Say what is wrong with the user's own words; a text that may not stand is not kept either."""
    from reputation.defense.reply import check_reply

    found = check_reply(text)
    for one in found:
        say(f"{one.level}: {one.rule}, characters {one.span[0]}-{one.span[1]}: {one.why} ({one.cite})")
    blocked = any(one.level == "block" for one in found)
    if blocked:
        say("repaudit: nothing was kept: the text may not stand; write it anew, or take the template")
    return blocked


def _is_new(wanted: ReplyDraft, draft: StandingDraft | None, *, in_own_words: bool) -> bool:
    """Whether a draft begins: the first one, or other words than those that stand; asking again changes nothing."""
    if draft is None:
        return True
    return in_own_words and wanted.text != draft.text


def _approve(
    store: Store, profile: Profile, draft: StandingDraft | None, by: str, now: datetime
) -> StandingDraft | None:
    from reputation.defense.replies import JOURNAL, approved, is_second_person, standing

    if draft is None:
        raise UsageError("there is no draft to approve; write one first: repaudit reply KEY --text FILE")
    if not is_second_person(profile, by):
        raise UsageError(f'"{by}" is no second person; name somebody else than the clinician')
    store.write_entry(approved(draft, by.strip(), now))
    return standing(store.entries(JOURNAL, draft.key))


def _tell(profile: Profile, draft: StandingDraft, now: datetime) -> None:
    from reputation.defense.replies import hindrances

    put(f"\n{draft.text}\n")
    if draft.approved_by and draft.approved_at:
        put(f"Approved by {draft.approved_by} on {draft.approved_at.astimezone():%Y-%m-%d}.")
    if draft.exported_at:
        put(f"Exported on {draft.exported_at.astimezone():%Y-%m-%d}.")
    for why in hindrances(profile, draft, now):
        put(f"Not yet: {why}.")
    put(f"Does it show {', '.join(FIVE_VALUES)}? Once posted it may not be retractable.")


def _export(store: Store, profile: Profile, draft: StandingDraft | None, output: Path, now: datetime) -> None:
    from reputation.defense.replies import exported, hindrances

    if draft is None:
        raise UsageError("there is no text to export; nothing should be said in public here")
    if why := "; ".join(hindrances(profile, draft, now)):
        raise UsageError(f"not exported: {why}")
    deliver(draft.text + "\n", output)
    store.write_entry(exported(draft, now))
    say("next: read it once more, then post it under the office's name, not from a personal account")


def _document(
    profile: Profile, wanted: ReplyDraft, draft: StandingDraft | None, now: datetime
) -> dict[str, Any]:
    from reputation.codec import to_plain
    from reputation.defense.replies import hindrances

    plain = {"schema_version": 1, **to_plain(wanted)}
    if draft is not None:
        plain |= to_plain(draft) | {"hindrances": list(hindrances(profile, draft, now))}
    return plain
