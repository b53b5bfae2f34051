"""Where a result's link really leads: redirects of the engines decoded, advertisements and inner links left out."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

_GOOGLE = re.compile(r"(?:[\w-]+\.)*google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_GOOGLE_SEARCH = re.compile(r"(?:www\.|encrypted\.|ipv[46]\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_INNER_OF_GOOGLE = re.compile(
    r"/(?:search|url|aclk|imgres|images|preferences|setprefs|advanced_search|webhp|intl/[^/]*/ads)?/?$"
)
_ADVERTISEMENT = re.compile(
    r"^https?://(?:[^/?#]*\.)?(?:googleadservices\.com|doubleclick\.net|googlesyndication\.com|bing\.com/aclick|r\.msn\.com|shopping\.yahoo\.com/deals"
    r"|google\.[a-z.]{2,6}/(?:pagead/)?aclk|duckduckgo\.com/y\.js|yabs\.yandex\.[a-z.]+|an\.yandex\.[a-z.]+"
    r"|r\.search\.yahoo\.com/cbclk|beap\.gemini\.yahoo\.com|beap\.adx\.yahoo\.com|amazon-adsystem\.com)",
    re.IGNORECASE,
)
_YAHOO = re.compile(r"/RU=([^/]+)/(?:RK|RS)=", re.IGNORECASE)


def target(href: str | None, origin: str) -> str | None:
    """Return the web address to which `href` leads, or None for an advertisement or a page of the engine itself.

    `origin` is the engine's own address, against which links are relative.
    """
    if not href or href.startswith(("#", "javascript:", "data:", "mailto:", "tel:", "about:", "blob:")):
        return None
    try:
        url = urljoin(origin, href.strip())
        for _ in range(3):
            inner = _unwrapped(url)
            if inner is None:
                break
            url = inner
        return url if _leads_out(url) else None
    except ValueError:
        return None


def _unwrapped(url: str) -> str | None:
    """Return what stands behind one redirect, or None where `url` is none, or cannot be decoded."""
    parts = urlsplit(url)
    host, query = (parts.hostname or "").lower(), parse_qs(parts.query)
    found = None
    if _GOOGLE.fullmatch(host) and parts.path == "/url":
        found = query.get("q") or query.get("url")
    elif host.endswith("bing.com") and parts.path.startswith("/ck/"):
        return _from_bing((query.get("u") or [""])[0])
    elif host.endswith("duckduckgo.com") and parts.path.startswith("/l/"):
        found = query.get("uddg")
    elif host.endswith(("yahoo.com", "aol.com", "search.yahoo.co.jp")) and (behind := _YAHOO.search(url)):
        found = [unquote(behind[1])]
    return found[0] if found and found[0].startswith(("http://", "https://")) else None


def _from_bing(coded: str) -> str | None:
    """Decode `a1` and base64url without padding."""
    coded = coded[2:] if coded[:2] in ("a1", "a0") else coded
    try:
        text = urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode("utf-8")
    except (Base64Error, ValueError):
        return None
    return text if text.startswith(("http://", "https://")) else None


_OWN = {
    "bing.com": (
        "/search",
        "/images",
        "/videos",
        "/maps",
        "/news",
        "/shop",
        "/ck/",
        "/aclick",
        "/translator",
    ),
    "duckduckgo.com": ("/", "/y.js", "/l/", "/html", "/lite"),
    "search.yahoo.com": ("/",),
    "search.aol.com": ("/",),
    "ask.com": ("/web", "/pictures", "/qa"),
    "search.brave.com": ("/",),
    "mojeek.com": ("/search",),
    "ecosia.org": ("/search", "/images", "/videos", "/news"),
    "startpage.com": ("/sp/", "/do/"),
    "swisscows.com": ("/",),
}
_YANDEX = re.compile(r"(?:www\.)?yandex\.[a-z]{2,3}(?:\.tr)?|ya\.ru")


def _leads_out(url: str) -> bool:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("http", "https") or not host or _ADVERTISEMENT.match(url):
        return False
    if _GOOGLE_SEARCH.fullmatch(host) and _INNER_OF_GOOGLE.match(parts.path):
        return False
    if "oi=scholart" in parts.query and _GOOGLE.fullmatch(host):
        return False  # "Scholarly articles for ..." heads a block of its own
    if _YANDEX.fullmatch(host):
        return not parts.path.startswith(("/search", "/images", "/video/search", "/an/", "/clck/"))
    for own, paths in _OWN.items():
        if (host == own or host.endswith("." + own)) and parts.path.startswith(paths):
            return (
                own == "duckduckgo.com" and not parts.query and parts.path.startswith(("/about", "/privacy"))
            )
    return True
