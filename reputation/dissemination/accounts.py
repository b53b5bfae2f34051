"""Her accounts and pages: names, links, handles, what each page lacks, and which purpose each account serves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reputation import resources
from reputation.dissemination import wording
from reputation.dissemination.bio import handles
from reputation.dissemination.drift import address, host, shown_bio
from reputation.dissemination.exports import fold
from reputation.dissemination.jsonld import links
from reputation.dissemination.platforms import platforms
from reputation.model import Control, Kind
from reputation.names import compare_names
from reputation.normalize import canonical_url

if TYPE_CHECKING:
    from reputation.model import Mention, Profile

_PAGES = frozenset({Kind.LISTING, Kind.PROFILE})
_HERS = frozenset({Control.OWNED, Control.CONTROLLED})
_PLACEHOLDER = re.compile(r"(?i)placeholder|silhouette|no[-_]?(?:photo|image|picture|avatar)|default|generic")
BY_HAND = "whether it is free must be looked up by hand, on the platform itself"


@dataclass(frozen=True, kw_only=True, slots=True)
class NameShown:
    """How one page writes her name; `agrees` as `names.compare_names`: same, compatible, different."""

    url: str
    shown: str
    agrees: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkGap:
    """A page of hers that was read, and which of her other pages it does not link to."""

    url: str
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Handle:
    """A name for an account; nobody here can tell whether it is free."""

    handle: str
    fits: tuple[str, ...]
    """Titles of the platforms whose limit it keeps."""
    note: str = BY_HAND


@dataclass(frozen=True, kw_only=True, slots=True)
class PageState:
    """How complete one page is; `photo` is shown, placeholder or cannot_tell."""

    url: str
    title: str
    photo: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """One account with its purpose (professional, personal, unlabelled), and what mixes it with the other side."""

    url: str
    purpose: str
    control: str
    platform: str | None = None
    mixes: tuple[str, ...] = ()


def names_shown(profile: Profile, hers: Sequence[Mention]) -> tuple[NameShown, ...]:
    """Return how each page about her writes her name, what differs first."""
    canonical = wording.full_name(profile.name, credentials=0)
    found: dict[tuple[str, str], NameShown] = {}
    for mention in hers:
        if mention.kind in {*_PAGES, Kind.RECORD}:
            for shown in mention.claimed("name")[:1]:
                agrees = str(compare_names(canonical, shown))
                found.setdefault((mention.url, shown), NameShown(url=mention.url, shown=shown, agrees=agrees))
    order = ("different", "compatible", "same")
    return tuple(sorted(found.values(), key=lambda one: (order.index(one.agrees), one.url)))


def link_gaps(profile: Profile, hers: Sequence[Mention]) -> tuple[LinkGap, ...]:
    """Return which of her professional pages do not link to the others, by their sameAs and links."""
    wanted = {canonical_url(url): url for url in links(profile)}
    found = {}
    for mention in hers:
        if mention.control in _HERS and mention.kind in _PAGES:
            linked = {canonical_url(url) for name in ("same_as", "url") for url in mention.claimed(name)}
            linked.add(canonical_url(mention.url))
            missing = tuple(url for place, url in wanted.items() if place not in linked)
            if missing:
                found[mention.url] = LinkGap(url=mention.url, missing=missing)
    return tuple(found.values())


def handle_suggestions(profile: Profile) -> tuple[Handle, ...]:
    """Return names for accounts, the one that fits most platforms first: the same name everywhere is found best."""
    wanted = [
        (place.title, field.limit)
        for place in platforms()
        for field in place.fields
        if field.tells == "handle"
    ]
    made = [
        Handle(handle=f"@{name}", fits=tuple(title for title, limit in wanted if len(name) <= (limit or 0)))
        for name in dict.fromkeys(handles(profile))
    ]
    return tuple(sorted((one for one in made if one.fits), key=lambda one: -len(one.fits)))


def handles_in_use(accounts: Sequence[Account]) -> dict[str, str]:
    """Return by address the name of each professional account on a network, to see whether they are one."""
    named = {one.url: handle_of(one.url, one.platform) for one in accounts if one.purpose == "professional"}
    return {url: plain.split(".")[0] for url, plain in named.items() if plain}


def page_states(hers: Sequence[Mention]) -> tuple[PageState, ...]:
    """Return how complete each listing and profile is; a page without any image says nothing about a photo."""
    return tuple(_page_state(mention) for mention in hers if mention.kind in _PAGES)


def _page_state(mention: Mention) -> PageState:
    images = (*mention.claimed("image"), *mention.claimed("photo"))
    real = [url for url in images if not _PLACEHOLDER.search(url.rsplit("/", 1)[-1])]
    parts = {
        "biography": bool(shown_bio(mention)),
        "specialty": bool(mention.claimed("specialty")),
        "telephone": bool(mention.claimed("telephone")),
        "address": bool(mention.claimed("street_address")),
        "link to your site": bool(mention.claimed("same_as") or mention.claimed("website")),
    }
    if mention.kind is Kind.PROFILE:  # an account has no address of a practice
        parts = {name: parts[name] for name in ("biography", "link to your site")}
    return PageState(
        url=mention.url,
        title=mention.title,
        photo="shown" if real else "placeholder" if images else "cannot_tell",
        has=tuple(name for name, there in parts.items() if there),
        lacks=tuple(name for name, there in parts.items() if not there),
    )


# ---------------------------------------------------------------------------- the register


def register(profile: Profile, hers: Sequence[Mention]) -> tuple[Account, ...]:
    """Return every account of hers with its purpose, and what mixes the person with the profession.

    An account that the audit found and the profile does not name is unlabelled: she says what it is for.
    """
    accounts = [
        Account(
            url=page.url,
            purpose=page.purpose,
            control=page.control.value,
            platform=page.platform,
            mixes=tuple(_mixes(profile, page.url, page.purpose, hers)),
        )
        for page in profile.profiles
    ]
    known = {address(one.url) for one in accounts} | {address(url) for url in profile.websites}
    found = {
        address(one.url): one for one in hers if one.kind is Kind.PROFILE and address(one.url) not in known
    }
    accounts += [
        Account(url=one.url, purpose="unlabelled", control=(one.control or Control.UNCONTROLLED).value)
        for one in found.values()
    ]
    return tuple(accounts)


def _mixes(profile: Profile, url: str, purpose: str, hers: Sequence[Mention]) -> Iterator[str]:
    if purpose != "personal":
        return
    place = address(url)
    professional = {address(one.url) for one in profile.profiles if one.purpose == "professional"}
    professional |= {address(site) for site in profile.websites}
    for mention in hers:
        linked = {address(one) for name in ("same_as", "url") for one in mention.claimed(name)}
        if address(mention.url) in professional and place in linked:
            yield f"your professional page {mention.url} links to it"
        if address(mention.url) == place and linked & professional:
            yield "it links to your professional pages"
        if address(mention.url) == place:
            yield from _work_named(profile, mention)
            queries = {rank.query for rank in mention.ranks if 0 < rank.position <= 10}
            if queries:
                yield f"it stands on page one for {min(queries)}"
    name = handle_of(url)
    if name and any(handle_of(one) == name and one != url for one in _urls(profile, "professional")):
        yield f"it bears the same name (@{name}) as a professional account"


def _work_named(profile: Profile, mention: Mention) -> Iterator[str]:
    """Yield what of her profession a personal page says."""
    said = f" {fold(' '.join((mention.title, *shown_bio(mention))))} "
    work = [tie.name for tie in profile.affiliations] + [
        place.name for place in profile.locations if place.name
    ]
    roles = [wording.role(profile.name, one.label) for one in profile.specialties]
    for words in dict.fromkeys((*work, *roles)):
        if fold(words) and f" {fold(words)} " in said:
            yield f"it names your work: {words}"


def _urls(profile: Profile, purpose: str) -> list[str]:
    return [one.url for one in profile.profiles if one.purpose == purpose]


def network_of(url: str, platform_id: str | None = None) -> str | None:
    """Return the network on which an account posts, by its address or by her own word; None for all other pages.

    An ORCID record or a Doximity page is no place to post; those that are have an etiquette in `data/engagement.toml`.
    """
    posting = resources.table("data/engagement.toml")["etiquette"]
    if platform_id in posting:
        return platform_id
    return next((one.id for one in platforms() if one.id in posting and host(url) in one.hosts), None)


def handle_of(url: str, platform_id: str | None = None) -> str | None:
    """Return an account's name by its address on a network: its last part, without @; None elsewhere."""
    if network_of(url, platform_id) is None:
        return None
    parts = [part for part in urlsplit(url).path.split("/") if part]
    return parts[-1].lstrip("@").lower() if parts else None
