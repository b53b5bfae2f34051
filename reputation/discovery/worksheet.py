"""The manual lane: what only a person may open, with each link prepared and what to look for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from reputation.model import Access, Profile, Source

TIERS = ("essential", "useful", "rest")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """One page for a person to open: the prepared link and what to note or save there."""

    source: str
    title: str
    tier: str
    link: str | None
    look_for: str


def stops(profile: Profile, sources: Sequence[Source], has_key: Callable[[Source], bool]) -> tuple[Stop, ...]:
    """Return every enabled source that only a person can hear, the essential ones first, in the registry's order.

    A site with a key of its own is a stop as long as the user has none.
    """
    found = [_stop(profile, source) for source in sources if source.enabled and _is_by_hand(source, has_key)]
    return tuple(sorted(found, key=lambda stop: TIERS.index(stop.tier)))


def _is_by_hand(source: Source, has_key: Callable[[Source], bool]) -> bool:
    if source.access is Access.API:
        return bool(source.options.get("link")) and not has_key(source)
    return source.access is Access.MANUAL


def _stop(profile: Profile, source: Source) -> Stop:
    tier = str(source.options.get("tier", "rest"))
    words = _words(profile)
    link = source.options.get("link")
    look_for = str(source.options.get("look_for", "What it says about you. Save the page."))
    return Stop(
        source=source.id,
        title=source.title,
        tier=tier if tier in TIERS else "rest",
        link=_filled(str(link), {name: quote_plus(word) for name, word in words.items()})
        if link
        else source.base_url,
        look_for=_filled(look_for, words),
    )


def prepared_query(profile: Profile) -> str:
    """Return what the worksheet's links search for: the name as a phrase, and the city where it is known."""
    words = _words(profile)
    return f'"{words["name"]}" {words["city"]}'.strip()


def _words(profile: Profile) -> dict[str, str]:
    place = profile.locations[0] if profile.locations else None
    return {
        "name": f"{profile.name.given} {profile.name.family}",
        "given": profile.name.given,
        "family": profile.name.family,
        "city": (place.city if place else None) or "",
        "state": (place.state if place else None) or "",
        "specialty": profile.specialties[0].label if profile.specialties else "",
        "npi": profile.ids.npi or "",
    }


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text


def as_markdown(prepared: Sequence[Stop]) -> str:
    """Return the worksheet to print or keep beside the browser: a box for each page, the essential ones first."""
    lines = [
        "# What only you can open",
        "",
        "Open each page, save it whole (Ctrl+S), then: `repaudit import FILE`. Nothing there? `repaudit observe SITE --nothing`.",
    ]
    for tier in TIERS:
        own = [stop for stop in prepared if stop.tier == tier]
        if own:
            lines += ["", f"## {tier.capitalize()}", ""]
        for stop in own:
            lines.append(
                f"- [ ] **{stop.title}** (`{stop.source}`): <{stop.link}>"
                if stop.link
                else f"- [ ] **{stop.title}** (`{stop.source}`)"
            )
            lines.append(f"      {stop.look_for}")
    return "\n".join(lines) + "\n"
