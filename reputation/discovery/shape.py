"""Bounds the shape of a page before it is parsed: a linear scan of the source.

Building the tree is quadratic in nesting and in the attributes of one tag: 100,000 nested `<div>` took 12 s,
200,000 attributes over 60 s.
"""

from __future__ import annotations

import re

from reputation.errors import Unreadable


def words(text: str) -> frozenset[str]:
    """Return the words of `text` as a set; for short tables of names."""
    return frozenset(text.split())


MAX_TAGS = 200_000
MAX_DEPTH = 1_000
MAX_ATTRIBUTES = 1_000
MAX_REBUILT = 300_000
"""How many formatting elements (`<b>`, `<font>`) a parser may have to open again, over the whole page."""

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
