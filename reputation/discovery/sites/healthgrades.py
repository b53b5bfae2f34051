"""Healthgrades: search pages by `data-qa-target`, profiles by their sentences, and the page's own state.

A profile comes in two templates, "N Star Rating / Based on N reviews" and "Likelihood of recommending … is
X out of 5", which alternate for one address within minutes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from reputation.discovery.numbers import count_of, number_of
from reputation.discovery.reading import Node, Page, attribute, text_of
from reputation.discovery.sites import directory, schema_org, shown
from reputation.discovery.sites.schema_org import Place, Rating
from reputation.discovery.sites.site import Site
from reputation.discovery.states import objects_in, read_states
from reputation.errors import Unreadable
from reputation.model import Claim, Kind, Mention
from reputation.normalize import mention_key

_ID = re.compile(r"/(?:physician|providers?|dentists?|specialist)/([\w-]*-[\w]{4,})")
_STRENGTH = re.compile(r"^specialty:?\s*", re.IGNORECASE)


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return the cards of a search page, or a profile with its reviews."""
    links = page.css("[data-qa-target=name-link]")
    if links:
        states = {one["providerUrl"]: one for one in _providers(page)}
        cards = {card.key: card for card in (_card(page, link, place, states) for link in links)}
        return tuple(cards.values())
    providers = _providers(page) if place.site_id is None else []
    if providers and not page.read("h1"):
        cards = {card.key: card for card in (_card_of_state(one, place) for one in providers)}
        return tuple(cards.values())
    state = _of_profile(page)
    if state is None and re.search(
        r"\b0\s+results? found|^results \(\d+\)", page.text, re.IGNORECASE | re.MULTILINE
    ):
        raise Unreadable(
            "this Healthgrades page was saved before its scripts filled it; save it once doctors are shown"
        )
    found = directory.read_profile(page, place)
    if found is None and state is not None:
        found = (_of_state(state, place),)
    if found and state is not None:
        listed = directory.with_rating(found[0], _rating_of(state))
        return (_with_state(listed, state), *found[1:])
    return found


def _card(page: Page, link: Node, place: Place, states: dict[str, dict[str, Any]]) -> Mention:
    card = _card_of(link)
    href = attribute(link, "href") or ""
    url = page.link(href) or f"https://www.healthgrades.com{href}"
    name = text_of(link)
    rating = schema_org.without_zero(
        Rating(
            rating_value=number_of(page.read("[data-qa-target=provider-rating-score]", card)),
            best_rating=5.0,
            rating_count=count_of(page.read("[data-qa-target=provider-rating-count]", card)),
        )
    )
    specialty = _STRENGTH.sub("", page.read("[data-qa-target=provider-specialty]", card) or "")
    address = page.read("[data-qa-target=location-info-address]", card)
    claims = [Claim("name", name), Claim("url", url)]
    claims += [Claim("specialty", specialty)] if specialty else []
    claims += shown.address_claims(shown.addresses_in([address])) if address else []
    listed = Mention(
        source=place.source,
        kind=Kind.LISTING,
        url=url,
        title=name,
        key=mention_key(place.source, SITE.id_in(url), url),
        rating_value=rating.rating_value,
        best_rating=rating.best_rating,
        rating_count=rating.rating_count,
        claims=tuple(claims),
    )
    state = states.get(href.split("?")[0])
    return _with_state(listed, state) if state else listed


def _card_of_state(state: dict[str, Any], place: Place) -> Mention:
    """Return the listing that a search page's state holds; its rating is a percentage there."""
    url = f"https://www.healthgrades.com{state['providerUrl']}"
    name = str(state["displayName"])
    count = state.get("surveyUserCount")
    percent = state.get("surveyOverallRatingPercent")
    rating = schema_org.without_zero(
        Rating(
            rating_value=float(percent) if isinstance(percent, int | float) and count else None,
            best_rating=100.0,
            rating_count=count if isinstance(count, int) else None,
        )
    )
    office = state.get("address")
    lines = [str(office.get(part) or "") for part in ("line1", "line2")] if isinstance(office, dict) else []
    listed = Mention(
        source=place.source,
        kind=Kind.LISTING,
        url=url,
        title=name,
        key=mention_key(place.source, SITE.id_in(url), url),
        rating_value=rating.rating_value,
        best_rating=rating.best_rating,
        rating_count=rating.rating_count,
        claims=(Claim("name", name), Claim("url", url), *shown.address_claims(shown.addresses_in(lines))),
    )
    return _with_state(listed, state)


