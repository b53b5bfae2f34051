"""Brave Search, 2023 to today."""

from __future__ import annotations

import re

from reputation.discovery.serp.engine import Engine, Layout
from reputation.discovery.serp.panels import panel

_OTHER = frozenset({"snippet-ad", "videos", "news-results", "discussions", "infobox"})

BRAVE = Engine(
    id="brave",
    origin="https://search.brave.com/",
    address=re.compile(r"^search\.brave\.com/search"),
    markup="meta[property='og:site_name'][content='Brave Search'], link[rel=search][title='Brave Search'], "
    "body.is-serp [data-type=web]",
    title=re.compile(r"^(?P<query>.+?) - Brave Search$"),
    layouts=(
        Layout(
            box="[data-type=web]",
            link="a[href^=http]",
            title=".search-snippet-title, .title, .snippet-title",
            text=".generic-snippet .content, .snippet-description, .snippet-content, .description",
            date=".generic-snippet .t-secondary, .snippet-description .t-secondary",
        ),
        Layout(
            box="#results .snippet",
            link="a[href^=http]",
            title=".snippet-title, .title",
            text=".snippet-description",
            not_within=_OTHER,
        ),
    ),
    blocks=panel(
        "#infobox",
        name=".infobox-header-title",
        trade=".infobox-header .t-tertiary",
        website=".infobox-website a",
    ),
    first=("offset", 20, 0),
    nothing="#no-results, .no-results",
    nothing_says=re.compile(
        r"not many great matches came back|no results found|did not match any", re.IGNORECASE
    ),
    wall="#pow-captcha, .captcha-wrapper, form[action*=captcha]",
    wall_says=re.compile(
        r"pow captcha|not a robot|are you human|too many requests|unusual traffic|flagged as being suspicious",
        re.IGNORECASE,
    ),
)
