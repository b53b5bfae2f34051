"""Reads what a page says in JSON-LD, microdata, RDFa and microformats, as plain items of schema.org.

An item is `{"type": ["Physician"], "properties": {"name": ["Jane Roe"], "address": [{…}]}}`: every property is a
list, a nested item is an item.  Pages write this markup by hand, so it is read as leniently as search engines do:
comments and trailing commas in JSON-LD, lower-case names, http, https and www spellings of schema.org, blocks
that hold null.  What cannot be read is left out; a page may have other markup that can.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from reputation.discovery.reading import Node, Page, attribute, squeeze, text_of, words

Item = dict[str, Any]

MAX_NESTING = 40
MAX_INSIDE = 8
"""How many named texts may lie in one another: each is read whole, which would be quadratic."""
_MAX_REFERRED = 100
"""How many `itemref` are followed on one page: they may refer to one another."""
_MAX_ITEMS = 5_000
MAX_VALUE = 20_000
"""Characters kept of one value: a page can nest its elements so that their texts add up quadratically."""

_NAMES = words(
    "name givenName familyName additionalName honorificPrefix honorificSuffix alternateName legalName telephone"
    " faxNumber email url sameAs image logo description address streetAddress addressLocality addressRegion postalCode"
    " addressCountry aggregateRating ratingValue bestRating worstRating ratingCount reviewCount review reviews"
    " reviewRating reviewBody author publisher datePublished dateCreated dateModified headline articleBody itemReviewed"
    " itemListElement item position medicalSpecialty jobTitle worksFor affiliation hospitalAffiliation alumniOf memberOf"
    " gender knowsLanguage availableLanguage openingHours openingHoursSpecification isAcceptingNewPatients hasCredential"
    " identifier usNPI propertyID value priceRange hasMap geo latitude longitude mainEntity mainEntityOfPage about"
    " contactPoint location workLocation practicesAt healthPlanNetworkId award comment commentCount text ratingExplanation"
    " interactionStatistic userInteractionCount interactionType currenciesAccepted paymentAccepted hasOfferCatalog"
    " founder employee department parentOrganization subOrganization branchOf occupationalCategory healthcareReportingData"
)
_SPELLING = {name.lower(): name for name in _NAMES}
_OLD_SPELLING = {
    "fn": "name",
    "n": "name",
    "itemreviewed": "itemReviewed",
    "tel": "telephone",
    "fax": "faxNumber",
    "adr": "address",
    "street-address": "streetAddress",
    "extended-address": "extendedAddress",
    "locality": "addressLocality",
    "region": "addressRegion",
    "postal-code": "postalCode",
    "country-name": "addressCountry",
    "org": "worksFor",
    "organization-name": "name",
    "title": "jobTitle",
    "photo": "image",
    "reviewer": "author",
    "dtreviewed": "datePublished",
    "summary": "headline",
    "rating": "ratingValue",
    "average": "ratingValue",
    "best": "bestRating",
    "worst": "worstRating",
    "votes": "ratingCount",
    "count": "reviewCount",
    "npi": "usNPI",
}
"""The words of microformats and of data-vocabulary.org, which came before schema.org."""
_VOCABULARY = re.compile(
    r"^(?:https?://(?:www\.)?schema\.org/|https?://(?:www\.|rdf\.)?data-vocabulary\.org/#?|schema:|v:|s:)",
    re.IGNORECASE,
)
_LINKS = words("url sameAs image logo hasMap mainEntityOfPage contentUrl thumbnailUrl item author publisher")
"""The properties whose value is where a link leads; any other is what the link says."""


def read_items(page: Page) -> tuple[Item, ...]:
    """Return the page's own items: JSON-LD first, then microdata, RDFa and microformats, each in page order."""
    from reputation.discovery.microformats import read_microformats  # noqa: PLC0415  (it builds items too)

    found = (*read_json_ld(page), *read_microdata(page), *read_rdfa(page), *read_microformats(page))
    return found[:_MAX_ITEMS]


# ---------------------------------------------------------------------------- what a reader asks of an item


def kinds(item: Item) -> frozenset[str]:
    """Return the item's types without vocabulary, as printed."""
    return frozenset(item["type"])


