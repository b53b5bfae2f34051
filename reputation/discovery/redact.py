"""Replaces reviewers' names by initials before a capture is stored: it never becomes a list of patients.

Names stand in microdata, JSON-LD, the sites' own markup, the page's embedded state and the replies of APIs.
The doctor's name and the writers of articles stay.  A page that holds no such name keeps its bytes; one that
does is written out again as UTF-8, so that a live audit and its replay read the same.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from reputation.discovery.decoding import decode_json
from reputation.discovery.pasted import writers_in
from reputation.discovery.reading import (
    Node,
    Page,
    attribute,
    decode,
    has_markup,
    open_page,
    squeeze,
    text_of,
)
from reputation.discovery.sites.reviewers import NOBODY, initials
from reputation.discovery.sites.schema_org import ARTICLES, CLINICIANS, POSTS, name_of, texts
from reputation.discovery.structured import every_item, kinds, loads_leniently
from reputation.discovery.veil import Kept, veil, veiled
from reputation.errors import Unreadable
from reputation.model import Capture
from reputation.normalize import fold

__all__ = ["initials", "redact"]

_MAX_BYTES = 12_000_000


def redact(capture: Capture) -> Capture:
    """Return `capture` with reviewers' names in its body as initials; `sha256` stays that of the body as it came.

    Redacting twice is redacting once.

    Raises:
        Unreadable: a page that cannot be parsed, whose names therefore cannot be found.
    """
    body = capture.body
    if not body.strip() or len(body) > _MAX_BYTES:
        return capture
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    told = _redacted_json(body) if start in (b"{", b"[") else _redacted_page(body, capture)
    return capture if told is None else replace(capture, body=told)


def _redacted_json(body: bytes) -> bytes | None:
    """Return a reply without reviewers' names, None where it holds none."""
    try:
        value = json.loads(decode_json(body), strict=False)
    except (ValueError, RecursionError):
        return None
    names: dict[str, str] = {}
    reviews = veil(value, names)
    full = _as_printed(names, frozenset())
    if full:
        change = _swapping_all(full)
        for review in reviews:
            review.update({key: _changed(item, change) for key, item in review.items()})
    return json.dumps(value, ensure_ascii=False).encode() if names else None


def _changed(value: Any, change: Callable[[str], str], depth: int = 4) -> Any:
    """Return `value` with `change` applied to its texts: a review's own words, and the answer to it."""
    if isinstance(value, str):
        return change(value)
    if depth and isinstance(value, list):
        return [_changed(one, change, depth - 1) for one in value]
    if depth and isinstance(value, dict):
        return {key: _changed(one, change, depth - 1) for key, one in value.items()}
    return value


# ---------------------------------------------------------------------------- pages


def _redacted_page(body: bytes, capture: Capture) -> bytes | None:
    """Return a page without reviewers' names, None where it holds none or is no page."""
    try:
        text = decode(body, capture.media_type)
    except Unreadable:
        return None
    if not has_markup(text):
        return _redacted_text(text) if (capture.media_type or "").startswith(_PASTED) else None
    page = open_page(text, capture.url, capture.media_type)
    kept = _kept(page)
    names: dict[str, str] = {}
    _veil_scripts(page, names, kept)
    for node in _writers(page):
        _veil_node(node, names, kept)
    _veil_blocks(page, names, kept)
    if not names:
        return None
    _veil_whole_names(page, names, kept)
    return codecs.BOM_UTF8 + (page.tree.html or "").encode()


_PASTED = ("text/plain", "text/markdown")


def _redacted_text(text: str) -> bytes | None:
    """Return pasted text without the reviewers' names that can be told, None where it holds none."""
    lines = text.splitlines(keepends=True)
    names: dict[str, str] = {}
    for number, (start, end) in writers_in(text).items():
        line = lines[number]
        name = line[start:end]
        told = veiled(name, names, frozenset())
        lines[number] = line[:start] + told + line[end:]
    if not names:
        return None
    full = _as_printed(names, frozenset())
    return codecs.BOM_UTF8 + _swapping_all(full)("".join(lines)).encode("utf-8", "replace")


def _kept(page: Page) -> frozenset[str]:
    """Return the names, folded, that are no reviewer's: the page's heading, and who wrote its article."""
    kept = [page.read("h1"), page.meta("author", "article:author")]
    for item in every_item(page.structured):
        if kinds(item) & (ARTICLES | POSTS):
            kept += texts(item, "author")
        if kinds(item) & CLINICIANS:
            kept.append(name_of(item))
    return frozenset(fold(name) for name in kept if name)


