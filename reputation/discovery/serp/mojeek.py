"""Mojeek, an index of its own."""

from __future__ import annotations

import re

from reputation.discovery.serp.engine import Engine, Layout

MOJEEK = Engine(
    id="mojeek",
    origin="https://www.mojeek.com/",
    address=re.compile(r"^(?:www\.)?mojeek\.(?:com|co\.uk)/search"),
    markup="ul.results-standard, .results-standard, link[rel=search][href*='mojeek.com']",
    title=re.compile(r"^(?P<query>.+?) - Mojeek Search$"),
    layouts=(
        Layout(
            box="ul.results-standard > li", link="a.title, h2 a", text="p.s", date="p.i .date, span.mdate"
        ),
    ),
    first=("s", 1, 1),
    nothing_says=re.compile(r"no pages found matching|no results found for", re.IGNORECASE),
    wall_says=re.compile(r"automated queries|403 - forbidden|not a robot", re.IGNORECASE),
)
