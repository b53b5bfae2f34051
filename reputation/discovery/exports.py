"""Reads what a platform hands its user of her own account: her posts, with their dates, and nothing else of it.

An export holds other people's data too: messages, contacts, whom she follows, what she watched.  Before a file enters the
inbox it is cut down to her own public posts (`reduced`); all else never reaches the workspace.  The posts are her active
footprint: they say when she last spoke, and are nobody's opinion of her.

Read are X (`data/tweets.js`), LinkedIn (`Shares.csv`, `Comments.csv`, `Profile.csv`), Mastodon (`outbox.json`), YouTube
(`videos.csv`, `comments.csv` of Takeout) and Bluesky (records as JSON).  A file is known by what stands in it, not by its name;
whose account it is stands in a file beside it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from reputation.discovery.sources.replies import plain
from reputation.errors import Unreadable
from reputation.model import Capture, Claim, Kind, Mention, Source
from reputation.names.frequency import given_count
from reputation.normalize import iso_date, mention_key

MEDIA_TYPE = "application/vnd.repaudit.export+json"
MOST_POSTS = 1_000
"""Of one export so many posts are taken, the newest."""
FOOTPRINT = ("footprint", "active")
"""The claim by which a post of an export is known as the clinician's own doing."""
_TITLE_CHARS = 80
_MOST_BESIDE = 5_000_000
_MOST_NAMES = 5
_COMMON = 500
"""So many of a given name in the counts of the Social Security Administration, and it is taken for one."""

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """One thing that she published: `id` is the platform's own, `date` ISO 8601."""

    id: str
    url: str
    date: str | None
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """Whose export it is, as far as it says so."""

    name: str | None = None
    handle: str | None = None
    url: str | None = None
    about: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Format:
    """One platform's file: how it is known, read, and where the account stands."""

    site: str
    mark: re.Pattern[bytes]
    """Found near the beginning of the file."""
    posts: Callable[[bytes], Iterable[Post]]
    beside: tuple[str, ...] = ()
    account: Callable[[bytes], Account] = lambda _data: Account()


def is_wanted(name: str) -> bool:
    """Whether a file of a folder is an export although scripts are left out: X writes its posts as one."""
    return re.fullmatch(r"tweets?(?:-part\d+)?\.js", name.lower()) is not None


_PRIVATE = re.compile(
    r"(?:watch|search)[-_ ]history|my[-_ ]?activity|(?:direct[-_ ])?messages?|conversations?|connections|likes|bookmarks",
    re.IGNORECASE,
)


def is_private(name: str) -> bool:
    """Whether a file of a folder is what an export holds of others, or of her in private: it is not taken."""
    return _PRIVATE.fullmatch(name.rpartition(".")[0]) is not None


def reduced(data: bytes, path: Path) -> bytes:
    """Return `data`, and where it is the export of an account only her own public posts in it, as JSON.

    The same file always gives the same bytes.

    Raises:
        Unreadable: it is an export, and damaged.
    """
    head = data[:4096]
    found = next((one for one in _FORMATS if one.mark.search(head)), None)
    if found is None:
        return data
    try:
        posts = {post.id: post for post in found.posts(data)}
        account = _account(found, data, path)
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error, RecursionError) as error:
        raise Unreadable(f"the export of {found.site} is damaged or cut off; unpack it again") from error
    newest = sorted(posts.values(), key=lambda post: (post.date or "", post.id), reverse=True)
    told = {
        "site": found.site,
        "name": account.name,
        "handle": account.handle,
        "url": account.url,
        "about": account.about,
        "total": len(newest),
        "posts": [
            {"id": one.id, "url": one.url, "date": one.date, "text": one.text} for one in newest[:MOST_POSTS]
        ],
    }
    return json.dumps({"export": told}, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def _account(found: _Format, data: bytes, path: Path) -> Account:
    """Return the account out of the file itself, or out of the one beside it that says whose it is."""
    account = found.account(data)
    for name in found.beside:
        file = path.parent / name
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error, RecursionError):
            if not file.is_symlink() and file.is_file() and file.stat().st_size < _MOST_BESIDE:
                told = _ACCOUNTS[found.site](file.read_bytes())
                return Account(
                    name=account.name or told.name,
                    handle=account.handle or told.handle,
                    url=account.url or told.url,
                    about=account.about or told.about,
                )
    return account


# ---------------------------------------------------------------------------- from the reduced file to mentions


def export_in(data: bytes) -> Row | None:
    """Return the reduced export in `data`, None where it is none."""
    if not data.startswith(b'{"export"'):
        return None
    with suppress(ValueError, RecursionError):
        value = json.loads(data)
        if isinstance(value, dict) and isinstance(value.get("export"), dict):
            found: Row = value["export"]
            return found
    return None