def _writers(page: Page) -> Iterator[Node]:
    """Yield the elements that name a reviewer or the poster of a thread."""
    for review in page.css(
        "[itemtype*='/Review' i], [itemtype*='UserReview' i], [typeof*=Review], [itemtype$='/Comment']"
    ):
        for writer in page.css("[itemprop~=author], [itemprop~=creator], [property~=author]", review):
            yield from page.css("[itemprop~=name], [property~=name]", writer) or [writer]
    for writer in page.css(", ".join(_OWN_MARKUP)):
        yield from page.css(".p-name, .fn", writer) or [writer]


_OWN_MARKUP = (
    ".hreview .reviewer",
    ".h-review .p-author",
    ".h-review .p-reviewer",
    "a.user-display-name",
    ".review .user-name",
    "a[href*='/user_details']",
    "[data-test*=reviewer i]",
    "[data-testid*=reviewer i]",
    "[data-qa-target*=reviewer i]",
    "[class*=reviewer-name i]",
    "[class*=reviewerName i]",
    "[class*=review-author i]",
    "[class*=reviewAuthor i]",
    "[class*=review__author i]",
    "article.message .username",
    "article.message .message-avatar span[aria-label]",
    "shreddit-comment a[href*='/user/']",
    "shreddit-post a[href*='/user/']",
    ".commentarea a.author",
    ".thing.link a.author",
)
_BLOCKS = (
    ("[data-review-id][aria-label]", "aria-label"),
    ("article.message[data-author]", "data-author"),
    ("shreddit-post[author]", "author"),
    ("shreddit-comment[author]", "author"),
    (".thing[data-author]", "data-author"),
)
"""Elements that are one review or post whole, with the attribute that names the writer."""


def _veil_node(node: Node, names: dict[str, str], kept: Kept) -> None:
    """Replace the name in a writer's element, its attributes included."""
    given = attribute(node, "content")
    picture = node.css_first("img[alt]")
    said = given or text_of(node) or attribute(node, "aria-label") or attribute(picture, "alt")
    name = squeeze(said or "")
    if not name or len(name) > 80 or fold(name) in kept:
        return
    told = veiled(name, names, kept)
    if given is not None:
        node.attrs["content"] = told
    if told != name:
        _write_text(node, told)
    for one in [node, *node.css("*")]:
        _veil_traces(one, name, told, names)


def _write_text(node: Node, text: str) -> None:
    """Put `text` where the element's first words stand, and nothing where its others do."""
    pieces = [
        one
        for one in node.traverse(include_text=True)
        if one.is_text_node and (one.text_content or "").strip()
    ]
    for n, piece in enumerate(pieces):
        piece.replace_with(text if n == 0 else " ")


def _veil_traces(node: Node, name: str, told: str, names: dict[str, str]) -> None:
    """Take the writer out of one element's attributes: what is said of him, and the way to his account."""
    for key, value in list(node.attributes.items()):
        if not value or key in ("class", "itemprop", "itemtype", "style", "id"):
            continue
        if key in ("alt", "title", "aria-label") and name in value and told != name:
            node.attrs[key] = value.replace(name, told)
        elif key in ("href", "src", "data-hovercard-id", "data-user-id"):
            kept = "#" if key != "href" else _ACCOUNT.sub(r"\1", value)
            if kept != value:
                node.attrs[key] = kept
                names.setdefault(value, kept)


_ACCOUNT = re.compile(r"(/user_details|/users?/|/u/|/members?/|/contrib/|/profiles?/)[^#]+", re.IGNORECASE)
"""A link to somebody's account, of which only the kind is kept."""


def _veil_blocks(page: Page, names: dict[str, str], kept: Kept) -> None:
    """Replace the writer all through a review's element, where an attribute of it names him."""
    for selector, key in _BLOCKS:
        for block in page.css(selector):
            name = squeeze(attribute(block, key) or "")
            told = veiled(name, names, kept) if name else name
            if told == name:
                continue
            block.attrs[key] = told
            _replace_in(block, _swapping(name, told))


def _swapping(name: str, told: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        return text.replace(name, told)

    return change


def _replace_in(root: Node, change: Callable[[str], str]) -> None:
    """Apply `change` to every text and attribute under `root`."""
    for node in list(root.traverse(include_text=True)):
        if node.is_text_node:
            text = node.text_content or ""
            told = change(text)
            if told != text:
                node.replace_with(told)
        elif node.is_element_node:
            for key, value in list(node.attributes.items()):
                if value and key not in ("class", "style", "itemprop", "itemtype"):
                    told = change(value)
                    if told != value:
                        node.attrs[key] = told


# ---------------------------------------------------------------------------- scripts


def _veil_scripts(page: Page, names: dict[str, str], kept: Kept) -> None:
    """Replace the writers in JSON-LD and in JSON that stands alone in a script."""
    for node in page.css("script[type*=json i]"):
        inside = node.first_child
        values = loads_leniently(inside.text_content or "") if inside is not None else []
        before = len(names)
        for value in values:
            veil(value, names, kept)
        if inside is not None and len(names) > before:
            told = json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False)
            inside.replace_with(told.replace("</", "<\\/"))