def values(item: Item | None, *names: str) -> list[Any]:
    """Return the values of the first of `names` that the item has."""
    for name in names:
        found = item["properties"].get(name) if item else None
        if found:
            return list(found)
    return []


def word(item: Item | None, *names: str) -> str | None:
    """Return the first value of one of `names` that is a text, or names itself; None where there is none."""
    return _word(item, names, 4)


def _word(item: Item | None, names: tuple[str, ...], deep: int) -> str | None:
    """`deep` ends the search where items refer to one another in a circle."""
    for name in names if deep else ():
        for value in values(item, name):
            inner = isinstance(value, dict)
            said = _word(value, ("name", "value"), deep - 1) if inner else squeeze(str(value))
            if said:
                return said
    return None


def nested(item: Item | None, *names: str) -> list[Item]:
    """Return the items among the values of all `names`."""
    return [value for name in names for value in values(item, name) if isinstance(value, dict)]


def every_item(items: Iterable[Item]) -> Iterator[Item]:
    """Yield each item and the items in it, outer first, each once."""
    seen: set[int] = set()
    stack = list(items)[::-1]
    while stack:
        item = stack.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        yield item
        inner = [v for found in item["properties"].values() for v in found if isinstance(v, dict)]
        stack.extend(reversed(inner))


def _short(name: str) -> str:
    return _VOCABULARY.sub("", name.strip())


def _spelled(name: str, *, old: bool = False) -> str:
    short = _short(name)
    return (_OLD_SPELLING.get(short) if old else None) or _SPELLING.get(short.lower(), short)


def new_item(types: Iterable[str]) -> Item:
    """Return an item without properties."""
    given = [name for name in types if name.strip()]
    item: Item = {"type": [_OLD_TYPES.get(_short(name), _short(name)) for name in given], "properties": {}}
    if any("data-vocabulary.org" in name or name.startswith("v:") for name in given):
        item["old"] = True
    return item


_OLD_TYPES = {"Review-aggregate": "AggregateRating", "Address": "PostalAddress"}


def add_value(item: Item, name: str, value: Any, *, old: bool = False) -> None:
    """Give `item` a value in schema.org's spelling; `old` also understands the words that came before it."""
    if value not in (None, "", []):
        item["properties"].setdefault(_spelled(name, old=old), []).append(value)


# ---------------------------------------------------------------------------- JSON-LD


def read_json_ld(page: Page) -> list[Item]:
    """Return the items of every JSON-LD block, `@graph` laid flat and `@id` references followed."""
    found: list[Item] = []
    for node in page.tree.css("script[type]"):
        kind = (attribute(node, "type") or "").lower()
        if kind.split(";")[0].strip() == "application/ld+json":
            for block in loads_leniently(node.text() or ""):
                found.extend(_from_json(block, 0))
    return _follow_references(found)


def loads_leniently(text: str) -> list[Any]:
    """Return the JSON values in `text`, [] where there are none that can be read."""
    text = _WRAPPED.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _COMMENTS.sub("", text)), entities.unescape(text)):
        try:
            return [json.loads(attempt, strict=False)]
        except RecursionError:
            return []
        except ValueError:
            continue
    return _first_values(text)


_WRAPPED = re.compile(r"<!--|-->|/?/?\*?\s*<!\[CDATA\[\s*\*?/?|/?/?\*?\s*\]\]>\s*\*?/?")
_COMMENTS = re.compile(r"^[ \t]*//[^\n]*$|/\*.*?\*/", re.MULTILINE | re.DOTALL)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


