"""Where a source's key goes at send time, and how it is kept out of everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

from reputation.errors import ConfigError

SHORTEST = 6
"""A shorter key is not looked for in bodies: it would be found in ordinary words."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A key, and its place: `query:NAME`, `header:NAME` or `header:NAME:PREFIX`."""

    value: str = field(repr=False)
    place: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """The ways in which the key may stand in a text, longest first."""
        return tuple(
            sorted({self.value, quote(self.value, safe=""), quote_plus(self.value)}, key=len, reverse=True)
        )

    def strip_from(self, url: str) -> str:
        """Return `url`, as a server sent it, without the key."""
        where, _, name = self.place.partition(":")
        head, mark, query = url.partition("?")
        if where == "query" and mark:
            pairs = query.split("&")
            kept = [
                p for p in pairs if not (p.startswith(f"{name}=") and p[len(name) + 1 :] in self.spellings)
            ]
            url = head + (f"?{'&'.join(kept)}" if kept else "")
        for spelling in self.spellings if len(self.value) >= SHORTEST else ():
            url = url.replace(spelling, "KEY")
        return url


def query_with(key: Secret, query: bytes) -> bytes:
    """Return the raw query with the key in it, where that is its place."""
    where, _, name = key.place.partition(":")
    if where == "header":
        return query
    if where != "query" or not name:
        raise ConfigError(f"an adapter puts its key in {key.place!r}; write query:NAME or header:NAME")
    pair = f"{quote(name)}={quote(key.value, safe='')}".encode()
    return query + b"&" + pair if query else pair


def headers_with(key: Secret, headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the headers with the key among them, where that is its place.

    A prefix that ends in a letter, such as Bearer, is set off by a space.
    """
    where, _, rest = key.place.partition(":")
    if where != "header":
        return headers
    name, _, prefix = rest.partition(":")
    gap = " " if prefix[-1:].isalnum() else ""
    return (*headers, (name, f"{prefix}{gap}{key.value}"))


def scrub(text: bytes, key: Secret | None) -> bytes:
    """Return `text` without the key, should a server echo it."""
    if key is None or len(key.value) < SHORTEST:
        return text
    for spelling in key.spellings:
        text = text.replace(spelling.encode(), b"[key]")
    return text
