"""A source, what is asked of it, and what came back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from reputation.model.vocabulary import Access, By, Category, Proved


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One table of sources.toml."""

    id: str
    title: str
    category: Category
    access: Access
    adapter: str
    base_url: str | None = None
    key_env: str | None = None
    terms: str | None = None
    terms_checked: date | None = None
    pause_s: float = 1.0
    max_requests: int = 20
    authority: tuple[str, ...] = ()
    """The facts for which this source is an authority, such as `npi` or `name`."""
    retention: str = "keep"
    """keep, id_only (only what the terms let one store) or none."""
    proved: Proved = Proved.UNPROVED
    enabled: bool = True
    retired_on: date | None = None
    replaced_by: str | None = None
    engine: str | None = None
    """The engine whose results these are, for a source of category search."""
    options: Mapping[str, Any] = field(default_factory=dict)
    trusted_host: bool = False
    """Whether the workspace's own sources.toml named `base_url`: it may then be private or plain http."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One thing to ask.  The key never stands in it: `key_in` says where fetch is to put it."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    key_in: str | None = None
    """`query:NAME`, `header:NAME` or `header:NAME:PREFIX`; None for a request without a key."""
    is_page: bool = False
    """A page for people, for which robots.txt is obeyed; an API is not."""
    engine: str | None = None
    query: str | None = None
    variant: str | None = None
    context: str | None = None
    for_mention: str | None = None
    """The key of the mention that this request is to complete, where it is a second step."""

    @property
    def digest(self) -> str:
        """The request's identity: SHA-256 of method, URL and body, hex."""
        text = f"{self.method} {self.url}\n".encode() + (self.body or b"")
        return hashlib.sha256(text).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """What came back, or what the user saved, with its digest and time."""

    source: str
    request: Request
    url: str
    """Where the body really came from, after redirects."""
    status: int
    body: bytes
    """The body as kept: reviewers' names are replaced before it is stored."""
    sha256: str
    """Of the body as it came, hex."""
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str | None = None
    by: By = By.PROGRAM
    elapsed_s: float = 0.0
