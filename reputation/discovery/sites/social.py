"""Profiles and posts on social sites, as a visitor or a signed-in reader saves them.

Counts stand in the page's language; a page that was saved signed in also holds the reader's own data, which is
never read.
"""

from __future__ import annotations

import re

from reputation.discovery.numbers import count_of
from reputation.discovery.reading import Node, Page, attribute, lines_of, squeeze, text_of
from reputation.discovery.sites import article, schema_org
from reputation.discovery.sites.reviewers import known_as
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.model import Claim, Kind, Mention
from reputation.normalize import iso_date, mention_key

_TAIL = re.compile(
    r"\s*(?:\||[-–—•·])\s*(?:(?:Home|Startseite|Accueil|Inicio|Posts|About|Info)\s*(?:\||[-–—])\s*)?"
    r"(?:Facebook|LinkedIn|Instagram(?: photos and videos)?|X|Twitter|YouTube|nitter|Threads|TikTok|ResearchGate|Doximity)\s*$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^\(\d+\+?\)\s*|^(?:Experience|Education|About|Activity)\s*\|\s*", re.IGNORECASE)
_HANDLE = re.compile(r"\(?(@[\w.]{2,30})\)?")


def profile(
    place: Place, *, name: str, claims: list[tuple[str, str | None]], text: str | None = None
) -> Mention:
    """Return a social profile; a claim without a value is left out."""
    told = [("name", name), *claims]
    return Mention(
        source=place.source,
        kind=Kind.PROFILE,
        url=place.url,
        title=name,
        key=place.key,
        text=text,
        claims=tuple(dict.fromkeys(Claim(field, squeeze(value)) for field, value in told if value)),
    )


def name_in_title(page: Page) -> str | None:
    """Return the name that the page's title gives, without the site's name and what stands round it."""
    title = page.meta("og:title") or page.title
    if not title:
        return None
    for _ in range(3):
        title = _HEAD.sub("", _TAIL.sub("", title)).strip()
    return title.split(" | ")[0].strip() or None


# ---------------------------------------------------------------------------- Facebook

_LIKES = re.compile(
    r"(?P<n>\d[\d.,\u00a0\u202f ]*\s?(?:[KM]\b|Mio\.?|Tsd\.?)?)\s*(?:Personen gefällt|people like|likes?\b|Mal\b|J.aime|personas les gusta|Me gusta)"
    r"|Gefällt (?P<m>\d[\d.,\u00a0\u202f ]*)",
    re.IGNORECASE,
)
_FOLLOWERS = re.compile(
    r"(?P<n>\d[\d.,\u00a0\u202f ]*\s?(?:[KM]\b|Mio\.?|Tsd\.?)?)\s*(?:Personen haben (?:das|dies|Visit)?|people follow|followers?\b|Abonnenten|abonnés|seguidores|personas siguen)",
    re.IGNORECASE,
)


