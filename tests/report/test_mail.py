"""The mail: a full plain part, a small HTML part, the worklist, and nothing private in any of them."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.parser import BytesParser

import pytest

from reputation.errors import UsageError
from reputation.report import told
from reputation.report.mail import MOST_BYTES, address, digest_parts, drafts, to_eml
from tests.report.sample import ACTIONS, CHANGES, NOW, REVIEW_TEXT, sample
from tests.report.test_discretion import PRIVATE, planted

IMAGE = re.compile(
    r'<img src="cid:[0-9a-f]{20}@repaudit.invalid" width="260" height="18" alt="[^"<>]*"[^<>]*>'
)
TO = ["office@example.org", "front.desk@example.net"]


def parts(raw: bytes) -> list[str]:
    """Every part of a message, decoded, by the old parser and by the new one."""
    found = []
    for message in (message_from_bytes(raw), BytesParser(policy=policy.default).parsebytes(raw)):
        assert isinstance(message, Message)
        assert not message.defects
        for part in message.walk():
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                found.append(body.decode("utf-8" if part.get_content_maintype() == "text" else "latin-1"))
    return found


def test_the_message_has_what_a_mail_program_needs() -> None:
    first, second = drafts(sample(), TO, "jane.roe@example.com", NOW)
    assert [first["To"], second["To"]] == TO
    assert first["From"] == "jane.roe@example.com"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Message-ID"] == drafts(sample(), TO, "jane.roe@example.com", NOW)[0]["Message-ID"]
    assert first["Date"] == "Sat, 21 Nov 2026 09:30:00 +0000"
    kinds = [part.get_content_type() for part in first.walk()]
    assert kinds[:4] == ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related"]
    assert kinds[4] == kinds[-1] == "text/html"
    assert set(kinds[5:-1]) == {"image/png"}
    (attached,) = list(first.iter_attachments())
    assert attached.get_filename() == "worklist-2026-Q4.html"


def test_an_eml_is_a_draft_with_short_lines_of_plain_letters() -> None:
    raw = to_eml(drafts(sample(), (), None, NOW)[0])
    assert b"\r\nX-Unsent: 1\r\n" in raw
    assert b"\r\nTo:" not in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    raw.decode("ascii")
    assert told(sample(), "email").startswith("Subject: ")


def test_nothing_private_is_in_any_part() -> None:
    for audit in (sample(), planted()):
        for message in drafts(audit, TO, "jane.roe@example.com", NOW):  # type: ignore[arg-type]
            whole = [*parts(to_eml(message)), *map(str, message.values())]
            assert len(whole) > 6
            for text in whole:
                plain = " ".join(text.split()).casefold()
                assert not [secret for secret in PRIVATE if secret.casefold() in plain]


def test_the_plain_part_says_all_that_the_html_says() -> None:
    _, text, html, _ = digest_parts(sample())
    for said in (
        "Action needed: 2 things to do",
        "Correct the telephone number on Healthgrades",
        "21 February 2027",
        "4.6 to 4.1",
    ):
        assert said in text
        assert said in html
    assert "3 more things wait in the clinician’s own report only." in text


def test_the_digest_of_a_large_audit_stays_below_what_gmail_shows() -> None:
    audit = sample()
    reviews = tuple(replace(audit.mentions[1], key=f"r{n}", text=f"{REVIEW_TEXT} {n}") for n in range(300))
    actions = tuple(replace(ACTIONS[0], key=f"act:{n}", why="Because of this. " * 200) for n in range(300))
    assert audit.comparison
    changes = tuple(replace(CHANGES[1], before="x" * 500, after="y" * 500) for _ in range(300))
    big = sample(
        mentions=(*audit.mentions, *reviews),
        actions=actions,
        comparison=replace(audit.comparison, changes=changes),
    )
    (message,) = drafts(big, TO[:1], "jane.roe@example.com", NOW)
    body = message.get_body(("html",))
    assert body is not None
    assert len(bytes(body)) < MOST_BYTES
    assert "280 more in the attached worklist" in digest_parts(big)[1]


@pytest.mark.parametrize(
    "wrong",
    [
        "", "office", "office@", "@example.org", "a b@example.org", "office@example.org\r\nBcc: x@example.org",
        "office@example.org, other@example.org", "Office <office@example.org>", "office@example.org\n", "office@localhost",
    ],
)  # fmt: skip
def test_an_address_is_one_plain_address(wrong: str) -> None:
    if wrong.endswith("\n"):
        assert address(wrong).addr_spec == wrong.strip()
        return
    with pytest.raises(UsageError, match="not an e-mail address") as caught:
        drafts(sample(), [wrong], "jane.roe@example.com", NOW)
    assert "\n" not in str(caught.value)


def test_a_recipient_named_twice_gets_one_message() -> None:
    assert len(drafts(sample(), [TO[0], TO[0]], "jane.roe@example.com", NOW)) == 1


def test_the_html_is_for_mail_programs() -> None:
    html = digest_parts(sample()).html
    assert not re.search(r"<(style|script|svg|form|link)\b|display:\s*(flex|grid)|url\(", html)
    assert html.count(' style="') > 20
    assert html.count('role="presentation"') == html.count("<table")


def test_each_picture_is_in_the_message_and_says_in_words_what_it_shows() -> None:
    (message,) = drafts(sample(), TO[:1], "jane.roe@example.com", NOW)
    kept = {
        part["Content-ID"].strip("<>"): part.get_content() for part in message.walk() if part["Content-ID"]
    }
    pictures = digest_parts(sample()).pictures
    assert {one.cid: one.png for one in pictures} == kept
    assert len(pictures) > 1
    for one in pictures:
        assert one.png.startswith(b"\x89PNG")
        assert len(one.png) < 3_000
        assert f'src="cid:{one.cid}"' in digest_parts(sample()).html
        assert re.search(r"\d", one.alt)


def test_a_message_is_what_the_library_calls_one() -> None:
    assert all(isinstance(one, EmailMessage) for one in drafts(sample(), TO, "jane.roe@example.com", NOW))
