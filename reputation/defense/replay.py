"""Reads an audit's evidence back from the WARC that `evidence` wrote, so that another machine can make the audit again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from reputation.codec import from_plain
from reputation.defense import records
from reputation.errors import UsageError
from reputation.model import By, Capture, CoverageStatus, Request

ASKED = frozenset(CoverageStatus) - {
    CoverageStatus.SKIPPED,
    CoverageStatus.MANUAL,
    CoverageStatus.RETIRED,
    CoverageStatus.OBSERVED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """The evidence of one audit: its captures in the order of arrival, and what it was an audit of."""

    audit_id: str
    quarter: str
    as_of: datetime
    profile_digest: str
    sources_digest: str
    coverage: Mapping[str, tuple[CoverageStatus, str | None]]
    """By source id: how it ended, and the reason."""
    captures: tuple[Capture, ...]
    is_blanked: bool
    """Whether the text of reviews was taken out, so that nothing can be said of their sentiment."""

    @property
    def asked(self) -> frozenset[str]:
        """The ids of the sources that the program asked."""
        return frozenset(source for source, (status, _) in self.coverage.items() if status in ASKED)

    @property
    def by_user(self) -> tuple[Capture, ...]:
        """What the user saved or saw herself."""
        return tuple(one for one in self.captures if one.by is not By.PROGRAM)

    def by_request(self) -> dict[str, Capture]:
        """Return what came by program, by the digest of its request; of several the latest."""
        return {one.request.digest: one for one in self.captures if one.by is By.PROGRAM}


def read_evidence(data: bytes, name: str) -> Recorded:
    """Return the evidence in a WARC that `repaudit evidence export` wrote.

    Raises:
        UsageError: It is no such file, or damaged.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  warcio is wanted for this alone
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415  as above

    about: dict[str, Any] = {}
    captures: list[Capture] = []
    try:
        for record in ArchiveIterator(BytesIO(data), check_digests="raise"):
            if record.rec_type == "warcinfo":
                about = _fields(record.content_stream().read())
            elif record.rec_headers.get_header("X-Repaudit-Request"):
                captures.append(_capture(record))
        if "audit" not in about:
            raise UsageError(
                f"{name} is no evidence of an audit; a WARC of other pages goes in with `repaudit import`"
            )
        return _recorded(
            json.loads(about["audit"]), tuple(captures), blanked=about.get("reviews") != "as kept"
        )
    except (ArchiveLoadFailed, ValueError, KeyError, TypeError, EOFError, zlib.error) as error:
        raise UsageError(f"{name} is damaged or cut off; export it again") from error


def _recorded(about: dict[str, Any], captures: tuple[Capture, ...], *, blanked: bool) -> Recorded:
    if len(captures) != about["captures"]:
        raise EOFError
    return Recorded(
        audit_id=about["id"],
        quarter=about["quarter"],
        as_of=datetime.fromisoformat(about["as_of"]),
        profile_digest=about["profile_digest"],
        sources_digest=about["sources_digest"],
        coverage={source: (CoverageStatus(how), why) for source, (how, why) in about["coverage"].items()},
        captures=captures,
        is_blanked=blanked,
    )


def _fields(content: bytes) -> dict[str, str]:
    lines = (line.partition(": ") for line in content.decode("utf-8").splitlines())
    return {name: value for name, sign, value in lines if sign}


def _capture(record: Any) -> Capture:
    header = record.rec_headers.get_header
    request = records.request_bytes(json.loads(header("X-Repaudit-Request")))
    return Capture(
        source=header("X-Repaudit-Source"),
        request=from_plain(Request, request),
        url=header("WARC-Target-URI"),
        body=record.content_stream().read(),
        sha256=header("X-Repaudit-Original-SHA256"),
        headers=tuple((name, value) for name, value in record.http_headers.headers),
        by=By(header("X-Repaudit-By")),
        **_reply(json.loads(header("X-Repaudit-Reply"))),
    )


def _reply(plain: dict[str, Any]) -> dict[str, Any]:
    return {**plain, "fetched_at": datetime.fromisoformat(plain["fetched_at"])}
