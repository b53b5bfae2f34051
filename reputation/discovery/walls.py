"""Tells bot walls, error pages and script shells from pages: silence is not absence.

A mark in the source proves nothing alone: pages behind a wall carry the vendor's sensor too, articles write
about captchas, review forms hold one.  So a mark or a phrase counts only where the page says little else.
"""

from __future__ import annotations

import re

from reputation.discovery.wall_marks import (
    ALONE,
    CONSENT,
    CONTACT,
    FAULTS,
    IN_SOURCE,
    IN_TEXT,
    IN_TITLE,
    Mark,
)

_LITTLE = 3_000
"""Characters of visible text: no wall says more (measured on 30 of them), no profile with reviews says less."""
_VERY_LITTLE = 900
_NOTHING = 50


_HIDDEN = re.compile(r"<(!--|script\b|style\b|template\b|noscript\b|svg\b)", re.IGNORECASE)
_ENDS = {
    name: re.compile(rf"</{name}\s*>" if name != "!--" else r"-->", re.IGNORECASE)
    for name in ("!--", "script", "style", "template", "noscript", "svg")
}
_TAG = re.compile(r"<[^<>]*+>")
_TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_ABOUT_SOMETHING = re.compile(
    r"(?:schema\.org/|type[\"']\s{0,9}:\s{0,9}\[?\s{0,9}[\"'])(?:Physician|IndividualPhysician|Person|Dentist|MedicalBusiness"
    r"|MedicalClinic|LocalBusiness|Product|Article|NewsArticle|BlogPosting)\b"
)


def _is_about_something(text: str) -> bool:
    return "schema.org" in text and _ABOUT_SOMETHING.search(text) is not None


def _is_prose(source: str) -> bool:
    """Whether the page is an article, or one of a site with its menus: those may speak of captchas."""
    return (
        "<article" in source
        or re.search(r"og:type[\"'] content=[\"']article", source) is not None
        or source.count("<a ") > 25
    )


def visible(html: str) -> str:
    """Return what a page shows, roughly and in linear time; for walls, which must be told before parsing."""
    shown, _ = _split(html)
    return shown


def _split(html: str) -> tuple[str, str]:
    """Return what a page shows with scripts, and what it shows without them (its `<noscript>`)."""
    kept: list[str] = []
    without_scripts: list[str] = []
    at = 0
    while (found := _HIDDEN.search(html, at)) is not None:
        kept.append(html[at : found.start()])
        name = found[1].lower()
        closing = _ENDS[name].search(html, found.end())
        at = closing.end() if closing else len(html)
        if name == "noscript":
            without_scripts.append(html[found.start() : at])
    kept.append(html[at:])
    return _plain(" ".join(kept)), _plain(" ".join(without_scripts)[:20_000])


def _plain(html: str) -> str:
    return " ".join(_TAG.sub(" ", html).replace("&nbsp;", " ").replace("&amp;", "&").split())


def title_of(html: str) -> str:
    """Return the `<title>`, "" where there is none."""
    found = _TITLE.search(html[:200_000])
    return " ".join(found[1].replace("&amp;", "&").split()) if found else ""


def wall_of(text: str) -> str | None:
    """Return who blocks and how, such as "Cloudflare: Just a moment...", or None where the page is no wall.

    `text` is the page's source.  A page that describes a person, business or article in schema.org is none.
    """
    shown, without_scripts = _split(text)
    if len(shown) > _LITTLE or _is_about_something(text):
        return None
    title = title_of(text)
    return _by_source(text.lower(), shown, title) or (
        None if _is_prose(text.lower()) else _by_words(text, shown, without_scripts, title)
    )


def _by_source(source: str, shown: str, title: str) -> str | None:
    said = shown.lower()
    for vendor, marks in IN_SOURCE:
        if any(mark in source and mark not in said for mark in marks.split()):
            return _said(vendor, title or shown)
    for vendor, marks in ALONE if len(shown) < _NOTHING else ():
        if any(mark in source for mark in marks.split()):
            return _said(vendor, title or shown)
    return None


def _by_words(text: str, shown: str, without_scripts: str, title: str) -> str | None:
    for mark in IN_TITLE:
        if mark.pattern.search(title):
            return _said(mark.vendor, title)
    if CONSENT.search(_first_heading(text)) and not CONTACT.search(shown):
        return _said("consent", title or shown)
    if len(shown) > _VERY_LITTLE or CONTACT.search(shown):
        return _phrase(IN_TEXT, _opening(text))
    return _phrase(IN_TEXT, f"{shown} {without_scripts if len(shown) < 200 else ''}")


def _phrase(marks: tuple[Mark, ...], text: str) -> str | None:
    for mark in marks:
        if found := mark.pattern.search(text):
            return _said(mark.vendor, found[0])
    return None


_HEADING = re.compile(r"<h[12]\b[^>]{0,500}>((?:[^<]|<(?!/?h[12])){0,500})", re.IGNORECASE)


def _opening(text: str) -> str:
    """The title and headings: what a wall with much small print is about."""
    return " ".join([title_of(text), *(_TAG.sub(" ", one) for one in _HEADING.findall(text))])


def _said(vendor: str, words: str) -> str:
    words = words[:80].strip()
    if vendor == "unnamed":
        return words
    return f"{vendor}: {words}" if words else vendor


def fault_of(text: str) -> str | None:
    """Return what kind of error page this is (maintenance, proxy, server, not found), or None where it is none."""
    shown = visible(text)
    if len(shown) > _LITTLE or _is_about_something(text):
        return None
    if _is_prose(text.lower()):
        return "a page that is not there (404)" if _NOT_THERE.search(_first_heading(text)) else None
    is_short = len(shown) <= _VERY_LITTLE and not CONTACT.search(shown)
    said = f"{title_of(text)} {shown if is_short else _opening(text)} {_alternatives(text, shown)}"
    for mark in FAULTS:
        if mark.pattern.search(said):
            return mark.vendor
    return None


_NOT_THERE = re.compile(
    r"(?:page|profile|listing|doctor|provider)\b.{0,30}(?:could not|was not|not|can.?t|cannot) (?:be )?found|(?:can.?t|cannot|couldn.?t) find (?:the|that|this) (?:page|profile)"
    r"|^\W*404\b|page (?:isn.t|is not|is no longer) available",
    re.IGNORECASE,
)
"""What the heading of an error page with all the menus of its site says."""


def _first_heading(text: str) -> str:
    found = _HEADING.search(text)
    return " ".join(_TAG.sub(" ", found[1]).split()) if found else ""


_ALT = re.compile(r"<img\b[^>]{0,2000}?\balt=[\"']([^\"']{0,200}(?:'[^\"']{0,200})?)[\"']", re.IGNORECASE)


def _alternatives(text: str, shown: str) -> str:
    """Where a page shows nothing, its pictures may speak: a maintenance page can be one picture."""
    return " ".join(_ALT.findall(text)[:20]) if len(shown) < 100 else ""
