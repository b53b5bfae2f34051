"""Turns the bytes of a page into text, as a browser would."""

from __future__ import annotations

import codecs
import re
import zlib

from reputation.errors import Unreadable

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""Signs that no page for people prints; a few stray ones do no harm, and ISO-2022 needs escape."""

MAX_BYTES = 12_000_000

_AS_BROWSERS_DO = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "x-user-defined": "cp1252",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
"""What the labels mean to a browser (https://encoding.spec.whatwg.org/#names-and-labels), for a page's own word."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
NOT_TEXT = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x00\x00\x00", b"RIFF")


def decode(body: bytes, media_type: str | None = None) -> str:
    """Return the text of `body`: by its BOM, the header's charset, its own declaration, else UTF-8, else cp1252.

    A saved page may still be gzip; it is inflated up to the size limit.  Line ends are left alone.

    Raises:
        Unreadable: when the body is empty, too large, or no text at all.
    """
    body = _inflate(body)
    if not body.strip():
        raise Unreadable("the reply is empty; save the page again or try later")
    if len(body) > MAX_BYTES:
        raise Unreadable(f"the page is larger than {MAX_BYTES // 1_000_000} MB; save it without its pictures")
    if body.startswith(NOT_TEXT):
        raise Unreadable("this is a picture, a PDF or an archive, not a page; save the page as HTML")
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    header = _HEADER.search(media_type or "")
    label = header.group(1) if header else _declared(body)
    text = _decode_as(body, label, sure=header is not None)
    head = text[:20_000]
    if len(_CONTROL.findall(head)) > max(4, len(head) // 50):
        raise Unreadable("this is no text but a program's own file; save the page as HTML")
    return text


def decode_json(body: bytes) -> str:
    """Return the text of a JSON reply: UTF-8 as the standard has it, a stray byte replaced; cp1252 where it is that throughout."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_as(body.removeprefix(codecs.BOM_UTF8), "utf-8", sure=False)


def _inflate(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    stream = zlib.decompressobj(47)
    try:
        inflated = stream.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise Unreadable("the page is compressed and damaged; save it again") from error
    if not stream.eof and len(inflated) <= MAX_BYTES:
        raise Unreadable("the page is compressed and cut off; save it again")
    return inflated


def _declared(body: bytes) -> str | None:
    head = _COMMENT.sub(b"", body[:8192])
    found = _XML.search(head) or _META.search(head)
    return found.group(1).decode("ascii", "replace") if found else None


def _decode_as(body: bytes, label: str | None, *, sure: bool) -> str:
    """Decode by `label`; a page that calls itself Latin but is valid UTF-8 was saved again as UTF-8, and the reverse."""
    if label is None and body[:400].count(0) > 100:
        return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace")
    name = _codec(label)
    if name is None or (not sure and name.startswith("cp125")):
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            name = name or "cp1252"
    text = body.decode(name, "replace")
    if name == "utf-8" and not sure and "\ufffd" in text:
        foreign = sum(sign > "\x7f" for sign in text)
        return body.decode("cp1252", "replace") if 2 * text.count("\ufffd") > foreign else text
    return text


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    name = label.strip().lower()
    name = _AS_BROWSERS_DO.get(name, name)
    try:
        known = codecs.lookup(name)
    except LookupError:
        return None
    # rot13, hex and the like are codecs too, but of no page.
    return known.name if known._is_text_encoding and name not in {"idna", "punycode", "utf-7"} else None  # noqa: SLF001  (the only way that Python gives)
