"""Files are written whole; links, pipes and devices stay what they are."""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from reputation.errors import Unwritable
from reputation.files import write_private

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes are otherwise there")


def test_a_link_stays_a_link_to_the_new_words(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "profile.toml").write_text("old")
    link = tmp_path / "profile.toml"
    link.symlink_to(Path("kept") / "profile.toml")
    write_private(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "kept" / "profile.toml").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "kept" / "profile.toml").stat().st_mode) == 0o600


def test_a_pipe_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    write_private(pipe, "words")
    reader.join(timeout=10)
    assert heard == [b"words"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="nothing was changed"):
        write_private(tmp_path, "words")
    assert tmp_path.is_dir()
