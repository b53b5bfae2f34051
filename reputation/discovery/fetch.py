"""The only module that reads the web.  One host is asked one thing at a time.

For each hop of a request: may this host be asked at all (`reach`), what does its robots.txt say
(`robots`), is it the host's turn (`network`), shall we ask again (`retry`), where are we redirected to?

The connections are httpcore's, one pool a host, which is what an httpx client is underneath: httpx itself
logs every URL that it sends, and here a URL may carry the user's key.  httpx takes URLs apart and joins them.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self

import httpcore
import httpx

from reputation.discovery.metasearch import ADAPTER as METASEARCH
from reputation.discovery.metasearch import Metasearch
from reputation.discovery.network import Allowance, Host, Reply, Shaky, proxy_at, tls_context
from reputation.discovery.reach import (
    PORTS,
    is_never_fetched,
    is_private_name,
    netloc_of,
    never_fetched,
    trusted_places,
)
from reputation.discovery.retry import ATTEMPTS, MAX_WAIT_S, RETRIED, asked_wait_s, backoff_s
from reputation.discovery.robots import MAX_BYTES as ROBOTS_BYTES
from reputation.discovery.robots import Rules, read_rules
from reputation.discovery.secrets import Secret, headers_with, query_with, scrub
from reputation.errors import Blocked, Quota, SourceError, Unreachable
from reputation.model import Capture, Request, Source
from reputation.version import __version__

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
USER_AGENT = f"repaudit/{__version__} (a clinician's audit of her own name; a few pages a quarter)"
KEPT_ELSEWHERE = frozenset({"accept", "accept-language", "accept-encoding"})
"""The headers that follow a redirect to another host; the rest may be meant for the first alone."""
DROPPED = frozenset({"set-cookie", "content-encoding", "content-length", "transfer-encoding", "connection"})
"""What a capture does not keep: cookies, and what no longer fits the unpacked body."""


class NotHeld(SourceError):
    """An offline audit asks for what the last audit did not keep."""

    status: ClassVar[str] = "skipped"


@dataclass(frozen=True, slots=True)
class _Hop:
    """One URL on a request's way; the key never stands in it."""

    method: str
    url: httpx.URL
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    is_trusted: bool = False

    @property
    def place(self) -> str:
        return netloc_of(str(self.url))


@dataclass(frozen=True, slots=True)
class _Errand:
    """A request on its way: whose it is, the key and the host that may see it, the time it has."""

    source: Source
    request: Request
    key: Secret | None
    home: str
    allowance: Allowance


