"""Ecosia, which shows Google's, Bing's or its own index."""

from __future__ import annotations

import re

from reputation.discovery.serp.engine import Engine, Layout

ECOSIA = Engine(
    id="ecosia",
    origin="https://www.ecosia.org/",
    address=re.compile(r"^(?:www\.)?ecosia\.org/search"),
    markup="[data-test-id=mainline], [data-test-id^=mainline-result], [data-test-id=web-no-results],"
    " link[rel=search][title=Ecosia]",
    title=re.compile(r"^(?P<query>.+?) - Ecosia(?: - Web)?$"),
    layouts=(
        Layout(
            box="[data-test-id=mainline-result-web]",
            link="a[data-test-id=result-link], a[data-test-id=result-title]",
            title="[data-test-id=result-title]",
            text="[data-test-id=web-result-description], [data-test-id=result-description], .web-result__description",
        ),
        Layout(
            box=".mainline__result-wrapper, .card-web .result, .result.js-result",
            link="a.result__link, a.result-title, a.result__title",
            text=".result-snippet, .result__description",
            not_within=frozenset({"card-ad", "result-ad"}),
        ),
    ),
    first=("p", 10, 0),
    nothing="[data-test-id=web-no-results], .no-results",
    wall="input[name=cf-turnstile-response], #challenge-form",
    wall_says=re.compile(r"confirm you.re not a robot|unusual traffic|verify you are human", re.IGNORECASE),
)