def left_out(export: Row) -> str | None:
    """Return in one line what of an export is not taken, None where all of it is."""
    total = int(export.get("total") or 0)
    return f"the newest {MOST_POSTS:,} of {total:,} posts are taken" if total > MOST_POSTS else None


def read_export(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield each post as a mention of kind post, and the account's own words on her as a profile.

    Raises:
        Unreadable: it is no export.
    """
    export = export_in(capture.body)
    if export is None:
        raise Unreadable("this is no export of an account; import the file again")
    shown = str(export.get("name") or "")
    whose = (("name" if is_a_name(shown) else "alternate_name", shown), ("handle", export.get("handle")))
    told = (FOOTPRINT, *whose, ("same_as", export.get("url")))
    claims = tuple(Claim(field, str(value)) for field, value in told if value)
    home = str(export.get("url") or source.base_url or capture.url)
    if export.get("about"):
        about = str(export["about"])
        yield Mention(
            source=source.id,
            kind=Kind.PROFILE,
            url=home,
            title=str(export.get("name") or about[:_TITLE_CHARS]),
            key=mention_key(source.id, "export-profile", home),
            text=about,
            claims=claims,
        )
    for post in export.get("posts") or ():
        said = str(post.get("text") or "")
        yield Mention(
            source=source.id,
            kind=Kind.POST,
            url=str(post["url"]),
            title=_title(said) or str(post["url"]),
            key=mention_key(source.id, str(post["id"]), str(post["url"])),
            text=said or None,
            date_published=post.get("date"),
            claims=claims,
        )


def is_a_name(shown: str) -> bool:
    """Whether what an account shows is a person's name ("Jane Roe, MD"), and not what she calls herself there ("OncDoc")."""
    words = re.findall(r"[^\W\d_]{2,}", shown.partition(",")[0])
    words = [word for word in words if word.casefold() not in ("dr", "prof", "doctor")]
    return 1 < len(words) < _MOST_NAMES and given_count(words[0].casefold()) >= _COMMON


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_CHARS else line[:_TITLE_CHARS].rsplit(" ", 1)[0] + " …"


# ---------------------------------------------------------------------------- the platforms


def _json_in(data: bytes) -> Any:
    return json.loads(data.decode("utf-8-sig"), strict=False)


def _script(data: bytes) -> list[Any]:
    """Return the array that one of X's files assigns: `window.YTD.tweets.part0 = [ … ]`."""
    value = _json_in(data.partition(b"=")[2].strip().rstrip(b";"))
    if not isinstance(value, list):
        raise TypeError("no array is assigned")
    return value


def _of_x(data: bytes) -> Iterator[Post]:
    for entry in _script(data):
        tweet = entry.get("tweet", entry)
        text = str(tweet.get("full_text") or tweet.get("text") or "")
        if text.startswith("RT @"):
            continue  # another's words
        number = str(tweet.get("id_str") or tweet["id"])
        date = _moment(str(tweet.get("created_at") or ""))
        yield Post(id=number, url=f"https://x.com/i/web/status/{number}", date=date, text=text)


def _account_of_x(data: bytes) -> Account:
    account = _script(data)[0]["account"]
    handle = account.get("username")
    return Account(
        name=account.get("accountDisplayName") or None,
        handle=handle or None,
        url=f"https://x.com/{handle}" if handle else None,
    )


def _of_mastodon(data: bytes) -> Iterator[Post]:
    for activity in _json_in(data)["orderedItems"]:
        note = activity.get("object")
        if activity.get("type") != "Create" or not isinstance(note, dict) or not _is_public(activity, note):
            continue
        url = str(note.get("url") or note["id"])
        text = plain(str(note.get("content") or "")) or ""
        yield Post(id=url, url=url, date=iso_date(str(note.get("published") or "")), text=text)


def _is_public(*told: Row) -> bool:
    reached = [to for one in told for key in ("to", "cc") for to in one.get(key) or ()]
    return any(str(to).endswith("#Public") for to in reached)


def _account_of_mastodon(data: bytes) -> Account:
    actor = _json_in(data)
    return Account(
        name=actor.get("name") or None,
        handle=actor.get("preferredUsername") or None,
        url=actor.get("url") or None,
        about=plain(str(actor.get("summary") or "")) or None,
    )


def _of_bluesky(data: bytes) -> Iterator[Post]:
    value = _json_in(data)
    for record in value["records"] if isinstance(value, dict) else value:
        said = record.get("value") or record
        if said.get("$type") != "app.bsky.feed.post":
            continue
        uri = str(record["uri"])
        did, _, key = uri.removeprefix("at://").partition("/app.bsky.feed.post/")
        url = f"https://bsky.app/profile/{did}/post/{key}"
        yield Post(id=uri, url=url, date=iso_date(str(said.get("createdAt") or "")), text=str(said["text"]))


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    """Yield the rows of a table by the folded names of its columns."""
    table = csv.reader(io.StringIO(data.decode("utf-8-sig").replace("\0", "")))
    columns = [name.strip().casefold() for name in next(table)]
    for row in table:
        if any(row):
            yield dict(zip(columns, row, strict=False))


def _of_linkedin(data: bytes) -> Iterator[Post]:
    for row in _rows(data):
        url = (row.get("sharelink") or row.get("link") or "").strip()
        text = (row.get("sharecommentary") or row.get("message") or "").strip().strip('"')
        if url.startswith("https://"):
            date = iso_date(row.get("date", ""))
            yield Post(id=f"{url} {row.get('date')}", url=url, date=date, text=text)


def _account_of_linkedin(data: bytes) -> Account:
    row = next(_rows(data), {})
    name = " ".join(filter(None, (row.get("first name"), row.get("last name"))))
    about = "\n".join(filter(None, (row.get("headline"), row.get("summary"))))
    url = row.get("profile url") or row.get("public profile url")
    return Account(name=name or None, url=url or None, about=about or None)


def _of_youtube(data: bytes) -> Iterator[Post]:
    for row in _rows(data):
        if row.get("privacy", "public").strip().casefold() not in ("", "public"):
            continue
        video, comment = row.get("video id", "").strip(), row.get("comment id", "").strip()
        if not video:
            continue
        date = row.get("video publish timestamp") or row.get("video create timestamp")
        url = f"https://www.youtube.com/watch?v={video}"
        title = row.get("video title (original)") or row.get("video title") or ""
        if comment:
            date, url, title = row.get("comment create timestamp"), f"{url}&lc={comment}", _comment(row)
        yield Post(id=comment or video, url=url, date=iso_date(date or ""), text=title)


def _comment(row: Row) -> str:
    """Return the words of a comment, which Takeout writes as pieces of JSON."""
    text = str(row.get("comment text") or "")
    with suppress(ValueError, TypeError):
        pieces = json.loads(f"[{text}]")
        return "".join(str(one.get("text") or "") for one in pieces if isinstance(one, dict))
    return text


def _account_of_youtube(data: bytes) -> Account:
    row = next(_rows(data), {})
    number = row.get("channel id")
    url = f"https://www.youtube.com/channel/{number}" if number else None
    name = row.get("channel title (original)") or row.get("channel title")
    return Account(name=name or None, url=url)


def _moment(text: str) -> str | None:
    """Return the day of `Mon Jan 01 12:00:00 +0000 2024`."""
    day, month, date, clock, zone, year, *_ = [*text.split(), *[""] * 6]
    if not year:
        return iso_date(text)
    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(f"{day}, {date} {month} {year} {clock} {zone}").date().isoformat()
    return None


def _none(_data: bytes) -> Iterator[Post]:
    return iter(())


_ACCOUNTS: Mapping[str, Callable[[bytes], Account]] = {
    "x": _account_of_x,
    "mastodon": _account_of_mastodon,
    "linkedin": _account_of_linkedin,
    "youtube": _account_of_youtube,
}
_FORMATS = (
    _Format(
        site="x",
        mark=re.compile(rb"^\s*(?:\xef\xbb\xbf)?window\.YTD\.tweets?\.part\d+\s*="),
        posts=_of_x,
        beside=("account.js",),
    ),
    _Format(
        site="mastodon",
        mark=re.compile(rb'"id"\s*:\s*"(?:[^"]*/)?outbox\.json"'),
        posts=_of_mastodon,
        beside=("actor.json",),
    ),
    _Format(
        site="bluesky",
        mark=re.compile(rb'^\s*\{\s*(?:"cursor"\s*:\s*"[^"]*"\s*,\s*)?"records"\s*:\s*\[\s*\{[^}]*"at://'),
        posts=_of_bluesky,
    ),
    _Format(
        site="linkedin",
        mark=re.compile(rb"^(?:\xef\xbb\xbf)?Date,(?:ShareLink,ShareCommentary|Link,Message)\b"),
        posts=_of_linkedin,
        beside=("Profile.csv",),
    ),
    _Format(
        site="linkedin",
        mark=re.compile(rb"^(?:\xef\xbb\xbf)?First Name,Last Name,Maiden Name,"),
        posts=_none,
        account=_account_of_linkedin,
    ),
    _Format(
        site="youtube",
        mark=re.compile(
            rb"^(?:\xef\xbb\xbf)?(?:[^\r\n]*,)?(?:Video ID|Comment ID),[^\r\n]*(?:Video Title|Comment Text)"
        ),
        posts=_of_youtube,
        beside=("channel.csv", "../channels/channel.csv"),
    ),
)
