"""Any site that carries structured data and lets programs read it: one table of sources.toml, no Python.

    [example-directory]
    title = "Example directory"
    category = "ratings"
    access = "page"
    adapter = "page"
    base_url = "https://directory.example.org"
    options = { paths = ["/doctors/{given}-{family}", "/find?npi={npi}"] }

{given} {family} {name} {npi} {city} {state} are filled in from the profile; a path whose fact is missing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.adapters import Skip
from reputation.discovery.page import read_page
from reputation.discovery.sources.own_pages import PAGE
from reputation.discovery.sources.saved_page import of_source
from reputation.discovery.sources.templates import filled
from reputation.model import Request

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for each path of `options.paths` whose facts the profile has; robots.txt is obeyed."""
    paths = [str(path) for path in source.options.get("paths") or ("",)]
    asked = [path for path in (filled(path, profile) for path in paths) if path is not None]
    if not asked:
        raise Skip("the profile lacks what options.paths asks for")
    for path in dict.fromkeys(asked):
        yield Request(url=(source.base_url or "").rstrip("/") + path, headers=PAGE, is_page=True)


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield what the page says, as this source's."""
    for mention in read_page(capture.body, capture.url, capture.media_type):
        yield of_source(mention, source.id)
