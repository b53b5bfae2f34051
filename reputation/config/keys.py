"""Finds the keys of sources: the environment first, then a private file it names, then the keyring.

A key is never written into the workspace, a report, a log or an error.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from reputation.errors import ConfigError
from reputation.files import write_private
from reputation.model import Source

SERVICE = "repaudit"


def key_of(source: Source) -> str | None:
    """Return the key for `source`, or None where it needs none or the user has none.

    Raises:
        ConfigError: where NAME_FILE points to a file that is missing or open to others.
    """
    return find_key(source.key_env) if source.key_env else None


def has_key(source: Source) -> bool:
    """Whether `source` can be asked as far as keys go: it needs none, or there is one."""
    return source.key_env is None or find_key(source.key_env) is not None


def find_key(name: str) -> str | None:
    """Return the key that `name` stands for: $NAME, the file $NAME_FILE, our private file, the keyring."""
    if value := os.environ.get(name, "").strip():
        return value
    if file := os.environ.get(f"{name}_FILE", "").strip():
        return _read_private(Path(file).expanduser(), f"{name}_FILE")
    own = _key_file(name)
    if own.is_file():
        return _read_private(own, name)
    return _from_keyring(name)


def place_of(name: str) -> str | None:
    """Return in words where the key `name` was found, or None."""
    if os.environ.get(name, "").strip():
        return "environment"
    if os.environ.get(f"{name}_FILE", "").strip():
        return f"the file that {name}_FILE names"
    if _key_file(name).is_file():
        return f"{_key_file(name)}"
    return "keyring" if _from_keyring(name) else None


def keep_key(name: str, value: str) -> str:
    """Keep the key in the keyring where there is one, else in a private file; return where, in words."""
    backend = _keyring()
    if backend is not None:
        with suppress(Exception):  # back ends raise what they like, as where the keyring is locked
            backend.set_password(SERVICE, name, value)
            if backend.get_password(SERVICE, name) == value:  # a null back end takes it and forgets it
                return "the system's keyring"
    write_private(_key_file(name), value + "\n")
    return str(_key_file(name))


def _key_file(name: str) -> Path:
    folder = os.environ.get("REPAUDIT_CONFIG_DIR") or platformdirs.user_config_dir(SERVICE, appauthor=False)
    return Path(folder) / "keys" / name


def _read_private(path: Path, name: str) -> str | None:
    try:
        mode = path.stat().st_mode
        value = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(
            f"{name}: cannot read {path}: {error.strerror}; name a file that holds the key alone"
        ) from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise ConfigError(f"{name}: {path} is open to others; run `chmod 600 {path}`")
    return value or None


def _from_keyring(name: str) -> str | None:
    backend = _keyring()
    if backend is None:
        return None
    with suppress(Exception):  # a locked or broken keyring holds no key for us
        found: str | None = backend.get_password(SERVICE, name)
        return found
    return None


@cache
def _keyring() -> Any:
    """Return the system's keyring, or None where the extra is not installed or there is no desktop."""
    try:
        import keyring  # noqa: PLC0415 (an extra, and slow to import)
        from keyring.backends import fail  # noqa: PLC0415

        backend = keyring.get_keyring()
    except Exception:  # noqa: BLE001 (back ends raise what they like where there is no desktop)
        return None
    return None if isinstance(backend, fail.Keyring) else backend
