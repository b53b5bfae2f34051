"""What platforms hand their user of her own account: her posts alone come in, as her own doing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reputation import load_sources, run_audit
from reputation.audit import Extras
from reputation.discovery.collect import Narrowing
from reputation.discovery.exports import MOST_POSTS, export_in, is_a_name, reduced
from reputation.discovery.inbox import import_paths, look
from reputation.errors import Unreachable, Unreadable
from reputation.model import Audit, Capture, Control, Kind, PersonName, Profile, Request, Right, Source

JANE = Profile(right=Right(is_self=True), name=PersonName(given="Jane", family="Roe"))
MOMENT = datetime(2026, 11, 21, tzinfo=UTC)
SOURCES = load_sources()
PRIVATE = "the words of a patient in a private message"

TWEETS = """window.YTD.tweets.part0 = [
 {"tweet": {"id_str": "1001", "full_text": "This trial failed, a terrible result. @somebody", "created_at": "Wed Jan 03 09:00:00 +0000 2024",
   "entities": {"user_mentions": [{"name": "Sam Other", "screen_name": "somebody"}]}}},
 {"tweet": {"id_str": "1002", "full_text": "RT @other: another's words", "created_at": "Thu Jan 04 09:00:00 +0000 2024"}}
];"""
ACCOUNT = """window.YTD.account.part0 = [{"account": {"email": "jane@example.org", "username": "drjaneroe", "accountDisplayName": "Jane Roe, MD"}}]"""
OUTBOX = {
    "@context": "https://www.w3.org/ns/activitystreams",
    "id": "outbox.json",
    "type": "OrderedCollection",
    "orderedItems": [
        {
            "type": "Create",
            "to": ["https://www.w3.org/ns/activitystreams#Public"],
            "object": {
                "type": "Note",
                "id": "https://mastodon.example.org/users/jane/statuses/7",
                "url": "https://mastodon.example.org/@jane/7",
                "published": "2025-03-01T08:00:00Z",
                "content": "<p>New <b>guideline</b> out.</p>",
            },
        },
        {
            "type": "Create",
            "to": ["https://mastodon.example.org/users/sam"],
            "object": {"type": "Note", "id": "https://mastodon.example.org/8", "content": PRIVATE},
        },
        {"type": "Announce", "object": "https://mastodon.example.org/@other/9"},
    ],
}
RECORDS = {
    "records": [
        {
            "uri": "at://did:plc:abc/app.bsky.feed.post/3k2",
            "cid": "x",
            "value": {
                "$type": "app.bsky.feed.post",
                "text": "Hello sky",
                "createdAt": "2026-02-01T00:00:00Z",
            },
        }
    ]
}
SHARES = """Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility
2025-11-19 09:59:30,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A9,"Two lines,
of mine",,,MEMBER_NETWORK
"""
LINKEDIN_PROFILE = """First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location
Jane,Roe,,1 Secret St,1970-01-01,Oncologist at Example Clinic,I treat lymphoma.,,02139,Boston
"""
VIDEOS = """Video ID,Approximate Duration (ms),Video Title (Original),Privacy,Video Create Timestamp,Video Publish Timestamp
abcdefghijk,60000,What is lymphoma?,Public,2024-05-01T10:00:00+00:00,2024-05-02T10:00:00+00:00
privateprivt,60000,Family party,Private,2024-05-01T10:00:00+00:00,
"""
COMMENTS = """Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text
UgxA,UCabc,2025-06-01T10:00:00+00:00,0,,abcdefghijk,"{""text"":""Thank you all""}"
"""
FILES = {
    "x": ("tweets.js", TWEETS, "2024-01-03"),
    "mastodon": ("outbox.json", json.dumps(OUTBOX), "2025-03-01"),
    "bluesky": ("posts.json", json.dumps(RECORDS), "2026-02-01"),
    "linkedin": ("Shares.csv", SHARES, "2025-11-19"),
    "youtube": ("videos.csv", VIDEOS, "2024-05-02"),
}


def silent(source: Source, request: Request) -> Capture:
    raise Unreachable("nobody answers")


def audit_of(folder: Path, inbox: Path) -> Audit:
    """Return an offline audit of what was imported from `folder`."""
    import_paths([folder], inbox, sources=SOURCES)
    captures = look(inbox, SOURCES, MOMENT).captures
    extras = Extras(inbox=captures, narrowing=Narrowing(offline=True), has_key=lambda _source: False)
    return run_audit(JANE, SOURCES, silent, MOMENT, extras=extras)


@pytest.mark.parametrize("site", FILES)
def test_her_posts_are_hers_dated_and_nobodys_opinion(site: str, tmp_path: Path) -> None:
    name, text, day = FILES[site]
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    audit = audit_of(folder, tmp_path / "inbox")
    (post,) = (one for one in audit.mentions if one.kind is Kind.POST)
    assert (post.source, post.date_published) == (site, day)
    assert post.claimed("footprint") == ("active",)
    assert post.match is not None
    assert post.match.decision == "match"
    assert post.control is Control.CONTROLLED
    assert post.sentiment is None
    line = next(one for one in audit.coverage if one.source == site)
    assert line.status == "observed"


def test_whose_account_it_is_stands_beside_the_posts_and_private_files_stay_outside(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "tweets.js").write_text(TWEETS, encoding="utf-8")
    (folder / "account.js").write_text(ACCOUNT, encoding="utf-8")
    (folder / "direct-messages.js").write_text(f'window.YTD.dm.part0 = ["{PRIVATE}"]', encoding="utf-8")
    (folder / "watch-history.html").write_text(f"<html><h1>Jane Roe</h1>{PRIVATE}</html>", encoding="utf-8")
    (folder / "messages.csv").write_text(f"FROM,TO,CONTENT\nSam,Jane,{PRIVATE}\n", encoding="utf-8")
    audit = audit_of(folder, tmp_path / "inbox")
    (post,) = audit.mentions
    assert post.claimed("name") == ("Jane Roe, MD",)
    assert post.claimed("handle") == ("drjaneroe",)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "inbox").iterdir())
    for secret in (PRIVATE, "jane@example.org", "Sam Other", "another's words"):
        assert secret.encode() not in kept


def test_linkedins_own_words_are_a_profile_without_address_and_birth(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Profile.csv").write_text(LINKEDIN_PROFILE, encoding="utf-8")
    (profile,) = audit_of(folder, tmp_path / "inbox").mentions
    assert (profile.kind, profile.control) == (Kind.PROFILE, Control.CONTROLLED)
    assert "I treat lymphoma." in (profile.text or "")
    kept = b"".join(path.read_bytes() for path in (tmp_path / "inbox").iterdir())
    assert b"Secret St" not in kept
    assert b"1970" not in kept


def test_private_videos_and_notes_to_some_are_left_out() -> None:
    for name, text in (("videos.csv", VIDEOS), ("outbox.json", json.dumps(OUTBOX))):
        told = reduced(text.encode(), Path(name))
        assert PRIVATE.encode() not in told
        assert b"Family party" not in told
    assert b"Thank you all" in reduced(COMMENTS.encode(), Path("comments.csv"))


def test_cutting_down_twice_is_cutting_down_once() -> None:
    for name, text, _day in FILES.values():
        once = reduced(text.encode(), Path(name))
        assert export_in(once)
        assert reduced(once, Path(name)) == once


def test_of_a_long_life_the_newest_posts_are_taken_and_the_rest_is_said(tmp_path: Path) -> None:
    many = [{"tweet": {"id_str": str(n), "full_text": f"n {n}"}} for n in range(MOST_POSTS + 5)]
    file = tmp_path / "tweets.js"
    file.write_text(f"window.YTD.tweets.part0 = {json.dumps(many)}", encoding="utf-8")
    (imported,) = import_paths([file], tmp_path / "inbox", sources=SOURCES)
    assert imported.sources == ("x",)
    assert imported.problem == f"the newest 1,000 of {MOST_POSTS + 5:,} posts are taken"


def test_a_damaged_export_and_one_of_another_site_are_refused_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="damaged or cut off"):
        reduced(TWEETS[:150].encode(), Path("tweets.js"))
    file = tmp_path / "tweets.js"
    file.write_text(TWEETS, encoding="utf-8")
    (imported,) = import_paths([file], tmp_path / "inbox", sources=SOURCES, source_id="linkedin")
    assert "export of an account at x" in (imported.problem or "")


@pytest.mark.parametrize(
    ("shown", "is_name"),
    [
        ("Jane Roe, MD", True),
        ("Dr. Jane Q. Roe", True),
        ("OncDocJane", False),
        ("Oncology Doc", False),
        ("Jane", False),
    ],
)
def test_what_an_account_calls_itself_is_not_taken_for_a_name(shown: str, *, is_name: bool) -> None:
    assert is_a_name(shown) is is_name
