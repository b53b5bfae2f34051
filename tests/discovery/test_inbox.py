from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.folder import INDEX, safe_name
from reputation.discovery.inbox import (
    ANSWERS,
    FILE_HEADER,
    OBSERVED,
    consume,
    import_paths,
    look,
    put_observation,
    read_inbox,
)
from reputation.discovery.observe import observation, read_observation
from reputation.errors import UsageError
from reputation.model import Access, By, Category, Source

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PROFILE_URL = "https://www.healthgrades.com/physician/dr-jane-roe-x1234"


def source(name: str, **fields: Any) -> Source:
    given = {
        "title": name.title(),
        "category": Category.RATINGS,
        "access": Access.MANUAL,
        "adapter": "saved_page",
    }
    return Source(id=name, **{**given, **fields})


SOURCES = (
    source(
        "google-news",
        access=Access.FEED,
        category=Category.NEWS,
        base_url="https://news.google.com/rss",
        engine="google-news",
    ),
    source(
        "serpapi-google",
        access=Access.API,
        category=Category.SEARCH,
        base_url="https://serpapi.com",
        engine="google",
    ),
    source("google", category=Category.SEARCH, engine="google", options={"hosts": ("google.com/search",)}),
    source("google-maps", options={"hosts": ("google.com/maps",)}),
    source("healthgrades", options={"hosts": ("healthgrades.com",)}),
    source("vitals", options={"hosts": ("vitals.com",)}),
    source(
        "nppes", access=Access.API, category=Category.REGISTRY, base_url="https://npiregistry.cms.hhs.gov/api"
    ),
    source(
        "brave",
        access=Access.API,
        category=Category.SEARCH,
        base_url="https://api.search.brave.com/res/v1",
        engine="brave",
    ),
    source("chatgpt", category=Category.ASSISTANT, options={"hosts": ("chatgpt.com",)}),
    source("own-pages", access=Access.PAGE, category=Category.OWN),
)


def profile_page(name: str = "Jane Roe", url: str = PROFILE_URL) -> bytes:
    said = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "Physician",
            "name": f"Dr. {name}",
            "telephone": "617-555-0134",
        }
    )
    return f'<!-- saved from url=(0055){url} --><html><head><title>Dr. {name}</title><script type="application/ld+json">{said}</script></head><body><h1>Dr. {name}</h1></body></html>'.encode()


GOOGLE_PAGE = b'<html itemtype="http://schema.org/SearchResultsPage"><head><title>jane roe - Google Search</title></head><body id="gsr"><div id="rso"><div class="g"><a href="https://example.com/"><h3>Jane Roe</h3></a></div></div></body></html>'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "workspace" / "inbox"


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# ---------------------------------------------------------------------------- in


def test_a_saved_page_becomes_a_capture_of_its_source(desk: Path, inbox: Path) -> None:
    path = put(desk, "Dr. Jane Roe – Healthgrades.html", profile_page())
    os.utime(path, (1_763_000_000, 1_763_000_000))
    (one,) = import_paths([path], inbox, sources=SOURCES)
    assert (one.sources, one.pages, one.problem, one.known) == (("healthgrades",), 1, None, False)
    (capture,) = read_inbox(inbox, SOURCES, NOW)
    assert (capture.source, capture.by, capture.status) == ("healthgrades", By.SAVED_PAGE, 200)
    assert capture.url == capture.request.url == PROFILE_URL
    assert capture.body == profile_page()
    assert capture.sha256 == hashlib.sha256(profile_page()).hexdigest()
    assert capture.fetched_at == datetime.fromtimestamp(1_763_000_000, UTC)


def test_the_inbox_is_private_and_file_names_are_harmless(desk: Path, inbox: Path) -> None:
    path = put(desk, "..%2f..%2fpasswd ;rm -rf.html", profile_page())
    (one,) = import_paths([path], inbox, sources=SOURCES)
    assert one.path is not None
    assert one.path.parent == inbox
    assert one.path.name.startswith(hashlib.sha256(profile_page()).hexdigest()[:12])
    assert stat.S_IMODE(one.path.stat().st_mode) == 0o600
    assert stat.S_IMODE((inbox / INDEX).stat().st_mode) == 0o600


