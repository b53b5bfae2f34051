"""One organic result as its engine shows it, and where on the page it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reputation.discovery.reading import Node
from reputation.discovery.serp.stars import Stars
from reputation.model import Claim


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One organic result as its engine shows it; the link is still the engine's own."""

    href: str
    title: str
    text: str | None = None
    date: str | None = None
    stars: Stars | None = None
    claims: tuple[Claim, ...] = ()
    identity: str | None = None
    """By what the result is known again where its link is new each time."""


_HIGHEST = 100
"""How far up is looked; the deepest result that was seen stands 35 elements deep."""


def above(node: Node) -> Iterator[Node]:
    """Yield `node` and what it stands in, from the inside out."""
    at: Node | None = node
    for _ in range(_HIGHEST):
        if at is None:
            return
        yield at
        at = at.parent


def is_within(node: Node, names: frozenset[str]) -> bool:
    """Whether `node`, or what it stands in, has one of these classes or ids, or is such an element."""
    for one in above(node):
        given = one.attributes
        if (
            one.tag in names
            or given.get("id") in names
            or not names.isdisjoint((given.get("class") or "").split())
        ):
            return True
    return False
