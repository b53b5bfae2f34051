"""X, formerly Twitter, and its mirrors: an account and the posts shown."""

from __future__ import annotations

import re

from reputation.discovery.reading import Page, attribute, text_of
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.discovery.sites.social import (
    HANDLE,
    name_in_title,
    profile,
)
from reputation.model import Kind, Mention
from reputation.normalize import iso_date, mention_key


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return an account and the posts shown, as X's mirror (nitter) or a saved page of X shows them."""
    name = page.read(".profile-card-fullname") or page.read("[data-testid=UserName] span")
    title = name_in_title(page) or ""
    handle = page.read(".profile-card-username") or next(iter(HANDLE.findall(title)), None)
    name = name or HANDLE.sub("", title).strip() or None
    if name is None:
        return None
    website = page.first(".profile-website a, [data-testid=UserUrl]")
    claims = [
        ("alternate_name", handle),
        ("address_locality", page.read(".profile-location") or page.read("[data-testid=UserLocation]")),
        ("url", page.link(attribute(website, "href")) if website is not None else None),
        ("member_since", page.read(".profile-joindate") or page.read("[data-testid=UserJoinDate]")),
        *((f"{what}", page.read(f".profile-statlist .{style} .profile-stat-num")) for style, what in _COUNTS),
    ]
    bio = page.read(".profile-bio") or page.read("[data-testid=UserDescription]")
    claims.append(("description", bio))
    return (profile(place, name=name, claims=claims, text=bio), *_tweets(page, place, handle))


_COUNTS = (("posts", "posts"), ("following", "following"), ("followers", "followers"), ("likes", "likes"))


def _tweets(page: Page, place: Place, handle: str | None) -> list[Mention]:
    made = []
    for node in page.css(".timeline-item, article[data-testid=tweet]"):
        link = page.first(".tweet-link, a[href*='/status/']", node)
        number = re.search(r"/status/(\d+)", attribute(link, "href") or "")
        text = page.read(".tweet-content", node) or page.read("[data-testid=tweetText]", node)
        when = page.first(".tweet-date a[title]", node)
        time = page.first("time[datetime]", node)
        if not number or not text:
            continue
        writer = page.read(".username", node) or handle
        said = attribute(time, "datetime") if time is not None else text_of(when)
        made.append(
            Mention(
                source=place.source,
                kind=Kind.POST,
                url=page.link(attribute(link, "href")) or place.url,
                title=f"Post by {writer}" if writer == handle else "Post by another account",
                key=mention_key(place.source, f"status-{number[1]}", ""),
                text=text,
                date_published=iso_date(said or ""),
            )
        )
    return made


SITE = Site(
    source="x",
    hosts=("x.com", "twitter.com", "nitter.net"),
    site_id=re.compile(r"//[^/]+/(?!search|hashtag|i/)(\w{1,15})/?(?:[?#]|$)"),
    mark=lambda page: page.first(".profile-card-fullname") is not None,
    read=read,
)
