"""Yahoo and AOL, which share Yahoo's markup, 2014 to today."""

from __future__ import annotations

import re
from dataclasses import replace

from reputation.discovery.serp.engine import Engine, Layout

_ADS = frozenset(
    {"ads", "searchCenterTopAds", "searchCenterBottomAds", "searchRightTopAds", "AdTop", "AdBottom"}
)

YAHOO = Engine(
    id="yahoo",
    origin="https://search.yahoo.com/",
    address=re.compile(r"^(?:[\w-]+\.)*search\.yahoo\.(?:com|co\.jp)/(?:search|yhs)"),
    markup="body#ysch:has(input[name=p]), form[action*='search.yahoo.'] input[name=p], .algo-sr .compTitle, #web .algo .compTitle",
    title=re.compile(r"^(?P<query>.+?) - (?:Yahoo[^-]{0,40}|Recherche Yahoo[^-]{0,20})$"),
    layouts=(
        Layout(
            box="div.algo-sr",
            link=".compTitle a:has(h3), h3 a, .compTitle a",
            title="h3",
            text=".compText",
            not_within=_ADS,
        ),
        Layout(
            box="#web div.algo, #web li > div.dd",
            link=".compTitle a:has(h3), h3 a",
            title="h3",
            text=".compText",
            not_within=_ADS,
        ),
        Layout(box="#web .res", link="a.yschttl, h3 a", text=".abstr, .sm-abs"),
        Layout(box="#web li:has(a.yschttl)", link="a.yschttl", text=".abstr, .sm-abs"),
    ),
    query="input[name=p], input#yschsp",
    parameters=("p", "q"),
    first=("b", 1, 1),
    nothing=".zrp, .dd.zrp, #web .zeroresults",
    nothing_says=re.compile(r"we did not find (?:any )?results for", re.IGNORECASE),
    wall="form[action*='consent.yahoo'], form.consent-form",
    wall_says=re.compile(
        r"unable to process request at this time|error 999|too many requests", re.IGNORECASE
    ),
)

AOL = replace(
    YAHOO,
    id="aol",
    origin="https://search.aol.com/",
    address=re.compile(r"^(?:[\w-]+\.)*search\.aol\.[a-z.]+/(?:aol/)?(?:search|click)?"),
    markup="link[rel=search][href*='search.aol.'], form[action*='search.aol.'] input[name=q], body#ysch a[href*='//search.aol.']",
    title=re.compile(r"^(?P<query>.+?) - AOL Search Results$"),
    query="input[name=q], input#yschsp",
    parameters=("q", "p"),
)
