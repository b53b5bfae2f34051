"""The pages in a real Chromium: silent, still, within the screen, and doing what their buttons say."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reputation.dissemination.bio import tell_all, tell_bio
from reputation.dissemination.formats import copy_page
from reputation.model import Signoff
from reputation.report.answers import read_answers
from reputation.report.html import render_html
from tests.report.hostile import PAYLOADS, poisoned
from tests.report.sample import NOW, PROFILE, sample
from tests.report.test_every_field import journal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
WIDTHS = (320, 768, 1280)
PAPER_PX = 700
"""US Letter between the margins, at 96 to the inch."""


def chromium() -> str | None:
    """Where a Chromium is, if anywhere."""
    return next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (found := shutil.which(name))
        ),
        None,
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
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


class Watched:
    """A page under watch: what it said, what it asked for."""

    def __init__(self, browser: Browser, file: Path, width: int = 1280, *, dark: bool = False) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page: Page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def check(self, file: Path, width: int) -> None:
        """Fail if it spoke, asked for anything but itself, or is wider than the screen with all opened."""
        self.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.close()
        assert self.said == []
        assert self.asked == [file.as_uri()]
        assert wide <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("edition", ["clinician", "admin"])
def test_the_report_is_silent_asks_for_nothing_and_fits(
    browser: Browser, tmp_path: Path, edition: str, width: int
) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_html(sample(), edition, done=journal("Correct the number")), encoding="utf-8")
    Watched(browser, file, width, dark=width == 768).check(file, width)


@pytest.mark.parametrize("payload", [PAYLOADS[n] for n in (0, 1, 2, 6, 13)] + ["W" * 600])
def test_a_hostile_report_is_silent_and_fits_too(browser: Browser, tmp_path: Path, payload: str) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_html(poisoned(sample(), payload)), encoding="utf-8")
    Watched(browser, file, 320).check(file, 320)


def test_the_list_can_be_filtered_and_a_link_opens_what_it_points_to(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_html(sample()), encoding="utf-8")
    page = Watched(browser, file).page
    page.locator("#everything > details > summary").click()
    page.locator("select[name=kind]").select_option("article")
    assert page.locator("#found > li:visible").count() == 1
    assert page.locator("#filter-count").inner_text() == "1 of 6 shown"
    page.locator("select[name=kind]").select_option("")
    page.locator("input[name=word]").fill("survivorship")
    assert page.locator("#found > li:visible").count() == 1
    page.close()


def test_reviews_can_be_put_in_order_of_tone(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_html(sample()), encoding="utf-8")
    page = Watched(browser, file).page
    first = page.locator("#reviews > li .tag").first
    assert first.inner_text() == "negative"
    page.locator("select[name=by]").select_option("-1")
    assert first.inner_text() == "positive"
    page.locator("select[name=by]").select_option("")
    assert first.inner_text() == "negative"
    page.close()


def test_answers_are_saved_as_a_file_that_is_understood(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_html(sample()), encoding="utf-8")
    watched = Watched(browser, file)
    page = watched.page
    assert page.locator("#answers").is_hidden()
    page.get_by_role("button", name="not me").click()
    page.get_by_role("textbox", name="Note").nth(-1).fill("I do not run")
    page.get_by_role("button", name="inaccurate").click()
    page.get_by_role("button", name="fair", exact=True).first.click()
    page.get_by_role("button", name="done").first.click()
    page.get_by_role("button", name="done").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save answers.json").click()
    download = waiting.value
    assert download.suggested_filename == "answers.json"
    download.save_as(tmp_path / "answers.json")
    page.close()
    assert watched.said == []
    read = read_answers((tmp_path / "answers.json").read_bytes(), sample(), NOW)
    assert [(one.key, one.word, one.note) for one in read.judgements] == [
        ("serpapi-google:maybe", "not-mine", "I do not run")
    ]
    assert read.signoff == Signoff(accurate=False, fair=True, signed_at=NOW)


def test_the_report_reads_without_its_script(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_html(sample()), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("#filter").is_hidden()
    page.locator("#everything > details > summary").click()
    assert page.locator("#found > li:visible").count() == 6
    context.close()


def test_the_report_prints(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_html(sample()), encoding="utf-8")
    page = Watched(browser, file).page
    printed = page.pdf(format="Letter")
    page.close()
    assert printed.startswith(b"%PDF-")
    assert len(printed) > 20_000


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("edition", ["clinician", "admin"])
def test_axe_finds_no_violation_with_everything_open(
    browser: Browser, tmp_path: Path, edition: str, dark: bool
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "report.html"
    file.write_text(render_html(sample(), edition, done=journal("Correct the number")), encoding="utf-8")
    page = Watched(browser, file, dark=dark).page
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    page.evaluate("document.querySelector('html').removeAttribute('lang')")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == ["html-has-lang"]
    page.close()


@pytest.mark.parametrize("edition", ["clinician", "admin"])
def test_the_page_has_what_every_reader_of_pages_asks_for(
    browser: Browser, tmp_path: Path, edition: str
) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_html(sample(), edition, done=journal("Correct the number")), encoding="utf-8")
    page = Watched(browser, file).page
    assert page.title()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.characterSet") == "UTF-8"
    for landmark in ("main", "h1", "header", "footer"):
        assert page.locator(landmark).count() == 1, landmark
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => +one.tagName[1])")
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))
    dead = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(one => one.hash.slice(1)).filter(id => !document.getElementById(id))"
    )
    assert dead == []
    page.close()


@pytest.mark.parametrize("edition", ["clinician", "admin"])
def test_no_row_is_cut_on_paper_and_nothing_runs_over_its_edge(
    browser: Browser, tmp_path: Path, edition: str
) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_html(sample(), edition, done=journal("Correct the number")), encoding="utf-8")
    page = Watched(browser, file, PAPER_PX).page
    page.emulate_media(media="print")
    cut = page.evaluate(
        "[...document.querySelectorAll('tr, li, figure')].filter(one => getComputedStyle(one).breakInside !== 'avoid').length"
    )
    assert cut == 0
    assert page.locator("details:not([open]):visible").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER_PX
    page.close()


def test_the_copy_page_copies_exactly_the_text_and_counts_as_we_do(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    bios = tell_all(PROFILE, (), NOW)
    file.write_text(copy_page(PROFILE, bios), encoding="utf-8")
    watched = Watched(browser, file)
    page = watched.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    field = page.locator("article.field", has=page.locator("textarea[aria-label='X, bio']"))
    told = tell_bio(PROFILE, "x", on=NOW.date())
    assert field.locator("output").inner_text().startswith(f"{told.length} of 160 ")
    field.locator("button").click()
    page.wait_for_function("document.getElementById('said').textContent.startsWith('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == told.text
    field.locator("textarea").fill("👩‍⚕️ “x” … " * 40)
    assert "too long" in field.locator("output").inner_text()
    field.locator("input.done").check()
    assert page.locator("#progress").inner_text().startswith("1 of ")
    watched.check(file, 1280)


def test_every_count_on_the_copy_page_is_ours(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    bios = [bio for bio in tell_all(PROFILE, (), NOW) if bio.limit is not None and bio.text]
    file.write_text(copy_page(PROFILE, bios), encoding="utf-8")
    page = Watched(browser, file, 320).page
    shown = page.locator("article.field output").all_inner_texts()
    page.close()
    assert [int(text.split()[0]) for text in shown] == [bio.length for bio in bios]
