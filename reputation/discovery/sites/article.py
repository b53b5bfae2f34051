"""Articles and forum posts: headline, writer, date and text, from structured data, OpenGraph or the page's prose."""

from __future__ import annotations

from dataclasses import replace

from reputation.discovery.reading import Node, Page, attribute, lines_of, text_of, words
from reputation.discovery.sites.reviewers import known_as
from reputation.discovery.sites.schema_org import (
    ARTICLES,
    POSTS,
    Place,
    claims_of,
    listing,
    name_of,
    part_key,
    rank_of,
    rating_of,
    texts,
)
from reputation.discovery.structured import Item, every_item, kinds, nested, word
from reputation.model import Claim, Kind, Mention
from reputation.normalize import fold, iso_date, mention_key

_MAX_TEXT = 30_000
_PROSE_MIN = 40
"""Characters from which a line counts as prose: menus and captions are shorter."""


def article_of(page: Page) -> Item | None:
    """Return the article that the page is, by its structured data; None where it is none."""
    found = [item for item in every_item(page.structured) if kinds(item) & (ARTICLES | POSTS)]
    return found[0] if found else None


def is_article(page: Page) -> bool:
    """Whether the page says of itself that it is an article."""
    return article_of(page) is not None or (page.meta("og:type") or "").lower() == "article"


def read(page: Page, place: Place) -> tuple[Mention, ...]:
    """Return the article, and what it is about or who publishes it where the markup describes that.

    Only a place, practice or person with an address, phone or rating of its own is told.
    """
    item = article_of(page)
    title = (
        word(item, "headline", "name") or page.meta("og:title") or page.read("h1") or page.title or place.url
    )
    if item is not None and "name" in item["properties"] and len(title) > 150:
        title = word(item, "name") or title
    published = (word(item, "datePublished", "dateCreated") if item else None) or _published(page)
    mention = Mention(
        source=place.source,
        kind=Kind.ARTICLE,
        url=place.url,
        title=title,
        key=place.key,
        text=prose_of(page) or (word(item, "articleBody", "description") if item else None),
        date_published=iso_date(published) if published else None,
        claims=_claims(page, item),
    )
    return (mention, *_about(page, place, item))


def _claims(page: Page, item: Item | None) -> tuple[Claim, ...]:
    authors = texts(item, "author") if item else []
    authors = authors or [name for name in (page.meta("author", "article:author", "parsely-author"),) if name]
    publishers = texts(item, "publisher") if item else []
    publishers = publishers or [name for name in (page.meta("og:site_name"),) if name]
    found = [Claim("author", name) for name in authors if "://" not in name]
    return tuple(dict.fromkeys([*found, *(Claim("publisher", name) for name in publishers)]))


def _published(page: Page) -> str | None:
    said = page.meta(
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dcterms.date",
        "parsely-pub-date",
        "publish-date",
    )
    node = page.first("time[datetime]")
    return said or (attribute(node, "datetime") if node else None)


def _about(page: Page, place: Place, article: Item | None) -> list[Mention]:
    found: dict[str, Mention] = {}
    inside = {id(item) for item in every_item(nested(article, "author", "creator"))} if article else set()
    for item in every_item(page.structured):
        name = name_of(item)
        if (
            id(item) in inside
            or name is None
            or rank_of(item) > 3
            or kinds(item) & words("Product Brand Book WebSite")
        ):
            continue
        told = {claim.field for claim in claims_of(item)}
        if told & {"telephone", "street_address"} or rating_of(item).rating_value is not None:
            at = Place(source=place.source, url=word(item, "url") or place.url, site_id=None)
            one = listing(item, at)
            key = part_key(place.source, at.url, name) if at.url == place.url else one.key
            found.setdefault(fold(name), replace(one, key=key))
    return list(found.values())


def prose_of(page: Page) -> str | None:
    """Return the page's running text: the lines of its article that are long enough to be prose, else None."""
    node = _body(page)
    lines = [line for line in lines_of(node) if len(line) >= _PROSE_MIN] if node else []
    return "\n".join(lines)[:_MAX_TEXT] or None


def _body(page: Page) -> Node | None:
    for selector in ("[itemprop~=articleBody]", "article", "main", "[role=main]"):
        nodes = page.css(selector)
        best = max(nodes[:5], key=lambda node: len(text_of(node)), default=None)
        if best is not None and len(text_of(best)) > 200:
            return best
    return page.tree.body


def posts(page: Page, place: Place) -> tuple[Mention, ...]:
    """Return the messages of a forum's thread (XenForo, vBulletin, Discourse) in page order; writers as initials."""
    title = page.read("h1") or page.meta("og:title") or page.title or place.url
    made = []
    for n, node in enumerate(
        page.css("article.message, article[data-content^=post-], [itemtype$='/Comment'][itemid], .topic-post")
    ):
        body = page.first(".bbWrapper, .message-body, .cooked, [itemprop~=text]", node)
        text = "\n".join(lines_of(body)) if body else ""
        site_id = attribute(node, "data-content") or attribute(node, "id") or f"{n}"
        author = attribute(node, "data-author") or page.read("[itemprop~=author] [itemprop~=name]", node)
        time = page.first("time[datetime]", node)
        if not text:
            continue
        made.append(
            Mention(
                source=place.source,
                kind=Kind.POST,
                url=place.url,
                title=title,
                key=part_key(place.source, place.url, site_id)
                if not site_id.startswith("post-")
                else mention_key(place.source, site_id, ""),
                text=text[:_MAX_TEXT],
                author_initials=known_as(author),
                date_published=iso_date(attribute(time, "datetime") or "") if time else None,
            )
        )
    return tuple(made)
