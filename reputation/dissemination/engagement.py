"""Engaging: the chats and communities that suit her, with their state today; a plan she can keep; answers that are owed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from reputation import resources
from reputation.dissemination.accounts import Account, network_of, register
from reputation.dissemination.drift import address
from reputation.dissemination.freshness import age_note
from reputation.dissemination.tips import Tip, ten_tips
from reputation.errors import UsageError
from reputation.model import Kind, MatchDecision, Trust

if TYPE_CHECKING:
    from reputation.model import Mention, Profile

ALIVE = frozenset({"active", "in_use", "growing"})
"""States in which a venue may be recommended; what only general knowledge believes alive is to be looked up first."""
_NCT = re.compile(r"NCT\d{8}")
"""The form of ClinicalTrials.gov's numbers."""
OBSERVED_DAYS = 90
_DAYS_A_MONTH = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Venue:
    """A chat, community, hashtag, blog or page, with what is known of it today."""

    name: str
    kind: str
    state: str
    said: str
    """The state in words, with its date where the source bears one."""
    recommended: bool
    trust: Trust
    source: str
    hashtag: str | None = None
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cadence:
    """One account's planned posts against those that the audit saw; None where no posts were read."""

    url: str
    platform: str
    planned_per_month: float
    seen_per_month: float | None
    last_on: date | None
    state: str
    """kept, behind, dormant or not_seen"""
    etiquette: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """A post of somebody else about her or to her that nobody has decided on; `late` past the days of the plan."""

    key: str
    url: str
    on: date
    age_days: int
    late: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Engagement:
    """How she takes part: where, how often, what is owed, and ASCO's ten tips against what was seen."""

    venues: tuple[Venue, ...] = ()
    hashtags: tuple[str, ...] = ()
    plan: tuple[Cadence, ...] = ()
    owed: tuple[Owed, ...] = ()
    mix: Mapping[str, int] = field(default_factory=dict)
    """Her own posts that were read: question, educational, promotional, other."""
    tips: tuple[Tip, ...] = ()
    checklist: tuple[str, ...] = ()
    follow: Mapping[str, str] = field(default_factory=dict)
    goals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str | None = None
    """Said where the shipped facts have grown old."""


def engagement(
    profile: Profile, mentions: Sequence[Mention], today: date, *, keep: Mapping[str, float] | None = None
) -> Engagement:
    """Return her plan and what the audit says about it; `keep` are posts a month by platform that she chose."""
    facts = resources.table("data/engagement.toml")
    hers = [one for one in mentions if one.match and one.match.decision is MatchDecision.MATCH]
    accounts = register(profile, hers)
    own = [
        account
        for account in accounts
        if account.purpose == "professional" and network_of(account.url, account.platform)
    ]
    posts = {account.url: _posts_of(account, mentions) for account in own}
    plan = tuple(_cadences(own, posts, today, facts["plan"], keep or {}))
    mine = {address(post.url) for found in posts.values() for post in found}
    return Engagement(
        venues=venues_for(profile),
        hashtags=hashtags_for(profile),
        plan=plan,
        owed=tuple(_owed(hers, mine, today, int(facts["plan"]["answer_within_days"]))),
        mix=_mix([post for found in posts.values() for post in found]),
        tips=ten_tips(profile, hers, accounts, {one.platform: one.state for one in plan}),
        checklist=tuple(facts["checklist"]["before"]),
        follow={row["name"]: row["what"] for row in facts["follow"]},
        goals={row["name"]: tuple(row["serves"]) for row in facts["goal"]},
        note=age_note(facts["as_of"], today),
    )


def trial_texts(number: str) -> tuple[str, str]:
    """Return what may be posted of an open trial, and the answer to whoever asks for more; no result, no impression.

    Raises:
        UsageError: where `number` is no registry number.
    """
    wanted = number.strip().upper()
    if not _NCT.fullmatch(wanted):
        raise UsageError(f"{number} is no registry number; write it as NCT01234567")
    texts = resources.table("data/engagement.toml")["trial"]
    return texts["post"].format(number=wanted), texts["answer"].format(number=wanted)


# ---------------------------------------------------------------------------- venues


def venues_for(profile: Profile) -> tuple[Venue, ...]:
    """Return the venues of her specialties and interests and those for everybody, what is alive first.

    A venue that ended is told as ended and never recommended; one of unknown state says so.
    """
    told = " ".join((*(one.label for one in profile.specialties), *profile.bio.interests)).lower()
    rows = resources.table("data/engagement.toml")["venue"]
    fitting = [
        _venue(row)
        for row in rows
        if row["kind"] != "case_example"
        and ("about" not in row or any(word in told or _plainly(word) in told for word in row["about"]))
    ]
    return tuple(sorted(fitting, key=lambda one: (not one.recommended, one.state == "ended", one.name)))


