"""The files of the inbox: which are taken, under which names they lie, and what is known of them beside their bytes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from reputation.discovery import archives, exports, visits
from reputation.errors import Unreadable, UsageError

INDEX = ".index.json"
MAX_FILES = 10_000
"""How many files one import, and the inbox, may hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """One file of the inbox, or on its way there, and what is known of it beside its bytes."""

    name: str
    data: bytes
    saved_at: datetime
    source: str | None = None
    query: str | None = None

    @property
    def sha256(self) -> str:
        """The file's identity, hex."""
        return hashlib.sha256(self.data).hexdigest()


_NOT_PAGES = frozenset(
    [
        "css",
        "js",
        "mjs",
        "map",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "svg",
        "ico",
        "woff",
        "woff2",
        "ttf",
        "eot",
        "mp4",
        "webm",
        "mp3",
        "db",
        "lnk",
        "ini",
    ]
)


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files: those named, and in folders all but links, hidden files and a page's trimmings."""
    count = 0
    for given in paths:
        if not given.is_dir():
            yield given
            continue
        for folder, folders, files in os.walk(given):
            folders[:] = sorted(
                name for name in folders if not name.startswith(".") and not is_trimmings(name, files)
            )
            for name in sorted(files):
                path = Path(folder) / name
                if name.startswith(".") or not _is_page(name) or path.is_symlink():
                    continue
                count += 1
                if count > MAX_FILES:
                    raise UsageError(
                        f"{given} holds more than {MAX_FILES:,} files; name the folder with the pages"
                    )
                yield path


def _is_page(name: str) -> bool:
    if exports.is_private(name):
        return False
    return name.lower().rpartition(".")[2] not in _NOT_PAGES or exports.is_wanted(name)


def is_trimmings(folder: str, files: Iterable[str]) -> bool:
    """Whether `folder` holds the pictures and scripts of a page that was saved beside it (`Page_files`)."""
    stems = (name.rsplit(".", 1)[0] for name in files if name.lower().endswith((".htm", ".html")))
    return any(folder.startswith((stem + "_", stem + "-")) for stem in stems)


def open_file(path: Path) -> File:
    """Return a regular file with its time, or raise `Unreadable` with a plain reason."""
    try:
        if not path.exists():
            raise Unreadable("there is no such file; check the path")
        if not path.is_file():
            raise Unreadable("this is neither a file nor a folder")
        about = path.stat()
        if about.st_size > archives.MAX_FILE_BYTES:
            raise Unreadable(
                f"the file is larger than {archives.MAX_FILE_BYTES // 1_000_000} MB; save the page alone"
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise Unreadable(f"the file cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if not data.strip():
        raise Unreadable("the file is empty; save the page again")
    saved_at = datetime.fromtimestamp(max(about.st_mtime, 0), UTC)
    data = exports.reduced(visits.without_secrets(data), path)
    name = f"{path.stem}.json" if exports.export_in(data) is not None else path.name
    return File(name=name, data=data, saved_at=saved_at)


def safe_name(name: str) -> str:
    """Return `name` as a harmless file name of at most 80 characters: no path, no leading dot, its ending kept."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    stem, dot, suffix = plain.rpartition(".")
    stem, suffix = (stem, suffix) if dot else (plain, "")
    stem = re.sub(r"[^\w.-]+", "-", stem).strip(".-_")[:60] or "page"
    suffix = re.sub(r"[^A-Za-z0-9]+", "", suffix)[:12]
    return f"{stem}.{suffix}" if suffix else stem


def read_index(inbox_dir: Path) -> dict[str, dict[str, str | None]]:
    """Return what is known of the files by their SHA-256; a damaged index is as good as none."""
    try:
        value = json.loads((inbox_dir / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    return {str(key): entry for key, entry in value.items() if isinstance(entry, dict)}


def held(
    inbox_dir: Path, index: dict[str, dict[str, str | None]]
) -> Iterator[tuple[Path, File | Unreadable]]:
    """Yield the files that lie in the inbox, each with what is known of it, or why it cannot be read."""
    if not inbox_dir.is_dir():
        return
    for path in walk([inbox_dir]):
        try:
            file = open_file(path)
        except Unreadable as error:
            yield path, error
            continue
        facts = index.get(file.sha256, {})
        name = facts.get("name") or path.name
        yield path, replace(file, name=name, source=facts.get("source"), query=facts.get("query"))
