"""Which hosts may be asked: never that of a manual or retired source, and no private address.

Pure; `fetch` asks it before each hop, `network` for the address really connected to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from reputation.model import Access, Source

PORTS = {"http": 80, "https": 443}

# The IANA special-purpose registries, written out: `ipaddress.is_global` is wrong on 3.11.7 and 3.12.1
# about 192.0.0.8, NAT64, 6to4 and multicast.
DENIED_4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
DENIED_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
GLOBAL_6 = ip_network("2000::/3")
EMBEDDING_6 = tuple(map(ip_network, ("::ffff:0:0/96", "64:ff9b::/96")))
"""v4-mapped and NAT64: the last 32 bits are an IPv4 address, which is what is reached."""


def is_public(address: str) -> bool:
    """Return whether the IP address may be connected to: unicast, global, of no special purpose."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if any(ip in network for network in EMBEDDING_6):
            return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
        return ip in GLOBAL_6 and not any(ip in network for network in DENIED_6)
    return not any(ip in network for network in DENIED_4)


@lru_cache(maxsize=4096)
def netloc_of(url: str) -> str:
    """Return `host:port` of a URL, lower-case, with the scheme's port where none is written.

    "" for what has no host.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    return f"{host}:{port or PORTS.get(parts.scheme, 443)}"


def never_fetched(sources: Iterable[Source]) -> frozenset[str]:
    """Return the `host:port` of every manual and retired source: no URL there is ever fetched.

    Its hosts are that of base_url and those in `options.hosts` that are named without a path.
    """
    shut = [source for source in sources if source.access in (Access.MANUAL, Access.RETIRED)]
    bases = [source.base_url for source in shut if source.base_url]
    others = [host for source in shut for host in source.options.get("hosts", ()) if "/" not in host]
    return frozenset(map(netloc_of, (*bases, *(f"https://{host}" for host in others)))) - {""}


def is_never_fetched(url: str, refused: frozenset[str], source: Source) -> bool:
    """Return whether `url` lies on a host of `refused`, or below it.

    A host is shut with all that hangs under it; www.example.org shuts example.org too, which is the same
    site, but not other.example.org.  What lies under the source's own base_url is that source's: a feed
    under www.google.com/alerts is not the map on www.google.com.
    """
    if not refused or _is_own(url, source):
        return False
    host, _, port = netloc_of(url).rpartition(":")
    if host.replace(".", "").isdigit() or ":" in host or host == "localhost":
        return f"{host}:{port}" in refused
    shut = {site.rpartition(":")[0] for site in refused}
    labels = host.split(".")
    return f"www.{host}" in shut or any(".".join(labels[n:]) in shut for n in range(len(labels)))


def _is_own(url: str, source: Source) -> bool:
    if not source.base_url or source.access in (Access.MANUAL, Access.RETIRED):
        return False
    base = urlsplit(source.base_url).path.rstrip("/")
    path = urlsplit(url).path
    under = not base or path == base or path.startswith((f"{base}/", f"{base}."))
    return under and netloc_of(url) == netloc_of(source.base_url)


def trusted_places(sources: Iterable[Source]) -> frozenset[str]:
    """Return the `host:port` that the user's own sources.toml names: these may be private or plain http.

    They are the base_url of a source with `trusted_host`, and in options, such as a list of feeds, the
    URLs that are plain http or private, which only a user's file can hold.
    """
    asked = [source for source in sources if source.access not in (Access.MANUAL, Access.RETIRED)]
    bases = [source.base_url for source in asked if source.trusted_host and source.base_url]
    named = [url for source in asked for url in _urls(source.options) if _is_the_users_own(url)]
    return frozenset(map(netloc_of, (*bases, *named))) - {""}


def _is_the_users_own(url: str) -> bool:
    return url.startswith("http://") or is_private_name(netloc_of(url).rpartition(":")[0])


def _urls(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _urls(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _urls(item)


def is_private_name(host: str) -> bool:
    """Return whether `host` names a private address by itself; for proxies, which resolve names unseen."""
    host = host.rstrip(".").lower()
    last = host.rpartition(".")[2]
    if ":" in host or last.isdigit() or last.startswith("0x"):
        return not is_public(host)
    return "." not in host or last in ("localhost", "local", "internal", "lan", "intranet", "corp", "home")