def _veil_whole_names(page: Page, names: dict[str, str], kept: Kept) -> None:
    """Replace full names that stand elsewhere too: in the page's state, in captions, in addresses.

    A first name alone may be anybody's word, and one that is part of the doctor's is hers: both stay.
    """
    full = _as_printed(names, kept)
    quoted = {
        name: told for name, told in names.items() if name and "://" not in name and fold(name) not in NOBODY
    }
    if not full and not quoted:
        return
    in_json = _quoted_pattern(quoted)

    change = _swapping_all(full)
    for script in page.css("script"):
        inside = script.first_child
        text = inside.text_content or "" if inside is not None else ""
        told = (
            in_json.sub(lambda hit: hit[1] + quoted[_unescaped(hit[2])] + hit[3], change(text))
            if text
            else text
        )
        if inside is not None and told != text:
            inside.replace_with(told)
    if full and page.tree.body is not None:
        _replace_in(page.tree.body, change)


def _swapping_all(full: dict[str, str]) -> Callable[[str], str]:
    """Return a function that replaces every name of `full`, in time linear in its text however many they are."""
    by_start = {name[found.start() :]: told for name, told in full.items() if (found := _WORD.search(name))}
    lengths: dict[str, list[int]] = {}
    for name in by_start:
        lengths.setdefault(_WORD.findall(name)[0], []).append(len(name))
    lengths = {first: sorted(set(sizes), reverse=True) for first, sizes in lengths.items()}

    def change(text: str) -> str:
        made: list[str] = []
        done = 0
        for word in _WORD.finditer(text):
            if word.start() < done:
                continue
            for size in lengths.get(word[0], ()):
                end = word.start() + size
                told = by_start.get(text[word.start() : end])
                if told is not None and not text[end : end + 1].isalnum():
                    made += [text[done : word.start()], told]
                    done = end
                    break
        return "".join([*made, text[done:]]) if done else text

    return change


_WORD = re.compile(r"\w+")
_GREETINGS = ("Dear ", "Hi ", "Hello ", "Hey ", "Thank you ", "Thank you, ", "Thanks ", "Thanks, ", "Sorry, ")


def _as_printed(names: dict[str, str], kept: Kept) -> dict[str, str]:
    """Return full names with their initials, and the short forms that surely mean the writer.

    "Samantha O." is a signature, and "Dear Samantha" begins an answer; the first name alone stays.
    """
    hers = {part for one in kept for part in re.split(r"[\W_]+", one)}
    full = {name: told for name, told in names.items() if _is_full_name(name, kept)}
    short: dict[str, str] = {}
    for name, told in full.items():
        words = _WORD.findall(name)
        if len(words[0]) < 3 or not words[0][:1].isupper() or fold(words[0]) in hers:
            continue
        for hail in _GREETINGS:
            short |= {hail + words[0]: f"{hail}{words[0][0]}.", hail + name: hail + told}
        if len(words) > 1:
            short[f"{words[0]} {words[-1][0]}"] = f"{words[0][0]}. {words[-1][0]}"
    return short | full


def _is_full_name(name: str, kept: Kept) -> bool:
    """Whether a name is long enough to be nobody's word: two parts ("Jane D."), and no part of a name that stays."""
    parts = {part for part in re.split(r"[\W_]+", fold(name)) if part}
    if "://" in name or len(parts) < 2 or len(name) < 5 or max(map(len, parts)) < 3:
        return False
    return not any(parts <= set(re.split(r"[\W_]+", one)) for one in kept)


_OPENING = r"((?:\b|u0022)(?:author|user|reviewer|display|nick)\w*\\*(?:\"|u0022)\s*:\s*\\*(?:\"|u0022))"


def _quoted_pattern(names: dict[str, str]) -> re.Pattern[str]:
    """Match a name as the whole value of a writer's key in a script's JSON, however often it is escaped."""
    forms = {form for name in names for form in (name, json.dumps(name)[1:-1])}
    return re.compile(
        _OPENING
        + "("
        + ("|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or r"(?!)")
        + r")(\\*(?:\"|u0022))",
        re.IGNORECASE,
    )


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
