"""Sending, against real servers on this machine: encrypted, once, and with a clear word for each failure."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from reputation.errors import ConfigError, MailError
from reputation.report.mail import drafts
from reputation.report.smtp import WAITS_S, MailSettings, send, settings_from
from tests.report.sample import NOW, sample

pytest.importorskip("aiosmtpd")

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

TO = ["office@example.org", "front.desk@example.net"]


@dataclass
class Post:
    """A post office: keeps what it is given, and answers as it was told to."""

    kept: list[Envelope] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)

    def _answer(self, step: str, otherwise: str) -> str:
        waiting = self.answers.get(step, [])
        return waiting.pop(0) if waiting else otherwise

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, sender: str, options: Any
    ) -> str:
        envelope.mail_from = sender
        return self._answer("mail", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: Any
    ) -> str:
        answer = self._answer("rcpt", "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(to)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self._answer("data", "250 taken")
        if answer.startswith("2"):
            self.kept.append(envelope)
        return answer


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine, made for this run."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert,
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


@contextmanager
def post_office(post: Post, certificate: tuple[Path, Path], **options: Any) -> Iterator[MailSettings]:
    cert, key = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    encrypted: dict[str, Any] = {"tls_context": context, "require_starttls": True} | options
    controller = Controller(post, hostname="127.0.0.1", port=port, server_hostname="localhost", **encrypted)
    controller.start()
    try:
        yield MailSettings(host="127.0.0.1", port=port, sender="jane.roe@example.com", ca_file=str(cert))
    finally:
        controller.stop()


def mail(*to: str) -> Any:
    return drafts(sample(), to or TO, "jane.roe@example.com", NOW)


def accept_roe(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = (data.login, data.password) == (b"roe", b"right")
    return AuthResult(success=right, handled=right)


def test_each_recipient_gets_the_whole_message_once_and_encrypted(certificate: tuple[Path, Path]) -> None:
    post = Post()
    with post_office(post, certificate) as settings:
        messages = mail()
        assert send(messages, settings) == tuple(TO)
    assert [envelope.rcpt_tos for envelope in post.kept] == [[TO[0]], [TO[1]]]
    assert [envelope.content for envelope in post.kept] == [message.as_bytes() for message in messages]


def test_a_password_is_given_and_a_wrong_one_is_named_without_being_shown(
    certificate: tuple[Path, Path],
) -> None:
    post = Post()
    with post_office(post, certificate, authenticator=accept_roe, auth_required=True) as settings:
        assert send(mail(TO[0]), replace(settings, user="roe", password="right"))
        with pytest.raises(MailError, match="refused user or password: 535") as caught:
            send(mail(TO[0]), replace(settings, user="roe", password="wrong"))
    assert "wrong" not in str(caught.value)
    assert len(post.kept) == 1


def test_switched_off_passwords_have_their_own_word(certificate: tuple[Path, Path]) -> None:
    def off(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(
            success=False,
            handled=False,
            message="535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
        )

    with (
        post_office(Post(), certificate, authenticator=off, auth_required=True) as settings,
        pytest.raises(MailError, match="basic authentication is off"),
    ):
        send(mail(TO[0]), replace(settings, user="roe", password="right"))


def test_a_server_that_says_later_is_asked_again_and_served_once(certificate: tuple[Path, Path]) -> None:
    post, waited = (
        Post(answers={"rcpt": ["451 greylisted", "450 still"], "data": ["421 busy"]}),
        list[float](),
    )
    with post_office(post, certificate) as settings:
        send(mail(TO[0]), settings, wait=waited.append)
    assert waited == list(WAITS_S)
    assert len(post.kept) == 1


def test_a_server_that_says_later_for_ever_is_given_up(certificate: tuple[Path, Path]) -> None:
    post, waited = Post(answers={"rcpt": ["451 greylisted"] * 9}), list[float]()
    with (
        post_office(post, certificate) as settings,
        pytest.raises(MailError, match="after 4 tries; try again in an hour"),
    ):
        send(mail(TO[0]), settings, wait=waited.append)
    assert post.kept == []


@pytest.mark.parametrize(
    ("step", "answer", "said"),
    [
        ("mail", "550 not you", "refused the sender jane.roe@example.com: 550 not you"),
        ("rcpt", "550 no such user", "refused the recipient front.desk@example.net: 550 no such user"),
        ("data", "552 too big", "did not take the message for front.desk@example.net: 552 too big"),
    ],
)
def test_a_refusal_is_told_with_who_had_been_served(
    step: str, answer: str, said: str, certificate: tuple[Path, Path]
) -> None:
    post = Post(answers={step: ["250 OK", answer]})
    with post_office(post, certificate) as settings, pytest.raises(MailError, match=said) as caught:
        send(mail(), settings)
    assert str(caught.value).endswith("already sent to office@example.org")
    assert len(post.kept) == 1


def test_an_unknown_certificate_sends_nothing(certificate: tuple[Path, Path]) -> None:
    post = Post()
    with (
        post_office(post, certificate) as settings,
        pytest.raises(MailError, match=r"is not trusted .*nothing was sent"),
    ):
        send(mail(TO[0]), replace(settings, ca_file=None))
    assert post.kept == []


def test_a_server_without_starttls_gets_nothing_in_the_clear(certificate: tuple[Path, Path]) -> None:
    post = Post()
    with (
        post_office(post, certificate, tls_context=None, require_starttls=False) as settings,
        pytest.raises(MailError, match="offers no STARTTLS"),
    ):
        send(mail(TO[0]), settings)
    assert post.kept == []


def test_tls_where_there_is_none_is_named(certificate: tuple[Path, Path]) -> None:
    with (
        post_office(Post(), certificate, tls_context=None, require_starttls=False) as settings,
        pytest.raises(MailError, match="does not speak TLS"),
    ):
        send(mail(TO[0]), replace(settings, security="tls"))


def test_nobody_at_home() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = MailSettings(host="127.0.0.1", port=port, sender="jane.roe@example.com")
    with pytest.raises(MailError, match="could not be reached"):
        send(mail(TO[0]), settings)


@contextmanager
def scripted(*lines: bytes) -> Iterator[int]:
    """A server that answers with `lines`, one for each that it reads, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            taken, _ = listening.accept()
            with taken, taken.makefile("rb") as heard:
                taken.sendall(lines[0])
                for line in lines[1:]:
                    heard.readline()
                    taken.sendall(line)
                if lines[-1].startswith(b"354"):
                    while heard.readline() not in {b".\r\n", b""}:
                        pass

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(5)