@given(st.text(max_size=120))
def test_no_name_leaves_the_inbox(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert "/" not in safe
    assert "\\" not in safe
    assert not safe.startswith(".")
    assert len(safe) <= 80
    assert Path("inbox", safe).resolve().parent == Path("inbox").resolve()


def test_path_tricks_in_names_are_undone() -> None:
    assert safe_name("../../x") == "x"
    assert safe_name("..\\..\\boot.ini") == "boot.ini"
    assert safe_name(".index.json") == "index.json"
    assert safe_name("...") == "page"


def test_the_same_bytes_count_once(desk: Path, inbox: Path) -> None:
    first, second = put(desk, "a.html", profile_page()), put(desk, "again/b.html", profile_page())
    done = import_paths([first, second], inbox, sources=SOURCES)
    assert [one.known for one in done] == [False, True]
    assert done[0].path == done[1].path
    assert import_paths([first], inbox, sources=SOURCES)[0].known
    assert len(read_inbox(inbox, SOURCES, NOW)) == 1


def test_files_dropped_in_by_hand_work_the_same(desk: Path, inbox: Path) -> None:
    put(inbox, "roe.html", profile_page())
    put(inbox, "folder/google.html", GOOGLE_PAGE)
    put(inbox, "copy of roe.html", profile_page())
    assert sorted(capture.source for capture in read_inbox(inbox, SOURCES, NOW)) == ["google", "healthgrades"]


def test_folders_are_walked_without_the_trimmings_of_a_page(desk: Path, inbox: Path) -> None:
    put(desk, "Roe.html", profile_page())
    put(desk, "Roe_files/frame.html", b"<html><body>an advertisement</body></html>")
    put(desk, "Roe_files/style.css", b"p{}")
    put(desk, "picture.png", b"\x89PNG....")
    put(desk, ".hidden.html", profile_page("Hidden"))
    put(desk, "deep/er/google.html", GOOGLE_PAGE)
    (desk / "link.html").symlink_to("/etc/passwd")
    done = import_paths([desk], inbox, sources=SOURCES)
    assert sorted((Path(one.name).name, one.sources) for one in done) == [
        ("Roe.html", ("healthgrades",)),
        ("google.html", ("google",)),
    ]


def test_source_and_query_are_kept_with_the_file(desk: Path, inbox: Path) -> None:
    path = put(desk, "answer.txt", b"Dr. Jane Roe is a haematologist. See https://example.com/roe")
    import_paths([path], inbox, sources=SOURCES, source_id="chatgpt", query="who is Dr. Jane Roe?")
    (capture,) = read_inbox(inbox, SOURCES, NOW)
    assert (capture.source, capture.request.query, capture.media_type) == (
        "chatgpt",
        "who is Dr. Jane Roe?",
        "text/plain",
    )
    assert capture.url == "file:///answer.txt"


def test_an_unknown_source_is_a_wrong_command_line(desk: Path, inbox: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        import_paths([desk], inbox, sources=SOURCES, source_id="nowhere")


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (None, "missing.html", "no such file"),
        (b"", "empty.html", "empty"),
        (b"  \n", "blank.html", "empty"),
        (b"PK\x03\x04" + b"0" * 100, "pages.zip", "zip"),
        (b"%PDF-1.7", "roe.pdf", "PDF"),
        (b"MZ\x90\x00" * 30, "tool.exe", "cannot be read"),
        (b'{"log": {"entries": []}}', "visit.har", "content"),
        (b"bplist00rubbish", "roe.webarchive", "damaged"),
        (gzip.compress(profile_page(), mtime=0)[:40], "roe.html.gz", "cut off|damaged"),
        (b'{"anything": 1}', "reply.json", "whose page"),
        (
            b"<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>",
            "wall.html",
            "proof of a human",
        ),
    ],
)
def test_what_cannot_be_taken_is_told_in_one_plain_line(
    desk: Path, inbox: Path, data: bytes | None, name: str, why: str
) -> None:
    path = desk / name if data is None else put(desk, name, data)
    good = put(desk, "good.html", profile_page())
    bad, taken = import_paths([path, good], inbox, sources=SOURCES)
    assert bad.path is None
    assert bad.problem is not None
    assert "\n" not in bad.problem
    assert re.search(why, bad.problem)
    assert taken.problem is None
    assert len(read_inbox(inbox, SOURCES, NOW)) == 1


