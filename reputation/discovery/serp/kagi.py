"""Kagi, whose result pages only a subscriber can save."""

from __future__ import annotations

import re

from reputation.discovery.serp.engine import Engine, Layout

KAGI = Engine(
    id="kagi",
    origin="https://kagi.com/",
    address=re.compile(r"^(?:www\.)?kagi\.com/(?:html/)?search"),
    markup="a.__sri_title_link, .sr-group .__srgi-title",
    title=re.compile(r"^(?P<query>.+?) - Kagi Search$"),
    layouts=(
        Layout(
            box=".search-result, .sr-group .__srgi",
            link="a.__sri_title_link, .__srgi-title a",
            text=".__sri-desc",
        ),
    ),
    nothing_says=re.compile(r"no results that match all your keywords|no results found for", re.IGNORECASE),
    wall_says=re.compile(r"not a robot|captcha|sign in to kagi", re.IGNORECASE),
)
