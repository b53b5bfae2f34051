"""Reads the recordings in tests/captures/SOURCE/CASE and what is expected of them.

    capture.toml      status, media_type, fetched_at, and the request
    body.*            the reply as it came; invented people only
    expected.json     what the source's `parse` says of it

`python -m tests.discovery.sources.captures SOURCE/CASE` writes expected.json anew: read it before you commit it.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from reputation import codec, config
from reputation.discovery.adapters import adapter_of
from reputation.errors import SourceError
from reputation.model import Capture, Cell, Mention, Request, Source

FOLDER = Path(__file__).parents[2] / "captures"
SOURCES = {source.id: source for source in config.load_sources()}


def cases(source_id: str = "*") -> list[Path]:
    """Return the folders of the recordings of one source, or of all."""
    return sorted(path.parent for path in FOLDER.glob(f"{source_id}/*/capture.toml"))


def source_of(case: Path) -> Source:
    """Return the source that a recording is of."""
    return SOURCES[case.parent.name]


def load(case: Path) -> Capture:
    """Return a recording as the capture that fetch would have made."""
    table: dict[str, Any] = tomllib.loads((case / "capture.toml").read_text(encoding="utf-8"))
    (file,) = case.glob("body.*")
    body = file.read_bytes()
    request = Request(**table["request"])
    return Capture(
        source=case.parent.name,
        request=request,
        url=request.url,
        status=table["status"],
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched_at=table["fetched_at"],
        media_type=table["media_type"],
    )


def said(source: Source, capture: Capture) -> list[dict[str, Any]]:
    """Return what `parse` says in plain values without empty ones; an error that ends it comes last."""
    told: list[dict[str, Any]] = []
    try:
        told += [_plain(one) for one in adapter_of(source).parse(source, capture)]
    except SourceError as error:
        told.append({"raises": error.status, "says": str(error)})
    return told


def _plain(one: Mention | Request | Cell) -> dict[str, Any]:
    values = {
        name: value
        for name, value in codec.to_plain(one).items()
        if value not in (None, "", []) and value is not False
    }
    if isinstance(one, Request):
        values.pop("headers", None)
        return {"request": values | ({"body": one.body.decode()} if one.body else {})}
    for name in ("source", "sources"):
        values.pop(name, None)
    if isinstance(one, Cell):
        return {"cell": values}
    if "claims" in values:
        values["claims"] = [f"{claim['field']}: {claim['value']}" for claim in values["claims"]]
    if "ranks" in values:
        values["ranks"] = [{k: v for k, v in rank.items() if v is not None} for rank in values["ranks"]]
    return {"mention": values}


def expected(case: Path) -> list[dict[str, Any]]:
    """Return what is expected of a recording."""
    found: list[dict[str, Any]] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return found


def write_expected(case: Path) -> None:
    """Write what the source says now as what is expected."""
    text = json.dumps(said(source_of(case), load(case)), indent=1, ensure_ascii=False)
    (case / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        for found in cases() if name == "all" else [FOLDER / name]:
            write_expected(found)