def test_a_bad_file_in_the_inbox_never_stops_the_rest(inbox: Path) -> None:
    put(inbox, "a.webarchive", b"bplist00rubbish")
    put(inbox, "b.html", profile_page())
    put(inbox, "c.html", b"")
    contents = look(inbox, SOURCES, NOW)
    assert [capture.source for capture in contents.captures] == ["healthgrades"]
    assert [one.name for one in contents.problems] == ["a.webarchive", "c.html"]


def test_an_inbox_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_inbox(tmp_path / "nowhere", SOURCES, NOW) == ()
    assert consume(tmp_path / "nowhere", ()) == ()


def test_a_damaged_index_is_as_good_as_none(inbox: Path) -> None:
    put(inbox, "a.html", profile_page())
    for text in ("{", "[]", '{"x": 3}'):
        (inbox / INDEX).write_text(text)
        assert len(read_inbox(inbox, SOURCES, NOW)) == 1


def test_a_file_of_the_future_was_saved_now(inbox: Path) -> None:
    path = put(inbox, "a.html", profile_page())
    later = (NOW + timedelta(days=30)).timestamp()
    os.utime(path, (later, later))
    assert read_inbox(inbox, SOURCES, NOW)[0].fetched_at == NOW
    assert read_inbox(inbox, SOURCES, NOW.replace(tzinfo=None))[0].fetched_at == NOW


# ---------------------------------------------------------------------------- whose page it is


def page_at(url: str) -> bytes:
    return f"<!-- saved from url=(0001){url} --><html><head><title>x</title></head><body><p>x</p></body></html>".encode()


@pytest.mark.parametrize(
    ("data", "owner"),
    [
        (page_at("https://www.google.com/search?q=jane+roe"), "google"),
        (page_at("https://www.google.de/search?q=jane+roe"), "google"),
        (page_at("https://www.google.com/maps/place/roe"), "google-maps"),
        (page_at("https://search.brave.com/search?q=jane+roe"), "brave"),
        (page_at("https://www.vitals.com/doctors/x"), "vitals"),
        (page_at("https://npiregistry.cms.hhs.gov/api/?number=1234567893"), "nppes"),
        (GOOGLE_PAGE, "google"),
        (b'{"result_count": 0, "results": []}', "nppes"),
        (b'{"search_metadata": {}, "search_parameters": {"engine": "google"}}', "serpapi-google"),
        (profile_page(url="https://roe-haematology.example.org/"), "own-pages"),
    ],
)
def test_whose_page_a_file_is(inbox: Path, data: bytes, owner: str) -> None:
    put(inbox, "page.json" if data.startswith(b"{") else "page.html", data)
    (capture,) = read_inbox(inbox, SOURCES, NOW)
    assert capture.source == owner


def test_a_page_of_another_site_than_claimed_is_refused(desk: Path, inbox: Path) -> None:
    pages = [put(desk, "a.html", profile_page()), put(desk, "b.html", GOOGLE_PAGE)]
    for one in import_paths(pages, inbox, sources=SOURCES, source_id="vitals"):
        assert one.path is None
        assert one.problem is not None
        assert "not of Vitals" in one.problem


def test_a_claim_that_the_page_does_not_contradict_is_believed(desk: Path, inbox: Path) -> None:
    paths = [put(desk, "a.html", page_at("https://pages.example.com/x")), put(desk, "b.html", GOOGLE_PAGE)]
    first = import_paths(paths[:1], inbox, sources=SOURCES, source_id="vitals")
    second = import_paths(paths[1:], inbox, sources=SOURCES, source_id="serpapi-google")
    assert [one.sources for one in (*first, *second)] == [("vitals",), ("serpapi-google",)]


def test_of_a_whole_visit_only_the_pages_of_sources_are_taken(desk: Path, inbox: Path) -> None:
    def entry(url: str, text: str) -> dict[str, Any]:
        return {
            "startedDateTime": "2026-11-20T10:00:00Z",
            "request": {"method": "GET", "url": url, "headers": [{"name": "Cookie", "value": "secret=1"}]},
            "response": {"status": 200, "content": {"mimeType": "text/html", "text": text}},
        }

    visit = {
        "log": {
            "entries": [
                entry(PROFILE_URL, "<html>x</html>"),
                entry("https://ads.example.com/", "<html>ad</html>"),
            ]
        }
    }
    path = put(desk, "visit.har", json.dumps(visit).encode())
    (one,) = import_paths([path], inbox, sources=SOURCES)
    assert (one.sources, one.pages) == (("healthgrades",), 1)
    assert one.path is not None
    assert b"secret" not in one.path.read_bytes()
    (capture,) = read_inbox(inbox, SOURCES, NOW)
    assert capture.fetched_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert import_paths([path], inbox, sources=SOURCES)[0].known


