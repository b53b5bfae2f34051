"""What `bio --drift` and `presence` print, and hand over as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reputation.cli.auditing import remembered_exports
from reputation.cli.session import chosen_audit, deliver, open_audits, say
from reputation.cli.telling import clean
from reputation.codec import to_plain
from reputation.errors import UsageError
from reputation.model import Drift

if TYPE_CHECKING:
    from reputation.defense.store import Store
    from reputation.dissemination.drift import ClaimDrift, PlatformDrift
    from reputation.dissemination.engagement import Engagement
    from reputation.dissemination.presence import Presence
    from reputation.model import Profile
    from reputation.workspace import Workspace

DRIFTS = {
    Drift.STALE: "stale: it shows something outdated",
    Drift.EDITED: "edited: it shows another text",
    Drift.MISSING: "missing: it shows no biography",
    Drift.SAME: "same: as it should be",
    Drift.NOT_SEEN: "not seen: no page of it was read",
}
"""How each drift is told, the most urgent first."""


def deliver_drift(
    workspace: Workspace, profile: Profile, wanted: Sequence[str], output: Path | None, *, as_json: bool
) -> None:
    """Tell how every platform stands by the latest audit, with the text to paste where one differs."""
    from reputation.dissemination.bio import drifts

    with open_audits(workspace) as store:
        audit = chosen_audit(store, None)
        handed_out = remembered_exports(store)
    stand = [
        one
        for one in drifts(profile, audit.mentions, datetime.now(UTC), exports=handed_out)
        if not wanted or one.platform in wanted
    ]
    if as_json:
        document = {"schema_version": 1, "audit": audit.id, "drift": to_plain(stand)}
        deliver(json.dumps(document, ensure_ascii=False, indent=2) + "\n", output)
    else:
        deliver("\n".join(drift_lines(stand)) + "\n", output)
    say("next: paste the texts, then `repaudit run` looks again")


def drift_lines(stand: Sequence[PlatformDrift]) -> Iterator[str]:
    """Yield the platforms that differ, the most urgent first, then those that do not and those nobody read."""
    from reputation.dissemination.platforms import platform

    for state in (Drift.STALE, Drift.EDITED, Drift.MISSING, Drift.SAME):
        for one in (each for each in stand if each.state is state):
            yield f"{platform(one.platform).title}: {DRIFTS[state]}{_when(one)}"
            yield from (f"  {line}" for line in map(_claim, one.claims) if line)
            if one.shown and state is not Drift.SAME:
                yield f"  it shows: {clean(one.shown, 300)}"
            if one.replacement:
                yield f"  to paste into {one.field.replace('_', ' ')}:"
                yield from (f"    {line}" for line in one.replacement.splitlines())
            yield ""
    unread = [platform(one.platform).title for one in stand if one.state is Drift.NOT_SEEN]
    if unread:
        yield f"Not seen ({len(unread)}): {', '.join(unread)}"


def _when(one: PlatformDrift) -> str:
    if one.shows_export_of and one.state is not Drift.SAME:
        return f" (the text exported on {one.shows_export_of}; the profile has changed since)"
    return f" (last exported on {one.exported_on})" if one.exported_on else " (never exported from here)"


def _claim(one: ClaimDrift) -> str:
    if one.state is Drift.SAME:
        return ""
    if one.state is Drift.MISSING:
        return f"{one.claim}: not told; it should be {clean(one.should, 200)}"
    instead = f"; it should be {clean(one.should, 200)}" if one.should else ""
    return f"{one.claim}: shows “{clean(one.shown, 120)}”{instead}"


# ---------------------------------------------------------------------------- presence

MOST_PER_MONTH = 300
"""Ten posts a day: more is a slip of the finger."""


def plan_posts(workspace: Workspace, wanted: Sequence[str]) -> None:
    """Remember how many posts a month she wants to keep to, by platform; nothing where one is wrong.

    Raises:
        UsageError: where one is not PLATFORM=N, or names no platform.
    """
    from reputation.defense.journal import Entry
    from reputation.dissemination.platforms import platform

    planned = []
    for text in wanted:
        name, mark, number = text.partition("=")
        if not mark or not number.isdecimal() or int(number) > MOST_PER_MONTH:
            raise UsageError(f"--keep {text}: write PLATFORM=N, N posts a month, such as bluesky=4")
        planned.append((platform(name.strip()).id, int(number)))
    now = datetime.now(UTC)
    with open_audits(workspace) as store:
        for name, posts in planned:
            store.write_entry(Entry(kind="cadence", key=name, at=now, data={"posts_per_month": posts}))


def planned_posts(store: Store) -> dict[str, float]:
    """Return the posts a month that she last chose, by platform."""
    return {entry.key: float(entry.data["posts_per_month"]) for entry in store.entries("cadence")}


def deliver_presence(workspace: Workspace, output: Path | None, *, engage: bool, as_json: bool) -> None:
    """Tell by the latest audit how she is found, or with `engage` how she takes part."""
    from reputation.dissemination.engagement import engagement
    from reputation.dissemination.presence import presence

    profile = workspace.load_profile()
    with open_audits(workspace) as store:
        audit = chosen_audit(store, None)
        keep = planned_posts(store)
    if as_json:
        document = {
            "schema_version": 1,
            "audit": audit.id,
            "presence": to_plain(presence(profile, audit.mentions, audit.page_one)),
            "engagement": to_plain(engagement(profile, audit.mentions, audit.audit.as_of.date(), keep=keep)),
        }
        deliver(json.dumps(document, ensure_ascii=False, indent=2) + "\n", output)
    elif engage:
        made = engagement(profile, audit.mentions, audit.audit.as_of.date(), keep=keep)
        deliver("\n".join(engagement_lines(made)) + "\n", output)
    else:
        deliver("\n".join(presence_lines(presence(profile, audit.mentions, audit.page_one))) + "\n", output)
    say(
        "next: `repaudit calendar -o audit.ics` puts the dates into your calendar"
        if engage
        else "next: `repaudit bio -o bio` writes the texts to paste; `repaudit presence --engage` is how to take part"
    )


def presence_lines(made: Presence) -> Iterator[str]:
    """Yield how she is found, the likeliest effect first."""
    yield f"First pages of search engines that were read: {len(made.queries)}"
    for (hers, seen, risers), queries in _alike(made).items():
        yield f"  {hers} of {seen} results are yours to write: {clean('; '.join(queries), 200)}"
        yield from (f"    could rise: {clean(one.url, 120)} {one.why}" for one in risers)
    yield ""
    yield "What would help most, in order of likely effect (a judgement: no engine publishes its order):"
    for chance in made.chances:
        where = f" ({clean(chance.url, 120)})" if chance.url else ""
        yield f"  {chance.rank}. {chance.kind} {clean(chance.title, 80)}: {chance.why}{where} [{chance.trust.value}]"
    yield ""
    yield "Your name as pages write it:"
    yield from (f"  {one.agrees}: {clean(one.shown)} at {clean(one.url, 120)}" for one in made.names)
    yield "Links (sameAs) that your pages lack:"
    yield from (
        f"  {clean(one.url, 120)} does not link to {', '.join(one.missing)}" for one in made.link_gaps
    )
    yield "A name for accounts, the same everywhere:"
    yield from (f"  {one.handle} fits {', '.join(one.fits)}; {one.note}" for one in made.handles)
    if made.handle_share is not None and made.handle_share < 1:
        names = ", ".join(f"@{name} ({clean(url, 80)})" for url, name in made.handles_in_use.items())
        yield f"  Your accounts bear different names: {names}"
    yield "How complete your pages are:"
    for page in made.pages:
        photo = {
            "shown": "photo",
            "placeholder": "no photo but a placeholder",
            "cannot_tell": "photo: cannot tell",
        }
        lacks = f"; lacks {', '.join(page.lacks)}" if page.lacks else ""
        yield f"  {clean(page.url, 120)}: {photo[page.photo]}{lacks}"
    yield "Accounts and what each is for:"
    for account in made.accounts:
        yield f"  {account.purpose}, {account.control}: {clean(account.url, 120)}"
        yield from (f"    mixes: {clean(why, 200)}" for why in account.mixes)


def _alike(made: Presence) -> dict[tuple[Any, ...], list[str]]:
    grouped: dict[tuple[Any, ...], list[str]] = {}
    for one in made.queries:
        grouped.setdefault((one.hers, one.seen, one.risers), []).append(f"{one.engine} {one.query}")
    return grouped


def engagement_lines(made: Engagement) -> Iterator[str]:
    """Yield where to take part, how often, what is owed and the ten tips."""
    if made.note:
        yield made.note
    yield "Where people of your field talk:"
    for venue in made.venues:
        mark = "+" if venue.recommended else " "
        tag = f" {venue.hashtag}" if venue.hashtag else ""
        yield f" {mark} {venue.name}{tag} ({venue.kind}): {venue.said}{f'; {venue.note}' if venue.note else ''}"
    yield "  + may be recommended; the others are told so that you need not look, or should look first."
    yield f"Hashtags in use: {' '.join(made.hashtags) or 'none known for your field'}"
    yield "A frequency to keep to (change it with --keep PLATFORM=N):"
    for plan in made.plan:
        seen = (
            "no posts were read" if plan.seen_per_month is None else f"{plan.seen_per_month:g} a month seen"
        )
        last = f", the last on {plan.last_on}" if plan.last_on else ""
        yield f"  {plan.platform}: {plan.planned_per_month:g} posts a month; {seen}{last}: {plan.state.replace('_', ' ')}"
        yield from (f"    {line}" for line in [plan.etiquette] if line)
    if not made.plan:
        yield "  no professional account in your profile; begin with one, 4 posts a month"
    yield f"Answers that may be owed ({len(made.owed)}):"
    for owed in made.owed:
        yield f"  {owed.age_days} days{' (late)' if owed.late else ''}: {clean(owed.url, 120)}; settle it with `repaudit decide {owed.key} resolved`"
    if any(made.mix.values()):
        yield "Your posts that were read: " + ", ".join(f"{n} {kind}" for kind, n in made.mix.items())
    yield "What for, and where:"
    yield from (f"  {goal}: {', '.join(serves)}" for goal, serves in made.goals.items())
    yield "Whom to follow, a few minutes at the end of a day:"
    yield from (f"  {name}: {what}" for name, what in made.follow.items())
    yield "Before each post:"
    yield from (f"  [ ] {line}" for line in made.checklist)
    yield "ASCO's ten tips:"
    for tip in made.tips:
        mark = {"done": "x", "open": " ", "cannot_tell": "?"}[tip.state]
        yield f"  [{mark}] {tip.id}. {tip.what}: {clean(tip.why, 200)}"
