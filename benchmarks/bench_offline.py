"""How long `run --offline` takes on 1,000 stored captures, and on twice as many: it must at most double."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reputation import resources

PAGE = "data/demo/2026-Q4/ratemds.html"
WORD = "4100017"


def make_workspace(folder: Path, pages: int) -> Path:
    """Make a workspace in which `pages` saved pages, each of another listing, have been audited once."""
    folder.mkdir()
    (folder / "profile.toml").write_text(resources.text("data/demo/profile.toml"), encoding="utf-8")
    saved = folder / "saved"
    saved.mkdir()
    page = resources.text(PAGE)
    for number in range(pages):
        text = page.replace(WORD, str(5_000_000 + number)).replace("rating-71", f"rating-{number}-71")
        (saved / f"{number}.html").write_text(text, encoding="utf-8")
    repaudit(folder, "import", "saved")
    repaudit(folder, "run", "--offline")
    return folder


def repaudit(folder: Path, *words: str) -> None:
    """Run the program in `folder`; 4 says that only saved pages were heard."""
    done = subprocess.run(
        [sys.executable, "-m", "reputation", *words],
        cwd=folder,
        capture_output=True,
        env=dict(os.environ),
        check=False,
    )
    if done.returncode not in (0, 4):
        raise SystemExit(done.stderr.decode())


def main() -> None:
    """Print the seconds for both sizes and fail where doubling more than doubles."""
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        for pages in (1_000, 2_000):
            workspace = make_workspace(Path(folder) / str(pages), pages)
            begun = time.perf_counter()
            repaudit(workspace, "run", "--offline")
            seconds[pages] = time.perf_counter() - begun
            print(f"run --offline on {pages:,} stored captures: {seconds[pages]:.1f} s")
    growth = seconds[2_000] / seconds[1_000]
    print(f"growth when doubled: {growth:.2f}")
    if growth > 2.0:
        raise SystemExit("doubling the captures more than doubled the time")


if __name__ == "__main__":
    main()
