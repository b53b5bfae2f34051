"""The practice's logo stands in both reports; a wrong one is said and costs no report."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from reputation.errors import UsageError
from reputation.report.html import render_html
from reputation.report.logo import MOST_BYTES, data_uri
from reputation.report.mail import drafts
from tests.programs import repaudit
from tests.report.sample import NOW, sample

PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_a_picture_becomes_one_with_the_report(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PIXEL)
    uri = data_uri(tmp_path / "logo.png")
    assert b64decode(uri.partition(",")[2]) == PIXEL
    for edition in ("clinician", "admin"):
        page = render_html(sample(), edition, logo=uri)
        assert f'<img class="logo" src="{uri}" alt="Harbor Cancer Center">' in page
        assert "<img" not in render_html(sample(), edition)
    (message,) = drafts(sample(), (), None, NOW, uri)
    (attached,) = message.iter_attachments()
    assert uri in attached.get_content()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<svg onload='alert(1)'/>", "no PNG, JPEG or GIF"),
        (PIXEL + b"x" * MOST_BYTES, "larger than 200 kB"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_small_picture_is_refused(tmp_path: Path, data: bytes | None, says: str) -> None:
    if data is not None:
        (tmp_path / "logo.png").write_bytes(data)
    with pytest.raises(UsageError, match=says):
        data_uri(tmp_path / "logo.png")


def test_a_wrong_logo_is_said_and_the_report_is_made_all_the_same(tmp_path: Path) -> None:
    assert repaudit("demo", "a", cwd=tmp_path).returncode == 0
    profile = tmp_path / "a" / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("[practice]", '[practice]\nlogo = "none.png"'), encoding="utf-8")
    done = repaudit("report", "-o", "r.html", cwd=tmp_path / "a")
    assert done.returncode == 0, done.stderr
    assert "none.png cannot be read" in done.stderr
