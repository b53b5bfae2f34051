"""The practice's logo as a data URI: the report is one file and asks nothing of the network."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from reputation.errors import UsageError

MOST_BYTES = 200_000
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))
"""By their first bytes; SVG is left out, for it may hold more than a picture."""


def data_uri(path: Path) -> str:
    """Return the picture at `path` for the `src` of an image.

    Raises:
        UsageError: It cannot be read, is no PNG, JPEG or GIF, or is too large to stand in every report.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"the logo {path} cannot be read: {error.strerror}") from error
    kind = next((kind for mark, kind in _KINDS if data.startswith(mark)), None)
    if kind is None:
        raise UsageError(f"the logo {path} is no PNG, JPEG or GIF; save it as one")
    if len(data) > MOST_BYTES:
        raise UsageError(f"the logo {path} is larger than {MOST_BYTES // 1000} kB; save it smaller")
    return f"data:{kind};base64,{b64encode(data).decode()}"
