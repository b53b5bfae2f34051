"""Reads result pages of search engines, as a browser saved them or as they were fetched.

An engine is known by the page's address or, where a saved page has none, by its markup.  A page is one of
three things: results, the engine's own "no results", or an error (`Blocked`, `Unreadable`); never silently empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reputation.discovery.reading import is_web, saved_from
from reputation.discovery.serp import engine as reader
from reputation.discovery.serp.ask import ASK
from reputation.discovery.serp.bing import BING
from reputation.discovery.serp.brave import BRAVE
from reputation.discovery.serp.duckduckgo import DUCKDUCKGO
from reputation.discovery.serp.ecosia import ECOSIA
from reputation.discovery.serp.engine import Engine
from reputation.discovery.serp.google import GOOGLE
from reputation.discovery.serp.kagi import KAGI
from reputation.discovery.serp.mojeek import MOJEEK
from reputation.discovery.serp.scholar import SCHOLAR
from reputation.discovery.serp.startpage import STARTPAGE
from reputation.discovery.serp.swisscows import SWISSCOWS
from reputation.discovery.serp.yahoo import AOL, YAHOO
from reputation.discovery.serp.yandex import YANDEX

if TYPE_CHECKING:
    from reputation.discovery.reading import Page
    from reputation.model import Mention

ENGINES: tuple[Engine, ...] = (
    SCHOLAR,
    AOL,
    YAHOO,
    BING,
    DUCKDUCKGO,
    BRAVE,
    MOJEEK,
    KAGI,
    ECOSIA,
    STARTPAGE,
    YANDEX,
    SWISSCOWS,
    ASK,
    GOOGLE,
)
"""In the order in which they are recognised by markup: those with marks of their own before Google."""


def engine_at(url: str) -> str | None:
    """Return the id of the engine at whose result pages `url` lies, or None."""
    return next((engine.id for engine in ENGINES if reader.is_at(engine, url)), None)


def engine_of(page: Page, url: str) -> str | None:
    """Return the id of the engine whose result page (or wall) `page` is, or None where it is none."""
    engine = _engine(page, _address(page, url))
    return engine.id if engine else None


def query_in(page: Page, url: str) -> str | None:
    """Return what was searched for, as far as a result page says so; None where `page` is none."""
    url = _address(page, url)
    engine = _engine(page, url)
    return reader.query_of(engine, page, url) if engine else None


def read_results(page: Page, url: str) -> tuple[Mention, ...] | None:
    """Return the results of a saved or fetched result page: organic ones in their order, then what stands beside them.

    None where `page` is no result page of an engine that is known; an empty tuple is the engine's own "no results".

    Raises:
        Blocked: on the engine's challenge, captcha or soft block.
        Unreadable: on a script shell or changed markup.
    """
    url = _address(page, url)
    engine = _engine(page, url)
    return reader.read(engine, page, url) if engine else None


def _address(page: Page, url: str) -> str:
    """Return where the page came from: `url` where it is an address, else what the browser wrote when it saved it."""
    return url if is_web(url) else saved_from(page.html) or url


def _engine(page: Page, url: str) -> Engine | None:
    for engine in ENGINES:
        if reader.is_at(engine, url):
            return engine
    return next((engine for engine in ENGINES if reader.is_page_of(engine, page)), None)
