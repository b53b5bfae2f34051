"""An audit of 60 sources over 40 hosts, 50 ms a reply: at most 1.15 times the slowest host's own schedule.

The schedule is what the slowest host's own sources take when nothing else is asked.  The server is another
process, so that it does not share our interpreter; the adapter is the plainest there is.  Of several pairs of runs, one
after the other, the fastest of each kind counts: what else a machine does can only add.  The seconds of processor time say what
the program itself costs, whatever the machine does: all of it beyond the schedule is the program's.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from types import ModuleType

from reputation.discovery.collect import collect
from reputation.discovery.fetch import web_fetch
from reputation.model import (
    Access,
    Capture,
    Category,
    CoverageStatus,
    Kind,
    Mention,
    NameVariant,
    PersonName,
    Profile,
    Request,
    Right,
    Source,
)

SOURCES = 60
HOSTS = 40
REQUESTS = 10
LATENCY_S = 0.05
RUNS = 8
LIMIT = 1.15
BODY = json.dumps({"results": [{"title": f"Dr. Jane Roe {n}", "text": "words " * 50} for n in range(20)]})


async def serve() -> None:
    """Serve on as many ports as there are hosts, each reply after the latency; print the ports."""
    body = BODY.encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    )

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(LATENCY_S)
                writer.write(head + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    servers = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range(HOSTS)]
    print(json.dumps([server.sockets[0].getsockname()[1] for server in servers]), flush=True)
    await asyncio.Event().wait()


def plan(source: Source, _profile: Profile, _variants: object) -> Iterator[Request]:
    """Ask as often as the budget allows."""
    for n in range(source.max_requests):
        yield Request(url=f"{source.base_url}/{source.id}/{n}")


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield each result."""
    for n, one in enumerate(json.loads(capture.body)["results"]):
        key = f"{source.id}:{n}"
        yield Mention(source=source.id, kind=Kind.RESULT, url=capture.url, title=one["title"], key=key)


def audit(ports: list[int], numbers: Iterable[int] = range(SOURCES)) -> tuple[float, float]:
    """Return how many seconds it takes to ask the sources of these numbers, by the clock and of the processor."""
    sources = [
        Source(
            id=f"s{n:02}",
            title="",
            category=Category.REGISTRY,
            access=Access.API,
            adapter="benchmark.adapter",
            base_url=f"http://127.0.0.1:{ports[n % HOSTS]}",
            pause_s=0.0,
            max_requests=REQUESTS,
            trusted_host=True,
        )
        for n in numbers
    ]
    jane = Profile(right=Right(is_self=True), name=PersonName(given="Jane", family="Roe"))
    variants = (NameVariant(text="Jane Roe", kind="legal"),)
    with web_fetch(sources, keys=lambda _: None) as fetch:
        begun, used = time.perf_counter(), time.process_time()
        heard = collect(jane, sources, variants, fetch, now=datetime.now(UTC))
        took_s, cpu_s = time.perf_counter() - begun, time.process_time() - used
    if {line.status for line in heard.coverage} != {CoverageStatus.OK}:
        raise SystemExit("a source was not heard")
    return took_s, cpu_s


def main() -> None:
    """Print the figure and fail where it is above the limit."""
    module = ModuleType("benchmark.adapter")
    module.plan, module.parse = plan, parse  # type: ignore[attr-defined]  # an adapter made on the spot
    sys.modules.update({"benchmark": ModuleType("benchmark"), "benchmark.adapter": module})
    with subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            ports = json.loads(server.stdout.readline())
            timed = [(audit(ports), audit(ports, range(0, SOURCES, HOSTS))) for _ in range(RUNS)]
        finally:
            server.terminate()
    (took_s, cpu_s), (schedule_s, _) = (
        map(min, zip(*column, strict=True)) for column in zip(*timed, strict=True)
    )
    ratio = took_s / schedule_s
    print(
        f"{SOURCES} sources, {HOSTS} hosts, {SOURCES * REQUESTS} requests: {took_s:.2f} s,"
        f" {ratio:.2f} times the slowest host's own {schedule_s:.2f} s; {cpu_s:.2f} s of processor time"
    )
    if ratio > LIMIT:
        raise SystemExit(f"slower than {LIMIT} times the slowest host")


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        main()
