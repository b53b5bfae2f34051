"""What the linters print: each place with its reason, the advice in one word, and what to ask oneself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from reputation.cli.session import chosen_audit, open_audits, put, put_json, say
from reputation.errors import NoWorkspace

if TYPE_CHECKING:
    from reputation.defense.violation import Violation
    from reputation.workspace import Workspace

BLOCKED = 10


def check_draft(text: str, named: Path | None, *, as_json: bool) -> int:
    """Lint a post with the workspace's facts where there is one, and say what comes out."""
    from reputation.defense.post import check_post
    from reputation.defense.posting import advise, prompts
    from reputation.workspace import find_workspace

    try:
        profile = find_workspace(named).load_profile()
    except NoWorkspace:
        if named is not None:
            raise
        profile = None
    found = check_post(text, profile)
    code = tell(found, as_json=as_json, more={"verdict": advise(found).value, "prompts": list(prompts())})
    if not as_json:
        from reputation.defense.posting import IN_WORDS

        put(f"advice: {IN_WORDS[advise(found)]}")
        say("before you post:")
        for prompt in prompts():
            say(f"  - {prompt}")
    return code


def tell(found: tuple[Violation, ...], *, as_json: bool, more: dict[str, Any] | None = None) -> int:
    """Print violations and return the exit code they call for."""
    from reputation.codec import to_plain

    blocked = any(one.level == "block" for one in found)
    if as_json:
        put_json({"schema_version": 1, "blocked": blocked, **(more or {}), "violations": to_plain(found)})
    else:
        for one in found:
            put(f"{one.level}: {one.rule}, characters {one.span[0]}-{one.span[1]}: {one.why} ({one.cite})")
        if not found:
            put("no problem found; that is not a promise that it is safe")
    return BLOCKED if blocked else 0


def check_own(workspace: Workspace, *, as_json: bool) -> int:
    """Lint her own posts of the latest audit and say how many of each sort there are."""
    from reputation.codec import to_plain
    from reputation.defense.posting import own_posts

    with open_audits(workspace) as store:
        audit = chosen_audit(store, None)
    posts = own_posts(workspace.load_profile(), audit.mentions)
    blocked = any(one.level == "block" for _, found in posts.flagged for one in found)
    if as_json:
        put_json({"schema_version": 1, "blocked": blocked, **to_plain(posts)})
        return BLOCKED if blocked else 0
    put(f"{posts.n} posts of your own in the audit of {audit.quarter}, {len(posts.flagged)} flagged:")
    for rule, count in posts.counts:
        put(f"  {count:>4}  {rule}")
    for key, found in posts.flagged:
        put(f"{key}: {'; '.join(f'{one.level}: {one.why}' for one in found)}")
    if posts.personal:
        put(f"{posts.personal} of them tell of your private life alone: keep those off professional accounts")
    if not posts.n:
        say("next: import the export of your account (X, LinkedIn, Mastodon, YouTube): repaudit import FILE")
    else:
        say("next: take down what is flagged as block; copies may remain, so tell the privacy officer too")
    return BLOCKED if blocked else 0