def _card_of(link: Node) -> Node:
    """Return the largest element round `link` that holds no other doctor's link."""
    card = link
    while card.parent is not None and len(card.parent.css("[data-qa-target=name-link]")) <= 1:
        card = card.parent
    return card


def _providers(page: Page) -> list[dict[str, Any]]:
    found = [one for value in read_states(page) for one in objects_in(value)]
    return [one for one in found if isinstance(one.get("providerUrl"), str) and one.get("displayName")]


def _of_profile(page: Page) -> dict[str, Any] | None:
    """Return the innermost part of a profile's state with its name and score, else the whole of it, else None."""
    if "actualScore" not in page.html:
        return None
    whole = None
    for value in read_states(page):
        for one in objects_in(value):
            if not _scores(one):
                continue
            whole = whole or one
            if isinstance(one.get("displayName"), str):
                return one
    return whole


def _scores(state: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the scores in `state`, those of the whole visit before those of one question."""
    found = [
        (key, inner)
        for one in objects_in(state)
        for key, inner in one.items()
        if isinstance(inner, dict) and isinstance(inner.get("actualScore"), int | float)
    ]
    found += [("", state)] if isinstance(state.get("actualScore"), int | float) else []
    return [
        one
        for _, one in sorted(
            found, key=lambda pair: not re.search("overall|recommend", pair[0], re.IGNORECASE)
        )
    ]


def _of_state(state: dict[str, Any], place: Place) -> Mention:
    name = str(state.get("displayName") or place.url)
    listed = Mention(
        source=place.source,
        kind=Kind.LISTING,
        url=place.url,
        title=name,
        key=place.key,
        claims=(Claim("name", name),),
    )
    return directory.with_rating(listed, _rating_of(state))


def _rating_of(state: dict[str, Any]) -> Rating:
    """The exact score; the rounded one hides that not every rating is the best."""
    scored = next(iter(_scores(state)), {})
    counts = (
        state.get("surveyUserCount"),
        scored.get("responseCount"),
        state.get("surveyCount"),
        state.get("ratingCount"),
    )
    reviews = (state.get("reviewCount"), state.get("commentCount"))
    return Rating(
        rating_value=number_of(scored.get("actualScore")),
        best_rating=5.0 if scored else None,
        rating_count=next((int(count) for count in counts if isinstance(count, int)), None),
        review_count=next((int(count) for count in reviews if isinstance(count, int)), None),
    )


def _with_state(listed: Mention, state: dict[str, Any]) -> Mention:
    told = {claim.field for claim in listed.claims}
    accepting = state.get("acceptsNewPatients")
    found = (
        ("npi", state.get("npi")),
        ("gender", state.get("gender")),
        ("specialty", state.get("specialty")),
        ("accepting_new_patients", str(accepting).lower() if isinstance(accepting, bool) else None),
    )
    more = [
        Claim(field, value)
        for field, value in found
        if field not in told and isinstance(value, str) and value
    ]
    return replace(listed, claims=(*listed.claims, *more))


def _is_here(page: Page) -> bool:
    said = page.meta("og:site_name") or ""
    return (
        said.lower() == "healthgrades"
        or (page.title or "").endswith("Healthgrades")
        or (page.title or "").startswith("Healthgrades")
        or ("providerUrl" in page.html and "/physician/dr-" in page.html)
        or "how Healthgrades measures" in page.text
        or bool(
            re.search(r"^Likelihood of recommending .{1,80} to family and friends", page.text, re.MULTILINE)
        )
        or bool(
            page.css(
                "[data-qa-target=provider-rating-score], [data-qa-target=provider-name], [data-qa-target=ProviderDisplayName]"
            )
        )
    )


SITE = Site(source="healthgrades", hosts=("healthgrades.com",), site_id=_ID, mark=_is_here, read=read)
