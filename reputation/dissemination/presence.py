"""Being found: which of her pages could rise, which pages she could claim, and which platforms she lacks.

No engine publishes its order.  What the audit saw on page one comes first, the judgement in `data/presence.toml` after it.
A platform on which no page of hers was seen may have one all the same: silence is not absence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reputation import resources
from reputation.dissemination import wording
from reputation.dissemination.accounts import (
    Account,
    Handle,
    LinkGap,
    NameShown,
    PageState,
    handle_suggestions,
    handles_in_use,
    link_gaps,
    names_shown,
    page_states,
    register,
)
from reputation.dissemination.drift import address, host, pages_of
from reputation.dissemination.platforms import platform
from reputation.model import Control, Kind, MatchDecision, Trust

if TYPE_CHECKING:
    from reputation.model import Mention, PageOne, Profile

PAGE_LENGTH = 10
HIGH = 3
"""A page that stands this high has little left to rise."""
_HERS = frozenset({Control.OWNED, Control.CONTROLLED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Riser:
    """A page of hers that could stand higher for one query; `position` None where it was not seen for it."""

    url: str
    position: int | None
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryPresence:
    """One first page: how many results are hers to write, of how many seen, and what could rise."""

    engine: str
    query: str
    hers: int
    seen: int
    risers: tuple[Riser, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chance:
    """A page to claim, or a platform where none of hers was seen; `rank` 1 has the most likely effect."""

    rank: int
    kind: str
    """claim or lack"""
    platform: str | None
    title: str
    why: str
    url: str | None = None
    trust: Trust = Trust.UNVERIFIED


@dataclass(frozen=True, kw_only=True, slots=True)
class Presence:
    """How she can be found, and how consistently her pages speak of her."""

    queries: tuple[QueryPresence, ...] = ()
    chances: tuple[Chance, ...] = ()
    names: tuple[NameShown, ...] = ()
    link_gaps: tuple[LinkGap, ...] = ()
    handles: tuple[Handle, ...] = ()
    handles_in_use: Mapping[str, str] = field(default_factory=dict)
    """By address the name of each professional account on a network."""
    handle_share: float | None = None
    """The share, 0..1, of those accounts that bear the commonest name; None where there are fewer than two."""
    pages: tuple[PageState, ...] = ()
    accounts: tuple[Account, ...] = ()


def presence(profile: Profile, mentions: Sequence[Mention], pages: Sequence[PageOne]) -> Presence:
    """Return what the audit's mentions and first pages say about how she is found and how she appears."""
    hers = [one for one in mentions if one.match and one.match.decision is MatchDecision.MATCH]
    accounts = register(profile, hers)
    used = handles_in_use(accounts)
    commonest = max(map(list(used.values()).count, used.values()), default=0)
    return Presence(
        queries=tuple(_queries(profile, hers, pages)),
        chances=_chances(profile, mentions, hers),
        names=names_shown(profile, hers),
        link_gaps=link_gaps(profile, hers),
        handles=handle_suggestions(profile),
        pages=page_states(hers),
        accounts=accounts,
        handles_in_use=used,
        handle_share=commonest / len(used) if len(used) > 1 else None,
    )


def _queries(profile: Profile, hers: Sequence[Mention], pages: Sequence[PageOne]) -> Iterator[QueryPresence]:
    urls = {address(one.url): one.url for one in hers if one.control in _HERS and one.kind is not Kind.POST}
    for own in (*profile.websites, *(one.url for one in profile.profiles if one.purpose == "professional")):
        urls.setdefault(address(own), own)
    stands: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for mention in hers:
        for rank in mention.ranks:
            here = stands[rank.engine, rank.query]
            place = address(mention.url)
            here[place] = min(rank.position, here.get(place, rank.position))
    for page in pages:
        here = stands[page.engine, page.query]
        could = [_riser(urls[place], here.get(place)) for place in urls]
        yield QueryPresence(
            engine=page.engine,
            query=page.query,
            hers=page.owned + page.controlled,
            seen=page.owned + page.controlled + page.influenced + page.uncontrolled + page.not_about_me,
            risers=tuple(sorted(filter(None, could), key=_nearest_first))[:3],
        )


def _nearest_first(riser: Riser) -> tuple[int, int, str]:
    """Just behind page one before low on page one, and both before what was not seen at all."""
    if riser.position is None:
        return 2, 0, riser.url
    return (0 if riser.position > PAGE_LENGTH else 1), riser.position, riser.url