def test_a_page_in_an_old_encoding_is_read(inbox: Path) -> None:
    text = "<html><head><meta charset='iso-8859-1'><title>Müller - Bing</title></head><body><ol id='b_results'></ol></body></html>"
    put(inbox, "mueller.html", text.encode("cp1252"))
    bing = source("bing", category=Category.SEARCH, engine="bing")
    (capture,) = read_inbox(inbox, (*SOURCES, bing), NOW)
    assert capture.source == "bing"


# ---------------------------------------------------------------------------- observations and answers


def test_an_observation_waits_in_the_inbox_and_is_consumed(inbox: Path) -> None:
    seen = observation(SOURCES[4], rating=4.6, count=38, on=date(2026, 11, 20))
    assert put_observation(seen, inbox).parent == inbox
    put_observation(seen, inbox)
    (capture,) = read_inbox(inbox, SOURCES, NOW)
    assert (capture.by, capture.source, capture.body) == (By.OBSERVED, "healthgrades", seen.body)
    assert read_observation(capture)[0].rating_value == 4.6
    assert len(consume(inbox, [capture])) == 1
    assert read_inbox(inbox, SOURCES, NOW) == ()


def test_a_table_of_ratings_is_observations_and_its_bad_rows_are_told(desk: Path, inbox: Path) -> None:
    path = put(desk, "stars.csv", b"site,rating,count\nHealthgrades,4.6,38\nvitals,7,1\n")
    (one,) = import_paths([path], inbox, sources=SOURCES)
    assert (one.kind, one.sources, one.pages) == (OBSERVED, ("healthgrades",), 1)
    assert one.problem is not None
    assert one.problem.startswith("row 3")
    contents = look(inbox, SOURCES, NOW)
    assert [capture.by for capture in contents.captures] == [By.OBSERVED]
    assert len(contents.problems) == 1


def test_a_report_s_answers_are_handed_back_and_not_kept(desk: Path, inbox: Path) -> None:
    path = put(desk, "answers.json", b'{"schema_version": 1, "audit": "x", "answers": []}')
    (one,) = import_paths([path], inbox, sources=SOURCES)
    assert (one.kind, one.path) == (ANSWERS, path)
    assert read_inbox(inbox, SOURCES, NOW) == ()
    put(inbox, "answers.json", path.read_bytes())
    (told,) = look(inbox, SOURCES, NOW).problems
    assert told.kind == ANSWERS


# ---------------------------------------------------------------------------- out


def test_what_an_audit_has_read_is_consumed_and_nothing_else(inbox: Path) -> None:
    put(inbox, "a.html", profile_page())
    put(inbox, "a_files/x.css", b"p{}")
    put(inbox, "copy.html", profile_page())
    put(inbox, "broken.har", b'{"log": {"entries": []}}')
    captures = read_inbox(inbox, SOURCES, NOW)
    put(inbox, "late.html", GOOGLE_PAGE)
    assert sorted(consume(inbox, captures)) == ["a.html", "copy.html"]
    assert sorted(path.name for path in inbox.iterdir() if not path.name.startswith(".")) == [
        "broken.har",
        "late.html",
    ]
    assert consume(inbox, captures) == ()


def test_a_file_that_changed_since_it_was_read_stays(inbox: Path) -> None:
    path = put(inbox, "a.html", profile_page())
    captures = read_inbox(inbox, SOURCES, NOW)
    path.write_bytes(profile_page("Janet Roe"))
    assert consume(inbox, captures) == ()
    assert path.exists()


def test_captures_name_the_file_in_which_they_came(inbox: Path) -> None:
    path = put(inbox, "a.html", profile_page())
    (capture,) = read_inbox(inbox, SOURCES, NOW)
    assert dict(capture.headers)[FILE_HEADER] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_reading_twice_gives_the_same(inbox: Path) -> None:
    for n in range(5):
        put(inbox, f"{n}.html", profile_page(f"Jane {n}"))
    assert look(inbox, SOURCES, NOW) == look(inbox, SOURCES, NOW)
