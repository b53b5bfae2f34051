"""Writes files whole or not at all, and private where the system knows modes."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from reputation.errors import Unwritable

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def write_private(path: Path, content: str | bytes) -> None:
    """Write `content` to `path` in one step, readable by the user alone; text as UTF-8.

    A link stays a link, to a new file; a device or a pipe is written into and never replaced.

    Raises:
        Unwritable: where the folder cannot be written or the disk is full; the old file is untouched.
    """
    body = content.encode() if isinstance(content, str) else content
    temporary = ""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            path.write_bytes(body)
            return
        path = path.resolve() if path.is_symlink() else path
        make_private_folder(path.parent)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        raise Unwritable(f"cannot write {path}: {error.strerror or error}; nothing was changed") from error


def make_private_folder(path: Path) -> None:
    """Make `path` and what stands above it; what is made is open to the user alone.

    Raises:
        Unwritable: where it cannot be made.
    """
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(f"cannot make the folder {path}: {error.strerror or error}") from error


SYNCED_MARKS = (
    "onedrive",
    "icloud",
    "mobile documents",
    "dropbox",
    "google drive",
    "googledrive",
    "box sync",
)


def synced_by(path: Path) -> str | None:
    """Return the part of `path` that shows it to lie in a folder copied to a cloud, or None."""
    for part in path.resolve().parts:
        if any(mark in part.casefold() for mark in SYNCED_MARKS):
            return part
    return None
