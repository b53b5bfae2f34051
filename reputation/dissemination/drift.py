"""What a platform shows now against what the profile says it should."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reputation.dissemination.facts import is_current
from reputation.dissemination.platforms import platform
from reputation.model import Drift, Kind, MatchDecision

if TYPE_CHECKING:
    from reputation.model import Bio, Mention, Profile

SHORTEST_TEASER = 60
"""A page may print the beginning of a biography only; from this many characters on it counts as the same."""


def drift_of(bio: Bio, profile: Profile, mentions: Sequence[Mention], on: date) -> Drift:
    """Return how what the platform shows differs from `bio`; `not_seen` where no page of it was read.

    Only pages that are surely the clinician's count, and only the platform's biography field is judged:
    no audit reads the others.
    """
    place = platform(bio.platform)
    if bio.field != place.main:
        return Drift.NOT_SEEN
    pages = [mention for mention in mentions if _is_page_of(mention, place.id, profile)]
    if not pages:
        return Drift.NOT_SEEN
    shown = [text for page in pages for text in page.claimed("description") if text.strip()]
    if any(_is_stale(page, shown, profile, on) for page in pages):
        return Drift.STALE
    if not shown:
        return Drift.MISSING
    return Drift.SAME if any(_says_the_same(text, bio.text) for text in shown) else Drift.EDITED


def _is_page_of(mention: Mention, platform_id: str, profile: Profile) -> bool:
    if mention.kind not in {Kind.LISTING, Kind.PROFILE, Kind.RECORD}:
        return False
    if mention.match is None or mention.match.decision is not MatchDecision.MATCH:
        return False
    names = set(platform(platform_id).sources)
    if names & {mention.source.replace("-", "_"), *(one.replace("-", "_") for one in mention.sources)}:
        return True
    own = {_address(page.url) for page in profile.profiles if page.platform in names}
    return _address(mention.url) in own or _host(mention.url) in platform(platform_id).hosts


def _is_stale(page: Mention, shown: Sequence[str], profile: Profile, on: date) -> bool:
    """Whether the page names a tie that is over, or gives an old title for one that holds."""
    texts = [
        *shown,
        *(value for name in ("job_title", "affiliation", "works_for") for value in page.claimed(name)),
    ]
    said = " ".join(_fold(text) for text in texts)
    current = [tie for tie in profile.affiliations if is_current(tie, on)]
    held = {_fold(tie.name) for tie in current}
    for tie in profile.affiliations:
        if is_current(tie, on):
            continue
        if _fold(tie.name) not in held and _names(said, tie.name):
            return True
        still_held = any(_fold(one.title or "") == _fold(tie.title or "") for one in current)
        if tie.title and not still_held and _names(said, tie.title):
            return True
    ranks = {_fold(tie.title) for tie in current if tie.title}
    return any(_rank_of(text) not in {None, *map(_rank_of, ranks)} for text in texts) and bool(
        {_rank_of(rank) for rank in ranks} - {None}
    )


def _rank_of(text: str) -> str | None:
    """The academic rank that a text names; the longer rank wins over `professor`."""
    match = re.search(
        r"\b(assistant professor|associate professor|clinical instructor|instructor|professor)\b", _fold(text)
    )
    return match[1] if match else None


def _names(said: str, words: str) -> bool:
    return bool(_fold(words)) and f" {_fold(words)} " in f" {said} "


def _says_the_same(shown: str, told: str) -> bool:
    seen, canonical = _fold(shown.rstrip(" .…")), _fold(told)
    if not canonical:
        return False
    return seen == canonical or (len(seen) >= SHORTEST_TEASER and canonical.startswith(seen))


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _address(url: str) -> str:
    parts = urlsplit(url)
    return f"{_host(url)}{parts.path.rstrip('/')}"
