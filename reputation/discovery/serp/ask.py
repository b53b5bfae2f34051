"""Ask.com, which closed in 2026; kept for pages that were saved before."""

from __future__ import annotations

import re

from reputation.discovery.serp.engine import Engine, Layout

ASK = Engine(
    id="ask",
    origin="https://www.ask.com/",
    address=re.compile(r"^(?:[\w-]+\.)*ask\.com/web"),
    markup=".PartialSearchResults-item, .PartialWebResults, .PartialSearchBox-input, #teoma-results,"
    " meta[property='og:site_name'][content='Ask.com']",
    title=re.compile(r"^(?P<query>.+?)(?:, Ask\.com| - Ask\.com.*| - Ask Search)$"),
    layouts=(
        Layout(
            box=".PartialSearchResults-item, .PartialWebResults-item",
            link="a.PartialSearchResults-item-title-link, a.PartialWebResults-item-title-link",
            text=".PartialSearchResults-item-abstract, .PartialWebResults-item-abstract",
        ),
        Layout(box=".wresult", link="a.title", title=".txt_lg", text=".abstract"),
        Layout(
            box="#teoma-results .web-result, .web-result",
            link="a.web-result-title-link, h2 a",
            text=".web-result-description",
        ),
    ),
    query="input[name=q].PartialSearchBox-input, input#top_q_comm, input[name=q]",
    nothing=".PartialNoResults, .no-results, #noresults",
    nothing_says=re.compile(
        r"no results (?:found )?for[: ]|did not (?:return any|match with any)|keine (?:web-)?ergebnisse",
        re.IGNORECASE,
    ),
    wall_says=re.compile(r"unusual traffic|automated (?:queries|requests)|not a robot", re.IGNORECASE),
)
