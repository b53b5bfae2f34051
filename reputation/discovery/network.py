"""The sockets: no private address, and one deadline from the name's look-up to the last byte.

A network backend for httpcore.  The check is made on the address that is then connected to, so that a
name that resolves differently the second time gains nothing.  A time-out a read would never fire for a
server that drips one byte per half second; the clock here is for the whole exchange.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import certifi
import httpcore
import httpx

from reputation.discovery.bodies import read_body
from reputation.discovery.reach import is_public
from reputation.discovery.robots import Rules
from reputation.errors import Blocked, ConfigError, SourceError, Unreachable

# httpcore logs headers when asked for its details, and a server may echo the user's key in one.
logging.getLogger("httpcore").setLevel(logging.INFO)

CONNECT_S = 8.0
"""For one address: a dead IPv6 route must not use up the whole deadline."""


class Clock:
    """The deadline of the exchange under way, and when its request was sent."""

    def __init__(self) -> None:
        self.ends_at = 0.0
        self.sent_at: float | None = None

    def start(self, seconds: float) -> None:
        """Begin an exchange that has `seconds`."""
        self.ends_at = time.monotonic() + seconds
        self.sent_at = None

    def left_s(self) -> float:
        """Return the seconds left.

        Raises:
            httpcore.ReadTimeout: none is left.
        """
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, unless `is_trusted`, within `clock`."""

    def __init__(self, clock: Clock, *, is_trusted: bool) -> None:
        self._clock = clock
        self._is_trusted = is_trusted
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the clock is the time-out
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that answers and may be reached."""
        found = resolve(host, port, self._clock.left_s())
        allowed = [ip for ip in found if self._is_trusted or is_public(ip)]
        if not allowed:
            raise Blocked(f"{host} is at the private address {found[0]}, which is never connected to")
        for n, ip in enumerate(allowed):
            last = n == len(allowed) - 1
            limit = self._clock.left_s() if last else min(CONNECT_S, self._clock.left_s())
            try:
                stream = self._plain.connect_tcp(ip, port, limit, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last:
                    raise
            else:
                return GuardedStream(stream, self._clock)
        raise AssertionError("unreachable: the last address returns or raises")


class GuardedStream(httpcore.NetworkStream):
    """A stream whose every read and write must end before the clock does."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Read what comes before the deadline."""
        return self._stream.read(max_bytes, self._clock.left_s())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Write, and note when."""
        self._clock.sent_at = time.monotonic()
        self._stream.write(buffer, self._clock.left_s())

    def close(self) -> None:
        """Close the socket."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Put TLS on top, under the same clock."""
        secured = self._stream.start_tls(ssl_context, server_hostname, self._clock.left_s())
        return GuardedStream(secured, self._clock)

    def get_extra_info(self, info: str) -> Any:
        """Return what the socket knows."""
        return self._stream.get_extra_info(info)


def resolve(host: str, port: int, timeout_s: float) -> Sequence[str]:
    """Return the IP addresses of `host`, in the system's order.

    The system's look-up knows no time-out, so it runs in a thread that is given up on.

    Raises:
        Unreachable: the name is unknown, or was not resolved in time.
    """
    found: list[str] = []
    troubles: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            troubles.append(error)

    if _is_numeric(host):
        return [host]
    thread = threading.Thread(target=look_up, daemon=True, name=f"resolve {host}")
    thread.start()
    thread.join(timeout_s)
    if thread.is_alive():
        raise Unreachable(f"the name {host} was not resolved within {timeout_s:.0f} s; try again later")
    if troubles or not found:
        raise Unreachable(f"the name {host} cannot be resolved; check the network or the address")
    return found


