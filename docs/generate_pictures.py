"""Writes the README's pictures from the demonstration, in a real Chromium: `make pictures`."""

from __future__ import annotations

import base64
import contextlib
import io
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = Path(__file__).parent / "pictures"
WIDTH_PX, HEIGHT_PX = 1120, 820


def main() -> None:
    """Make the demonstration once, and photograph what a clinician, an administrator and a mail program show."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = _pages(Path(folder))
        found = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=found)
        for name, page in pages.items():
            _photograph(browser, page, PICTURES / f"{name}.png")
        browser.close()


def _pages(folder: Path) -> dict[str, Path]:
    """Return the pages to photograph, by the picture's name."""
    from reputation.cli.demonstration import demonstrate
    from reputation.defense.store import open_store
    from reputation.report.html import render_html
    from reputation.report.mail import digest_parts

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        demonstrate(folder / "demo")
    with open_store(folder / "demo" / "audits.db") as store:
        audit = store.load("2026-Q4")
    parts = digest_parts(audit)
    mail = parts.html
    for one in parts.pictures:
        mail = mail.replace(f"cid:{one.cid}", f"data:image/png;base64,{base64.b64encode(one.png).decode()}")
    texts = {"report": render_html(audit), "worklist": render_html(audit, "admin"), "mail": mail}
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in texts}


def _photograph(browser: Browser, page: Path, picture: Path) -> None:
    shown = browser.new_page(viewport={"width": WIDTH_PX, "height": HEIGHT_PX}, color_scheme="light")
    shown.goto(page.as_uri())
    shown.screenshot(path=picture)
    shown.close()
    print(f"{picture}: {picture.stat().st_size // 1000} kB")  # noqa: T201  a script's answer


if __name__ == "__main__":
    main()
