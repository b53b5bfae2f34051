"""Correction requests as text and as drafts of mail: facts and authorities, never a patient, never a review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from reputation.defense.remedies import subject_of
from reputation.model import Finding, PersonName, Profile
from reputation.render import clean, render

RECIPIENTS = ("site", "registry", "plan", "employer")
"""To whom a letter may go; each has a template in `templates/letters/`."""

_SHOWN_CHARS = 200
_SAID = {"false": "no", "true": "yes"}
"""What pages' markup says, in the words of people."""

_SUBJECT = "Subject: "
_SUBJECT_CHARS = 150


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One request: its subject line and its text."""

    subject: str
    body: str


def full_name(name: PersonName) -> str:
    """Return the name as it is signed: given, middle, family, suffix, credentials."""
    parts = [part for part in (name.given, name.middle, name.family, name.suffix) if part]
    return ", ".join([" ".join(parts), *name.credentials])


def write(
    profile: Profile,
    findings: Sequence[Finding],
    url: str | None,
    *,
    recipient: str = "site",
    site: str | None = None,
    on: date | None = None,
) -> Letter:
    """Return the request that a page be corrected, to a `recipient` of RECIPIENTS, or `entry`: what to type oneself.

    `site` is the name of who keeps the page, `on` the day of the letter.
    """
    who = full_name(profile.name) + (f" (NPI {profile.ids.npi})" if profile.ids.npi else "")
    text = render(
        f"letters/{recipient}.txt.j2",
        who=who,
        site=site,
        url=url,
        on=on,
        points=[_point(one) for one in findings],
        signed="\n".join(_signed(profile)),
    )
    head, _, body = clean(text).partition("\n")
    return Letter(subject=" ".join(head.removeprefix(_SUBJECT).split())[:_SUBJECT_CHARS], body=body.strip())


def as_text(letter: Letter) -> str:
    """Return a letter as plain text, its subject first."""
    return f"{_SUBJECT}{letter.subject}\n\n{letter.body}\n"


def as_eml(letter: Letter, to: str | None, now: datetime) -> bytes:
    """Return a letter as an .eml file that mail programs open as a draft (`X-Unsent: 1`).

    `to` is a plain address, checked by the caller; None leaves it for the user to fill in.
    """
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["Subject"] = letter.subject
    if to:
        message["To"] = to
    message["Date"] = format_datetime(now)
    message["X-Unsent"] = "1"
    message.set_content(letter.body + "\n", cte="quoted-printable")
    return message.as_bytes()


def _point(one: Finding) -> str:
    shown = f"it shows “{_short(one.observed)}”" if one.observed else "it is missing or wrong"
    right = f"; correct is “{_short(one.expected)}”" if one.expected else "; please correct or remove it"
    # Whoever reads the letter is not whose profile it is.
    authority = (one.authority or "").replace("your profile", "the clinician's own record")
    return f"{subject_of(one)}: {shown}{right}{f' (authority: {authority})' if authority else ''}"


def _short(text: str) -> str:
    flat = _SAID.get(text, " ".join(text.split()))
    return flat if len(flat) <= _SHOWN_CHARS else flat[: _SHOWN_CHARS - 1] + "…"


def _signed(profile: Profile) -> list[str]:
    phones = [place.phone for place in profile.locations if place.phone]
    name = full_name(profile.name)
    first = f"On behalf of {name}, with written consent" if profile.right.delegate_of else name
    return [first, *([f"Office: {phones[0]}"] if phones else [])]
