"""Reads hCards and hReviews, both versions of microformats (https://microformats.org), as items of schema.org."""

from __future__ import annotations

import re
from typing import Any

from reputation.discovery.reading import Node, Page, text_of, words
from reputation.discovery.structured import MAX_INSIDE, MAX_NESTING, MAX_VALUE, Item, add_value, new_item

_MF_TYPES = {
    "vcard": "Person",
    "h-card": "Person",
    "hreview": "Review",
    "h-review": "Review",
    "hreview-aggregate": "AggregateRating",
    "h-review-aggregate": "AggregateRating",
    "adr": "PostalAddress",
    "h-adr": "PostalAddress",
}
_MF_NAMES = words(
    "fn tel fax email url photo adr org title note street-address extended-address locality region postal-code country-name"
    " reviewer dtreviewed summary description rating average best worst votes count item organization-name"
)
_MF_PREFIX = re.compile(r"^(?:p|u|dt|e)-(.+)$")


def read_microformats(page: Page) -> list[Item]:
    """Return the hCards and hReviews of the page, both versions, in the words of schema.org."""
    if not any(f"{name}" in page.html for name in ("vcard", "h-card", "hreview", "h-review")):
        return []
    top: list[Item] = []
    stack: list[tuple[Node, Item | None, int, int]] = [(page.tree.root, None, 0, 0)] if page.tree.root else []
    while stack:
        node, item, nesting, inside = stack.pop()
        given = node.attributes
        classes = (given.get("class") or "").split()
        types = [_MF_TYPES[one] for one in classes if one in _MF_TYPES]
        names = _microformat_names(classes)
        if types and nesting < MAX_NESTING:
            made = new_item(types[:1])
            if item is not None and names:
                add_value(item, names[0], made, old=True)
            elif "PostalAddress" not in types:
                top.append(made)
            _add_implied_name(made, node, classes)
            item, nesting = made, nesting + 1
        elif item is not None and names and inside < MAX_INSIDE:
            inside += 1
            for one in names[:5]:
                add_value(item, one, _value_of_microformat(page, node, one, given), old=True)
        stack.extend((child, item, nesting, inside) for child in reversed(list(node.iter())))
    return top


def _microformat_names(classes: list[str]) -> list[str]:
    modern = [found[1] for one in classes if (found := _MF_PREFIX.match(one)) and one not in _MF_TYPES]
    return modern or [one for one in classes if one in _MF_NAMES]


def _add_implied_name(item: Item, node: Node, classes: list[str]) -> None:
    """An h-card without properties says its name as its text (https://microformats.org/wiki/microformats2-parsing)."""
    inside = [one for one in node.css("[class]") if one.mem_id != node.mem_id] if "h-card" in classes else []
    if "h-card" in classes and not any(_MF_PREFIX.match(name) for one in inside for name in _classes(one)):
        add_value(item, "name", text_of(node)[:MAX_VALUE])


def _classes(node: Node) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _value_of_microformat(page: Page, node: Node, name: str, given: dict[str, str | None]) -> Any:
    tag = node.tag or ""
    if tag == "time" and given.get("datetime"):
        return given["datetime"]
    if tag == "abbr" and given.get("title"):
        return given["title"]
    if tag in ("data", "input") and given.get("value"):
        return given["value"]
    if tag == "img" and given.get("src") and name in ("photo", "url", "logo"):
        return page.link(given["src"])
    if tag in ("a", "area") and name in ("url", "uid") and given.get("href"):
        return page.link(given["href"]) or given["href"]
    if tag in ("a", "area") and name == "email" and given.get("href"):
        return (given["href"] or "").removeprefix("mailto:").split("?")[0]
    inner = [text_of(one) for one in node.css(".value")]
    return "".join(inner) if inner else text_of(node)[:MAX_VALUE]
