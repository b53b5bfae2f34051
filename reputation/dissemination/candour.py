"""Whose views, and what ties: where the disclaimer and the disclosures do not fit, or nobody stated them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reputation.dissemination.platforms import platform

if TYPE_CHECKING:
    from reputation.model import Bio, Profile

NETWORKING = frozenset({"networking", "content"})
"""Categories of platforms where she speaks, and must say for whom."""


def warnings_about(profile: Profile, bios: Iterable[Bio]) -> tuple[str, ...]:
    """Return what is missing of candour in `bios`, one sentence each, the platforms named."""
    spoken = [
        bio
        for bio in bios
        if bio.text
        and platform(bio.platform).category in NETWORKING
        and platform(bio.platform).field(bio.field).tells == "bio"
    ]
    found: list[str] = []
    if spoken and not profile.bio.views_are_my_own:
        found.append(
            "no biography says whose views they are; if they are your own, write views_are_my_own = true under [bio], "
            "if you speak for your institution, say so in your statement"
        )
    without = _lacking(spoken, "bio.views_are_my_own")
    if without:
        found.append(
            f"“views are my own” does not fit on {without}; say it in a pinned post or on the page that the profile links to"
        )
    undisclosed = _lacking(spoken, "bio.disclosures.")
    if undisclosed:
        found.append(
            f"not every disclosure fits on {undisclosed}; link to the page that states them, and state them beside every post they bear on"
        )
    if profile.bio.identity_strategy == "separate":
        personal = [page.url for page in profile.profiles if page.purpose == "personal"]
        found += [
            f"you keep person and profession apart: {url} gets none of these texts" for url in personal[:3]
        ]
    return tuple(found)


def _lacking(bios: Sequence[Bio], path: str) -> str:
    """The platforms whose field has no room for the fact at `path`, named once each."""
    lacking = [
        f"{platform(bio.platform).title} ({bio.field.replace('_', ' ')})"
        for bio in bios
        if any(one.startswith(path) and " (" not in one for one in bio.left_out)
    ]
    return ", ".join(dict.fromkeys(lacking))
