"""What a host's robots.txt allows us (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

AGENT = "repaudit"
MAX_BYTES = 512 * 1024
"""More of a robots.txt than this is not read (RFC 9309 asks for at least 500 KiB)."""
MAX_DELAY_S = 10.0
"""A longer Crawl-delay is meant for crawlers, not for a reader of a few pages a quarter."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host; `silent` says why they are unknown, and then nothing is allowed.

    `is_down` where the host gave no answer at all: that is a failure of the host, not its refusal.
    """

    rules: Protego | None = None
    silent: str | None = None
    is_down: bool = False

    def refuse(self, url: str) -> str | None:
        """Return why `url` may not be read, or None where it may."""
        if self.silent is not None:
            return f"robots.txt cannot be read ({self.silent}), so the page is left alone for now"
        if self.rules is not None and not self.rules.can_fetch(url, AGENT):
            return "robots.txt forbids programs to read this page; open it yourself and import it"
        return None

    @property
    def delay_s(self) -> float:
        """The host's Crawl-delay in seconds, bounded; 0 where it asks for none."""
        asked = self.rules.crawl_delay(AGENT) if self.rules is not None else None
        return min(float(asked or 0.0), MAX_DELAY_S)


def read_rules(status: int, body: bytes) -> Rules:
    """Return what an answer for /robots.txt means.

    4xx: there are no rules.  5xx, and 429 which is no answer to the question: unknown, for now.
    """
    if status == 429 or status >= 500:
        return Rules(silent=f"HTTP {status}")
    if not 200 <= status < 300:
        return Rules()
    return Rules(rules=Protego.parse(body[:MAX_BYTES].decode("utf-8", errors="replace")))
