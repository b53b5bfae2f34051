"""Yandex, 2021 to today."""

from __future__ import annotations

import re

from reputation.discovery.serp.engine import Engine, Layout

YANDEX = Engine(
    id="yandex",
    origin="https://yandex.com/",
    address=re.compile(
        r"^(?:www\.)?(?:yandex\.[a-z]{2,3}(?:\.tr)?|ya\.ru)/(?:search|showcaptcha|checkcaptcha)"
    ),
    markup="#search-result, li.serp-item, .EmptySearchResults, .CheckboxCaptcha, .AdvancedCaptcha,"
    " form[action*=checkcaptcha]",
    title=re.compile(r"^(?P<query>.+?) (?:—|-) (?:Yandex|Яндекс)\b"),
    layouts=(
        Layout(
            box="li.serp-item",
            link="a.OrganicTitle-Link, h2 a",
            title="h2, .OrganicTitle",
            text=".OrganicTextContentSpan, .OrganicText, .Organic-Text, .organic__text, .extended-text__short",
        ),
    ),
    query="input[name=text]",
    parameters=("text", "query"),
    first=("p", 10, 0),
    nothing=".EmptySearchResults, .misspell__message .misspell__level",
    nothing_says=re.compile(
        r"ничего не на(?:шлось|йдено)|nothing (?:was )?found|no results (?:were )?found|couldn.t find anything",
        re.IGNORECASE,
    ),
    wall=".CheckboxCaptcha, .AdvancedCaptcha, form[action*=checkcaptcha], .SmartCaptcha",
    wall_says=re.compile(
        r"you and not a robot|вы не робот|запросы отправляли вы|requests sent from your device are automated",
        re.IGNORECASE,
    ),
)
