"""What a platform shows now, against what was last exported for it and what the profile says today.

Judged claim by claim (title, affiliation, certification) and by the words of the text, and only on pages that are
surely hers and were read: silence is not absence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reputation.dissemination.exports import Export, fingerprint, fold
from reputation.dissemination.facts import is_current
from reputation.dissemination.platforms import platform
from reputation.dissemination.wording import tidy
from reputation.model import Drift, Kind, MatchDecision

if TYPE_CHECKING:
    from reputation.model import Affiliation, Mention, Profile

SHORTEST_TEASER = 60
"""A page may print the beginning of a biography only; from this many characters on it counts as the same."""

_RANK = re.compile(
    r"\b(assistant professor|associate professor|clinical instructor|instructor|professor)\b(?! emerit)"
)
_CERTIFIED = re.compile(
    r"(?i)\bboard[- ]certified\s+(?:in|by)\s+([^.;\n]{3,80}?)(?=\s+by\b|\s+and\s+(?:is|has)\b|[.;,\n]|$)"
)
_TIES = ("affiliation", "works_for", "hospital_affiliation")


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimDrift:
    """One claim of a page against the profile: what it shows and what it should."""

    claim: str
    """title, affiliation or certification"""
    state: Drift
    shown: str | None = None
    should: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlatformDrift:
    """How one platform stands: the whole of it, claim by claim, and the text to paste where it differs."""

    platform: str
    field: str
    state: Drift
    claims: tuple[ClaimDrift, ...] = ()
    shown: str | None = None
    exported_on: date | None = None
    """When its text was last exported; None where never."""
    shows_export_of: date | None = None
    """The day of the export whose text it shows; None where it shows none of them."""
    url: str | None = None
    replacement: str = ""
    """What to paste; empty where it is as it should be, or nobody looked."""


def look(
    platform_id: str,
    field: str,
    *,
    canonical: Sequence[str],
    profile: Profile,
    pages: Sequence[Mention],
    exports: Sequence[Export],
    on: date,
) -> PlatformDrift:
    """Return how `platform_id` stands by its `pages`; `canonical` are today's texts, the one to paste first."""
    ours = [one for one in exports if (one.platform, one.field) == (platform_id, field)]
    told = PlatformDrift(
        platform=platform_id,
        field=field,
        state=Drift.NOT_SEEN,
        exported_on=max((one.at.date() for one in ours), default=None),
    )
    if not pages:
        return told
    shown = [text for page in pages for text in shown_bio(page)]
    claims = tuple(_claims(pages, shown, profile, canonical, on))
    given = next((one for one in reversed(ours) if any(_says_the_same(text, one) for text in shown)), None)
    state = _state(shown, canonical, claims, given)
    return PlatformDrift(
        platform=platform_id,
        field=field,
        state=state,
        claims=claims,
        shown=shown[0] if shown else None,
        exported_on=told.exported_on,
        shows_export_of=given.at.date() if given else None,
        url=pages[0].url,
        replacement="" if state is Drift.SAME or not canonical else canonical[0],
    )


def _state(
    shown: Sequence[str], canonical: Sequence[str], claims: Sequence[ClaimDrift], given: Export | None
) -> Drift:
    if any(one.state is Drift.STALE for one in claims):
        return Drift.STALE
    if not shown:
        return Drift.MISSING
    if any(_reads_as(text, told) for text in shown for told in canonical):
        return Drift.SAME
    return Drift.STALE if given else Drift.EDITED