def hashtags_for(profile: Profile) -> tuple[str, ...]:
    """Return the hashtags of her field that people use today, whether or not a chat under them ended."""
    rows = [one for one in venues_for(profile) if one.hashtag]
    used = [
        one for one in rows if one.state in ALIVE or "hashtag in use" in one.said or "lives on" in one.said
    ]
    return tuple(dict.fromkeys(one.hashtag for one in used if one.hashtag))


def _plainly(word: str) -> str:
    """Return a field as its practitioners' label may spell it: `oncology` is also in `oncologist`."""
    return word.removesuffix("y") if word.endswith("ology") else word


def _venue(row: Mapping[str, Any]) -> Venue:
    state = str(row["state"])
    when = f", as of {row['state_as_of'].isoformat()}" if "state_as_of" in row else ""
    words = row.get("said") or state.replace("_", " ")
    unsure = " [unverified]" if state == "unknown" or row["trust"] == "unverified" else ""
    return Venue(
        name=row["name"],
        kind=row["kind"].replace("_", " "),
        state=state,
        said=f"{words}{when}{unsure}",
        recommended=state in ALIVE,
        trust=Trust(row["trust"]),
        source=row["source"],
        hashtag=row.get("hashtag"),
        url=row.get("url"),
        note=row.get("note"),
    )


# ---------------------------------------------------------------------------- cadence


def _posts_of(account: Account, mentions: Sequence[Mention]) -> list[Mention]:
    """The posts under an account's address."""
    place = address(account.url).lower()
    return [
        one
        for one in mentions
        if one.kind is Kind.POST and address(one.url).lower().startswith(f"{place}/") and _day(one)
    ]


def _day(mention: Mention) -> date | None:
    try:
        return date.fromisoformat((mention.date_published or "")[:10])
    except ValueError:
        return None


def _cadences(
    own: Sequence[Account],
    posts: Mapping[str, Sequence[Mention]],
    today: date,
    plan: Mapping[str, int],
    keep: Mapping[str, float],
) -> Iterator[Cadence]:
    """Yield a plan for each account: a few posts on the first, fewer on the second, the others quiet and correct."""
    etiquette = resources.table("data/engagement.toml")["etiquette"]
    shares = [plan["posts_per_month"], plan["second_per_month"]]
    for n, account in enumerate(own):
        network = network_of(account.url, account.platform) or ""
        planned = keep.get(network, shares[n] if n < len(shares) else 0)
        days = sorted(day for post in posts[account.url] if (day := _day(post)) and day <= today)
        recent = [day for day in days if today - day < timedelta(days=OBSERVED_DAYS)]
        seen = len(recent) * _DAYS_A_MONTH / OBSERVED_DAYS if days else None
        last = days[-1] if days else None
        yield Cadence(
            url=account.url,
            platform=network,
            planned_per_month=planned,
            seen_per_month=round(seen, 1) if seen is not None else None,
            last_on=last,
            state=_cadence_state(planned, seen, last, today, plan["dormant_after_plans"]),
            etiquette=etiquette.get(network),
        )


def _cadence_state(
    planned: float, seen: float | None, last: date | None, today: date, dormant_after: int
) -> str:
    """Dormant is a last post older than twice the plan's interval; an account without a plan is kept by being correct."""
    if seen is None or last is None:
        return "not_seen"
    if planned <= 0:
        return "kept"
    if (today - last).days > dormant_after * _DAYS_A_MONTH / planned:
        return "dormant"
    return "kept" if seen >= planned else "behind"


def _owed(hers: Sequence[Mention], mine: set[str], today: date, within_days: int) -> Iterator[Owed]:
    """Yield what others posted about her in the last quarter and nobody decided on, the oldest first."""
    dated = sorted(
        ((day, one) for one in hers if one.kind is Kind.POST and (day := _day(one))), key=lambda p: p[0]
    )
    for day, one in dated:
        age = (today - day).days
        if one.decision is None and address(one.url) not in mine and 0 <= age <= OBSERVED_DAYS:
            yield Owed(key=one.key, url=one.url, on=day, age_days=age, late=age > within_days)


_ABOUT_HERSELF = (
    "appointment",
    "accepting new",
    "book ",
    "my practice",
    "our practice",
    "our clinic",
    "honored",
    "proud to",
)


def _mix(posts: Sequence[Mention]) -> dict[str, int]:
    counted = dict.fromkeys(("question", "educational", "promotional", "other"), 0)
    for post in posts:
        text = (post.text or post.title).lower()
        if any(words in text for words in _ABOUT_HERSELF):
            counted["promotional"] += 1
        elif "?" in text:
            counted["question"] += 1
        elif "http" in text or "doi" in text:
            counted["educational"] += 1
        else:
            counted["other"] += 1
    return counted