def _first_values(text: str) -> list[Any]:
    """Read values that stand one after another until one is broken."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        found.append(value)
        at += len(text[at : at + 200]) - len(text[at : at + 200].lstrip(" \r\n\t,;"))
    return found


def _from_json(value: Any, nesting: int) -> list[Item]:
    if nesting > MAX_NESTING:
        return []
    if isinstance(value, list):
        return [item for one in value for item in _from_json(one, nesting + 1)]
    if not isinstance(value, dict):
        return []
    graph = value.get("@graph")
    inner = _from_json(graph, nesting + 1) if isinstance(graph, list | dict) else []
    own = {key: one for key, one in value.items() if key not in ("@graph", "@context")}
    return ([_item_from_json(own, nesting)] if set(own) - {"@id"} else []) + inner


def _item_from_json(value: dict[str, Any], nesting: int) -> Item:
    types = value.get("@type") or value.get("type") or []
    item = new_item(str(name) for name in (types if isinstance(types, list) else [types]))
    if isinstance(value.get("@id"), str):
        item["id"] = value["@id"]
    for name, content in value.items():
        if not name.startswith("@") and nesting < MAX_NESTING:
            for one in content if isinstance(content, list) else [content]:
                add_value(item, name, _value_from_json(one, nesting + 1))
    return item


def _value_from_json(value: Any, nesting: int) -> Any:
    if isinstance(value, dict):
        plain = value.get("@value")
        return plain if isinstance(plain, str | int | float) else _item_from_json(value, nesting)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value if isinstance(one, str | int | float))
    if isinstance(value, bool):
        return "true" if value else "false"
    return entities.unescape(value).strip() if isinstance(value, str) else value


def _follow_references(items: list[Item]) -> list[Item]:
    """Put the item itself where only its `@id` stands."""
    everything = list(every_item(items))
    known = {item["id"]: item for item in everything if item.get("id") and item["properties"]}
    for item in everything:
        for name, found in item["properties"].items():
            item["properties"][name] = [
                known.get(value.get("id"), value)
                if isinstance(value, dict) and not value["properties"]
                else value
                for value in found
            ]
    return items


# ---------------------------------------------------------------------------- microdata and RDFa


def read_microdata(page: Page) -> list[Item]:
    """Return the top items of the page's microdata, `itemref` followed."""
    if "itemscope" not in page.html.lower():
        return []
    return _read_scopes(page, scope="itemscope", name="itemprop", kind="itemtype")


def read_rdfa(page: Page) -> list[Item]:
    """Return the top items that are written in RDFa Lite (https://www.w3.org/TR/rdfa-lite/)."""
    if "typeof" not in page.html.lower():
        return []
    return _read_scopes(page, scope="typeof", name="property", kind="typeof")


def _read_scopes(page: Page, *, scope: str, name: str, kind: str) -> list[Item]:
    """Walk the page once and hang every named value on the innermost open item; without recursion."""
    top: list[Item] = []
    stack: list[tuple[Node, Item | None, int, int]] = [(page.tree.root, None, 0, 0)] if page.tree.root else []
    referred: set[tuple[int, str]] = set()
    while stack:
        node, item, nesting, inside = stack.pop()
        given = node.attributes
        names = (given.get(name) or "").split()
        if scope in given and nesting < MAX_NESTING:
            made = new_item((given.get(kind) or "").split())
            made["id"] = given.get("itemid") or given.get("id") or ""
            made["review_id"] = given.get("data-review-id") or ""
            for one in names if item is not None else ():
                add_value(item, one, made)  # type: ignore[arg-type]  # item is not None here
            if item is None or not names:
                top.append(made)
            item, nesting = made, nesting + 1
            for reference in (given.get("itemref") or "").split()[:20]:
                pulled = page.tree.css_first(f'[id="{reference}"]') if _IS_ID.match(reference) else None
                if (
                    pulled is not None
                    and (id(made), reference) not in referred
                    and len(referred) < _MAX_REFERRED
                ):
                    referred.add((id(made), reference))
                    stack.append((pulled, made, nesting + 1, inside))
        elif names and item is not None and inside < MAX_INSIDE:
            inside += 1
            for one in names[:5]:
                add_value(item, one, _value_of(page, node, _spelled(one), given), old=item.get("old", False))
        stack.extend((child, item, nesting, inside) for child in reversed(list(node.iter())))
    return top


_IS_ID = re.compile(r"^[\w:.-]+$")


def _value_of(page: Page, node: Node, name: str, given: dict[str, str | None]) -> Any:
    tag = node.tag or ""
    if given.get("content") is not None:
        return squeeze(given["content"] or "")
    if tag == "time" and given.get("datetime"):
        return given["datetime"]
    if tag in ("data", "meter") and given.get("value"):
        return given["value"]
    source = given.get("src") or given.get("data-src")
    if tag in ("img", "source", "video", "audio", "embed", "iframe") and source:
        return page.link(source)
    if tag == "link" or (tag in ("a", "area") and name in _LINKS and given.get("href")):
        return page.link(given.get("href")) or given.get("href")
    return text_of(node)[:MAX_VALUE]
