"""What Google shows beside the links: the knowledge panel, the local pack, the AI summary, the top stories."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.discovery.reading import Page
from reputation.discovery.serp.engine import Engine
from reputation.model import Mention


def blocks(page: Page, engine: Engine) -> Iterator[Mention]:
    """Yield what stands beside the links."""
    yield from ()