def test_a_server_that_falls_silent_after_the_message_is_not_asked_again() -> None:
    waited: list[float] = []
    with scripted(b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n") as port:
        settings = MailSettings(host="127.0.0.1", port=port, sender="jane.roe@example.com", security="none")
        with pytest.raises(MailError, match="look whether it arrived before you send it again"):
            send(mail(TO[0]), settings, wait=waited.append)
    assert waited == []


def test_settings_are_read_from_the_environment_with_every_problem_at_once() -> None:
    good = {"REPAUDIT_SMTP_HOST": "mail.example.org", "REPAUDIT_SMTP_FROM": "jane.roe@example.com"}
    assert settings_from(good).port == 587
    assert settings_from(good | {"REPAUDIT_SMTP_SECURITY": "TLS"}).port == 465
    with pytest.raises(ConfigError) as caught:
        settings_from(
            {"REPAUDIT_SMTP_PORT": "99999", "REPAUDIT_SMTP_SECURITY": "ssl", "REPAUDIT_SMTP_USER": "roe"}
        )
    assert len(caught.value.problems) == 5
    with pytest.raises(ConfigError, match="never sent in the clear"):
        settings_from(
            good
            | {"REPAUDIT_SMTP_SECURITY": "none", "REPAUDIT_SMTP_USER": "roe", "REPAUDIT_SMTP_PASSWORD": "x"}
        )


def test_a_password_is_never_printed() -> None:
    assert "secret" not in repr(MailSettings(host="h", port=1, sender="s", user="u", password="secret"))
