"""DuckDuckGo: with script (2020 to today), html.duckduckgo.com (2015 to today) and lite."""

from __future__ import annotations

import re

from reputation.discovery.serp.engine import Engine, Layout

_ADS = frozenset(
    {"result--ad", "result--no-result", "result--sep", "results--ads", "module--carousel", "related-searches"}
)

DUCKDUCKGO = Engine(
    id="duckduckgo",
    origin="https://duckduckgo.com/",
    address=re.compile(
        r"^(?:html\.|lite\.|www\.|start\.|noai\.)?duckduckgo\.com/(?:$|html|lite|\?|[\w+%-]+$)"
    ),
    markup="body.body--serp, link[rel=search][href*='duckduckgo.com/opensearch'], link[rel=search][title^=DuckDuckGo], .anomaly-modal__title,"
    " form#challenge-form[action*='duckduckgo']",
    title=re.compile(r"^(?P<query>.+?) (?:at|bei|sur|chez|en|em|su|op|på|w|в) DuckDuckGo$"),
    layouts=(
        # On this page `a.result__a` are related searches.
        Layout(
            box="article[data-testid=result], div[data-testid=result]",
            link="a[data-testid=result-title-a], h2 a",
            text="[data-result=snippet]",
        ),
        Layout(
            box=".result:has(a.result__a)",
            link="a.result__a",
            text=".result__snippet",
            date=".result__date",
            not_within=_ADS,
        ),
        Layout(box=".links_main:has(a.large)", link="a.large", text=".snippet", not_within=_ADS),
        Layout(
            box="tr:has(a.result-link):not(.result-sponsored)",
            link="a.result-link",
            text_below="td.result-snippet",
        ),
    ),
    first=("s", 1, 0),
    nothing=".no-results, .no-results__title, [data-testid=no-results], [data-testid=no-results-message]",
    nothing_says=re.compile(
        r"^no (?:more )?results(?: found)?(?: for\b.*|\.)?$", re.IGNORECASE | re.MULTILINE
    ),
    wall=".anomaly-modal__title, .anomaly-modal__box, form[action*=anomaly], #challenge-form, input[name=challenge]",
    wall_says=re.compile(
        r"bots use duckduckgo too|select all squares containing|error-lite@duckduckgo|human verification",
        re.IGNORECASE,
    ),
)
