"""What was handed out to be pasted: each field's text as it was on a day, with a fingerprint."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reputation.model import Bio


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """One text that was exported for one field of a platform."""

    platform: str
    field: str
    text: str
    digest: str
    at: datetime


def fold(text: str) -> str:
    """Return the words of a text alone: sites change case, quotes, spaces and line breaks."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text's words: the same however a site sets it."""
    return hashlib.sha256(fold(text).encode()).hexdigest()


def export_key(bio: Bio) -> str:
    """Return what an export is about, such as `linkedin.about`."""
    return f"{bio.platform}.{bio.field}"


def export_data(bio: Bio) -> dict[str, Any]:
    """Return what is remembered of a text that is handed out, as plain JSON."""
    return {
        "platform": bio.platform,
        "field": bio.field,
        "text": bio.text,
        "digest": fingerprint(bio.text),
        "length": bio.length,
    }


def exports_from(remembered: Iterable[tuple[datetime, Mapping[str, Any]]]) -> tuple[Export, ...]:
    """Return what was remembered, in its order; an entry that lacks a part is passed over."""
    return tuple(
        Export(
            platform=str(data["platform"]),
            field=str(data["field"]),
            text=str(data["text"]),
            digest=str(data["digest"]),
            at=at,
        )
        for at, data in remembered
        if {"platform", "field", "text", "digest"} <= data.keys()
    )


def not_yet_exported(bios: Iterable[Bio], exports: Iterable[Export]) -> tuple[Bio, ...]:
    """Return the texts that differ from all that was exported for their field: nothing is remembered twice."""
    known = {(one.platform, one.field, one.digest) for one in exports}
    fresh = {}
    for bio in bios:
        identity = (bio.platform, bio.field, fingerprint(bio.text))
        if bio.text and identity not in known:
            fresh[identity] = bio
    return tuple(fresh.values())
