"""Opens a page: decodes its bytes, bounds its shape, parses it; the only door to selectolax."""

from __future__ import annotations

import html as html_module
import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reputation.discovery.decoding import decode
from reputation.discovery.shape import MAX_DEPTH, check_shape, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reputation.discovery.structured import Item

__all__ = [
    "MAX_DEPTH", "Node", "Page", "address_of", "attribute", "decode", "has_markup", "host_of", "is_splittable", "is_web",
    "lines_of", "open_page", "page_of_text", "pieces_of", "saved_from", "squeeze", "text_of", "words",
]  # fmt: skip

Node = LexborNode
"""One element of a page; the type for those who may not import selectolax."""


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
        return sorted({node.mem_id: node for node in found}.values(), key=self.position)

    def position(self, node: Node) -> int:
        """Return how many elements stand before `node` on the page."""
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
            if given and is_web(found := joined(self._near, given)):
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
        return (joined(own, attribute(node, "href") or "") if node else None) or own

    def link(self, href: str | None) -> str | None:
        """Return `href` as an absolute web address, or None where it is none."""
        if not href or href.strip().lower().startswith(("javascript:", "data:", "mailto:", "tel:", "#")):
            return None
        found = joined(self.base, href.strip())
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


def pieces_of(node: Node | None, most: int = 2_000) -> list[str]:
    """Return each run of text in `node` by itself: what is printed side by side may be told apart by its elements alone."""
    if node is None:
        return []
    found: list[str] = []
    stack = [node]
    while stack and len(found) < most:
        one = stack.pop()
        if one.is_text_node:
            found.append(squeeze(one.text_content or ""))
        elif one.is_element_node and ((one.tag or "") not in _SKIPPED or one is node):
            stack.extend(reversed(list(one.iter(include_text=True))))
    return [text for text in found if text]


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


def joined(base: str, href: str) -> str | None:
    """Return `href` as seen from `base`, None where it is no address."""
    try:
        return urljoin(base, href)
    except ValueError:
        return None


def is_splittable(url: str | None) -> bool:
    """Whether `url` is given, and is no text such as `http://[` of which nothing can be made."""
    try:
        return bool(url) and bool(urlsplit(url))
    except ValueError:
        return False


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
