"""Captures leave as WARC without reviews, every digest is recomputed, and what is forgotten is gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from reputation.defense import blanking
from reputation.defense.evidence import verify, warc_bytes
from reputation.defense.forget import forget_all, forget_audit, forget_key
from reputation.defense.store import Store, open_store
from reputation.errors import UsageError
from reputation.model import Audit, Evidence, Judgement, Kind
from tests.defense.audits import EARLIER, NOW, audit, capture, finding, mention

TEXT = "She didn't listen to my mother’s story, and the café downstairs was closed too."
PAGE = (
    '<html><head><title>Dr. Ada Quill</title><script type="application/ld+json">{"reviewBody":"She didn\\u0027t listen '
    'to my mother\\u2019s story, and the café downstairs was closed too."}</script></head><body><p>4.5 of 5</p>'
    "<p>She didn&#39;t <b>listen</b> to my<br>mother&rsquo;s story,\n and the café downstairs was closed too.</p>"
    "<p>12 Elm Street</p></body></html>"
).encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "audits.db") as opened:
        yield opened


def sealed(store: Store, as_of: object = NOW) -> Audit:
    page = capture(
        body=PAGE, media_type="text/html", headers=(("set-cookie", "secret=1"), ("content-type", "text/html"))
    )
    other = capture("https://www.vitals.com/dr/2", source="vitals", body=b"vitals page")
    proof = Evidence(sha256=page.sha256, url=page.url, fetched_at=NOW)
    mentions = (
        mention(1, evidence=(proof,)),
        mention(7, kind=Kind.REVIEW, listing_key="healthgrades:1", text=TEXT, evidence=(proof,)),
        mention(2, source="vitals"),
    )
    made = audit(mentions, as_of=NOW if as_of is NOW else EARLIER, findings=(finding(), finding("vitals:2")))
    draft = store.begin(
        quarter=made.quarter,
        as_of=made.audit.as_of,
        profile_digest="p",
        sources_digest="s",
        options_digest="o",
        now=NOW,
    ).draft
    draft.keep(page)
    draft.keep(other)
    made = replace(made, audit=replace(made.audit, id=draft.id))
    draft.seal(made)
    return made


def test_the_warc_holds_every_capture_and_no_review(store: Store) -> None:
    made = sealed(store)
    data = warc_bytes(store, made)
    assert data == warc_bytes(store, made)
    found = {
        record.rec_headers.get_header("WARC-Target-URI"): (
            record.http_headers,
            record.content_stream().read(),
        )
        for record in ArchiveIterator(BytesIO(data))
        if record.rec_type == "response"
    }
    headers, body = found["https://www.healthgrades.com/physician/dr-ada-quill"]
    assert headers.get_header("set-cookie") is None
    text = body.decode()
    for word in ("listen", "mother", "downstairs", "closed"):
        assert word not in text
    assert "12 Elm Street" in text
    assert "4.5 of 5" in text
    assert found["https://www.vitals.com/dr/2"][1] == b"vitals page"


def test_counsel_may_have_the_page_as_it_is_kept(store: Store) -> None:
    data = warc_bytes(store, sealed(store), original=True)
    bodies = [r.content_stream().read() for r in ArchiveIterator(BytesIO(data)) if r.rec_type == "response"]
    assert PAGE in bodies


def test_blanking_leaves_other_bytes_as_they_are() -> None:
    body = b"\xff\xfe <p>Great doctor, truly great!</p> great things"
    runs = blanking.shingles(["Great doctor, truly great!"])
    assert blanking.blank(body, runs) == b"\xff\xfe <p>***** ******, ***** *****!</p> great things"
    assert blanking.blank(body, blanking.shingles([])) == body


def test_all_digests_agree_until_somebody_meddles(store: Store) -> None:
    sealed(store)
    good = verify(store)
    assert (good.bodies, good.captures, good.problems) == (2, 2, ())
    assert "all agree" in good.summary
    connection = sqlite3.connect(store.path)
    connection.execute("DROP TRIGGER body_is_written_once")
    connection.execute("DROP TRIGGER record_is_written_once")
    connection.execute("UPDATE body SET data = x'789c030000000001' WHERE id = 1")
    connection.execute("UPDATE record SET data = x'00' WHERE id = 1")
    connection.commit()
    connection.close()
    bad = verify(store)
    assert len(bad.problems) == 2
    assert "dr-ada-quill" in bad.problems[0]


def test_a_forgotten_mention_is_gone_with_its_reviews_pages_and_findings(store: Store) -> None:
    old, new = sealed(store, EARLIER), sealed(store)
    store.judge(Judgement(key="healthgrades:1", word="mine"))
    store.judge(Judgement(key=finding().key, word="waived"))
    gone = forget_key(store, "healthgrades:1")
    assert (gone.mentions, gone.findings, gone.captures, gone.words) == (4, 2, 2, 2)
    for made in (old, new):
        left = store.load(made.id)
        assert [one.key for one in left.mentions] == ["vitals:2"]
        assert [one.mention_key for one in left.findings] == ["vitals:2"]
    assert verify(store).problems == ()
    for file in store.path.parent.iterdir():
        assert b"mother" not in file.read_bytes()
    connection = sqlite3.connect(store.path)
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        connection.execute("UPDATE audit SET quarter = '2020-Q1'")
    connection.close()
    with pytest.raises(UsageError):
        forget_key(store, "healthgrades:1")


def test_a_forgotten_audit_leaves_the_others_whole(store: Store) -> None:
    old, new = sealed(store, EARLIER), sealed(store)
    assert "1 audit" in forget_audit(store, old.id).summary
    assert [one.id for one in store.audits()] == [new.id]
    assert store.load(new.id) == new
    assert verify(store).problems == ()


def test_forgetting_all_leaves_an_empty_store_and_no_copy(store: Store) -> None:
    sealed(store)
    gone = forget_all(store)
    assert (gone.audits, gone.captures) == (1, 2)
    assert store.audits() == ()
    assert not store.database.backup.exists()
    assert "nothing" in forget_all(store).summary