class WebFetch:
    """A `Fetch` on the live web; safe for several threads; close it when done.

    `keys` gives the key of a source, or None.  `trusted` holds the `host:port` (or the bare host, for
    its ports 80 and 443) that the workspace's sources.toml names: only these, and the base_url of a
    source with `trusted_host`, may be private or plain http.  `refused_hosts` is `never_fetched(sources)`.
    """

    def __init__(
        self,
        *,
        keys: Callable[[Source], str | None],
        proxy: str | None = None,
        ca_file: Path | None = None,
        trusted: frozenset[str] = frozenset(),
        refused_hosts: frozenset[str] = frozenset(),
        deadline_s: float = 30.0,
        max_bytes: int = 32_000_000,
        user_agent: str = USER_AGENT,
        backoff_base_s: float = 0.5,
    ) -> None:
        self._keys = keys
        self._trusted = frozenset(
            place if ":" in place else f"{place}:{port}" for place in trusted for port in (80, 443)
        )
        self._refused = refused_hosts
        self._deadline_s = deadline_s
        self._max_bytes = max_bytes
        self._user_agent = user_agent
        self._backoff_base_s = backoff_base_s
        self._tls = tls_context(ca_file)
        self._proxy = proxy_at(proxy)
        self._hosts: dict[tuple[str, str, bool], Host] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._metasearch = Metasearch(proxy=proxy, ca_file=ca_file, deadline_s=deadline_s, stop=self._stop)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; who waits for a turn is woken and told so."""
        self._stop.set()
        with self._lock:
            hosts, self._hosts = list(self._hosts.values()), {}
        for host in hosts:
            host.close()

    def __call__(self, source: Source, request: Request) -> Capture:
        """Return the reply to `request`, whatever its HTTP status, after retries and redirects.

        Raises:
            Blocked: the host is never fetched, is private, or its robots.txt forbids the page.
            Unreachable: no reply came: name, connection, TLS, time or size.
            Quota: the host has asked to be left alone for longer than an audit lasts.
            Unreadable: the body is packed in a way that was not asked for.
        """
        begun = time.monotonic()
        hop = self._admit(source, _Hop(request.method, _url(request.url), request.headers, request.body))
        if source.adapter == METASEARCH:
            return self._metasearch(source, request)
        errand = _Errand(
            source=source,
            request=request,
            key=self._key_for(source, request, hop),
            home=hop.place,
            allowance=Allowance(self._deadline_s, self._deadline_s),
        )
        for _ in range(MAX_REDIRECTS + 1):
            if request.is_page:
                self._obey_robots(source, hop)
            reply = self._ask(errand, hop)
            target = _redirected(hop, reply, errand.key)
            if target is None:
                return _capture(errand, hop, reply, time.monotonic() - begun)
            hop = self._admit(source, target)
        raise Unreachable(f"{hop.url.host} redirects in circles, or more than {MAX_REDIRECTS} times")

    def _admit(self, source: Source, hop: _Hop) -> _Hop:
        """Return `hop` where its URL may be asked; http becomes https on hosts that are not the user's own."""
        url = hop.url
        if url.scheme not in PORTS or not url.host:
            raise Blocked(f"only http and https are fetched, not {url.scheme or 'an address without a host'}")
        if url.userinfo:
            raise Blocked(f"an address with a user name or password in it is not fetched ({url.host})")
        if is_never_fetched(str(url), self._refused, source):
            raise Blocked(f"{url.host} is never fetched; open the page yourself and import it")
        is_trusted = self._is_trusted(source, hop.place)
        if not is_trusted:
            if url.port not in (None, *PORTS.values()):
                raise Blocked(f"{url.host} is asked on ports 80 and 443 alone, not {url.port}")
            if url.scheme == "http":
                url = url.copy_with(scheme="https", port=None)
            if self._proxy is not None and is_private_name(url.host):
                raise Blocked(f"{url.host} is a private address, which is never connected to")
        return replace(hop, url=url, is_trusted=is_trusted)

    def _is_trusted(self, source: Source, place: str) -> bool:
        own = source.trusted_host and source.base_url is not None and netloc_of(source.base_url) == place
        return own or place in self._trusted

    def _key_for(self, source: Source, request: Request, hop: _Hop) -> Secret | None:
        value = self._keys(source) if request.key_in else None
        if not value or not request.key_in:
            return None
        if source.base_url is None or netloc_of(source.base_url) != netloc_of(request.url):
            raise Blocked(f"the key of {source.id} is sent to its own host alone, not to {hop.url.host}")
        return Secret(value.strip(), request.key_in)

    def _obey_robots(self, source: Source, hop: _Hop) -> None:
        host = self._host(hop)
        with host.rules_lock:
            if host.rules is None:
                host.rules = self._read_robots(source, hop)
        why = host.rules.refuse(str(hop.url))
        if why:
            raise (Unreachable if host.rules.is_down else Blocked)(f"{hop.url.host}: {why}")

    def _read_robots(self, source: Source, page: _Hop) -> Rules:
        """Ask for /robots.txt, through its redirects; that costs the page no pause."""
        url = page.url.copy_with(raw_path=b"/robots.txt", fragment=None)
        hop = _Hop("GET", url, is_trusted=page.is_trusted)
        allowance = Allowance(self._deadline_s, self._deadline_s)
        try:
            for _ in range(MAX_REDIRECTS + 1):
                reply = self._exchange(hop, None, allowance, pause_s=0.0, max_bytes=ROBOTS_BYTES)
                target = _redirected(hop, reply, None)
                if target is None:
                    return read_rules(reply.status, reply.body)
                hop = self._admit(source, target)
        except SourceError as error:
            return Rules(silent=str(error), is_down=isinstance(error, Unreachable))
        return Rules()

    def _ask(self, errand: _Errand, hop: _Hop) -> Reply:
        """Exchange, again where that may help: 429, 502, 503, 504, and a connection that broke."""
        host = self._host(hop)
        if host.shut is not None:
            raise host.shut(f"{hop.url.host} asked to be left alone for a while; run the audit again later")
        key = errand.key if hop.place == errand.home else None
        delay_s = host.rules.delay_s if errand.request.is_page and host.rules else 0.0
        pause_s = max(errand.source.pause_s, delay_s)
        for attempt in range(ATTEMPTS):
            is_last = attempt == ATTEMPTS - 1
            wait_s = backoff_s(attempt, self._backoff_base_s)
            try:
                reply = self._exchange(hop, key, errand.allowance, pause_s=pause_s, max_bytes=self._max_bytes)
            except Shaky:
                if is_last:
                    raise
            else:
                asked_s = asked_wait_s(reply.headers, datetime.now(UTC)) if reply.status in RETRIED else 0.0
                if asked_s is not None and asked_s > MAX_WAIT_S:
                    host.shut = Quota if reply.status == 429 else Unreachable
                    return reply
                if is_last or reply.status not in RETRIED:
                    return reply
                wait_s = asked_s if asked_s is not None else wait_s
            host.wait(wait_s)
        raise AssertionError("the last attempt returns or raises")

    def _exchange(
        self, hop: _Hop, key: Secret | None, allowance: Allowance, *, pause_s: float, max_bytes: int
    ) -> Reply:
        return self._host(hop).exchange(
            _http(hop, key, self._user_agent),
            allowance,
            pause_s=pause_s,
            max_bytes=max_bytes,
            stop=self._stop,
        )

    def _host(self, hop: _Hop) -> Host:
        name = (hop.url.scheme, hop.place, hop.is_trusted)
        with self._lock:
            if name not in self._hosts:
                # A proxy stands at the border; what is in the user's own house is not reached through it.
                is_inside = hop.is_trusted and is_private_name(hop.url.host)
                proxy = None if is_inside else self._proxy
                self._hosts[name] = Host(hop.place, self._tls, proxy, is_trusted=hop.is_trusted)
            return self._hosts[name]


