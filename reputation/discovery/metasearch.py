"""Asks one search engine through the library `ddgs`, an extra that the user installs and switches on herself.

The library opens its own connections and reads the engines' pages for people, in the guise of a browser; the house's robots
rules and user agent do not reach it.  Of it only one engine's own reader is used: its common search mixes engines, puts one
in the place of another that it does not know, and sorts anew what they say.  Its readers return None for any status but 200,
and nothing at all where they find no result, which a wall looks like too: that is never told as "no result".

Source: the package's own text, version 9.16 (ddgs/base.py, ddgs/engines).
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from reputation.errors import Blocked, SourceError, Unreachable, Unreadable
from reputation.model import Capture

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reputation.model import Request, Source

ADAPTER = "ddgs"
REGION = "us-en"
INSTALL = "the extra is not installed: run `pip install 'repaudit[ddgs]'`, or leave the source off"


def is_installed() -> bool:
    """Whether the library is there."""
    return find_spec(ADAPTER) is not None


class Metasearch:
    """A `Fetch` through ddgs: one query at a time, `pause_s` between two; safe for several threads."""

    def __init__(
        self, *, proxy: str | None, ca_file: Path | None, deadline_s: float, stop: threading.Event
    ) -> None:
        self._settings = {
            "proxy": proxy,
            "timeout": max(1, round(deadline_s)),
            "verify": str(ca_file) if ca_file else True,
        }
        self._stop = stop
        self._turn = threading.Lock()
        self._ready_at = 0.0

    def __call__(self, source: Source, request: Request) -> Capture:
        """Return what the engine of `source` shows for the query, as JSON.

        Raises:
            SourceError: the library is missing, does not know the engine, or brought nothing that is an answer.
        """
        engine, query = source.engine or "", request.query or ""
        with self._turn:
            if self._stop.wait(max(0.0, self._ready_at - time.monotonic())):
                raise Unreachable("the audit was stopped")
            begun = time.monotonic()
            try:
                rows = self._rows(engine, query)
            finally:
                self._ready_at = time.monotonic() + source.pause_s
        told = {"engine": engine, "query": query, "region": REGION, "results": rows}
        body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        return Capture(
            source=source.id,
            request=request,
            url=request.url,
            status=200,
            body=body,
            sha256=hashlib.sha256(body).hexdigest(),
            fetched_at=datetime.now(UTC),
            media_type="application/json",
            elapsed_s=time.monotonic() - begun,
        )

    def _rows(self, engine: str, query: str) -> list[dict[str, Any]]:
        make = _engines().get(engine)
        if make is None:
            raise Unreadable(
                f"ddgs does not search {engine or 'an engine without a name'}; no other is asked in its place"
            )
        try:
            found = make(**self._settings).search(query, region=REGION)
        except SourceError:
            raise
        except Exception as error:  # the library raises its own, its client's and its parser's
            why = " ".join(str(error).split())[:200] or type(error).__name__
            raise Unreachable(f"ddgs did not reach {engine}: {why}; try again later") from error
        if found is None:
            raise Blocked(f"ddgs: {engine} refused the query; open the page in a browser and save it")
        rows = [asdict(one) for one in found if is_dataclass(one) and not isinstance(one, type)]
        if not rows:
            raise Unreadable(
                f"ddgs read no result of {engine}, which a wall looks like too; save the page instead"
            )
        return rows


def _engines() -> Mapping[str, Any]:
    try:
        from ddgs.engines import ENGINES  # noqa: PLC0415 - an extra, and heavy
    except ImportError as error:
        raise Unreachable(INSTALL) from error
    found: Mapping[str, Any] = ENGINES.get("text", {})
    return found