def _is_numeric(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except (OSError, UnicodeError):
            continue
        return True
    return False


# ---------------------------------------------------------------------------- one host


class Shaky(Unreachable):
    """The connection failed in a way that another try may mend."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP reply: header names in lower case, the body unpacked."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Allowance:
    """The seconds that one request may spend on the network, redirects and retries together."""

    total_s: float
    left_s: float


class Host:
    """One host and port: its connections, its turn, its robots.txt."""

    def __init__(
        self, name: str, tls: ssl.SSLContext, proxy: httpcore.Proxy | None, *, is_trusted: bool
    ) -> None:
        self.name = name
        self.rules: Rules | None = None
        self.rules_lock = threading.Lock()
        self.shut: type[SourceError] | None = None
        self._ready_at = 0.0
        self._turn = threading.Lock()
        self._clock = Clock()
        # The user's proxy may be anywhere; it resolves the names, so that no address is seen here.
        backend = GuardedBackend(self._clock, is_trusted=is_trusted or proxy is not None)
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls, proxy=proxy, max_connections=1, keepalive_expiry=5.0, network_backend=backend
        )

    def exchange(
        self,
        request: httpcore.Request,
        allowance: Allowance,
        *,
        pause_s: float,
        max_bytes: int,
        stop: threading.Event,
    ) -> Reply:
        """Send `request` when the host's turn has come, and return the reply, read whole.

        What the exchange takes, from look-up to last byte, is charged to `allowance`; waiting for the
        turn is not.

        Raises:
            Shaky: the connection was refused or broke off.
            Unreachable: the name, TLS, the time or the size.
            Blocked: the address is private.
            Unreadable: the body is packed in a way that was not asked for.
        """
        with self._turn:
            if stop.wait(max(0.0, self._ready_at - time.monotonic())) or stop.is_set():
                raise Unreachable("the audit was stopped")
            begun_at = time.monotonic()
            self._clock.start(allowance.left_s)
            try:
                with _as_house_errors(self.name.rpartition(":")[0], allowance.total_s):
                    return _read(self._pool.handle_request(request), max_bytes)
            finally:
                allowance.left_s -= time.monotonic() - begun_at
                self._ready_at = max(self._ready_at, (self._clock.sent_at or begun_at) + pause_s)
                if stop.is_set():
                    self._pool.close()

    def wait(self, seconds: float) -> None:
        """Let nobody ask this host for `seconds`."""
        self._ready_at = max(self._ready_at, time.monotonic() + seconds)

    def close(self) -> None:
        """Close the connections; an exchange under way closes them itself when it ends."""
        if self._turn.acquire(timeout=0.05):
            try:
                self._pool.close()
            finally:
                self._turn.release()


def _read(response: httpcore.Response, max_bytes: int) -> Reply:
    try:
        headers: dict[str, str] = {}
        for raw_name, raw_value in response.headers:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        body = read_body(response.iter_stream(), headers.get("content-encoding", ""), max_bytes)
        return Reply(response.status, headers, body)
    finally:
        response.close()


@contextmanager
def _as_house_errors(host: str, limit_s: float) -> Iterator[None]:
    """Turn httpcore's errors into one clear line each."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise Unreachable(f"{host} did not answer in full within {limit_s:.0f} s; try again later") from error
    except httpcore.ProxyError as error:
        raise Unreachable(f"the proxy refused to reach {host}: {error}") from error
    except httpcore.ConnectError as error:
        trouble = error.args[0] if error.args else None
        if isinstance(trouble, ssl.SSLError):
            why = getattr(trouble, "verify_message", "") or trouble.reason
            raise Unreachable(f"no secure connection to {host}: {why}") from error
        if isinstance(trouble, ConnectionRefusedError):
            raise Shaky(f"{host} refused the connection") from error
        raise Shaky(f"{host} cannot be reached; check the network") from error
    except (httpcore.NetworkError, httpcore.RemoteProtocolError) as error:
        raise Shaky(f"{host} broke off the connection") from error
    except (httpcore.LocalProtocolError, httpcore.UnsupportedProtocol):
        # The library's own words would quote the header, and with it the key.
        raise Unreachable(
            f"the request to {host} cannot be sent; look for stray characters in its key"
        ) from None


@cache
def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return one context for all hosts, made once: the system's authorities, certifi's, and the user's own.

    The system's, because a hospital's network may look into TLS and says so there; certifi's, because
    some Pythons know no system store.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(
                f"sources.toml: network.ca_file: {ca_file} holds no certificate: {error}"
            ) from error
    return context


def proxy_at(address: str | None) -> httpcore.Proxy | None:
    """Return the proxy of the user's settings, None where there is none; the environment's is not asked."""
    if not address:
        return None
    try:
        url = httpx.URL(address)
        if url.scheme in ("http", "https") and url.host:
            plain = str(url.copy_with(username=None, password=None)) if url.userinfo else address
            auth = (url.username, url.password) if url.userinfo else None
            return httpcore.Proxy(plain, auth=auth)
    except (httpx.InvalidURL, ValueError):
        pass
    raise ConfigError("sources.toml: network.proxy: write it as http://host:port")
