"""Opens a page: decodes its bytes, bounds its shape, parses it; the only door to selectolax.

Building the tree is quadratic in nesting and in the attributes of one tag (100,000 nested `<div>` took 12 s,
200,000 attributes over 60 s), so a linear scan of the source refuses such pages before they are parsed.
"""

from __future__ import annotations

import codecs
import html as html_module
import re
import zlib
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reputation.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reputation.discovery.structured import Item

Node = LexborNode
"""One element of a page; the type for those who may not import selectolax."""


def words(text: str) -> frozenset[str]:
    """Return the words of `text` as a set; for short tables of names."""
    return frozenset(text.split())


MAX_BYTES = 12_000_000
MAX_TAGS = 200_000
MAX_DEPTH = 1_000
MAX_ATTRIBUTES = 1_000
MAX_REBUILT = 300_000
"""How many formatting elements (`<b>`, `<font>`) a parser may have to open again, over the whole page."""

# ---------------------------------------------------------------------------- bytes to text

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
_NOT_TEXT = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x00\x00\x00", b"RIFF")


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
    if body.startswith(_NOT_TEXT):
        raise Unreadable("this is a picture, a PDF or an archive, not a page; save the page as HTML")
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    header = _HEADER.search(media_type or "")
    label = header.group(1) if header else _declared(body)
    return _decode_as(body, label, sure=header is not None)


def _inflate(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        inflated = zlib.decompressobj(47).decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise Unreadable("the page is compressed and damaged; save it again") from error
    return inflated


def _declared(body: bytes) -> str | None:
    head = _COMMENT.sub(b"", body[:8192])
    found = _XML.search(head) or _META.search(head)
    return found.group(1).decode("ascii", "replace") if found else None


def _decode_as(body: bytes, label: str | None, *, sure: bool) -> str:
    """Decode by `label`; a page that calls itself Latin but is valid UTF-8 was saved again as UTF-8."""
    if label is None and body[:400].count(0) > 100:
        return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace")
    name = _codec(label)
    if name is None or (not sure and name.startswith("cp125")):
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            name = name or "cp1252"
    return body.decode(name, "replace")


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


# ---------------------------------------------------------------------------- bounds

_OPENING = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][^\s/>]*)|([!?/]))")
_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+"""
_ATTRIBUTES = re.compile(rf"(?>[\s/]*+{_ATTRIBUTE})*+[\s/]*+>")
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_COMMENT_END = re.compile(r"--!?>")

_VOID = words(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr"
)
_SELF_CLOSING = words(
    "html head body p li dt dd tr td th thead tbody tfoot option optgroup colgroup caption rp rt rb rtc"
)
"""Elements that the next one of their kind closes: however many there are, they nest no deeper."""
_RAW = words("script style textarea title xmp iframe noembed noframes plaintext")
_FORMATTING = words("a b big code em font i nobr s small strike strong tt u")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


def check_shape(html: str) -> None:
    """Raise `Unreadable` where the parser's time would not be linear in the length of `html`."""
    shape = _Shape()
    at, end = 0, len(html)
    while (found := _OPENING.search(html, at)) is not None:
        at = found.end()
        if found[1]:
            # `<!-->` and `<!--->` are whole comments.
            closing = _COMMENT_END.search(html, max(at - 2, 0))
            at = closing.end() if closing else end
        elif found[4]:
            closed = html.find(">", at)
            at = closed + 1 if closed >= 0 else end
        else:
            tail = _ATTRIBUTES.match(html, at)
            if tail is None:  # the file ends within the tag: a parser drops it
                return
            name = found[3].lower()
            shape.meet(name, tail[0], closes=bool(found[2]))
            at = tail.end()
            if name in _RAW and not found[2] and not shape.foreign:
                closing = _RAW_END[name].search(html, at)
                at = closing.start() if closing else end


