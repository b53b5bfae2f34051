from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.names import (
    compare_names,
    family_frequency,
    given_frequency,
    nicknames_of,
    parse,
    title_case,
)

LABELLED = Path(__file__).parent / "labelled"
PAIRS: list[dict[str, Any]] = [
    json.loads(line) for line in (LABELLED / "name_pairs.jsonl").read_text("utf-8").splitlines()
]
PRINTED = sorted({pair[side] for pair in PAIRS for side in ("a", "b")})


@given(st.sampled_from(PRINTED), st.sampled_from(PRINTED))
def test_comparing_names_is_symmetric(a: str, b: str) -> None:
    assert compare_names(a, b) == compare_names(b, a)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared(a: str, b: str) -> None:
    assert compare_names(a, b) == compare_names(b, a)


@given(st.sampled_from(PRINTED))
def test_a_name_is_the_same_as_itself(name: str) -> None:
    assert compare_names(name, name) == "same"


@given(st.sampled_from(PAIRS), st.sampled_from(["upper", "lower", "title", "spaced"]))
def test_case_and_spacing_never_decide(pair: dict[str, str], way: str) -> None:
    a = "  ".join(pair["a"].split(" ")) if way == "spaced" else getattr(pair["a"], way)()
    if way == "title" and "'" in a:
        return  # str.title writes "O'Brien's" as no one does
    assert compare_names(a, pair["b"]) == compare_names(pair["a"], pair["b"])


@given(st.sampled_from(PAIRS), st.sampled_from([", MD", ", M.D., Ph.D.", ", DO, FACP", ", RN"]))
def test_credentials_never_decide(pair: dict[str, str], credentials: str) -> None:
    if len(pair["a"].replace(",", " ").split()) < 2:
        return
    assert compare_names(pair["a"] + credentials, pair["b"]) == compare_names(pair["a"], pair["b"])


def test_a_nickname_is_never_another_nickname() -> None:
    assert compare_names("Michael Brown", "Mike Brown") == "compatible"
    assert compare_names("Mickey Brown", "Shelley Brown") == "different"
    assert "mike" in nicknames_of("Michael")
    assert "michael" in nicknames_of("Mike")
    assert "michelle" not in nicknames_of("Michael")


def test_no_name_is_nobody() -> None:
    assert compare_names("", "Jane Roe") == "different"
    assert compare_names("", " ") == "same"


def test_parts_are_read_from_any_notation() -> None:
    name = parse("ROE-POE, JANE Q., M.D., Ph.D., FACP")
    assert (name.given, name.middle, name.family) == ("JANE", ("Q.",), ("ROE-POE",))
    assert name.credentials == ("MD", "PhD", "FACP")
    assert name.ordered
    other = parse("Dr. Robert “Bob” van der Berg Jr.")
    assert (other.title, other.given, other.family, other.suffix) == (
        "Dr.",
        "Robert",
        ("van", "der", "Berg"),
        "Jr",
    )
    assert other.nicknames == ("Bob",)
    assert parse("Jane Smith (née Doe)").former == ("Doe",)
    assert parse("").family == ()


@pytest.mark.parametrize("text", ["Jane Do", "John Ma, MD", "Smith, Do", "Dr. Ba"])
def test_a_short_family_name_is_no_degree(text: str) -> None:
    assert {word.lower() for word in (*parse(text).family, parse(text).given or "")} & {"do", "ma", "ba"}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("PATRICK O'BRIEN", "Patrick O'Brien"),
        ("ANGELA MCDONALD", "Angela McDonald"),
        ("JUAN DE LA CRUZ", "Juan de la Cruz"),
        ("JAN VAN DER BERG", "Jan van der Berg"),
        ("JANE ROE-POE III MD", "Jane Roe-Poe III MD"),
        ("Jane McRoe", "Jane McRoe"),
        ("", ""),
    ],
)
def test_capitals_become_the_case_people_write(printed: str, expected: str) -> None:
    assert title_case(printed) == expected


@given(st.sampled_from(PRINTED))
def test_title_case_twice_is_title_case_once(name: str) -> None:
    assert title_case(title_case(name.upper())) == title_case(name.upper())


def test_common_names_are_common() -> None:
    assert family_frequency("Smith") > 100 * family_frequency("Quillfeather")
    assert given_frequency("James") > 100 * given_frequency("Xanthe")
    assert family_frequency("Smith-Quillfeather") == family_frequency("Quillfeather")
    assert 0 < family_frequency("") < 1


def test_the_tables_are_small_and_load_fast() -> None:
    files = [Path(__file__).parent.parent / "data" / f"names_{kind}.txt.gz" for kind in ("family", "given")]
    assert sum(one.stat().st_size for one in files) < 400_000
    start = time.process_time()
    for one in files:
        _, *lines = gzip.decompress(one.read_bytes()).decode().splitlines()
        assert sum(len(line.split()) for line in lines) > 20_000
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize(
    "printed",
    [
        "Jane Roe, MD, FACS, FASMBS",
        "Jane Roe, CRNA DNAP",
        "Jane Roe, MD, FSIR, RPVI",
        "Jane Roe, MBBS, MRCP(UK)",
        "Jane Roe FRCS (Ed)",
        "Hon. Prof. Jane Roe OBE FRCP",
        "Dr.med. Jane Roe",
        "Univ.-Prof. Dr. med. univ. Jane Roe",
    ],
)
def test_an_unheard_of_credential_never_decides(printed: str) -> None:
    assert compare_names(printed, "Jane Roe") == "same"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Thanh Van Do, MD", "Thanh V. Do"),
        ("Hung Van Do", "Hung Do"),
        ("Wei Ling Ma, MD", "Wei-Ling Ma"),
        ("Wei Ling Ma", "Weiling Ma, DO"),
    ],
)
def test_a_family_name_that_may_be_a_degree_is_read_both_ways(a: str, b: str) -> None:
    assert compare_names(a, b) == "compatible"
    assert compare_names("Jane Roe DO", "Jane Roe") == "same"
    assert compare_names("Jane Ann Roe MA", "Jane Ann Do") == "different"


def test_a_letter_doubled_in_a_family_name_is_a_spelling() -> None:
    assert compare_names("Jane O'Neill", "Jane O'Neil") == "compatible"
    assert compare_names("Keely Roe", "Kelly Roe") == "different"
    assert compare_names("Maria Dela Cruz", "Maria de la Cruz") == "same"


def test_a_profession_in_brackets_is_no_nickname() -> None:
    assert compare_names("Dr Jane Roe (Cardiologist)", "Jane Roe") == "same"
    assert compare_names("Leah Roe", "Lea Roe") == "compatible"


def test_a_degree_behind_a_titled_family_name_is_no_given_name() -> None:
    """`Dr. Roe, DO` is a Dr. Roe, not a person called Do Roe."""
    assert compare_names("Dr. Roe, DO, FACP", "Jane Roe") == "compatible"
    assert compare_names("Dr. Roe, DO", "Dr. Roe") == "same"
