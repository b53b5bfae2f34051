"""The audit by mail: a draft that opens in the user's own mail program, or a message for SMTP.

Everything in it has passed `discreet`: no review, no reviewer, no payment, nobody else's news.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from reputation.errors import UsageError
from reputation.model import Owner
from reputation.render import clean, render
from reputation.report import wording
from reputation.report.digest import FIRST, digest, elsewhere
from reputation.report.discretion import discreet
from reputation.report.html import Index, render_html
from reputation.report.pictures import Picture, digest_pictures

if TYPE_CHECKING:
    from reputation.defense.calls import Call
    from reputation.defense.journal import Entry
    from reputation.model import Audit

MOST_BYTES = 90_000
"""Gmail clips a message's HTML at about 102 kB."""
LISTED = 20
"""How many actions and changes are listed; the rest is counted and stands in the attachment."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def address(text: str) -> Address:
    """Return a plain address such as office@example.org.  Raises UsageError for anything else.

    No display name, no second recipient, no line break: nothing can be smuggled into a header.
    """
    if not _ADDRESS.fullmatch(text.strip()):
        shown = clean(text).strip()[:60]
        raise UsageError(f"{shown!r} is not an e-mail address; give one such as office@example.org")
    name, _, domain = text.strip().partition("@")
    return Address(username=name, domain=domain)


class DigestParts(NamedTuple):
    """What a message is made of; the HTML's styles stand inline, and it shows the pictures by their names."""

    subject: str
    text: str
    html: str
    pictures: tuple[Picture, ...]


def digest_parts(audit: Audit) -> DigestParts:
    """Return the digest as it is mailed."""
    context = _context(audit)
    subject = " ".join(f"{context['digest'].headline} {context['who']}, {audit.quarter}".split())
    return DigestParts(
        subject=clean(subject)[:180],
        text=render("email/digest.txt.j2", **context),
        html=_inlined(render("email/digest.html.j2", **context)),
        pictures=context["pictures"],
    )


def _inlined(html: str) -> str:
    """Move the styles to the elements that they are for: many mail programs drop `<style>`."""
    import css_inline  # noqa: PLC0415  wanted for mail alone

    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False).inline(html)


def drafts(  # noqa: PLR0917  the message's own parts, in the order in which one writes a letter
    audit: Audit,
    to: Sequence[str],
    sender: str | None,
    now: datetime,
    logo: str | None = None,
    dialled: Mapping[str, Call] = MappingProxyType({}),
    *,
    done: Sequence[Entry] | None = None,
) -> tuple[EmailMessage, ...]:
    """Return one message for each recipient, with the administrator's report attached.

    `dialled` are the calls that the journal keeps, by number, for the call sheet in it; `done` its requests.

    Without recipients one draft without To is made, for the user to address.  Raises UsageError for a
    wrong address.
    """
    parts = digest_parts(audit)
    attachment = render_html(audit, "admin", dialled, logo, done=done).encode()
    name = f"worklist-{re.sub('[^0-9A-Za-z-]', '', audit.quarter)}.html"
    author = address(sender) if sender else None
    messages = []
    recipients: list[Address | None] = [address(one) for one in dict.fromkeys(to)]
    for recipient in recipients or [None]:
        message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
        message["Subject"] = parts.subject
        if author:
            message["From"] = author
        if recipient:
            message["To"] = recipient
        message["Date"] = format_datetime(now)
        message["Message-ID"] = _message_id(audit, recipient, author)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(parts.text, cte="quoted-printable")
        message.add_alternative(parts.html, subtype="html", cte="quoted-printable")
        _relate(message, parts.pictures)
        message.add_attachment(attachment, maintype="text", subtype="html", filename=name)
        messages.append(message)
    return tuple(messages)


def _relate(message: EmailMessage, pictures: Sequence[Picture]) -> None:
    """Put the pictures beside the HTML that shows them."""
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage)
    for one in pictures:
        html.add_related(one.png, maintype="image", subtype="png", cid=f"<{one.cid}>", disposition="inline")


def _message_id(audit: Audit, recipient: Address | None, author: Address | None) -> str:
    """The same audit to the same recipient is the same message: a second copy can be known as one."""
    named = f"{audit.id} {recipient.addr_spec if recipient else ''}".encode("utf-8", "replace")
    domain = author.domain if author else "localhost.localdomain"
    return f"<{hashlib.sha256(named).hexdigest()[:32]}@{domain}>"


def to_eml(message: EmailMessage) -> bytes:
    """Return a message as an .eml file that mail programs open as a draft (`X-Unsent: 1`)."""
    if "X-Unsent" not in message:
        message["X-Unsent"] = "1"
    return message.as_bytes()


def _context(audit: Audit) -> dict[str, Any]:
    seen = discreet(audit)
    index = Index.of(seen)
    changes = wording.worth_telling(seen.comparison.changes) if seen.comparison else []
    changes = [one for one in changes if not wording.is_move(one)]
    told = digest(seen, "admin")
    actions = sorted(
        seen.actions, key=lambda one: (one.owner is not Owner.ADMINISTRATOR, one.priority, one.key)
    )
    return {
        "digest": told,
        "pictures": digest_pictures(told, seen.page_one),
        "who": wording.whose(audit),
        "quarter": audit.quarter,
        "as_of": audit.audit.as_of,
        "practice": audit.profile.practice.name if audit.profile else None,
        "status": audit.verdict.status.value,
        "first": actions[:FIRST],
        "rest": actions[FIRST:LISTED],
        "n_more": max(0, len(actions) - LISTED),
        "elsewhere": elsewhere(audit, seen),
        "compared": seen.comparison is not None,
        "changes": [
            (wording.CHANGE[one.kind], wording.state_change(one, index.mention(one.key), quote=False))
            for one in changes[:LISTED]
        ],
        "n_more_changes": max(0, len(changes) - LISTED),
        "in_words": wording.in_words,
        "plural": wording.plural,
    }