def web_fetch(
    sources: Iterable[Source] = (),
    *,
    trusted: frozenset[str] = frozenset(),
    refused_hosts: frozenset[str] = frozenset(),
    **settings: Any,
) -> WebFetch:
    """Return the live web as a `Fetch`; close it when done.

    What `sources` says of hosts is added to `trusted` and `refused_hosts`; `settings` are those of
    `WebFetch`, of which `keys` must be given.
    """
    sources = tuple(sources)
    own = trusted | trusted_places(sources)
    return WebFetch(trusted=own, refused_hosts=refused_hosts | never_fetched(sources), **settings)


def replay_fetch(held: Callable[[Request], Capture | None]) -> Callable[[Source, Request], Capture]:
    """Return a `Fetch` that opens no socket: it answers from what an earlier audit kept."""

    def replay(source: Source, request: Request) -> Capture:
        capture = held(request)
        if capture is None:
            raise NotHeld("offline: not in the last audit")
        return replace(capture, source=source.id, request=request)

    return replay


def _url(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
        url.host.encode("idna" if not url.host.isascii() else "ascii")
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise Unreachable(f"this is not a web address: {text[:80]!r}") from error
    return url


def _http(hop: _Hop, key: Secret | None, user_agent: str) -> httpcore.Request:
    """Return what is sent for `hop`, the key in its place."""
    url, headers = hop.url, hop.headers
    if key:
        url = url.copy_with(query=query_with(key, url.query))
        headers = headers_with(key, headers)
    given = {name.lower() for name, _ in headers}
    ours = {"User-Agent": user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
    sent = [("Host", url.netloc.decode("ascii")), *headers]
    sent += [(name, value) for name, value in ours.items() if name.lower() not in given]
    if hop.body is not None:
        sent.append(("Content-Length", str(len(hop.body))))
    return httpcore.Request(
        hop.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=[(name.encode("ascii"), value.encode("utf-8")) for name, value in sent],
        content=hop.body,
    )


def _redirected(hop: _Hop, reply: Reply, key: Secret | None) -> _Hop | None:
    """Return the next hop that `reply` sends us to, without the key; None where it is the answer."""
    location = reply.headers.get("location")
    if reply.status not in REDIRECTS or not location:
        return None
    try:
        url = hop.url.join(key.strip_from(location) if key else location).copy_with(fragment=None)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise Unreachable(f"{hop.url.host} redirects to what is not a web address") from error
    becomes_get = reply.status == 303 or (reply.status in (301, 302) and hop.method == "POST")
    is_same = netloc_of(str(url)) == hop.place
    headers = hop.headers if is_same else tuple(h for h in hop.headers if h[0].lower() in KEPT_ELSEWHERE)
    if becomes_get:
        return _Hop("GET", url, tuple(h for h in headers if not h[0].lower().startswith("content-")))
    if hop.body is not None and not is_same:
        raise Blocked(f"{hop.url.host} redirects what was sent to it to {url.host}; it is not sent on")
    return _Hop(hop.method, url, headers, hop.body)


def _capture(errand: _Errand, hop: _Hop, reply: Reply, elapsed_s: float) -> Capture:
    """Return the reply as evidence.  A server that echoes the key does not bring it into the database."""
    body = scrub(reply.body, errand.key)
    kept = sorted((name, value) for name, value in reply.headers.items() if name not in DROPPED)
    return Capture(
        source=errand.source.id,
        request=errand.request,
        url=str(hop.url),
        status=reply.status,
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched_at=datetime.now(UTC),
        headers=tuple((name, scrub(value.encode(), errand.key).decode()) for name, value in kept),
        media_type=reply.headers.get("content-type"),
        elapsed_s=elapsed_s,
    )
