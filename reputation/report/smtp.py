"""Sends the mail by SMTP, encrypted, each recipient once, with one clear line for each way it can fail."""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from reputation.errors import ConfigError, MailError, Problem, UsageError
from reputation.report.mail import address

SECURITIES = ("starttls", "tls", "none")
TIMEOUT_S = 30.0
WAITS_S = (5.0, 30.0, 60.0)
"""How long to wait before each new try where a server says `later` (greylisting)."""
_PREFIX = "REPAUDIT_SMTP_"
_WITHOUT_BASIC = (
    "5.7.139",
    "basic authentication is disabled",
    "basic auth",
    "smtpclientauthentication is disabled",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class MailSettings:
    """How to reach the mail server."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None


def settings_from(environment: Mapping[str, str], ca_file: str | None = None) -> MailSettings:
    """Return the settings that stand in `REPAUDIT_SMTP_*`.  Raises ConfigError with every problem at once."""
    read = {name: environment.get(f"{_PREFIX}{name}", "").strip() for name in
            ("HOST", "PORT", "USER", "PASSWORD", "FROM", "SECURITY")}  # fmt: skip
    security = read["SECURITY"].lower() or "starttls"
    port = read["PORT"] or {"tls": "465", "none": "25"}.get(security, "587")
    wrong: dict[str, str] = {}
    if not read["HOST"]:
        wrong["HOST"] = "is not set; give the name of your mail server"
    if security not in SECURITIES:
        wrong["SECURITY"] = f"is {security!r}; write starttls, tls or none"
    if not (port.isdigit() and 0 < int(port) < 65536):
        wrong["PORT"] = f"is {port!r}; write a number such as 587"
    if not read["FROM"]:
        wrong["FROM"] = "is not set; give the address that the mail comes from"
    else:
        try:
            address(read["FROM"])
        except UsageError as error:
            wrong["FROM"] = str(error)
    if bool(read["USER"]) != bool(read["PASSWORD"]):
        wrong["PASSWORD" if read["USER"] else "USER"] = "is not set; give both or neither"
    if read["USER"] and security == "none":
        wrong["SECURITY"] = "is none, and a password is never sent in the clear; write starttls or tls"
    if wrong:
        raise ConfigError(
            [Problem(file="environment", key=f"{_PREFIX}{name}", what=what) for name, what in wrong.items()]
        )
    return MailSettings(
        host=read["HOST"],
        port=int(port),
        sender=read["FROM"],
        security=security,
        user=read["USER"] or None,
        password=read["PASSWORD"] or None,
        ca_file=ca_file,
    )


def send(
    messages: Sequence[EmailMessage], settings: MailSettings, *, wait: Callable[[float], None] = time.sleep
) -> tuple[str, ...]:
    """Send each message to the recipient in its To, once; return the addresses that were served.

    A server that says `later` is asked again; one that fell silent after it had the message is not,
    because it may have taken it.  Raises MailError, naming who had been served before.
    """
    served: list[str] = []
    for message in messages:
        try:
            _send_one(message, settings, wait)
        except MailError as error:
            done = f"; already sent to {', '.join(served)}" if served else ""
            raise MailError(f"{error}{done}") from error
        served.append(str(message["To"]))
    return tuple(served)


class _Later(MailError):
    """The server asks for patience."""


def _send_one(message: EmailMessage, settings: MailSettings, wait: Callable[[float], None]) -> None:
    for pause_s in (*WAITS_S, None):
        try:
            with _connection(settings) as server:
                _hand_over(server, message, settings)
        except _Later as error:
            if pause_s is None:
                raise MailError(f"{error} after {len(WAITS_S) + 1} tries; try again in an hour") from error
            wait(pause_s)
        else:
            return


@contextmanager
def _connection(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """Connect, encrypt and sign in."""
    place = f"{settings.host}:{settings.port}"
    try:
        server = _connect(settings)
    except socket.gaierror as error:
        raise MailError(f"the mail server {settings.host} is not known; check REPAUDIT_SMTP_HOST") from error
    except ssl.SSLError as error:
        raise MailError(_about_tls(place, error)) from error
    except TimeoutError as error:
        raise MailError(
            f"{place} did not answer in {TIMEOUT_S:.0f} s; check host, port and firewall"
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailError(
            f"{place} offers no STARTTLS; set REPAUDIT_SMTP_SECURITY to tls if it speaks TLS from the start"
        ) from error
    except smtplib.SMTPResponseException as error:
        kind = _Later if 400 <= error.smtp_code < 500 else MailError
        raise kind(f"{place} refused the connection: {_said(error.smtp_code, error.smtp_error)}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(f"{place} could not be reached: {error}; check host, port and security") from error
    try:
        _sign_in(server, settings)
        yield server
    finally:
        server.close()


def _connect(settings: MailSettings) -> smtplib.SMTP:
    if settings.security == "none":
        return smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_S)
    context = ssl.create_default_context(cafile=settings.ca_file)
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT_S, context=context)
    server = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_S)
    try:
        server.starttls(context=context)
    except BaseException:
        server.close()
        raise
    return server


def _about_tls(place: str, error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate of {place} is not trusted ({error.verify_message}); nothing was sent"
    return f"{place} does not speak TLS as REPAUDIT_SMTP_SECURITY says; try starttls instead of tls, or the reverse"


def _sign_in(server: smtplib.SMTP, settings: MailSettings) -> None:
    if not settings.user:
        return
    try:
        server.login(settings.user, settings.password or "")
    except smtplib.SMTPAuthenticationError as error:
        said = _said(error.smtp_code, error.smtp_error)
        if any(word in said.lower() for word in _WITHOUT_BASIC):
            raise MailError(
                f"{settings.host} no longer takes passwords from programs (basic authentication is off): {said}; "
                "use an app password if it offers them, or send the draft from your own mail program"
            ) from error
        raise MailError(
            f"{settings.host} refused user or password: {said}; check REPAUDIT_SMTP_USER and PASSWORD"
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailError(
            f"{settings.host} takes no sign-in here; leave user and password unset, or use another port"
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(f"{settings.host} hung up during sign-in: {error}; nothing was sent") from error


def _hand_over(server: smtplib.SMTP, message: EmailMessage, settings: MailSettings) -> None:
    """Give the server one message.  Raises _Later where it may be tried again without a duplicate."""
    to = str(message["To"])
    steps: tuple[tuple[str, Callable[[], tuple[int, bytes]]], ...] = (
        (f"the sender {settings.sender}", lambda: server.mail(settings.sender)),
        (f"the recipient {to}", lambda: server.rcpt(to)),
    )
    for what, step in steps:
        try:
            server.ehlo_or_helo_if_needed()
            code, said = step()
        except (smtplib.SMTPException, OSError) as error:
            raise _Later(f"{settings.host} hung up before it had the message for {to}") from error
        _judge(code, said, f"{settings.host} refused {what}")
    try:
        code, said = server.data(message.as_bytes())
    except smtplib.SMTPDataError as error:
        _judge(error.smtp_code, error.smtp_error, f"{settings.host} did not take the message for {to}")
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(
            f"{settings.host} hung up without saying whether it took the message for {to}; "
            "look whether it arrived before you send it again"
        ) from error
    else:
        _judge(code, said, f"{settings.host} did not take the message for {to}")


def _judge(code: int, said: bytes | str, what: str) -> None:
    if 200 <= code < 300:
        return
    if 400 <= code < 500:
        raise _Later(f"{what} for now: {_said(code, said)}")
    raise MailError(f"{what}: {_said(code, said)}")


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return f"{code} {' '.join(words.split())[:200]}"
