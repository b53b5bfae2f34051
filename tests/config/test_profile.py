"""profile.toml: what it may hold, and how its mistakes are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation import config
from reputation.errors import ConfigError, UsageError
from reputation.model import (
    Affiliation,
    BioFacts,
    Confirmation,
    Disclosure,
    Ids,
    License,
    Location,
    PersonName,
    Profile,
    Right,
    Specialty,
)

SMALLEST = '[right]\nself = true\n[name]\ngiven = "Jane"\nfamily = "Roe"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "profile.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> dict[str, tuple[int | None, str]]:
    with pytest.raises(ConfigError) as caught:
        config.load_profile(write(folder, text))
    return {problem.key: (problem.line, problem.what) for problem in caught.value.problems}


def test_a_name_and_a_right_are_enough(tmp_path: Path) -> None:
    profile = config.load_profile(write(tmp_path, SMALLEST))
    assert (profile.name.given, profile.name.family, profile.right.is_self) == ("Jane", "Roe", True)
    assert profile.ids.npi is None
    assert profile.name.middle is None


def test_every_mistake_is_told_at_once_with_its_line_and_what_to_write(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        '[right]\nself = "yes"\n[name]\ngiven = "Jane"\nfamly = "Roe"\n[ids]\nnpi = "1234567890"\n'
        '[[locations]]\ncity = "Boston"\n[[locations]]\npostal_code = "2115"\nzip = "02115"\n'
        '[[affiliations]]\nname = "Example Hospital"\nsince = "2019"\n',
    )
    assert found["right.self"] == (2, "must be true or false")
    assert found["name.family"][1] == "is missing and is needed"
    assert found["name.famly"] == (5, "`famly` is not a key here; did you mean `family`?")
    assert found["ids.npi"][0] == 7
    assert "check digit" in found["ids.npi"][1]
    assert found["locations.1.postal_code"][0] == 11
    assert found["locations.1.zip"][0] == 12
    assert found["affiliations.0.since"] == (
        15,
        '"2019" is text; write a date without quotes, such as 2024-07-01',
    )


def test_a_list_below_a_table_is_told_to_move_up(tmp_path: Path) -> None:
    found = problems(tmp_path, SMALLEST + 'websites = ["https://example.org"]\n')
    assert "move the line above the first [table]" in found["name.websites"][1]


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    found = problems(tmp_path, '[right]\nself = true\n[name\ngiven = "Jane"\n')
    ((line, what),) = found.values()
    assert line == 3
    assert "not TOML" in what


def test_a_delegate_needs_the_date_of_consent(tmp_path: Path) -> None:
    text = SMALLEST.replace("self = true", 'delegate_of = "Jane Roe, MD"')
    assert "date of consent" in problems(tmp_path, text)["right"][1]


def test_numbers_and_addresses_of_other_countries_are_welcome(tmp_path: Path) -> None:
    text = (
        SMALLEST
        + '[[locations]]\nphone = "55 5929 9240"\nstate = "Ciudad de México"\npostal_code = "W11 2AQ"\n'
    )
    (place,) = config.load_profile(write(tmp_path, text)).locations
    assert (place.phone, place.state, place.postal_code) == ("55 5929 9240", "Ciudad de México", "W11 2AQ")


@pytest.mark.parametrize(
    "entry",
    [
        '[confirmed]\n"locations.0.phone" = { confirmed_on = 2026-11-21 }\n',
        "[confirmed.locations.0.phone]\nconfirmed_on = 2026-11-21\n",
        "[confirmed.phone]\nconfirmed_on = 2026-11-21\n",
        "[confirmed.locations]\nconfirmed_on = 2026-11-21\n",
        "[confirmed.all]\nconfirmed_on = 2026-11-21\n",
    ],
)
def test_a_fact_is_confirmed_by_its_path_or_by_what_stands_above_it(tmp_path: Path, entry: str) -> None:
    place = '[[locations]]\nphone = "617-555-0134"\ncity = "Boston"\n'
    profile = config.load_profile(write(tmp_path, SMALLEST + place + entry))
    assert profile.is_confirmed("locations.0.phone")


def test_a_fact_with_an_origin_but_no_confirmation_is_unconfirmed(tmp_path: Path) -> None:
    entry = '[confirmed]\n"name.given" = { source = "nppes", as_of = 2018-05-08 }\n'
    profile = config.load_profile(write(tmp_path, SMALLEST + entry))
    assert not profile.is_confirmed("name.given")
    assert not profile.is_confirmed("name.family")


def test_a_wrong_confirmation_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, SMALLEST + '[confirmed]\n"name.given" = { confirmed = 2026-11-21 }\n')
    assert "did you mean `confirmed_on`" in found["confirmed.name.given"][1]


def test_confirming_keeps_the_file_as_it_is_but_for_the_dates(tmp_path: Path) -> None:
    path = write(tmp_path, "# my own remark\n" + SMALLEST)
    assert config.confirm(path, ["family"], date(2026, 11, 21)) == ("name.family",)
    assert path.read_text(encoding="utf-8").startswith("# my own remark\n[right]")
    profile = config.load_profile(path)
    assert profile.is_confirmed("name.family")
    assert not profile.is_confirmed("name.given")


def test_confirming_what_is_not_there_says_what_is(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"did you mean `name\.family`"):
        config.confirm(write(tmp_path, SMALLEST), ["name.famly"], date(2026, 11, 21))


words = st.text("abc äß\"'\\#[]=\n\t🙂", min_size=1, max_size=12).map(str.strip).filter(bool)
days = st.dates(date(1950, 1, 1), date(2030, 1, 1))


@given(words, st.lists(words, max_size=3), st.none() | words, days, st.booleans())
def test_what_is_written_is_read_back_to_the_same(
    word: str, several: list[str], perhaps: str | None, day: date, truth: bool
) -> None:
    profile = Profile(
        right=Right(delegate_of=word, consented_on=day),
        name=PersonName(given=word, family=word, middle=perhaps, credentials=tuple(several)),
        ids=Ids(npi="1234567893"),
        specialties=(Specialty(label=word, taxonomy_code="207RX0202X"),),
        locations=(Location(city=word, phone="617-555-0134", accepting_new_patients=truth),),
        affiliations=(Affiliation(name=word, short_names=tuple(several), since=day),),
        licenses=(License(state="MA", number=perhaps),),
        memberships=tuple(several),
        bio=BioFacts(statement=perhaps, disclosures=(Disclosure(what=word, until=day),)),
        confirmed={"name.given": Confirmation(as_of=day, source="nppes")},
    )
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        assert config.load_profile(write(Path(folder), config.profile_text(profile))) == profile


def test_how_attention_falls_is_chosen_by_name_and_is_no_criterion_of_facts(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    bare = '[right]\nself = true\n[name]\ngiven = "Jane"\nfamily = "Roe"\n'
    path.write_text(f'{bare}[page_one]\nexposure = "sistrix_2020"\n', encoding="utf-8")
    chosen = config.load_profile(path)
    assert chosen.exposure_curve == "sistrix_2020"
    path.write_text(config.profile_text(chosen), encoding="utf-8")
    assert config.load_profile(path) == chosen
    path.write_text(bare, encoding="utf-8")
    assert config.profile_digest(config.load_profile(path)) == config.profile_digest(chosen)
    path.write_text(f'{bare}[page_one]\nexposure = "linear"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"page_one\.exposure"):
        config.load_profile(path)
