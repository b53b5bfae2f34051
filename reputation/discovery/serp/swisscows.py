"""Swisscows: what can be saved without script is a shell, which is unreadable, not empty."""

from __future__ import annotations

import re

from reputation.discovery.serp.engine import Engine, Layout

SWISSCOWS = Engine(
    id="swisscows",
    origin="https://swisscows.com/",
    address=re.compile(r"^(?:www\.)?swisscows\.(?:com|ch)/(?:[a-z]{2}/)?web"),
    markup="link[rel=search][title=Swisscows]",
    title=re.compile(r"^(?:Web pages for )?(?P<query>.+?) - Swisscows$"),
    layouts=(
        Layout(
            box="article.item-web, article.item.web-result, .web-results article",
            link="a[href^=http]",
            title="h2, .title",
            text=".description",
            not_within=frozenset({"item-ad", "a11t"}),
        ),
    ),
    query="input[name=query]",
    parameters=("query",),
    nothing=".not-found, .no-results",
    nothing_says=re.compile(r"no results found for|did not return any results", re.IGNORECASE),
    wall_says=re.compile(r"not a robot|captcha|too many requests", re.IGNORECASE),
)
