"""Startpage, which shows Google's index."""

from __future__ import annotations

import re

from reputation.discovery.serp.engine import Engine, Layout

STARTPAGE = Engine(
    id="startpage",
    origin="https://www.startpage.com/",
    address=re.compile(r"^(?:[\w-]+\.)*startpage\.com/(?:sp|do|rvd|search)"),
    markup="div.result a.result-title, .w-gl__result, form[action='/sp/search'], form[action*='startpage.com/sp/search']",
    title=re.compile(
        r"^Startpage(?:\.com)? (?:Search Results|Web Search|Suchergebnisse|Captcha)$|Startpage Captcha"
    ),
    layouts=(
        Layout(
            box="div.result",
            link="a.result-title, a.result-link",
            title="h2, .wgl-title",
            text="p.description, .description",
            not_within=frozenset({"gcsa-container", "ads", "a-bg-result"}),
        ),
        Layout(box=".w-gl__result", link="a.w-gl__result-title", title="h3, h2", text=".w-gl__description"),
    ),
    query="input[name=query]",
    parameters=("query", "q"),
    first=("page", 10, 1),
    nothing=".no-results, .show-results__no-results, #no-results",
    nothing_says=re.compile(
        r"there are no results for this search|did not match any documents|no web results|keine ergebnisse",
        re.IGNORECASE,
    ),
    wall="form[action*=captcha], #captcha, .captcha-wrapper",
    wall_says=re.compile(
        r"not a robot|captcha|suspicious activity|unusual|blocked your access", re.IGNORECASE
    ),
)