class _Shape:
    """How many tags, how deep, and how much a parser would have to open again, so far."""

    def __init__(self) -> None:
        self.open: dict[str, int] = {}
        self.formatting: dict[tuple[str, str], int] = {}
        self.tags = self.depth = self.lasting = self.rebuilt = 0

    @property
    def foreign(self) -> bool:
        """Whether SVG or MathML is open: there `<style>` and `<title>` are ordinary elements."""
        return self.open.get("svg", 0) + self.open.get("math", 0) > 0

    def meet(self, name: str, tail: str, *, closes: bool) -> None:
        """Take one tag into account."""
        self.tags += 1
        if self.tags > MAX_TAGS:
            raise Unreadable(f"the page has more than {MAX_TAGS:,} tags; no page for people has")
        if len(tail) > MAX_ATTRIBUTES and sum(1 for _ in _ONE_ATTRIBUTE.finditer(tail)) > MAX_ATTRIBUTES:
            raise Unreadable(
                f"a tag of the page has more than {MAX_ATTRIBUTES:,} attributes; no page for people has"
            )
        if closes:
            self._close(name)
        elif name not in _VOID and not (tail.endswith("/>") and self.foreign):
            self._open(name, tail)

    def _close(self, name: str) -> None:
        if self.open.get(name, 0) > 0:
            self.open[name] -= 1
            self.depth -= name not in _SELF_CLOSING
            if name in _FORMATTING:
                self._forget(name)

    def _forget(self, name: str) -> None:
        for entry in reversed(self.formatting):
            if entry[0] == name:
                self.lasting -= 1
                self.formatting[entry] -= 1
                if not self.formatting[entry]:
                    del self.formatting[entry]
                return

    def _open(self, name: str, tail: str) -> None:
        self.open[name] = self.open.get(name, 0) + 1
        if name not in _SELF_CLOSING:
            self.depth += 1
        if name in _FORMATTING and self.formatting.get((name, tail), 0) < 3:
            self.formatting[name, tail] = self.formatting.get((name, tail), 0) + 1
            self.lasting += 1
        elif self.lasting > 50:
            self.rebuilt += self.lasting
        if self.depth > MAX_DEPTH or self.rebuilt > MAX_REBUILT:
            raise Unreadable(f"the page nests more than {MAX_DEPTH:,} elements; no page for people does")


# ---------------------------------------------------------------------------- the page

_SKIPPED = words("script style noscript template head svg iframe object")
_BLOCK = words(
    "address article aside blockquote br dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hr legend li main nav ol option p pre section summary table tbody td tfoot th thead tr ul"
)
_BLANK = re.compile(r"[^\S\n]+")


