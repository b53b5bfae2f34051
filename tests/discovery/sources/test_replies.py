"""Opening replies: bad input is an error with a reason, and never an empty answer."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.discovery.adapters import adapter_of
from reputation.discovery.sources import replies
from reputation.errors import AuthRefused, Blocked, Quota, SourceError, Unreadable
from reputation.model import Access
from tests.discovery.sources.captures import SOURCES, cases, expected, load, source_of
from tests.discovery.sources.making import capture

API = [source for source in SOURCES.values() if source.access in (Access.API, Access.FEED)]
DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ("", 200, Unreadable),
        ("   ", 200, Unreadable),
        ("<html><body>Maintenance</body></html>", 200, Unreadable),
        ("<html><body>Forbidden</body></html>", 403, Blocked),
        ("not json", 200, Unreadable),
        ('{"cut": "off', 200, Unreadable),
        (DEEP, 200, Unreadable),
        ("[1, 2]", 200, Unreadable),
        ('{"message": "no"}', 401, AuthRefused),
        ('{"message": "no"}', 403, AuthRefused),
        ('{"error": {"message": "You have exceeded your quota"}}', 403, Quota),
        ('{"error": "slow down"}', 429, Quota),
        ("", 429, Quota),
        ("<html>busy</html>", 503, Unreadable),
        ('{"detail": "pay"}', 402, Quota),
    ],
)
def test_each_bad_reply_is_the_right_error_in_one_line(
    body: str, status: int, error: type[SourceError]
) -> None:
    with pytest.raises(error) as raised:
        replies.read_object(capture(body, status))
    assert "\n" not in str(raised.value)
    assert ";" in str(raised.value)


@pytest.mark.parametrize("source", API, ids=lambda source: source.id)
@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body>Hello, this is a page.</body></html>",
        "{}}",
        "[[[[",
        DEEP,
        '{"unknown": 1}',
        "[3]",
        "null",
        '"x"',
    ],
)
def test_no_source_reads_nonsense_as_nothing(source: Any, body: str) -> None:
    with pytest.raises(SourceError):
        list(adapter_of(source).parse(source, capture(body)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def _damaged(value: Any, path: list[int], put: Any) -> Any:
    """Return `value` with what stands at `path` replaced."""
    if not path or not isinstance(value, dict | list) or not value:
        return put
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = keys[path[0] % len(keys)]
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = _damaged(value[key], path[1:], put)
    return copy


def _is_read(case: Path) -> bool:
    return (case / "body.json").is_file() and not any("raises" in one for one in expected(case))


BODIES = [(case, json.loads(load(case).body)) for case in cases() if _is_read(case)]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(range(len(BODIES))), st.lists(st.integers(0, 9), min_size=1, max_size=7), JSON)
def test_a_reply_with_any_part_replaced_is_read_or_refused_but_never_crashes(
    n: int, path: list[int], put: Any
) -> None:
    case, body = BODIES[n]
    source, real = source_of(case), load(case)
    damaged = json.dumps(_damaged(body, path, put)).encode()
    with suppress(SourceError):
        list(
            adapter_of(source).parse(
                source, capture(damaged, url=real.request.url, context=real.request.context)
            )
        )


def test_words_of_an_error_are_found_in_any_usual_shape() -> None:
    shapes: list[Any] = [
        {"error": "no"}, {"error": {"message": "no"}}, {"Errors": [{"description": "no"}]}, {"detail": [{"msg": "no"}]},
        {"errors": [{"detail": "no"}]}, {"message": [{"message": "no"}]},
    ]  # fmt: skip
    assert [replies.words_of(shape) for shape in shapes] == ["no"] * len(shapes)
    assert replies.words_of({}) is None


@given(st.text(max_size=30) | st.none() | st.integers() | st.booleans())
def test_text_is_one_line_or_nothing(value: Any) -> None:
    found = replies.text(value)
    assert found is None or (found == " ".join(found.split()) and found)


def test_figures_are_read_or_unknown_never_zero() -> None:
    assert (replies.number("4.6"), replies.number(""), replies.number(None), replies.number("nan?")) == (
        4.6,
        None,
        None,
        None,
    )
    assert (replies.count("1,234"), replies.count(-1), replies.count("x"), replies.count(0)) == (
        1234,
        None,
        None,
        0,
    )
    assert replies.text("--") is None


def test_a_stray_byte_of_another_encoding_costs_that_letter_alone() -> None:
    body = '{"name": "José Roe"}'.encode() + b" "
    assert replies.read_object(capture(body.replace(b"Roe", b"R\xe9e"))) == {"name": "José R\ufffde"}
    assert replies.read_object(capture('{"name": "José Müller"}'.encode("cp1252"))) == {"name": "José Müller"}