def surely_her_pages(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the pages that are surely hers, of all kinds that can hold a biography."""
    return [
        one
        for one in mentions
        if one.kind in {Kind.LISTING, Kind.PROFILE, Kind.RECORD}
        and one.match is not None
        and one.match.decision is MatchDecision.MATCH
    ]


def pages_of(platform_id: str, profile: Profile, pages: Iterable[Mention]) -> list[Mention]:
    """Return those of `pages` that are of a platform: by source, by her own word or by host."""
    place = platform(platform_id)
    names = {one.replace("-", "_") for one in place.sources}
    own = {address(page.url) for page in profile.profiles if page.platform in names}
    return [
        page
        for page in surely_her_pages(pages)
        if names & {one.replace("-", "_") for one in (page.source, *page.sources)}
        or address(page.url) in own
        or host(page.url) in place.hosts
    ]


def shown_bio(mention: Mention) -> tuple[str, ...]:
    """Return the biography that a page shows: its description; of an account the text that stands under the name."""
    told = tuple(text for text in mention.claimed("description") if text.strip())
    if told or mention.kind is not Kind.PROFILE or not (mention.text or "").strip():
        return told
    return (mention.text or "",)


def _claims(
    pages: Sequence[Mention], shown: Sequence[str], profile: Profile, canonical: Sequence[str], on: date
) -> Iterator[ClaimDrift]:
    """Yield each claim that the page makes and is wrong, that it should make and does not, or that it makes rightly."""
    titles = [*shown, *(value for page in pages for value in page.claimed("job_title"))]
    ties = [value for page in pages for name in _TIES for value in page.claimed(name)]
    now = [tie for tie in profile.affiliations if is_current(tie, on)]
    over = [tie for tie in profile.affiliations if not is_current(tie, on)]
    told = fold(" ".join(canonical))
    yield from _title(titles, now, over, told)
    yield from _affiliation([*titles, *ties], now, over, told)
    yield from _certification(
        [*shown, *(value for page in pages for value in page.claimed("certification"))], profile, told
    )


def _title(
    texts: Sequence[str], now: Sequence[Affiliation], over: Sequence[Affiliation], told: str
) -> Iterator[ClaimDrift]:
    held = [tidy(tie.title) for tie in now if tidy(tie.title)]
    should = "; ".join(f"{tidy(tie.title)} at {tidy(tie.name)}" for tie in now if tidy(tie.title)) or None
    said = fold(" ".join(texts))
    ranks = {rank for title in held for rank in _ranks(title)}
    wrong = [rank for text in texts for rank in _ranks(text) if ranks and rank not in ranks]
    past = [
        tidy(tie.title) for tie in over
        if tie.title and fold(tie.title) not in map(fold, held) and _names(said, tie.title)
    ]  # fmt: skip
    if wrong or past:
        yield ClaimDrift(claim="title", state=Drift.STALE, shown=[*past, *wrong][0], should=should)
    elif any(_names(said, title) for title in held):
        yield ClaimDrift(claim="title", state=Drift.SAME, shown=should, should=should)
    elif texts and any(_names(told, title) for title in held):
        yield ClaimDrift(claim="title", state=Drift.MISSING, should=should)


def _affiliation(
    texts: Sequence[str], now: Sequence[Affiliation], over: Sequence[Affiliation], told: str
) -> Iterator[ClaimDrift]:
    said = fold(" ".join(texts))
    held = {fold(name) for tie in now for name in (tie.name, *tie.short_names)}
    should = "; ".join(tidy(tie.name) for tie in now) or None
    past = [tidy(tie.name) for tie in over if fold(tie.name) not in held and _names(said, tie.name)]
    if past:
        yield ClaimDrift(claim="affiliation", state=Drift.STALE, shown=past[0], should=should)
    elif any(name and f" {name} " in f" {said} " for name in held):
        yield ClaimDrift(claim="affiliation", state=Drift.SAME, shown=should, should=should)
    elif texts and any(_names(told, tie.name) for tie in now):
        yield ClaimDrift(claim="affiliation", state=Drift.MISSING, should=should)


def _certification(texts: Sequence[str], profile: Profile, told: str) -> Iterator[ClaimDrift]:
    fields = [tidy(one.specialty) or tidy(one.board) for one in profile.certifications]
    held = {fold(part) for one in profile.certifications for part in (one.specialty or "", one.board) if part}
    should = "; ".join(filter(None, fields)) or None
    claimed = [tidy(found[1]) for text in texts for found in _CERTIFIED.finditer(text)]
    other = [one for one in claimed if not any(fold(one) in known or known in fold(one) for known in held)]
    if other and held:
        yield ClaimDrift(claim="certification", state=Drift.EDITED, shown=other[0], should=should)
    elif claimed and held:
        yield ClaimDrift(claim="certification", state=Drift.SAME, shown=claimed[0], should=should)
    elif texts and "board certified" in told:
        yield ClaimDrift(claim="certification", state=Drift.MISSING, should=should)


def _ranks(text: str) -> list[str]:
    """The academic ranks that a text names; the longer wins over `professor`."""
    return _RANK.findall(fold(text))


def _names(said: str, words: str) -> bool:
    return bool(fold(words)) and f" {fold(words)} " in f" {said} "


def _says_the_same(shown: str, export: Export) -> bool:
    return fingerprint(shown) == export.digest or _reads_as(shown, export.text)


def _reads_as(shown: str, told: str) -> bool:
    seen, canonical = fold(shown.rstrip(" .…")), fold(told)
    if not canonical:
        return False
    return seen == canonical or (len(seen) >= SHORTEST_TEASER and canonical.startswith(seen))


def host(url: str) -> str:
    """Return a URL's host without `www.`; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def address(url: str) -> str:
    """Return a URL without its scheme, `www.`, query and last slash: enough to tell pages of her own."""
    return f"{host(url)}{urlsplit(url).path.rstrip('/')}" if host(url) else url