def read_facebook(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return a page or profile; one with a rating is a listing."""
    name = name_in_title(page)
    if name is None:
        return None
    subject = schema_org.subject_of(page)
    if subject is not None and schema_org.rating_of(subject).rating_value is not None:
        listed = schema_org.listing(subject, place)
        return (listed, *schema_org.reviews(schema_org.review_items(page, subject), listed))
    said = [*page.lines, page.meta("og:description", "description") or ""]
    claims = [("likes", _count(_LIKES, said)), ("followers", _count(_FOLLOWERS, said))]
    if subject is not None:
        claims += [
            (claim.field, claim.value) for claim in schema_org.claims_of(subject) if claim.field != "name"
        ]
    return (profile(place, name=name, claims=claims, text=page.meta("og:description", "description")),)


def _count(pattern: re.Pattern[str], lines: list[str]) -> str | None:
    for line in lines:
        found = pattern.search(line)
        if found:
            count = count_of(next(filter(None, found.groups()), None))
            return str(count) if count is not None else None
    return None


# ---------------------------------------------------------------------------- LinkedIn

_POSITION = re.compile(
    r"^(?P<company>.{2,80}?)\s+·\s+(?:Full-time|Part-time|Self-employed|Contract|Internship|Freelance|Apprenticeship|Seasonal)$"
)


def read_linkedin(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return an article or a profile: its name, headline and positions."""
    if article.is_article(page):
        return article.read(page, place)
    subject = schema_org.subject_of(page)
    name = page.read("#name") or (subject and schema_org.name_of(subject)) or name_in_title(page)
    if name is None or "linkedin" in name.lower():
        return None
    headline = page.read(".headline, .top-card-layout__headline, .top-card__subline-item")
    if headline is None and " - " in (page.title or ""):
        headline = _TAIL.sub("", page.title or "").split(" - ", 1)[1]
    claims: list[tuple[str, str | None]] = [("job_title", headline)]
    lines = page.lines
    for n, line in enumerate(lines):
        found = _POSITION.match(line)
        if found and n > 0:
            title = next((one for one in reversed(lines[max(0, n - 3) : n]) if one != line), None)
            claims += [("job_title", title), ("affiliation", found["company"])]
    if subject is not None:
        claims += [
            (claim.field, claim.value) for claim in schema_org.claims_of(subject) if claim.field != "name"
        ]
    return (profile(place, name=name, claims=claims, text=headline),)


# ---------------------------------------------------------------------------- X and its mirrors


def read_x(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return an account and the posts shown, as X's mirror (nitter) or a saved page of X shows them."""
    name = page.read(".profile-card-fullname") or page.read("[data-testid=UserName] span")
    title = name_in_title(page) or ""
    handle = page.read(".profile-card-username") or next(iter(_HANDLE.findall(title)), None)
    name = name or _HANDLE.sub("", title).strip() or None
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


# ---------------------------------------------------------------------------- Reddit, Instagram


def read_reddit(page: Page, place: Place) -> tuple[Mention, ...] | None:
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


_LIKED = re.compile(
    r"(?:and\s+)?(?P<n>\d[\d.,]*\s?[km]?)\s+(?:others?\s+like|likes?\b|others\b)", re.IGNORECASE
)


def read_instagram(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return an account, or one photograph with its likes."""
    path = re.search(r"/(?:p|reel)/([\w-]+)", place.url)
    said = page.meta("og:title") or page.title or ""
    handle = next(iter(_HANDLE.findall(said)), None) or next(iter(re.findall(r"^Photo by (\S+)", said)), None)
    if path or said.startswith("Photo by"):
        return (
            Mention(
                source=place.source,
                kind=Kind.POST,
                url=place.url,
                title=said,
                key=place.key,
                text=page.meta("og:description"),
                claims=tuple(
                    Claim(field, value)
                    for field, value in (("author", handle), ("likes", _count(_LIKED, list(page.lines))))
                    if value
                ),
            ),
        )
    name = name_in_title(page)
    if name is None or name.lower() == "instagram":
        return None
    said_by = [page.meta("og:description", "description") or ""]
    claims = [
        ("alternate_name", handle),
        ("followers", _count(_FOLLOWERS, said_by)),
        ("description", said_by[0] or None),
    ]
    return (profile(place, name=_HANDLE.sub("", name).strip() or name, claims=claims),)


# ---------------------------------------------------------------------------- Google Scholar

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def read_scholar(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return an author's profile with its index of citations, and the publications shown."""
    name = page.read("#gsc_prf_in")
    if name is None:
        return None
    cells = [text_of(node) for node in page.css("#gsc_rsb_st td.gsc_rsb_std")]
    fields = ("citations", "citations_recent", "h_index", "h_index_recent", "i10_index", "i10_index_recent")
    claims: list[tuple[str, str | None]] = [("affiliation", page.read(".gsc_prf_il"))]
    claims += [
        (field, str(count_of(cell)))
        for field, cell in zip(fields, cells, strict=False)
        if count_of(cell) is not None
    ]
    interests = [("knows_about", text_of(node)) for node in page.css("#gsc_prf_int a")]
    return (profile(place, name=name, claims=[*claims, *interests]), *_publications(page, place))


def _publications(page: Page, place: Place) -> list[Mention]:
    return [
        _publication(page, place, row) for row in page.css("tr.gsc_a_tr") if page.first("a.gsc_a_at", row)
    ]


def _publication(page: Page, place: Place, row: Node) -> Mention:
    link = page.first("a.gsc_a_at", row)
    url = page.link(attribute(link, "href")) or place.url
    gray = [text_of(node) for node in page.css(".gs_gray", row)]
    found = _YEAR.search(page.read(".gsc_a_y", row) or "")
    count = count_of(page.read(".gsc_a_c", row))
    claims = [
        Claim("co_author", author.strip())
        for author in (gray[0].split(",") if gray else [])
        if author.strip(" .…")
    ]
    claims += [Claim("publisher", gray[1])] if len(gray) > 1 and gray[1] else []
    claims += [Claim("citations", str(count))] if count is not None else []
    site_id = re.search(r"citation_for_view=([\w:-]+)", url)
    return Mention(
        source=place.source,
        kind=Kind.ARTICLE,
        url=url,
        title=text_of(link),
        key=mention_key(place.source, site_id[1], url)
        if site_id
        else schema_org.part_key(place.source, url, text_of(link)),
        date_published=found[0] if found else None,
        claims=tuple(claims),
    )


# ---------------------------------------------------------------------------- forums


def read_forum(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return the messages of a thread; None where the page is none."""
    return article.posts(page, place) or None


SITES = (
    Site(
        source="facebook",
        hosts=("facebook.com",),
        site_id=re.compile(r"facebook\.com/(?!pages/|profile\.php)([\w.-]+)/?(?:[?#]|$)"),
        mark=lambda page: (page.title or "").endswith("| Facebook"),
        read=read_facebook,
    ),
    Site(
        source="linkedin",
        hosts=("linkedin.com",),
        site_id=re.compile(r"/in/([\w%-]+)"),
        mark=lambda page: (page.title or "").endswith("| LinkedIn"),
        read=read_linkedin,
    ),
    Site(
        source="x",
        hosts=("x.com", "twitter.com", "nitter.net"),
        site_id=re.compile(r"//[^/]+/(?!search|hashtag|i/)(\w{1,15})/?(?:[?#]|$)"),
        mark=lambda page: page.first(".profile-card-fullname") is not None,
        read=read_x,
    ),
    Site(
        source="reddit",
        hosts=("reddit.com",),
        site_id=re.compile(r"/comments/(\w+)"),
        mark=lambda page: page.first("shreddit-post") is not None,
        read=read_reddit,
    ),
    Site(
        source="instagram",
        case_matters=True,
        hosts=("instagram.com",),
        site_id=re.compile(r"instagram\.com/(?!explore/)((?:p/|reel/)?[\w.-]+)"),
        mark=lambda page: (page.meta("og:site_name") or "") == "Instagram",
        read=read_instagram,
    ),
    Site(
        source="google-scholar",
        case_matters=True,
        hosts=("scholar.google.",),
        site_id=re.compile(r"[?&]user=([\w-]+)"),
        mark=lambda page: page.first("#gsc_prf_in") is not None,
        read=read_scholar,
    ),
    Site(
        source="student-doctor",
        hosts=("studentdoctor.net",),
        site_id=re.compile(r"/threads/([^/?#]+)"),
        read=read_forum,
    ),
)
