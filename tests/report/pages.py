"""Reads a page as a browser's parser would, to see what in it is markup and what is text."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

HARMLESS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "div",
        "header",
        "p",
        "h1",
        "h2",
        "h3",
        "nav",
        "ol",
        "ul",
        "li",
        "main",
        "section",
        "span",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "code",
        "blockquote",
        "bdi",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "svg",
        "rect",
        "line",
        "path",
        "circle",
        "polyline",
        "text",
        "desc",
        "figure",
        "figcaption",
        "form",
        "label",
        "input",
        "select",
        "option",
        "output",
        "strong",
        "br",
        "footer",
        "pre",
        "script",
        "article",
        "textarea",
        "button",
    ]
)
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """The tags, attributes, links, ids and text of a page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "li"} and (not self.open or self.open[-1] != tag):
            return  # may be left open
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"script", "style"}:
            self.text.append(data)

    def values(self, name: str) -> list[str]:
        """The values of every attribute called `name`."""
        return [value or "" for _, attribute, value in self.attributes if attribute == name]


def dangers(source: str, scripts: int) -> list[str]:
    """Return what in a page could act: a foreign tag, a handler, a link of another scheme, a request."""
    page = Page(source)
    found = [f"<{tag}>" for tag in page.tags if tag not in HARMLESS]
    if page.tags["script"] != scripts:
        found.append(f"{page.tags['script']} scripts")
    for tag, name, value in page.attributes:
        if name.startswith("on") or name in {
            "src",
            "srcset",
            "action",
            "formaction",
            "background",
            "srcdoc",
            "style",
        }:
            found.append(f"{tag} {name}={value}")
        if name in {"href", "xlink:href"} and not (value or "").lower().startswith(
            ("#", "http://", "https://", "mailto:", "tel:")
        ):
            found.append(f"{tag} {name}={value}")
    return found + page.unbalanced
