"""The copy page in a real Chromium: it copies exactly, counts as the platforms do, and anybody can work it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reputation.dissemination.bio import tell_all
from reputation.dissemination.formats import copy_page
from reputation.dissemination.practice import practice_page
from reputation.model import Bio, BioFacts, PersonName, Profile
from tests.dissemination.test_bio import NOW, ROE
from tests.dissemination.test_formats import JANE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MANY = replace(
    JANE,
    name=PersonName(given="Zoë", family="Nguyễn-Müller", credentials=("MD", "PhD")),
    bio=BioFacts(
        statement="Care begins with listening 👩‍⚕️👨‍👩‍👧‍👦. It ends with an answer 🇺🇸. 私は患者の話を聞きます。 أشرح كل خيار بكلمات بسيطة.",
        interests=("Breast cancer", "疼痛"),
        views_are_my_own=True,
    ),
)
COUNTERS = """(text) => {
  const cut = [...new Intl.Segmenter("en", {granularity: "grapheme"}).segment(text)].map(one => one.segment);
  const light = code => code <= 4351 || (code >= 8192 && code <= 8205) || (code >= 8208 && code <= 8223) || (code >= 8242 && code <= 8247);
  const pictured = one => /\\p{Extended_Pictographic}|\\p{RI}/u.test(one) && !/^[#*0-9©®™]$/u.test(one);
  const weight = cut.map(one => pictured(one) ? 2 : [...one].reduce((n, c) => n + (light(c.codePointAt(0)) ? 1 : 2), 0)).reduce((a, b) => a + b, 0);
  return {graphemes: cut.length, utf16: text.length, bytes: new Blob([text]).size, words: text.split(/\\s+/).filter(Boolean).length,
          codepoints: [...text.normalize("NFC")].length, x_weighted: Math.max(weight, [...text.normalize("NFC")].length)};
}"""
"""The units counted by the browser's own means: a third hand, beside the program's and the test's."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        if os.environ.get("REPAUDIT_REQUIRE_BROWSER") == "1":
            pytest.fail("no Chromium is on this machine, and REPAUDIT_REQUIRE_BROWSER=1 asks for one")
        pytest.skip("no Chromium is on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield launched
        launched.close()


class Opened:
    """A page that was opened, with all that it said and asked for."""

    def __init__(self, browser: Browser, file: Path, width: int, *, dark: bool = False) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page: Page = browser.new_page(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
        )
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def serious(self) -> list[Any]:
        """What axe-core calls serious or critical, the rules of WCAG 2.2 AA among them."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [
            (one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")
        ]


def written(tmp_path: Path, profile: Profile, *platforms: str) -> tuple[Path, list[Bio]]:
    told = [bio for bio in tell_all(profile, (), NOW) if bio.text]
    bios = [bio for bio in told if not platforms or bio.platform in platforms]
    file = tmp_path / "index.html"
    file.write_text(copy_page(profile, bios, on=NOW.date()), encoding="utf-8")
    return file, bios


def test_every_button_copies_exactly_its_text(browser: Browser, tmp_path: Path) -> None:
    file, bios = written(tmp_path, MANY)
    opened = Opened(browser, file, 1280)
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copied = []
    for field in page.locator("article.field").all():
        field.locator("button").click()
        label = field.locator("textarea").get_attribute("aria-label")
        page.wait_for_function(
            "label => document.getElementById('said').textContent === 'Copied: ' + label", arg=label
        )
        copied.append(page.evaluate("navigator.clipboard.readText()"))
    assert {bio.text for bio in bios} <= set(copied)
    assert len(copied) > len(bios)
    assert opened.said == []
    assert opened.asked == [file.as_uri()]
    page.close()


def test_each_count_is_that_of_the_browser_itself(browser: Browser, tmp_path: Path) -> None:
    file, bios = written(tmp_path, MANY)
    page = Opened(browser, file, 1280).page
    for bio in bios:
        counted = page.evaluate(COUNTERS, bio.text)
        unit = "graphemes" if bio.unit == "mastodon" and "http" not in bio.text else bio.unit.value
        if unit in counted and not (unit == "x_weighted" and "post" in bio.field):
            assert counted[unit] == bio.length, (bio.platform, bio.field)
    page.close()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
def test_axe_finds_nothing_serious_on_any_screen(
    browser: Browser, tmp_path: Path, width: int, dark: bool
) -> None:
    file, _ = written(tmp_path, JANE, "x", "doximity", "bluesky", "practice_website")
    opened = Opened(browser, file, width, dark=dark)
    assert opened.serious() == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.get_by_role("img", name="QR code of the card").count() == 1
    opened.page.evaluate("document.querySelector('textarea').removeAttribute('aria-label')")
    assert [name for name, _ in opened.serious()] == ["label"]
    opened.page.close()
    page = tmp_path / "practice.html"
    page.write_text(practice_page(JANE), encoding="utf-8")
    practice = Opened(browser, page, width)
    assert practice.serious() == []
    assert (practice.said, practice.asked) == ([], [page.as_uri()])
    practice.page.close()


def test_a_keyboard_is_enough(browser: Browser, tmp_path: Path) -> None:
    file, _ = written(tmp_path, ROE, "x", "linkedin")
    opened = Opened(browser, file, 320)
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the fields"
    page.keyboard.press("Tab")
    area = page.evaluate("document.activeElement.value")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('said').textContent.startsWith('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == area
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("#progress").inner_text().startswith("1 of ")
    assert opened.said == []
    page.close()
