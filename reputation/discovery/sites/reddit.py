"""Reddit: a thread's first post by its attributes, and the comments that the page holds."""

from __future__ import annotations

import re

from reputation.discovery.reading import Page, attribute, lines_of
from reputation.discovery.sites.reviewers import known_as
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.model import Claim, Kind, Mention
from reputation.normalize import iso_date, mention_key


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return a thread's first post and the comments that the page holds; writers as initials."""
    node = page.first("shreddit-post")
    if node is not None:
        given = node.attributes
        place = _permanent(page, place, given.get("permalink") or given.get("content-href"))
        body = page.first("[slot=text-body], [id$=-post-rtjson-content]", node)
        first = _thread(
            page,
            place,
            title=given.get("post-title"),
            author=given.get("author"),
            created=given.get("created-timestamp"),
            counts=[
                ("score", given.get("score")),
                ("comment_count", given.get("comment-count")),
                ("is_part_of", given.get("subreddit-prefixed-name")),
            ],
            text="\n".join(lines_of(body)) or None,
        )
        return (first, *_comments(page, place, "shreddit-comment", "[slot=comment]"))
    old = page.first("#siteTable .thing.link, .linklisting .thing.link")
    if old is None:
        return None
    first = _thread(
        page,
        place,
        title=page.read("a.title", old),
        author=attribute(old, "data-author") or page.read("a.author", old),
        created=attribute(page.first("time[datetime]", old), "datetime"),
        counts=[
            ("score", attribute(old, "data-score")),
            ("comment_count", attribute(old, "data-comments-count")),
            ("is_part_of", attribute(old, "data-subreddit-prefixed")),
        ],
        text=page.read(".usertext-body", old),
    )
    return (first, *_comments(page, place, ".commentarea .comment", ".usertext-body"))


def _permanent(page: Page, place: Place, link: str | None) -> Place:
    """Return the thread's own address where the page was saved without one."""
    found = re.search(r"/comments/(\w+)", link or "")
    if place.site_id or not found:
        return place
    url = page.link(link) or f"https://www.reddit.com{link}"
    return Place(source=place.source, url=url, site_id=found[1])


def _thread(
    page: Page,
    place: Place,
    *,
    title: str | None,
    author: str | None,
    created: str | None,
    counts: list[tuple[str, str | None]],
    text: str | None,
) -> Mention:
    return Mention(
        source=place.source,
        kind=Kind.POST,
        url=place.url,
        title=title or page.title or place.url,
        key=place.key,
        text=text,
        author_initials=known_as(author),
        date_published=iso_date(created) if created else None,
        claims=tuple(Claim(field, value) for field, value in counts if value),
    )


def _comments(page: Page, place: Place, selector: str, body: str) -> list[Mention]:
    made = []
    for node in page.css(selector):
        site_id = attribute(node, "thingid") or attribute(node, "data-fullname")
        text = page.read(body, node)
        author = attribute(node, "author") or attribute(node, "data-author")
        when = attribute(node, "created") or attribute(
            page.first("time[datetime], faceplate-timeago[ts]", node), "datetime"
        )
        if site_id and text:
            made.append(
                Mention(
                    source=place.source,
                    kind=Kind.POST,
                    url=place.url,
                    title="Comment",
                    key=mention_key(place.source, site_id, ""),
                    text=text,
                    author_initials=known_as(author),
                    date_published=iso_date(when) if when else None,
                )
            )
    return made


SITE = Site(
    source="reddit",
    hosts=("reddit.com",),
    site_id=re.compile(r"/comments/(\w+)"),
    mark=lambda page: page.first("shreddit-post") is not None,
    read=read,
)
