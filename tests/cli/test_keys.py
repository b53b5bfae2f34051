"""Keys: told what they unlock, kept privately, tried on request, and never shown."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from reputation import resources
from tests.programs import one_line, repaudit
from tests.servers import Reply, serve

SECRET = "abc123-secret"


def test_a_key_says_what_it_unlocks_and_where_it_is(tmp_path: Path) -> None:
    listed = repaudit("key", "list", cwd=tmp_path, SERPER_API_KEY=SECRET)
    assert "SERPAPI_API_KEY: not here" in listed.stdout
    assert "SERPER_API_KEY: found in environment" in listed.stdout
    assert "terms:" in listed.stdout
    assert SECRET not in listed.stdout + listed.stderr
    one = repaudit("key", "list", "serpapi-bing", cwd=tmp_path)
    assert "SERPAPI_API_KEY" in one.stdout
    assert "SERPER_API_KEY" not in one.stdout


def test_a_key_is_read_from_standard_input_and_kept_out_of_the_workspace(tmp_path: Path) -> None:
    done = repaudit("key", "add", "brave", cwd=tmp_path, said=f"{SECRET}\n")
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout + done.stderr
    kept = Path(os.environ["REPAUDIT_CONFIG_DIR"]) / "keys" / "BRAVE_API_KEY"
    assert kept.read_text(encoding="utf-8").strip() == SECRET
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_key_or_no_name_of_one_is_told(tmp_path: Path) -> None:
    assert "no key" in one_line(repaudit("key", "add", "brave", cwd=tmp_path, said="two words\n"))
    done = repaudit("key", "add", "brav", cwd=tmp_path, said="x\n")
    assert done.returncode == 2
    assert "BRAVE_API_KEY" in one_line(done)


def test_a_key_is_tried_with_one_request_about_nobody_real(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(resources.text("data/demo/profile.toml"), encoding="utf-8")
    replies = [
        Reply(body=b'{"error": "Invalid API key."}', status=401),
        Reply(body=resources.data("data/demo/2026-Q4/google.json")),
    ]
    with serve(lambda _path: replies.pop()) as site:
        table = f'[serpapi-google]\nbase_url = "{site.url}"\npause_s = 0\n'
        (tmp_path / "sources.toml").write_text(table, encoding="utf-8")
        good = repaudit("key", "test", "SERPAPI_API_KEY", cwd=tmp_path, SERPAPI_API_KEY=SECRET)
        refused = repaudit("key", "test", "SERPAPI_API_KEY", cwd=tmp_path, SERPAPI_API_KEY=SECRET)
    assert len(site.asked) == 2
    assert not any("Halloran" in path for path in site.asked)
    assert (good.returncode, refused.returncode) == (0, 4)
    assert "auth" in refused.stdout
    assert SECRET not in good.stdout + good.stderr + refused.stdout + refused.stderr
