"""Bing, 2014 to today."""

from __future__ import annotations

import re

from reputation.discovery.serp.engine import Engine, Layout
from reputation.discovery.serp.panels import panel

BING = Engine(
    id="bing",
    origin="https://www.bing.com/",
    address=re.compile(r"^(?:[\w-]+\.)?bing\.com/(?:search|turing/captcha)"),
    markup="#b_results, #b_content, li.b_algo, #b_captcha",
    title=re.compile(r"^(?P<query>.+?) - (?:Bing(?: [^\W\d_]+)?|Microsoft Bing)$"),
    layouts=(
        Layout(
            box="#b_results > li.b_algo",
            link="h2 a, a:has(h2)",
            text=".b_caption p, .b_lineclamp2, .b_caption .b_snippet, p",
            date=".news_dt",
        ),
        Layout(
            box="li.b_algo",
            link="h2 a, a:has(h2)",
            text=".b_caption p, p",
            not_within=frozenset({"b_ad", "b_context"}),
        ),
        Layout(box=".sb_tlst", link="h3 a"),
    ),
    blocks=panel(
        "#b_context .b_entityTP",
        name=".b_entityTitle, h2",
        trade=".b_entitySubTitle",
        website="a[aria-label^=Website], a.b_entityWebsite, a[h*='OfficialWebsite']",
    ),
    first=("first", 1, 1),
    nothing="li.b_no, #b_results .b_no",
    nothing_says=re.compile(r"there are no results for|no results found for", re.IGNORECASE),
    wall="#b_captcha, div.captcha, div.captcha_header, form[action*='/turing/captcha']",
    wall_says=re.compile(
        r"one last step|solve the challenge below|enter the characters you see|verify that you are not a robot",
        re.IGNORECASE,
    ),
)
