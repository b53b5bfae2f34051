"""Makes mentions of what replies say: one key, no claim without a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from reputation import normalize
from reputation.model import By, Claim, Kind, Mention, Rank

if TYPE_CHECKING:
    from reputation.model import Capture, Source

Fact = tuple[str, str | None]


def claims(facts: Iterable[Fact]) -> tuple[Claim, ...]:
    """Return the facts that have a value, in the order of the reply: two places may share a city."""
    return tuple(Claim(name, value) for name, value in facts if value)


def mention(
    source: Source,
    kind: Kind,
    url: str,
    title: str,
    *,
    site_id: str | None = None,
    facts: Iterable[Fact] = (),
    **more: Any,
) -> Mention:
    """Return a mention with its key, by the site's own id or else the URL; `more` goes in as it is."""
    key = normalize.mention_key(source.id, site_id, url)
    return Mention(source=source.id, kind=kind, url=url, title=title, key=key, claims=claims(facts), **more)


def result(
    source: Source,
    capture: Capture,
    url: str,
    title: str,
    position: int | None,
    *,
    engine: str | None = None,
    location: str | None = None,
    device: str | None = None,
    **more: Any,
) -> Mention:
    """Return one link of a result page; its rank names the engine that was really asked.

    A program asks signed in nowhere; of a page that was saved nothing is known here.
    """
    name = engine or capture.request.engine or source.engine or source.id
    query = capture.request.query or ""
    seen: dict[str, Any] = {
        "location": location,
        "device": device,
        "signed_in": False if capture.by is By.PROGRAM else None,
    }
    ranks = (Rank(engine=name, query=query, position=position, **seen),) if position else ()
    return mention(source, Kind.RESULT, url, title, ranks=ranks, **more)