class Page:
    """One page, parsed.  Make it with `open_page`."""

    def __init__(self, html: str, url: str) -> None:
        self.url = url
        """The address as the caller gave it; may be a file's name or empty."""
        self.html = html
        self.tree = LexborHTMLParser(html)

    def css(self, selector: str, within: Node | None = None) -> list[Node]:
        """Return the elements for `selector` in page order, each once."""
        found = (within or self.tree).css(selector)
        if "," not in selector:
            return found
        return sorted({node.mem_id: node for node in found}.values(), key=self._order)

    def _order(self, node: Node) -> int:
        return self._positions.get(node.mem_id, 0)

    @cached_property
    def _positions(self) -> dict[int, int]:
        root = self.tree.root
        return {node.mem_id: n for n, node in enumerate(root.traverse())} if root else {}

    def first(self, selector: str, within: Node | None = None) -> Node | None:
        """Return the first element for `selector`, or None."""
        return (within or self.tree).css_first(selector)

    def read(self, selector: str, within: Node | None = None) -> str | None:
        """Return the text of the first element for `selector`, or None where there is none or it is empty."""
        node = self.first(selector, within)
        return text_of(node) or None if node else None

    def meta(self, *names: str) -> str | None:
        """Return the content of the first `<meta>` with one of these names or properties that says something."""
        for name in names:
            value = self._metas.get(name.lower())
            if value:
                return value
        return None

    @cached_property
    def _metas(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for node in self.tree.css("meta[content]"):
            given = node.attributes
            content = squeeze(given.get("content") or "")
            for name in ("property", "name"):
                label = given.get(name)
                if label and content:
                    found.setdefault(label.lower(), content)
        return found

    @cached_property
    def title(self) -> str | None:
        """The `<title>`, or None."""
        node = self.first("head > title") or self.first("title")
        return squeeze(node.text() or "") or None if node else None

    @cached_property
    def text(self) -> str:
        """What a reader sees, a line a block; scripts, styles and templates are left out."""
        return "\n".join(lines_of(self.tree.body)) if self.tree.body else ""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of `text`."""
        return tuple(self.text.splitlines())

    @cached_property
    def canonical(self) -> str | None:
        """The address that the page gives as its own: `<link rel=canonical>`, else og:url; absolute or None."""
        node = self.first("link[rel~=canonical][href]")
        for given in (attribute(node, "href") if node else None, self.meta("og:url")):
            if given and urlsplit(found := urljoin(self._near, given)).netloc:
                return found
        return None

    @cached_property
    def _near(self) -> str:
        return saved_from(self.html) or self.url

    @cached_property
    def base(self) -> str:
        """The address against which the page's links are relative."""
        node = self.first("base[href]")
        own = self._near if is_web(self._near) else (self.canonical or self._near)
        return urljoin(own, attribute(node, "href") or "") if node else own

    def link(self, href: str | None) -> str | None:
        """Return `href` as an absolute web address, or None where it is none."""
        if not href or href.strip().lower().startswith(("javascript:", "data:", "mailto:", "tel:", "#")):
            return None
        try:
            found = urljoin(self.base, href.strip())
        except ValueError:
            return None
        return found if is_web(found) else None

    @cached_property
    def structured(self) -> tuple[Item, ...]:
        """The page's JSON-LD, microdata, RDFa and microformats as plain items, in page order."""
        from reputation.discovery.structured import read_items  # noqa: PLC0415  (structured reads pages)

        return read_items(self)


def open_page(body: bytes | str, url: str = "", media_type: str | None = None) -> Page:
    """Return the page in `body`, parsed.

    Raises:
        Unreadable: when it is empty, no text, too large, or nested beyond any page for people.
    """
    html = body if isinstance(body, str) else decode(body, media_type)
    html = html.replace("\0", "")
    check_shape(html)
    return Page(html, url)


_MARKUP = re.compile(r"<!doctype html|<(?:html|head|body|script|meta|title|table)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:div|p|a|span|h[1-6]|ul|li|br|b|i|img|section|article)\b[^<>]*>", re.IGNORECASE)


def has_markup(text: str) -> bool:
    """Whether `text` is HTML rather than pasted text or Markdown."""
    return (
        text.lstrip("\ufeff \t\r\n").startswith("<")
        or _MARKUP.search(text) is not None
        or len(_TAG.findall(text[:100_000])) > 2
    )


def page_of_text(text: str, url: str = "") -> Page:
    """Return pasted text, or a page rendered to Markdown, as a page: headings, links, tables and paragraphs."""
    return open_page("\n".join(_marked_up(line) for line in text.splitlines()), url)


_HEADING_LINE = re.compile(r"^(#{1,6})\s+(.*)$")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\(([^()\s]{0,2000})\)")


def _marked_up(line: str) -> str:
    line = line.strip()
    heading = _HEADING_LINE.match(line)
    if heading:
        return f"<h{len(heading[1])}>{_with_links(heading[2])}</h{len(heading[1])}>"
    if line.startswith("|"):
        cells = line.strip("|").split("|")[:50]
        return (
            ""
            if set(line) <= set("|-: ")
            else f"<table><tr><td>{'<td>'.join(map(_with_links, cells))}</table>"
        )
    return f"<p>{_with_links(line)}</p>" if line else ""


def _with_links(text: str) -> str:
    kept = html_module.escape(text, quote=True)
    return _LINK.sub(r'<a href="\2">\1</a>', kept)


# ---------------------------------------------------------------------------- text of nodes


def squeeze(text: str) -> str:
    """Return `text` with every run of white space (no-break too) as one blank, and without direction marks."""
    return " ".join(_MARKS.sub("", text).split())


_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")


def attribute(node: Node | None, name: str) -> str | None:
    """Return an attribute's value without blanks at its ends; None where it is missing or empty."""
    value = node.attributes.get(name) if node is not None else None
    return value.strip() or None if value else None


def text_of(node: Node | None) -> str:
    """Return what a reader sees of `node`, on one line."""
    return squeeze(" ".join(lines_of(node))) if node is not None else ""


def lines_of(node: Node | None) -> list[str]:
    """Return what a reader sees of `node`, a line a block."""
    if node is None:
        return []
    text = "".join(_pieces(node))
    lines = (squeeze(line) for line in text.split("\n"))
    return [line for line in lines if line]


def _pieces(root: Node) -> Iterator[str]:
    """Yield the text of `root` in order with a line end round every block; walks without recursion."""
    stack: list[Node | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            yield _BLANK.sub(" ", (node.text_content or "").replace("\n", " "))
        elif node.is_element_node or node.is_document_node:
            tag = node.tag or ""
            if tag in _SKIPPED and node is not root:
                continue
            if tag in _BLOCK:
                yield "\n"
                stack.append("\n")
            children = list(node.iter(include_text=True))
            stack.extend(reversed(children))


# ---------------------------------------------------------------------------- where a page came from

_SAVED_BY_BROWSER = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
_SAVED_BY_SINGLEFILE = re.compile(r"<!--\s*Page saved with SingleFile\s[^>]*?\burl:\s*(\S+)", re.IGNORECASE)


def saved_from(html: str) -> str | None:
    """Return the address that a browser or SingleFile wrote into the page when it was saved, or None."""
    head = html[:20_000]
    for pattern in (_SAVED_BY_BROWSER, _SAVED_BY_SINGLEFILE):
        found = pattern.search(head)
        if found and is_web(found[1]):
            return found[1]
    return None


def is_web(url: str | None) -> bool:
    """Whether `url` is an absolute http or https address."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def address_of(page: Page) -> str | None:
    """Return the page's web address: the caller's where it is one, else what the page says of itself, else None."""
    if is_web(page.url):
        return page.url
    return saved_from(page.html) or page.canonical


def host_of(url: str | None) -> str:
    """Return the host of `url` in lower case without `www.`, "" where there is none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return unquote(host).lower().removeprefix("www.")
