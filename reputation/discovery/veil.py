"""Replaces the writers of reviews in JSON, in place: names by initials, accounts and pictures by nothing."""

from __future__ import annotations

import re
from typing import Any

from reputation.discovery.shape import words
from reputation.discovery.sites.reviewers import initials, without_name
from reputation.normalize import fold

Kept = frozenset[str]
"""The names, folded, that stay as they are."""

_REVIEWISH = words(
    "rating stars reviewrating starrating ratingvalue reviewbody review_rating review_text reviewtext"
    " score snippet text comment textdisplay reviewcomment review content body"
)
_REVIEW_LISTS = words(
    "review reviews user_reviews userreviews opinions ratings comments most_relevant_reviews review_results"
)
_NAMED = words(
    "name displayname authordisplayname username user_name fullname nickname screenname handle title"
)
_WRITERS = words(
    "author user reviewer authorattribution creator author_name authorname username user_name"
    " reviewername reviewer_name authordisplayname displayname nickname contributor"
)
_TRACES = re.compile(r"(?:url|uri|link|photo|image|avatar|thumbnail|picture|profile|channel)", re.IGNORECASE)
_TYPES = ("review", "userreview", "criticreview", "comment")


def veil(value: Any, names: dict[str, str], kept: Kept = frozenset()) -> list[dict[str, Any]]:
    """Replace in place the writers in every review in `value` and return the reviews.

    `names` collects what was replaced.
    """
    reviews: list[dict[str, Any]] = []
    stack: list[tuple[Any, str]] = [(value, "")]
    while stack:
        one, under = stack.pop()
        if isinstance(one, list):
            stack.extend((item, under) for item in one)
        elif isinstance(one, dict):
            if _is_review(one, under):
                _veil_review(one, names, kept)
                reviews.append(one)
            stack.extend((item, key.lower()) for key, item in one.items())
    return reviews


def _is_review(one: dict[str, Any], under: str) -> bool:
    kind = one.get("@type") or one.get("\\u0040type") or ""
    types = [str(name).lower().rsplit("/", 1)[-1] for name in (kind if isinstance(kind, list) else [kind])]
    if any(types) and any(name for name in types):
        return any(name in _TYPES for name in types)
    keys = {key.lower() for key in one}
    if not keys & _WRITERS:
        return False
    return (
        (under in _REVIEW_LISTS and bool(keys & _REVIEWISH))
        or "authorattribution" in keys
        or "authordisplayname" in keys
    )


def _veil_review(one: dict[str, Any], names: dict[str, str], kept: Kept) -> None:
    said: list[str] = []
    for key in [key for key in one if key.lower() in _WRITERS and not _TRACES.search(key)]:
        one[key] = _veil_value(one[key], names, kept, said)
    for key, value in one.items():
        if not isinstance(value, str) or not value:
            continue
        if "://" in value and key.lower().startswith(("author", "user", "reviewer", "profile")):
            names.setdefault(value, "")
            one[key] = ""
        elif "://" in value or key in ("@id", "url", "link", "permalink", "id"):
            one[key] = _veil_link(value, said, names)


def _veil_value(value: Any, names: dict[str, str], kept: Kept, said: list[str]) -> Any:
    """Return a review's writer, a text, an object or a list of them, as initials; `said` collects the names."""
    if isinstance(value, list):
        return [_veil_value(one, names, kept, said) for one in value]
    if isinstance(value, dict):
        said += _veil_writer(value, names, kept)
    if isinstance(value, str) and value:
        said.append(value)
        return veiled(value, names, kept)
    return value


def _veil_link(link: str, said: list[str], names: dict[str, str]) -> str:
    """Return a permalink without the names in it."""
    for name in said:
        told = without_name(link, name)
        if told != link:
            names.setdefault(name, initials(name))
            link = told
    return link


def _veil_writer(writer: dict[str, Any], names: dict[str, str], kept: Kept) -> list[str]:
    said = []
    for key, value in writer.items():
        if not isinstance(value, str) or not value:
            continue
        if key.lower() in _NAMED or key in (
            "givenName",
            "familyName",
            "alternateName",
            "first_name",
            "last_name",
        ):
            writer[key] = veiled(value, names, kept)
            said.append(value)
        elif (
            key == "@id"
            or (_TRACES.search(key) and not key.startswith("@"))
            or key.lower() in ("sameas", "email", "telephone")
        ):
            writer[key] = ""
            names.setdefault(value, "")
    return said


def veiled(name: str, names: dict[str, str], kept: Kept) -> str:
    """Return a reviewer's name as initials and note it in `names`; what is `kept` stays."""
    told = initials(name)
    if told == name or fold(name) in kept:
        return name
    names.setdefault(name, told)
    return told
