"""Reads a reply's body within bounds: bytes on the wire, bytes after decompression.

A byte cap round a client's decoded stream still grew to 263 MB on a 256 MB bomb; zlib asked for 64 kB at
a time does not.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from reputation.errors import Unreachable, Unreadable

PIECE = 65536


def read_body(chunks: Iterable[bytes], encodings: str, max_bytes: int) -> bytes:
    """Return the body of `chunks`, decompressed as `encodings` (a Content-Encoding header) says.

    Raises:
        Unreachable: it is larger than `max_bytes`, packed or unpacked.
        Unreadable: it is packed in a way that was not asked for, or cut off.
    """
    names = [name for part in encodings.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if not names:
        return _gather(chunks, max_bytes)
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise Unreadable(f"the reply is packed as {', '.join(names)}, which was not asked for")
    return _gather(_inflate(_bounded(chunks, max_bytes)), max_bytes)


def _bounded(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise Unreachable(
                f"the reply is larger than {max_bytes // 1_000_000} MB and was not read further"
            )
        yield chunk


def _gather(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    return b"".join(_bounded(chunks, max_bytes))


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflater, begun = zlib.decompressobj(47), False  # 47: gzip or zlib, whichever it is
    try:
        for chunk in chunks:
            data = chunk
            if not begun and data[:1] and not _has_header(data):
                inflater = zlib.decompressobj(-15)  # "deflate" without its header, as some servers send it
            begun = begun or bool(data)
            while data and not inflater.eof:
                piece = inflater.decompress(data, PIECE)
                data = inflater.unconsumed_tail
                yield piece
                while len(piece) == PIECE and not data and not inflater.eof:
                    piece = inflater.decompress(b"", PIECE)
                    yield piece
    except zlib.error as error:
        raise Unreadable("the packed reply is damaged") from error
    if begun and not inflater.eof:
        raise Unreadable("the packed reply is cut off")


def _has_header(data: bytes) -> bool:
    return data[:1] == b"\x1f" or (
        data[0] & 0x0F == 8 and (len(data) < 2 or not (data[0] * 256 + data[1]) % 31)
    )
