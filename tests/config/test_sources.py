"""sources.toml: the shipped registry and the workspace's own laid over it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from reputation import config
from reputation.errors import ConfigError
from reputation.model import Access, Source


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def named(sources: tuple[Source, ...], name: str) -> Source:
    return next(source for source in sources if source.id == name)


def test_the_shipped_registry_is_without_mistakes_and_knows_that_ask_is_gone() -> None:
    sources = config.load_sources()
    assert named(sources, "nppes").access is Access.API
    assert named(sources, "ask").access is Access.RETIRED
    assert named(sources, "ask").retired_on is not None
    assert not any(source.trusted_host for source in sources)


def test_the_workspace_overrides_single_keys_and_names_the_hosts_it_trusts(tmp_path: Path) -> None:
    path = write(tmp_path, '[nppes]\nbase_url = "http://127.0.0.1:8080/nppes"\npause_s = 0\n')
    source = named(config.load_sources(path), "nppes")
    assert (source.base_url, source.pause_s, source.trusted_host) == ("http://127.0.0.1:8080/nppes", 0, True)
    assert source.title == named(config.load_sources(), "nppes").title
    assert not named(config.load_sources(path), "pubmed").trusted_host


def test_an_unknown_source_is_asked_what_was_meant(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no source `healthgrade`; did you mean `healthgrades`"):
        config.load_sources(write(tmp_path, "[healthgrade]\nenabled = false\n"))


def test_a_new_source_needs_four_keys(tmp_path: Path) -> None:
    text = '[my-society]\ntitle = "My society"\ncategory = "society"\naccess = "manual"\nadapter = "saved_page"\n'
    assert named(config.load_sources(write(tmp_path, text)), "my-society").enabled


def test_a_file_that_is_not_there_is_told_and_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"sourcse\.toml: it is not there"):
        config.load_sources(tmp_path / "sourcse.toml")


def test_a_number_out_of_range_is_told_with_what_may_stand_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"pause_s: -1 is too small; write 0 or more"):
        config.load_sources(write(tmp_path, "[nppes]\npause_s = -1\n"))
    with pytest.raises(ConfigError, match=r"pause_s: 9999 is too large; write 3600 or less"):
        config.load_sources(write(tmp_path, "[nppes]\npause_s = 9999\n"))


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = '[nppes]\npause_s = "1"\nbase_url = "npiregistry"\nenabld = true\n[pubmed]\ncategory = "papers"\n'
    with pytest.raises(ConfigError) as caught:
        config.load_sources(write(tmp_path, text))
    found = {problem.key: problem for problem in caught.value.problems}
    assert {"nppes.pause_s", "nppes.base_url", "nppes.enabld", "pubmed.category"} == set(found)
    assert found["pubmed.category"].line == 6
    assert "did you mean `enabled`" in found["nppes.enabld"].what


def test_the_network_table_is_no_source(tmp_path: Path) -> None:
    path = write(tmp_path, '[network]\nproxy = "http://127.0.0.1:3128"\n')
    assert config.load_network(path).proxy == "http://127.0.0.1:3128"
    assert config.load_sources(path) == config.load_sources()


def test_a_missing_authority_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no file"):
        config.load_network(write(tmp_path, '[network]\nca_file = "gone.pem"\n'))


def test_the_environment_comes_before_the_file_it_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    file.write_text("from-file\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("SERPAPI_API_KEY_FILE", str(file))
    assert config.find_key("SERPAPI_API_KEY") == "from-file"
    monkeypatch.setenv("SERPAPI_API_KEY", "from-environment")
    assert config.find_key("SERPAPI_API_KEY") == "from-environment"


def test_a_key_file_that_others_can_read_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("secret-word\n", encoding="utf-8")
    file.chmod(0o644)
    monkeypatch.setenv("SERPAPI_API_KEY_FILE", str(file))
    with pytest.raises(ConfigError, match="open to others") as caught:
        config.find_key("SERPAPI_API_KEY")
    assert "secret-word" not in str(caught.value)


def test_a_kept_key_is_private_where_there_is_no_keyring() -> None:
    place = Path(config.keep_key("BRAVE_API_KEY", "word"))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert config.find_key("BRAVE_API_KEY") == "word"
