"""What a site is to the reader: its hosts, its marks, the form of its addresses, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from reputation.discovery.reading import Page, host_of, is_web, saved_from
from reputation.discovery.sites.schema_org import Place, id_without_address
from reputation.model import Mention

Read = Callable[[Page, Place], tuple[Mention, ...] | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """One site or family of sites.

    `read` returns None where the page is none of those that it knows; it is then read like any page.
    """

    source: str
    hosts: tuple[str, ...]
    """Registered hosts; a name that ends with a point (`doctoralia.`) stands for every country's; a path may follow the host."""
    site_id: re.Pattern[str] | None = None
    """Group 1 of a profile's address is the site's own id."""
    case_matters: bool = False
    """Whether two ids that differ in case are two pages."""
    mark: Callable[[Page], bool] | None = None
    """Tells the site by its markup where the address does not."""
    read: Read | None = None

    def has(self, url: str | None) -> bool:
        """Whether `url` lies on the site."""
        host = host_of(url)
        for one in self.hosts:
            own, _, path = one.partition("/")
            is_here = host == own or host.endswith(f".{own}") or (own.endswith(".") and own in f"{host}.")
            if is_here and (not path or urlsplit(url or "").path.startswith(f"/{path}")):
                return True
        return False

    def place(self, page: Page) -> Place:
        """Return where the page was found: on the site, by its own word where the caller's address is another."""
        given = [page.url, saved_from(page.html), page.canonical]
        own = [url for url in given if url and self.has(url)]
        with_id = [url for url in own if self.site_id and self.site_id.search(url)]
        web = [url for url in given if is_web(url)]
        url = (with_id or own or web or [page.url])[0] or page.url
        if not is_web(url):
            return Place(
                source=self.source, url=url, site_id=self.id_in(url), saved_as=id_without_address(page)
            )
        return Place(source=self.source, url=urldefrag(url)[0], site_id=self.id_in(url))

    def id_in(self, url: str | None) -> str | None:
        """Return the site's own id in `url`, None where there is none."""
        found = self.site_id.search(url) if self.site_id and url else None
        return (found[1] if self.case_matters else found[1].lower()) if found else None
