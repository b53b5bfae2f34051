"""What programs import from `reputation`."""

from __future__ import annotations

import subprocess
import sys

import pytest

import reputation


@pytest.mark.parametrize("name", reputation.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(reputation, name) is not None


def test_the_public_names_are_sorted_and_no_other_is_given() -> None:
    assert sorted(reputation.__all__) == reputation.__all__
    with pytest.raises(AttributeError):
        reputation.no_such_name  # noqa: B018 (the access is what is tested)


def test_importing_the_package_imports_no_library() -> None:
    code = "import sys, reputation; print([m for m in sys.modules if m.split('.')[0] in ('httpx','pydantic','sqlalchemy','jinja2')])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_a_mention_can_be_made_by_hand_with_lists_and_words() -> None:
    mention = reputation.Mention(
        source="pubmed",
        kind="article",  # type: ignore[arg-type]  # a caller's plain word
        url="https://pubmed.ncbi.nlm.nih.gov/1/",
        title="A paper",
        claims=[reputation.Claim("co_author", "Jane Roe"), {"field": "affiliation", "value": "EUH"}],  # type: ignore[arg-type]  # and lists of dicts
    )
    assert mention.claimed("affiliation") == ("EUH",)
    assert mention.sources == ("pubmed",)
    assert mention.kind.value == "article"
