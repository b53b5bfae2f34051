"""URLs: one spelling for one page, the host, the registered domain, and the keys of mentions."""

from __future__ import annotations

import hashlib
import re
import socket
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tldextract import TLDExtract

_TRACKERS = re.compile(
    r"utm_.*|ga_.*|_ga|_gl|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|fbclid|fb_.*|msclkid|yclid|twclid|ttclid"
    r"|igshid|igsh|li_fat_id|mc_[ce]id|mkt_tok|_hsenc|_hsmi|hsctatracking|vero_(?:id|conv)|oly_(?:anon|enc)_id"
    r"|ref|ref_src|ref_url|cmpid|s_cid|spm|trk|trackingid|campaignid|amp|outputtype",
    re.IGNORECASE,
)
_TWIN_HOST = re.compile(r"(?:www[0-9]?|m|mobile|amp)\.(?=[^.]+\.[^.])")
_AMP_END = re.compile(r"(?:/amp(?:\.html)?|\.amp(?:\.html)?|/index\.html?)$", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_FIRST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?(?:[/?#]|$)", re.IGNORECASE)
_SIMPLE = re.compile(
    r"https?://([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(/[A-Za-z0-9._~/-]*)?(?:\?([A-Za-z0-9._~=&-]*))?"
)
_WRAPPER = re.compile(r"google\.|\.ampproject\.org$", re.IGNORECASE)
_GOOGLE = re.compile(r"(?:www\.)?google\.[a-z.]+")
_AMP_CACHE = re.compile(r"^/(?:amp|[cv])/(s/)?(.+)$")


@lru_cache(maxsize=32768)
def canonical_url(url: str) -> str:
    """Return the one spelling of a page's URL, so that the same page found many ways is one.

    https for http, host in lower case without www, m, mobile, amp, userinfo or default port, no fragment,
    no tracking parameters, parameters sorted, no trailing slash, AMP caches and Google's redirects
    unwrapped.  What is not an http address (mailto:, "") is returned stripped.  Never raises.
    """
    url = url.strip()
    if simple := _canonical_simple(url):
        return simple
    for _ in range(4):
        once = _canonical_once(url)
        if once == url:
            break
        url = once
    return url


def _canonical_simple(url: str) -> str | None:
    """Return what `_canonical_once` would, in a tenth of its time, where no character needs thought."""
    found = _SIMPLE.fullmatch(url)
    if found is None or "/." in (found[2] or "") or _WRAPPER.search(found[1]):
        return None
    name = _netloc(found[1], None)
    path = _AMP_END.sub("", (found[2] or "").rstrip("/")).rstrip("/")
    if _AMP_END.search(path):
        return None
    pairs = (part.partition("=") for part in (found[3] or "").split("&") if part)
    kept = sorted((key, value) for key, _, value in pairs if not _TRACKERS.fullmatch(key))
    query = "&".join(f"{key}={value}" for key, value in kept)
    return f"https://{name}{path or '/'}" + (f"?{query}" if query else "")


def _canonical_once(url: str) -> str:
    from w3lib.url import canonicalize_url  # noqa: PLC0415 - heavy where only --help is wanted

    if url.startswith("//"):
        url = "https:" + url
    elif _HOST_FIRST.match(url):
        url = "https://" + url
    elif not url.lower().startswith(("http://", "https://")):
        return url
    try:
        parts = urlsplit(_unwrapped(url))
        netloc = _netloc(parts.hostname or "", parts.port)
    except ValueError:
        return url
    if not netloc:
        return url
    path = _AMP_END.sub("", parts.path.rstrip("/")).rstrip("/")
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKERS.fullmatch(key)
    ]
    plain = urlunsplit(("https", netloc, path, urlencode(kept), ""))
    try:
        canonical: str = canonicalize_url(plain)
    except ValueError:
        return plain
    return canonical


def _netloc(hostname: str, port: int | None) -> str:
    name = hostname.lower().rstrip(".")
    while twin := _TWIN_HOST.match(name):
        name = name[twin.end() :]
    if ":" in name:
        name = f"[{name}]"
    return name if port in (None, 80, 443) else f"{name}:{port}"


def _unwrapped(url: str) -> str:
    """Return the page behind an AMP cache or a Google redirect, else `url`."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    is_google = _GOOGLE.fullmatch(name) is not None
    if is_google and parts.path == "/url":
        query = dict(parse_qsl(parts.query))
        target = query.get("url") or query.get("q") or ""
        return target if target.startswith(("http://", "https://")) else url
    if (is_google and parts.path.startswith("/amp/")) or name.endswith(".cdn.ampproject.org"):
        inner = _AMP_CACHE.match(parts.path)
        if inner and _HOST_FIRST.match(unquote(inner[2])):
            return f"https://{inner[2]}" + (f"?{parts.query}" if parts.query else "")
    return url


def host(url: str) -> str:
    """Return the host in lower case, without port and userinfo; "" where there is none."""
    url = url.strip()
    if not _SCHEME.match(url) or _HOST_FIRST.match(url):
        url = "https://" + url.removeprefix("//")
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=8192)
def site(url: str) -> str:
    """Return the registered domain: "example.co.uk" of "https://a.b.example.co.uk/x".

    Private suffixes count (every blog on blogspot.com is its own site).  An address in digits and a host
    without a known suffix are their own site; "" where there is no host.
    """
    name = host(url)
    return _suffixes()(name).top_domain_under_public_suffix or name if name else ""


@cache
def _suffixes() -> TLDExtract:
    with _no_probe():
        from tldextract import TLDExtract  # noqa: PLC0415 - the suffix list loads on first use

    return TLDExtract(suffix_list_urls=(), include_psl_private_domains=True, cache_dir=None)


@contextmanager
def _no_probe() -> Iterator[None]:
    """Keep urllib3 from opening a socket while it is imported: an offline audit opens none.

    tldextract brings it along for downloads that are never made here, and it binds a socket to learn
    whether IPv6 is on.
    """
    was = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = was


def mention_key(source: str, site_id: str | None, url: str) -> str:
    """Return the key of a mention, the same on every machine.

    `source:site_id`, else `source:` and 16 hex digits of the SHA-256 of the canonical URL.
    """
    if site_id:
        return f"{source}:{site_id}"
    return f"{source}:{hashlib.sha256(canonical_url(url).encode()).hexdigest()[:16]}"
