"""Measures the reader against recorded pages beside the checkout; skipped where they are not.

`tests/answers/pages.tsv` holds figures and dates.  Names, phones and addresses, "@" in the key, are looked up in
the recordings' own `facts.json`, and profile files are known by a digest of their name, so that nobody is named here.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reputation.discovery.page import read_page
from reputation.errors import Blocked, ReputationError, Unreadable
from reputation.model import Kind, Mention
from reputation.normalize import fold

ROOT = Path(__file__).parents[3]
PAGES = ROOT / ".." / "shared" / "recordings" / "pages"
KEY = ROOT / "tests" / "answers" / "pages.tsv"
pytestmark = [
    pytest.mark.recordings,
    pytest.mark.skipif(not (PAGES / "facts.json").exists(), reason="no recordings beside the checkout"),
]

Told = tuple[Mention, ...] | Exception


@cache
def facts() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads((PAGES / "facts.json").read_text(encoding="utf-8"))
    return loaded


@cache
def files() -> dict[str, str]:
    """Every recorded page by its path, and profiles by the digest that stands in the key."""
    found = {}
    for path in facts():
        folder, name = path.rsplit("/", 1)
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        found[f"{folder}/#{digest}" if path.startswith("profiles/") else path] = path
    return found


@cache
def told(path: str) -> Told:
    try:
        return read_page((PAGES / path).read_bytes(), path)
    except ReputationError as error:
        return error


def rows() -> list[tuple[str, str, str]]:
    with KEY.open(encoding="utf-8") as lines:
        return [(row["path"], row["field"], row["expected"]) for row in csv.DictReader(lines, delimiter="\t")]


# ---------------------------------------------------------------------------- how a fact is compared


def plain(text: object) -> str:
    return re.sub(r"[\W_]+", " ", fold(str(text))).strip()


def digits(text: object) -> str:
    return re.sub(r"\D", "", str(text))[-10:]


def claims(mentions: tuple[Mention, ...], *fields: str) -> list[str]:
    return [value for mention in mentions[:2] for field in fields for value in mention.claimed(field)]


def subject(mentions: tuple[Mention, ...]) -> Mention:
    listed = [mention for mention in mentions if mention.kind in (Kind.LISTING, Kind.PROFILE)]
    return (listed or list(mentions))[0]


def reviews(mentions: tuple[Mention, ...]) -> list[Mention]:
    return [mention for mention in mentions if mention.kind is Kind.REVIEW]


def number(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"


def same_words(expected: object, found: list[str]) -> bool:
    return any(plain(expected) == plain(one) or plain(expected) in plain(one) for one in found)


def every(expected: object, test: Callable[[object], bool]) -> bool:
    return all(test(one) for one in (expected if isinstance(expected, list) else [expected]))


def has_address(expected: object, mentions: tuple[Mention, ...]) -> bool:
    """Every word of the printed address is claimed; what stands in brackets is a remark."""
    fields = ("street_address", "address_locality", "address_region", "postal_code", "address_country")
    said = plain(" ".join(claims(mentions, *fields))).split()
    wanted = plain(re.sub(r"\(.*?\)", "", str(expected))).split()
    return bool(said) and all(word in said for word in wanted)


def figures(mentions: list[Mention], count: int | None = None) -> str:
    return " ".join(
        f"{number(one.rating_value)}/{one.review_count or one.rating_count}" for one in mentions[:count]
    )


def compare(field: str, expected: str, fact: dict[str, Any], mentions: tuple[Mention, ...]) -> bool:
    if field in _FIGURES:
        return _FIGURES[field](mentions) == expected
    if expected == "none":
        return not claims(mentions, field) if field != "address" else not claims(mentions, "street_address")
    if field == "count":
        return int(expected) in (subject(mentions).rating_count, subject(mentions).review_count)
    return _WORDS[field](fact.get(field), mentions)


def _dates(mentions: tuple[Mention, ...]) -> list[str]:
    return [one.date_published for one in reviews(mentions) if one.date_published]


def _counted(field: str) -> Callable[[tuple[Mention, ...]], str]:
    return lambda mentions: re.sub(r"\D", "", next(iter(claims(mentions, field)), ""))


_FIGURES: dict[str, Callable[[tuple[Mention, ...]], str]] = {
    "rating_value": lambda m: number(subject(m).rating_value),
    "best_rating": lambda m: number(subject(m).best_rating),
    "worst_rating": lambda m: number(subject(m).worst_rating),
    "review_count": lambda m: str(subject(m).review_count),
    "reviews": lambda m: str(len(reviews(m))),
    "review_ratings": lambda m: " ".join(number(one.rating_value) for one in reviews(m)),
    "review_histogram": lambda m: " ".join(
        f"{stars}:{n}" for stars, n in sorted(Counter(number(one.rating_value) for one in reviews(m)).items())
    ),
    "review_dates": lambda m: " ".join(_dates(m)),
    "review_figures": lambda m: " ".join(
        f"{one.date_published}/{number(one.rating_value)}" for one in reviews(m)
    ),
    "newest_review": lambda m: max(_dates(m), default=""),
    "oldest_review": lambda m: min(_dates(m), default=""),
    "date_published": lambda m: m[0].date_published or "",
    "cards": lambda m: str(len(m)),
    "card_figures": lambda m: figures(list(m)),
    "first_card_figures": lambda m: figures(list(m), 3),
    "articles": lambda m: str(sum(one.kind is Kind.ARTICLE for one in m)),
    "posts": lambda m: str(sum(one.kind is Kind.POST for one in m)),
    **{
        name: _counted(field)
        for name, field in (
            ("likes", "likes"),
            ("followers", "followers"),
            ("following", "following"),
            ("tweets", "posts"),
            ("citations_all", "citations"),
            ("citations_recent", "citations_recent"),
            ("h_index", "h_index"),
            ("h_recent", "h_index_recent"),
            ("i10", "i10_index"),
            ("i10_recent", "i10_index_recent"),
            ("score", "score"),
            ("comment_count", "comment_count"),
        )
    },
}


def _claimed(*fields: str) -> Callable[[Any, tuple[Mention, ...]], bool]:
    return lambda fact, mentions: every(fact, lambda one: same_words(one, claims(mentions, *fields)))


def _dialled(*fields: str) -> Callable[[Any, tuple[Mention, ...]], bool]:
    return lambda fact, mentions: every(
        fact, lambda one: digits(one) in [digits(value) for value in claims(mentions, *fields)]
    )


def _labels(fact: Any, mentions: tuple[Mention, ...]) -> bool:
    numbers = {digits(value) for value in claims(mentions, "telephone", "fax_number")}
    found = [digits(one) in numbers for one in fact["TEL"]]
    found += [one in claims(mentions, "email") for one in fact["EMAIL"]]
    return all(found)


_WORDS: dict[str, Callable[[Any, tuple[Mention, ...]], bool]] = {
    "name": lambda fact, m: same_words(fact, [subject(m).title, *claims(m, "name")]),
    "title": lambda fact, m: (
        same_words(fact, [m[0].title]) or any(plain(one) in plain(fact) for one in claims(m, "name"))
    ),
    "phone": _dialled("telephone"),
    "phones": _dialled("telephone"),
    "phones_include": _dialled("telephone"),
    "main_phone": lambda fact, m: digits(next(iter(claims(m, "telephone")), "")) == digits(fact),
    "appointments": _dialled("telephone"),
    "nurseline": _dialled("telephone"),
    "fax": _dialled("fax_number"),
    "address": has_address,
    "addresses": lambda fact, m: every(fact, lambda one: has_address(one, m)),
    "city": lambda fact, m: plain(fact) == plain(" ".join(claims(m, "address_locality", "address_region"))),
    "specialty": _claimed("specialty"),
    "practice": _claimed("affiliation"),
    "practices": _claimed("affiliation"),
    "affiliation": _claimed("affiliation"),
    "degrees": _claimed("credential"),
    "licence_no": _claimed("license"),
    "languages": _claimed("language"),
    "website": _claimed("url"),
    "url": lambda fact, m: same_words(fact, [m[0].url, *claims(m, "url")]),
    "canonical": lambda fact, m: same_words(fact, [m[0].url]),
    "id": lambda fact, m: str(fact) in m[0].key,
    "email": _claimed("email"),
    "jobTitle": _claimed("job_title"),
    "usNPI": _claimed("npi"),
    "publisher": _claimed("publisher"),
    "author": _claimed("author"),
    "handle": _claimed("alternate_name"),
    "location": _claimed("address_locality"),
    "bio": _claimed("description"),
    "labels": _labels,
    "card_names": lambda _, m: [one.title for one in m] == [row[0] for row in _cards(m)],
    "first_card_names": lambda _, m: [one.title for one in m[:3]] == [row[0] for row in _cards(m)],
    "first_address": lambda fact, m: has_address(fact, m[:1]),
    "first_profile_url": lambda fact, m: m[0].url.endswith(str(fact)),
}


def _cards(mentions: tuple[Mention, ...]) -> list[list[Any]]:
    for fact in facts().values():
        cards: list[list[Any]] = (
            fact.get("cards_name_rating_count") or (fact.get("first_3") if "jsonld" in fact else None) or []
        )
        if cards and cards[0][0] == mentions[0].title:
            return cards
    return []


# ---------------------------------------------------------------------------- the measurements


def right(path: str, field: str, expected: str) -> bool:
    real = files().get(path)
    if real is None:
        return False
    found = told(real)
    if field == "outcome":
        return {
            "blocked": isinstance(found, Blocked),
            "unreadable": isinstance(found, Unreadable),
            "not blocked": not isinstance(found, Blocked),
            "no crash": isinstance(found, tuple | ReputationError),
        }[expected]
    if isinstance(found, Exception) or not found:
        return False
    return compare(field, expected, facts()[real], found)


def test_at_least_97_of_100_facts_of_the_recorded_pages_are_read() -> None:
    wrong = [(path, field) for path, field, expected in rows() if not right(path, field, expected)]
    everything = len(rows())
    assert len(wrong) <= everything * 0.03, f"{everything - len(wrong)} of {everything} right; wrong: {wrong}"


def test_no_recorded_wall_or_error_page_is_read_as_empty() -> None:
    for path, field, expected in rows():
        if field == "outcome" and expected in ("blocked", "unreadable"):
            assert right(path, field, expected), path


def test_no_malformed_file_takes_longer_than_two_seconds() -> None:
    for path in sorted((PAGES / "malformed").rglob("*.*")):
        start = time.perf_counter()
        with contextlib.suppress(ReputationError):
            read_page(path.read_bytes(), path.name)
        assert time.perf_counter() - start < 2, path.name


def test_the_directories_rendered_to_text_agree_with_their_answer_key() -> None:
    folder = PAGES / "profiles" / "rendered_markdown"
    for path in sorted(folder.glob("*.md")):
        platform, rest = path.stem.split("-", 1)
        provider, _, pattern = rest.partition(".")
        with next(folder.glob("*.tsv")).open(encoding="utf-8") as lines:
            keyed = [
                row
                for row in csv.DictReader(lines, delimiter="\t")
                if row["platform"] == platform
                and row["provider_id"] == provider
                and row["rating_pattern"] in ("", pattern)
            ]
        (row,) = keyed
        listed = read_page(path.read_bytes(), row["url"], "text/markdown")[0]
        assert listed.title == row["page_provider_name"]
        assert number(listed.rating_value) == number(float(row["rating"]))
        assert not row["review_count"] or int(row["review_count"]) in (
            listed.rating_count,
            listed.review_count,
        )
        assert listed.source == platform


def test_the_newest_review_is_the_latest_date_not_the_first() -> None:
    checked = [row for row in rows() if row[1] == "newest_review"]
    assert checked
    for path, field, expected in checked:
        assert date.fromisoformat(expected)
        assert right(path, field, expected), path
