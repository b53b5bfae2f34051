"""Servers on this machine that behave as the web does: well, slowly, badly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from reputation.model import Access, Category, Source

Reply = tuple[int, dict[str, str], bytes]
Script = Callable[["Asked"], Reply]


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it, and when (monotonic seconds)."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float


@dataclass
class Site:
    """A server: its address and what it was asked."""

    base: str
    asked: list[Asked] = field(default_factory=list)

    @property
    def host(self) -> str:
        """The `127.0.0.1:port` of the server."""
        return self.base.removeprefix("http://")

    def paths(self) -> list[str]:
        """What was asked, robots.txt apart."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]


def source_at(base: str, source_id: str = "here", **changes: Any) -> Source:
    """Return a source whose base_url the workspace's own sources.toml names."""
    fields: dict[str, Any] = {
        "id": source_id,
        "title": source_id,
        "category": Category.REGISTRY,
        "access": Access.API,
        "adapter": "plugin.of.a.test",
        "base_url": base,
        "pause_s": 0.0,
        "trusted_host": True,
    }
    return Source(**(fields | changes))


def html(text: str, status: int = 200, **headers: str) -> Reply:
    """Return an HTML reply."""
    return status, {"Content-Type": "text/html; charset=utf-8", **headers}, text.encode()


def json_reply(text: str, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    """Return a JSON reply."""
    return status, {"Content-Type": "application/json", **(headers or {})}, text.encode()


def _handler(site: Site, script: Script) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                self.command, self.path, dict(self.headers), self.rfile.read(length), time.monotonic()
            )
            site.asked.append(asked)
            status, headers, body = script(asked)
            if headers.pop("X-Raw", None):
                self.wfile.write(body)
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no matter."""


@contextmanager
def serving(script: Script) -> Iterator[Site]:
    """Serve `script` on a port of this machine."""
    site = Site("")
    server = _Server(("127.0.0.1", 0), _handler(site, script))
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def serve() -> Iterator[Callable[[Script], Site]]:
    """Start servers that end with the test."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda script: stack.enter_context(serving(script))