def _riser(url: str, position: int | None) -> Riser | None:
    if position is None:
        why = (
            "was not seen for this query; put your name into its title, and link to it from your other pages"
        )
    elif position > PAGE_LENGTH:
        why = f"stands at {position}, behind page one; links from your other pages help it most"
    elif position > HIGH:
        why = f"stands at {position}; a fuller text and links from your other pages may lift it"
    else:
        return None
    return Riser(url=url, position=position, why=why)


# ---------------------------------------------------------------------------- chances


def _chances(profile: Profile, mentions: Sequence[Mention], hers: Sequence[Mention]) -> tuple[Chance, ...]:
    found = [*_claims(hers), *_lacks(profile, mentions, hers)]
    found.sort(key=lambda pair: pair[0])
    return tuple(_ranked(chance, n) for n, (_, chance) in enumerate(found, 1))


def _ranked(chance: dict[str, Any], rank: int) -> Chance:
    return Chance(rank=rank, **chance)


def _claims(hers: Sequence[Mention]) -> Iterator[tuple[tuple[int, int, int], dict[str, Any]]]:
    """Yield the pages on page one that are about her, and that she may claim but does not write."""
    on_page_one: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    urls: dict[str, tuple[str, str]] = {}
    for mention in hers:
        if mention.control is Control.INFLUENCED:
            asked = {(rank.engine, rank.query) for rank in mention.ranks if 0 < rank.position <= PAGE_LENGTH}
            on_page_one[address(mention.url)] |= asked
            urls.setdefault(address(mention.url), (mention.url, mention.title))
    for place, asked in on_page_one.items():
        url, title = urls[place]
        queries = len(asked)
        if queries:
            why = f"it is about you and stands on page one for {queries} quer{'y' if queries == 1 else 'ies'}; claim it and write its text"
            told = {"kind": "claim", "platform": None, "title": title, "why": why, "url": url}
            yield (0, -queries, 0), {**told, "trust": Trust.VERIFIED}


def _lacks(
    profile: Profile, mentions: Sequence[Mention], hers: Sequence[Mention]
) -> Iterator[tuple[tuple[int, int, int], dict[str, Any]]]:
    """Yield the platforms of standing on which no page of hers was seen, those whose hosts stand on page one first."""
    own = [page.url for page in profile.profiles] + list(profile.websites)
    hosts_seen = {host(url) for url in (*own, *(one.url for one in hers))}
    queries_by_host: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for mention in mentions:
        for rank in mention.ranks:
            if 0 < rank.position <= PAGE_LENGTH:
                queries_by_host[host(mention.url)].add((rank.engine, rank.query))
    audience = _audience(profile, hers)
    for n, row in enumerate(resources.table("data/presence.toml")["standing"]):
        place = platform(row["platform"])
        hosts = {*place.hosts, *row.get("hosts", ())}
        there = (
            hosts & hosts_seen
            or pages_of(place.id, profile, hers)
            or any(page.platform in {place.id, *place.sources} for page in profile.profiles)
            or (place.id == "practice_website" and profile.websites)
            or (place.id == "hospital_find_a_doctor" and _on_an_institutions_page(profile, hers))
        )
        if there or row.get("for", "all") not in audience:
            continue
        queries = len(set[tuple[str, str]]().union(*(queries_by_host[one] for one in hosts)))
        seen = (
            f"; the site stands on page one for {queries} of your queries, with others' pages"
            if queries
            else ""
        )
        yield (
            (1 if queries else 2, -queries, n),
            {
                "kind": "lack",
                "platform": place.id,
                "title": place.title,
                "why": f"no page of yours was seen there: {row['why']}{seen}",
                "url": place.edit_url(place.field(None)),
                "trust": Trust(row["trust"]),
            },
        )


def _audience(profile: Profile, hers: Sequence[Mention]) -> frozenset[str]:
    held = {wording.letters(one) for one in profile.name.credentials}
    labels = " ".join(one.label.lower() for one in profile.specialties)
    for_whom = {"all"}
    if held & wording.PHYSICIAN:
        for_whom.add("physicians")
    if profile.ids.orcid or any(one.kind is Kind.ARTICLE for one in hers):
        for_whom.add("research")
    if "oncology" in labels:
        for_whom.add("oncology")
    return frozenset(for_whom)


def _on_an_institutions_page(profile: Profile, hers: Sequence[Mention]) -> bool:
    """Whether a page about her names an institution of hers in its title, or lies on a hospital's or school's address."""
    names = {
        name.lower()
        for tie in profile.affiliations
        for name in (tie.name, *tie.short_names)
        if tie.until is None
    }
    return any(
        host(one.url).endswith(".edu") or any(name in one.title.lower() for name in names)
        for one in hers
        if one.kind in {Kind.RESULT, Kind.LISTING, Kind.PROFILE}
    )
